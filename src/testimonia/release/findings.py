"""The findings: everything the dossier says, computed from codings and the graph of origins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from testimonia.model import Document, Origin, OriginGraph
from testimonia.release.corroboration import Corroboration, Corroborator, corroboration
from testimonia.release.evidence import Evidence, gather
from testimonia.release.figures import Figures, tables
from testimonia.release.measures import Measure, Timeline, measures, timeline
from testimonia.release.missing import Missing, missing
from testimonia.release.palermo import Palermo, matrix, standing
from testimonia.release.places import ProvinceMap, province_map

__all__ = ["ActFinding", "Findings", "Speaker", "build"]

NO_GRAPH = OriginGraph(origins=(), edges=(), of_coding={})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFinding:
    """All passages on one act code, by how far each counts, and what stands behind those that do.

    `support` covers the stated passages alone, or the weak ones where none is stated.
    """

    code: str
    stated: tuple[Evidence, ...]
    weak: tuple[Evidence, ...]
    uncounted: tuple[Evidence, ...]
    support: Corroboration


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """An origin with the number of codings and documents that go back to it."""

    origin: Origin
    codings: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in `documents`, how sure it is, and what is missing."""

    documents: tuple[Document, ...]
    graph: OriginGraph
    evidence: tuple[Evidence, ...]
    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    palermo: Palermo
    acts: tuple[ActFinding, ...]
    figures: Figures
    measures: tuple[Measure, ...]
    timeline: Timeline
    map: ProvinceMap
    speakers: tuple[Speaker, ...]
    missing: Missing
    ledger: tuple[Mapping[str, object], ...] = ()


def build(
    documents: Sequence[Document],
    graph: OriginGraph | None,
    corroborate: Corroborator | None = None,
    refused: Mapping[str, int] | None = None,
    ledger: Sequence[Mapping[str, object]] = (),
) -> Findings:
    """Compute the findings of `documents`; the same input gives the same findings in the same order.

    `corroborate` counts independent origins for a list of coding ids; `refused` counts what the gate refused,
    by reason; `ledger` has one row per path found.
    """
    graph = graph or NO_GRAPH
    evidence = gather(documents, graph)
    kept = [e for e in evidence if not e.dropped]
    told = [e for e in kept if e.coding.kind == "act" and standing(e) == "stated"]
    measured = measures(evidence)
    done = [m.evidence for m in measured if m.standing == "done"]
    return Findings(
        documents=tuple(documents),
        graph=graph,
        evidence=evidence,
        kinds=Counter(e.coding.kind for e in kept),
        languages=_languages(documents),
        palermo=matrix(evidence),
        acts=_acts(kept, graph, corroborate),
        figures=tables(evidence, graph, corroborate),
        measures=measured,
        timeline=timeline(evidence, [*told, *done]),
        map=province_map(evidence, told),
        speakers=_speakers(kept),
        missing=missing(documents, evidence, refused or {}, ledger),
        ledger=tuple(ledger),
    )


def _languages(documents: Iterable[Document]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for document in documents:
        found.update({p.language.split("-")[0] for p in document.passages if p.role != "boilerplate"})
    return dict(found.most_common())


def _acts(evidence: Iterable[Evidence], graph: OriginGraph, corroborate: Corroborator | None) -> tuple[ActFinding, ...]:
    by_code: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for e in evidence:
        if e.coding.kind == "act" and e.role != "boilerplate":
            by_code[e.coding.code or ""][standing(e)].append(e)
    found = [_act(code, sorts, graph, corroborate) for code, sorts in by_code.items()]
    return tuple(sorted(found, key=lambda a: (not a.stated, -a.support.independent, -len(a.stated), a.code)))


def _act(
    code: str, sorts: Mapping[str, Sequence[Evidence]], graph: OriginGraph, corroborate: Corroborator | None
) -> ActFinding:
    stated, weak = sorts.get("stated", ()), sorts.get("weak", ())
    return ActFinding(
        code=code,
        stated=tuple(stated),
        weak=tuple(weak),
        uncounted=tuple(sorts.get("uncounted", ())),
        support=corroboration(stated or weak, graph, corroborate),
    )


def _speakers(evidence: Iterable[Evidence]) -> tuple[Speaker, ...]:
    codings: Counter[str] = Counter()
    files: dict[str, set[str]] = defaultdict(set)
    origins: dict[str, Origin] = {}
    for e in evidence:
        if e.origin is not None:
            origins[e.origin.id] = e.origin
            codings[e.origin.id] += 1
            files[e.origin.id].add(e.file_sha256)
    found = [Speaker(origin=o, codings=codings[i], documents=len(files[i])) for i, o in origins.items()]
    return tuple(sorted(found, key=_standing))


def _standing(s: Speaker) -> tuple[object, ...]:
    """Order origins: decided before undecided, then those behind most documents and passages."""
    return s.origin.certainty == "undecided", -s.documents, -s.codings, s.origin.id
