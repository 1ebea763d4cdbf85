"""Rows of a list from its file: CSV with its separator found, or the first filled sheet of an XLSX workbook."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

from testimonia.errors import UnreadableList
from testimonia.linkage.lists.decoding import decode

__all__ = ["Rows", "read_rows"]

SEPARATORS = (",", ";", "\t", "|")
ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
Rows = list[tuple[int, list[str]]]


def read_rows(data: bytes, name: str) -> tuple[Rows, str, list[str]]:
    """Rows with their numbers (empty rows left out), the encoding, and remarks on what was left unread.

    A row's number is that of the line or sheet row it begins on. Raises UnreadableList, naming the file.
    """
    if data.startswith((ZIP, OLD_WORKBOOK)):
        rows, remarks = _workbook(data, name)
        return rows, "xlsx" if data.startswith(ZIP) else "xls", remarks
    text, encoding = decode(data, name)
    return list(_csv(text, name)), encoding, []


def _csv(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as problem:
        raise UnreadableList(
            f"{name}: line {reader.line_num} is no CSV ({problem}). Look for a quotation mark that is never closed."
        ) from None


def _separator(text: str) -> str:
    """The separator that cuts the heading into most columns."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: (len(next(csv.reader([heading], delimiter=mark))), mark == ","))


def _workbook(data: bytes, name: str) -> tuple[Rows, list[str]]:
    import python_calamine

    broken = (python_calamine.CalamineError, OSError, ValueError, KeyError)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(sheet, _rows(book.get_sheet_by_name(sheet))) for sheet in book.sheet_names]
    except broken:
        raise UnreadableList(
            f"{name}: this workbook is broken or locked. Open it in a spreadsheet program and save it anew."
        ) from None
    filled = [(sheet, rows) for sheet, rows in sheets if rows]
    if not filled:
        raise UnreadableList(f"{name}: this workbook has no filled cells. Get it again from where it came from.")
    others = ", ".join(sheet for sheet, _ in filled[1:])
    remarks = [f"only the sheet {filled[0][0]} was read, not {others}."] if others else []
    return filled[0][1], remarks


def _rows(sheet: Any) -> Rows:
    first, column = sheet.start or (0, 0)
    rows = enumerate(sheet.to_python(skip_empty_area=True), first + 1)
    cells = ((number, [""] * column + [_cell(value) for value in row]) for number, row in rows)
    return [(number, row) for number, row in cells if any(cell.strip() for cell in row)]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
