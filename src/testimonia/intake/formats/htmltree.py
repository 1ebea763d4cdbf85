"""A parsed page as blocks of text: paragraphs, headings, rows of tables, without recursion at any depth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from resiliparse.parse.html import NodeType

from testimonia.model import Role

__all__ = ["Block", "Blocks", "blocks"]

SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "map",
    ]
)
APART = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "button",
        "label",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CELLS = frozenset(("td", "th"))
LISTS = frozenset(("ul", "ol"))
SPACED = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "dl",
        "pre",
        "blockquote",
        "figure",
        "section",
        "article",
        "hr",
    ]
)
DEEP = 40  # nested elements beyond which a table is taken for layout without looking into it
ASIDE = frozenset(["nav", "footer", "button", "select", "form", "menu"])
LAYOUT_CELL = 300  # characters of a cell from which a table with blocks inside is no table of data
LINKED = 0.8  # share of the letters of a line from which it is taken for nothing but links
_SPACE = re.compile("[ \t\r\n\f]+")


@dataclass(slots=True)
class Block:
    """One line of the rendering.

    `ends`: an empty line follows; `aside`: it stands in navigation or a form; `linked`: it is nothing but links.
    """

    text: str
    role: Role | None
    ends: bool
    aside: bool
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a page in reading order, and how deep its elements are nested."""

    blocks: list[Block]
    depth: int


@dataclass(slots=True)
class _Writer:
    """Collects inline text until a block ends."""

    done: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    linked: int = 0  # characters of `inline` that stand in links
    numbers: list[int] = field(default_factory=list)  # of the ordered lists that are open, 0 for bullets

    def enter(self, tag: str, node: Any) -> None:
        if tag in APART:
            self.flush()
        elif tag == "a":
            self.apart(node)
        self.open[tag] += 1
        if tag in LISTS:
            self.numbers.append(_first_number(node) if tag == "ol" else 0)
        elif tag == "li":
            self._bullet()

    def leave(self, tag: str) -> None:
        if tag in APART:
            self.flush(ends=tag in SPACED)
        self.open[tag] -= 1
        if tag in LISTS:
            self.numbers.pop()

    def words(self, text: str) -> None:
        self.inline.append(text)
        if self.open["a"]:
            self.linked += len("".join(text.split()))

    def apart(self, node: Any) -> None:
        """Links that follow each other without a blank are set apart by the style sheet of the page."""
        if node.prev is not None and node.prev.tag == "a":
            self.inline.append(" ")

    def _bullet(self) -> None:
        if not self.numbers or not self.numbers[-1]:
            self.inline.append("• ")
            return
        self.inline.append(f"{self.numbers[-1]}. ")
        self.numbers[-1] += 1

    def flush(self, ends: bool = False) -> None:
        """Make what was collected into lines; with `ends` an empty line follows them."""
        raw = "".join(self.inline)
        linked = self.linked > LINKED * len("".join(raw.split()))
        self.inline.clear()
        self.linked = 0
        if self.open["pre"]:
            lines = [line.rstrip() for line in re.split("\r\n?|[\n\v]", raw)]
        else:
            lines = [line for line in (part.strip() for part in _SPACE.sub(" ", raw).split("\v")) if line]
        if any(line not in ("", "•") for line in lines):
            role, aside = self._role(), any(self.open[tag] for tag in ASIDE)
            self.done += [Block(line, role, False, aside, linked) for line in lines]
        if ends and self.done:
            self.done[-1].ends = True

    def row(self, cells: list[str]) -> None:
        """A row of a table as one line, its cells apart by tabs."""
        self.flush()
        if any(cells):
            aside = any(self.open[tag] for tag in ASIDE)
            self.done.append(Block("\t".join(cells), "table", False, aside))

    def _role(self) -> Role | None:
        if any(self.open[tag] for tag in HEADINGS):
            return "title"
        if self.open["blockquote"]:
            return "quote"
        return "caption" if self.open["figcaption"] or self.open["caption"] else None


def _first_number(node: Any) -> int:
    start = node.getattr("start") or "1"
    return int(start) if start.isdecimal() and start != "0" and len(start) < 7 else 1


def blocks(body: Any) -> Blocks:
    """All visible text below `body`, as blocks. Takes time in proportion to the page at any depth."""
    writer = _Writer()
    depth = deepest = 0
    stack: list[tuple[Any, str | None]] = [(body.first_child, None)]
    while stack:
        node, leaving = stack.pop()
        if node is None:
            continue
        if leaving is not None:
            writer.leave(leaving)
            depth -= 1
            continue
        tag = _take(writer, node, depth)
        stack.append((node.next, None))
        if tag is not None:
            stack += [(node, tag), (node.first_child, None)]
            depth += 1
            deepest = max(deepest, depth)
    writer.flush()
    return Blocks(writer.done, deepest)


def _take(writer: _Writer, node: Any, depth: int) -> str | None:
    """Write what a node itself holds; its tag where its children are to be taken too."""
    if node.type == NodeType.TEXT:
        writer.words(node.value or "")
        return None
    if node.type != NodeType.ELEMENT or node.tag in SILENT:
        return None
    tag = str(node.tag)
    if tag == "br":
        writer.inline.append("\v")
        return None
    if tag == "img":
        writer.inline.append(" ")
        return None
    if tag == "tr" and depth < DEEP:
        cells = _cells(node)
        if cells is not None:
            writer.row(cells)
            return None
    writer.enter(tag, node)
    return tag


def _children(node: Any) -> Iterator[Any]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _cells(row: Any) -> list[str] | None:
    """The cells of a row of data; None where the table only serves to lay out a page."""
    cells = []
    for cell in _children(row):
        if cell.type != NodeType.ELEMENT:
            continue
        text, has_blocks = _inner(cell)
        if cell.tag not in CELLS or "table" in has_blocks or (has_blocks and len(text) > LAYOUT_CELL):
            return None
        cells.append(text)
    return cells if len(cells) > 1 else None


def _inner(cell: Any) -> tuple[str, set[str]]:
    """The text of a cell on one line, and which elements that make lines of their own it holds."""
    pieces: list[str] = []
    found: set[str] = set()
    stack = list(_children(cell))[::-1]
    while stack:
        node = stack.pop()
        if node.type == NodeType.TEXT:
            pieces.append(node.value or "")
        elif node.type == NodeType.ELEMENT and node.tag not in SILENT:
            if node.tag in APART or node.tag == "br":
                found |= {node.tag} - {"br"}
                pieces.append(" ")
                if node.tag == "table":
                    break
            stack += list(_children(node))[::-1]
    return _SPACE.sub(" ", "".join(pieces)).strip(), found
