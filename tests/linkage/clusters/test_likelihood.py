"""What chance and matches look like, by pair of lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from testimonia.linkage.clusters.likelihood import chance_of, draw_matches, pairs_of_lists, start_of_matches
from testimonia.linkage.compared import Compared, Sampled, level_counts, pair_of_lists


def test_pairs_of_lists_are_numbered_and_counted(make: Callable[..., Compared]) -> None:
    """Three records on list 0 and two on list 1: 3 pairs inside the first, 6 between, 1 inside the second."""
    compared = make([0, 0, 0, 1, 1], [(0, 1), (0, 3), (3, 4)], [[2], [0], [1]])
    assert pair_of_lists(compared.list_of, compared.left, compared.right).tolist() == [0, 1, 2]
    assert pairs_of_lists(compared).tolist() == [3, 6, 1]


def test_levels_are_counted_over_all_pairs_but_those_that_are_linked(make: Callable[..., Compared]) -> None:
    """20 x 20 records; candidates at level 2 are 8, dropped ones at level 1 are 30, random unfound ones all 0."""
    pairs = [(at, 20 + at) for at in range(8)]
    compared = make([0] * 20 + [1] * 20, pairs, [[2]] * 8)
    dropped = np.zeros((3, 1, 3))
    dropped[1, 0, 1] = 30
    left, right = np.arange(10, dtype=np.int32), np.arange(25, 35, dtype=np.int32)
    rules = np.array([1] + [0] * 9, dtype=np.uint32)
    levels = np.array([[2]] + [[0]] * 9, dtype=np.int8)
    compared = replace(compared, dropped=dropped, sampled=Sampled(left, right, levels, np.zeros(10), rules))
    chance = chance_of(compared)
    assert chance.pairs[1, 0].tolist() == [9 * 400 / 10, 30, 8]
    linked = np.zeros((3, 1, 3))
    linked[1, 0, 2] = 5
    found = np.exp(chance.levels(linked)[1, 0])
    assert found.sum() == pytest.approx(1)
    assert found[2] < np.exp(chance.levels(np.zeros((3, 1, 3)))[1, 0])[2]


def test_weights_count_in_levels() -> None:
    levels = np.array([[1, -1], [0, 1]], dtype=np.int8)
    found = level_counts(levels, np.array([0, 1], dtype=np.int16), 2, 2, np.array([2.0, 0.5]))
    assert found.tolist() == [[[0, 2], [0, 0]], [[0.5, 0], [0, 0.5]]]


def test_drawn_matches_follow_many_counts_and_stay_with_the_others_where_there_are_few(
    make: Callable[..., Compared],
) -> None:
    """1,000 matches at .5/.3/.2 between the lists; inside the first list four, which say little by themselves."""
    compared = make([0, 0, 1, 1], [(0, 2), (1, 3)], [[2], [1]])
    chance = chance_of(compared)
    counts = np.zeros((3, 1, 3))
    counts[1, 0], counts[0, 0] = (500, 300, 200), (0, 0, 4)
    generator = np.random.default_rng(1)
    matches, drawn = start_of_matches(compared, chance), []
    for _ in range(400):
        matches = draw_matches(compared, chance, matches, counts, generator)
        drawn.append(matches.levels)
        assert matches.levels.sum(axis=2) == pytest.approx(np.ones((3, 1)))
    assert np.mean(drawn, axis=0)[1, 0] == pytest.approx([0.5, 0.3, 0.2], abs=0.02)
    assert 0.2 < np.mean(drawn, axis=0)[0, 0, 2] < 0.7
