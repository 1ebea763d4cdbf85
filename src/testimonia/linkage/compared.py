"""Records compared in pairs: what a model hands to clusters, draws and review."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Compared", "Sampled", "level_counts", "pair_of_lists"]


@dataclass(frozen=True, eq=False)
class Sampled:
    """Pairs drawn at random from all pairs of two different records, whether or not a blocking rule finds them.

    The number drawn may differ between pairs of lists; within a pair of lists every pair of records is as likely as
    any other. Nearly none is a match: they show how levels fall together by chance, and what the rules miss.
    `left`, `right`: int32[Q] record positions, left < right. `levels`: int8[Q, C] as in `Compared`. `extra`:
    float64[Q]. `rules`: uint32[Q], the rules that find the pair, 0 where none does.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.int8]
    extra: NDArray[np.float64]
    rules: NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Compared:
    """Every candidate pair once, with its levels and what the model makes of them.

    `record_ids`: R ids. `lists`: K names; `list_of`: int16[R], the list of each record. `left`, `right`: int32[P],
    record positions, left < right, every pair of nonnegligible probability that a blocking rule finds. `levels`:
    int8[P, C], -1 where a value is missing, otherwise the level, 0 agreeing least; `comparisons`: C names. `m`, `u`:
    for each comparison the probability of each level among matches and among non-matches. `prior`: the probability
    that two records taken at random are the same person. `extra`: float64[P], natural logarithm of a Bayes factor
    not held in the levels, such as the rarity of a name. `probability`: float64[P], of a match. `rules`: uint32[P],
    bit mask of the blocking rules that find the pair; `rule_names`: what they block on. `sampled`: random pairs,
    None where none were drawn. `rarity`: float64[P], the part of `extra` that comes from the rarity of shared values
    alone, without what differs between pairs of lists, as in `sampled.extra`; None where `extra` is nothing else.
    `dropped`: the levels of the pairs that rules found but whose probability is negligible, as `level_counts` has
    them; None where there are none.
    """

    record_ids: tuple[str, ...]
    lists: tuple[str, ...]
    list_of: NDArray[np.int16]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.int8]
    comparisons: tuple[str, ...]
    m: tuple[NDArray[np.float64], ...]
    u: tuple[NDArray[np.float64], ...]
    prior: float
    extra: NDArray[np.float64]
    probability: NDArray[np.float64]
    rules: NDArray[np.uint32]
    rule_names: tuple[str, ...] = ()
    sampled: Sampled | None = None
    rarity: NDArray[np.float64] | None = None
    dropped: NDArray[np.float64] | None = None


def pair_of_lists(list_of: NDArray[np.int16], left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int16]:
    """The two lists of every pair of records as one number, below K (K + 1) / 2; both may be one list."""
    one, two = list_of[left].astype(np.int64), list_of[right].astype(np.int64)
    low, high = np.minimum(one, two), np.maximum(one, two)
    return np.asarray(high * (high + 1) // 2 + low, dtype=np.int16)


def level_counts(
    levels: NDArray[np.int8], kind: NDArray[np.int16], kinds: int, width: int, weight: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """How many pairs of each two lists have each level: float64[kinds, C, width], level -1 left out.

    `kind`: of each pair, as `pair_of_lists` has it. `width`: the most levels a comparison has. `weight`: float64[P],
    what each pair counts, 1 where None.
    """
    out = np.zeros((kinds, levels.shape[1], width))
    for comparison in range(levels.shape[1]):
        there = levels[:, comparison] >= 0
        cell = kind[there].astype(np.int64) * width + levels[there, comparison]
        found = np.bincount(cell, weights=None if weight is None else weight[there], minlength=kinds * width)
        out[:, comparison] = found.reshape(kinds, width)
    return out
