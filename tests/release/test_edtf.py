"""A date means no day it does not say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.release.edtf import Span, overlap, span


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2003", date(2003, 1, 1), date(2003, 12, 31)),
        ("2003~", date(2003, 1, 1), date(2003, 12, 31)),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29)),
        ("2003-03-12", date(2003, 3, 12), date(2003, 3, 12)),
        ("2003-03-XX", date(2003, 3, 1), date(2003, 3, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2005-24", date(2005, 12, 1), date(2006, 2, 28)),
        ("2005-21", date(2005, 3, 1), date(2005, 5, 31)),
        ("2016/2022", date(2016, 1, 1), date(2022, 12, 31)),
        ("../2023", None, date(2023, 12, 31)),
        ("2018/..", date(2018, 1, 1), None),
    ],
)
def test_days_of_a_date(text: str, earliest: date | None, latest: date | None) -> None:
    assert span(text) == Span(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [None, "", "XXXX-XX-12", "relative:P2Y", "recent", "2003-13", "2003-02-30", "../..", "0000", "2001/soon"],
)
def test_what_names_no_year_has_no_days(text: str | None) -> None:
    assert span(text) is None


@given(st.text(max_size=20))
def test_any_text_is_read_or_left(text: str) -> None:
    found = span(text)
    assert found is None or found.earliest or found.latest


@given(st.dates(), st.dates())
def test_days_overlap_only_with_themselves(one: date, other: date) -> None:
    assert overlap(Span(one, one), Span(other, other)) is (one == other)
