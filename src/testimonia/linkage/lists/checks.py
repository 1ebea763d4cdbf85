"""What is odd in a row: said by row and column, never mended silently."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from testimonia.linkage.lists.records import ListRecord

__all__ = ["oddities"]

LONGEST_NAME = 120  # characters: longer is a note or several cells run together
FIRST_YEAR, LAST_YEAR = 1880, 2079
OLDEST = 120
YEARS = ("report_year", "birth_year", "return_year")
_NUMBER = re.compile(r"\s*(-?\d{1,9})(?:\.0+)?\s*")
_YMD = re.compile(r"\s*(\d{4})[-./](\d{1,2})[-./](\d{1,2})\s*")
_DMY = re.compile(r"\s*(\d{1,2})[-./](\d{1,2})[-./]\d{4}\s*")
Oddity = tuple[str, str, str]


def oddities(record: ListRecord) -> Iterator[Oddity]:
    """(field, what, remedy) for each cell of `record` that cannot be as it stands."""
    yield from _name(record)
    yield from _years(record)
    yield from _age(record)
    yield from _dates(record)
    yield from _order(record)


def _whole(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _name(record: ListRecord) -> Iterator[Oddity]:
    for field in ("name", "alias"):
        if len(getattr(record, field)) > LONGEST_NAME:
            what = f"the {field} has {len(getattr(record, field))} characters; it was not compared."
            yield field, what, "Leave only the name in the cell."
    if not record.name and not record.alias:
        yield "name", "no name.", "The record is linked by what else is known, with less certainty."


def _years(record: ListRecord) -> Iterator[Oddity]:
    for field in YEARS:
        year = _whole(getattr(record, field))
        if year is not None and year > 99 and not FIRST_YEAR <= year <= LAST_YEAR:
            yield field, f"{year} is no year of a living memory; it was left out.", "Correct the cell."


def _age(record: ListRecord) -> Iterator[Oddity]:
    age = _whole(record.age)
    if age is not None and not 0 <= age <= OLDEST:
        yield "age", f"nobody is {age} years old; the age was left out.", "Correct the cell."


def _dates(record: ListRecord) -> Iterator[Oddity]:
    for field in ("crossing_date", "birth_year", "return_year", "report_year"):
        match = _YMD.fullmatch(getattr(record, field))
        if match and not _in_calendar(*(int(part) for part in match.groups())):
            yield field, f"{match[0]} is no day of the calendar; only its month or year was read.", "Correct the cell."
        order = _DMY.fullmatch(getattr(record, field))
        if order and _either_way(int(order[1]), int(order[2])):
            what = f"{order[0].strip()} may have the day or the month first; both were kept possible."
            yield field, what, "Write dates as 2003-04-03."


def _either_way(one: int, other: int) -> bool:
    return one != other and 1 <= one <= 12 and 1 <= other <= 12


def _in_calendar(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and year > 0 and 1 <= day <= calendar.monthrange(year, month)[1]


def _order(record: ListRecord) -> Iterator[Oddity]:
    years = {field: _whole(getattr(record, field)) for field in YEARS}
    born, reported = years["birth_year"], years["report_year"]
    if born and reported and FIRST_YEAR <= reported < born <= LAST_YEAR:
        yield "birth_year", f"born {born}, after the report of {reported}; the birth year was left out.", "Correct it."
