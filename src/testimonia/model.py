"""The plain values that the rooms hand to one another.

Stages never import one another; what crosses a door is one of these. All offsets are Unicode code points,
half-open, into the text of one rendering.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

__all__ = [
    "Child",
    "Coding",
    "Document",
    "Kind",
    "Origin",
    "OriginEdge",
    "OriginGraph",
    "Outcome",
    "Page",
    "Part",
    "Passage",
    "Reading",
    "Role",
    "Verdict",
]

Outcome = Literal["read", "partly", "unread"]
Verdict = Literal["complete", "partial", "unread"]
Role = Literal["title", "body", "quote", "table", "caption", "boilerplate"]
Kind = Literal["figure", "attribution", "measure", "act", "place", "org", "law", "date", "person", "role", "demonym"]
ValueStatus = Literal["present", "verbal", "lost", "partial"]
Polarity = Literal["positive", "negative"]
Basis = Literal["experienced", "witnessed", "heard", "inferred", "document"]
State = Literal["suggested", "accepted", "corrected", "rejected", "superseded"]

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_PARTS: Mapping[str, Part]  # assigned below, once Part exists


@dataclass(frozen=True, slots=True)
class Page:
    """Where a stretch of a rendering comes from: a page, a sheet, a cell range, a mail part.

    `label` is what a reader would say ("3", "Victims!A2:F2", "body"); `verdict` says whether all of it was
    read, and `reason` why not. An unread page has start == end.
    """

    start: int
    end: int
    label: str
    kind: Literal["page", "sheet", "cell", "part", "file"] = "page"
    verdict: Verdict = "complete"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one rendering that is read as one thing (a paragraph, a heading, a table row, a line).

    `text` is exactly `rendering[start:end]`. `language` is a BCP 47 code: en, ko, zh-Hans, zh-Hant, zh, und.
    `flags` may hold `damaged_text`.
    """

    start: int
    end: int
    text: str
    role: Role = "body"
    language: str = "und"
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Child:
    """A file found inside another: a mail attachment, a member of a ZIP. `name` is its path inside the parent."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file: always an outcome, with a reason and a remedy unless it is `read`."""

    media_type: str
    outcome: Outcome
    reason: str | None = None
    remedy: str | None = None
    flags: tuple[str, ...] = ()
    tool: str = ""
    tool_version: str = ""
    parameters: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    text: str = ""
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()
    children: tuple[Child, ...] = ()
    # title, author, date, publisher, url, as the file itself says
    metadata: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Part:
    """A named stretch inside or beside a coding: number, claimant, source, cue, place, period, content, via."""

    start: int
    end: int
    quote: str
    value: str | None = None


NO_PARTS = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """These exact characters say this.

    `quote == rendering[start:end]`, and so for each part. `code` is a code of the codebook (an act code, a
    measure type, an attribution stance); `value` is typed by kind: a number for a figure, EDTF for a date,
    a gazetteer path or ISO 3166 code for a place. `attributes` holds what else is normalised: counted,
    population, place, period, norm, ptype, metonym, mtype status, actor, age_system, scope, claimant_norm.
    """

    kind: Kind
    start: int
    end: int
    quote: str
    code: str | None = None
    value: float | str | None = None
    min: float | None = None
    max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    value_status: ValueStatus | None = None
    modality: str = "reported"
    polarity: Polarity = "positive"
    basis: Basis | None = None
    parts: Mapping[str, Part] = field(default_factory=lambda: NO_PARTS)
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    rule: str | None = None
    cue: str | None = None
    confidence: float | None = None
    confidence_reason: str | None = None
    rendering_sha256: str = ""
    prefix: str = ""
    suffix: str = ""
    coder: str = ""
    coder_version: str = ""
    codebook_sha256: str = ""
    state: State = "suggested"
    # The id under which it is stored, where it is: a correction of the code does not make it another judgement.
    identity: str = field(default="", compare=False, repr=False)

    @property
    def id(self) -> str:
        """Sixteen hex digits that find the same judgement again: as stored, or rendering, kind, code and span."""
        if self.identity:
            return self.identity
        key = f"{self.rendering_sha256}|{self.kind}|{self.code or ''}|{self.start}|{self.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as the later stages see it: its names, its text, and what has been read in it.

    `paths` are all the paths under which these bytes arrived, first found first. `codings` are in text order.
    """

    file_sha256: str
    rendering_sha256: str
    paths: tuple[str, ...]
    media_type: str
    outcome: Outcome
    reason: str | None = None
    remedy: str | None = None
    flags: tuple[str, ...] = ()
    text: str = ""
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()
    codings: tuple[Coding, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who stands behind what is said, as far as the text says.

    `certainty` is undecided where two readings are open; an undecided origin is never added to a count of
    independent ones.
    """

    id: str
    label: str
    kind: Literal["report", "agency", "official", "testimony", "publisher", "document", "law", "unnamed"]
    certainty: Literal["stated", "inferred", "undecided"]
    reason: str
    documents: tuple[str, ...]  # file_sha256 of every document that carries it


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginEdge:
    """`child` derives from `parent` (ids of origins, or file_sha256 of documents), and the words that say so."""

    child: str
    parent: str
    kind: Literal["reports", "quotes", "reposts", "copies", "cites"]
    certainty: Literal["stated", "inferred", "undecided"]
    reason: str
    rendering_sha256: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGraph:
    """Origins, the derivations between them, and for each coding (by id) the origin that answers for it."""

    origins: tuple[Origin, ...]
    edges: tuple[OriginEdge, ...]
    of_coding: Mapping[str, str]  # Coding.id -> Origin.id
