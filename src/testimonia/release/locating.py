"""Where in a document a character stands: on which page, and in which sentence.

Asked for every coding of a document, so what can be worked out once for all of them is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from testimonia.model import Page

__all__ = ["Pages", "Sentences"]

CLOSING = frozenset("”’\"')]")
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)|[。！？]|\n")


class Pages:
    """The pages, sheets and parts of a document, which may lie in one another."""

    def __init__(self, pages: Sequence[Page]) -> None:
        found = list(_innermost(pages))
        self._starts = [start for start, _ in found]
        self._pages = [page for _, page in found]

    def at(self, offset: int) -> Page | None:
        """Return the shortest page that holds the character at `offset`, of equal ones the first."""
        index = bisect_right(self._starts, offset) - 1
        return self._pages[index] if index >= 0 else None


def _innermost(pages: Sequence[Page]) -> Iterator[tuple[int, Page | None]]:
    """Each offset at which the innermost page changes, and what it is from there on."""
    coming = sorted((p.start, p.end - p.start, number) for number, p in enumerate(pages) if p.start < p.end)
    coming.reverse()
    open_: list[tuple[int, int]] = []
    for bound in sorted({bound for page in pages for bound in (page.start, page.end)}):
        while coming and coming[-1][0] <= bound:
            heappush(open_, coming.pop()[1:])
        while open_ and pages[open_[0][1]].end <= bound:
            heappop(open_)
        yield bound, pages[open_[0][1]] if open_ else None


class Sentences:
    """The sentences of a text, passage by passage."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[tuple[int, int], list[int]] = {}

    def start(self, low: int, high: int, offset: int) -> int:
        """Return where the sentence around `offset` begins in the passage from `low` to `high`.

        What lies before `offset` is read as if the text ended there.
        """
        if self._just_ended(low, offset):
            return offset
        if (low, high) not in self._ends:
            self._ends[low, high] = [found.end() for found in _SENTENCE_END.finditer(self._text, low, high)]
        ends = self._ends[low, high]
        index = bisect_right(ends, offset)
        return ends[index - 1] if index else low

    def _just_ended(self, low: int, offset: int) -> bool:
        last = offset - 1
        while last >= low and self._text[last] in CLOSING:
            last -= 1
        return last >= low and self._text[last] in ".!?"
