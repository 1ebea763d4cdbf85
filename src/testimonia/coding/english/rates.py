"""Units settled by what stands around: whose won it is, and the rate of a sum named before or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.english.numbers import Number
from testimonia.coding.english.reading import Reading
from testimonia.model import Passage

__all__ = ["in_context", "won_of"]

_NORTH = re.compile(
    r"\b(?:North(?:ern)? Korea\w*|DPRK|D\.P\.R\.K|Pyongyang|Hyesan|Hoeryong|Musan|Sinuiju|Chongjin|Ryanggang|Yanggang"
    r"|Hamgyong|Rason|jangmadang|Kim Jong-?[ui][nl]|Nampo|Hamhung|Onsong|Wonsan|Kaesong|Pyongan|the North(?!ern))\b"
)
_SOUTH = re.compile(
    r"\b(?:South Korea\w*|ROK|(?<!People’s )(?<!People's )Republic of Korea|Seoul|Busan|Incheon"
    r"|Hanawon|the South(?!ern))\b"
)
_PERIOD = "second|minute|hour|day|night|shift|week|month|quarter|year"
_BEHIND = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\)|\))?[^.,;:()0-9]{{0,28}}?\s(?:a|an|per|each|every)\s+({_PERIOD}|person|worker|household)\b"
    r"(?!\s+(?:ago|earlier|later|before|after|prior|old))"
)
_DISTANT = re.compile(rf"(?:\s*\([^()]{{1,40}}\)|\))[^.,;:()0-9]{{0,34}}?\s(?:per|each|every)\s+({_PERIOD})\b")
_MONEY = re.compile(
    r"\s+(?:[\w.]+\s+)?(?:won|yuan|dollars?|baht|euros?|rubles?|roubles?|pesos?|rupees?|[A-Z]{3})(?=\s*[()])"
)
_BRACKET = re.compile(r"\s*[()]")
_BEFORE = re.compile(
    r"\b(daily|weekly|monthly|annual|yearly|hourly|nightly|quarterly)\s+(?:\w+\s+)?(?:quotas?|targets?|output|wages?"
    r"|salar(?:y|ies)|incomes?|rations?|norms?|pay|fees?|allowances?|earnings|stipends?|rent|payments?|remittances?)\b"
    r"[^.;0-9]{0,30}$",
    re.I,
)
_EACH = {
    "daily": "day", "weekly": "week", "monthly": "month", "annual": "year", "yearly": "year", "hourly": "hour",
    "nightly": "night", "quarterly": "quarter",
}  # fmt: skip
_RATED = frozenset({"persons", "count", "hours", "tons", "kg", "g", "times"})


def in_context(reading: Reading, number: Number, unit: str, begin: int, money: tuple[int, str] | None) -> str:
    """The unit of a figure as its surroundings settle it. `money`: end and unit of the sum before it."""
    text = reading.text
    if unit == "KRW" or unit.startswith("KRW/"):
        unit = _won(reading, number) + unit[3:]
    if "/" in unit:
        return unit
    is_money = len(unit) == 3 and unit.isupper()
    if is_money and money and "/" in money[1] and text[money[0] : number.start].strip() == "(":
        return unit + money[1][money[1].index("/") :]
    if is_money and (match := _rate_behind(text, number)):
        return f"{unit}/{match}"
    if (is_money or unit in _RATED) and (named := _BEFORE.search(text, max(begin, number.start - 80), number.start)):
        return f"{unit}/{_EACH[named[1].lower()]}"
    return unit


def won_of(passages: Sequence[Passage]) -> str:
    """Whose won a document speaks of: that of the Korea it names more often."""
    if not any("won" in passage.text for passage in passages):
        return "KRW"
    north = sum(len(_NORTH.findall(passage.text)) for passage in passages)
    south = sum(len(_SOUTH.findall(passage.text)) for passage in passages)
    return "KPW" if north > south else "KRW"


def _rate_behind(text: str, number: Number) -> str | None:
    """“90,000 won ($100) per month”: the rate behind the bracket is that of both sums."""
    word = _MONEY.match(text, number.end)
    stop = word.end() if word else number.end
    match = (_BEHIND.match(text, stop) or _DISTANT.match(text, stop)) if _BRACKET.match(text, stop) else None
    return match[1].lower() if match else None


def _won(reading: Reading, number: Number) -> str:
    """The won of the Korea named last before the number, else first behind it, else of the document."""
    before, behind = reading.text[: number.start], reading.text[number.end :]
    north, south = _last(_NORTH, before), _last(_SOUTH, before)
    if max(north, south) < 0:
        north, south = -_first(_NORTH, behind), -_first(_SOUTH, behind)
    return reading.won if north == south else "KPW" if north > south else "KRW"


def _last(names: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in names.finditer(text)), default=-1)


def _first(names: re.Pattern[str], text: str) -> int:
    match = names.search(text)
    return match.start() if match else len(text) + 1
