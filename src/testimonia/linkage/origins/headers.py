"""What a document says of itself: who publishes it, whose text it repeats, what sort of text it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from testimonia import vocabulary
from testimonia.linkage.origins.sources import key
from testimonia.model import Document, Passage

__all__ = ["Found", "Header", "called", "is_damaged", "read"]

Nature = Literal["interview", "notice", "law", "report", "agency", "publisher", "table", "document"]
SHORT = 8  # paragraphs of a text that may pass on one item of another
OPENING = 40  # characters within which it says so
HEAD = 6  # passages at the beginning that may say what a document is
EDGE = 8  # passages at the beginning and the end that may say who publishes it
FEWEST_CLAUSES = 4
CLAUSES = 0.06  # share of the passages of a law that open a clause; a report has sections too, but few
CHAPTER = re.compile(
    r"(?:第.{1,3}[章节節]|제\s?\d+\s?[장절]|\d{1,2}[.)]|[a-z][.)]|[IVX]+[.)]|Chapter|Section)\s?", re.IGNORECASE
)
NO_NAME = re.compile("[了的是在為为我你他她]")  # Chinese words of a sentence, which the name of a body does not hold
SHEETS = ("csv", "sheet", "spreadsheet", "excel")


@dataclass(frozen=True, slots=True)
class Found:
    """A name, and the characters of the rendering that give it."""

    name: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a document shows: its nature, who answers for it, whom it repeats, what it rests on."""

    nature: Nature
    title: str
    publisher: Found | None
    agency: Found | None
    reposted: Found | None
    chain: Found | None
    evidence_base: str


@cache
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    rows = vocabulary.rows("linkage/headers")
    return tuple(re.compile(r["pattern"], re.MULTILINE) for r in rows if r["class"] == group)


def read(document: Document) -> Header:
    """Read the header of a document from its head, its foot and what the file itself says."""
    edges = _edges(document)
    agency = next(_names("dateline", _head(document)), None)
    publisher = _publisher(document, edges)
    reposted = next((f for f in _names("repost", edges) if not _same(f, publisher)), None)
    nature = _nature(document, agency, publisher)
    body = [p for p in document.passages if p.role in ("body", "quote")]
    return Header(
        nature=nature,
        title=_title(document),
        publisher=publisher,
        agency=agency,
        reposted=reposted if not _same(reposted, agency) else None,
        chain=_chain(body, agency),
        evidence_base=next((f.name for f in _names("evidence_base", body[:40])), ""),
    )


def called(document: Document, header: Header) -> str:
    """What a document is called that names nobody: its title, or its file where that is the heading of a part."""
    return document.paths[0] if not header.title or CHAPTER.match(header.title) else header.title


def is_damaged(document: Document) -> bool:
    """Whether words may be missing from a document."""
    return "damaged_text" in document.flags or any("damaged_text" in p.flags for p in document.passages)


def _head(document: Document) -> list[Passage]:
    return [p for p in document.passages if p.role != "boilerplate"][:HEAD]


def _chain(body: list[Passage], agency: Found | None) -> Found | None:
    """Whom a short text opens by citing ("As reported by", 据…报道): all it says comes from there."""
    if not body or len(body) > SHORT:
        return None
    found = next(_names("chain", body[:1]), None)
    early = found is not None and found.start - body[0].start <= OPENING
    return found if early and not _same(found, agency) else None


def _edges(document: Document) -> list[Passage]:
    short = [p for p in document.passages if len(p.text) <= 600]
    return short if len(short) <= 2 * EDGE else short[:EDGE] + short[-EDGE:]


def _names(group: str, passages: list[Passage]) -> Iterator[Found]:
    for passage in passages:
        for pattern in _patterns(group):
            hit = pattern.search(passage.text[:3000])
            if hit and key(hit["name"]) and not (group in ("repost", "publisher") and NO_NAME.search(hit["name"])):
                name = " ".join(hit["name"].split()).strip(" .,;:|-")
                yield Found(name, passage.start + hit.start(), passage.start + hit.end(), hit[0].strip())


def _same(a: Found | None, b: Found | None) -> bool:
    return a is not None and b is not None and key(a.name) == key(b.name)


def _title(document: Document) -> str:
    given = document.metadata.get("title", "")
    own = next((p.text for p in document.passages if p.role == "title"), "")
    return " ".join((given or own.lstrip("\ufeff# ")).split())[:160]


def _publisher(document: Document, edges: list[Passage]) -> Found | None:
    found = next(_names("publisher", edges), None)
    if found is not None:
        return found
    for name in ("publisher", "sitename", "organisation"):
        if document.metadata.get(name, "").strip():
            return Found(document.metadata[name].strip(), 0, 0, document.metadata[name].strip())
    return None


def _nature(document: Document, agency: Found | None, publisher: Found | None) -> Nature:
    if any(word in document.media_type for word in SHEETS):
        return "table"
    if agency is not None:
        return "agency"
    head = _head(document)
    if _says("interview", head) or _is_dialogue(document):
        return "interview"
    clauses = sum(1 for p in document.passages if _matches("law", p.text))
    if clauses >= FEWEST_CLAUSES and clauses >= CLAUSES * len(document.passages):
        return "notice" if _says("notice", head) else "law"
    if _says("notice", [p for p in head if p.role == "title"] or head[:2]):
        return "notice"
    if any(_matches("self", p.text) for p in document.passages if p.role in ("body", "quote")):
        return "report"
    return "publisher" if publisher is not None else "document"


def _says(group: str, passages: list[Passage]) -> bool:
    return any(len(p.text) <= 200 and _matches(group, p.text) for p in passages)


def _matches(group: str, text: str) -> bool:
    return any(pattern.search(text[:2000]) for pattern in _patterns(group))


DIALOGUE = re.compile(r"(?:Q|A|문|답|问|答|問)\s?\d{0,2}\s?[.:：]\s?\S")


def _is_dialogue(document: Document) -> bool:
    turns = sum(1 for p in document.passages if DIALOGUE.match(p.text))
    return turns >= 4 and turns * 3 >= len(document.passages)
