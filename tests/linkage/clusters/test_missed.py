"""Matches that no rule found: recapture by hand, random pairs, and what adding them keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.clusters.missed import (
    Missed,
    by_chance,
    links_by_recapture,
    pairs_by_recapture,
    rule_groups,
    with_missed,
)
from testimonia.linkage.compared import Compared, Sampled


def test_recapture_is_that_of_petersen_between_two_groups_of_rules() -> None:
    """60 found by both groups, 20 by the first alone, 9 by the second alone: 20 * 9 / 61 missed."""
    rules = np.array([0b011] * 60 + [0b001] * 20 + [0b110] * 9, dtype=np.uint32)
    assert pairs_by_recapture(rules, np.array([False, True, True])) == pytest.approx(20 * 9 / 61)


def test_nothing_is_missed_where_one_group_finds_everything() -> None:
    rules = np.array([0b11] * 50 + [0b01] * 10, dtype=np.uint32)
    assert pairs_by_recapture(rules, np.array([False, True])) == 0.0


def _persons_of(make: Callable[..., Compared], persons: list[tuple[int, list[int]]]) -> tuple[Compared, np.ndarray]:
    """Persons of some records, with the rules that find their pairs in the order (0, 1), (0, 2), (1, 2); 0 for none."""
    clusters: list[int] = []
    pairs: list[tuple[int, int]] = []
    rules: list[int] = []
    for size, masks in persons:
        first = len(clusters)
        clusters += [first] * size
        couples = [(first + one, first + two) for one in range(size) for two in range(one + 1, size)]
        pairs += [couple for couple, mask in zip(couples, masks, strict=True) if mask]
        rules += [mask for mask in masks if mask]
    compared = make([at % 2 for at in range(len(clusters))], pairs, [[2]] * len(pairs))
    return replace(compared, rules=np.array(rules, dtype=np.uint32)), np.array(clusters, dtype=np.int32)


def test_a_person_of_two_records_is_lost_with_its_pair(make: Callable[..., Compared]) -> None:
    """30 couples found by both groups, 10 by the first alone, 6 by the second alone: 10 * 6 / 31 links lost."""
    compared, clusters = _persons_of(make, [(2, [3])] * 30 + [(2, [1])] * 10 + [(2, [2])] * 6)
    inside = np.ones(len(compared.left), dtype=bool)
    second = np.array([False, True])
    assert links_by_recapture(compared, clusters, inside, second) == pytest.approx(10 * 6 / 31)
    assert pairs_by_recapture(compared.rules, second) == pytest.approx(10 * 6 / 31)


def test_a_missed_pair_inside_a_person_that_others_hold_together_loses_no_link(make: Callable[..., Compared]) -> None:
    """In every trio one pair is found by the second group alone or by none, but both groups reach every record."""
    trios = [(3, [3, 3, 2])] * 20 + [(3, [3, 3, 1])] * 20 + [(3, [3, 3, 0])] * 5
    compared, clusters = _persons_of(make, trios)
    inside = np.ones(len(compared.left), dtype=bool)
    second = np.array([False, True])
    assert links_by_recapture(compared, clusters, inside, second) == 0.0
    assert pairs_by_recapture(compared.rules, second) == pytest.approx(20 * 20 / 91)


def test_a_record_of_a_trio_is_lost_if_neither_group_reaches_it(make: Callable[..., Compared]) -> None:
    """Of 150 records, 8 are reached by the first group alone and 4 by the second alone: 8 * 4 / 139 are lost."""
    compared, clusters = _persons_of(make, [(3, [3, 3, 3])] * 38 + [(3, [3, 1, 1])] * 8 + [(3, [3, 2, 2])] * 4)
    inside = np.ones(len(compared.left), dtype=bool)
    found = links_by_recapture(compared, clusters, inside, np.array([False, True]))
    assert found == pytest.approx(8 * 4 / (150 - 12 + 1))


def test_links_lost_are_those_of_persons_whose_records_each_group_reaches_by_chance(
    make: Callable[..., Compared],
) -> None:
    """Couples whose pair each group finds independently: what is lost is what recapture says, within 4 sd (Poisson)."""
    generator = np.random.default_rng(4)
    hits = (generator.random((4000, 2)) < (0.6, 0.9)) @ np.array([1, 2])
    lost = int((hits == 0).sum())
    compared, clusters = _persons_of(make, [(2, [int(mask)]) for mask in hits if mask])
    inside = np.ones(len(compared.left), dtype=bool)
    found = links_by_recapture(compared, clusters, inside, np.array([False, True]))
    assert abs(found - lost) < 4 * np.sqrt(lost)


def test_rules_that_look_at_the_same_thing_are_one_group(make: Callable[..., Compared]) -> None:
    """Two rules ask for the name, one of them for a fact too; two ask for facts."""
    generator = np.random.default_rng(1)
    levels = (generator.random((20_000, 4)) < 0.1).astype(np.int8)
    name, *facts = (levels > 0).T
    hits = np.stack([name, facts[0] & facts[1], name & facts[0], facts[1] & facts[2]]).astype(np.uint32)
    rules = (hits << np.arange(4, dtype=np.uint32)[:, None]).sum(axis=0).astype(np.uint32)
    none = np.zeros(len(rules), dtype=np.int32)
    compared = make([0, 1], [(0, 1)], [[1, 1, 1, 1]])
    compared = replace(
        compared, rule_names=tuple("abcd"), sampled=Sampled(none, none + 1, levels, np.zeros(len(rules)), rules)
    )
    groups = rule_groups(compared)
    assert groups[0] == groups[2] != groups[1] == groups[3]


def test_a_draw_lies_between_the_estimates_or_a_little_above_and_is_none_where_both_say_none() -> None:
    generator = np.random.default_rng(1)
    drawn = [Missed(0.02, 0.08).draw(generator) for _ in range(400)]
    assert 0.02 <= min(drawn) < 0.025
    assert 0.09 < max(drawn) <= 0.08 * 1.2
    assert Missed(0.0, None).draw(generator) == 0.0


def test_random_pairs_stand_for_all_pairs_of_their_lists(make: Callable[..., Compared]) -> None:
    """Ten and ten records: 100 pairs between the lists, of which 5 were drawn, so that each stands for 20.

    One that no rule finds has a likelihood ratio of 8 and prior odds of (4 + .5) / 100: a probability of .36 / 1.36.
    """
    compared = make([0] * 10 + [1] * 10, [(0, 10)], [[1]])
    left, right = np.arange(5, dtype=np.int32), np.arange(10, 15, dtype=np.int32)
    levels = np.array([[1], [0], [0], [0], [1]], dtype=np.int8)
    rules = np.array([0, 0, 0, 0, 1], dtype=np.uint32)
    compared = replace(compared, sampled=Sampled(left, right, levels, np.zeros(5), rules))
    ratios = np.full((3, 1, 3), -50.0)
    ratios[:, :, 1] = np.log(8.0)
    links = np.array([0.0, 4.0, 0.0])
    none = np.zeros(5)
    assert by_chance(compared, ratios, none, links) == pytest.approx(20 * (0.36 / 1.36))
    assert by_chance(compared, ratios, none + np.log(2.0), links) == pytest.approx(20 * (0.72 / 1.72))
    assert by_chance(replace(compared, sampled=None), ratios, none, links) is None


tables = st.lists(st.integers(0, 30), min_size=7, max_size=7).map(lambda cells: np.array([0, *cells], dtype=np.int64))


@given(tables, st.lists(st.floats(0, 5), min_size=6, max_size=6), st.integers(0, 10**6))
def test_a_link_more_makes_one_person_fewer_and_no_list_longer(
    counts: np.ndarray, links: list[float], seed: int
) -> None:
    """Captures of a list are kept by links between lists, and only lessened by links inside it."""
    out = with_missed(counts, np.array(links), np.random.default_rng(seed))
    cells = np.arange(8)
    assert out.min() >= 0
    assert out[0] == 0
    assert out.sum() <= counts.sum()
    for at in range(3):
        captures = [int(table[(cells >> at & 1) > 0].sum()) for table in (counts, out)]
        assert captures[1] <= captures[0]
        if links[at * (at + 3) // 2] == 0:
            assert captures[1] == captures[0]


def test_links_between_two_lists_join_people_of_one_with_people_of_the_other() -> None:
    counts = np.array([0, 100, 100, 5])
    out = with_missed(counts, np.array([0.0, 10.0, 0.0]), np.random.default_rng(2))
    added = int(out[3] - 5)
    assert added > 0
    assert out.tolist() == [0, 100 - added, 100 - added, 5 + added]
