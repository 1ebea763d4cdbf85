"""How dates of the findings are written: as exact as the text was, in the language of the page."""

from __future__ import annotations

import pytest

from testimonia.workbench.pages.wording import Period, Point, wording


@pytest.mark.parametrize(
    ("edtf", "english", "korean", "chinese"),
    [
        ("2019", "2019", "2019년", "2019年"),
        ("2019-03", "March 2019", "2019년 3월", "2019年3月"),
        ("2019-03-12", "12 Mar 2019", "2019년 3월 12일", "2019年3月12日"),
    ],
)
def test_a_point_is_as_exact_as_it_was_said(edtf: str, english: str, korean: str, chinese: str) -> None:
    for locale, words in (("en", english), ("ko", korean), ("zh", chinese)):
        assert wording(locale).period(edtf) == Period(Point(words), Point(words))


def test_open_ends_marks_seasons_decades_and_lost_years_are_kept_apart() -> None:
    w = wording("en")
    assert w.period("2022-09/..") == Period(Point("September 2022"), None)
    assert w.period("../2020") == Period(None, Point("2020"))
    assert w.period("2019~").first == Point("2019", "~")
    assert w.period("2019-24").first == Point("2019", season="24")
    assert w.period("199X").first == Point("1990", decade=True)
    assert w.period("XXXX-01").first == Point("January", yearless=True)


@pytest.mark.parametrize("text", ["soon", "2019-02-31", "2019-13", "0000", "relative:P1Y", ""])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert wording("ko").period(text).first == Point(text)
