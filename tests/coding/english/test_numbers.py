"""Numbers that count, and numbers that only name or place something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder, Figures


@pytest.mark.parametrize(
    "text",
    [
        "She was moved to Camp 14 and later to Camps 15, 16, and 18.",
        "The state is bound by Article 33 of that treaty.",
        "The trade was run by Office 39.",
        "The border was shut because of COVID-19.",
        "The G7 met in Hiroshima.",
        "The council adopted Resolution 2397.",
        "See section 2, page 14, and table 3 on p. 17.",
        "Call us on +66 2 555 0199 at any time.",
        "The raid began at 10:30 and ended at 4 p.m.",
        "He left in 2019 and came back in the 1990s style.",
        "On the 38th parallel the 2nd unit kept watch.",
        "(12) The report is public.",
        "One of the largest groups left.",
        "They were sent to a third country.",
        "The first half of 2021 was quiet.",
        "The post is at https://example.org/2012/33/45 for all.",
        "Public Law 108-333 was amended.",
        "The zero-COVID policy ended.",
    ],
)
def test_names_years_times_and_references_are_no_figures(figures: Figures, text: str) -> None:
    """A digit in a name, a date, a clause number or an address counts nothing."""
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "number", "value", "unit", "comparator"),
    [
        ("At least 1,200 people were held.", "1,200", 1200, "persons", ">="),
        ("Up to two dozen guards were there.", "two dozen", 24, "persons", "<="),
        ("A dozen women were found.", "A dozen", 12, "persons", "="),
        ("About half a million migrants came.", "half a million", 500000, "persons", "~"),
        ("Nearly three million refugees fled.", "three million", 3000000, "persons", "~"),
        ("Some 10 000 workers left.", "10 000", 10000, "persons", "~"),
        ("The camp held more than 3.2 thousand prisoners.", "3.2 thousand", 3200, "persons", ">"),
        ("They counted two hundred and fifty houses.", "two hundred and fifty", 250, "count", "="),
        ("Twenty-five women were freed.", "Twenty-five", 25, "persons", "="),
        ("One in five was a child.", "One in five", 20, "percent", "="),
        ("Three out of every ten respondents agreed.", "Three out of every ten", 30, "percent", "="),
        ("Two-thirds of the women had fled.", "Two-thirds", 66.67, "percent", "="),
        ("A quarter of the crew was ill.", "A quarter", 25, "percent", "="),
        ("Nearly half of them were men.", "half", 50, "percent", "~"),
        ("More than 60% of guests had left.", "60%", 60, "percent", ">"),
        ("Some 12 per cent of the boats were old.", "12", 12, "percent", "~"),
        ("The number of boats doubled.", "doubled", 2, "ratio", "="),
        ("Twice as many men as women came.", "Twice", 2, "ratio", "="),
        ("He was arrested three times.", "three", 3, "times", "="),
        ("She had been sold twice.", "twice", 2, "times", "="),
        ("Inmates worked 14 hours a day.", "14", 14, "hours/day", "="),
        ("They are paid 300 baht per day.", "300", 300, "THB/day", "="),
        ("He paid $2.5 million.", "$2.5 million", 2500000, "USD", "="),
        ("It cost RMB 8,000.", "RMB 8,000", 8000, "CNY", "="),
        ("It cost 3.2 billion tögrög.", "3.2 billion", 3200000000, "MNT", "="),
        ("The fee was 700,000 won.", "700,000", 700000, "KRW", "="),
        ("They walked 40 kilometres.", "40", 40, "km", "="),
        ("The 900-kilometre fence stands.", "900", 900, "km", "="),
        ("He served a five-year term.", "five", 5, "years", "="),
        ("The girl is 15 years old.", "15", 15, "years_of_age", "="),
        ("A 63-year-old man was there.", "63", 63, "years_of_age", "="),
        ("There were girls as young as 15.", "15", 15, "years_of_age", "min"),
        ("Children under 12 were spared.", "12", 12, "years_of_age", "<"),
        ("Kim Ok-ju, 34, farms near the town.", "34", 34, "years_of_age", "="),
        ("About 300 tons of rice arrived.", "300", 300, "tons", "~"),
        ("They got two meals a day.", "two", 2, "meals/day", "="),
        ("About 500 people are trafficked there each year.", "500", 500, "persons/year", "~"),
        ("Only 196 arrived.", "196", 196, "persons", "="),
        ("The number of escapees exceeded 30,000.", "30,000", 30000, "persons", ">"),
        ("Fewer than 40 cases were opened.", "40", 40, "count", "<"),
    ],
)
def test_value_unit_and_comparator(
    figures: Figures, text: str, number: str, value: float, unit: str, comparator: str
) -> None:
    """Digits and words give the same value; the unit and the hedge are read beside it."""
    found = [figure for figure in figures(text) if figure[0] == number]
    assert found
    quote, got, got_unit, got_comparator, _ = found[0]
    assert (got_unit, got_comparator) == (unit, comparator)
    assert quote == number
    got = got if not isinstance(got, tuple) else next(bound for bound in got if bound is not None)
    assert got == pytest.approx(value, abs=0.01)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 300 and 450 people were sent back.", 300, 450, "persons"),
        ("It takes 5 to 10 days.", 5, 10, "days"),
        ("It takes 5–10 days.", 5, 10, "days"),
        ("Two or three men came.", 2, 3, "persons"),
        ("The state took between 70 percent and 90 percent of it.", 70, 90, "percent"),
        ("It cost between $500 and $1,000.", 500, 1000, "USD"),
        ("Some 2 to 3 million workers left.", 2000000, 3000000, "persons"),
        ("Children ages 11 to 13 worked.", 11, 13, "years_of_age"),
    ],
)
def test_ranges_keep_both_ends(figures: Figures, text: str, low: float, high: float, unit: str) -> None:
    """A range has no single value."""
    (figure,) = figures(text)
    assert figure[1:4] == ((low, high), unit, "range")


def test_a_rise_from_one_number_to_another_is_two_figures(figures: Figures) -> None:
    """“Rose from 40 to 60” tells two numbers, no range."""
    assert [figure[1] for figure in figures("The number of arrests rose from 40 to 60.")] == [40, 60]


@pytest.mark.parametrize("word", ["hundreds", "tens of thousands", "several", "dozens", "a few", "a handful"])
def test_a_vague_word_has_no_value(code: Coder, word: str) -> None:
    """What only says “many” is verbal and gets no number."""
    (figure,) = code(f"Officials detained {word} people.", "figure")
    assert (figure.value_status, figure.value, figure.unit) == ("verbal", None, "persons")


def test_or_more_gives_a_least_number(figures: Figures) -> None:
    """“Two or more” is at least two."""
    ((quote, bounds, unit, comparator, _),) = figures("Households with two or more members left.")
    assert (quote, bounds, unit, comparator) == ("two or more", (2, None), "persons", ">=")
