"""Acts and measures: lexicon patterns, told apart by who acts and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from testimonia import vocabulary
from testimonia.coding.english.modality import moods_before, moods_in
from testimonia.coding.english.patterns import Tail, expand, openings
from testimonia.coding.english.reading import Found, Reading, Term
from testimonia.coding.english.words import word_set

__all__ = ["Act", "find_acts", "find_measures", "terms"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One meaning of a head. `loose`: the tail takes whatever words follow."""

    tail: Tail | None
    loose: bool
    code: str
    other: str
    flag: str
    openings: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act or a measure at text[start:end]."""

    start: int
    end: int
    code: str
    cue: str
    status: str = ""


_TOPIC = re.compile(
    r"(?:-related)?\s+(?:facilit\w+|cent(?:er|re)s?|camps?|systems?|conditions?|houses?|sites?|cells?"
    r"|polic(?:y|ies)|regimes?|procedures?|chambers?|rooms?|measures|statistics"
    r"|report(?!ed)\w*|prevention|industry|networks?|laws?|legislation|units?|task\s+force|office|trends?"
    r"|database|rings?|convention|protocol|status|profile|section|powers?|center)\b",
    re.I,
)
_BARE = word_set("topic")
_AGAINST = re.compile(
    r"\b(?:anti|counter|combat\w*|against|prevent(?:ion|ing)?\s+(?:of)?|fight(?:ing)?|victims?\s+of"
    r"|definition\s+of|convention\s+against|prohibit\w*|eliminat\w+|ban\s+on)[\s-]+$",
    re.I,
)
_VOLUNTARY = re.compile(r"\b(?:voluntar\w+|assisted)\s+(?:\w+\s+)?$", re.I)
_GOT_OFF = re.compile(
    r"\s+(?:with (?:mere |only |just |a |light )|without )?(?:\w+ )?(?:dismissal|punishment|reprimand|fine|warning"
    r"|justice|prosecution|liability|accountability|criticism|notice|detection|attention|scrutiny|sanctions?|blame)\b"
)
_DOMESTIC = re.compile(r"\b(?:domestic|family|intimate partner)\s+$", re.I)
_DEATH = re.compile(
    r"\b(?:sentenc\w+|punish\w*|penalt\w+|imprison\w*|forced\s+lab\w+|labor\s+camp|tortur\w*|execut\w*"
    r"|confiscation|detention|condemn\w*)\b[^.;]{0,160}(?:,\s+(?:or\s+|and\s+)?"
    r"|\bor\s+|\bincluding\s+|\beven\s+|\bto\s+|\band\s+)(?:even\s+)?(?P<death>death)\b(?!\s+(?:toll|rate"
    r"|certificate|of|in|from|threat|penalt|sentence|row))",
    re.I,
)
_GENERAL = frozenset({"law_and_policy", "detention_practice", "aid", "legislative_plan"})
_TAIL = 240  # characters that the words between a head and its tail may take
_PARTS = re.compile(r"[\s“”\"‘’'(]+$")


@cache
def _entries(table: str) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    code, other, flag = ("code", "other", "flag") if table == "en/acts" else ("mtype", "status", "status")
    for row in vocabulary.rows(table):
        pattern = row["pattern"]
        forms, tail = expand(pattern)
        entry = _Entry(tail, pattern.endswith("..."), row[code], row[other], row[flag], openings(pattern))
        for form in dict.fromkeys(map(str.lower, forms)):
            found.setdefault(form, []).append(entry)
    return {form: tuple(entries) for form, entries in found.items()}


def terms() -> Iterator[Term]:
    """The heads of the patterns of acts and of measures."""
    for form, entries in _entries("en/acts").items():
        yield Term(form, "act", entries, every=True)
    for form, entries in _entries("en/measures").items():
        yield Term(form, "measure", entries, every=True)


def _matches(reading: Reading, hit: Found) -> Iterator[tuple[int, int, _Entry]]:
    start, end, term = hit
    following: set[str] | None = None
    for entry in term.data:
        if entry.tail is None:
            yield start, end, entry
            continue
        if following is None:
            following = set(reading.folded[end : end + _TAIL].split())
        if entry.openings is not None and entry.openings.isdisjoint(following):
            continue
        if (match := entry.tail.match(reading.text, end)) and (match.end() > end or entry.tail.pattern == ""):
            stop = match.end()
            yield start, stop - len((_PARTS.search(reading.text, end, stop) or [""])[0]), entry


def _longest(found: list[tuple[int, int, _Entry]]) -> list[tuple[int, int, _Entry]]:
    """Longer spans win over shorter ones they overlap."""
    kept: list[tuple[int, int, _Entry]] = []
    for span in sorted(found, key=lambda item: (item[0] - item[1], item[2].loose, item[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda item: item[0])


def find_acts(reading: Reading, closed: Sequence[tuple[int, int]]) -> list[Act]:
    """Acts of a passage in text order; none within `closed` (names of laws and bodies) or in a heading."""
    text = reading.text
    found = [
        match for hit in reading.found.get("act", ()) if hit[0] >= reading.heading for match in _matches(reading, hit)
    ]
    found += _deaths(reading)
    if not found:
        return []
    inside = [item for item in found if not _is_forbidden(reading, item[0])]
    inside = [item for item in inside if not any(s <= item[0] and item[0] < e for s, e in closed)]
    acts = []
    for start, end, entry in _longest([item for item in inside if not _is_topic(text, item)]):
        code = _settled(reading, start, entry)
        if code:
            acts.append(Act(start, end, code, text[start:end]))
    return acts


def _is_forbidden(reading: Reading, start: int) -> bool:
    """“The law prohibits torture” says nothing of torture done."""
    begin, _ = reading.sentence(start)
    end = moods_before(reading, max(begin, start - 90), start).get("forbidden")
    return end is not None and not any(
        barrier in reading.text[end:start] for barrier in (".", ";", " but ", " from ", " to ")
    )


def _deaths(reading: Reading) -> Iterator[tuple[int, int, _Entry]]:
    if "death" in reading.text:
        for match in _DEATH.finditer(reading.text):
            yield *match.span("death"), _Entry(None, False, "state.death_penalty", "", "")


def _is_topic(text: str, item: tuple[int, int, _Entry]) -> bool:
    """“detention facilities”, “efforts against trafficking”: a topic is named, nothing is said to have been done."""
    start, end, entry = item
    last = text[start:end].rsplit(None, 1)[-1].lower()
    if entry.code == "journey.escape" and _GOT_OFF.match(text, end):
        return True
    if last == "violence" and _DOMESTIC.search(text, max(0, start - 24), start):
        return True
    if entry.code == "state.forced_return" and _VOLUNTARY.search(text, max(0, start - 30), start):
        return True
    return last in _BARE and (bool(_TOPIC.match(text, end)) or bool(_AGAINST.search(text, max(0, start - 24), start)))


def _settled(reading: Reading, start: int, entry: _Entry) -> str | None:
    """The code that fits who acts; None where a deprivation is not one of people who are held."""
    if entry.flag == "damaged":
        return entry.code if reading.damaged else None
    if not entry.other and not entry.flag:
        return entry.code
    begin, finish = reading.sentence(start)
    near, around = moods_in(reading, begin, finish), moods_in(reading, 0, len(reading.text))
    state = "state" in near
    trade = "trade" in near or ("trade" in around and "state" not in around)
    if not around & {"state", "trade"}:
        trade = reading.setting == "trade"
    if entry.flag == "trade":
        return entry.code if trade else None
    if entry.other and trade and not state:
        return entry.other
    if entry.flag == "custody" and "custody" not in around:
        return entry.other if trade and entry.other else None
    return entry.code


def find_measures(reading: Reading, closed: Sequence[tuple[int, int]]) -> list[Act]:
    """Measures of a passage in text order."""
    found = [
        match
        for hit in reading.found.get("measure", ())
        if hit[0] >= reading.heading
        for match in _matches(reading, hit)
    ]
    kept = [item for item in found if not any(s <= item[0] and item[1] <= e for s, e in closed)]
    return [Act(s, e, _kind(entry, kept, s, e), reading.text[s:e], entry.flag) for s, e, entry in _longest(kept)]


def _kind(entry: _Entry, found: Sequence[tuple[int, int, _Entry]], start: int, end: int) -> str:
    """“authorities set up …” gives the span; the words inside it say more closely what was set up."""
    if entry.code not in _GENERAL:
        return entry.code
    inside = [item for item in found if start <= item[0] and item[1] <= end and item[2].code not in _GENERAL]
    return max(inside, key=lambda item: (not item[2].loose, item[1] - item[0]))[2].code if inside else entry.code
