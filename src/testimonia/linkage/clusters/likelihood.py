"""How much each level of each comparison speaks for one person, by pair of lists: what matches and chance look like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from testimonia.linkage.compared import Compared, Sampled, level_counts, pair_of_lists

__all__ = ["Chance", "Matches", "chance_of", "draw_matches", "pairs_of_lists", "start_of_matches"]

Floats = NDArray[np.float64]

BORROWED = 20.0  # random pairs' worth of all lists together that stand beside those of one pair of lists
KEEPS = 30.0  # matches' worth of what all pairs of lists have in common, within each
BELIEF = 10.0  # matches' worth of the model's own estimate
LEAST = 0.05  # matches' worth of every level, so that none is impossible


@dataclass(frozen=True, eq=False)
class Chance:
    """Levels among all pairs of records, in each pair of lists, whether or not they are the same person.

    `pairs`: float64[classes, C, L], how many pairs have each level; `borrowed`: the same size, pairs added so that
    no level is impossible. `counts`: int64[C], the levels of each comparison.
    """

    pairs: Floats
    borrowed: Floats
    counts: NDArray[np.int64]

    def levels(self, linked: Floats) -> Floats:
        """Log probabilities of the levels among different people, given the levels of the pairs that are linked."""
        found = np.maximum(self.pairs - linked, 0.0) + self.borrowed
        found = found / np.maximum(found.sum(axis=2, keepdims=True), 1e-300)
        return np.where(found > 0, np.log(np.maximum(found, 1e-12)), 0.0)


@dataclass(frozen=True, eq=False)
class Matches:
    """Probabilities of levels among records of one person: `common` float64[C, L], `levels` float64[classes, C, L]."""

    common: Floats
    levels: Floats


def _padded(rows: tuple[Floats, ...], width: int) -> Floats:
    out = np.zeros((len(rows), width))
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return out


def chance_of(compared: Compared) -> Chance:
    """Count the levels of all pairs of each pair of lists: of every candidate, and of the others by random pairs.

    High levels come about by chance so seldom that random pairs alone would miss them; but nearly all pairs with a
    high level are candidates, and these are all there. Without random pairs, the model's u stands for the others.
    """
    counts = np.array([len(row) for row in compared.u], dtype=np.int64)
    width, lists = int(counts.max()), len(compared.lists)
    classes = lists * (lists + 1) // 2
    kind = pair_of_lists(compared.list_of, compared.left, compared.right)
    found = level_counts(compared.levels, kind, classes, width)
    if compared.dropped is not None:
        found += compared.dropped
    u, pairs, sampled = _padded(compared.u, width), pairs_of_lists(compared), compared.sampled
    scale = np.full(classes, 100.0)
    if sampled is None or not len(sampled.left):
        found += np.maximum(pairs - np.bincount(kind, minlength=classes), 0.0)[:, None, None] * u
    else:
        kinds = pair_of_lists(compared.list_of, sampled.left, sampled.right)
        taken = np.bincount(kinds, minlength=classes)
        scale = pairs / np.maximum(taken, 1)
        others = ~_counted(compared, sampled)
        found += level_counts(sampled.levels[others], kinds[others], classes, width, scale[kinds[others]])
        found += np.where(taken == 0, pairs, 0.0)[:, None, None] * u
    overall = found.sum(axis=0) + u
    overall /= overall.sum(axis=1, keepdims=True)
    return Chance(found, np.maximum(scale, 1.0)[:, None, None] * BORROWED * overall, counts)


def pairs_of_lists(compared: Compared) -> Floats:
    """How many pairs of records there are in each pair of lists."""
    sizes = np.bincount(compared.list_of, minlength=len(compared.lists)).astype(float)
    high, low = np.tril_indices(len(sizes))
    return np.asarray(np.where(high == low, sizes[high] * (sizes[high] - 1) / 2, sizes[high] * sizes[low]))


def _counted(compared: Compared, sampled: Sampled) -> NDArray[np.bool_]:
    """Which random pairs are counted already, as candidates, or as pairs that rules found and the model dropped."""
    if compared.dropped is not None:
        return np.asarray(sampled.rules > 0)
    records = np.int64(len(compared.record_ids))
    return np.isin(sampled.left * records + sampled.right, compared.left * records + compared.right)


def start_of_matches(compared: Compared, chance: Chance) -> Matches:
    """The model's own estimate for every pair of lists."""
    width = chance.pairs.shape[2]
    common = _smoothed(_padded(compared.m, width), chance.counts, 1e-3)
    return Matches(common, np.broadcast_to(common, chance.pairs.shape).copy())


def _smoothed(table: Floats, counts: NDArray[np.int64], least: float) -> Floats:
    there = np.arange(table.shape[-1]) < counts[:, None]
    found = np.where(there, table + least, 0.0)
    return np.asarray(found / found.sum(axis=-1, keepdims=True))


def draw_matches(
    compared: Compared, chance: Chance, before: Matches, counts: Floats, generator: np.random.Generator
) -> Matches:
    """Draw the probabilities of levels among matches, in common and in each pair of lists, given counted levels.

    Each pair of lists draws towards what all have in common, with the weight of `KEEPS` matches; the common ones
    towards the model's estimate, with that of `BELIEF`. Of the counts of a pair of lists, the common ones see as many
    as are expected to have been new to it (the tables of a Chinese restaurant, at their expectation).
    """
    there = np.arange(counts.shape[2]) < chance.counts[:, None]
    strength = KEEPS * before.common
    seen = np.where(counts > 0, strength * (digamma(counts + strength + 1e-9) - digamma(strength + 1e-9)), 0.0)
    own = BELIEF * _smoothed(_padded(compared.m, counts.shape[2]), chance.counts, 1e-3)
    common = _dirichlet(np.where(there, np.minimum(seen, counts).sum(axis=0) + own + LEAST, 0.0), generator)
    levels = _dirichlet(np.where(there, counts + KEEPS * common + LEAST, 0.0), generator)
    return Matches(common, levels)


def _dirichlet(weights: Floats, generator: np.random.Generator) -> Floats:
    drawn = np.where(weights > 0, generator.standard_gamma(np.maximum(weights, 1e-9)), 0.0) + (weights > 0) * 1e-12
    return np.asarray(drawn / drawn.sum(axis=-1, keepdims=True))
