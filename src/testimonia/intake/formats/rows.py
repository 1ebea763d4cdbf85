"""Rows of a table as lines: one row a line, its cells apart by tabs, and for each line where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.intake.draft import MAX_ROWS, Draft

__all__ = ["column", "enough", "write_row"]


def column(index: int) -> str:
    """The letters of a column, counted from 0: A, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def enough(draft: Draft) -> bool:
    """Whether a reader of rows has to stop where it is."""
    return draft.full or draft.late or len(draft.pages) >= MAX_ROWS


def write_row(draft: Draft, cells: Sequence[str], number: int, first: int = 0, sheet: str = "") -> None:
    """Add one row; `number` counts from 1 and `first` is the column of the first cell. Empty rows are left out."""
    held = [" ".join(cell.split()) for cell in cells]
    while held and not held[-1]:
        held.pop()
    if not held:
        return
    place = f"{column(first)}{number}:{column(first + len(held) - 1)}{number}"
    with draft.page(f"{sheet}!{place}" if sheet else place, "cell"):
        draft.line("\t".join(held), "table")
