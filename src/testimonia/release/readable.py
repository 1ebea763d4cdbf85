"""Dates and places as a reader says them: `2019/2022` is 2019 to 2022, `CHN/220000` is Jilin Province, China."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary

__all__ = ["is_named", "period_text", "place_text"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS: Mapping[str, str] = MappingProxyType({"21": "spring", "22": "summer", "23": "autumn", "24": "winter"})
_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X)(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?(?P<mark>[~?%]?)")
_MARKS: Mapping[str, str] = MappingProxyType({"~": "about ", "?": "perhaps ", "%": "perhaps about "})


def period_text(edtf: str) -> str:
    """Write an EDTF date or interval in words; what is not read stays as it is."""
    first, stroke, last = edtf.partition("/")
    if not stroke:
        return _point(edtf)
    if last in ("..", ""):
        return f"since {_point(first)}"
    if first in ("..", ""):
        return f"until {_point(last)}"
    start, end = _point(first), _point(last)
    year = end[-5:]
    return f"{start.removesuffix(year) if year.strip().isdigit() else start} to {end}"


def _point(text: str) -> str:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        return text
    year, month, day = match["year"], match["month"], match["day"]
    about = _MARKS.get(match["mark"], "")
    if year.endswith("X"):
        return f"{about}{year[:-1]}0s"
    if month in _SEASONS:
        return f"{about}{_SEASONS[month]} {year}"
    if month is None or not 1 <= int(month) <= 12:
        return about + year if month is None else text
    named = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{about}{int(day)} {named}" if day else about + named


def place_text(path: str) -> str:
    """Name a gazetteer path by its country and its province, never finer; what is not known stays as it is."""
    steps = [step for step in path.split("/") if step]
    if not steps or steps[0] not in _names():
        return path
    return ", ".join(_names().get(step, step) for step in reversed(steps[:2]))


@cache
def _names() -> Mapping[str, str]:
    rows = vocabulary.rows("gazetteer")
    return MappingProxyType({row["id"]: row["norm"] for row in rows if row["ptype"] in ("country", "admin1")})


def is_named(words: str, country: str) -> bool:
    """Whether `words` are a name of `country` (ISO 3166 alpha-3) in one of the languages of the gazetteer."""
    return words.casefold() in _names_of(country)


@cache
def _names_of(country: str) -> frozenset[str]:
    rows = [row for row in vocabulary.rows("gazetteer") if row["id"] == country]
    said = (name.lstrip("?") for row in rows for column in ("en", "ko", "zh") for name in row[column].split("|"))
    return frozenset(name.casefold() for name in said if name)
