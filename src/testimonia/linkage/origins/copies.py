"""Passages that are copies of one another, found by fingerprints of their characters.

Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting (SIGMOD 2003): of every
window of consecutive character n-grams the one with the least hash is kept, so that a copied stretch of at
least window + n - 1 characters is always seen. Two passages are copies by the share of the smaller one's
fingerprints that the other has (containment).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from testimonia.linkage.origins.groups import Groups
from testimonia.model import Document, Passage

__all__ = ["Copy", "Place", "copies", "fingerprints"]

GRAM = {"latin": 8, "cjk": 4}  # characters of an n-gram
DOUBLINGS = {"latin": 4, "cjk": 3}  # the window is 2 to the power of this many n-grams
SHORTEST = {"latin": 90, "cjk": 36}  # characters that a passage must have to be compared
CONTAINED = 0.6  # share of the smaller passage's fingerprints that makes a copy
CONTAINED_SHORT = 0.85  # the same where fewer than SURE fingerprints speak for it
SURE = 8
FEWEST = 4  # shared fingerprints below which nothing is compared
STOCK = 24  # passages in which a fingerprint may stand before it is a stock phrase
IGNORED = re.compile(r"[\W_]+")
CJK = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
ROLES = frozenset({"body", "quote"})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A passage: number of the document, number of the passage in it."""

    document: int
    passage: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Two passages with the same text, and the share of the smaller one that the other has (0 to 1)."""

    a: Place
    b: Place
    share: float


def plain(text: str) -> str:
    """The letters and digits of a text, case folded, without anything between them."""
    return IGNORED.sub("", text.casefold())


def script(text: str) -> str:
    """ "cjk" where at least a fifth of the characters are Hangul or Han, else "latin"."""
    sample = text[:400]
    return "cjk" if len(CJK.findall(sample)) * 5 >= len(sample) else "latin"


def fingerprints(text: str) -> frozenset[int]:
    """The winnowed fingerprints of a text: n-grams of 8 characters, of 4 in Korean and Chinese."""
    letters = plain(text)
    kind = script(letters)
    return _winnow(letters, GRAM[kind], DOUBLINGS[kind])


def _winnow(letters: str, size: int, doublings: int) -> frozenset[int]:
    data, step = letters.encode("utf-32-le"), 4 * size
    least = [crc32(data[i : i + step]) for i in range(0, len(data) - step + 4, 4)]
    reach = 1
    for _ in range(doublings):
        if len(least) <= reach:
            break
        least = list(map(min, least, least[reach:]))
        reach *= 2
    return frozenset(least)


def copies(documents: Sequence[Document]) -> list[Copy]:
    """All pairs of copied passages of different documents; of many equal ones, each with the first.

    Passages shorter than a few sentences, titles, tables and boilerplate are not compared. Time grows with
    the text, and with the number of passages that share rare phrases.
    """
    marks: dict[Place, frozenset[int]] = {}
    equal: dict[str, list[Place]] = defaultdict(list)
    for place, passage in _passages(documents):
        letters = plain(passage.text)
        kind = script(letters)
        if len(letters) >= SHORTEST[kind]:
            equal[letters].append(place)
            if len(equal[letters]) == 1:
                marks[place] = _winnow(letters, GRAM[kind], DOUBLINGS[kind])
    return [*_equals(equal.values()), *_near(marks)]


def _passages(documents: Sequence[Document]) -> Iterator[tuple[Place, Passage]]:
    for number, document in enumerate(documents):
        for index, passage in enumerate(document.passages):
            if passage.role in ROLES:
                yield Place(number, index), passage


def _equals(groups: Iterable[list[Place]]) -> Iterator[Copy]:
    for places in groups:
        for place in places[1:]:
            if place.document != places[0].document:
                yield Copy(places[0], place, 1.0)


def _near(marks: Mapping[Place, frozenset[int]]) -> Iterator[Copy]:
    for (a, b), shared in _candidates(marks).items():
        if shared < FEWEST:
            continue
        smaller = min(len(marks[a]), len(marks[b]))
        both = len(marks[a] & marks[b])
        share = both / smaller
        if share >= (CONTAINED if both >= SURE else CONTAINED_SHORT):
            yield Copy(a, b, share)


def _candidates(marks: Mapping[Place, frozenset[int]]) -> Counter[tuple[Place, Place]]:
    """How many rare fingerprints two passages of different documents share."""
    first: dict[int, int] = {}
    shared: set[int] = set()
    for place, held in marks.items():
        shared.update(mark for mark in held if first.setdefault(mark, place.document) != place.document)
    del first
    standing: dict[int, list[Place]] = defaultdict(list)
    for place, held in marks.items():
        for mark in held & shared:
            standing[mark].append(place)
    pairs: Counter[tuple[Place, Place]] = Counter()
    for places in standing.values():
        if len(places) <= STOCK:
            pairs.update((a, b) for a, b in combinations(places, 2) if a.document != b.document)
    return pairs


def groups(found: Sequence[Copy]) -> Groups[Place]:
    """The passages that are copies of one another, as sets."""
    joined: Groups[Place] = Groups()
    for copy in found:
        joined.join(copy.a, copy.b, f"{copy.share:.0%} of the text is the same")
    return joined
