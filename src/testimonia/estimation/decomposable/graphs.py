"""Every decomposable graph on three to seven lists, as the factors of its likelihood.

A graph joins two lists when they may depend on each other given the rest. It is decomposable (chordal) when its
lists can be taken away one by one so that each, when its turn comes, is joined only to lists that are all joined to
each other (a perfect elimination order). The likelihood is then the product over lists v of p(v | parents of v),
parents being the lists v is joined to at its turn (Dawid & Lauritzen 1993). A graph is stored as these k
factors, each an index of (list, parents), because every sum over cliques minus separators telescopes to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.terms import bracket

__all__ = ["COUNTS", "Graphs", "decomposable_graphs", "factor_sets"]

COUNTS = {3: 8, 4: 61, 5: 822, 6: 18_154, 7: 617_675}  # labelled chordal graphs, OEIS A058862


@dataclass(frozen=True, eq=False)
class Graphs:
    """The decomposable graphs on `lists` lists, rising by edge mask: the empty graph first, the complete one last.

    `edges`: int32, shape (g,), bit b stands for the b-th pair of `itertools.combinations(range(lists), 2)`.
    `factors`: int16, shape (g, lists), rows of `factor_sets(lists)`; the i-th is taken away i-th.
    """

    lists: int
    edges: NDArray[np.int32]
    factors: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.edges)

    def cliques(self, graph: int) -> tuple[int, ...]:
        """The largest sets of lists that are all joined, as bit masks, rising."""
        with_list, _ = factor_sets(self.lists)
        sets = {int(with_list[factor]) for factor in self.factors[graph]}
        return tuple(sorted(one for one in sets if not any(one != other and one & other == one for other in sets)))

    def bracket(self, graph: int) -> str:
        """The graph as a log-linear model in bracket form: its cliques are the generators."""
        return bracket(self.cliques(graph))

    def pairs(self, graph: int) -> tuple[tuple[int, int], ...]:
        """The joined pairs of lists, from zero."""
        every = combinations(range(self.lists), 2)
        return tuple(pair for bit, pair in enumerate(every) if int(self.edges[graph]) >> bit & 1)


@lru_cache(maxsize=8)
def factor_sets(lists: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sets of lists of every factor p(v | parents): (parents with v, parents), bit masks, k 2**(k-1) rows."""
    rows = np.arange(lists << (lists - 1))
    one, rest = rows >> (lists - 1), rows & ((1 << (lists - 1)) - 1)
    low = rest & ((1 << one) - 1)
    parents = low | ((rest - low) << 1)
    return parents | (1 << one), parents


@lru_cache(maxsize=8)
def decomposable_graphs(lists: int) -> Graphs:
    """All labelled decomposable graphs on 3 to 7 lists: 8, 61, 822, 18,154, 617,675; kept once enumerated."""
    edges = np.empty(COUNTS[lists], dtype=np.int32)
    factors = np.empty((COUNTS[lists], lists), dtype=np.int16)
    found = _enumerate(lists, edges, factors)
    if found != COUNTS[lists]:
        raise AssertionError(f"{found} decomposable graphs on {lists} lists instead of {COUNTS[lists]}")
    return Graphs(lists, edges, factors)


@njit
def _enumerate(lists: int, edges: NDArray[np.int32], factors: NDArray[np.int16]) -> int:
    """Fill in every graph that has a perfect elimination order; how many there are."""
    adjacent = np.zeros(lists, dtype=np.int64)
    row = np.zeros(lists, dtype=np.int16)
    found = 0
    for mask in range(1 << (lists * (lists - 1) // 2)):
        _join(mask, lists, adjacent)
        if _eliminate(adjacent, lists, row):
            if found < len(edges):
                edges[found] = mask
                for turn in range(lists):
                    factors[found, turn] = row[turn]
            found += 1
    return found


@njit
def _join(mask: int, lists: int, adjacent: NDArray[np.int64]) -> None:
    """Neighbours of each list, as bit masks, from an edge mask."""
    for i in range(lists):
        adjacent[i] = 0
    for i in range(lists):
        for j in range(i + 1, lists):
            if mask & 1:
                adjacent[i] |= 1 << j
                adjacent[j] |= 1 << i
            mask >>= 1


@njit
def _eliminate(adjacent: NDArray[np.int64], lists: int, row: NDArray[np.int16]) -> bool:
    """Take away simplicial lists, lowest first, noting their factors; False where none is left but lists are."""
    left = (1 << lists) - 1
    for turn in range(lists):
        chosen = -1
        for v in range(lists):
            if left >> v & 1 and _joined_to_each_other(adjacent, adjacent[v] & left, lists):
                chosen = v
                break
        if chosen < 0:
            return False
        parents = adjacent[chosen] & left
        below = parents & ((1 << chosen) - 1)
        row[turn] = (chosen << (lists - 1)) | below | ((parents - below) >> 1)
        left &= ~(1 << chosen)
    return True


@njit
def _joined_to_each_other(adjacent: NDArray[np.int64], chosen: int, lists: int) -> bool:
    """Whether these lists form a clique."""
    apart = 0
    for u in range(lists):
        if chosen >> u & 1:
            apart |= chosen & ~(adjacent[u] | (1 << u))
    return apart == 0
