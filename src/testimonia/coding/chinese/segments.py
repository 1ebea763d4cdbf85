"""Sentences and clauses of a reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from testimonia.model import Passage

__all__ = ["Segments", "pieces", "segments"]

_LONG = 900  # characters of a piece that is read at once

_SENTENCE = re.compile(r"[。！？!?]+[”）\"]*|\n+")
_CLAUSE = re.compile(r"[，。；：！？!?\n,]|——")


@dataclass(frozen=True, slots=True)
class Segments:
    """Where sentences and clauses begin; both lists hold the length of the text last."""

    sentence_starts: list[int]
    clause_starts: list[int]
    clause_ends: list[int]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds position `at`, its mark included."""
        i = bisect_right(self.sentence_starts, at) - 1
        i = min(i, len(self.sentence_starts) - 2)
        return self.sentence_starts[i], self.sentence_starts[i + 1]

    def clause(self, at: int) -> tuple[int, int]:
        """The clause that holds position `at`, without its mark."""
        i = bisect_right(self.clause_starts, at) - 1
        return self.clause_starts[i], max(self.clause_ends[i], at)


def pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in stretches of whole sentences, so that the work grows with the length and no faster."""
    text, start = passage.text, 0
    while len(text) - start > _LONG:
        ends = [m.end() for m in _SENTENCE.finditer(text, start + _LONG // 2, start + _LONG)]
        end = ends[-1] if ends else start + _LONG
        yield replace(passage, start=passage.start + start, end=passage.start + end, text=text[start:end])
        start = end
    yield replace(passage, start=passage.start + start, text=text[start:]) if start else passage


def segments(text: str) -> Segments:
    """Cut a text; quotation marks and brackets close the sentence they end."""
    sentences = [0, *(m.end() for m in _SENTENCE.finditer(text) if m.end() < len(text)), len(text)]
    starts, ends = [0], []
    for mark in _CLAUSE.finditer(text):
        ends.append(mark.start())
        starts.append(mark.end())
    ends.append(len(text))
    return Segments(sentences, starts, ends)
