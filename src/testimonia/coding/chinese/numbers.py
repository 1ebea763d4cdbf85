"""Reads numerals: Chinese, ASCII, mixed, with neighbouring digits and indefinite words.

`read_numeral` gives the least and the greatest value a numeral can mean; they are equal where it is definite.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["DIGITS", "NUMERAL", "Numeral", "read_numeral", "value_of"]

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "幺": 1, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SCORE = {"廿": "二十", "卅": "三十"}

DIGITS = "零〇一二三四五六七八九两幺廿卅壹贰叁肆伍陆柒捌玖"
_SCALES = "十百千万亿拾佰仟"
_ONE_TO_NINE = "一二三四五六七八九两"

# A definite or half-definite numeral; the caller checks what stands around it.
NUMERAL = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[多余几]?[十百千]?[万亿]|[百千])?(?:[多余几])?"
    rf"|[{DIGITS}{_SCALES}]+(?:点[{DIGITS}]+[万亿]?)?(?:[余多几来](?:[百千]?[万亿](?!能|一))?)?"
)
_VAGUE = re.compile(rf"(?:好)?([数几])([{_SCALES}]*)[余多]?$|(?:上|成)([百千万])$|若干$")
_PAIR = re.compile(rf"(.*?)([{_ONE_TO_NINE}])([{_ONE_TO_NINE}])([{_SCALES}]*)$")
_ASCII = re.compile(rf"([\d,]+(?:\.\d+)?)[多余几]?([{_SCALES}]*)[多余几]?$")
_SEVERAL = {"数": (2, 9), "几": (2, 9)}


class Numeral(NamedTuple):
    """Least and greatest value, and a word on how sure: exact, more (余 多), about (来, 两三) or vague (数百)."""

    low: float
    high: float
    kind: str


def value_of(numeral: str) -> float | None:
    """The value of a definite numeral, or None where it is not one.

    四十七万 = 470000, 二〇二三 = 2023, 四万八 = 48000, 二点三 = 2.3, 1.2万 = 12000.
    """
    if match := _ASCII.fullmatch(numeral):
        return round(float(match[1].replace(",", "")) * _scale(match[2]), 6)
    for char, plain in _SCORE.items():
        numeral = numeral.replace(char, plain)
    whole, point, rest = numeral.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    return _decimal(value, rest)


def _decimal(whole: float, rest: str) -> float | None:
    scale = _scale(rest[-1]) if rest and rest[-1] in _LARGE else 1
    digits = rest[:-1] if scale > 1 else rest
    if not digits or any(c not in _DIGIT for c in digits):
        return None
    return round((whole + float("0." + "".join(str(_DIGIT[c]) for c in digits))) * scale, 6)


def _scale(scales: str) -> int:
    product = 1
    for char in scales:
        product *= _SMALL.get(char) or _LARGE[char]
    return product


def _whole(numeral: str) -> float | None:
    if numeral and all(c in _DIGIT for c in numeral):
        return float("".join(str(_DIGIT[c]) for c in numeral)) if len(numeral) == 1 or _spelt(numeral) else None
    return _scaled(numeral)


def _spelt(digits: str) -> bool:
    """Digit by digit, as years and telephone numbers are spelt."""
    return "两" not in digits


def _scaled(numeral: str) -> float | None:
    total = section = 0.0
    digit: int | None = None
    last = 1
    for char in numeral:
        if char in _DIGIT:
            if digit is not None and digit != 0:
                return None
            digit = _DIGIT[char]
        elif char in _SMALL:
            last = _SMALL[char]
            section += (1 if digit is None or (digit == 0 and last == 10) else digit) * last
            digit = None
        elif char in _LARGE:
            last = _LARGE[char]
            total, section, digit = _large(total, section, digit, last)
        else:
            return None
    return total + section + _tail(numeral, digit, last)


def _large(total: float, section: float, digit: int | None, scale: int) -> tuple[float, float, None]:
    section += digit or 0
    if scale == 100_000_000 or not total:
        return (total + (section or 1)) * scale, 0.0, None
    return total + (section or 1) * scale, 0.0, None


def _tail(numeral: str, digit: int | None, last: int) -> float:
    """The digit at the end: 四万八 is 48000, 四万零八 is 40008."""
    if digit is None:
        return 0.0
    collapsed = last >= 100 and len(numeral) >= 2 and numeral[-2] in _SMALL | _LARGE
    return digit * last / 10 if collapsed else float(digit)


@lru_cache(maxsize=16384)
def read_numeral(numeral: str) -> Numeral | None:
    """What a numeral means, with its bounds; None where it is no numeral."""
    if match := _VAGUE.fullmatch(numeral):
        return _vague(match)
    if (len(numeral) > 1 and numeral[-1] in "几") or "几" in numeral:
        return _some_more(numeral)
    stripped = numeral.replace("余", "").replace("多", "")
    kind = "more" if stripped != numeral else "exact"
    if stripped.endswith("来") or "来" in stripped:
        stripped, kind = stripped.replace("来", ""), "about"
    if (value := value_of(stripped)) is not None and not _neighbours(stripped):
        return Numeral(value, value, kind)
    return _pair(stripped)


def _neighbours(numeral: str) -> bool:
    """两三, 七八: two digits side by side with no scale between, unless a year is spelt out."""
    if len(numeral) == 2 and all(c in _ONE_TO_NINE for c in numeral):
        a, b = _DIGIT[numeral[0]], _DIGIT[numeral[1]]
        return b - a == 1 or (a, b) == (3, 5)
    return False


def _pair(numeral: str) -> Numeral | None:
    """三十七八 is 37 to 38, 三四百 is 300 to 400."""
    match = _PAIR.fullmatch(numeral)
    if not match or not 1 <= _DIGIT[match[3]] - _DIGIT[match[2]] <= 2:
        return None
    low, high = (value_of(match[1] + match[i] + match[4]) for i in (2, 3))
    return Numeral(low, high, "about") if low is not None and high is not None else None


def _vague(match: re.Match[str]) -> Numeral:
    if match[1]:
        low, high = _SEVERAL[match[1]]
        scale = _scale(match[2])
        return Numeral(low * scale, (high + 1) * scale - 1 if scale > 1 else high, "vague")
    if match[3]:
        return Numeral(_scale(match[3]), _scale(match[3]), "least")
    return Numeral(2, 99, "vague")


def _some_more(numeral: str) -> Numeral | None:
    """十几 is 11 to 19, 二十几万 is 210000 to 290000."""
    head, _, scales = numeral.partition("几")
    base = value_of(head) if head else None
    if base is None or any(c not in _SCALES for c in scales):
        return None
    step = _scale(head[-1]) // 10 if head[-1] in _SMALL | _LARGE else 1
    factor = _scale(scales)
    return Numeral((base + step) * factor, (base + 9 * step) * factor, "vague")
