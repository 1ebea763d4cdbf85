"""Ages become years of birth, whichever way the years were counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.values.births import Age, Birth, read_age, read_birth
from testimonia.linkage.values.dates import read_date


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("35", Age(35, 35)),
        ("35세", Age(35, 35)),
        ("서른다섯", Age(35, 35)),
        ("마흔 살", Age(40, 40)),
        ("三十五岁", Age(35, 35)),
        ("만 35세", Age(35, 35, "international")),
        ("35周岁", Age(35, 35, "international")),
        ("虚岁35", Age(35, 35, "korean")),
        ("35 (Korean age)", Age(35, 35, "korean")),
        ("약 35", Age(33, 37, rounded=True)),
        ("about 35", Age(33, 37, rounded=True)),
        ("约35岁", Age(33, 37, rounded=True)),
        ("35살쯤", Age(33, 37, rounded=True)),
        ("약 33", Age(32, 34, rounded=True)),
        ("40대", Age(40, 49, rounded=True)),
        ("40s", Age(40, 49, rounded=True)),
        ("forties", Age(40, 49, rounded=True)),
        ("40多岁", Age(40, 49, rounded=True)),
        ("20대 후반", Age(27, 29, rounded=True)),
        ("mid-thirties", Age(34, 36, rounded=True)),
        ("30-35", Age(30, 35, rounded=True)),
        ("over 60", Age(60, 75, rounded=True)),
        ("teenager", Age(13, 19, "international", True)),
        ("6 months", Age(0, 1, "international")),
        ("300", None),
        ("-4", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_an_age_as_written(text: str, age: Age | None) -> None:
    """A multiple of five after "about" is rounded to the nearest five: two years to either side."""
    assert read_age(text) == age


def test_an_age_of_unknown_counting_allows_three_years() -> None:
    """28 in 2003: 1975 if the birthday had passed, 1974 if not, 1976 by Korean counting (one at birth)."""
    assert read_birth("", "28", "report", 2003) == Birth(1974, 1976, 1975, reach=1)


def test_a_known_way_of_counting_narrows_the_years() -> None:
    """International: 1974 or 1975. Korean: 2003 - 28 + 1 = 1976 and no other."""
    assert read_birth("", "만 28세", "report", 2003) == Birth(1974, 1975, 1975, reach=1)
    assert read_birth("", "虚岁28", "report", 2003) == Birth(1976, 1976, 1976)


def test_an_age_at_the_crossing_counts_from_the_crossing() -> None:
    """28 in spring 1999 is 1970 to 1972, whenever it was reported."""
    assert read_birth("", "28", "crossing", 2003, read_date("1999년 봄")) == Birth(1970, 1972, 1971, reach=1)


def test_an_age_that_does_not_say_when_has_two_guesses() -> None:
    """28 in a report of 2003 about a crossing in 1999: around 1975 or around 1971, the interval holds both."""
    assert read_birth("", "28", "", 2003, read_date("1999")) == Birth(1970, 1976, 1975, 1971, reach=1)


def test_an_age_at_an_undated_crossing_lies_some_years_before_the_report() -> None:
    """It cannot be later than by the report, and seldom more than ten years earlier."""
    found = read_birth("", "28", "crossing", 2003)
    assert found is not None
    assert (found.low, found.high, found.rounded) == (1964, 1976, True)


@pytest.mark.parametrize("text", ["1975", "1975년생", "75년생", "75", "1975.3.12", "born in 1975", "1975年出生"])
def test_a_stated_year_is_exact(text: str) -> None:
    """It goes before any age."""
    assert read_birth(text, "60", "", 2003) == Birth(1975, 1975, 1975, stated=True)


@pytest.mark.parametrize("text", ["2090", "1700", "0", "someday"])
def test_an_impossible_year_is_none(text: str) -> None:
    """Nobody is born after the report, or 300 years before; the age is used instead where there is one."""
    assert read_birth(text, "", "", 2003) is None
    assert read_birth(text, "28", "report", 2003) == read_birth("", "28", "report", 2003)


@given(
    born=st.dates(date(1920, 1, 1), date(2000, 12, 31)),
    told=st.dates(date(2001, 1, 1), date(2024, 12, 31)),
    korean=st.booleans(),
    form=st.sampled_from(["{}", "약 {}", "{}세", "{} years old", "{}岁"]),
)
def test_the_true_year_lies_in_the_interval(born: date, told: date, korean: bool, form: str) -> None:
    """The age is worked out by the calendar here: completed years, or calendar years begun."""
    completed = told.year - born.year - ((told.month, told.day) < (born.month, born.day))
    age = told.year - born.year + 1 if korean else completed
    found = read_birth("", form.format(age), "report", told.year)
    assert found is not None
    assert found.low <= born.year <= found.high
    assert abs(found.best - born.year) <= found.reach


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["", "report", "crossing"]))
def test_nothing_raises(birth_year: str, age: str, at: str) -> None:
    """Any cells give ordered years, or none."""
    found = read_birth(birth_year, age, at, 2003, read_date("1999"))
    assert found is None or found.low <= found.best <= found.high
