"""How much more it says that two records share a rare value than that they share a common one.

Records that agree by chance share the value v with probability p(v) squared, records of one person with about p(v):
against the average over all values, whose shares by chance are the sum of p squared, the Bayes factor is this sum
divided by p(v). Where v depends on something else that the two share (the given name on the sex, the crossing place
on the county of origin), p(v) is the share among the records that have that, so that what is known is not counted
twice. Assumption: an error hits rare and common values alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from testimonia.linkage.model.levels import Comparison, Level
from testimonia.linkage.model.rules import codes_of
from testimonia.linkage.model.vectors import Pairs

__all__ = ["rarity"]

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

SMOOTHING = 5.0  # records that the share over all is worth among those that have the second value


def rarity(table: pa.Table, comparisons: Sequence[Comparison], pairs: Pairs) -> Floats:
    """The sum over the comparisons of log(sum of p squared / p) of what each pair shares; 0 where it shares nothing."""
    total = np.zeros(len(pairs))
    for number, comparison in enumerate(comparisons):
        for position, level in enumerate(comparison.levels):
            if level.shared:
                rows = np.flatnonzero(pairs.levels[:, number] == comparison.number(position))
                total[rows] += _of_level(table, level, pairs.left[rows], pairs.right[rows])
    return total


def _of_level(table: pa.Table, level: Level, left: Codes, right: Codes) -> Floats:
    total = np.zeros(len(left))
    for column in level.shared:
        codes = codes_of(table.column(column))
        share, chance = _shares(codes)
        found = share[codes[left]]
        if level.within:
            outer = codes_of(table.column(level.within))
            both = (outer[left] == outer[right]) & (outer[left] >= 0)
            found[both] = _shares_within(codes, outer, share, codes[left[both]], outer[left[both]])
        total += np.log(chance) - np.log(found)
    return total


def _shares(codes: Codes) -> tuple[Floats, float]:
    """The share of each value among the known, and the chance that two records share one."""
    counts = np.bincount(codes[codes >= 0]).astype(float)
    known = counts.sum()
    chance = (counts * (counts - 1)).sum() / (known * (known - 1)) if known > 1 else 1.0
    return counts / known, max(chance, 1 / known**2) if known else 1.0


def _shares_within(codes: Codes, outer: Codes, share: Floats, value: Codes, within: Codes) -> Floats:
    """The share of each value among the records with the second value, shrunk towards its share among all."""
    known = (codes >= 0) & (outer >= 0)
    width = len(share)
    cells = outer[known].astype(np.int64) * width + codes[known]
    names, counts = np.unique(cells, return_counts=True)
    of = np.bincount(outer[known], minlength=int(outer.max(initial=-1)) + 1).astype(float)
    wanted = within.astype(np.int64) * width + value
    at = np.minimum(np.searchsorted(names, wanted), max(len(names) - 1, 0))
    count = np.where(names[at] == wanted, counts[at], 0.0)
    return (count + SMOOTHING * share[value]) / (of[within] + SMOOTHING)
