"""All Korean word lists in one automaton, run once over a paragraph without its spaces.

Spacing is optional in Korean and lost in scans, so forms are matched against the text with white space
removed; a hit must begin where a word begins, unless the text is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.gazetteer import load_gazetteer
from testimonia.coding.korean.conjugation import expand, stems
from testimonia.coding.korean.segments import Paragraph
from testimonia.coding.lexicon import Lexicon

__all__ = ["Found", "is_hangul", "load", "longest", "names_of", "search"]

Row = Mapping[str, str]

_ENDING = re.compile(r"[고는지며면다던기게자네니나려러도서야았었였은을으아어여거습죠질긴길겠든데인음습란라군구]")
_PLACE_POLICY = "ko/place_words"


class Found(NamedTuple):
    """A form at text[start:end] of a paragraph, its row and the list it comes from."""

    start: int
    end: int
    row: Row
    group: str
    word_start: bool


def is_hangul(char: str) -> bool:
    """Whether a character is a Hangul syllable."""
    return "가" <= char <= "힣"


def _row(row: Row, form: str, bare: bool) -> Row:
    return MappingProxyType({**row, "form": form, "boundary": "none", "bare": "1" if bare else ""})


def _written_out(rows: Iterable[Row]) -> Iterator[Row]:
    """Each entry in every form the text may have it."""
    for row in rows:
        for form in expand(row["form"]):
            if row["kind"] in ("verb", "ctx"):
                yield from (_row(row, stem, stem == form[:-1]) for stem in stems(form))
            else:
                yield _row(row, form, False)


def _places() -> Iterator[Row]:
    policies = {row["form"]: row["policy"] for row in vocabulary.rows(_PLACE_POLICY)}
    for row in (*load_gazetteer().rows("ko"), *vocabulary.rows("ko/places")):
        form = row["form"].replace(" ", "")
        policy = policies.get(form) or _default_policy(row, form)
        if policy != "never":
            yield MappingProxyType({**row, "form": form, "boundary": "none", "policy": policy})


def _default_policy(row: Row, form: str) -> str:
    if row.get("ambiguous") or row.get("policy") == "context":
        return "context"
    known = row["ptype"] in ("country", "river", "border", "region", "sea") or row["country"] in ("PRK",)
    if known or row["id"][:2] in ("21", "22", "23") or len(form) >= 3 or row.get("policy") == "sure":
        return "sure"
    return "context"


@cache
def names_of(country: str) -> str:
    """Names of the places of a country that are no ordinary words, as alternatives of a regular expression."""
    rows = [row for row in _places() if row["country"] == country and row["policy"] in ("sure", "locative")]
    return "|".join(re.escape(form) for form in sorted({row["form"] for row in rows}, key=len, reverse=True))


@cache
def load() -> Lexicon:
    """The automaton over acts, measures, organisations, laws, roles and places, built once."""
    groups = {
        name: list(_written_out(vocabulary.rows(f"ko/{name}")))
        for name in ("acts", "measures", "orgs", "laws", "roles")
    }
    return Lexicon.merged({**groups, "places": list(_places())}, fold=False, words=False)


def search(paragraph: Paragraph) -> list[Found]:
    """All hits in a paragraph, in order of their end; overlapping ones too."""
    text, solid = paragraph.text, paragraph.solid
    found = []
    for hit in load().find_all(solid):
        begin = paragraph.at(hit.start)
        word_start = begin == 0 or not is_hangul(text[begin - 1])
        if not word_start and not paragraph.damaged and hit.end - hit.start < 3:
            continue
        end = paragraph.at(hit.end - 1) + 1
        ended = end == len(text) or not is_hangul(text[end])
        if hit.row.get("bare") and not ended and not _ENDING.match(solid, hit.end):
            continue
        found.append(Found(begin, end, hit.row, hit.group, word_start))
    return found


def longest(found: Sequence[Found]) -> list[Found]:
    """Leftmost-longest hits that do not overlap, in text order."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
