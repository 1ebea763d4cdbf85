"""One answer to stand on, or a refusal with every reason in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testimonia.estimation.headline import DEFAULT, headline
from testimonia.estimation.results import CAUTION, REFUSED, Draws, Estimate
from testimonia.estimation.table import OverlapTable

TABLE = OverlapTable.from_counts({"100": 50, "010": 60, "001": 70, "110": 20, "101": 30, "011": 25, "111": 10})
GOOD = Estimate(DEFAULT, "[12,3]", 500.0, 400.0, 700.0, 0.9, models=8, admissible_models=8)
DRAWS = Draws(100, 0, 260.0, 270.0, (), {DEFAULT: 30.0}, {DEFAULT: 5.0})


def test_an_answer_is_handed_on_with_its_interval_and_what_it_rests_on() -> None:
    """Level and all."""
    found = headline(TABLE, GOOD)
    assert (found.method, found.total, found.lower, found.upper, found.level) == (DEFAULT, 500, 400, 700, 0.9)
    assert not found.refused and "assumption that no data can test" in found.why


NONE = replace(GOOD, total=None, lower=None, upper=None, verdict=REFUSED, reason="6 % had none.")
REFUSALS = {
    "refused": (NONE, "6 % had none"),
    "no model": (replace(GOOD, admissible_models=0), "no model of the lists can be identified"),
    "no upper end": (replace(GOOD, upper=None), "has no upper end"),
    "no lower end": (replace(GOOD, lower=None), "has no lower end"),
    "left out": (None, "left out"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_has_its_reason_and_no_number(case: str) -> None:
    """In plain words, ending as a sentence."""
    estimate, words = REFUSALS[case]
    found = headline(TABLE, estimate)
    assert found.refused and words in found.why and found.why.endswith(".")
    assert (found.total, found.lower, found.upper) == (None, None, None)


def test_lists_without_overlap_are_refused_whatever_a_method_says() -> None:
    """Nothing shows how many were missed."""
    assert headline(OverlapTable.from_counts({"100": 5, "010": 5, "001": 5}), GOOD).refused


def test_a_model_that_forbids_a_combination_nobody_has_is_said_beside_the_number() -> None:
    """A pair without a common person in the best model: the answer leans on that absence."""
    table = OverlapTable.from_counts({"100": 50, "010": 60, "001": 70, "110": 20, "011": 25})
    assert "can be on these lists together" not in headline(table, replace(GOOD, model="[12,3]")).why
    found = headline(table, replace(GOOD, model="[12,13]"))
    assert not found.refused and "on these lists together: L1 and L3" in found.why


def test_a_model_that_describes_the_counts_exactly_is_said_beside_the_number() -> None:
    """The usual case with three lists: no refusal, but no silence either."""
    found = headline(TABLE, replace(GOOD, model="[12,13,23]"))
    assert not found.refused and "a parameter for every combination of lists" in found.why


def test_an_interval_of_more_than_an_order_of_magnitude_is_said_to_be_one() -> None:
    """Nobody should quote its middle alone."""
    assert "hardly limits the number" in headline(TABLE, replace(GOOD, lower=300.0, upper=3001.0)).why
    assert "hardly limits the number" not in headline(TABLE, GOOD).why


def test_one_pair_of_lists_with_people_in_common_is_a_table_of_two_lists() -> None:
    """However many lists stand in its columns (Table 2 of Chan, Silverman & Vincent 2021 is such a table)."""
    table = OverlapTable.from_counts({"100": 40, "010": 30, "001": 20, "110": 6})
    found = headline(table, replace(GOOD, model="[1,2,3]"))
    assert found.refused and "only L1 and L2 have people in common" in found.why


def test_every_reason_is_told() -> None:
    """Not only the first."""
    found = headline(OverlapTable.from_counts({"100": 5, "010": 5, "001": 5}), replace(GOOD, upper=None))
    assert "nobody is on two lists" in found.why and "no upper end" in found.why


def test_more_than_one_refused_draw_in_twenty_is_a_refusal() -> None:
    """Refused draws are never dropped; five of a hundred are let pass."""
    assert not headline(TABLE, GOOD, replace(DRAWS, refused=5)).refused
    found = headline(TABLE, GOOD, replace(DRAWS, refused=6))
    assert found.refused and "6 of 100 ways of linking" in found.why


def test_draws_give_both_variances_and_the_range_of_people_recorded() -> None:
    """Also where the answer is refused."""
    for refused in (0, 50):
        found = headline(TABLE, GOOD, replace(DRAWS, refused=refused))
        assert (found.within, found.between) == (30.0, 5.0)
        assert (found.n_observed_lower, found.n_observed_upper) == (260.0, 270.0)


def test_a_caution_is_no_refusal() -> None:
    """The verdict of the method stays its own."""
    found = headline(TABLE, replace(GOOD, verdict=CAUTION, reason="few overlaps."))
    assert not found.refused and found.why.endswith("Caution: few overlaps.")
