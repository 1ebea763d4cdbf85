"""Origins: who stands behind what is said, which documents repeat it, and why that is one voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.model import Origin
from testimonia.project.showing.chain import Reason, clauses, evidence_base, reason_of
from testimonia.project.showing.standing import Found
from testimonia.release.evidence import Evidence
from testimonia.release.findings import Speaker

__all__ = ["Behind", "OriginStory", "origin_story", "origins_of"]

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Behind:
    """A document that goes back to an origin, why, and how much in it does."""

    file: str
    name: str
    codings: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginStory:
    """One origin: why it is one, what it rests on, who repeats it, who may be it, and what it is quoted for.

    `rests_on` and `carried_by` are other origins with the reason; `counts` is False for one that corroborates nothing.
    `said` are the first figures, measures and acts that go back to it, of `all_said` by kind.
    """

    origin: Origin
    counts: bool
    why: tuple[str, ...]
    base: str
    documents: tuple[Behind, ...]
    rests_on: tuple[tuple[Origin, Reason], ...]
    carried_by: tuple[tuple[Origin, Reason], ...]
    said: tuple[Evidence, ...]
    all_said: dict[str, int]


def origins_of(found: Found, kind: str = "", certainty: str = "", words: str = "") -> tuple[Speaker, ...]:
    """The origins, decided ones behind most documents first; of one kind, of one certainty, with these words."""
    wanted = words.casefold().split()
    return tuple(
        speaker
        for speaker in found.findings.speakers
        if kind in ("", speaker.origin.kind)
        and certainty in ("", speaker.origin.certainty)
        and all(word in f"{speaker.origin.label} {speaker.origin.reason}".casefold() for word in wanted)
    )


def origin_story(found: Found, key: str) -> OriginStory:
    """Everything that is known of an origin. Raises KeyError where there is none with this id."""
    origin = found.origins[key]
    told = [e for e in found.findings.evidence if e.origin is not None and e.origin.id == key and not e.dropped]
    counted: dict[str, int] = {}
    for e in told:
        counted[e.coding.kind] = counted.get(e.coding.kind, 0) + 1
    return OriginStory(
        origin=origin,
        counts=origin.certainty != "undecided" and origin.kind != "unnamed",
        why=tuple(filter(None, clauses(origin))),
        base=evidence_base(origin),
        documents=tuple(_documents(found, origin, told)),
        rests_on=tuple(
            (found.origins[e.parent], reason_of(found, e))
            for e in found.edges.get(key, ())
            if e.parent in found.origins
        ),
        carried_by=tuple(_carriers(found, key)),
        said=tuple(e for e in told if e.coding.kind in ("figure", "measure", "act"))[:SHOWN],
        all_said=counted,
    )


def _documents(found: Found, origin: Origin, told: Sequence[Evidence]) -> Iterator[Behind]:
    counts: dict[str, int] = {}
    for e in told:
        counts[e.file_sha256] = counts.get(e.file_sha256, 0) + 1
    for file in dict.fromkeys([*origin.documents, *counts]):
        edges = [edge for edge in found.edges.get(file, ()) if edge.parent == origin.id or edge.parent in found.names]
        reasons = dict.fromkeys(reason_of(found, edge) for edge in edges)
        yield Behind(file, found.names.get(file, file[:12]), counts.get(file, 0), tuple(reasons))


def _carriers(found: Found, key: str) -> Iterator[tuple[Origin, Reason]]:
    for edge in found.findings.graph.edges:
        if edge.parent == key and edge.child in found.origins:
            yield found.origins[edge.child], reason_of(found, edge)
