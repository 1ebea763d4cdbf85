"""Numbers written in words: 二〇〇三, 三十五, 서른다섯, 삼십오."""

from __future__ import annotations

import re

__all__ = ["digits"]

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "两": "2"}
_HAN = re.compile("[零〇○一二三四五六七八九十两]+")
_TENS = dict(
    zip(
        ("열", "스물", "스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"),
        (10, 20, 20, *range(30, 100, 10)),
        strict=True,
    )
)
_ONES = {
    "하나": 1,
    "한": 1,
    "둘": 2,
    "두": 2,
    "셋": 3,
    "세": 3,
    "넷": 4,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
_NATIVE = re.compile(f"({'|'.join(_TENS)}) ?({'|'.join(_ONES)})?(?= ?(?:살|세|대|$))|({'|'.join(_ONES)})(?= ?살)")
_SINO_ONES = {c: i for i, c in enumerate("일이삼사오육칠팔구", 1)}
_SINO = re.compile("([일이삼사오육칠팔구])?십([일이삼사오육칠팔구])?(?= ?(?:살|세|대|$))")


def digits(text: str) -> str:
    """`text` with Chinese and Korean numerals up to 99, and Chinese digit by digit, written in digits."""
    text = _HAN.sub(_han, text)
    text = _NATIVE.sub(_native, text)
    return _SINO.sub(_sino, text)


def _han(match: re.Match[str]) -> str:
    word = match[0]
    if "十" not in word:
        return "".join(_DIGITS[c] for c in word)
    if word.count("十") > 1:
        return word
    before, _, after = word.partition("十")
    tens = int(_DIGITS[before]) if len(before) == 1 else 1
    ones = int(_DIGITS[after]) if len(after) == 1 else 0
    return word if len(before) > 1 or len(after) > 1 else str(10 * tens + ones)


def _native(match: re.Match[str]) -> str:
    tens, ones, alone = match.groups()
    return str(_ONES[alone] if alone else _TENS[tens] + (_ONES[ones] if ones else 0))


def _sino(match: re.Match[str]) -> str:
    tens, ones = match.groups()
    return str(10 * (_SINO_ONES[tens] if tens else 1) + (_SINO_ONES[ones] if ones else 0))
