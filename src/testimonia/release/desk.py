"""The desk at which sections are written: cells with numbered sources, and tables cut at a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from testimonia.release.blocks import Cell, Limits, Notes, Picture, Table, Tone, ranges
from testimonia.release.evidence import Evidence
from testimonia.release.findings import Findings
from testimonia.release.wording import (
    counted,
)

__all__ = ["Desk", "around"]

BESIDE = 46.0  # letters shown on either side of a quote; a Korean or Chinese one takes the room of two


class Desk:
    """Findings, and the blocks made of them: sources are numbered as they are cited."""

    def __init__(self, found: Findings, notes: Notes, limits: Limits, pictures: Mapping[str, Picture]) -> None:
        self.found, self.notes, self.limits, self.pictures = found, notes, limits, pictures

    def quote(self, e: Evidence) -> Cell:
        """The words of a source, in their language, with a few words around them and its note."""
        before, words, after = around(e)
        return Cell(text=words, before=before, after=after, lang=e.language, notes=self.notes.cite(e), tone="quote")

    def quotes(self, evidence: Sequence[Evidence], most: int, file: str, text: str = "") -> Cell:
        """The first `most` of the quotes of `evidence`, one a line, and the rows of `file` that hold the rest."""
        shown = self.limits.take(min(len(evidence), most))
        items = [self.quote(e) for e in evidence[:shown]]
        if left := evidence[shown:]:
            items.append(Cell(text=f"{'' if not shown else 'and '}{file}, {_rows(left)}", tone="soft"))
        return Cell(text=text, items=tuple(items))

    def sources(self, evidence: Sequence[Evidence], text: str, tone: Tone = "", mark: str = "") -> Cell:
        """A text with the notes of its sources, as many as a statement may carry."""
        shown = self.notes.cite_all(evidence[: self.limits.statement])
        return Cell(text=text, notes=shown, more=len(evidence) - len(shown), tone=tone, mark=mark)

    def table(
        self,
        caption: str,
        head: Sequence[str],
        widths: Sequence[int],
        items: Sequence[Evidence],
        row: Callable[[Evidence], Sequence[Cell]],
        file: str,
        heading: str = "",
    ) -> Table:
        """A table of one row for each of `items`, cut at the limit, with the rows of `file` that are left."""
        shown = self.limits.take(len(items))
        left = items[shown:]
        more = f"{counted(len(left), 'row')} not shown here: {file}, {_rows(left)}." if left else ""
        rows = tuple(tuple(row(e)) for e in items[:shown])
        return Table(caption=caption, head=tuple(head), widths=tuple(widths), rows=rows, more=more, heading=heading)

    def picture(self, name: str) -> Iterator[Picture]:
        if name in self.pictures:
            yield self.pictures[name]


def around(e: Evidence) -> tuple[str, str, str]:
    """Return the words before a quote, the quote, and those after it, cut to a line."""
    return _last(e.before), " ".join(e.coding.quote.split()), _first(e.after)


def _first(text: str) -> str:
    kept = _fitting(text)
    if len(kept) == len(text):
        return text
    return (kept.rpartition(" ")[0] or kept).rstrip("… ") + " …"


def _last(text: str) -> str:
    kept = len(_fitting(text[::-1]))
    if kept == len(text):
        return text
    tail = text[len(text) - kept :]
    return "… " + (tail.partition(" ")[2] or tail).lstrip("… ")


def _fitting(text: str) -> str:
    room = BESIDE
    for at, letter in enumerate(text):
        room -= 2 if ord(letter) > 0x10FF else 1
        if room < 0:
            return text[:at]
    return text


def _rows(evidence: Sequence[Evidence]) -> str:
    rows = ranges([e.row for e in evidence])
    return f"{'row' if len(evidence) == 1 else 'rows'} {rows}"
