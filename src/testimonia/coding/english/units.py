"""What a number counts: its unit, the words that name the counted, and the rate it is given at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia import vocabulary
from testimonia.coding.english.numbers import Number
from testimonia.coding.english.words import word_set

__all__ = ["Counted", "counted_after", "counted_before"]


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit of a number, where the counting words end, and the words that name what is counted."""

    unit: str | None
    end: int
    noun: tuple[int, int] | None = None
    population: tuple[int, int] | None = None


def _people() -> frozenset[str]:
    found = {row["form"].lower() for row in vocabulary.rows("en/people")}
    for row in vocabulary.rows("en/countries"):
        found.update(form.lower() for form in row["demonyms"].split("|") if form.endswith(("s", "ese", "men")))
    found.update(row["form"].lower() for row in vocabulary.rows("en/peoples") if row["form"].endswith("s"))
    return frozenset(found)


_UNITS = {row["form"].lower(): row["unit"] for row in vocabulary.rows("en/units")}
_PEOPLE = _people()
_STOP = word_set("ends_noun_phrase")
_NOT_PLURAL = re.compile(
    r"(?:ous|less|ss|us|is|ics|ways|sometimes|perhaps|overseas|besides|his|its|whereas|afterwards|has|was"
    r"|does)$"
)
_WORD = re.compile(r"[\s\u00a0]+[“\"‘'(\[]?([A-Za-zÀ-ž][A-Za-zÀ-ž0-9]*(?:[.’'-][A-Za-zÀ-ž0-9]+)*)[”\"’'\])]?")
_PERIOD = "second|minute|hour|day|night|shift|week|weekend|fortnight|month|quarter|year|decade"
_EACH = (
    "person|capita|head|worker|labourer|laborer|prisoner|inmate|detainee|household|family|child|woman|man"
    "|migrant|victim"
)
_EACH += (
    "|adult|student|passenger|traveler|traveller|refugee|defector|employee|officer|guard|individual|kilometer|kilometre"
)
_EACH += "|kilo|kilogram|hectare|square meter|square metre"
_RATE = re.compile(
    rf"(?:\s+(?!a\s+\w+\s+(?:ago|earlier|later|before|after))(?:\w+\s+)?(?:a|an|per|each"
    rf"|every)\s+({_PERIOD}|{_EACH})\b"
    rf"(?!\s+(?:ago|earlier|later|before|after|prior|old|in\s+prison))|\s?/\s?({_PERIOD}|{_EACH})\b"
    r"|\s+(?:\w+\s+)?(annually|yearly|daily|weekly|monthly|hourly|nightly)\b)",
    re.I,
)
_LATER_RATE = re.compile(
    r"[^.;:()0-9]{0,90}?\b(?:(?:each|every|per)\s+(year|month|week|day)\b(?!\s+(?:since|from|between))"
    r"|(annually|yearly)\b)",
    re.I,
)
_ADVERB = {
    "annually": "year",
    "yearly": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "nightly": "night",
}
_TIMED = re.compile(
    r"-(year|month|week|day|hour|minute|night|decade|second|kilomet(?:er|re)|km|mile|met(?:er|re)|foot|acre"
    r"|hectare|ton|tonne|percent|dollar|yuan|baht|won|member|person|man|woman|family|household|bed|page"
    r"|point)s?\b",
    re.I,
)
_HYPHEN_PEOPLE = frozenset({"member", "person", "man", "woman"})
_DIGIT_UNIT = re.compile(r"(km2|km|kms|kg|g|m|cm|mm|ha|kcal|hrs?|USD|RMB|KRW)\b")
_DIGIT_UNITS = {"kms": "km", "hr": "hours", "hrs": "hours", "ha": "hectares", "RMB": "CNY"}
_BEFORE_COUNT = re.compile(
    r"\b(?:number|numbers|total|totals|population|populations|count|toll|tally|headcount|membership|share"
    r"|proportion|percentage"
    r"|workforce|staff|crowd|group)\b(?:\s+(?:number|total))?(?:\s+(?:of|among|for)\s+([^.;]{3,80}))?",
    re.I,
)
_FOLD = re.compile(r"[-\s]?fold\b")
_PER_CENT = re.compile(r"[\s\u00a0-]+per\s+cent\b", re.I)
_OF = re.compile(
    r",?\s+(?:of|out of|among)\s+(?:(?:the|all|these|those|its|their|his|her|our|them|whom|which|every"
    r"|each)\b\s*)?",
    re.I,
)


def counted_after(text: str, number: Number) -> Counted:
    """Read the unit and the counted thing to the right of a number."""
    if match := _TIMED.match(text, number.end):
        return _hyphened(match)
    if match := _FOLD.match(text, number.end):
        return Counted("ratio", match.end())
    if text[number.end - 1].isdigit() and (match := _DIGIT_UNIT.match(text, number.end)):
        return Counted(_DIGIT_UNITS.get(match[1], match[1]), match.end())
    if number.unit and number.unit != "percent":
        return _with_rate(text, number.unit, number.end, None)
    if number.kind == "percent":
        return _share(text, number.end)
    if number.kind in ("ratio", "times"):
        return _with_rate(text, "ratio" if number.kind == "ratio" else "times", number.end, None)
    if match := _PER_CENT.match(text, number.end):
        return _share(text, match.end())
    head = _head(text, number.end)
    if head is None and (match := _OF.match(text, number.end)):
        head = _head(text, match.end() - 1)
    if head is None:
        return Counted(None, number.end)
    unit, start, end = head
    if unit == "percent":
        return _share(text, end)
    return _with_rate(text, unit, end, (start, end))


def _hyphened(match: re.Match[str]) -> Counted:
    word = match[1].lower()
    if word in _HYPHEN_PEOPLE:
        return Counted("persons", match.end())
    return Counted(_UNITS.get(word, "count"), match.end())


def _share(text: str, end: int) -> Counted:
    match = _OF.match(text, end)
    head = _head(text, match.end() - 1) if match else None
    return Counted("percent", end, head[1:] if head else None, head[1:] if head else None)


def _with_rate(text: str, unit: str, end: int, noun: tuple[int, int] | None) -> Counted:
    match = _RATE.match(text, end)
    if match is None and unit in ("persons", "count", "times") and noun:
        match = _LATER_RATE.match(text, end)
        if match:
            period = match[1] or _ADVERB[match[2].lower()]
            return Counted(f"{unit}/{period.lower()}", end, noun)
    if match is None:
        return Counted(unit, end, noun)
    per = (match[1] or match[2] or _ADVERB[match[3].lower()]).lower()
    if not re.fullmatch(_PERIOD, per) and per in _PEOPLE | {"capita", "head", "worker"}:
        per = "person"
    return Counted(f"{unit}/{per}", match.end(), noun)


def _head(text: str, position: int) -> tuple[str, int, int] | None:
    """The head of the noun phrase that begins at `position`: its unit and its span."""
    found: tuple[str, int, int] | None = None
    begun, words = position, 0
    while words < 7 and (match := _WORD.match(text, position)):
        word = match[1].lower()
        if word in _STOP:
            break
        if not words:
            begun = match.start(1)
        unit, end = _unit_of(text, match, word)
        if found and unit is None and not _plural(word):
            break
        if found and found[0] not in ("persons", "count"):
            break
        if unit:
            found = (unit, begun, end)
            if unit not in ("persons", "count"):
                return (unit, begun, end) if words < 4 else None
        elif _plural(word):
            found = ("count", begun, end)
        position, words = max(match.end(), end), words + 1
        if text[match.end() - 1] in ")]" or text[match.end() : match.end() + 1] in ",;:.":
            break
    return found


def _unit_of(text: str, match: re.Match[str], word: str) -> tuple[str | None, int]:
    """Unit of a word, or of it and the one or two words after it."""
    end = match.end(1)
    second = _WORD.match(text, end)
    if second:
        pair = f"{word} {second[1].lower()}"
        third = _WORD.match(text, second.end(1))
        if third and f"{pair} {third[1].lower()}" in _UNITS:
            return _UNITS[f"{pair} {third[1].lower()}"], third.end(1)
        if pair in _UNITS:
            return _UNITS[pair], second.end(1)
        if pair in _PEOPLE:
            return "persons", second.end(1)
    if word in _UNITS:
        unit = _UNITS[word]
        return ("KRW" if unit == "won" else unit), end
    if word in _PEOPLE or ("-" in word and word.rsplit("-", 1)[1] in _PEOPLE):
        return "persons", end
    return None, end


def _plural(word: str) -> bool:
    return len(word) > 3 and word[-1] == "s" and not _NOT_PLURAL.search(word) and word not in _STOP


def counted_before(text: str, start: int, limit: int) -> Counted | None:
    """“The number of defectors exceeded 30,000”: what was to be counted stands before the number."""
    for match in reversed(list(_BEFORE_COUNT.finditer(text, limit, start))):
        if "population" in match[0].lower() or "headcount" in match[0].lower() or "toll" in match[0].lower():
            return Counted("persons", start, match.span())
        if match[1]:
            head = _head(text, match.start(1) - 1) or _head(text, match.start(1) + match[1].find(" "))
            if head:
                return Counted(head[0], start, head[1:])
    return None
