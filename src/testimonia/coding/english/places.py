"""Places and peoples: the gazetteer's names, names closed by “Province” or “River”, capitals that mean a state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.english.reading import Found, Reading, Term
from testimonia.coding.english.words import word_set

__all__ = ["Place", "find_demonyms", "find_places", "terms"]


class Place(NamedTuple):
    """A place at text[start:end]: gazetteer id or ISO code (None when only its form says it is a place)."""

    start: int
    end: int
    value: str | None
    ptype: str
    metonym: bool = False
    rule: str = "gazetteer"


_HEADS = {row["form"]: row["ptype"] for row in vocabulary.rows("en/place_heads")}
_HEAD = "|".join(sorted(_HEADS, key=len, reverse=True))
_CLOSED = re.compile(
    rf"(?:\s(?:Uyghur|Korean|Hui|Tibetan|Kazakh|Mongolian|Zhuang|Dai))?\s({_HEAD})\b(?!\s+(?:Department"
    rf"|Council|Court"
    r"|Public|Government|Committee|Party|Bureau|Administration|Police))"
)
_NAME = re.compile(r"((?:[A-ZÀ-Þ][\w’'ŏŭ-]+\s){1,3})$")
_NOT_NAME = word_set("not_in_place")
_SPEAKS = re.compile(
    r"(?:['’]s\s+(?:envoy|ambassador|government|officials?|position|policy|policies|stance|leaders?|rulers"
    r"|regime|refusal|decision|denial"
    r"|claim|response|demand|representative|diplomats?|foreign\s+ministry)\b)|\s+(?:has\s+|have\s+|had\s+"
    r"|also\s+|repeatedly\s+|"
    r"again\s+|later\s+|then\s+|still\s+|formally\s+|publicly\s+|officially\s+)*(?:say|said|deni|den(?:y"
    r"|ies)|reject|promis|pledg|claim|insist"
    r"|agree|refus|announc|accus|consider|maintain|argu|warn|vow|call|demand|urg|ask|order|rais|declin"
    r"|condemn|criticiz|criticis|respond|sign"
    r"|ratif|impos|ban|clos|reopen|introduc|told|made|wants?|treats?|views?|sees?|regards?|return(?:s"
    r"|ed)?\s|forcibly|deport|repatriat|expel"
    r"|must|should|will\b|would\b|tighten|stepped|began|launched|deployed|built|installed|paid|allocat"
    r"|offered|accept|acknowledg)\w*",
    re.I,
)
_OFFICE_IN = re.compile(
    r"\b(?:officials|authorities|government|leaders|leadership|regime|diplomats|ministers|rulers)\s+in\s+$", re.I
)
_DIRECTION = re.compile(
    r"\bthe (North|South)\b(?![\w-]|\s+(?:[A-Z]|of\b|side|bank|coast|end|part|and\s+(?:east|west)))"
)
_COMPASS = {"North": "PRK", "South": "KOR"}
_SHORT = 3  # acronyms of up to so many letters mean nothing in text without capitals


def _case(form: str) -> str:
    return "exact" if form.isupper() or "." in form else "title"


def terms() -> Iterator[Term]:
    """Countries, capitals, places, demonyms and the words that close a place's name."""
    for row in vocabulary.rows("en/countries"):
        for name in row["names"].split("|"):
            yield Term(name, "place", (row["iso"], "country"), _case(name))
        for name in filter(None, row["capitals"].split("|")):
            yield Term(name, "place", (row["iso"], "capital"), "title")
        for name in filter(None, row["demonyms"].split("|")):
            yield Term(name, "demonym", row["iso"], "title")
    for row in vocabulary.rows("en/peoples"):
        yield Term(row["form"], "demonym", row["norm"], "title")
    for row in vocabulary.rows("en/places"):
        yield Term(row["form"], "place", (row["id"], row["ptype"]), _case(row["form"]))
    for head, ptype in _HEADS.items():
        yield Term(head, "placehead", ptype, "title")


def find_places(reading: Reading, koreas: bool) -> list[Place]:
    """Places in text order. `koreas`: the document is about Korea, so that “the North” is a state."""
    text = reading.text
    found = [place for hit in reading.found.get("place", ()) if (place := _listed(reading, hit))]
    taken = {place.end for place in found}
    for start, end, term in reading.found.get("placehead", ()):
        place = None if end in taken else _closed_by(text, start, end, term.data)
        if place and not any(other.start < place.end and place.start < other.end for other in found):
            found.append(place)
    if koreas and "the " in text:
        for match in _DIRECTION.finditer(text):
            found.append(Place(*match.span(), _COMPASS[match[1]], "country", rule="compass"))
    return sorted(found)


def _listed(reading: Reading, hit: Found) -> Place | None:
    start, end, term = hit
    text = reading.text
    value, ptype = term.data
    if reading.damaged and end - start <= _SHORT:
        return None
    if ptype == "country":
        return None if _is_name_part(text, start, end) else Place(start, end, value, ptype)
    if ptype == "capital":
        acts = bool(_SPEAKS.match(text, end) or _OFFICE_IN.search(text, max(0, start - 24), start))
        if match := _CLOSED.match(text, end):
            end = match.end()
        return Place(start, end, value if acts else f"{value}-{term.form}", ptype, acts)
    if match := _CLOSED.match(text, end):
        end, ptype = match.end(), _HEADS[match[1]]
    return Place(start, end, value, ptype)


_PERSON_LIKE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Michael|Air|Prince|Princess|Air)\.?\s$")


def _is_name_part(text: str, start: int, end: int) -> bool:
    """Michael Jordan, and US in US$."""
    return text[end : end + 1] == "$" or bool(_PERSON_LIKE.search(text, max(0, start - 9), start))


def _closed_by(text: str, start: int, end: int, ptype: str) -> Place | None:
    match = _NAME.search(text, max(0, start - 48), start)
    if match is None:
        return None
    words = match[1].split()
    while words and (words[0] in _NOT_NAME or words[0].endswith(("’s", "'s"))):
        words.pop(0)
    if (
        not words
        or words[-1] in _NOT_NAME - {"Uyghur", "Tibetan", "Hui", "Kazakh", "Korean"}
        or any(w.endswith(("’s", "'s")) for w in words)
    ):
        return None
    begun = text.rindex(words[0], 0, start)
    return Place(begun, end, None, ptype, rule="place-head")


def find_demonyms(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Peoples and adjectives of countries: start, end, norm."""
    for start, end, term in reading.found.get("demonym", ()):
        yield start, end, term.data
