"""Decomposable graphs are enumerated completely and factor as the theory says."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation.decomposable.graphs import COUNTS, decomposable_graphs, factor_sets

Edges = frozenset[tuple[int, int]]


def edges_of(mask: int, lists: int) -> Edges:
    return frozenset(pair for bit, pair in enumerate(combinations(range(lists), 2)) if mask >> bit & 1)


def has_chordless_cycle(edges: Edges, lists: int) -> bool:
    """The definition itself: some set of four lists or more induces a cycle and nothing else."""
    for size in range(4, lists + 1):
        for chosen in combinations(range(lists), size):
            inside = [pair for pair in edges if set(pair) <= set(chosen)]
            degrees = [sum(v in pair for pair in inside) for v in chosen]
            if len(inside) == size and all(degree == 2 for degree in degrees) and connected(chosen, inside):
                return True
    return False


def connected(chosen: tuple[int, ...], edges: list[tuple[int, int]]) -> bool:
    reached = {chosen[0]}
    for _ in chosen:
        reached |= {v for pair in edges if reached & set(pair) for v in pair}
    return reached == set(chosen)


def largest_cliques(edges: Edges, lists: int) -> set[int]:
    cliques = [
        set(chosen)
        for size in range(1, lists + 1)
        for chosen in combinations(range(lists), size)
        if all(pair in edges for pair in combinations(chosen, 2))
    ]
    return {sum(1 << v for v in one) for one in cliques if not any(one < other for other in cliques)}


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_the_graphs_are_those_without_a_chordless_cycle(lists: int) -> None:
    """Brute force over all graphs, by the definition and not by elimination."""
    every = range(1 << (lists * (lists - 1) // 2))
    chordal = [mask for mask in every if not has_chordless_cycle(edges_of(mask, lists), lists)]
    assert decomposable_graphs(lists).edges.tolist() == chordal


@pytest.mark.parametrize("lists", [3, 4, 5, 6, 7])
def test_there_are_as_many_as_published(lists: int) -> None:
    """Labelled chordal graphs, OEIS A058862: 8, 61, 822, 18,154, 617,675; the empty one first, the complete last."""
    graphs = decomposable_graphs(lists)
    assert len(graphs) == COUNTS[lists]
    assert graphs.edges[0] == 0
    assert graphs.edges[-1] == (1 << (lists * (lists - 1) // 2)) - 1


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_the_cliques_of_a_graph_are_its_largest_complete_sets(lists: int) -> None:
    graphs = decomposable_graphs(lists)
    for graph in range(len(graphs)):
        edges = edges_of(int(graphs.edges[graph]), lists)
        assert set(graphs.pairs(graph)) == edges
        assert set(graphs.cliques(graph)) == largest_cliques(edges, lists)


@pytest.mark.parametrize("lists", [3, 5, 7])
def test_every_list_is_one_factor_and_has_only_joined_parents(lists: int) -> None:
    graphs = decomposable_graphs(lists)
    larger, smaller = factor_sets(lists)
    own = (larger ^ smaller)[graphs.factors]
    assert (np.bitwise_or.reduce(own, axis=1) == (1 << lists) - 1).all()
    assert (own.sum(axis=1) == (1 << lists) - 1).all()


@settings(deadline=None)
@given(st.integers(0, 821))
def test_factors_of_larger_and_smaller_sets_leave_cliques_minus_separators(graph: int) -> None:
    """Parents with v, minus parents, over all lists: each clique once, the rest separators that lie in two cliques."""
    graphs = decomposable_graphs(5)
    larger, smaller = factor_sets(5)
    balance: dict[int, int] = {}
    for factor in graphs.factors[graph]:
        balance[int(larger[factor])] = balance.get(int(larger[factor]), 0) + 1
        balance[int(smaller[factor])] = balance.get(int(smaller[factor]), 0) - 1
    cliques = set(graphs.cliques(graph))
    for one, times in balance.items():
        if one in cliques:
            assert times == 1
        elif one and times:
            assert times < 0
            assert sum(one & clique == one for clique in cliques) >= 2


def test_a_graph_is_written_in_bracket_form() -> None:
    graphs = decomposable_graphs(3)
    assert [graphs.bracket(g) for g in range(8)] == [
        "[1,2,3]",
        "[12,3]",
        "[13,2]",
        "[12,13]",
        "[23,1]",
        "[12,23]",
        "[13,23]",
        "[123]",
    ]
