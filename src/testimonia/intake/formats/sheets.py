"""Workbooks (XLSX, XLSB, ODS): every row of every sheet, hidden ones too, with its cells named."""

from __future__ import annotations

import datetime
import io
from typing import Any

import python_calamine

from testimonia.intake.draft import Draft, Unreadable
from testimonia.intake.formats import odt
from testimonia.intake.formats.package import Package, local
from testimonia.intake.formats.rows import enough, write_row

__all__ = ["read"]

MAX_CELLS = 20_000_000  # of one sheet: what is larger is a stray cell at the far end of an empty sheet


def read(data: bytes, _name: str) -> Draft:
    """Cells as they were last calculated; dates as ISO 8601, whole numbers without a point."""
    draft = Draft()
    package = Package(data, draft)
    odt.refuse_locked(package)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (python_calamine.CalamineError, OSError, ValueError, KeyError) as problem:
        raise _broken(problem) from None
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            draft.flags.add("sheets_without_cells")
            continue
        if about.visible != python_calamine.SheetVisibleEnum.Visible:
            draft.flags.add("hidden_sheets")
        _sheet(book, about.name, draft)
    _comments(package, draft)
    _describe(package, draft)
    if not draft.text.strip():
        raise Unreadable("this workbook has no filled cells.", "Get it again from where it came from.")
    return draft


def _broken(_problem: Exception) -> Unreadable:
    return Unreadable(
        "this workbook is broken: its sheets cannot be found.",
        "Open it in a spreadsheet program, save it anew, and run again.",
    )


def _sheet(book: Any, name: str, draft: Draft) -> None:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * max(1, sheet.width) > MAX_CELLS:
            draft.lose(f"the sheet {name} spans too many cells.", "Delete stray cells at its far end.")
            return
        first_row, first_column = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
    except (python_calamine.CalamineError, OSError, ValueError, KeyError):
        draft.lose(f"the sheet {name} is broken.", "Open it in a spreadsheet program and save it anew.")
        return
    for number, row in enumerate(rows, first_row + 1):
        write_row(draft, [_cell(value) for value in row], number, first_column, name)
        if enough(draft):
            if not draft.full:
                draft.lose(f"the sheet {name} was read up to row {number} only.", "Split the workbook.")
            return
    draft.add("\n" if rows else "")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return str(value)


def _comments(package: Package, draft: Draft) -> None:
    """What readers wrote beside cells."""
    for name in package.matching(r"xl/(?:comments\d*|comments/comment\d*|threadedComments/\w+)\.xml"):
        root = package.optional(name, draft)
        for comment in root.iter("{*}comment", "{*}threadedComment") if root is not None else ():
            text = " ".join(part.text or "" for part in comment.iter("{*}t", "{*}text") if part.text)
            _comment(draft, f"comment at {comment.get('ref', '?')}", text)
    root = package.optional("content.xml", draft)
    for note in root.iter("{*}annotation") if root is not None else ():
        _comment(draft, "comment", " ".join("".join(p.itertext()) for p in note if local(p) == "p"))


def _comment(draft: Draft, label: str, text: str) -> None:
    if text.strip():
        with draft.page(label, "part"):
            draft.line(" ".join(text.split()), "body")


def _describe(package: Package, draft: Draft) -> None:
    root = package.optional("docProps/core.xml", draft)
    if root is not None:
        found = {local(item): item.text for item in root}
        date = (found.get("created") or "")[:10]
        draft.describe({"title": found.get("title"), "author": found.get("creator"), "date": date})
    odt.describe(package, draft)
