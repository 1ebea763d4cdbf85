"""Web pages: every visible word, with what is not the page's own text marked as boilerplate, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import trafilatura.metadata
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from testimonia.intake.draft import Draft
from testimonia.intake.formats import htmltree
from testimonia.intake.formats.text import decoded_into

__all__ = ["into", "read", "strip", "text_of"]

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
MAX_SOURCE = 6 << 20  # bytes of a page, tags included
SANE_DEPTH = 400  # nested elements beyond which nothing is looked for but words
MAIN_ENOUGH = 0.25  # share of the prose of a page that its main content must hold to be believed
PROSE = 120  # characters from which a block with a finished sentence is prose wherever it stands
LINKS_IN_A_ROW = 4
_SENTENCE = re.compile(r"[.!?。！？][\"'”’)」』]*(?:\s|$)")
_BULLET = re.compile(r"^(?:[•◦‣*-]|\d+\.)\s*")
_SPACE = re.compile(r"\s+")


def read(data: bytes, _name: str) -> Draft:
    """The words of a page; title, author, date, publisher and address as the page itself gives them."""
    draft = Draft()
    declared = DECLARED.search(data[:4096])
    label = declared[1].decode("ascii") if declared else None
    source = decoded_into(draft, data, label, MAX_SOURCE)
    if label and draft.parameters["encoding"] != (_codec(label) or ""):
        draft.flags.add("charset_mislabelled")
    with draft.page("1", "file"):
        tree = into(draft, source)
    if tree is not None:
        draft.describe(_metadata(source, tree))
    return draft


def _codec(label: str) -> str | None:
    from testimonia.intake.encodings import canonical

    return canonical(label)


def into(draft: Draft, source: str) -> HTMLTree | None:
    """Add the words of a page to a draft; its tree, or None where it is nested too deep for anything more."""
    tree = HTMLTree.parse(source.replace("\x00", "\ufffd"))
    found = htmltree.blocks(tree.body) if tree.body is not None else htmltree.Blocks([], 0)
    deep = found.depth > SANE_DEPTH
    if deep:
        draft.flags.add("deeply_nested")
    main = _main_content(found.blocks, "" if deep else extract_plain_text(tree, main_content=True))
    for block, is_main in zip(found.blocks, main, strict=True):
        role = block.role if is_main else "boilerplate"
        draft.line(block.text, role)
        if block.ends:
            draft.add("\n")
    return None if deep else tree


def text_of(source: str) -> str:
    """The words of a small page, such as the body of a mail."""
    draft = Draft()
    into(draft, source)
    return draft.text


def _key(text: str) -> str:
    return _SPACE.sub("", _BULLET.sub("", text.strip()))


def _main_content(blocks: list[htmltree.Block], main: str) -> list[bool]:
    """Which blocks belong to the main content; all of them where that would leave out most of the prose."""
    lines = {_key(line) for line in main.split("\n")}
    whole = _SPACE.sub("", main)
    inside = [_is_inside(_key(block.text), lines, whole) for block in blocks]
    prose = [_is_prose(block.text) for block in blocks]
    held = sum(len(b.text) for b, i, p in zip(blocks, inside, prose, strict=True) if i and p)
    if held < MAIN_ENOUGH * sum(len(b.text) for b, p in zip(blocks, prose, strict=True) if p) or not held:
        return [True] * len(blocks)
    listed = _lists_of_links(blocks)
    return [
        (i or (p and not block.aside)) and not entry
        for block, i, p, entry in zip(blocks, inside, prose, listed, strict=True)
    ]


def _lists_of_links(blocks: list[htmltree.Block]) -> list[bool]:
    """Lines of a menu or a table of contents: several in a row that are nothing but short links."""
    found = [False] * len(blocks)
    start = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and blocks[index].linked and len(blocks[index].text) < 2 * PROSE:
            continue
        if index - start >= LINKS_IN_A_ROW:
            found[start:index] = [True] * (index - start)
        start = index + 1
    return found


def _is_inside(key: str, lines: set[str], whole: str) -> bool:
    return key in lines or (len(key) > 30 and key in whole)


def _is_prose(text: str) -> bool:
    return len(text) > PROSE and _SENTENCE.search(text) is not None


def _metadata(source: str, tree: HTMLTree) -> dict[str, str | None]:
    found = trafilatura.metadata.extract_metadata(source, extensive=False)
    own = {"title": tree.title or None}
    if found is None:
        return own
    return {
        "title": found.title or own["title"],
        "author": found.author,
        "date": found.date,
        "publisher": found.sitename,
        "url": found.url,
    }


class _Stripper(HTMLParser):
    """Words between tags, by a parser that cannot run out of stack."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.lines.append(_SPACE.sub(" ", data.strip()))


def strip(data: bytes, _name: str) -> Draft:
    """The words of a page whose structure brings the reader down, without any of that structure."""
    draft = Draft()
    stripper = _Stripper()
    stripper.feed(decoded_into(draft, data, None, MAX_SOURCE))
    stripper.close()
    with draft.page("1", "file"):
        for line in _whole(stripper.lines):
            draft.line(line)
    draft.lose("its structure is broken; only its words were read.", "Save the page anew or as plain text.")
    return draft


def _whole(lines: list[str]) -> Iterator[str]:
    yield from lines
