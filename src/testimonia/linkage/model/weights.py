"""What evidence carries the links: the weight of each level of each comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from testimonia.linkage.compared import Compared
from testimonia.linkage.model.cases import case_design
from testimonia.linkage.model.persons import person_design

__all__ = ["Weight", "weights"]


@dataclass(frozen=True)
class Weight:
    """One level of one comparison.

    `weight`: log2(m / u), bits for a match (or against, where negative), over all pairs of lists together. `matches`:
    expected number of matching pairs at the level; `bits`: the mean of `weight` over the expected matches that can be
    compared, the same for all levels of a comparison: how much it carries.
    """

    comparison: str
    level: int
    meaning: str
    m: float
    u: float
    weight: float
    matches: float
    bits: float


def weights(compared: Compared) -> tuple[Weight, ...]:
    """A row for each level of each comparison, best level first, in the order of the comparisons."""
    rows: list[Weight] = []
    for position, name in enumerate(compared.comparisons):
        m, u = compared.m[position], compared.u[position]
        bits = np.log2(m / u)
        at = compared.levels[:, position]
        matches = np.array([compared.probability[at == level].sum() for level in range(len(m))])
        mean = float((matches * bits).sum() / max(matches.sum(), 1e-9))
        meanings = _meanings(compared.comparisons, position, len(m))
        rows += [
            Weight(name, k, meanings[k], float(m[k]), float(u[k]), float(bits[k]), float(matches[k]), mean)
            for k in reversed(range(len(m)))
        ]
    return tuple(rows)


def _meanings(comparisons: tuple[str, ...], position: int, size: int) -> list[str]:
    """What the levels mean in words, as far as one of the designs has the comparison."""
    for design in (case_design(), person_design()):
        if tuple(comparison.name for comparison in design.comparisons) == comparisons:
            return [design.comparisons[position].meaning(level) for level in range(size)]
    return [""] * size
