"""Tables as text (CSV, TSV): the separator is found, not assumed; one row a line, cells apart by tabs."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator

from testimonia.intake.draft import Draft
from testimonia.intake.formats.rows import enough, write_row
from testimonia.intake.formats.text import decoded_into

__all__ = ["read", "separator"]

SEPARATORS = ",;\t|"
SAMPLE_ROWS = 60


def read(data: bytes, _name: str) -> Draft:
    """Every row, with the cells it spans named as in a spreadsheet."""
    draft = Draft()
    text = decoded_into(draft, data).removeprefix("\ufeff")
    found = separator(text)
    draft.parameters["separator"] = {"\t": "tab", "": "none"}.get(found, found)
    for number, row in enumerate(_rows(text, found), 1):
        write_row(draft, row, number)
        if enough(draft):
            if not draft.full:
                draft.lose(f"only the first {number:,} rows were read.", "Split the file and run again.")
            break
    return draft


def _rows(text: str, found: str) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    if not found:
        yield from ([line] for line in text.splitlines())
        return
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=found, quotechar='"')


def separator(text: str) -> str:
    """The separator that cuts the first rows into the most alike; empty where none cuts them at all."""
    head = text[: 1 << 16]
    best, score = "", 0.0
    for candidate in SEPARATORS:
        widths = [len(row) for row, _ in zip(_rows(head, candidate), range(SAMPLE_ROWS), strict=False) if row]
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        likeness = count / len(widths) * (1 - 1 / width)
        if width > 1 and likeness > score:
            best, score = candidate, likeness
    return best
