"""OpenDocument texts: body, tables, notes, comments, headers and footers.

Text deleted under change tracking is not shown as text of the document: that there is some is flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from testimonia.intake.draft import Draft, Unreadable
from testimonia.intake.formats.package import UNLOCK, Package, local
from testimonia.model import Role

__all__ = ["describe", "read", "refuse_locked"]

SKIPPED = frozenset(
    ["forms", "sequence-decls", "variable-decls", "user-field-decls", "desc", "title", "script", "ruby-text"]
)
MARKS = {"tab": " ", "line-break": "\n", "soft-page-break": ""}
LONG_CELL = 300  # characters of a cell with several paragraphs from which a table only lays out the page


def read(data: bytes, _name: str) -> Draft:
    """The words of a document and its own data about itself."""
    draft = Draft()
    package = Package(data, draft)
    refuse_locked(package)
    if "content.xml" not in package:
        raise Unreadable("this OpenDocument file has no content.", "Get it again from where it came from.")
    root = package.tree("content.xml", draft)
    reader = _Reader(draft)
    with draft.page("body", "part"):
        for body in root.iter("{*}text"):
            if local(body.getparent()) == "body":
                reader.blocks(body)
    reader.held_back()
    _edges(reader, package.optional("styles.xml", draft))
    describe(package, draft)
    if "Pictures/" in "".join(package.names):
        draft.flags.add("pictures")
        if not draft.text.strip():
            raise Unreadable(
                "this document holds pictures and no words.",
                "Add text recognition (OCR) with a program for scans, save as PDF, and run again.",
            )
    return draft


def refuse_locked(package: Package) -> None:
    """Raise Unreadable for a document whose parts are encrypted."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("this file is locked with a password.", UNLOCK)


def describe(package: Package, draft: Draft) -> None:
    """Title, author and date as the document says."""
    root = package.optional("meta.xml", draft)
    if root is None:
        return
    found = {local(item): item.text for meta in root for item in meta}
    author = found.get("initial-creator") or found.get("creator")
    date = (found.get("creation-date") or found.get("date") or "")[:10]
    draft.describe({"title": found.get("title"), "author": author, "date": date})


class _Reader:
    """Writes blocks of OpenDocument into a draft; notes and comments are held back until the body is done."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.notes: list[tuple[str, str, Any]] = []

    def blocks(self, node: Any, role: Role | None = None) -> None:
        """Paragraphs, headings and tables below `node`, in order."""
        for child in node:
            name = local(child)
            if name in ("p", "h"):
                self._paragraph(child, role or ("title" if name == "h" else "body"))
            elif name == "table":
                self._table(child, role)
            elif name == "tracked-changes":
                self._note_changes(child)
            elif name == "annotation":
                self._hold("comment", child)
            elif name not in SKIPPED:
                self.blocks(child, role)

    def _note_changes(self, changes: Any) -> None:
        if next(changes.iter("{*}deletion"), None) is not None:
            self.draft.flags.add("tracked_deletions")
        if next(changes.iter("{*}insertion"), None) is not None:
            self.draft.flags.add("tracked_insertions")

    def _paragraph(self, paragraph: Any, role: Role) -> None:
        boxes: list[Any] = []
        text = self._inline(paragraph, boxes).strip()
        if text:
            self.draft.line(text, role)
            self.draft.add("\n")
        for box in boxes:
            self.blocks(box, role)

    def _inline(self, node: Any, boxes: list[Any]) -> str:
        pieces = [" ".join((node.text or "").split("\n"))]
        for child in node:
            pieces.append(self._inline_of(child, boxes))
            pieces.append(" ".join((child.tail or "").split("\n")))
        return "".join(pieces)

    def _inline_of(self, node: Any, boxes: list[Any]) -> str:
        name = local(node)
        if name == "s":
            return " " * min(_number(node, "c"), 1000)
        if name in MARKS:
            return MARKS[name]
        if name == "note":
            return self._note(node)
        if name == "annotation":
            self._hold("comment", node)
            return ""
        if name in ("text-box", "table", "list"):
            boxes.append(node if name != "table" else [node])
            return ""
        return "" if name in SKIPPED or not name else self._inline(node, boxes)

    def _note(self, note: Any) -> str:
        number = next((child.text for child in note if local(child) == "note-citation"), "") or "*"
        body = next((child for child in note if local(child) == "note-body"), ())
        self.notes.append((f"note {number}", f"[^{number}] ", body))
        return f"[^{number}]"

    def _hold(self, kind: str, node: Any) -> None:
        said = " ".join(
            (child.text or "")[:40] if local(child) == "creator" else (child.text or "")[:10]
            for child in node
            if local(child) in ("creator", "date")
        )
        for child in [child for child in node if local(child) in ("creator", "date", "creator-initials")]:
            node.remove(child)
        number = 1 + sum(label.startswith(kind) for label, _, _ in self.notes)
        self.notes.append((f"{kind} {number}" + (f" ({said})" if said else ""), "", node))

    def held_back(self) -> None:
        """Write the notes and comments, each as a part."""
        while self.notes:
            label, before, body = self.notes.pop(0)
            with self.draft.page(label, "part"):
                self.draft.add(before)
                self.blocks(body)

    def _table(self, table: Any, role: Role | None) -> None:
        for row in _rows(table):
            cells = [cell for cell in row if local(cell) in ("table-cell", "covered-table-cell")]
            texts = [self._cell(cell) for cell in cells]
            if len(cells) < 2 or any(len(text) > LONG_CELL and "\n" in text for text in texts):
                for cell in cells:
                    self.blocks(cell, role)
            elif any(texts):
                line = "\t".join(" ".join(text.split()) for text in texts)
                self.draft.line(line.rstrip("\t"), role or "table")
        self.draft.add("\n")

    def _cell(self, cell: Any) -> str:
        held = _Reader(Draft(flags=self.draft.flags))
        held.notes = self.notes
        held.blocks(cell)
        return held.draft.text.strip()


def _rows(node: Any) -> Iterator[Any]:
    for child in node:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _number(node: Any, name: str) -> int:
    value = next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "1")
    return int(value) if value.isdecimal() and len(value) < 7 else 1


def _edges(reader: _Reader, root: Any | None) -> None:
    """Headers and footers, which stand on every page: not the words of the text itself."""
    if root is None:
        return
    seen = set()
    for edge in [*root.iter("{*}header"), *root.iter("{*}footer")]:
        text = " ".join("".join(edge.itertext()).split())
        if text and text not in seen:
            seen.add(text)
            with reader.draft.page(local(edge), "part"):
                reader.blocks(edge, "boilerplate")
    reader.held_back()
