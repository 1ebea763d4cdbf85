"""What the casebook comes to at this moment: findings over all documents, and where to find each piece of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from testimonia import release
from testimonia.casebook import Casebook
from testimonia.linkage import origins
from testimonia.model import Document, Origin, OriginEdge, OriginGraph
from testimonia.project.coding import DROPPED, graph_kept, graph_of
from testimonia.release.evidence import Evidence
from testimonia.release.exports import ledger_row
from testimonia.release.figures import Comparable
from testimonia.release.findings import Findings

__all__ = ["Found", "arranged", "found"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Findings, with the ways into them that the pages take.

    `files` gives the file of a rendering, `names` the first path of a file, `edges` the derivations of a document or
    an origin, `group` the comparison a figure stands in, `why_alone` why it stands in none, `left_out` the names of the
    files that are not among the documents.
    """

    findings: Findings
    evidence: Mapping[str, Evidence]
    files: Mapping[str, str]
    names: Mapping[str, str]
    origins: Mapping[str, Origin]
    edges: Mapping[str, Sequence[OriginEdge]]
    group: Mapping[str, Comparable]
    why_alone: Mapping[str, str]
    nearby: Mapping[tuple[str, int], Sequence[Evidence]]
    left_out: Mapping[str, str] = field(default_factory=dict)


Traced = dict[str, OriginGraph]
"""The last tracing of origins, by what it was traced from."""


def found(casebook: Casebook, who: str | None = None, traced: Traced | None = None) -> Found:
    """Read every document and work out what it says; dear, so keep the answer until the casebook changes.

    A document that `who` codes blind is left out until she has finished: what others read in it must not lead her.
    `traced` keeps the tracing of origins from one call to the next: accepting a proposal does not change it.
    """
    blind = {one.rendering_sha256 for one in casebook.doubles() if one.coder == who and one.finished_at is None}
    every = tuple(casebook.documents())
    documents = tuple(d for d in every if d.rendering_sha256 not in blind)
    ledger = [ledger_row(row) for row in casebook.arrivals()]
    graph = _graph(casebook, every, {} if traced is None else traced)
    told = arranged(release.findings(documents, graph, origins.corroborate, casebook.refused(), ledger))
    left_out = {d.file_sha256: _name(d) for d in every if d.rendering_sha256 in blind}
    return replace(told, left_out=left_out) if left_out else told


def _graph(casebook: Casebook, documents: Sequence[Document], traced: Traced) -> OriginGraph:
    """The origins behind what is coded now, rejections and people's own codings reckoned with."""
    key = _kept(documents)
    if key not in traced:
        graph = graph_kept(casebook, documents) or graph_of(documents)
        traced.clear()
        traced[key] = graph
    return traced[key]


def _kept(documents: Sequence[Document]) -> str:
    """A hash of what origins are traced from: every coding that is not rejected, with what a person made of it."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"\n{document.file_sha256} {' '.join(document.paths)} ".encode("utf-8", "surrogatepass"))
        for coding in document.codings:
            if coding.state not in DROPPED:
                digest.update(coding.id.encode())
                if coding.state == "corrected":
                    digest.update(repr(coding).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _name(document: Document) -> str:
    return document.paths[0] if document.paths else document.file_sha256[:12]


def arranged(findings: Findings) -> Found:
    """The ways into findings."""
    edges: dict[str, list[OriginEdge]] = defaultdict(list)
    for edge in findings.graph.edges:
        edges[edge.child].append(edge)
    return Found(
        findings=findings,
        evidence={e.id: e for e in findings.evidence},
        files={d.rendering_sha256: d.file_sha256 for d in findings.documents},
        names={d.file_sha256: _name(d) for d in findings.documents},
        origins={origin.id: origin for origin in findings.graph.origins},
        edges=edges,
        group={e.id: c for c in findings.figures.comparable for e in (*c.rows, *c.silent)},
        why_alone={e.id: why for e, why in findings.figures.alone},
        nearby=_by_sentence(findings.evidence),
    )


def _by_sentence(evidence: Sequence[Evidence]) -> Mapping[tuple[str, int], Sequence[Evidence]]:
    beside: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for e in evidence:
        if e.coding.kind in ("place", "attribution", "date") and not e.dropped:
            beside[e.sentence].append(e)
    return beside
