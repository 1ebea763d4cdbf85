"""What a page of the dossier is made of: sentences, tables, pictures and numbered notes, as plain values.

HTML and PDF are both drawn from these, so that they say the same. Nothing here is markup: every text is shown
as text by whoever draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from testimonia.release.evidence import Evidence

__all__ = [
    "Block",
    "Cell",
    "Dossier",
    "Limits",
    "Note",
    "Notes",
    "Picture",
    "Prose",
    "Section",
    "Table",
    "Tone",
    "ranges",
]

Tone = Literal["", "yes", "partly", "no", "none", "quote", "number", "soft", "hash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One text with the numbers of the notes that hold its sources; `lang` is BCP 47 where it is a quote.

    `mark` is a word set apart before the text, in the colour of `tone`: a status. `before` and `after` are the
    words around a quote; `items` stand below the text, one a line.
    """

    text: str
    mark: str = ""
    before: str = ""
    after: str = ""
    items: tuple[Cell, ...] = ()
    lang: str = ""
    notes: tuple[int, ...] = ()
    more: int = 0  # sources beyond the notes shown
    tone: Tone = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences, shown as paragraphs, or as a list where `listed`."""

    sentences: tuple[Cell, ...]
    heading: str = ""
    listed: bool = False
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column heads its rows; `more` says where rows that are not shown are found."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]  # relative, one for each column
    more: str = ""
    heading: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A static picture: `svg`, the text that stands for it, its caption, and the numbers in it as a table."""

    name: str
    svg: str
    alt: str
    caption: str
    data: Table | None = None
    kind: Literal["picture"] = "picture"


Block = Prose | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the dossier; `id` is its address inside the page."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A source: the characters `start` to `end` of the text of one file, and the words around them."""

    number: int
    path: str
    file_sha256: str
    page: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    lang: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The whole, ready to be drawn. `banners` stand on every section and page, most important first."""

    title: str
    subtitle: str
    banners: tuple[str, ...]
    sample: bool
    summary: tuple[Prose, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    notes_left: int


@dataclass(slots=True)
class Limits:
    """How much is shown: rows in one table, rows in all, notes for one statement."""

    table: int
    total: int
    statement: int

    def take(self, rows: int) -> int:
        """Return how many of `rows` may be shown, and count them."""
        shown = max(0, min(rows, self.table, self.total))
        self.total -= shown
        return shown


class Notes:
    """Numbers sources in the order in which they are first cited, up to `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._numbers: dict[tuple[str, str], int] = {}
        self._cited: list[Evidence] = []
        self.left = 0

    def cite(self, e: Evidence) -> tuple[int, ...]:
        """Return the number of the note for `e`, or nothing when there is no room for it."""
        key = (e.file_sha256, e.id)
        if key not in self._numbers:
            if len(self._cited) >= self._most:
                self.left += 1
                return ()
            self._cited.append(e)
            self._numbers[key] = len(self._cited)
        return (self._numbers[key],)

    def cite_all(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of the notes for `evidence`, in order, each once."""
        return tuple(dict.fromkeys(n for e in evidence for n in self.cite(e)))

    def listed(self) -> tuple[Note, ...]:
        """Return the notes, in order of number."""
        return tuple(_note(number, e) for number, e in enumerate(self._cited, 1))


def _note(number: int, e: Evidence) -> Note:
    return Note(
        number=number,
        path=e.path,
        file_sha256=e.file_sha256,
        page=f"{e.page_kind} {e.page}" if e.page is not None else "",
        start=e.coding.start,
        end=e.coding.end,
        before=e.before,
        quote=e.coding.quote,
        after=e.after,
        lang=e.language,
        origin=e.origin.label if e.origin else "",
    )


def ranges(rows: Sequence[int], most: int = 8) -> str:
    """Write row numbers as ranges: `3–7, 9`; beyond `most` ranges, say how many rows are not named."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:most])
    hidden = sum(b - a + 1 for a, b in runs[most:])
    return said + (f" and {hidden:,} more" if hidden else "")
