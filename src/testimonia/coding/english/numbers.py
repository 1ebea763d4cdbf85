"""Numbers of an English passage: digits and words, ranges, fractions, and what only looks like a number.

Years, clause and camp numbers, ordinals, clock times, telephone numbers and list markers are left out here;
what remains says how many or how much of something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from testimonia import vocabulary
from testimonia.coding.english.labels import DIGITS, is_label, skips
from testimonia.coding.english.reading import Reading, Term

__all__ = ["DIGITS", "Number", "find_numbers", "terms"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at text[start:end].

    `kind`: plain, percent (a share; the value is in percent), ratio, times, verbal, article (“one”). `unit` is
    set where the number itself carries it (a currency sign, a share). `comparator` is set by the number's own
    form: a range, “or more”.
    """

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    kind: str = "plain"
    unit: str | None = None
    comparator: str | None = None
    scaled: bool = False


_SYMBOLS = {row["form"]: row["unit"] for row in vocabulary.rows("en/symbols")}
_SYMBOL = re.compile(rf"(?<![A-Za-z])({'|'.join(re.escape(s) for s in sorted(_SYMBOLS, key=len, reverse=True))})\s?$")
_SUFFIX = {"m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9}
_SUFFIXED = re.compile(r"\s?(bn|mn|m|b|k|K|M|B)(?![\w.])")
_MANY = re.compile(r"['’]?s\s+of\s+(thousands|millions|billions)\b", re.I)
_SCALES = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}
_JOIN = re.compile(r"[\s\u00a0-]*$|\s+and\s+$")
_SHARE = re.compile(r"\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every)\s+$")
_RANGE = re.compile(
    r"(?:[\s-]?(percent|per cent|%|years?|months?|days?|hours?|weeks?|miles|kilomet(?:er|re)s|km|yuan|won"
    r"|baht))?\s*(?:[-–—]|to|and|or)\s*(?:[$€£¥₩]|US\$|about\s+|as many as\s+|nearly\s+|some\s+"
    r"|approximately\s+)?$"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:[\w$€£¥₩]+\s*){0,2}$", re.I)
_CHANGE = re.compile(
    r"\b(?:increas|rose|ris|grew|grow|jump|climb|soar|fell|fall|drop|declin|decreas|reduc|cut|rais|lower"
    r"|went|up|down|extend"
    r"|shr[aiu]nk|dwindl|surg|doubl|chang)\w*\b[^.;]{0,60}\bfrom\s+(?:\w+\s+){0,2}[$€£¥₩]?$",
    re.I,
)
_OR_MORE = re.compile(
    r"\s+(?:or|and)\s+(?:more|greater|higher|longer|older|over|above|up|upwards?|beyond)\b|\+|-plus\b"
)
_OR_LESS = re.compile(r"\s+(?:or|and)\s+(?:less|fewer|lower|shorter|younger|under|below)\b")
_HALF_NOT = re.compile(
    r"-(?-i:[A-Z])|-?\s?(?:hour|century|decade|brother|sister|way|year|time|life|mast|term|day|hearted|mile"
    r"|day's)\b",
    re.I,
)
_HALF_OF = re.compile(r"\s+(?:a|an)\s+(dozen|million|billion|hundred|thousand|century|decade|year|day|hour)\b", re.I)
_NOT_HALF = re.compile(r"\b(?:first|second|latter|other|better|top|bottom|last|earlier|and a|other)[\s-]$", re.I)
_FRACTION_OF = re.compile(r"\s+(?:of|more|less|fewer|higher|lower|larger|smaller)\b")
_TIMES_RATIO = re.compile(
    r"\s+(?:the|as|more|higher|larger|greater|that|what|its|their|those|less|lower|over|his|her|bigger)\b"
)
_CHANGED = re.compile(
    r"\s+(?:the|that|its|their|those|what|in|to|since|over|from|between|by|the|again|compared|year|this"
    r"|last|during)\b"
)
_NO_NUMBER = re.compile(
    r"(?i:zero[-\s](?:covid|tolerance|sum)|one[-\s](?:china|another|self|party|sided|way)|first"
    r"|five[-\s]year plan)"
)
_ARTICLES = ("a ", "A ")


def terms() -> Iterator[Term]:
    """The number words."""
    for row in vocabulary.rows("en/numbers"):
        yield Term(row["form"], "number", (row["kind"], row["value"]))


def find_numbers(reading: Reading, digits: Sequence[tuple[int, int]]) -> list[Number]:
    """Numbers in text order, ranges and shares put together."""
    atoms = _digit_atoms(reading, digits)
    words = reading.found.get("number")
    if words:
        atoms = sorted([*atoms, *_word_atoms(reading, words, atoms)], key=lambda number: number.start)
    if not atoms:
        return atoms
    return _joined(reading.text, _scaled(reading.text, atoms))


def _inside(spans: Sequence[tuple[int, int]], start: int) -> bool:
    return any(s <= start < e for s, e in spans)


def _digit_atoms(reading: Reading, digits: Sequence[tuple[int, int]]) -> list[Number]:
    text, label_end = reading.text, -1
    atoms: list[Number] = []
    for start, end in digits:
        if _inside(reading.dates, start):
            continue
        if is_label(text, start, label_end):
            label_end = end
            continue
        symbol = _SYMBOL.search(text, max(0, start - 5), start)
        if skips(text, start, end, symbol is not None) or _is_leftover(text, start, atoms):
            continue
        atoms.append(_digit(text, start, end, symbol))
    return atoms


def _is_leftover(text: str, start: int, atoms: Sequence[Number]) -> bool:
    """The 333 of 108-333, where 108 was no number."""
    hanging = text[start - 1 : start] in ("-", "–") and text[start - 2 : start - 1].isdigit()
    return hanging and not (atoms and atoms[-1].end >= start - 1)


def _digit(text: str, start: int, end: int, symbol: re.Match[str] | None) -> Number:
    value = float(text[start:end].replace(",", ""))
    if symbol and (many := _MANY.match(text, end)):
        low = value * _SCALES[many[1].lower()]
        return Number(symbol.start(1), many.end(), None, low, kind="verbal", unit=_SYMBOLS[symbol[1]], comparator="~")
    suffix = _SUFFIXED.match(text, end) if symbol else None
    if suffix:
        value, end = value * _SUFFIX[suffix[1]], suffix.end()
    unit = _SYMBOLS[symbol[1]] if symbol else None
    if text[end : end + 1] == "%" or text[end : end + 2] == "\u00a0%":
        unit, end = "percent", text.index("%", end) + 1
    kind = "percent" if unit == "percent" else "plain"
    return Number(symbol.start(1) if symbol else start, end, value, kind=kind, unit=unit)


def _word_atoms(reading: Reading, words: Sequence[tuple[int, int, Term]], digits: Sequence[Number]) -> Iterator[Number]:
    text, at, last_digit = reading.text, 0, {number.end for number in digits}
    while at < len(words):
        start, end, term = words[at]
        kind, value = term.data
        at += 1
        if _inside(reading.dates, start) or _inside(reading.names, start) or _NO_NUMBER.match(text, start):
            continue
        if kind in ("unit", "tens") or (kind == "scale" and not _after_digit(text, start, last_digit)):
            number, at = _spelled(text, words, at - 1)
            if number:
                yield number
        elif number := _other_word(text, start, end, kind, value):
            yield number


def _after_digit(text: str, start: int, ends: set[int]) -> bool:
    return start - 1 in ends


def _spelled(text: str, words: Sequence[tuple[int, int, Term]], at: int) -> tuple[Number | None, int]:
    """Put “two hundred and fifty thousand”, “two-thirds”, “two dozen” together."""
    start, end, term = words[at]
    total, current, scaled = 0.0, 0.0, False
    last = None
    begun = start
    if term.data[0] == "scale":
        if text[max(0, start - 2) : start] not in _ARTICLES:
            return None, at + 1
        begun, current = start - 2, 1.0
    while at < len(words):
        s, e, term = words[at]
        kind, value = term.data
        if s != start and not _JOIN.match(text, end, s):
            break
        if kind == "fraction" and s != start and term.form != "half":
            if current >= 10 or (current == 1) == term.form.endswith("s"):
                return None, at + 1  # thirty-fourth
            return Number(begun, e, round(current * float(value), 2), kind="percent", unit="percent"), at + 1
        if kind in ("unit", "tens"):
            if last in ("unit", "tens") and not (last == "tens" and kind == "unit" and float(value) < 10):
                break
            current += float(value)
        elif kind == "scale" or (kind == "dozen" and last):
            factor = float(value)
            current = (current or 1.0) * factor
            scaled = True
            if factor >= 1000:
                total, current = total + current, 0.0
        else:
            break
        last, end, at = kind, e, at + 1
    value = total + current
    single = end - begun == 3 and value == 1 and not scaled
    return Number(begun, end, value, kind="article" if single else "plain", scaled=scaled), at


def _other_word(text: str, start: int, end: int, kind: str, value: str) -> Number | None:
    if kind == "dozen" and text[max(0, start - 2) : start] in _ARTICLES:
        return Number(start - 2, end, 12.0)
    if kind == "verbal":
        low, _, high = value.partition("/")
        return Number(start, end, None, float(low) if low else None, float(high) if high else None, kind="verbal")
    if kind == "times" and text[end : end + 1] != "-":
        ratio = _TIMES_RATIO.match(text, end)
        return Number(start, end, float(value), kind="ratio" if ratio else "times")
    if kind == "change":
        done = text[end - 1] in "dg" or text[start:end].lower().endswith("fold")
        fits = (_CHANGED if not done else re.compile(r"(?!\s+down\b|-)")).match(text, end)
        return Number(start, end, float(value), kind="ratio") if fits else None
    if kind == "fraction":
        return _fraction(text, start, end, value)
    return None


def _fraction(text: str, start: int, end: int, value: str) -> Number | None:
    if text[start:end].lower() == "half":
        if (found := _HALF_OF.match(text, end)) and found[1].lower() in (
            "dozen",
            "million",
            "billion",
            "hundred",
            "thousand",
        ):
            size = {"dozen": 6.0, "hundred": 50.0, "thousand": 500.0, "million": 5e5, "billion": 5e8}[found[1].lower()]
            return Number(start, found.end(), size)
        if found or _HALF_NOT.match(text, end) or _NOT_HALF.search(text, max(0, start - 9), start):
            return None
        return Number(start, end, 50.0, kind="percent", unit="percent")
    before = text[max(0, start - 2) : start]
    if before in _ARTICLES and _FRACTION_OF.match(text, end):
        return Number(start - 2, end, round(float(value), 2), kind="percent", unit="percent")
    return None


def _scaled(text: str, atoms: list[Number]) -> list[Number]:
    """“280 million”, “10 000”: a digit with the scale or the group of three that follows it."""
    found: list[Number] = []
    scales = {
        "hundred": 100,
        "thousand": 1e3,
        "million": 1e6,
        "billion": 1e9,
        "trillion": 1e12,
        "lakh": 1e5,
        "crore": 1e7,
    }
    scale = re.compile(r"[\s\u00a0-](hundred thousand|hundred|thousand|million|billion|trillion|lakh|crore)\b", re.I)
    for atom in atoms:
        last = found[-1] if found else None
        if last and atom.start < last.end:
            continue
        if last and _is_group(text, last, atom):
            found[-1] = replace(last, end=atom.end, value=(last.value or 0) * 1000 + (atom.value or 0))
            continue
        if atom.kind == "plain" and text[atom.end - 1].isdigit() and (match := scale.match(text, atom.end)):
            factor = 1e5 if " " in match[1] else scales[match[1].lower()]
            atom = replace(atom, end=match.end(), value=round((atom.value or 0) * factor, 6), scaled=True)
        found.append(atom)
    return found


def _is_group(text: str, last: Number, atom: Number) -> bool:
    gap = text[last.end : atom.start]
    digits = text[atom.start : atom.end]
    return (
        gap in (" ", "\u00a0", "\u202f")
        and len(digits) == 3
        and digits.isdigit()
        and text[last.start : last.end].isdigit()
    )


def _joined(text: str, atoms: list[Number]) -> list[Number]:
    found: list[Number] = []
    for atom in atoms:
        last = found[-1] if found else None
        if last and (pair := _pair(text, last, atom)):
            found[-1] = pair
        else:
            found.append(atom)
    return [_closed(text, number) for number in found]


def _pair(text: str, first: Number, second: Number) -> Number | None:
    if second.start - first.end > 32 or first.value is None or second.value is None or first.comparator:
        return None
    gap = text[first.end : second.start]
    plain = first.kind in ("plain", "article") and second.kind in ("plain", "article")
    if plain and first.value < second.value <= 1000 and not first.unit and _SHARE.match(text, first.end, second.start):
        share = round(100 * first.value / second.value, 2)
        return Number(first.start, second.end, share, kind="percent", unit="percent")
    joined = _RANGE.match(text, first.end, second.start)
    if joined is None or second.kind == "ratio" or (joined[1] and not _repeats(text, second, joined[1])):
        return None
    return _range(text, first, second, _joint(gap))


def _repeats(text: str, second: Number, unit: str) -> bool:
    """“70 percent and 90 percent”: both ends of a range carry the unit."""
    return (
        second.unit == "percent"
        if unit == "%"
        else text[second.end :].lstrip(" -\u00a0\n").startswith(unit.rstrip("s"))
    )


def _joint(gap: str) -> str:
    """The word or dash that joins two ends of a range."""
    words = re.findall(r"\b(?:to|and|or)\b", gap)
    return words[0] if words else "-"


def _range(text: str, first: Number, second: Number, joint: str) -> Number | None:
    low, high = first.value or 0.0, second.value or 0.0
    if second.scaled and not first.scaled and low < 1000 <= high:
        base = 10 ** (3 * ((len(str(int(high))) - 1) // 3))
        low = low * base if low * base < high else low
    if low >= high or (first.unit and second.unit and first.unit != second.unit):
        return None
    if joint == "and" and not _BETWEEN.search(text, max(0, first.start - 30), first.start):
        return None
    if joint == "to" and _CHANGE.search(text, max(0, first.start - 90), first.start):
        return None
    if joint == "or" and high > low + 2:
        return None
    unit = first.unit or second.unit
    kind = "percent" if "percent" in (first.kind, second.kind) else "plain"
    return Number(first.start, second.end, None, low, high, kind, unit, "range", second.scaled)


def _closed(text: str, number: Number) -> Number:
    """“two or more”, “60+”, “12 or older”."""
    if number.value is None:
        return number
    if match := _OR_MORE.match(text, number.end):
        end = match.end() if match.group().endswith(("more", "+")) else number.end
        return replace(number, end=end, value=None, low=number.value, comparator=">=", kind=_unarticled(number))
    if _OR_LESS.match(text, number.end):
        return replace(number, value=None, high=number.value, comparator="<=", kind=_unarticled(number))
    return number


def _unarticled(number: Number) -> str:
    return "plain" if number.kind == "article" else number.kind
