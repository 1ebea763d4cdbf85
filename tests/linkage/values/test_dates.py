"""Dates as people give them mean days: never more exact than said, never less."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.values.dates import ALL_MONTHS, read_date

EPOCH = date(1970, 1, 1)


def days(text: str) -> tuple[str | None, str | None]:
    found = read_date(text)
    assert found is not None, text
    ends = [None if end is None else (EPOCH + timedelta(end)).isoformat() for end in (found.low, found.high)]
    return ends[0], ends[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2003-03", "2003-03-01", "2003-03-31"),
        ("2003년 3월", "2003-03-01", "2003-03-31"),
        ("2003年3月", "2003-03-01", "2003-03-31"),
        ("二〇〇三年三月", "2003-03-01", "2003-03-31"),
        ("March 2003", "2003-03-01", "2003-03-31"),
        ("3/2003", "2003-03-01", "2003-03-31"),
        ("98년 3월", "1998-03-01", "1998-03-31"),
        ("12 March 2003", "2003-03-12", "2003-03-12"),
        ("2003.03.12.", "2003-03-12", "2003-03-12"),
        ("20030312", "2003-03-12", "2003-03-12"),
        ("2003-03-12 00:00:00", "2003-03-12", "2003-03-12"),
        ("37712", "2003-04-01", "2003-04-01"),
        ("2003", "2003-01-01", "2003-12-31"),
        ("주체92(2003)년", "2003-01-01", "2003-12-31"),
        ("주체92년 5월", "2003-05-01", "2003-05-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("90년대", "1990-01-01", "1999-12-31"),
        ("early 2000s", "2000-01-01", "2003-12-31"),
        ("2000년대 중반", "2004-01-01", "2006-12-31"),
        ("90年代末", "1997-01-01", "1999-12-31"),
        ("late 1990s", "1997-01-01", "1999-12-31"),
        ("2003-22", "2003-06-01", "2003-08-31"),
        ("2003년 봄", "2003-03-01", "2003-05-31"),
        ("2003年秋", "2003-09-01", "2003-11-30"),
        ("2003년 초", "2003-01-01", "2003-04-30"),
        ("1998年底", "1998-09-01", "1998-12-31"),
        ("2003년 3월 중순", "2003-03-11", "2003-03-20"),
        ("1998-1999", "1998-01-01", "1999-12-31"),
        ("1998~99", "1998-01-01", "1999-12-31"),
        ("1998 or 1999", "1998-01-01", "1999-12-31"),
        ("2003年3月至5月", "2003-03-01", "2003-05-31"),
        ("2003년 3-4월", "2003-03-01", "2003-04-30"),
        ("1997년 말~1998년 초", "1997-09-01", "1998-04-30"),
        ("2003-2001", "2001-01-01", "2003-12-31"),
        ("from 1998 to 1999", "1998-01-01", "1999-12-31"),
        ("winter 2003-2004", "2003-12-01", "2004-02-29"),
        ("2003-03-12/2003-04-02", "2003-03-12", "2003-04-02"),
        ("약 1998년", "1997-01-01", "1999-12-31"),
        ("2003~", "2002-01-01", "2004-12-31"),
        ("2003-02-30", "2003-02-01", "2003-02-28"),
    ],
)
def test_a_date_means_these_days(text: str, first: str, last: str) -> None:
    """Each expectation is what the words say in the language: decades by thirds (0-3, 4-6, 7-9), 底 the last third."""
    assert days(text) == (first, last)


def test_a_winter_has_three_months_of_its_calendar_year() -> None:
    """January 2003 and December 2003 both lie in "winter 2003"; March does not."""
    for text in ("winter 2003", "2003년 겨울", "2003年冬"):
        found = read_date(text)
        assert found is not None
        assert found.months == (1 << 0) | (1 << 1) | (1 << 11)
        assert (found.year, found.depth) == (2003, 2)


def test_numbers_that_may_be_day_or_month_mean_both() -> None:
    """03/04/2003 is 3 April or 4 March; 15/4/2003 can only be April."""
    assert days("03/04/2003") == ("2003-03-04", "2003-04-03")
    assert days("15/4/2003") == days("4/15/2003") == ("2003-04-15", "2003-04-15")


def test_open_ends_are_open() -> None:
    """EDTF and words alike."""
    assert days("../2003") == days("before 2003") == (None, "2003-12-31")
    assert days("2003/..") == days("2003년 이후") == ("2003-01-01", None)


@pytest.mark.parametrize("text", ["", "unknown", "미상", "不详", "봄", "3월", "a long time ago", "99999"])
def test_what_names_no_year_is_no_date(text: str) -> None:
    """A month without a year places nothing."""
    assert read_date(text) is None


def test_depth_says_how_exact() -> None:
    """3 a month or day, 2 a season or part of a year, 1 a year, 0 more."""
    texts = ("2003-03-12", "2003-03", "2003년 가을", "2003년 상반기", "2003", "2003~", "1990s")
    assert [read_date(t).depth for t in texts] == [3, 3, 2, 2, 1, 0, 0]  # type: ignore[union-attr]


@given(st.dates(date(1900, 1, 1), date(2079, 12, 31)))
def test_every_spelling_of_a_month_holds_its_days(day: date) -> None:
    """In three languages and in numbers, month, season and year hold the day they were made from."""
    season = (day.month % 12) // 3
    spellings = [
        f"{day.year}-{day.month:02d}",
        f"{day.year}년 {day.month}월",
        f"{day.year}年{day.month}月",
        day.strftime("%B %Y"),
        f"{day.year}년 {['겨울', '봄', '여름', '가을'][season]}",
        f"{['winter', 'spring', 'summer', 'autumn'][season]} {day.year}",
        f"{day.year}年{'冬春夏秋'[season]}",
        f"{day.year}",
        day.isoformat(),
        f"{day.day} {day.strftime('%B')} {day.year}",
    ]
    number = (day - EPOCH).days
    for text in spellings:
        found = read_date(text)
        assert found is not None and found.low is not None and found.high is not None
        assert found.low <= number <= found.high
        assert found.months >> (day.month - 1) & 1
        assert found.year == day.year


@given(st.text(max_size=40))
def test_nothing_raises_and_ends_are_in_order(text: str) -> None:
    """Any cell is read or not; what is read starts before it ends and has a month."""
    found = read_date(text)
    if found is not None:
        assert found.low is None or found.high is None or found.low <= found.high
        assert 0 < found.months <= ALL_MONTHS
