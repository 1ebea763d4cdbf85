"""Invented populations with a known total, from which overlap tables are drawn.

A population is a true total and a probability for each of the 2**k capture patterns, the unseen one included. A
table is one multinomial draw from it with the unseen cell hidden, so that the number of people observed is random
and the total is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.table import OverlapTable

__all__ = ["Population", "classes", "heterogeneous", "independent", "with_interaction", "with_pairs"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Population:
    """`total` people; `cells`, shape (2**k,), the probability of each capture pattern, adding up to one."""

    total: int
    cells: Floats

    @property
    def k(self) -> int:
        """The number of lists."""
        return int(self.cells.size).bit_length() - 1

    @property
    def observed(self) -> float:
        """The share of the people whom at least one list records."""
        return 1.0 - float(self.cells[0])

    def draw(self, rng: np.random.Generator) -> OverlapTable:
        """One table: who was recorded by which lists."""
        counts = rng.multinomial(self.total, self.cells).astype(np.int64)
        counts[0] = 0
        return OverlapTable(tuple("ABCDEFGHIJKL"[: self.k]), counts)


def independent(total: int, chances: Sequence[float]) -> Population:
    """Lists that record people independently, each with its own chance."""
    return Population(total, product(np.asarray(chances)))


def classes(total: int, shares: Sequence[float], chances: Sequence[Sequence[float]]) -> Population:
    """Latent classes: `chances[c]` holds in a share `shares[c]` of the people, independently within the class."""
    parts = [share * product(np.asarray(of_class)) for share, of_class in zip(shares, chances, strict=True)]
    return Population(total, np.sum(parts, axis=0))


def heterogeneous(total: int, logits: Sequence[float], spread: float, points: int = 60) -> Population:
    """Each person has a normal effect of standard deviation `spread` on the logit of every list's chance.

    The normal integral is taken by Gauss-Hermite quadrature. The total of such a population is not identified by
    any table (Link 2003, Biometrics 59): other distributions fit as well and have other totals.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    at = 1.0 / (1.0 + np.exp(-(np.asarray(logits)[None, :] + spread * nodes[:, None])))
    return classes(total, list(weights / weights.sum()), at.tolist())


def with_pairs(total: int, chances: Sequence[float], odds: dict[tuple[int, int], float]) -> Population:
    """Independent lists, but for the pairs named (from zero): their odds ratio is `odds`, at all other lists."""
    cells = product(np.asarray(chances))
    for (first, second), ratio in odds.items():
        both = 1 << first | 1 << second
        cells[[pattern & both == both for pattern in range(cells.size)]] *= ratio
    return Population(total, cells / cells.sum())


def with_interaction(base: Population, value: float) -> Population:
    """The same population seen, with a highest-order interaction of `value` on the log scale where it had none.

    The interaction is the alternating sum of the logarithms of all 2**k cells, so that only the unseen cell has to
    change, by the factor exp(value) for an even number of lists and exp(-value) for an odd one. The observed cells
    keep their expectation: no table can tell the two populations apart, and the total is another.
    """
    people = base.cells * base.total
    people[0] *= np.exp(value if base.k % 2 == 0 else -value)
    return Population(round(float(people.sum())), people / people.sum())


def product(chances: Floats) -> Floats:
    """The probability of each capture pattern under independence."""
    cells = np.ones(1)
    for chance in chances:
        cells = np.concatenate([cells * (1.0 - chance), cells * chance])
    return cells
