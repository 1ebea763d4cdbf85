"""How values of the findings are written in the language of a page: names of codes and places, amounts, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import format_date, format_skeleton

from testimonia.project import showing
from testimonia.workbench.languages import Language, language

__all__ = ["Period", "Point", "Wording", "wording"]

_POINT = re.compile(r"(\d{4}|\d{3}X)(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_YEARLESS = re.compile(r"XXXX-(0[1-9]|1[0-2])")
_SEASONS = frozenset({"21", "22", "23", "24"})


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, year, season (`21` to `24`) or decade in words; `mark` is `~ ? %` or nothing.

    `yearless`: a month of which no year is said.
    """

    text: str
    mark: str = ""
    season: str = ""
    decade: bool = False
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A point in time, or from one to another; an end that is open is None."""

    first: Point | None
    last: Point | None


@dataclass(frozen=True)
class Wording:
    """The names that one language has for what the findings hold."""

    spoken: Language

    def code(self, scheme: str, code: str | None) -> str:
        """What a code of the codebook is called."""
        return showing.code_name(scheme, code, self.spoken.code)

    def unit(self, unit: str | None) -> str:
        """A unit, as it stands behind a number."""
        return showing.unit_name(unit, self.spoken.code)

    def counted(self, concept: str) -> str:
        """A kind of thing that figures count."""
        return showing.counted_name(concept, self.spoken.code)

    def place(self, path: str) -> str:
        """A place, never finer than its province."""
        return showing.place_name(path, self.spoken.code)

    def period(self, edtf: str) -> Period:
        """An EDTF date or interval; what is not read stays as it is."""
        first, stroke, last = edtf.partition("/")
        if not stroke:
            point = self._point(edtf)
            return Period(point, point)
        return Period(self._end(first), self._end(last))

    def _end(self, text: str) -> Point | None:
        return None if text.strip() in ("", "..") else self._point(text)

    def _point(self, text: str) -> Point:
        if month_only := _YEARLESS.fullmatch(text.strip()):
            month_of = date(2000, int(month_only[1]), 1)
            return Point(str(format_date(month_of, "LLLL", locale=self.spoken.locale)), yearless=True)
        match = _POINT.fullmatch(text.strip())
        if match is None:
            return Point(text)
        year, month, day, mark = match[1], match[2] or "", match[3] or "", match[4]
        if year.endswith("X"):
            return Point(f"{year[:-1]}0", mark, decade=True)
        if month in _SEASONS:
            return Point(self._written(int(year), 1, 1, "y"), mark, season=month)
        try:
            skeleton = "yMMMMd" if day else "yMMMM" if month else "y"
            return Point(self._written(int(year), int(month or 1), int(day or 1), skeleton), mark)
        except ValueError:
            return Point(text)

    def _written(self, year: int, month: int, day: int, skeleton: str) -> str:
        locale = self.spoken.locale
        found: Mapping[str, object] = locale.datetime_skeletons
        used = skeleton if skeleton in found else skeleton.replace("MMMM", "MMM")
        return str(format_skeleton(used, date(year, month, day), locale=locale))


@cache
def wording(locale: str) -> Wording:
    """The wording of one of the languages of the pages."""
    return Wording(language(locale))
