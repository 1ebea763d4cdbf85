"""How levels of agreement fall among pairs of different people.

Nearly all pairs taken at random are no match, so that they show how often two people agree by chance. Of high levels
too few are drawn. Where the blocking rules find nearly every pair of a level (of two names that agree, say), all
candidates at that level, without those that are matches, are a far larger sample of the same thing.

Some comparisons depend on another by chance: people of one name are mostly of one sex. For these the share of a level
is taken among the pairs at the same level of the other comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.compiled import njit

__all__ = ["Chance", "Tie", "cell_count", "cells_of", "counted"]

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Groups = NDArray[np.intp]

COMPLETE = 0.5  # of the random pairs at a level that the rules find: more, and the candidates are taken
SHRINK = 5.0  # pairs at a level that the share over all pairs of lists is worth in one
SHRINK_TIE = 20.0  # pairs that the share over all levels of the other comparison is worth at one
FLOOR = 0.5


def cells_of(levels: Levels, on: tuple[int, ...], sizes: tuple[int, ...]) -> Groups:
    """The levels of some comparisons together as one number, a missing value being a level of its own."""
    cells = np.zeros(len(levels), dtype=np.intp)
    for c in on:
        cells = cells * (sizes[c] + 1) + (levels[:, c].astype(np.intp) + 1)
    return cells


def cell_count(on: tuple[int, ...], sizes: tuple[int, ...]) -> int:
    """How many numbers `cells_of` gives."""
    return prod(sizes[c] + 1 for c in on)


@dataclass(frozen=True, eq=False)
class Tie:
    """A comparison whose chance agreement depends on others: their positions, and log(share / share given them).

    `ratio`: float64[cells of `on`, levels of `child` + 1]; the last column stands for a missing value.
    """

    child: int
    on: tuple[int, ...]
    sizes: tuple[int, ...]
    ratio: Floats

    def weigh(self, levels: Levels) -> Floats:
        """What to add to each pair's log Bayes factor."""
        weight: Floats = self.ratio[cells_of(levels, self.on, self.sizes), levels[:, self.child]]
        return weight


def counted(levels: Levels, cells: NDArray[np.intp], size: int, count: int, weights: Floats | None = None) -> Floats:
    """How many pairs of each cell (a group, or a level of another comparison) are at each level: [count, size]."""
    table = np.zeros((count, size))
    _add_to(table, levels, cells, np.ones(1) if weights is None else weights)
    return table


@njit
def _add_to(table: Floats, levels: Levels, cells: Groups, weights: Floats) -> None:
    """Add the weight of each pair to its cell and level; a single weight is that of all."""
    for pair in range(len(levels)):
        if levels[pair] >= 0 and cells[pair] >= 0:
            table[cells[pair], levels[pair]] += weights[pair if len(weights) > 1 else 0]


class Chance:
    """The random pairs and the candidates, from which chance agreement is estimated.

    `random`, `groups`, `found`: levels of the random pairs, their pairs of lists, and whether a rule finds them.
    `candidates`, `of`: levels and pairs of lists of all candidates. `pairs`: pairs of records in each pair of lists.
    `ties`: which comparison depends on which by chance.
    """

    def __init__(
        self,
        random: Levels,
        groups: Groups,
        found: NDArray[np.bool_],
        candidates: Levels,
        of: Groups,
        pairs: Floats,
        sizes: tuple[int, ...],
        ties: tuple[tuple[int, tuple[int, ...]], ...] = (),
    ) -> None:
        self._sizes, self._pairs, self._ties = sizes, pairs, ties
        count = len(pairs)
        drawn = np.maximum(np.bincount(groups, minlength=count), 1).astype(float)
        by_comparison = range(len(sizes))
        self._fraction = drawn / np.maximum(pairs, 1.0)  # of all pairs that were drawn, and so of the matches
        self._drawn = [counted(random[:, c], groups, sizes[c], count) for c in by_comparison]
        self._known = [table.sum(axis=1) / drawn for table in self._drawn]
        self._found = [self._share_found(random[:, c], found, sizes[c]) for c in by_comparison]
        self._all = [counted(candidates[:, c], of, sizes[c], count) for c in by_comparison]
        self._random_ties = [self._tied(random, tie) for tie in ties]
        self._all_ties = [self._tied(candidates, tie) for tie in ties]

    def _share_found(self, levels: Levels, found: NDArray[np.bool_], size: int) -> Floats:
        """The share of the random pairs at each level that a rule finds; the best level, if rare, counts as found."""
        every = np.bincount(levels[levels >= 0], minlength=size).astype(float)
        hit = np.bincount(levels[(levels >= 0) & found], minlength=size).astype(float)
        for counts in (every, hit):
            counts[-1] += 2
        share: Floats = hit / np.maximum(every, 1)
        return share

    def _tied(self, levels: Levels, tie: tuple[int, tuple[int, ...]], weights: Floats | None = None) -> Floats:
        child, on = tie
        cells = cells_of(levels, on, self._sizes)
        return counted(levels[:, child], cells, self._sizes[child], cell_count(on, self._sizes), weights)

    def shares(self, levels: Levels, of: Groups, weights: Floats) -> tuple[Floats, ...]:
        """u of each comparison in each pair of lists, when the given candidates match with these probabilities."""
        return tuple(self._of_comparison(c, levels[:, c], of, weights) for c in range(len(self._sizes)))

    def _of_comparison(self, c: int, levels: Levels, of: Groups, weights: Floats) -> Floats:
        size, count = self._sizes[c], len(self._pairs)
        drawn = self._drawn[c] - self._fraction[:, None] * counted(levels, of, size, count, weights)
        shares = self._shrunk(drawn, drawn.sum(axis=1))
        complete = self._found[c] >= COMPLETE
        if complete.any():
            others = self._all[c] - counted(levels, of, size, count, weights)
            among = self._shrunk(others, self._pairs * self._known[c]) / np.maximum(self._found[c], COMPLETE)
            shares = np.where(complete[None, :], among, shares)
        whole: Floats = shares / shares.sum(axis=1, keepdims=True)
        return whole

    @staticmethod
    def _shrunk(counts: Floats, of: Floats) -> Floats:
        """Shares in each group, shrunk towards the share over all groups."""
        pooled = (np.maximum(counts, 0).sum(axis=0) + FLOOR) / (of.sum() + FLOOR * counts.shape[1])
        shrunk: Floats = (np.maximum(counts, 0) + SHRINK) / (of[:, None] + SHRINK / pooled)
        return shrunk

    def tied(self, levels: Levels, weights: Floats) -> tuple[Tie, ...]:
        """The dependences, when the given candidates match with these probabilities."""
        return tuple(self._tie(position, levels, weights) for position in range(len(self._ties)))

    def _tie(self, position: int, levels: Levels, weights: Floats) -> Tie:
        child, on = self._ties[position]
        counts = self._random_ties[position]
        over_all = counts.sum(axis=0)
        if len(on) == 1:
            others = self._all_ties[position] - self._tied(levels, (child, on), weights)
            complete = np.concatenate([[False], self._found[on[0]] >= COMPLETE])  # the first cell is a missing value
            counts = np.where(complete[:, None], np.maximum(others, 0), counts)
        return Tie(child, on, self._sizes, _ratio(counts, over_all))


def _ratio(counts: Floats, over_all: Floats) -> Floats:
    share = (over_all + FLOOR) / (over_all.sum() + FLOOR * len(over_all))
    given = (counts + SHRINK_TIE * share) / (counts.sum(axis=1, keepdims=True) + SHRINK_TIE)
    return np.hstack([np.log(share) - np.log(given), np.zeros((len(counts), 1))])
