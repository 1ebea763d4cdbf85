"""A text cut for reading: sheets of some ten thousand characters, paragraphs in them, and stretches in those.

Everything here is plain: what a page draws, and what a script is handed as JSON. Offsets are code points of the
rendering, half-open. A sheet is made of its own paragraphs and codings alone, so that its cost does not grow with
the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from testimonia.casebook import Casebook
from testimonia.model import Document, Page, Passage

__all__ = [
    "SHEET",
    "Outline",
    "Piece",
    "clean",
    "cut",
    "first_waiting",
    "neighbours",
    "outline",
    "sheet",
    "sheet_at",
    "shown",
]

SHEET = 10_000  # code points: some five printed pages, sent in about 20 KB with all that is coded in them
_BREAK = re.compile(r"[\s。！？.!?]")
# What a browser would not keep as it is: a page shows one character for one, so that offsets hold.
_SHOWN = {0: "\ufffd", 0x0D: " "} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ODD = re.compile("[\0\r\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or what of one lies on one page or sheet; `begins` is false where it goes on from the piece before.

    `role` is that of its passage, `between` where the text stands in no passage.
    """

    start: int
    end: int
    role: str
    language: str
    damaged: bool = False
    begins: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """One document and where it is cut: `pieces` in text order, and the first piece of each sheet."""

    document: Document
    pieces: tuple[Piece, ...]
    first: tuple[int, ...]

    def span(self, number: int) -> tuple[int, int]:
        """Start and end of a sheet, from zero. Sheets lie end to end and cover the text. IndexError for another."""
        starts = self.first
        if not 0 <= number < len(starts):
            raise IndexError(f"There are {len(starts)} sheets, and none with the number {number}.")
        start = self.pieces[starts[number]].start if number else 0
        last = number + 1 == len(starts)
        return start, len(self.document.text) if last else self.pieces[starts[number + 1]].start

    def of(self, number: int) -> tuple[Piece, ...]:
        """The pieces of a sheet."""
        last = self.first[number + 1] if number + 1 < len(self.first) else len(self.pieces)
        return self.pieces[self.first[number] : last]


def outline(book: Casebook, file_sha256: str) -> Outline:
    """Cut a document of a casebook. Raises KeyError when the file is not here."""
    return cut(book.document(file_sha256, codings=False))


def cut(document: Document) -> Outline:
    """Cut a document into pieces and sheets; its codings play no part."""
    pieces = tuple(_pieces(document))
    return Outline(document, pieces, tuple(_sheets(pieces)))


def neighbours(order: Sequence[str], file_sha256: str) -> tuple[str | None, str | None]:
    """The documents before and after one, in the order of their paths."""
    if file_sha256 not in order:
        return None, order[0] if order else None
    at = order.index(file_sha256)
    return order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None


def sheet_at(told: Outline, offset: int) -> int:
    """The number of the sheet in which a character stands; the last one for what lies behind the text."""
    starts = [told.span(number)[0] for number in range(len(told.first))]
    return bisect_right(starts, offset) - 1


def first_waiting(told: Outline, codings_of: Callable[[int], Sequence[Mapping[str, Any]]]) -> int:
    """The first sheet on which a coding waits to be judged, to go on where one left off; 0 where none does."""
    waiting = (number for number in range(len(told.first)) if any(map(_waits, codings_of(number))))
    return next(waiting, 0)


def _waits(coding: Mapping[str, Any]) -> bool:
    return bool(coding["state"] == "suggested")


# Cutting ---------------------------------------------------------------------------------------------------


def _pieces(document: Document) -> Iterator[Piece]:
    edges = sorted({page.start for page in document.pages if page.kind != "cell"})
    for passage in _complete(document):
        damaged = "damaged_text" in passage.flags
        stops = [passage.start, *_stops(document.text, passage, edges), passage.end]
        for start, end in pairwise(stops):
            yield Piece(start, end, passage.role, passage.language, damaged, start == passage.start)


def _complete(document: Document) -> Iterator[_Stretch]:
    """The passages, and what stands between them where that is not only white space: nothing is left out."""
    at = 0
    for passage in document.passages:
        yield from _between(document.text, at, passage.start)
        if passage.end > passage.start:
            yield _stretch(passage)
        at = max(at, passage.end)
    yield from _between(document.text, at, len(document.text))


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    role: str
    language: str
    flags: frozenset[str] = frozenset()


def _stretch(passage: Passage) -> _Stretch:
    return _Stretch(passage.start, passage.end, passage.role, passage.language, passage.flags)


def _between(text: str, start: int, end: int) -> Iterator[_Stretch]:
    if text[start:end].strip():
        yield _Stretch(start, end, "between", "und")


def _stops(text: str, passage: _Stretch, edges: Sequence[int]) -> list[int]:
    """Where a passage is cut: at pages, and where it is longer than a sheet (a book without a line break)."""
    stops = list(edges[bisect_right(edges, passage.start) : bisect_left(edges, passage.end)])
    at = passage.start
    for edge in [*stops, passage.end]:
        while edge - at > SHEET:
            at = _good_break(text, at)
            stops.append(at)
        at = edge
    return sorted(stops)


def _good_break(text: str, start: int) -> int:
    """Behind the last white space or full stop of what fits on a sheet."""
    for at in range(start + SHEET, start + SHEET // 2, -1):
        if _BREAK.match(text[at - 1]):
            return at
    return start + SHEET


def _sheets(pieces: Sequence[Piece]) -> Iterator[int]:
    yield 0
    start = pieces[0].start if pieces else 0
    for index, piece in enumerate(pieces):
        if index and piece.end - start > SHEET:
            yield index
            start = piece.start


# One sheet -------------------------------------------------------------------------------------------------


def sheet(told: Outline, number: int, codings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A sheet as a page draws it: blocks (page marks and paragraphs) in order; `codings` are those that touch it.

    A paragraph is cut at every boundary of a coding; each stretch names the codings over it by id, innermost first.
    IndexError for a sheet that is not there.
    """
    start, end = told.span(number)
    text = told.document.text
    sweep = _Sweep(codings)
    marks = _page_marks(told.document.pages, start, end, last=number + 1 == len(told.first))
    blocks: list[dict[str, Any]] = []
    for piece in told.of(number) if told.pieces else ():
        while marks and marks[0].start <= piece.start:
            blocks.append(_page(marks.pop(0)))
        blocks.append(_block(piece, text, sweep, _cell(told.document.pages, piece)))
    blocks += map(_page, marks)
    return {"number": number, "start": start, "end": end, "sheets": len(told.first), "blocks": blocks}


def _page_marks(pages: Sequence[Page], start: int, end: int, *, last: bool) -> list[Page]:
    """The pages that begin on a sheet and are worth saying: more than one, or one that was not read whole."""
    several = len(pages) > 1
    said = [page for page in pages if page.verdict != "complete" or (several and page.kind != "cell")]
    return [page for page in said if start <= page.start < end or (last and page.start >= end)]


def _page(page: Page) -> dict[str, Any]:
    return {"page": clean(page.label), "kind": page.kind, "verdict": page.verdict, "reason": clean(page.reason or "")}


def _cell(pages: Sequence[Page], piece: Piece) -> str:
    """The range of cells a row of a table stands in."""
    at = bisect_right(pages, piece.start, key=lambda page: page.start) - 1
    return clean(pages[at].label) if at >= 0 and pages[at].kind == "cell" else ""


def _block(piece: Piece, text: str, sweep: _Sweep, cell: str) -> dict[str, Any]:
    return {
        "start": piece.start,
        "role": piece.role,
        "lang": "" if piece.language == "und" else piece.language,
        "damaged": piece.damaged,
        "begins": piece.begins,
        "cell": cell,
        "stretches": [
            {"start": start, "text": clean(text[start:end]), "over": over}
            for start, end, over in sweep.stretches(piece.start, piece.end)
        ],
    }


class _Sweep:
    """Goes once through the boundaries of all codings of a sheet, from its start to its end."""

    def __init__(self, codings: Sequence[Mapping[str, Any]]) -> None:
        self._codings = sorted(codings, key=lambda coding: (coding["start"], -coding["end"]))
        self._edges = sorted({coding[edge] for coding in codings for edge in ("start", "end")})
        self._next = 0
        self._open: list[Mapping[str, Any]] = []

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, list[str]]]:
        """The stretches of a piece and the ids of the codings over each. Pieces come in text order."""
        inner = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        for left, right in pairwise([start, *inner, end]):
            self._open = [coding for coding in self._open if coding["end"] > left]
            while self._next < len(self._codings) and self._codings[self._next]["start"] < right:
                coding = self._codings[self._next]
                self._next += 1
                if coding["end"] > left:
                    self._open.append(coding)
            yield left, right, [coding["id"] for coding in sorted(self._open, key=_depth)]


def _depth(coding: Mapping[str, Any]) -> tuple[bool, int, int]:
    """What lies on top: what was not rejected, and of that the shortest."""
    return coding["state"] == "rejected", coding["end"] - coding["start"], -coding["start"]


def clean(text: str) -> str:
    """A text as a page can hold it, character for character: what no page may hold is shown as a replacement mark."""
    return text.translate(_SHOWN) if _ODD.search(text) else text


def shown(value: Any) -> Any:
    """A plain value in which every text is as `clean` gives it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(name): shown(one) for name, one in value.items()}
    return [shown(one) for one in value] if isinstance(value, list) else value
