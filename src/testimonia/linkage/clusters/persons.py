"""How many distinct persons the records are of, and how much a decision on a pair would change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.clusters.drawing import Draws
from testimonia.linkage.clusters.point import co_membership
from testimonia.linkage.compared import Compared

__all__ = ["Persons", "expected_change", "persons"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Persons:
    """Distinct persons on any list: the median of the draws and the ends of the interval at `level`."""

    middle: float
    lower: float
    upper: float
    level: float


def persons(draws: Draws, *, level: float = 0.95) -> Persons:
    """The distinct persons behind the records, with an interval that holds linkage errors and missed pairs.

    Says nothing of those whom no list recorded. Rests on what the draws rest on.
    """
    number = draws.counts.sum(axis=1)
    low, middle, high = np.quantile(number, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Persons(float(middle), float(low), float(high), level)


def expected_change(compared: Compared, draws: Draws) -> Floats:
    """By how much the hidden total is expected to move if people decided each pair: float64[P], in persons.

    A pair of probability p moves it by 1 - p or p times what a whole link is worth, so by 2 p (1 - p) of it on
    average. What a link is worth is that of the estimate from pairs of lists (Petersen): between two lists it adds to
    the overlap, so that the total falls by about its share of all overlaps; inside a list it only makes a list
    shorter. What the decision teaches about other pairs is not counted.
    """
    probability = co_membership(compared, draws)
    return 2.0 * probability * (1.0 - probability) * _worth(compared, draws)


def _worth(compared: Compared, draws: Draws) -> Floats:
    """What one link more is worth, in persons of the hidden total, for each candidate pair."""
    counts, lists = draws.counts.mean(axis=0), len(compared.lists)
    held = (np.arange(len(counts))[:, None] >> np.arange(lists) & 1) > 0
    overlaps = (held * counts[:, None]).T.astype(float) @ held
    sizes = np.maximum(np.diag(overlaps), 1.0)
    both = max(float(np.triu(overlaps, 1).sum()), 1.0)
    total = float(np.triu(np.outer(sizes, sizes), 1).sum()) / both
    left, right = compared.list_of[compared.left], compared.list_of[compared.right]
    return np.asarray(np.where(left == right, total / sizes[left], total / both))
