"""What is known of origins while they are traced: by key, with the edges to them and what was found to be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from testimonia.linkage.origins import headers, sources
from testimonia.linkage.origins.groups import Groups
from testimonia.model import Document, OriginEdge, Part

__all__ = ["STRENGTH", "Behind", "OriginKind", "Tracing", "edge", "know"]

OriginKind = Literal["report", "agency", "official", "testimony", "publisher", "document", "law", "unnamed"]
STRENGTH: Sequence[OriginKind] = (
    "unnamed", "document", "publisher", "official", "testimony", "law", "agency", "report",
)  # fmt: skip


@dataclass(slots=True)
class Behind:
    """What is known of one origin while it is being put together."""

    label: str
    kind: OriginKind
    certainty: Literal["stated", "inferred", "undecided"]
    reason: str
    documents: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Tracing:
    """The state of one tracing: origins by key, unions of keys, edges, and the key of each coding."""

    documents: Sequence[Document]
    headers: Sequence[headers.Header]
    behind: dict[str, Behind] = field(default_factory=dict)
    joined: Groups[str] = field(default_factory=Groups)
    edges: dict[tuple[str, str, str], OriginEdge] = field(default_factory=dict)
    of_coding: dict[str, str] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)  # keys of lists, whose rows quote nobody


def know(tracing: Tracing, name: str, kind: OriginKind, certainty: Literal["stated", "inferred"], reason: str) -> str:
    """Know a named origin; the strongest kind that any text gives it stays."""
    key = f"name:{sources.key(name)}"
    tracing.joined.add(key)
    known = tracing.behind.setdefault(key, Behind(name, kind, certainty, reason))
    if STRENGTH.index(kind) > STRENGTH.index(known.kind) and known.kind != "official":
        known.kind, known.reason = kind, reason
    if certainty == "stated":
        known.certainty = "stated"
    return key


def edge(
    tracing: Tracing, document: Document, key: str, kind: str, found: headers.Found | Part | None, why: str = ""
) -> None:
    """The first edge of its kind from a document to an origin is kept, with the words that say so."""
    place = (document.file_sha256, key, kind)
    if place in tracing.edges:
        return
    tracing.behind[key].documents[document.file_sha256] = None
    tracing.edges[place] = OriginEdge(
        child=document.file_sha256,
        parent=key,
        kind=kind,  # type: ignore[arg-type]
        certainty=tracing.behind[key].certainty,
        reason=why or (f"“{found.quote}”" if found else tracing.behind[key].reason),
        rendering_sha256=document.rendering_sha256 if found and found.end else None,
        start=found.start if found and found.end else None,
        end=found.end if found and found.end else None,
    )
