"""Chance agreement: from random pairs, from candidates where the rules find them all, and together."""

from __future__ import annotations

import numpy as np
import pytest

from testimonia.linkage.model.chance import Chance, cell_count, cells_of, counted

ONE = np.array([1e6])


def test_counts_leave_out_missing_values_and_missing_cells() -> None:
    """Of four pairs one has no level and one no cell."""
    table = counted(np.array([0, 1, -1, 1], np.int8), np.array([0, 1, 0, -1]), 2, 2)
    np.testing.assert_array_equal(table, [[1, 0], [0, 1]])


def test_levels_that_the_rules_find_are_counted_among_the_candidates() -> None:
    """Random pairs hold one of the highest level in 1,000; of all 1,000,000 pairs there are 500, all candidates.

    100 of these match, so that 400 in a million agree by chance.
    """
    random = np.zeros((1000, 1), np.int8)
    random[0] = 1
    found = np.zeros(1000, bool)
    found[0] = True
    candidates = np.ones((500, 1), np.int8)
    groups = np.zeros(500, dtype=np.intp)
    chance = Chance(random, np.zeros(1000, dtype=np.intp), found, candidates, groups, ONE, (2,))
    weights = np.where(np.arange(500) < 100, 1.0, 0.0)
    assert chance.shares(candidates, groups, weights)[0][0, 1] == pytest.approx(400e-6, rel=0.05)


def test_matches_among_the_random_pairs_are_no_chance() -> None:
    """All pairs of a small table are drawn; the five at the high level that match are taken off."""
    random = np.array([[0]] * 90 + [[1]] * 10, np.int8)
    groups = np.zeros(100, dtype=np.intp)
    chance = Chance(random, groups, np.zeros(100, bool), random, groups, np.array([100.0]), (2,))
    weights = np.where(np.arange(100) >= 95, 1.0, 0.0)
    before = chance.shares(random, groups, np.zeros(100))[0][0, 1]
    after = chance.shares(random, groups, weights)[0][0, 1]
    assert before == pytest.approx(0.10, abs=0.01)
    assert after < before


def test_what_agrees_together_by_chance_is_not_counted_twice() -> None:
    """The second comparison always agrees where the first does: it then adds nothing, whatever its own share is."""
    rng = np.random.default_rng(1)
    one = (rng.random(20_000) < 0.2).astype(np.int8)
    levels = np.column_stack([one, one])
    groups = np.zeros(len(one), dtype=np.intp)
    chance = Chance(levels, groups, np.zeros(len(one), bool), levels[:0], groups[:0], ONE, (2, 2), ((1, (0,)),))
    u = chance.shares(levels[:0], groups[:0], np.zeros(0))[1][0]
    (tie,) = chance.tied(levels[:0], np.zeros(0))
    both = np.array([[1, 1]], np.int8)
    assert np.log(1.0 / u[1]) + tie.weigh(both)[0] == pytest.approx(0.0, abs=0.02)
    assert tie.weigh(np.array([[1, -1]], np.int8))[0] == 0.0


def test_cells_number_every_combination_once() -> None:
    """Two comparisons of two and three levels, with the missing value: 3 times 4 cells."""
    levels = np.array([[a, b] for a in (-1, 0, 1) for b in (-1, 0, 1, 2)], np.int8)
    assert cells_of(levels, (0, 1), (2, 3)).tolist() == list(range(12))
    assert cell_count((0, 1), (2, 3)) == 12
