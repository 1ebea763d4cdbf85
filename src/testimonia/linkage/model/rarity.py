"""How much more it says that two records share a rare value than that they share a common one.

Records that agree by chance share the value v with probability p(v) squared, records of one person with about p(v),
so that the Bayes factor of sharing v goes by 1 / p(v). Where v depends on something else that the two share (the
crossing place on the county of origin), p(v) is the share among the records that have that. The factor is scaled so
that its mean over the pairs that agree by chance is one: what they agree in on average is in the levels already.
Assumption: an error hits rare and common values alike.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from testimonia.linkage.model.chance import cell_count, cells_of
from testimonia.linkage.model.levels import Comparison, Design, Level
from testimonia.linkage.model.rules import codes_of
from testimonia.linkage.model.vectors import Pairs

__all__ = ["Rarity"]

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

SMOOTHING = 5.0  # records that the share over all is worth among those that have the second value
ENOUGH = 30.0  # random pairs that the mean factor over all is worth among those at the same levels


class Rarity:
    """The rarity of what pairs of a table share, scaled by random pairs of the same table."""

    def __init__(self, table: pa.Table, design: Design, random: Pairs) -> None:
        self._table, self._design = table, design
        self._on = dict(design.tied)
        self._scale = {
            number: self._mean(number, random)
            for number, comparison in enumerate(design.comparisons)
            if any(level.shared for level in comparison.levels)
        }

    def of(self, pairs: Pairs) -> Floats:
        """For each pair the sum over the comparisons of the log of the factor; 0 where nothing is shared."""
        total = np.zeros(len(pairs))
        for number, scale in self._scale.items():
            cells, levels = self._cells(number, pairs), pairs.levels[:, number]
            rows = np.flatnonzero(levels >= 0)
            raw = _raw(self._table, self._design.comparisons[number], pairs, number)
            total[rows] += raw[rows] - scale[cells[rows], levels[rows]]
        return total

    def _cells(self, number: int, pairs: Pairs) -> NDArray[np.intp]:
        return cells_of(pairs.levels, self._on.get(number, ()), self._design.sizes)

    def _mean(self, number: int, random: Pairs) -> Floats:
        """The log of the mean factor of the random pairs in each cell at each level: what is taken off there."""
        comparison = self._design.comparisons[number]
        count, size = cell_count(self._on.get(number, ()), self._design.sizes), comparison.size
        factor = np.exp(_raw(self._table, comparison, random, number))
        levels = random.levels[:, number]
        known = levels >= 0
        at = self._cells(number, random)[known] * size + levels[known]
        sums = np.bincount(at, weights=factor[known], minlength=count * size).reshape(count, size)
        counts = np.bincount(at, minlength=count * size).reshape(count, size)
        over_all = (sums.sum(axis=0) + 1e-9) / (counts.sum(axis=0) + 1e-9)
        mean: Floats = np.log((sums + ENOUGH * over_all) / (counts + ENOUGH))
        return mean


def _raw(table: pa.Table, comparison: Comparison, pairs: Pairs, number: int) -> Floats:
    """-log p of what each pair shares, 0 where its level shares nothing."""
    raw = np.zeros(len(pairs))
    for position, level in enumerate(comparison.levels):
        if level.shared:
            rows = np.flatnonzero(pairs.levels[:, number] == comparison.number(position))
            raw[rows] = _of_level(table, level, pairs.left[rows], pairs.right[rows])
    return raw


def _of_level(table: pa.Table, level: Level, left: Codes, right: Codes) -> Floats:
    total = np.zeros(len(left))
    for column in level.shared:
        codes = codes_of(table.column(column))
        counts = np.bincount(codes[codes >= 0]).astype(float)
        share = counts / max(counts.sum(), 1.0)
        found = share[codes[left]]
        if level.within:
            outer = codes_of(table.column(level.within))
            both = (outer[left] == outer[right]) & (outer[left] >= 0)
            found[both] = _shares_within(codes, outer, share, codes[left[both]], outer[left[both]])
        total -= np.log(found)
    return total


def _shares_within(codes: Codes, outer: Codes, share: Floats, value: Codes, within: Codes) -> Floats:
    """The share of each value among the records with the second value, shrunk towards its share among all."""
    known = (codes >= 0) & (outer >= 0)
    width = len(share)
    cells = outer[known].astype(np.int64) * width + codes[known]
    names, counts = np.unique(cells, return_counts=True)
    of = np.bincount(outer[known], minlength=int(outer.max(initial=-1)) + 1).astype(float)
    if not len(names):
        return share[value]
    wanted = within.astype(np.int64) * width + value
    at = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    count = np.where(names[at] == wanted, counts[at], 0.0)
    shares: Floats = (count + SMOOTHING * share[value]) / (of[within] + SMOOTHING)
    return shares
