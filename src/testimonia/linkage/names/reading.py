"""From a name as written to its lattice: which script it is in, what is no name, what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from math import log

from testimonia import vocabulary
from testimonia.linkage.names.jamo import is_syllable
from testimonia.linkage.names.latin import romanised, words
from testimonia.linkage.names.lattice import Found, Lattice, Node, Reading, merged
from testimonia.linkage.names.letters import is_han, partings

__all__ = ["read"]

LONGEST = 120  # characters of a name that are looked at
RAW_WORDS = 4
BLANK = re.compile(r"[\s\W_]+")


@lru_cache(maxsize=65536)
def read(name: str) -> Lattice:
    """The lattice of a name as written; without readings where there is none ("unknown", "미상", "不详", "").

    Only the first 120 characters are looked at.
    """
    text = unicodedata.normalize("NFKC", name[: 4 * LONGEST])[:LONGEST]
    if _absent(text):
        return Lattice()
    forms = [found for form in _forms(text) if (found := _found(form))]
    if not forms:
        return Lattice()
    return _mixture([merged(found) for found in forms])


def _absent(text: str) -> bool:
    plain = BLANK.sub("", text).casefold()
    return not plain or plain in _absences() or not any(char.isalpha() for char in plain)


@cache
def _absences() -> frozenset[str]:
    return frozenset(row["form"] for row in vocabulary.rows("names/absent"))


@cache
def _titles(place: str) -> frozenset[str]:
    return frozenset(row["form"] for row in vocabulary.rows("names/titles") if row["place"] == place)


def _forms(text: str) -> list[str]:
    """A name and what stands beside it in brackets or after a slash: several forms of one name."""
    found = [one for one in re.split(r"[()\[\]{}/;<>（）【】「」『』|=]|\baka\b|\ba\.k\.a\.", text) if not _absent(one)]
    return list(dict.fromkeys(one.strip() for one in found))[:3]


def _mixture(found: Sequence[Lattice]) -> Lattice:
    return found[0] if len(found) == 1 else merged([_again(one) for lattice in found for one in lattice.readings])


def _again(reading: Reading) -> Found:
    return Found(log(reading.weight), lambda: (reading.surname, reading.given))


def _found(text: str) -> list[Found]:
    """All readings of one form in one script; of mixed scripts, those of the one with most letters."""
    hangul = "".join(char for char in text if is_syllable(char))
    han = "".join(char for char in text if is_han(char))
    if hangul and len(hangul) >= len(han):
        return _east(_untitled(text, hangul), hangul)
    if han:
        return _east(_untitled(text, han), han)
    return _west(text)


def _untitled(text: str, letters: str) -> str:
    """Without a title that stands apart, and without 씨 at the end."""
    parts = text.split()
    if len(parts) > 1 and parts[-1] in _titles("after"):
        return "".join(char for char in "".join(parts[:-1]) if char in letters)
    return letters[:-1] if len(letters) > 2 and letters[-1] == "씨" else letters


def _east(text: str, whole: str) -> list[Found]:
    return list(partings(text)) if 0 < len(text) <= 6 else _raw(whole[:48])


def _west(text: str) -> list[Found]:
    found = tuple(word for word in words(text) if word.parts[0].strip(".") not in _titles("before"))
    readings = romanised(found[:5], _has_comma(text)) if 0 < len(found) <= 5 else []
    return readings or _raw(text)


def _has_comma(text: str) -> bool:
    return re.match(r"^\s*[\w'’\-]+\s*,", text) is not None


def _raw(text: str) -> list[Found]:
    """Words that are no Korean or Chinese name: compared letter by letter, in any order."""
    parts = sorted({"".join(word.parts) for word in words(text)} or {BLANK.sub("", text).casefold()})
    nodes = tuple(Node(part[:32], "raw", {}) for part in parts[:RAW_WORDS] if part)
    return [Found(0.0, lambda: (None, nodes))] if nodes else []
