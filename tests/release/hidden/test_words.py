"""How numbers and models are written: rounded in sentences, never below the people known, never NaN."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.release.hidden.words import (
    about,
    cut,
    interval_name,
    model_parts,
    model_words,
    people,
    percent,
    reach,
    span,
    times,
)

NAMES = ("LA", "NG", "PFNCA", "GO", "GP")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (25311.29, "25,300"), (11168, "11,200"), (56052, "56,100"), (157.17, "157"), (837.4, "837"), (99.96, "100"),
        (1004.0, "1,000"), (64260, "64,300"), (4.6e12, "4,600,000,000,000"), (7, "7"), (0, "0"),
    ],
)  # fmt: skip
def test_totals_in_sentences_have_three_digits(value: float, said: str) -> None:
    assert about(value) == said


def test_a_rounded_total_is_never_below_the_people_known() -> None:
    """1,004 rounds to 1,000, which would be fewer than the 1,003 who were recorded."""
    assert about(1004.0, 1003) == "1,004"
    assert about(29272.0, 29271) == "29,300"
    assert about(29310.0, 29305) == "29,310"


@given(st.floats(1, 1e12), st.floats(0, 1e12))
def test_rounding_moves_a_total_by_half_a_percent_at_most(value: float, floor: float) -> None:
    """Three digits are at least one part in a hundred apart, half of which is the most that rounding moves."""
    near = float(about(value, floor).replace(",", ""))
    assert abs(near - value) <= 0.0051 * value + 0.5
    assert near >= floor or value < floor + 0.5


def test_what_is_missing_is_a_dash() -> None:
    assert people(None) == span(None, None) == "–"
    assert span(12.4, None) == "12 or more"
    assert span(11168, 56052.3) == "11,168–56,052"


def test_one_number_stands_for_a_range_that_is_none() -> None:
    assert reach([12000.0, 12001.0]) == "12,000"
    assert reach([12000.0, 5551.8]) == "5,550 to 12,000"


def test_shares_and_odds() -> None:
    said = [percent(x) for x in (0.95, 0.025, 0.00001, 1.0)]
    assert said == ["95\u00a0%", "2.5\u00a0%", "under 0.1\u00a0%", "100\u00a0%"]
    assert [times(x) for x in (0.5, 2.0, 1 / 3, 160000.0)] == ["0.5", "2", "0.333", "160,000"]


def test_credible_intervals_are_called_so_and_others_are_not() -> None:
    assert interval_name("decomposable", 0.95) == "95\u00a0% credible interval"
    assert interval_name("latent-class", 0.9) == "90\u00a0% credible interval"
    assert interval_name("bic-bootstrap", 0.95) == "95\u00a0% confidence interval"


def test_models_are_told_in_the_names_of_their_lists() -> None:
    assert model_words("[123,25,34]", NAMES) == "LA with NG and PFNCA; NG with GP; PFNCA with GO"
    assert model_words("[12,3,4,5]", NAMES) == "LA with NG; PFNCA, GO and GP on their own"
    assert model_words("[1,2,3,4,5]", NAMES) == "all lists independent"


def test_lists_past_the_ninth_are_parted_by_points() -> None:
    assert model_parts("[1.10,2]", 10) == ((0, 9), (1,))
    assert model_parts("[10]", 12) == ((9,),)


@pytest.mark.parametrize("model", [None, "", "saturated", "bic-bootstrap", "[19]", "[0,1]", "order two"])
def test_what_is_no_bracket_form_has_no_words(model: str | None) -> None:
    assert model_words(model, NAMES) == ""


def test_long_names_are_cut_by_the_room_they_take() -> None:
    """Twelve Korean letters take the room of twenty Latin ones."""
    assert cut("Hotline of the coalition", 10) == "Hotline of…"
    assert cut("북한이탈주민면담기록조사팀", 10) == "북한이탈주…"
    assert cut("Press", 10) == "Press"
