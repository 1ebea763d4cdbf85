"""Choosing rows: by what they say, by words, by year; every count agrees with counting by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.project.showing.invented import found
from tests.release.samples import document, figure

from testimonia import release
from testimonia.project.showing.choosing import ORDERS, PAGE, Choice, choice, choose
from testimonia.project.showing.rows import FACETS, Row, rows
from testimonia.project.showing.standing import arranged

FIGURES = FACETS["figure"]


def asked(**query: Any) -> Choice:
    given_ = {key: [value] if isinstance(value, str) else value for key, value in query.items()}
    return choice(given_, FIGURES)


def many(*figures: dict[str, Any]) -> tuple[Row, ...]:
    """One document a figure; `value` is its number, the rest what it says."""
    texts = [f"number {at}: {told.get('value', 1)} people" for at, told in enumerate(figures)]
    made = [
        document(text, figure(text, text, told.pop("value", 1), **told), path=f"{at:03}.txt")
        for at, (text, told) in enumerate(zip(texts, map(dict, figures), strict=True))
    ]
    return rows(arranged(release.findings(made, None)), "figure")


def values(shown: Sequence[Row]) -> list[float | str | None]:
    return [row.e.coding.value for row in shown]


def test_rejected_rows_are_hidden_counted_and_shown_when_asked_for() -> None:
    told = many({"value": 1}, {"value": 2, "state": "rejected"}, {"value": 3, "state": "accepted"})
    first = choose(told, asked())
    assert (values(first.rows), first.total, first.matching, first.rejected) == ([1, 3], 2, 2, 1)
    second = choose(told, asked(state="rejected"))
    assert (values(second.rows), second.rejected) == ([2], 0)


def test_the_choice_of_a_state_is_counted_as_if_nothing_were_hidden() -> None:
    told = many({"value": 1}, {"value": 2, "state": "rejected"})
    options = {option.value: option.count for option in choose(told, asked()).options["state"]}
    assert options == {"suggested": 1, "rejected": 1}


def test_two_values_of_one_facet_mean_either_and_of_two_facets_both() -> None:
    told = many({"value": 1, "place": "CHN"}, {"value": 2, "place": "PRK"}, {"value": 3, "place": "CHN", "topic": "x"})
    assert values(choose(told, asked(place=["CHN", "PRK"])).rows) == [1, 2, 3]
    assert values(choose(told, asked(place="CHN", topic="x")).rows) == [3]


def test_an_option_counts_what_it_would_give_with_all_else_as_it_is() -> None:
    told = many({"place": "CHN", "topic": "x"}, {"place": "PRK", "topic": "x"}, {"place": "PRK", "topic": "y"})
    options = {option.value: option.count for option in choose(told, asked(topic="x", place="CHN")).options["place"]}
    assert options == {"CHN": 1, "CHN/*": 1, "PRK": 1, "PRK/*": 1}


def test_a_year_takes_periods_that_may_touch_it_and_counts_what_has_no_date() -> None:
    told = many(
        {"value": 1, "period": "2019/2022"}, {"value": 2, "period": "2018"}, {"value": 3},
        {"value": 4, "period": "2021/.."}, {"value": 5, "period": "202X"},
    )  # fmt: skip
    shown = choose(told, asked(year="2020"))
    assert (values(shown.rows), shown.undated) == ([1, 5], 1)
    assert values(choose(told, asked(year="2016-2019")).rows) == [1, 2]
    assert values(choose(told, asked(year="2030")).rows) == [4]


@pytest.mark.parametrize("text", ["soon", "20", "2019-", "0000", "２０１９年"])
def test_what_is_no_year_chooses_nothing_and_is_kept_to_be_said(text: str) -> None:
    read = asked(year=text)
    assert (read.years, read.year, read.narrowed) == (None, text, False)


def test_words_must_all_stand_in_or_beside_the_quote() -> None:
    told = rows(found(), "figure")
    assert len(choose(told, asked(q="AMBER door")).rows) == 3
    assert len(choose(told, asked(q="quiet sent")).rows) == 1
    assert choose(told, asked(q="quiet amber")).rows == ()


def test_an_order_turns_round_and_what_lacks_the_value_stays_last() -> None:
    told = many({"value": 5}, {"value": None, "value_status": "lost"}, {"value": 9}, {"value": 1})
    assert values(choose(told, asked(by="amount")).rows) == [1, 5, 9, None]
    assert values(choose(told, asked(by="-amount")).rows) == [9, 5, 1, None]


def test_without_an_order_results_stand_before_targets_and_lost_digits_last() -> None:
    told = many({"value": None, "value_status": "lost"}, {"value": 2, "modality": "target"}, {"value": 3})
    assert [row.sort for row in choose(told, asked()).rows] == ["result", "target", "lost"]


def test_pages_hold_a_hundred_and_a_page_too_far_is_the_last() -> None:
    told = many(*({"value": at} for at in range(PAGE + 7)))
    second = choose(told, asked(page="99"))
    assert (second.page, second.pages, second.first, second.last, len(second.rows)) == (2, 2, 101, 107, 7)


@given(
    st.dictionaries(st.sampled_from([*FIGURES, "q", "year", "by", "page"]), st.lists(st.text(max_size=8), max_size=3))
)
def test_no_address_breaks_a_page_and_its_counts_add_up(query: dict[str, list[str]]) -> None:
    shown = choose(TOLD, choice(query, FIGURES))
    assert len(shown.rows) <= shown.matching <= len(TOLD)
    assert shown.matching + shown.rejected <= len(TOLD)
    assert all(option.count >= 0 for options in shown.options.values() for option in options)


TOLD = rows(found(), "figure")


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_every_order_keeps_every_row(order: str) -> None:
    assert sorted(row.e.id for row in choose(TOLD, asked(by=order)).rows) == sorted(row.e.id for row in TOLD)


def test_what_is_not_said_can_be_asked_for() -> None:
    told = many({"value": 1, "place": "CHN"}, {"value": 2}, {"value": 3, "place": "PRK"})
    shown = choose(told, asked(place="-"))
    assert values(shown.rows) == [2]
    counts = {option.value: option.count for option in shown.options["place"]}
    assert counts == {
        "CHN": 1,
        "CHN/*": 1,
        "-": 1,
        "PRK": 1,
        "PRK/*": 1,
    }
