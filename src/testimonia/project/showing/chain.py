"""Behind one figure: who says it, who passed it on, what it goes back to, why that is one origin, what it is like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from testimonia.linkage import origins
from testimonia.model import Origin, OriginEdge
from testimonia.project.showing.rows import Row, Spot, spot_of
from testimonia.project.showing.standing import Found
from testimonia.release import origin_picture
from testimonia.release.corroboration import Corroboration, corroboration
from testimonia.release.evidence import Evidence
from testimonia.release.figures import AGE, SAME, SINGLE, UNKNOWN, UNTOLD, Comparable, bounds

__all__ = [
    "Carrier",
    "Reason",
    "Step",
    "Story",
    "Voice",
    "clauses",
    "drawn_origins",
    "evidence_base",
    "reason_of",
    "story",
]

StepRole = Literal["document", "claimant", "via", "origin", "evidence"]
Lack = Literal[
    "claimant", "counted", "population", "place", "period", "evidence", "origin", "second origin",
    "digits", "damage", "review",
]  # fmt: skip

Alone = Literal["", "age", "unknown", "untold", "same", "single", "sort", "rejected"]
_ALONE: Mapping[str, Alone] = MappingProxyType(
    {AGE: "age", UNKNOWN: "unknown", UNTOLD: "untold", SAME: "same", SINGLE: "single"}
)


_NAMES = re.compile(r"; (?=[^;]+ gives both names: )")
_RESTS = re.compile(r"; rests on: (.*?)(?=; [^;]+ gives both names: |$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one thing is taken to rest on another: a sentence, how certain, and the words of a text if there are any."""

    kind: str
    certainty: str
    sentence: str
    spot: Spot | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A link of the chain behind a figure; without a `label` the text does not say it.

    `sort` is the kind of an origin, a basis or a modality; `reason` says why it stands here.
    """

    role: StepRole
    label: str = ""
    sort: str = ""
    certainty: str = ""
    spot: Spot | None = None
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A document that carries what an origin says, its figures, and why they go back to that origin."""

    file: str
    name: str
    rows: tuple[Row, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One origin with the documents that repeat it. `counts` is False for one that is undecided or unnamed.

    `why` are the reasons why it is that origin, `base` what it says that it rests on.
    """

    origin: Origin | None
    counts: bool
    documents: tuple[Carrier, ...]
    rests_on: tuple[tuple[Origin, Reason], ...]
    why: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that is known of one figure.

    `support` is what stands behind all comparable figures, `own` behind those that give this number; without a
    comparison both speak of this figure alone, and `alone` says why it is not compared (`sort`: it is no result).
    """

    row: Row
    chain: tuple[Step, ...]
    group: Comparable | None
    rows: tuple[Row, ...]
    voices: tuple[Voice, ...]
    support: Corroboration
    own: Corroboration
    alone: Alone
    missing: tuple[Lack, ...]


def story(found: Found, rows: Mapping[str, Row], coding: str) -> Story:
    """What stands behind the figure with this coding id. Raises KeyError where there is no such figure."""
    row = rows[coding]
    group = found.group.get(coding)
    together = [*group.rows, *group.silent] if group else [row.e]
    held = tuple(rows[e.id] for e in together)
    counted = group.rows if group else (row.e,)
    same = [e for e in counted if bounds(e) == bounds(row.e)] or [row.e]
    chain = tuple(_chain(found, row))
    support = _support(found, counted)
    return Story(
        row=row,
        chain=chain,
        group=group,
        rows=held,
        voices=tuple(_voices(found, held)),
        support=support,
        own=_support(found, same),
        alone=_alone(found, row),
        missing=tuple(_missing(row, chain, support)),
    )


def _alone(found: Found, row: Row) -> Alone:
    if row.dropped:
        return "rejected"
    if row.e.id in found.group:
        return ""
    return _ALONE.get(found.why_alone.get(row.e.id, ""), "sort")


def _support(found: Found, evidence: Sequence[Evidence]) -> Corroboration:
    return corroboration(evidence, found.findings.graph, origins.corroborate)


# --- the chain ----------------------------------------------------------------------------


def _chain(found: Found, row: Row) -> Iterator[Step]:
    e = row.e
    where = e.path if e.page is None else f"{e.path}, {e.page}"
    yield Step(role="document", label=where, spot=row.spot)
    said = row.claimant
    yield Step(role="claimant", label=said.value, spot=said.spot) if said else Step(role="claimant")
    yield from _via(found, row)
    yield _origin_step(found, row)
    yield from list(_rests_on(found, row)) or [Step(role="evidence")]


def _via(found: Found, row: Row) -> Iterator[Step]:
    """Who passed it on: the `via` of an attribution of the same sentence, and what the document was taken from."""
    for near in found.nearby.get(row.e.sentence, ()):
        if part := near.coding.parts.get("via"):
            yield Step(role="via", label=part.quote, spot=Spot(near.file_sha256, part.start, part.end))
    origin = row.e.origin.id if row.e.origin else ""
    for edge in found.edges.get(row.e.file_sha256, ()):
        if edge.kind in ("reposts", "copies") and edge.parent != origin:
            why = reason_of(found, edge)
            label = found.names.get(edge.parent) or _label(found, edge.parent)
            named = edge.parent if edge.parent in found.origins else ""
            yield Step(
                role="via", label=label, sort=edge.kind, certainty=edge.certainty,
                spot=why.spot, origin=named, reason=why.sentence,
            )  # fmt: skip


def _label(found: Found, key: str) -> str:
    origin = found.origins.get(key)
    return origin.label if origin else key[:12]


def _origin_step(found: Found, row: Row) -> Step:
    origin = row.e.origin
    if origin is None:
        return Step(role="origin")
    reasons = _reasons(found, row.e.file_sha256, origin.id)
    spot = next((reason.spot for reason in reasons if reason.spot), None)
    return Step(
        role="origin", label=origin.label, sort=origin.kind, certainty=origin.certainty,
        spot=spot, origin=origin.id, reason=clauses(origin)[0],
    )  # fmt: skip


def clauses(origin: Origin) -> tuple[str, ...]:
    """Why an origin is what it is, one reason after the other: the tracing joins them with semicolons.

    What it rests on (interviews, a register) is kept apart, see `evidence_base`.
    """
    left = _RESTS.sub("", origin.reason)
    return tuple(_NAMES.split(left)) or ("",)


def evidence_base(origin: Origin) -> str:
    """What a report says that it rests on, in its own words; empty where it does not say."""
    match = _RESTS.search(origin.reason)
    return match[1] if match else ""


def _rests_on(found: Found, row: Row) -> Iterator[Step]:
    """What the origin itself rests on, as far as a text says: a basis, a testimony, a further origin."""
    e = row.e
    if e.coding.basis:
        yield Step(role="evidence", sort=e.coding.basis, label=e.coding.basis, spot=row.spot)
    elif e.origin is not None and e.origin.kind == "testimony":
        yield Step(role="evidence", sort="testimony", label=e.origin.label, reason=e.origin.reason)
    elif e.origin is not None and (words := evidence_base(e.origin)):
        yield Step(role="evidence", label=words, sort="base")
    else:
        for near in found.nearby.get(e.sentence, ()):
            if near.coding.kind == "attribution" and near.coding.attributes.get("testimony"):
                yield Step(role="evidence", sort="testimony", label=near.coding.quote, spot=spot_of(near))
    for edge in found.edges.get(e.origin.id, ()) if e.origin else ():
        if edge.parent in found.origins:
            why = reason_of(found, edge)
            yield Step(
                role="evidence", sort="origin", label=_label(found, edge.parent), certainty=edge.certainty,
                spot=why.spot, origin=edge.parent, reason=why.sentence,
            )  # fmt: skip


# --- why it is one origin -----------------------------------------------------------------


def reason_of(found: Found, edge: OriginEdge) -> Reason:
    """The sentence of a derivation, with the characters that say it, where a text does."""
    file = found.files.get(edge.rendering_sha256 or "")
    spot = Spot(file, edge.start, edge.end) if file and edge.start is not None and edge.end is not None else None
    return Reason(edge.kind, edge.certainty, edge.reason, spot)


def _reasons(found: Found, file: str, origin: str) -> tuple[Reason, ...]:
    """Why what a document says goes back to an origin: itself, or by way of the documents it was taken from."""
    seen, waiting, reasons = {file}, [file], []
    while waiting:
        for edge in found.edges.get(waiting.pop(0), ()):
            if edge.parent == origin:
                reasons.append(reason_of(found, edge))
            elif edge.parent in found.names and edge.parent not in seen:
                seen.add(edge.parent)
                reasons.append(reason_of(found, edge))
                waiting.append(edge.parent)
    return tuple(dict.fromkeys(reasons))


def _voices(found: Found, rows: Sequence[Row]) -> Iterator[Voice]:
    """The origins behind some figures, the one that most documents repeat first; those that do not count last."""
    by_origin: dict[str, list[Row]] = {}
    for row in rows:
        by_origin.setdefault(row.e.origin.id if row.e.origin else "", []).append(row)
    voices = [_voice(found, key, held) for key, held in by_origin.items()]
    yield from sorted(voices, key=lambda voice: (not voice.counts, -len(voice.documents)))


def _voice(found: Found, key: str, rows: Sequence[Row]) -> Voice:
    origin = found.origins.get(key)
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row.e.file_sha256, []).append(row)
    carriers = tuple(
        Carrier(file, found.names[file], tuple(held), _reasons(found, file, key)) for file, held in by_file.items()
    )
    counts = origin is not None and origin.certainty != "undecided" and origin.kind != "unnamed"
    further = tuple(_further(found, key))
    if origin is None:
        return Voice(None, False, carriers, further)
    return Voice(origin, counts, carriers, further, clauses(origin), evidence_base(origin))


def _further(found: Found, origin: str) -> Iterator[tuple[Origin, Reason]]:
    for edge in found.edges.get(origin, ()):
        if edge.parent in found.origins:
            yield found.origins[edge.parent], reason_of(found, edge)


# --- what is missing ----------------------------------------------------------------------


def _missing(row: Row, chain: Sequence[Step], support: Corroboration) -> Iterator[Lack]:
    coding = row.e.coding
    if coding.value_status in ("lost", "partial"):
        yield "digits"
    if row.claimant is None:
        yield "claimant"
    if not row.facets.get("counted") and not row.facets.get("topic"):
        yield "counted"
    if row.population is None and coding.unit == "persons":
        yield "population"
    if not row.places:
        yield "place"
    if row.when is None:
        yield "period"
    if not row.dropped:
        yield from _unsupported(row, chain, support)
    if row.e.damaged:
        yield "damage"
    if coding.state == "suggested":
        yield "review"


def _unsupported(row: Row, chain: Sequence[Step], support: Corroboration) -> Iterator[Lack]:
    if any(step.role == "evidence" and not step.label for step in chain):
        yield "evidence"
    if row.e.origin is None or row.e.origin.certainty == "undecided":
        yield "origin"
    if support.independent < 2:
        yield "second origin"


# --- the picture --------------------------------------------------------------------------


def drawn_origins(told: Story, words: Mapping[str, str]) -> str:
    """The documents of a story on the left, the origins they meet in on the right, as SVG.

    `words` are those of the picture in the language of the page, by their English.
    """
    carriers = {carrier.file: carrier for voice in told.voices for carrier in voice.documents}
    voices = [voice for voice in told.voices if voice.origin is not None]
    data = {
        "documents": [{"id": key, "label": one.name.rpartition("/")[2]} for key, one in carriers.items()],
        "origins": [_end(voice.origin) for voice in voices if voice.origin],
        "links": [
            {"from": carrier.file, "to": voice.origin.id, "certainty": voice.origin.certainty}
            for voice in voices
            if voice.origin
            for carrier in voice.documents
        ],
    }
    return origin_picture.draw(data, words)


def _end(origin: Origin) -> dict[str, str]:
    return {"id": origin.id, "label": origin.label, "certainty": origin.certainty}
