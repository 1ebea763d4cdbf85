"""Birth years from stated years and from ages, whichever way the years were counted.

Somebody of international age a in year Y was born in Y - a or Y - a - 1 (the birthday may be still to come); of
Korean counting age a, in Y - a + 1. Where the system is not said, all three years are possible. An age that does
not say what it refers to may be that at the report or that at the crossing: then there are two best guesses, unless the
crossing is not dated; then it is taken as that at the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from testimonia import vocabulary
from testimonia.linkage.values.dates import DateRange, read_date
from testimonia.linkage.values.numerals import digits
from testimonia.linkage.values.text import known_word, not_known, plain

__all__ = ["Age", "Birth", "read_age", "read_birth", "read_birth_year"]

System = Literal["international", "korean", "unknown"]
OLDEST = 120
FIRST_YEAR, LAST_YEAR = 1880, 2079
MOST_YEARS = 7
DELAY = 10  # years that a report comes after the crossing at most, where the crossing is not dated
_OFFSETS: Mapping[System, tuple[int, int]] = MappingProxyType(
    {"international": (-1, 0), "korean": (1, 1), "unknown": (-1, 1)}
)


@dataclass(frozen=True, slots=True)
class Age:
    """Years of age, first and last that are possible, and how they are counted. `rounded`: said as about, or by ten."""

    low: int
    high: int
    system: System = "unknown"
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Birth:
    """The years somebody may be born in, both included, and the best guess.

    `other` is a second guess where an age may be that at the report or that at the crossing. `stated`: the year
    itself was written, and nothing about it is approximate; `rounded`: it rests on a rounded age or a decade.
    `reach`: how many years a guess may be off by the way of counting and rounding alone (0 for a stated year).
    """

    low: int
    high: int
    best: int
    other: int | None = None
    stated: bool = False
    rounded: bool = False
    reach: int = 0

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are possible, none where they are too many to look people up by (MOST_YEARS)."""
        possible = {y for guess in (self.best, self.other) if guess is not None for y in self._around(guess)}
        return tuple(sorted(possible)) if len(possible) <= MOST_YEARS else ()

    def _around(self, guess: int) -> range:
        return range(max(self.low, guess - self.reach), min(self.high, guess + self.reach) + 1)


# ------------------------------------------------------------------ ages

_DECADE = re.compile(r"(?<!\d)(\d)0 ?(?:대|多岁?|几岁?|来岁|岁多|['’]?s\b|代)")
_SPAN = re.compile(r"(?<!\d)(\d{1,3}) ?(?:세|살|岁|歲)? ?(?:-|~|–|—|to|至|到|또는|or|或) ?(\d{1,3})(?!\d)")
_AGE = re.compile(r"(?<![\d-])(\d{1,3})(?!\d)(?:\.\d+)?")
_MONTHS = re.compile(r"(\d{1,2}) ?(?:개월|个月|months?\b)")
_TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
_TENS_WORD = re.compile("|".join(_TENS))


@cache
def _table(sort: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    words = {
        word: row["value"]
        for row in vocabulary.rows("linkage/ages")
        if row["class"] == sort
        for word in row["words"].split("|")
    }
    ordered = sorted(words, key=len, reverse=True)
    pattern = "|".join(rf"\b{re.escape(w)}\b" if w.isascii() and w.isalpha() else re.escape(w) for w in ordered)
    return MappingProxyType(words), re.compile(pattern)


def _has(sort: str, text: str) -> str | None:
    words, pattern = _table(sort)
    match = pattern.search(text)
    return words[match[0]] if match else None


def read_age(text: str) -> Age | None:
    """An age as written: `35`, `약 35`, `만 35세`, `虚岁35`, `40대 초반`, `late 20s`, `30-35`, `over 60`, `서른다섯`.

    An approximate age that is a multiple of five is taken as rounded to it (2 years to either side), another as
    within a year. None where no age up to 120 is read.
    """
    text = _TENS_WORD.sub(lambda m: f"{_TENS[m[0]]}0s", digits(plain(text)))
    if not_known(text):
        return None
    system = _system(text)
    if match := _DECADE.search(text):
        first, last = (int(part) for part in (_has("part", text) or "0-9").split("-"))
        return Age(10 * int(match[1]) + first, 10 * int(match[1]) + last, system, True)
    if match := _SPAN.search(text):
        low, high = int(match[1]), int(match[2])
        return Age(low, high, system, True) if low <= high <= OLDEST else None
    if _MONTHS.search(text):
        return Age(0, 1, "international")
    match = _AGE.search(text)
    return _one(int(match[1]), text, system) if match else _word(text)


def _system(text: str) -> System:
    found = _has("system", text)
    return "korean" if found == "korean" else "international" if found else "unknown"


def _one(years: int, text: str, system: System) -> Age | None:
    if years > OLDEST:
        return None
    if _has("about", text) or text.endswith(("~", "?")) or text.startswith("~"):
        reach = 2 if years % 5 == 0 else 1
        return Age(max(0, years - reach), years + reach, system, True)
    if _has("over", text):
        return Age(years, min(OLDEST, years + 15), system, True)
    if _has("under", text):
        return Age(max(0, years - 15), years, system, True)
    return Age(years, years, system)


def _word(text: str) -> Age | None:
    span = _has("span", text)
    if span is None:
        return None
    low, _, high = span.partition("-")
    return Age(int(low), int(high), "international", True)


# ------------------------------------------------------------------ birth years

_BORN = re.compile(r"생(?!년)|출생|\bborn(?: in)?\b|\bb\.|年?出生|生于|生$")


def read_birth(
    birth_year: str, age: str, age_at: str = "", report_year: int | None = None, crossing: DateRange | None = None
) -> Birth | None:
    """The birth years that a record allows: by the year it states, else by the age it gives. None for neither."""
    stated = read_birth_year(birth_year, report_year)
    if stated is not None:
        return stated
    years = read_age(age)
    if years is None:
        return None
    return _from_age(years, known_word("age_at", age_at), report_year, crossing)


def read_birth_year(text: str, report_year: int | None = None) -> Birth | None:
    """The years that a stated year of birth means; None where no year is read, or one after the report."""
    if not_known(text):
        return None
    found = read_date(_BORN.sub(" ", text).strip()) or read_date(f"{text.strip()}년")
    first, last = found.years if found else (None, None)
    if first is None or last is None or not FIRST_YEAR <= first <= min(report_year or LAST_YEAR, LAST_YEAR):
        return None
    return Birth(first, last, (first + last) // 2, None, first == last, last > first, (last - first + 1) // 2)


def _from_age(age: Age, at: str | None, report_year: int | None, crossing: DateRange | None) -> Birth | None:
    crossed = crossing.years if crossing else (None, None)
    dated = crossed[0] is not None and crossed[1] is not None
    at_crossing = _at(age, crossed[0] or 0, crossed[1] or 0) if dated else None
    at_report = _at(age, report_year, report_year) if report_year else None
    if at == "crossing":
        return at_crossing or (_earlier(at_report) if at_report else None)
    if at == "report" or at_crossing is None or at_report is None:
        return at_report or (at_crossing if at is None else None)
    if at_crossing == at_report:
        return at_report
    low, high = min(at_crossing.low, at_report.low), max(at_crossing.high, at_report.high)
    rounded = at_report.rounded or at_crossing.rounded
    reach = max(at_report.reach, at_crossing.reach)
    return Birth(low, high, at_report.best, at_crossing.best, False, rounded, reach)


def _at(age: Age, first: int, last: int) -> Birth:
    """Born, if the age was reached in a year from `first` to `last`."""
    below, above = _OFFSETS[age.system]
    low, high = first - age.high + below, last - age.low + above
    best = (first + last - age.low - age.high) // 2 + max(0, below)
    return Birth(low, high, best, None, False, age.rounded or last > first, max(best - low, high - best))


def _earlier(reported: Birth) -> Birth:
    """An age at a crossing that is not dated: some years before the report."""
    low, high, best = reported.low - DELAY, reported.high, reported.best - DELAY // 4
    return Birth(low, high, best, None, False, True, best - low)
