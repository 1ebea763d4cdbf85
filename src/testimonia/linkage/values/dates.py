"""Dates as people give them, as the days they may mean: `2003-03`, `2003년 겨울`, `late 1990s`, `九十年代初`, `199X`.

A season carries the calendar year of its months, as witnesses count: both January and December 2003 are winter
2003. "Early", "mid" and "late" of a decade are its years 0 to 3, 4 to 6 and 7 to 9.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.linkage.values.numerals import digits
from testimonia.linkage.values.text import not_known, plain

__all__ = ["ALL_MONTHS", "DateRange", "read_date"]

ALL_MONTHS = 0xFFF
PIVOT = 30  # two-digit years up to this one lie in the 2000s
_EPOCH = date(1970, 1, 1).toordinal()
Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days a date may mean, both ends included, counted from 1 January 1970; None where an end is open.

    `months`: a bit for each month that is possible, January lowest: winter is December, January, February.
    """

    low: int | None
    high: int | None
    months: int = ALL_MONTHS

    @property
    def years(self) -> tuple[int | None, int | None]:
        """First and last calendar year."""
        return _year(self.low), _year(self.high)

    @property
    def year(self) -> int | None:
        """The calendar year, where there is only one."""
        first, last = self.years
        return first if first == last else None

    @property
    def depth(self) -> int:
        """How exact: 3 a month (or a day), 2 a season or part of a year, 1 a year, 0 more than a year."""
        if self.year is None:
            return 0
        return 1 if self.months == ALL_MONTHS else 3 if self.months.bit_count() == 1 else 2


def _year(day: int | None) -> int | None:
    return None if day is None else date.fromordinal(day + _EPOCH).year


def read_date(text: str) -> DateRange | None:
    """The days that `text` may mean; None where it names no year or no such day exists.

    Read are EDTF (ISO 8601-2: `2003-03`, `2003~`, `199X`, `2003-21`, `2003/2004`, `../2003`), numbers in either
    order (where day and month cannot be told apart, both are possible), days as spreadsheets count them, years of
    the North Korean calendar, and words in English, Korean and Chinese. Of a day that no calendar has (`2003-02-30`)
    the month is read.
    """
    text = _JUCHE.sub(lambda m: f"{1911 + int(m[1])}년", digits(plain(text)))
    text = _CLOCK.sub("", text)
    if not_known(text):
        return None
    return _numeric(text) or _one_of(text) or _interval(text) or _said(text)


_CLOCK = re.compile(r"(?<=\d)[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")  # a spreadsheet's midnight
# Years of the North Korean calendar, often with the common year behind: 주체92(2003)년.
_JUCHE = re.compile(r"(?:주체|主体|主體|juche) ?(\d{1,3}) ?[년年]?(?: ?\(\d{4}\))?[년年]?")


# ------------------------------------------------------------------ days


def _day(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - _EPOCH


def _range(years: Years, months: Sequence[int] = range(1, 13), days: tuple[int, int] = (1, 31)) -> DateRange | None:
    """From the first day of the first possible month to the last day of the last."""
    first, last = min(months), max(months)
    if not (1 <= years[0] <= years[1] <= 9998 and first >= 1 and last <= 12):
        return None
    ends = [calendar.monthrange(years[0], first)[1], calendar.monthrange(years[1], last)[1]]
    if days[0] > ends[0]:
        return None
    low, high = _day(years[0], first, days[0]), _day(years[1], last, min(days[1], ends[1]))
    return DateRange(low, high, sum(1 << (month - 1) for month in set(months)))


# ------------------------------------------------------------------ numbers only

_YMD = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?([~?%]?)")
_YM = re.compile(r"(\d{4})[-./](\d{1,2})\.?([~?%]?)")
_DMY = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")
_MY = re.compile(r"(\d{1,2})[-./](\d{4})")
_X = re.compile(r"(\d{3}x|\d{2}xx)[~?%]?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"(?!19|20)\d{5}")  # 19… and 20… are years with a digit too many
SERIALS = (14_611, 55_153)  # days as spreadsheets count them, from 1 January 1940 to 31 December 2050
SERIAL_EPOCH = 25_569  # 1 January 1970
_EDTF_SEASONS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}


def _numeric(text: str) -> DateRange | None:
    if match := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part.isdigit())
        return _exact(year, month, day) or _range((year, year), (month,)) or _range((year, year))
    if match := _YM.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        months = _EDTF_SEASONS.get(month, (month,))
        return _loose(_range((year, year), months), match[3])
    if match := _DMY.fullmatch(text):
        return _either(int(match[4]), int(match[1]), int(match[3]))
    if match := _MY.fullmatch(text):
        return _range((int(match[2]),) * 2, (int(match[1]),))
    if _SERIAL.fullmatch(text) and SERIALS[0] <= int(text) <= SERIALS[1]:
        return DateRange(*(int(text) - SERIAL_EPOCH,) * 2, _month_bit(int(text) - SERIAL_EPOCH))
    if match := _X.fullmatch(text):
        return _range((int(match[1].replace("x", "0")), int(match[1].replace("x", "9"))))
    return None


def _month_bit(day: int) -> int:
    return 1 << (date.fromordinal(day + _EPOCH).month - 1)


def _exact(year: int, month: int, day: int) -> DateRange | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(max(year, 1), month)[1]:
        return None
    return _range((year, year), (month,), (day, day))


def _either(year: int, one: int, other: int) -> DateRange | None:
    """Day and month in an order that the numbers alone may leave open."""
    ways = [way for way in (_exact(year, one, other), _exact(year, other, one)) if way]
    if not ways:
        return None
    lows, highs = [w.low or 0 for w in ways], [w.high or 0 for w in ways]
    return DateRange(min(lows), max(highs), ways[0].months | ways[-1].months)


def _loose(found: DateRange | None, about: object) -> DateRange | None:
    """Widened by a year where no month is known, by a month on either side, or by half a month where a day is."""
    if found is None or not about or found.low is None or found.high is None:
        return found
    first, last = found.years
    if found.months == ALL_MONTHS and first and last:
        return _range((first - 1, last + 1))
    if found.high - found.low < 27:
        return _with_months(found.low - 15, found.high + 15)
    months = found.months | found.months << 1 | found.months >> 1 | found.months >> 11 | found.months << 11
    return DateRange(found.low - 30, found.high + 30, months & ALL_MONTHS)


# ------------------------------------------------------------------ from one date to another

_YEARS = re.compile(r"(\d{4}|\d{2}) ?년? ?[-~–—/] ?(\d{4}|\d{2})(?: ?[년年])?")
_WINTER = re.compile(r"(?:winter(?: of)? )?(\d{4}) ?[-~–—/] ?(\d{4}|\d{2})(?: ?[년年])?(?: ?겨울| ?冬[天季]?)?")
_MONTHS = re.compile(r"(\d{4}) ?[년年] ?(\d{1,2}) ?[-~–—,·、] ?(\d{1,2}) ?[월月]")
_BETWEEN = re.compile(
    r"(?:between |from )?(.+?) ?(?:~|–|—|/| - | to | until | and |至|到|부터|에서) ?(.+?) ?(?:까지|사이|之间|之間|间)?"
)


def _interval(text: str) -> DateRange | None:
    if match := _MONTHS.fullmatch(text):
        first, last = int(match[2]), int(match[3])
        return _range((int(match[1]),) * 2, range(first, last + 1)) if first <= last else None
    if match := _YEARS.fullmatch(text) or _WINTER.fullmatch(text):
        first = _full(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if last == first + 1 and _take("season", text)[0] == "12-2":
            return _with_months(_day(first, 12, 1), _day(last, 3, 1) - 1)
        return _range((min(first, last), max(first, last)))
    match = _BETWEEN.fullmatch(text)
    if match is None:
        return None
    if ".." in match.groups():
        return _open(*match.groups())
    start, end = read_date(match[1]), read_date(match[2]) or _same_year(*match.groups())
    ends = [day for when in (start, end) if when for day in (when.low, when.high) if day is not None]
    return _with_months(min(ends), max(ends)) if len(ends) == 4 else None


_OR = re.compile(r"(.+?)(?: or |또는|혹은|아니면|或者|或|이나 )(.+)")


def _one_of(text: str) -> DateRange | None:
    """`1998 or 1999`, 여름 또는 가을: from the earlier to the later, a year said once holding for both."""
    match = _OR.fullmatch(text)
    if match is None:
        return None
    one, other = match[1].strip(), match[2].strip()
    year = _YEAR.search(text)
    ways = [read_date(way) or (read_date(f"{year[1]}년 {way}") if year else None) for way in (one, other)]
    known = [way for way in ways if way is not None and way.low is not None and way.high is not None]
    if len(known) < 2:
        return known[0] if known else None
    months = known[0].months | known[1].months
    return DateRange(min(w.low or 0 for w in known), max(w.high or 0 for w in known), months)


def _open(first: str, last: str) -> DateRange | None:
    start, end = read_date(first), read_date(last)
    low, high = start.low if start else None, end.high if end else None
    return None if low is None and high is None else DateRange(low, high)


def _same_year(first: str, last: str) -> DateRange | None:
    """`2003年3月至5月`: the end takes the year of the start."""
    year = re.match(r"\d{4}", first)
    return _said(f"{year[0]}년 {last}") if year else None


def _with_months(low: int, high: int) -> DateRange:
    """A span of days, with the months that it touches."""
    first, last = date.fromordinal(low + _EPOCH), date.fromordinal(high + _EPOCH)
    count = min(12, 12 * (last.year - first.year) + last.month - first.month + 1)
    return DateRange(low, high, sum(1 << ((first.month - 1 + step) % 12) for step in range(count)))


# ------------------------------------------------------------------ words

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2}) ?(?:년(?!대)|年(?!代))|['’](\d{2})(?![\d0]?s)(?!\d)|^[a-z]{3,9}[- ](\d{2})$")
_DECADE = re.compile(r"(?<!\d)(\d{2})?(\d)0 ?(?:년대|年代|['’]?s\b)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2}) ?(?:월|月)")
_DAY = re.compile(r"(?<!\d)(\d{1,2}) ?(?:일|日|号|號|st\b|nd\b|rd\b|th\b)")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


@cache
def _table(sort: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Word -> value of a class, and the pattern that finds its longest word."""
    words = {
        word: row["value"]
        for row in vocabulary.rows("linkage/dates")
        if row["class"] == sort
        for word in row["words"].split("|")
    }
    ordered = sorted(words, key=len, reverse=True)
    pattern = "|".join(rf"\b{re.escape(w)}\b\.?" if w.isascii() else re.escape(w) for w in ordered)
    return MappingProxyType(words), re.compile(pattern)


def _take(sort: str, text: str) -> tuple[str | None, str]:
    """The value of the first word of a class in `text`, and the text without it."""
    words, pattern = _table(sort)
    match = pattern.search(text)
    if match is None:
        return None, text
    return words[match[0].rstrip(".")], f"{text[: match.start()]} {text[match.end() :]}"


def _said(text: str) -> DateRange | None:
    about = text.endswith(("~", "?", "%")) or text.startswith("~")
    found, rest = _decade(text) or _in_year(text) or (None, text)
    if found is None:
        return None
    about = about or _take("about", rest)[0] is not None
    found = _loose(found, about)
    if found and _take("before", rest)[0]:
        return DateRange(None, found.high)
    if found and _take("after", rest)[0] and not about:
        return DateRange(found.low, None)
    return found


def _decade(text: str) -> tuple[DateRange | None, str] | None:
    match = _DECADE.search(text)
    if match is None:
        return None
    tens = int(match[2]) * 10
    century = int(match[1]) * 100 if match[1] else (2000 if tens <= PIVOT else 1900)
    part, rest = _take("part_of_decade", _without(text, match))
    first, last = _ends(part or "0-9")
    return _range((century + tens + first, century + tens + last)), rest


def _in_year(text: str) -> tuple[DateRange | None, str] | None:
    match = _YEAR.search(text) or _SHORT_YEAR.search(text)
    if match is None:
        return None
    group = next(number for number, found in enumerate(match.groups(), 1) if found)
    year = _full(match[group])
    rest = f"{text[: match.start(group)]} {text[match.end(group) :]}"
    month, rest = _month(rest)
    if month is not None:
        return _in_month(year, month, rest)
    season, rest = _take("season", rest)
    part, rest = (None, rest) if season else _take("part_of_year", rest)
    return _range((year, year), _cycle(*_ends(season or part or "1-12"))), rest


def _full(year: str) -> int:
    """A year of two digits in the century that living people remember."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= PIVOT else 1900)


def _month(text: str) -> tuple[int | None, str]:
    if match := _MONTH.search(text):
        return int(match[1]), _without(text, match)
    name, rest = _take("month", text)
    return (int(name) if name else None), rest


def _in_month(year: int, month: int, text: str) -> tuple[DateRange | None, str]:
    match = _DAY.search(text) or _NUMBER.search(text)
    if match:
        return _exact(year, month, int(match[1])) or _range((year, year), (month,)), _without(text, match)
    part, rest = _take("part_of_month", text)
    return _range((year, year), (month,), _ends(part or "1-31")), rest


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _ends(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    return int(first), int(last or first)


def _cycle(first: int, last: int) -> list[int]:
    """Months from first to last, over the end of the year where need be."""
    return [month for month in range(1, 13) if (first <= month <= last) or (last < first and not last < month < first)]
