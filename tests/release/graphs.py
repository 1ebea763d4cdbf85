"""Hand-made graphs of origins over documents: enough to see what a dossier makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.model import Document, Origin, OriginEdge, OriginGraph

KINDS = frozenset({"act", "figure", "measure", "attribution"})


def by_claimant(documents: Sequence[Document]) -> OriginGraph:
    """One origin for every claimant or source that is named, one undecided origin for the rest of a document."""
    labels: dict[str, set[str]] = {}
    of_coding: dict[str, str] = {}
    for document in documents:
        for coding in document.codings:
            if coding.kind in KINDS:
                part = coding.parts.get("claimant") or coding.parts.get("source")
                label = part.quote if part else f"nobody named in {document.paths[0]}"
                labels.setdefault(label, set()).add(document.file_sha256)
                of_coding[coding.id] = f"o:{label}"
    origins = tuple(_origin(label, files) for label, files in sorted(labels.items()))
    return OriginGraph(origins=origins, edges=(), of_coding=of_coding)


def _origin(label: str, files: set[str]) -> Origin:
    nobody = label.startswith("nobody named")
    return Origin(
        id=f"o:{label}",
        label=label,
        kind="unnamed" if nobody else "report",
        certainty="undecided" if nobody else "stated",
        reason="no source is named" if nobody else f"named as “{label}”",
        documents=tuple(sorted(files)),
    )


def derived(graph: OriginGraph, child: str, parent: str) -> OriginGraph:
    """The same graph, in which the origin `child` reports the origin `parent`."""
    edge = OriginEdge(child=child, parent=parent, kind="reports", certainty="stated", reason="says so")
    return OriginGraph(origins=graph.origins, edges=(*graph.edges, edge), of_coding=graph.of_coding)
