"""Three invented documents that repeat one report and one that counted for itself, with the graph of their origins."""

from __future__ import annotations

from typing import Any

from tests.release.samples import document, figure, said

from testimonia import release
from testimonia.linkage import origins
from testimonia.model import Document, Origin, OriginEdge, OriginGraph, Part
from testimonia.project.showing.standing import Found, arranged

REPORT = "The Amber Door counted 412 women sent back from China in 2019 to 2022, from 90 interviews."
PRESS = "According to the Amber Door, 412 women were sent back from China in 2019 to 2022."
COPY = "Again: according to the Amber Door, 412 women were sent back from China in 2019 to 2022."
OTHER = "The Quiet Harbour counted 365 women sent back from China in 2019 to 2022."
ACTS = "Guards arrested two people in Jilin in May 2021. In 2023 nobody was arrested. Where did they beat them?"
ABOUT = {
    "counted_norm": "women",
    "topic": "state.forced_return",
    "period": "2019/2022",
    "place": "CHN",
}


def counted(text: str, value: float, claimant: str, path: str, **more: Any) -> Document:
    """A document with one figure of what a claimant counts."""
    quote = f"{value:g} women"
    at = text.index(claimant)
    parts = {"claimant": Part(at, at + len(claimant), claimant)}
    return document(text, figure(text, quote, value, parts=parts, **{**ABOUT, **more}), path=path)


def acts() -> Document:
    """A document with an act in a province, one that is denied, and one that is asked about."""
    return document(
        ACTS,
        said(ACTS, "arrested two people", code="state.arrest"),
        said(ACTS, "Jilin", "place", value="220000", attributes={"path": "CHN/220000"}),
        said(ACTS, "May 2021", "date", value="2021-05"),
        said(ACTS, "nobody was arrested", code="state.arrest", polarity="negative"),
        said(ACTS, "In 2023", "date", value="2023"),
        said(ACTS, "beat them", code="state.violence"),
        path="acts.txt",
    )


def documents(**more: Any) -> tuple[Document, ...]:
    """The report, two pages that repeat it, the other count, and the acts."""
    return (
        counted(REPORT, 412, "The Amber Door", "report.txt", **more),
        counted(PRESS, 412, "the Amber Door", "press.txt"),
        counted(COPY, 412, "the Amber Door", "copy.txt"),
        counted(OTHER, 365, "The Quiet Harbour", "other.txt"),
        acts(),
    )


AMBER = "published by it: “The Amber Door”; rests on: 90 interviews; with drivers; press.txt gives both names: “Amber”"


def graph(told: tuple[Document, ...]) -> OriginGraph:
    """Two reports; the copy goes back to the first by way of the press."""
    report, press, copy, other, _ = told
    named = (report.file_sha256, press.file_sha256, copy.file_sha256)
    made = (
        Origin(id="o-1", label="Amber Door", kind="report", certainty="stated", reason=AMBER, documents=named),
        Origin(
            id="o-2", label="Quiet Harbour", kind="report", certainty="stated", reason="a report",
            documents=(other.file_sha256,),
        ),
    )  # fmt: skip
    edges = (
        edge(report, "o-1", "cites", "published by it"),
        edge(press, "o-1", "reports", "named in the text", (13, 27)),
        edge(copy, press.file_sha256, "copies", "93% of its text is that of press.txt"),
        edge(other, "o-2", "cites", "a report"),
    )
    of = {c.id: "o-2" if d is other else "o-1" for d in told[:4] for c in d.codings}
    return OriginGraph(origins=made, edges=edges, of_coding=of)


def edge(child: Document, parent: str, kind: Any, reason: str, spot: tuple[int, int] | None = None) -> OriginEdge:
    """A derivation that a document states, at some characters of it."""
    start, end = spot or (None, None)
    return OriginEdge(
        child=child.file_sha256, parent=parent, kind=kind, certainty="stated", reason=reason,
        rendering_sha256=child.rendering_sha256 if spot else None, start=start, end=end,
    )  # fmt: skip


def found(*, more: dict[str, Any] | None = None) -> Found:
    """The findings of all of it; `more` changes the figure of the report."""
    told = documents(**(more or {}))
    return arranged(release.findings(told, graph(told), origins.corroborate, {}, ()))
