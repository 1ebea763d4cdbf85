"""Reads the numbers of a quote a second time, by its own route, so that the gate can hold a value against it.

Nothing here is shared with the readers of the coders: other tokens, other arithmetic. It is generous where a
language leaves a choice (三十七八 is 37 or 38) and gives every reading; what no reading gives was not said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations, islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from testimonia import vocabulary

__all__ = ["derivable", "is_bound", "is_rest", "numbers"]

_DIGITS = re.compile(r"(?:\d|(?<=[\d,. ])[lIOo]|[lIO](?=[\d.]|\s?\d))[\dlIOo,.]*")
_OCR = str.maketrans("lIOo", "1100")
_PLAIN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_SPACED = re.compile(r"(?<=\d)\s+(?=\d)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NINE = "零一二三四五六七八九"
_POINT = re.compile(rf"([{_NINE}])[点點]([{_NINE}]+)")
_PER_TEN = re.compile(r"成|할")
_TENTHS = re.compile(rf"([{_NINE}])成([{_NINE}])")
_SHARE = re.compile(
    r"\b(?:in|of|out of|per)\b|분의|중|가운데|에|分之|里|當中|当中|之中|/|⁄"
    r"|\bhalf|\bthird|\bquarter|\bfifth|\btenth",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf\b|\bhalves\b|절반|반수|반(?=[\s년달개]|$)|半", re.I)
_LARGE = 10_000.0
_EXACT = 1e-10
_MOST_READINGS = 16
_LONGEST = 200  # characters; a quote that is longer is no number, and reading it grows with its square


class _Word(NamedTuple):
    kind: str  # digit, unit (adds to a ten), ten, scale, large, amount, share
    values: tuple[float, ...]


class _Run(NamedTuple):
    start: int
    end: int
    readings: tuple[float, ...]
    scale: float


@cache
def _words() -> MappingProxyType[str, _Word]:
    found = {}
    for row in vocabulary.rows("numerals"):
        found[row["form"]] = _Word(row["kind"], tuple(float(value) for value in row["values"].split("|")))
    return MappingProxyType(found)


@cache
def _token() -> re.Pattern[str]:
    longest = sorted(_words(), key=len, reverse=True)
    latin = "|".join(re.escape(form) for form in longest if form.isascii())
    other = "|".join(re.escape(form) for form in longest if not form.isascii())
    return re.compile(
        rf"(?P<digits>{_DIGITS.pattern})|(?P<latin>(?i:(?<![a-z])(?:{latin})(?![a-z])))"
        rf"|(?P<other>{other})|(?P<gap>[ \t\n\r-]+|and\b)"
    )


def _digit_values(token: str) -> tuple[float, ...]:
    plain = token.translate(_OCR).rstrip(".,")
    if _GROUPED.fullmatch(plain) or "," not in plain:
        joined = plain.replace(",", "")
        return (float(joined),) if joined.count(".") <= 1 else ()
    parts = plain.replace(".", "").split(",")
    return (float("".join(parts)), *(float(piece) for piece in parts if piece))


def _tokens(text: str) -> Iterator[tuple[int, int, _Word | None]]:
    for match in _token().finditer(text):
        if match["digits"]:
            values = _digit_values(match["digits"])
            yield match.start(), match.end(), _Word("number", values) if values else None
        elif match["gap"]:
            yield match.start(), match.end(), None
        else:
            yield match.start(), match.end(), _words()[match.group().lower()]


def _few(readings: Iterable[float]) -> tuple[float, ...]:
    """Distinct readings, no more than a numeral that people write can have."""
    return tuple(islice(dict.fromkeys(readings), _MOST_READINGS))


class _Sum:
    """A numeral as it is read from left to right; every open choice is kept as one more reading."""

    def __init__(self) -> None:
        self.total: tuple[float, ...] = (0.0,)
        self.section: tuple[float, ...] = (0.0,)
        self.current: tuple[float, ...] = ()
        self.tens = False
        self.scale = 1.0
        self.spelt = ""

    def add(self, word: _Word) -> None:
        if word.kind in {"scale", "large"}:
            self._multiply(word.values[0], word.kind == "large")
        elif self.tens and word.kind == "digit" and all(v < 10 for v in word.values):
            self.current = _few(c + v for c in self.current for v in word.values)
            self.tens = False
        elif self.current and word.kind == "digit":
            self.current = _few((*self.current, *word.values))
        else:
            self.current, self.tens = word.values, word.kind == "ten"
        if word.kind == "digit" and len(word.values) == 1:
            self.spelt += str(int(word.values[0]))

    def _multiply(self, scale: float, large: bool) -> None:
        self.scale, self.tens = scale, False
        if not large:
            self.section = _few(s + c * scale for s in self.section for c in self.current or (1.0,))
        else:
            whole = _few(s + c for s in self.section for c in self.current or (0.0,))
            self.total = _few(t + (w or 1.0) * scale for t in self.total for w in whole)
            self.section = (0.0,)
        self.current = ()

    def readings(self) -> tuple[float, ...]:
        """All values; 四万八 also as 48,000, digits in a row (二〇一六) also as one number."""
        ends = self.current or (0.0,)
        sums = {t + s + c for t in self.total for s in self.section for c in ends}
        if self.current and self.scale > 10:
            sums |= {t + s + c * self.scale / 10 for t in self.total for s in self.section for c in ends}
        if len(self.spelt) > 1:
            sums.add(float(self.spelt))
        return tuple(sums)


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    open_sum, start, end = None, 0, 0
    for begin, stop, word in _tokens(text):
        broken = open_sum is not None and (begin != end or (word is not None and _starts_anew(open_sum, word)))
        if open_sum is not None and broken:
            runs.append(_Run(start, end, open_sum.readings(), open_sum.scale))
            open_sum = None
        if word is None:
            end = stop if open_sum is not None else end
            continue
        if open_sum is None:
            open_sum, start = _Sum(), begin
        open_sum.add(word)
        end = stop
    if open_sum is not None:
        runs.append(_Run(start, end, open_sum.readings(), open_sum.scale))
    return runs


def _starts_anew(open_sum: _Sum, word: _Word) -> bool:
    """A number in digits, or an amount, never goes on with what stands before it, unless that was a scale."""
    if word.kind in {"amount", "share"}:
        return True
    return word.kind == "number" and (bool(open_sum.current) or open_sum.scale == 1.0)


def _spread(runs: list[_Run]) -> Iterator[float]:
    """3-5천: the scale behind the second number holds for the first as well."""
    for first, second in pairwise(runs):
        if second.scale > first.scale:
            yield from (reading * second.scale for reading in first.readings)
            if second.scale > _LARGE:
                yield from (reading * second.scale / 10 for reading in first.readings)


def _shares(runs: list[_Run], text: str) -> Iterator[float]:
    """One in five, 3분의 2, 三分之一, 열 명 중 일곱: as a fraction and as percent."""
    if not _SHARE.search(text):
        return
    for first, second in combinations(runs, 2):
        for a in first.readings:
            for b in second.readings:
                low, high = sorted((a, b))
                if high:
                    yield from (low / high, 100 * low / high)


def _times(runs: list[_Run]) -> Iterator[float]:
    """Two measures of one time: 6년 6개월 as years or months, 2시간 30분 as hours or minutes, weeks as days."""
    for first, second in pairwise(runs):
        for a in first.readings:
            for b in second.readings:
                yield from (a + b / 12, a * 12 + b, a + b / 60, a * 60 + b, a * 7 + b, a * 24 + b)


def _singles(runs: list[_Run], text: str) -> Iterator[float]:
    half = bool(_HALF.search(text))
    for tenths in _TENTHS.finditer(text):  # 四成一 is 41 per cent
        yield float(10 * _NINE.index(tenths[1]) + _NINE.index(tenths[2]))
    for run in runs:
        for reading in run.readings:
            yield from (reading, *((reading * 10, reading * 10 + 5) if _PER_TEN.search(text) else ()))
            if half:
                yield from (reading + 0.5, reading / 2, 12 * reading + 6)
    if half:
        yield from (0.5, 50.0, 6.0)


_CONVERTED = (  # a unit of time, and what one of it is in others: a range may name two (三个月以上二年)
    (re.compile(r"시간|hour|小时|小時", re.I), (1 / 24,)),
    (re.compile(r"일|day|[日天]", re.I), (1 / 30,)),
    (re.compile(r"주|week|周|星期", re.I), (7.0,)),
    (re.compile(r"달|개월|month|月", re.I), (30.0, 1 / 12)),
    (re.compile(r"년|해|year|年", re.I), (12.0, 365.0)),
    (re.compile(r"旬"), (10.0,)),
)
_DECADE = re.compile(r"대|代|\d0['’]?s\b|多岁|[几幾]")


def _conversions(runs: list[_Run], text: str) -> Iterator[float]:
    """Times in other units; decades of age as their two ends."""
    readings = [reading for run in runs for reading in run.readings]
    for unit, factors in _CONVERTED:
        if unit.search(text):
            yield from (reading * factor for reading in readings for factor in factors)
    if _DECADE.search(text):
        for run in runs:
            for reading in run.readings:
                step = max(run.scale, _step(reading))
                yield from (reading + 1, reading + step - 1)


def _step(reading: float) -> float:
    """The size of the last digit that is not zero: 20 -> 10, 50,000,000 -> 10,000,000."""
    step = 1.0
    while reading and reading % (step * 10) == 0:
        step *= 10
    return step


@lru_cache(maxsize=65536)
def numbers(quote: str) -> frozenset[float]:
    """Every number that the first 200 characters of `quote` can be read as."""
    if _PLAIN.fullmatch(quote):
        return frozenset((float(quote.replace(",", "")),))
    text = _POINT.sub(_decimal, unicodedata.normalize("NFKC", quote[:_LONGEST]))
    forms = (text, _SPACED.sub("", text), re.sub(r"\s+", "", text), _without_full_age(text))
    found: set[float] = set()
    for form in dict.fromkeys(forms):
        runs = _runs(form)
        for source in (_singles(runs, form), _spread(runs), _shares(runs, form), _times(runs)):
            found.update(source)
        found.update(_conversions(runs, form))
    return frozenset(found)


def _decimal(match: re.Match[str]) -> str:
    """二點三 as 2.3."""
    return f"{_NINE.find(match[1])}.{''.join(str(_NINE.find(char)) for char in match[2])}"


def _without_full_age(text: str) -> str:
    """만 19세 counts full years; the 만 is no ten thousand there."""
    return re.sub(r"만\s*(?=\d)", "", text)


def derivable(value: float, quote: str) -> bool:
    """Whether `value` is one of the numbers of `quote`, up to the rounding of a share."""
    found = numbers(quote)
    return value in found or any(_near(value, other) for other in found)


def _near(value: float, other: float) -> bool:
    slack = 0.01 if value != int(value) and abs(value) <= 100 else _EXACT * abs(other)
    return abs(value - other) <= slack


def is_bound(bound: float, quote: str) -> bool:
    """Whether a bound of a vague word is round (hundreds: 200 to 999) or a multiple of it (dozens: 24)."""
    if bound <= 0:
        return False
    multiple = any(number > 1 and bound % number == 0 and bound < 10 * number for number in numbers(quote))
    return multiple or _round(bound) or _round(bound + 1) or bound in numbers(quote)


def is_rest(bound: float, quote: str) -> bool:
    """Whether a bound keeps the leading digits that are left of a damaged number (二百■十: 210 to 290)."""
    return any(number <= bound < number + _step(number) for number in numbers(quote))


def _round(number: float) -> bool:
    return len(f"{number:.1f}".replace(".", "").strip("0")) <= 1
