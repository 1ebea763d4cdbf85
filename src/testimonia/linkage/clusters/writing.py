"""Errors and gaps that go together: some records are written with care, others with none.

Within each pair of lists, comparisons of two records of one person are not independent. Where one value is wrong or
missing, the others often are too, because one hand wrote them. Taking them as independent makes carelessly written
matches look impossible, and too few links are drawn. So there are two ways of writing, each with its own levels and
gaps among matches; how common they are differs by pair of lists. What a gap says of the way is used, but nothing else:
that a value is missing is no evidence for or against one person.

Latent classes with comparisons independent within each (Lazarsfeld & Henry 1968, Latent Structure Analysis), learned
from linked pairs. Identified by what goes together among these; where the pairs that are hard to link go together in
another way, the correction is too small. Taken only where BIC prefers two ways to one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

__all__ = ["Ways", "ways_of"]

Floats = NDArray[np.float64]
Small = NDArray[np.int8]
Kinds = NDArray[np.int16]

ROUNDS = 60
ALIKE = 10.0  # matches' worth of what both ways have in common, within each
LENT = 20.0  # matches' worth of the shares of all pairs of lists together, within each
LEAST, RARE = 1e-9, 1e-4


@dataclass(frozen=True, eq=False)
class Ways:
    """Two ways of writing the same people down.

    `share`: float64[classes, 2], of matches in each pair of lists. `gap`: float64[2, C], how often a comparison cannot
    be made. `levels`: float64[2, C, L], probabilities of the levels where it can.
    """

    share: Floats
    gap: Floats
    levels: Floats

    def surplus(self, levels: Small, kind: Kinds) -> Floats:
        """The log of what these levels together are among matches, over the product of what each is: float64[P].

        Given which comparisons can be made. The product is that of this mixture, not of either way. `levels`:
        int8[P, C], -1 missing; `kind`: int16[P], the pairs of lists.
        """
        gaps, made = self._tables()
        start = np.log(self.share)[kind]
        together = np.logaddexp.reduce(start + _sums(levels, np.concatenate([gaps, made], axis=2)), axis=1)
        there = np.broadcast_to(np.log1p(-self.gap)[:, :, None], made.shape)
        together -= np.logaddexp.reduce(start + _sums(levels, np.concatenate([gaps, there], axis=2)), axis=1)
        alone = np.log(np.maximum(self._marginal(), LEAST))
        for comparison, column in enumerate(levels.T):
            together -= np.where(column >= 0, alone[kind, comparison, np.maximum(column, 0)], 0.0)
        return np.asarray(together)

    def _tables(self) -> tuple[Floats, Floats]:
        """Log probabilities in each way: of a gap, float64[2, C, 1], and of each level, float64[2, C, L]."""
        levels = np.log(np.maximum(self.levels, LEAST)) + np.log1p(-self.gap)[:, :, None]
        return np.log(self.gap)[:, :, None], levels

    def _marginal(self) -> Floats:
        """Probabilities of the levels where a comparison can be made: float64[classes, C, L]."""
        weight = self.share[:, :, None] * (1.0 - self.gap)
        mixed = np.einsum("nwc,wcl->ncl", weight, self.levels)
        return np.asarray(mixed / weight.sum(axis=1)[:, :, None])


def _sums(levels: Small, table: Floats) -> Floats:
    """The sum over comparisons of the table at (way, comparison, level + 1): float64[P, ways]."""
    out = np.zeros((len(levels), len(table)))
    for comparison, column in enumerate(levels.T):
        out += table[:, comparison].T[column.astype(np.int64) + 1]
    return out


def ways_of(levels: Small, kind: Kinds, weight: Floats, kinds: int, width: int) -> Ways | None:
    """Learn two ways of writing from linked pairs by EM; None where one way explains them as well by BIC.

    `levels`: int8[n, C]; `kind`: int16[n], below `kinds`; `weight`: float64[n], what each pair counts. `width`: the
    most levels a comparison has. Starts from the pairs with fewer disagreements and gaps than most against the rest.
    """
    if not len(levels):
        return None
    worse = (levels == 0).sum(axis=1) + 0.5 * (levels < 0).sum(axis=1)
    second = expit(worse - np.average(worse, weights=weight))
    for _ in range(ROUNDS):
        ways = _maximised(levels, kind, np.stack([1.0 - second, second], axis=1) * weight[:, None], kinds, width)
        log = np.log(ways.share)[kind] + _sums(levels, np.concatenate(ways._tables(), axis=2))
        second = expit(log[:, 1] - log[:, 0])
    one = _maximised(levels, kind, np.stack([weight, weight], axis=1), kinds, width)
    single = _sums(levels, np.concatenate(one._tables(), axis=2))[:, 0]
    gain = float((weight * (np.logaddexp(log[:, 0], log[:, 1]) - single)).sum())
    more = (ways.levels[0] > LEAST).sum() + kinds  # levels less one and a gap for each comparison, and the shares
    return ways if gain > 0.5 * more * np.log(weight.sum()) else None


def _maximised(levels: Small, kind: Kinds, weight: Floats, kinds: int, width: int) -> Ways:
    """The ways given how much of each pair belongs to each: `weight` float64[n, 2]."""
    share, table = np.zeros((kinds, 2)), np.zeros((2, levels.shape[1], width + 1))
    for way in range(2):
        share[:, way] = np.bincount(kind, weights=weight[:, way], minlength=kinds)
        for comparison, column in enumerate(levels.T):
            code = column.astype(np.int64) + 1
            table[way, comparison] = np.bincount(code, weights=weight[:, way], minlength=width + 1)
    every = share.sum(axis=0) + 1.0
    share = share + LENT * every / every.sum()
    pooled = table.sum(axis=0)
    pooled = pooled / np.maximum(pooled.sum(axis=1, keepdims=True), LEAST)
    gap = (table[:, :, 0] + ALIKE * pooled[:, 0]) / (table.sum(axis=2) + ALIKE)
    made = pooled[:, 1:] / np.maximum(pooled[:, 1:].sum(axis=1, keepdims=True), LEAST)
    found = table[:, :, 1:] + ALIKE * made + LEAST * (made > 0)
    found = found / np.maximum(found.sum(axis=2, keepdims=True), LEAST)
    return Ways(share / share.sum(axis=1, keepdims=True), np.clip(gap, RARE, 1.0 - RARE), found)
