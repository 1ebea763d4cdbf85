"""Sentences and clauses of a reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Segments", "segments"]

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


def segments(text: str) -> Segments:
    """Cut a text; quotation marks and brackets close the sentence they end."""
    sentences = [0, *(m.end() for m in _SENTENCE.finditer(text) if m.end() < len(text)), len(text)]
    starts, ends = [0], []
    for mark in _CLAUSE.finditer(text):
        ends.append(mark.start())
        starts.append(mark.end())
    ends.append(len(text))
    return Segments(sentences, starts, ends)
