"""The same question asked of changed tables: who is counted in each, what is refused, and when a check fails."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.results import CAUTION, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.variations import consistency, merge_two, omit_one, variations

CHANCES = (0.5, 0.4, 0.3, 0.2)


def independent(*chances: float, people: int = 10_000) -> OverlapTable:
    """Expected counts of independent lists, rounded: every estimate of independence finds the people again."""
    counts = [
        round(people * prod(p if cell >> i & 1 else 1 - p for i, p in enumerate(chances)))
        for cell in range(1 << len(chances))
    ]
    return OverlapTable(tuple("ABCDEF"[: len(chances)]), np.array([0, *counts[1:]]))


def recorded(table: OverlapTable) -> Estimate:
    """A stand-in for an estimator: the people in the table it is given."""
    return Estimate("stub", total=float(table.n), lower=float(table.n), upper=float(table.n))


def independence(table: OverlapTable) -> Estimate:
    total = fit_model(table, ()).total
    assert total is not None
    return Estimate("independence", total=total, lower=0.9 * total, upper=1.1 * total)


def test_every_list_is_left_out_once_and_every_two_are_merged_once() -> None:
    found = variations(independent(*CHANCES), recorded)
    assert [variation.change for variation in found[:4]] == ["without A", "without B", "without C", "without D"]
    assert found[0].lists == ("B", "C", "D")
    assert [variation.change for variation in found[4:6]] == ["A and B as one list", "A and C as one list"]
    assert len(found) == 4 + 6


@given(st.lists(st.integers(0, 50), min_size=15, max_size=15).filter(lambda counts: min(counts[:8]) > 0))
@settings(max_examples=30, deadline=None)
def test_leaving_out_a_list_hides_those_it_alone_recorded_and_merging_hides_nobody(counts: list[int]) -> None:
    table = OverlapTable(tuple("ABCD"), np.array([0, *counts]))
    for place, variation in enumerate(omit_one(table, recorded)):
        assert variation.estimate.total == table.n - table.counts[1 << place]
    for variation in merge_two(table, recorded):
        assert variation.estimate.total == table.n


def test_independent_lists_give_the_same_total_whichever_list_is_left_out_or_merged() -> None:
    for variation in variations(independent(*CHANCES), independence):
        assert variation.estimate.total == pytest.approx(10_000, rel=2e-3)


def test_with_three_lists_none_can_be_left_out_and_it_is_said() -> None:
    found = variations(independent(0.5, 0.4, 0.3), recorded)
    assert [variation.estimate.verdict for variation in found] == [REFUSED] * 6
    assert found[0].estimate.reason.startswith("without A fewer than three lists are left")
    assert found[0].estimate.total is None


def test_an_answer_below_those_recorded_by_all_lists_is_a_caution() -> None:
    found = omit_one(independent(*CHANCES), recorded)[0].estimate
    assert found.verdict == CAUTION
    assert found.reason == "below the 8,320 people whom all lists recorded"


def test_a_list_that_is_left_empty_goes_with_a_word() -> None:
    """D recorded only people whom A recorded: among the people of B it has nobody."""
    counts = independent(0.5, 0.4, 0.3).counts.tolist() + [0] * 8
    counts[0b1001] = 40
    table = OverlapTable(tuple("ABCD"), np.array(counts))
    found = consistency(table, recorded, two_lists=recorded)[1]
    assert found.estimate.reason == (
        "only two other lists recorded people on B; D recorded nobody here and was left out"
    )
    assert found.estimate.verdict == CAUTION


def test_a_list_is_a_population_of_known_size() -> None:
    """Of four independent lists the other three find the size of each."""
    for place, check in enumerate(consistency(independent(*CHANCES), independence)):
        assert check.list_name == "ABCD"[place]
        assert check.known == round(10_000 * CHANCES[place])
        assert check.estimate.total == pytest.approx(check.known, rel=3e-3)
        assert check.inside is True


def test_of_three_lists_two_find_the_third_by_chapman() -> None:
    """Among the people on A: 5 + 15 on C, 5 + 20 on B, 5 on both: 21 * 26 / 6 - 1 = 90 against 130 known."""
    table = OverlapTable.from_counts(
        {"100": 90, "010": 70, "001": 50, "110": 20, "101": 15, "011": 10, "111": 5}, "ABC"
    )
    found = consistency(table, independence)[0]
    assert found.known == 130
    assert found.estimate.total == pytest.approx(21 * 26 / 6 - 1)
    assert found.estimate.method == "lincoln-petersen"
    assert found.estimate.reason.startswith("only two other lists recorded people on A; from B and C alone")


def test_lists_that_feed_each_other_fail_the_check() -> None:
    """Among those on A, B and C hold nearly the same people: they find only these."""
    table = OverlapTable.from_counts({"100": 900, "110": 5, "101": 5, "111": 90, "010": 50, "001": 50}, "ABC")
    found = consistency(table, independence)[0]
    assert found.inside is False
    assert found.estimate.upper is not None and found.estimate.upper < found.known


def test_a_list_alone_is_refused() -> None:
    table = OverlapTable.from_counts({"100": 90, "010": 70, "001": 50, "110": 20}, "ABC")
    found = consistency(table, independence)
    assert found[2].inside is None
    assert found[2].estimate.reason == (
        "fewer than two other lists recorded anybody of the people on C: nothing overlaps."
    )
    assert found[0].estimate.verdict == REFUSED


def test_an_open_upper_end_holds_every_size_above_the_lower() -> None:
    def open_above(table: OverlapTable) -> Estimate:
        return Estimate("stub", total=float(table.n), lower=float(table.n), upper=None)

    assert all(check.inside for check in consistency(independent(*CHANCES), open_above))
