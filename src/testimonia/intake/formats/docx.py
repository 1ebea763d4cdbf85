"""Word documents: body, tables, notes, comments, headers and footers, each as a part of its own.

Text deleted under change tracking is not shown as text of the document: that there is some is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from testimonia.intake.draft import Draft, Unreadable
from testimonia.intake.formats.package import Package, local
from testimonia.model import Role

__all__ = ["read"]

BODY = "word/document.xml"
SKIPPED = frozenset(
    ["instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "rt", "object", "fldData"]
)
TRACKED_OUT = frozenset(["del", "moveFrom"])
REFERENCES = frozenset(["footnoteReference", "endnoteReference"])
MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
SEPARATORS = frozenset(["separator", "continuationSeparator", "continuationNotice"])
LONG_CELL = 300  # characters of a cell with several paragraphs from which a table only lays out the page
_HEADING = re.compile(r"^(?:heading|title|subtitle|제목|标题|標題)", re.IGNORECASE)


def read(data: bytes, _name: str) -> Draft:
    """The words of a document, its own data about itself, and the files embedded in it as children."""
    draft = Draft()
    package = Package(data, draft)
    body = _main_part(package)
    reader = _Reader(draft, _headings(package, draft))
    with draft.page("body", "part"):
        reader.blocks(package.tree(body, draft))
    for part, label, element in (("footnotes", "footnote", "footnote"), ("endnotes", "endnote", "endnote")):
        _notes(reader, package.optional(f"word/{part}.xml", draft), label, element)
    _comments(reader, package.optional("word/comments.xml", draft))
    for name in package.matching(r"word/(?:header|footer)\d*\.xml"):
        label = re.sub(r"^word/(header|footer)(\d*)\.xml$", r"\1 \2", name).strip()
        _edge(reader, package.optional(name, draft), label)
    _properties(package, draft)
    package.embedded(r"word/embeddings/[^/]+\.(?:docx?|xlsx?|pptx?|pdf|bin|eml|msg)", draft)
    _pictures(package, draft)
    return draft


def _main_part(package: Package) -> str:
    if BODY in package:
        return BODY
    others = package.matching(r"word/document\d*\.xml")
    if not others:
        raise Unreadable("this Word document has no body.", "Get it again from where it came from.")
    return others[0]


def _headings(package: Package, draft: Draft) -> frozenset[str]:
    """Ids of the styles whose name says that they are of a heading."""
    root = package.optional("word/styles.xml", draft)
    if root is None:
        return frozenset()
    found = set()
    for style in root:
        name = next((_value(child) for child in style if local(child) == "name"), "")
        if local(style) == "style" and _HEADING.match(name):
            found.add(_attribute(style, "styleId"))
    return frozenset(found)


def _attribute(node: Any, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _value(node: Any) -> str:
    return _attribute(node, "val")


class _Reader:
    """Writes blocks of WordprocessingML into a draft."""

    def __init__(self, draft: Draft, headings: frozenset[str]) -> None:
        self.draft = draft
        self.headings = headings

    def blocks(self, node: Any, role: Role | None = None) -> None:
        """Paragraphs and tables below `node`, in order."""
        for child in node:
            name = local(child)
            if name == "p":
                self._paragraph(child, role)
            elif name == "tbl":
                self._table(child, role)
            elif name in TRACKED_OUT:
                self.draft.flags.add("tracked_deletions")
            elif name == "AlternateContent":
                self.blocks(_choice(child), role)
            elif name not in SKIPPED:
                self.blocks(child, role)

    def _paragraph(self, paragraph: Any, role: Role | None) -> None:
        text = self.inline(paragraph).strip()
        if text:
            self.draft.line(text, role or self._role(paragraph))
            self.draft.add("\n")
        for box in _boxes(paragraph):
            self.blocks(box, role)

    def _role(self, paragraph: Any) -> Role:
        for properties in paragraph:
            if local(properties) != "pPr":
                continue
            for item in properties:
                if local(item) == "pStyle" and _value(item) in self.headings:
                    return "title"
                if local(item) == "numPr":
                    self.draft.flags.add("list_numbers_left_out")
        return "body"

    def inline(self, node: Any) -> str:
        """The text of a paragraph or of what lies in one."""
        pieces: list[str] = []
        for child in node:
            name = local(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name in MARKS:
                pieces.append(MARKS[name])
            elif name in REFERENCES:
                pieces.append(f"[^{_attribute(child, 'id')}]")
            elif name in TRACKED_OUT or name == "delText":
                self.draft.flags.add("tracked_deletions")
            elif name == "sym":
                pieces.append(_symbol(child))
            elif name == "AlternateContent":
                pieces.append(self.inline(_choice(child)))
            elif name == "rPr":
                self._note_hidden(child)
            elif name not in SKIPPED and name != "txbxContent":
                if name == "ins":
                    self.draft.flags.add("tracked_insertions")
                pieces.append(self.inline(child))
        return "".join(pieces)

    def _note_hidden(self, properties: Any) -> None:
        if any(local(item) == "vanish" and _value(item) not in ("0", "false") for item in properties):
            self.draft.flags.add("hidden_text")

    def _table(self, table: Any, role: Role | None) -> None:
        for row in _rows(table):
            cells = list(_through(row, "tc"))
            texts = [self._cell(cell) for cell in cells]
            if len(cells) < 2 or any(len(text) > LONG_CELL and "\n" in text for text in texts):
                for cell in cells:
                    self.blocks(cell, role)
            elif any(texts):
                line = "\t".join(" ".join(text.split()) for text in texts)
                self.draft.line(line.rstrip("\t"), role or "table")
        self.draft.add("\n")

    def _cell(self, cell: Any) -> str:
        held = _Reader(Draft(flags=self.draft.flags), self.headings)
        held.blocks(cell)
        return held.draft.text.strip()


def _rows(table: Any) -> Iterator[Any]:
    for row in _through(table, "tr"):
        deleted = any(local(item) == "del" for part in row if local(part) == "trPr" for item in part)
        if not deleted:
            yield row


def _through(node: Any, wanted: str) -> Iterator[Any]:
    """Children of a name, also those wrapped into content controls and the like."""
    for child in node:
        name = local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _through(child, wanted)


def _choice(alternatives: Any) -> Any:
    """Of the ways in which the same thing is given to newer and older programs, the one with words."""
    for wanted in ("Choice", "Fallback"):
        for child in alternatives:
            if local(child) == wanted and next(child.iter("{*}t"), None) is not None:
                return child
    return ()


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in a paragraph, each once."""
    for box in paragraph.iter("{*}txbxContent"):
        around = [local(parent) for parent in box.iterancestors()]
        if "txbxContent" in around:
            continue
        if "Fallback" in around:
            alternatives = next(parent for parent in box.iterancestors() if local(parent) == "AlternateContent")
            if local(_choice(alternatives)) != "Fallback":
                continue
        yield box


def _symbol(node: Any) -> str:
    try:
        code = int(_attribute(node, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def _notes(reader: _Reader, root: Any | None, label: str, element: str) -> None:
    for note in root if root is not None else ():
        if local(note) != element or _attribute(note, "type") in SEPARATORS:
            continue
        number = _attribute(note, "id")
        with reader.draft.page(f"{label} {number}", "part"):
            reader.draft.add(f"[^{number}] ")
            reader.blocks(note)


def _comments(reader: _Reader, root: Any | None) -> None:
    for comment in root if root is not None else ():
        if local(comment) != "comment":
            continue
        said = " ".join(filter(None, (_attribute(comment, "author"), _attribute(comment, "date")[:10])))
        label = f"comment {_attribute(comment, 'id')}" + (f" ({said})" if said else "")
        with reader.draft.page(label, "part"):
            reader.blocks(comment)


def _edge(reader: _Reader, root: Any | None, label: str) -> None:
    """A header or footer, which stands on every page: not the words of the text itself."""
    if root is not None and any((text.text or "").strip() for text in root.iter("{*}t")):
        with reader.draft.page(label, "part"):
            reader.blocks(root, "boilerplate")


def _properties(package: Package, draft: Draft) -> None:
    root = package.optional("docProps/core.xml", draft)
    if root is not None:
        found = {local(item): item.text for item in root}
        date = (found.get("created") or "")[:10]
        draft.describe({"title": found.get("title"), "author": found.get("creator"), "date": date})


def _pictures(package: Package, draft: Draft) -> None:
    count = len(package.matching(r"word/media/[^/]+\.(?:png|jpe?g|gif|tiff?|bmp|emf|wmf)"))
    if count:
        draft.flags.add("pictures")
    if count and not draft.text.strip():
        raise Unreadable(
            f"this document holds {count} pictures and no words.",
            "Add text recognition (OCR) with a program for scans, save as PDF, and run again.",
        )
