"""The desk at which sections are written: cells with numbered sources, and tables cut at a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from testimonia.release.blocks import Cell, Limits, Notes, Picture, Table, Tone, ranges
from testimonia.release.evidence import Evidence
from testimonia.release.findings import Findings
from testimonia.release.wording import (
    counted,
)

__all__ = ["Desk"]


class Desk:
    """Findings, and the blocks made of them: sources are numbered as they are cited."""

    def __init__(self, found: Findings, notes: Notes, limits: Limits, pictures: Mapping[str, Picture]) -> None:
        self.found, self.notes, self.limits, self.pictures = found, notes, limits, pictures

    def quote(self, e: Evidence) -> Cell:
        """The words of a source, in their language, with its note."""
        words = " ".join(e.coding.quote.split())
        return Cell(text=words, lang=e.language, notes=self.notes.cite(e), tone="quote")

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


def _rows(evidence: Sequence[Evidence]) -> str:
    rows = ranges([e.row for e in evidence])
    return f"{'row' if len(evidence) == 1 else 'rows'} {rows}"
