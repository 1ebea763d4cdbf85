"""One passage as the English rules see it: its text, its sentences, and the vocabulary found in it.

All vocabulary is found in one Aho-Corasick pass over the folded text. The forms carry the spaces that bound
them, so that no match inside a word ever enters Python.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ahocorasick

from testimonia.coding.english.segments import heading_end, sentence_starts
from testimonia.model import Part, Passage

__all__ = ["Found", "Reading", "Term", "Terms", "fold"]

_PUNCTUATION = "\t\n\r\x0b\x0c !\"#&'()*,-./:;<=>?@[\\]^_`{|}~\u00a0\u202f\u2009\u3000\u2010\u2011\u2012"
_PUNCTUATION += "\u2013\u2014\u2015\u2018\u2019\u201c\u201d\u201e\u2026\u2022\u00b7\u00ab\u00bb\ufeff\u200b\u02bc"


def fold(text: str) -> str:
    """Lower case, punctuation as spaces; exactly as long as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for mark in _PUNCTUATION:  # ten times as fast as one translation where a text is not plain ASCII
        if mark in lowered:
            lowered = lowered.replace(mark, " ")
    return lowered


@dataclass(frozen=True, slots=True)
class Term:
    """A form of the vocabulary. `case`: "" any, "title" begins with a capital, "exact" as written."""

    form: str
    group: str
    data: Any = None
    case: str = ""
    every: bool = False  # all hits are wanted, overlapping ones too


Found = tuple[int, int, Term]


class Terms:
    """All terms, findable in one pass."""

    def __init__(self, terms: Iterable[Term]) -> None:
        entries: dict[str, list[Term]] = {}
        for term in terms:
            entries.setdefault(f" {fold(term.form)} ", []).append(term)
        self._automaton = ahocorasick.Automaton()
        for key, found in entries.items():
            self._automaton.add_word(key, (len(key) - 1, tuple(found)))
        self._automaton.make_automaton()

    def find(self, text: str, folded: str, cased: bool) -> dict[str, list[Found]]:
        """Longest terms of each group in text order, none overlapping another of its group."""
        groups: dict[str, list[Found]] = {}
        for last, (length, terms) in self._automaton.iter(folded):
            start, end = last - length, last - 1
            for term in terms:
                if term.case and cased and not _written(term, text[start:end]):
                    continue
                found = groups.get(term.group)
                if found is None:
                    groups[term.group] = [(start, end, term)]
                    continue
                if term.every:
                    found.append((start, end, term))
                    continue
                while found and found[-1][0] > start:
                    found.pop()
                if not found or found[-1][1] <= start:
                    found.append((start, end, term))
                elif found[-1][0] == start and found[-1][1] < end:
                    found[-1] = (start, end, term)
        return groups


def _written(term: Term, quote: str) -> bool:
    if term.case == "title":
        return quote[0].isupper() or term.form[0].islower()
    return quote.replace("\u2019", "'") == term.form


@dataclass(slots=True)
class Reading:
    """A passage with what was found in it. Offsets are those of the passage; `base` leads to the rendering's."""

    passage: Passage
    text: str
    base: int
    damaged: bool
    folded: str
    found: Mapping[str, list[Found]]
    sentences: list[int]
    dates: list[tuple[int, int]] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)
    heading: int = 0
    moods: list[Found] = field(default_factory=list)
    mood_starts: list[int] = field(default_factory=list)
    won: str = "KRW"  # whose won the document speaks of where a passage does not say
    setting: str = ""  # who was last at work in the document: state or trade
    lived: list[tuple[int, int]] = field(default_factory=list)  # sentences told by those who lived it

    @classmethod
    def of(cls, passage: Passage, terms: Terms) -> Reading:
        text = passage.text
        damaged = "damaged_text" in passage.flags
        folded = fold(text)
        found = terms.find(text, f" {folded} ", cased=not damaged)
        heading = heading_end(text) if passage.role != "title" else 0
        return cls(passage, text, passage.start, damaged, folded, found, sentence_starts(text), heading=heading)

    def sentence(self, position: int) -> tuple[int, int]:
        """Bounds of the sentence around `position`."""
        at = bisect_right(self.sentences, position)
        return self.sentences[at - 1], self.sentences[at] if at < len(self.sentences) else len(self.text)

    def part(self, start: int, end: int, value: str | None = None) -> Part:
        """A named stretch, with the offsets of the rendering."""
        return Part(self.base + start, self.base + end, self.text[start:end], value)
