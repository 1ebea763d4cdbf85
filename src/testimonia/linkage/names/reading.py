"""From a name as written to its lattice: which script it is in, what is no name, what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from math import log

from testimonia import vocabulary
from testimonia.linkage.names.jamo import is_syllable
from testimonia.linkage.names.latin import Word, romanised, words
from testimonia.linkage.names.lattice import Found, Lattice, Node, Reading, merged
from testimonia.linkage.names.letters import is_han, partings

__all__ = ["read"]

LONGEST = 120  # characters of a name that are looked at
RAW_WORDS = 4
LEFT_OUT = "모某"  # a certain
EXTRA_WORD = 16.0  # what it costs to leave out a word
FOREIGN, LETTER = -10.0, 2.4  # log share of names that are neither Korean nor Chinese, and of each of their letters
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
    """Without a title that stands apart, without 씨 at the end, and without what stands for a name left out: 김모."""
    parts = text.split()
    if len(parts) > 1 and parts[-1] in _titles("after"):
        return "".join(char for char in "".join(parts[:-1]) if char in letters)
    name = letters[:-1] if len(letters) > 2 and letters[-1] == "씨" else letters
    return name[:-1] if len(name) in (2, 3) and name[-1] in LEFT_OUT else name


def _east(text: str, whole: str) -> list[Found]:
    return list(partings(text)) if 0 < len(text) <= 6 else _raw(whole[:48])


def _west(text: str) -> list[Found]:
    found = tuple(word for word in words(text) if not _is_filler(word))
    foreign = _raw(text)
    if not 0 < len(found) <= 5:
        return foreign
    comma = _has_comma(text)
    return [*romanised(found, comma), *_without_one(found, comma), *foreign]


def _is_filler(word: Word) -> bool:
    """A title, or letters that stand for a name left out: Kim XX."""
    return word.parts[0].strip(".") in _titles("before") or set("".join(word.parts)) == {"x"}


def _without_one(found: Sequence[Word], comma: bool) -> list[Found]:
    """Readings of three words and more that leave out one at either end: Grace Young-hee Kim."""
    if len(found) < 3:
        return []
    weighed = (one for row in (found[1:], found[:-1]) for one in romanised(row, comma))
    return [Found(one.weight - EXTRA_WORD, one.build) for one in weighed]


def _has_comma(text: str) -> bool:
    return re.match(r"^\s*[\w'’\-]+\s*,", text) is not None


def _raw(text: str) -> list[Found]:
    """Words that are no Korean or Chinese name: compared letter by letter, in any order."""
    parts = sorted({"".join(word.parts) for word in words(text)} or {BLANK.sub("", text).casefold()})
    nodes = tuple(Node(part[:32], "raw", {}) for part in parts[:RAW_WORDS] if part)
    letters = sum(len(part) for part in parts)
    return [Found(FOREIGN - LETTER * letters, lambda: (None, nodes))] if nodes else []
