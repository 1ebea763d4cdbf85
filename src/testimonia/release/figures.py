"""Figures side by side: which may be compared, how far they lie apart, and which may not, and why."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from testimonia import vocabulary
from testimonia.model import OriginGraph
from testimonia.release.corroboration import Corroboration, Corroborator, corroboration
from testimonia.release.edtf import Span, overlap, span
from testimonia.release.evidence import Evidence
from testimonia.release.readable import is_named, period_text, place_text
from testimonia.release.terms import label

__all__ = ["Comparable", "Figures", "Sort", "about", "bounds", "concept", "sort_of", "tables", "unlike"]

Sort = Literal["result", "whole", "target", "projection", "denied", "law", "verbal", "lost", "unsaid"]
_TARGETS = frozenset({"required", "target", "policy", "announced"})
_PROJECTIONS = frozenset({"promise", "hypothetical", "risk", "possible"})
_OF_ONE_PERSON = frozenset({"years_of_age"})
_BETWEEN_COUNTRIES = frozenset({"state.forced_return", "law.refoulement", "journey.escape"})
NOT_SAID = "not said"
AGE = "an age belongs to one person"
UNKNOWN = "what is counted is not said, or is no kind of thing that is compared"
UNTOLD = "it is not said what was done to those counted, or when"
SAME = "the same speaker counts like things, which may be different ones"
SINGLE = "no other counts the same thing, of the same people, in an overlapping period and place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """Figures of the same counted thing, unit, population and place whose periods overlap.

    What is counted is a known kind of thing (women, children, cameras), and of persons it is told what was
    done to them, unless all give one number for one period. They stand in two documents or more, or come from
    two claimants: what one speaker counts twice is two things. `repeated` says that they all go back to one origin.
    `silent` are figures on the same thing that name no number. `lowest` and `highest` are the least and
    greatest number any of them names; `ratio` is their quotient, None where the lowest is not above zero.
    `cautions` name what none of the figures says; `certain` is False where no period is said, so that they only
    may be about the same.
    """

    counted: str
    unit: str
    population: str
    place: str
    period: str
    rows: tuple[Evidence, ...]
    silent: tuple[Evidence, ...]
    lowest: float
    highest: float
    ratio: float | None
    cautions: tuple[str, ...]
    certain: bool
    repeated: bool
    support: Corroboration


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every figure once: in one comparison, or in `alone` with the reason, or in the sort it belongs to."""

    comparable: tuple[Comparable, ...]
    alone: tuple[tuple[Evidence, str], ...]
    sorts: dict[Sort, tuple[Evidence, ...]]

    def of(self, sort: Sort) -> tuple[Evidence, ...]:
        """Return the figures of one sort, in text order."""
        return self.sorts.get(sort, ())


def tables(evidence: Iterable[Evidence], graph: OriginGraph, corroborate: Corroborator | None = None) -> Figures:
    """Sort all figures in `evidence`, and put those that may be compared side by side."""
    sorts: dict[Sort, list[Evidence]] = defaultdict(list)
    for e in evidence:
        if e.coding.kind == "figure" and not e.dropped:
            sorts[sort_of(e)].append(e)
    groups = list(_groups(sorts["result"]))
    silent = [*sorts["verbal"], *sorts["lost"]]
    comparable = [_comparable(g, silent, graph, corroborate) for g in groups if _is_comparison(g)]
    alone = [(e, unlike(e, group)) for group in groups if not _is_comparison(group) for e in group]
    return Figures(
        comparable=tuple(sorted(comparable, key=_weight)),
        alone=tuple(sorted(alone, key=lambda pair: pair[0].row)),
        sorts={sort: tuple(rows) for sort, rows in sorts.items()},
    )


def sort_of(e: Evidence) -> Sort:
    """Say what a figure is: a result, or one of the things that must never be read as one."""
    coding = e.coding
    if e.role == "boilerplate":
        return "unsaid"
    if coding.value_status == "lost":
        return "lost"
    if coding.polarity == "negative" or coding.modality == "denied":
        return "denied"
    if e.legal or coding.modality == "legal_norm":
        return "law"
    if coding.modality in _TARGETS:
        return "target"
    if coding.modality in _PROJECTIONS:
        return "projection"
    if coding.value_status == "verbal" or bounds(e) == (None, None):
        return "verbal"
    return "whole" if _is_whole(e) else "result"


def _is_whole(e: Evidence) -> bool:
    """Whether the words around a number make it the whole of which a part is told."""
    sides = {"before": e.before, "after": e.after, "end": e.coding.quote}
    return any(pattern.search(sides[side]) for side, pattern in _wholes(e.language.split("-")[0]))


@cache
def _wholes(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = vocabulary.rows("release/wholes")
    return tuple((row["side"], re.compile(row["pattern"])) for row in rows if row["language"] == language)


def bounds(e: Evidence) -> tuple[float | None, float | None]:
    """Return the least and greatest number a figure names; both None where it names none."""
    coding = e.coding
    if coding.value_status in ("verbal", "lost"):
        return None, None
    value = _finite(coding.value if isinstance(coding.value, int | float) else None)
    low = _finite(coding.min)
    high = _finite(coding.max)
    if value is not None and low is None and high is None:
        return value, value
    return (low if low is not None else value, high if high is not None else value)


def unlike(e: Evidence, group: Sequence[Evidence] = ()) -> str:
    """Say why a figure is not compared."""
    if e.coding.unit in _OF_ONE_PERSON:
        return AGE
    if not e.coding.unit or not concept(e):
        return UNKNOWN
    if not _is_told(e):
        return UNTOLD
    return SAME if len(group) > 1 else SINGLE


def _is_comparison(group: Sequence[Evidence]) -> bool:
    same = _period(group[0]) is not None and len({bounds(e) for e in group}) == 1
    told = all(map(_is_told, group)) or (same and bool(concept(group[0])))
    return told and len({(e.file_sha256, _claimant(e)) for e in group}) > 1


def _is_told(e: Evidence) -> bool:
    """Whether enough is said of what is counted: for persons what was done to them, for things also when."""
    topic = bool(e.coding.attributes.get("topic"))
    return bool(concept(e)) and (topic or (e.coding.unit != "persons" and _period(e) is not None))


def _claimant(e: Evidence) -> str:
    part = e.coding.parts.get("claimant")
    return e.coding.attributes.get("claimant_norm") or (part.quote if part else "")


def _weight(found: Comparable) -> tuple[object, ...]:
    return (
        found.repeated, not found.certain, -found.support.independent, -len(found.rows),
        found.counted, found.rows[0].row,
    )  # fmt: skip


def _finite(number: float | None) -> float | None:
    return float(number) if number is not None and math.isfinite(number) else None


def about(e: Evidence, name: str) -> str:
    """Return what a figure says of its `counted`, `population`, `place` or `period`; empty where it does not."""
    part = e.coding.parts.get(name)
    said = e.coding.attributes.get(name) or (part.value or part.quote if part else "")
    words = " ".join(said.split())
    return "" if name == "counted" and words.casefold() in _vague() else words


@cache
def _vague() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in vocabulary.rows("release/vague_counted"))


def _word(e: Evidence, name: str) -> str:
    return about(e, name).casefold()


def concept(e: Evidence) -> str:
    """Return what a figure counts in words that are the same in every language; empty where none is known.

    `women, forced return`: the coder's concept, and the act told of in the same sentence.
    """
    counted, topic = (e.coding.attributes.get(name, "") for name in ("counted_norm", "topic"))
    if not counted:
        return ""
    return ", ".join(filter(None, (counted.replace("_", " "), label("act", topic).lower() if topic else "")))


def _groups(results: Sequence[Evidence]) -> Iterable[list[Evidence]]:
    keyed: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for e in results:
        counted, unit = concept(e), e.coding.unit or ""
        alone = not counted or not unit or unit in _OF_ONE_PERSON
        keyed[(*_key(e), f"{e.file_sha256} {e.id}" if alone else "")].append(e)
    for rows in keyed.values():
        yield from _by_period(rows)


def _key(e: Evidence) -> tuple[str, str, str, str]:
    return concept(e), e.coding.unit or "", _of_whom(e), _scene(e)


def _of_whom(e: Evidence) -> str:
    """Return the population that tells two figures apart: those returned from China are all of North Korea."""
    population = _word(e, "population")
    return "" if _is_between(e) and is_named(population, "PRK") else population


def _is_between(e: Evidence) -> bool:
    return e.coding.attributes.get("topic") in _BETWEEN_COUNTRIES


def _scene(e: Evidence) -> str:
    """Return the place that tells two figures apart: a return from China to North Korea is in either country."""
    place = _word(e, "place")
    whole_country = "/" not in place
    return "" if whole_country and _is_between(e) else place


def _by_period(rows: Sequence[Evidence]) -> Iterable[list[Evidence]]:
    """Split into groups in which every two periods overlap; figures without a period form their own group."""
    timeless = [e for e in rows if _period(e) is None]
    groups: list[list[tuple[Evidence, Span]]] = []
    dated = [(e, period) for e in rows if (period := _period(e)) is not None]
    for e, period in sorted(dated, key=lambda pair: (str(pair[1].earliest or ""), pair[0].row)):
        home = next((g for g in groups if all(_are_alike(period, other) for _, other in g)), None)
        if home is None:
            groups.append([(e, period)])
        else:
            home.append((e, period))
    yield from ([e for e, _ in group] for group in groups)
    if timeless:
        yield timeless


def _are_alike(one: Span, other: Span) -> bool:
    """Whether two periods may be of the same time: an open one ("since 1997") only with its like."""
    if None in (one.earliest, one.latest, other.earliest, other.latest):
        return one == other
    return overlap(one, other)


def _period(e: Evidence) -> Span | None:
    return span(about(e, "period"))


def _comparable(
    rows: Sequence[Evidence], silent: Sequence[Evidence], graph: OriginGraph, corroborate: Corroborator | None
) -> Comparable:
    numbers = [n for e in rows for n in bounds(e) if n is not None]
    low, high = min(numbers), max(numbers)
    first = rows[0]
    periods = dict.fromkeys(period_text(about(e, "period")) or NOT_SAID for e in rows)
    places = {place_text(about(e, "place")) for e in rows if about(e, "place")}
    named = {"population": _shown(first, "population"), "place": "; ".join(sorted(places)) or NOT_SAID}
    origins = {e.origin.id if e.origin else e.file_sha256 for e in rows}
    return Comparable(
        counted=concept(first),
        **named,
        unit=first.coding.unit or "",
        period=", ".join(periods),
        rows=tuple(sorted(rows, key=lambda e: (e.origin.label if e.origin else "~", e.row))),
        silent=tuple(e for e in silent if _key(e) == _key(first)),
        lowest=low,
        highest=high,
        ratio=high / low if low > 0 else None,
        cautions=tuple(_cautions(rows)),
        certain=_period(first) is not None,
        repeated=len(origins) == 1,
        support=corroboration(rows, graph, corroborate),
    )


def _shown(e: Evidence, name: str) -> str:
    return about(e, name) or NOT_SAID


def _cautions(rows: Sequence[Evidence]) -> Iterable[str]:
    first = rows[0]
    for name in ("population", "place"):
        if not _word(first, name):
            yield f"None of them says of which {name}." if name == "population" else "None names a place."
    if _period(first) is None:
        yield "None says for which period."
    if any(e.coding.comparator not in (None, "=") for e in rows):
        yield "Some are bounds, ranges or estimates."
    if any(e.coding.modality == "alleged" for e in rows):
        yield "Some are only alleged."
