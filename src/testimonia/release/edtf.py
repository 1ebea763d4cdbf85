"""Read the days an EDTF date may mean: earliest and latest, never more exact than what is written."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Span", "overlap", "span"]

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?[~?%]?")
_SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day a date may mean; None where that end is open."""

    earliest: date | None
    latest: date | None


def span(text: str | None) -> Span | None:
    """Return the days `text` may mean, or None where it names no year (relative, rate, lost).

    Read are ISO 8601-2 (EDTF level 1): `2003`, `2003-03`, `2003-03-12`, `2003-21` (seasons 21 to 24), `199X`,
    `20XX`, the marks `~ ? %`, and intervals `a/b` with `..` for an open end. A winter that starts in year Y
    ends in February of Y + 1.
    """
    if not text:
        return None
    if "/" not in text:
        return _point(text)
    first, _, last = text.partition("/")
    return _interval(first.strip(), last.strip())


def overlap(one: Span, other: Span) -> bool:
    """Say whether some day may lie in both."""
    return _starts_by(one, other.latest) and _starts_by(other, one.latest)


def _starts_by(one: Span, day: date | None) -> bool:
    return one.earliest is None or day is None or one.earliest <= day


def _interval(first: str, last: str) -> Span | None:
    start = None if first in ("..", "") else _point(first)
    end = None if last in ("..", "") else _point(last)
    if (start is None) != (first in ("..", "")) or (end is None) != (last in ("..", "")):
        return None
    if start is None and end is None:
        return None
    return Span(start.earliest if start else None, end.latest if end else None)


def _point(text: str) -> Span | None:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1:
        return None
    if low != high or month in (None, "XX"):
        return Span(date(low, 1, 1), date(high, 12, 31))
    if month in _SEASON_MONTHS:
        return _season(low, *_SEASON_MONTHS[month])
    return _day_or_month(low, int(month), day)


def _season(year: int, first: int, last: int) -> Span:
    end_year = year + 1 if last < first else year
    if end_year > date.max.year:
        end_year, last = date.max.year, 12
    return Span(date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1]))


def _day_or_month(year: int, month: int, day: str | None) -> Span | None:
    if not 1 <= month <= 12:
        return None
    days = calendar.monthrange(year, month)[1]
    if day in (None, "XX"):
        return Span(date(year, month, 1), date(year, month, days))
    exact = int(day or 0)
    return Span(date(year, month, exact), date(year, month, exact)) if 1 <= exact <= days else None
