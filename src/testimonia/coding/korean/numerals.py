"""Reads and writes Korean numerals: Arabic with 만 and 천, Sino-Korean, native, neighbouring pairs, vague words.

A reading is a lower and an upper bound; they are equal where the words give one value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from testimonia import vocabulary

__all__ = ["ARABIC", "NATIVE", "SINO", "VAGUE", "Reading", "native_words", "read", "sino_words"]

_DIGITS = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_TOKEN = re.compile(r"[\d,]*\d(?:\.\d+)?|[영공일이삼사오육륙칠팔구십백천만억조]")

# Patterns of the forms that read() understands, without groups.
ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?(?:[십백천만억조]+(?:\s?\d+(?:,\d{3})*(?:\.\d+)?[십백천만억]*)*)?"
SINO = r"[일이삼사오육륙칠팔구십백천만억]+(?: [일이삼사오육륙칠팔구십백천만]*[십백천만])*"
VAGUE = r"(?:(?:십|백)?(?:수|몇)\s?(?:[십백천만억]+)?|여러)"


class Reading(NamedTuple):
    """What a numeral says: bounds, and how it says it.

    exact; pair: two neighbouring values; about: their middle is meant (열댓); over: a little more than the
    lower one (여남은); vague: no value can be given (수백).
    """

    low: float
    high: float
    manner: str = "exact"


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NATIVE_ROWS = vocabulary.rows("ko/numerals")
_EXACT = {row["form"]: int(row["low"]) for row in _NATIVE_ROWS if row["kind"] in ("unit", "ten")}
_PAIRS = {
    row["form"]: Reading(int(row["low"]), int(row["high"]), row["kind"])
    for row in _NATIVE_ROWS
    if row["kind"] in ("pair", "about", "over")
}
_TENS = _alternatives([row["form"] for row in _NATIVE_ROWS if row["kind"] == "ten"])
_UNITS = _alternatives([row["form"] for row in _NATIVE_ROWS if row["kind"] == "unit"])
_NATIVE_PAIRS = _alternatives(list(_PAIRS))
NATIVE = rf"(?:백\s?)?(?:(?:{_TENS})\s?(?:{_NATIVE_PAIRS}|{_UNITS})|{_NATIVE_PAIRS}|{_TENS}|{_UNITS})"
_NATIVE_READER = re.compile(rf"(백\s?)?(?:({_TENS})\s?)?(?:({_NATIVE_PAIRS})|({_UNITS}))|(백\s?)?({_TENS})")
_SINO_PAIR = re.compile(r"(일이|이삼|삼사|사오|오륙|오육|육칠|칠팔|팔구)([십백천만억]*)")
_VAGUE_READER = re.compile(r"([십백])?(수|몇)\s?([십백천만억]*)")


def _scaled(words: str) -> float:
    """Value of a string of digits and scale words; 10 for 십, 1240 for 1천240, 15000 for 만 오천."""
    total = section = 0.0
    digit: float | None = None
    for token in _TOKEN.findall(words):
        if token in _LARGE:
            section += digit if digit is not None else (0 if section else 1)
            total += section * _LARGE[token]
            section, digit = 0.0, None
        elif token in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[token]
            digit = None
        elif token in _DIGITS:
            digit = (digit or 0) * 10 + _DIGITS[token]
        else:
            digit = float(token.replace(",", ""))
    return total + section + (digit or 0)


def _read_native(words: str) -> Reading | None:
    match = _NATIVE_READER.fullmatch(words)
    if not match:
        return None
    hundred, ten, pair, unit, bare_hundred, bare_ten = match.groups()
    base = (100 if hundred or bare_hundred else 0) + _EXACT.get(ten or bare_ten or "", 0)
    if pair:
        low, high, manner = _PAIRS[pair]
        return Reading(base + low, base + high, manner)
    value = float(base + _EXACT.get(unit or "", 0))
    return Reading(value, value)


def _read_vague(words: str) -> Reading | None:
    if words == "여러":
        return Reading(2, 9, "vague")
    match = _VAGUE_READER.fullmatch(words)
    if not match:
        return None
    base = _SMALL[match[1]] if match[1] else 0
    if base:
        return Reading(base + 1, base + 9, "vague")
    scale = _scaled(match[3]) if match[3] else 1
    return Reading(2 * scale, 10 * scale - 1, "vague")


@lru_cache(maxsize=8192)
def read(words: str) -> Reading | None:
    """The value of a numeral; None where the words are not one.

    `12`, `1,240`, `1천240`, `3만 4천`, `백오십`, `스물두`, `네댓` (4 to 5), `이삼십` (20 to 30),
    `수백` (200 to 999, vague), `몇` (2 to 9, vague).
    """
    words = words.strip()
    if not words:
        return None
    if found := _read_native(words) or _read_vague(words):
        return found
    if pair := _SINO_PAIR.fullmatch(words):
        scale = _scaled(pair[2]) if pair[2] else 1
        return Reading(_DIGITS[pair[1][0]] * scale, _DIGITS[pair[1][1]] * scale, "pair")
    if not re.fullmatch(r"[\d,.\s영공일이삼사오육륙칠팔구십백천만억조]+", words):
        return None
    value = _scaled(words)
    return Reading(value, value)


_SINO_DIGITS = "영일이삼사오육칠팔구"


def _below_myriad(value: int) -> str:
    words = ""
    for scale, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            words += ("" if digit == 1 and name else _SINO_DIGITS[digit]) + name
    return words


def sino_words(value: int) -> str:
    """Sino-Korean words of a whole number from 0 up to 10**16 - 1: 12345 is 만 이천삼백사십오."""
    if not 0 <= value < 10**16:
        raise ValueError(f"no Sino-Korean words for {value}: give a whole number from 0 to 10**16 - 1")
    groups = []
    for scale, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        group, value = divmod(value, scale)
        if group:
            groups.append(("" if group == 1 and name == "만" else _below_myriad(group)) + name)
    return " ".join(groups) or "영"


def native_words(value: int) -> str:
    """Native words before a counter, for 1 to 99: 22 is 스물두, 20 is 스무."""
    if not 1 <= value <= 99:
        raise ValueError(f"no native words for {value}: give a whole number from 1 to 99")
    tens = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")[value // 10]
    units = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")[value % 10]
    return "스무" if value == 20 else tens + units
