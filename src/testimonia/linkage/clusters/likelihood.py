"""How much each level of each comparison speaks for one person, by pair of lists: what matches and chance look like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from testimonia.linkage.clusters.neighbours import classes_of
from testimonia.linkage.compared import Compared

__all__ = ["Chance", "Matches", "chance_of", "draw_matches", "start_of_matches"]

Floats = NDArray[np.float64]

BORROWED = 200.0  # random pairs of all lists together that stand beside those of one pair of lists
KEEPS = 30.0  # matches' worth of what all pairs of lists have in common, within each
BELIEF = 10.0  # matches' worth of the model's own estimate
LEAST = 0.05  # matches' worth of every level, so that none is impossible


@dataclass(frozen=True, eq=False)
class Chance:
    """Levels among records that are different people: `levels` float64[classes, C, L], logarithms, 0 past the last.

    `counts`: int64[C], the levels of each comparison.
    """

    levels: Floats
    counts: NDArray[np.int64]


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


def tabulated(levels: NDArray[np.int8], kind: NDArray[np.int16], weight: Floats, classes: int, width: int) -> Floats:
    """The weight of each level of each comparison in each class: float64[classes, C, width]."""
    out = np.zeros((classes, levels.shape[1], width))
    for comparison in range(levels.shape[1]):
        there = levels[:, comparison] >= 0
        cell = kind[there].astype(np.int64) * width + levels[there, comparison]
        found = np.bincount(cell, weights=weight[there], minlength=classes * width)
        out[:, comparison] = found.reshape(classes, width)
    return out


def chance_of(compared: Compared) -> Chance:
    """What levels come about by chance in each pair of lists, from random pairs; without them the model's u.

    A few random pairs are matches; each counts as much as it is probably none. Rare pairs of lists borrow from all.
    """
    counts = np.array([len(row) for row in compared.u], dtype=np.int64)
    width, lists = int(counts.max()), len(compared.lists)
    classes = lists * (lists + 1) // 2
    u = _padded(compared.u, width)
    sampled = compared.sampled
    if sampled is None or not len(sampled.left):
        found = np.broadcast_to(u, (classes, *u.shape))
    else:
        kind = classes_of(compared, sampled.left, sampled.right)
        ratio = np.log(np.maximum(_padded(compared.m, width), 1e-12)) - np.log(np.maximum(u, 1e-12))
        score = np.log(compared.prior / (1.0 - compared.prior)) + sampled.extra
        for comparison in range(len(counts)):
            level = sampled.levels[:, comparison]
            score = score + np.where(level >= 0, ratio[comparison, np.maximum(level, 0)], 0.0)
        different = 1.0 / (1.0 + np.exp(score))
        table = tabulated(sampled.levels, kind, different, classes, width)
        overall = table.sum(axis=0) + u
        overall /= overall.sum(axis=1, keepdims=True)
        found = table + BORROWED * overall
        found = found / found.sum(axis=2, keepdims=True)
    return Chance(np.where(found > 0, np.log(np.maximum(found, 1e-9)), 0.0), counts)


def start_of_matches(compared: Compared, chance: Chance) -> Matches:
    """The model's own estimate for every pair of lists."""
    width = chance.levels.shape[2]
    common = _smoothed(_padded(compared.m, width), chance.counts, 1e-3)
    return Matches(common, np.broadcast_to(common, chance.levels.shape).copy())


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
