"""What states and bodies do, order and announce, by date; targets kept apart from results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from testimonia.release.edtf import Span, span
from testimonia.release.evidence import Evidence
from testimonia.release.figures import sort_of

__all__ = [
    "Dated",
    "Event",
    "Measure",
    "Standing",
    "Timeline",
    "dated",
    "measures",
    "standing_of",
    "timeline",
]

Standing = Literal["done", "planned", "law", "denied"]
_PLANNED_STATES = frozenset({"announced", "proposed", "target", "required", "stated_position"})
_RULES = frozenset({"in_force", "repealed"})  # the text itself lays it down, and says nothing of what was done
_TARGETS = frozenset({"quota"})
_PLANNED_MODALITIES = frozenset({"announced", "required", "target", "policy", "promise", "hypothetical", "risk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When something is said to have happened: EDTF as read, its days, and the coding that says so."""

    edtf: str
    days: Span
    source: Evidence | None
    how: Literal["stated", "same sentence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure with its date, and its figures, sorted into targets and results."""

    evidence: Evidence
    standing: Standing
    when: Dated | None
    targets: tuple[Evidence, ...]
    results: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An act or a measure that a text dates."""

    evidence: Evidence
    when: Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Dated events, earliest first, and the number of acts and measures no text dates."""

    events: tuple[Event, ...]
    undated: int


class Dates:
    """The date codings of all documents, by the sentence they stand in."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._by_sentence: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
        for e in evidence:
            if e.coding.kind == "date" and not e.dropped and _days(e) is not None:
                self._by_sentence[e.sentence].append(e)

    def nearest(self, e: Evidence) -> Evidence | None:
        """Return the date of the same sentence that stands nearest to `e`, the earlier one where two do."""
        found = self._by_sentence.get(e.sentence, [])
        return min(found, key=lambda d: (_gap(d, e), d.coding.start), default=None)


def _gap(one: Evidence, other: Evidence) -> int:
    return max(one.coding.start - other.coding.end, other.coding.start - one.coding.end, 0)


def _edtf(e: Evidence) -> str:
    return str(e.coding.value or e.coding.attributes.get("norm", ""))


def _days(e: Evidence) -> Span | None:
    return span(_edtf(e))


def dated(e: Evidence, dates: Dates) -> Dated | None:
    """Return the date an act or a measure carries itself, else the nearest of its own sentence, else None."""
    for said in (e.coding.attributes.get("period"), e.coding.attributes.get("date"), _of_parts(e)):
        if said and (days := span(said)) is not None:
            return Dated(edtf=said, days=days, source=None, how="stated")
    nearest = dates.nearest(e)
    if nearest is None:
        return None
    days = _days(nearest)
    return Dated(edtf=_edtf(nearest), days=days, source=nearest, how="same sentence") if days else None


def _of_parts(e: Evidence) -> str | None:
    part = e.coding.parts.get("period") or e.coding.parts.get("date")
    return part.value if part else None


def standing_of(e: Evidence) -> Standing:
    """Say whether a measure is done, planned, a rule or order, or denied."""
    coding = e.coding
    if coding.polarity == "negative" or coding.modality == "denied":
        return "denied"
    status = coding.attributes.get("status") or coding.attributes.get("mtype_status", "")
    if e.legal or coding.modality == "legal_norm" or status in _RULES:
        return "law"
    if coding.code in _TARGETS or status in _PLANNED_STATES or coding.modality in _PLANNED_MODALITIES:
        return "planned"
    return "done"


def measures(evidence: Sequence[Evidence]) -> tuple[Measure, ...]:
    """Return all measures, the dated ones first and earliest first, the undated ones in text order."""
    dates = Dates(evidence)
    told = [e for e in evidence if e.coding.kind == "measure" and not e.dropped and e.role != "boilerplate"]
    figures = _by_sentence(e for e in evidence if e.coding.kind == "figure" and not e.dropped)
    beside = _by_sentence(told)
    found = [_measure(e, dates, _figures_of(e, figures.get(e.sentence, ()), len(beside[e.sentence]))) for e in told]
    return tuple(sorted(found, key=lambda m: (m.when is None, _first_day(m.when), m.evidence.row)))


def _by_sentence(evidence: Iterable[Evidence]) -> Mapping[tuple[str, int], Sequence[Evidence]]:
    found: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for e in evidence:
        found[e.sentence].append(e)
    return found


def _figures_of(e: Evidence, figures: Sequence[Evidence], measures: int) -> Sequence[Evidence]:
    """Return the figures inside a measure; else those of its sentence, if no other measure stands in it."""
    inside = [f for f in figures if f.coding.start < e.coding.end and e.coding.start < f.coding.end]
    return inside if inside or measures > 1 else figures


def _measure(e: Evidence, dates: Dates, figures: Sequence[Evidence]) -> Measure:
    sorts = {id(f): sort_of(f) for f in figures}
    return Measure(
        evidence=e,
        standing=standing_of(e),
        when=dated(e, dates),
        targets=tuple(f for f in figures if sorts[id(f)] in ("target", "law", "projection")),
        results=tuple(f for f in figures if sorts[id(f)] in ("result", "verbal", "lost")),
    )


def _first_day(when: Dated | None) -> tuple[date, date]:
    if when is None:
        return date.max, date.max
    return when.days.earliest or date.min, when.days.latest or date.max


def timeline(evidence: Sequence[Evidence], counts: Iterable[Evidence]) -> Timeline:
    """Date the acts and measures of `counts` with the dates of `evidence`."""
    dates = Dates(evidence)
    pairs = [(e, dated(e, dates)) for e in counts]
    events = [Event(evidence=e, when=when) for e, when in pairs if when is not None]
    events.sort(key=lambda event: (_first_day(event.when), event.evidence.file_sha256, event.evidence.coding.start))
    return Timeline(events=tuple(events), undated=len(pairs) - len(events))
