"""The Palermo matrix: which words support act, means and purpose, and which element nothing supports.

Palermo Protocol, Art. 3(a): trafficking is an act (recruitment, transport, transfer, harbouring, receipt), by
a means (force, deception, abuse …), for the purpose of exploitation. Art. 3(c), (d): where the person is
under eighteen, no means is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from testimonia.release.evidence import ESTABLISHING, Evidence
from testimonia.release.terms import Element, element

__all__ = ["Case", "Finding", "Palermo", "Status", "is_minor", "matrix", "standing"]

Status = Literal["established", "partly", "not established", "not needed"]
ELEMENTS: tuple[Element, ...] = ("act", "means", "purpose")
_WEAK_MODALITIES = frozenset({"alleged", "possible"})
_SENTENCE_END = re.compile(r"[.!?](?=[”’\"')\]]*(?:\s|$))|[。！？]")
_WEAK_ROLES = frozenset({"title", "caption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One element of one case: passages that state it, that bear on it only weakly, and that do not count.

    `reason` says in one sentence why the status is what it is.
    """

    element: Element
    status: Status
    stated: tuple[Evidence, ...]
    weak: tuple[Evidence, ...]
    uncounted: tuple[Evidence, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The three elements in one document, or in all of them (`path` is None).

    `minors` are ages under eighteen that stand in the same passage as an act or a purpose; `together` counts
    passages that state every element needed at once.
    """

    path: str | None
    file_sha256: str | None
    elements: tuple[Finding, ...]
    minors: tuple[Evidence, ...]
    together: int
    status: Status
    missing: tuple[Element, ...]

    @property
    def apart(self) -> bool:
        """Whether nothing here states or alleges an element: rules, denials, warnings."""
        return not any(f.stated or f.weak for f in self.elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palermo:
    """One case per document that bears on trafficking, and all documents taken together.

    Cases in which most is stated come first, those `apart` last; else in the order of the documents.
    """

    cases: tuple[Case, ...]
    overall: Case


def matrix(evidence: Sequence[Evidence]) -> Palermo:
    """Build the matrix from the act codings and ages in `evidence`."""
    kept = [e for e in evidence if not e.dropped]
    by_file = {key: list(group) for key, group in groupby(kept, key=lambda e: e.file_sha256)}
    cases = [_case(group) for group in by_file.values()]
    bearing = tuple(case for case in cases if any(f.stated or f.weak or f.uncounted for f in case.elements))
    ordered = tuple(sorted(bearing, key=_weight))
    return Palermo(cases=ordered, overall=_overall(kept, ordered))


def _weight(case: Case) -> tuple[object, ...]:
    stated = sum(f.status in ("established", "not needed") for f in case.elements)
    return case.apart, case.status != "established", -stated, -sum(bool(f.weak) for f in case.elements)


def standing(e: Evidence) -> Literal["stated", "weak", "uncounted"]:
    """Say whether an act coding establishes, hints at, or does not count for its element.

    Questions, denied and negated acts, risks, policies, rules of law, promises, suppositions and whatever a legal text
    lays down never count;
    allegations, titles and texts that may have lost a negation count only weakly.
    """
    coding = e.coding
    if coding.polarity == "negative" or e.role == "boilerplate" or e.legal or _is_asked(e):
        return "uncounted"
    if coding.modality in _WEAK_MODALITIES:
        return "weak"
    if coding.modality not in ESTABLISHING:
        return "uncounted"
    return "weak" if e.damaged or e.role in _WEAK_ROLES else "stated"


def _is_asked(e: Evidence) -> bool:
    """Whether the sentence ends in a question mark: what an interviewer asks states nothing."""
    end = _SENTENCE_END.search(e.coding.quote[-1:] + e.after)
    return end is not None and end[0] in "?？"


def is_minor(e: Evidence) -> bool:
    """Whether a figure gives an age that is under eighteen on every reading of it.

    Korean counting ages run one or two years ahead, so that eighteen is still under eighteen there. A bound
    without its other end ("at least 12"), a lost number, a denial and a rule of law say nothing.
    """
    coding = e.coding
    if coding.kind != "figure" or coding.unit != "years_of_age" or coding.polarity == "negative":
        return False
    if coding.modality not in ESTABLISHING or coding.value_status not in (None, "present"):
        return False
    highest = _highest_age(e)
    if highest is None:
        return False
    counting = coding.attributes.get("age_system") in ("korean", "korean_counting", "counting")
    return highest <= 18 if counting else highest < 18


def _highest_age(e: Evidence) -> float | None:
    coding = e.coding
    value = float(coding.value) if isinstance(coding.value, int | float) else None
    if coding.comparator == "min":  # "as young as": at least one person is of that age
        return value if value is not None else coding.min
    highest = coding.max if coding.max is not None else value
    if highest is None or coding.comparator in (">", ">="):
        return None
    return highest - 1 if coding.comparator == "<" else highest


def _case(evidence: Sequence[Evidence]) -> Case:
    acts = {name: [e for e in evidence if _bears_on(e, name)] for name in ELEMENTS}
    tied = {e.passage for name in ("act", "purpose") for e in acts[name] if standing(e) == "stated"}
    minors = tuple(e for e in evidence if e.passage in tied and is_minor(e))
    findings = tuple(_finding(name, acts[name], minors) for name in ELEMENTS)
    first = evidence[0]
    return Case(
        path=first.path,
        file_sha256=first.file_sha256,
        elements=findings,
        minors=minors,
        together=_together(findings),
        status=_verdict(f.status for f in findings),
        missing=_missing(findings),
    )


def _bears_on(e: Evidence, name: Element) -> bool:
    return e.coding.kind == "act" and element(e.coding.code) == name


def _finding(name: Element, evidence: Sequence[Evidence], minors: Sequence[Evidence]) -> Finding:
    sorts: dict[str, list[Evidence]] = {"stated": [], "weak": [], "uncounted": []}
    for e in evidence:
        sorts[standing(e)].append(e)
    status = _status(name, sorts, minors)
    return Finding(
        element=name,
        status=status,
        stated=tuple(sorts["stated"]),
        weak=tuple(sorts["weak"]),
        uncounted=tuple(sorts["uncounted"]),
        reason=_reason(status, sorts),
    )


def _status(name: Element, sorts: dict[str, list[Evidence]], minors: Sequence[Evidence]) -> Status:
    if sorts["stated"]:
        return "established"
    if name == "means" and minors:
        return "not needed"
    return "partly" if sorts["weak"] else "not established"


def _reason(status: Status, sorts: dict[str, list[Evidence]]) -> str:
    if status == "established":
        return "Stated as having happened."
    if status == "not needed":
        return "A person under 18 stands in the same passage; read whether the age is the victim's."
    if status == "partly":
        return "Only alleged, in a title, or in a damaged text that may have lost a negation."
    if sorts["uncounted"]:
        return "Only asked, denied, or spoken of as risk, policy, rule of law, promise or supposition."
    return "No passage speaks of it."


def _together(findings: Sequence[Finding]) -> int:
    needed = [{e.passage for e in f.stated} for f in findings if f.status != "not needed"]
    return len(set.intersection(*needed)) if needed else 0


def _verdict(statuses: Iterable[Status]) -> Status:
    found = list(statuses)
    if all(s in ("established", "not needed") for s in found):
        return "established"
    return "partly" if any(s in ("established", "partly") for s in found) else "not established"


def _missing(findings: Sequence[Finding]) -> tuple[Element, ...]:
    return tuple(f.element for f in findings if f.status in ("partly", "not established"))


def _overall(evidence: Sequence[Evidence], cases: Sequence[Case]) -> Case:
    """All documents together: established only where one document alone states every element needed."""
    findings = tuple(_finding(name, [e for e in evidence if _bears_on(e, name)], ()) for name in ELEMENTS)
    whole = any(case.status == "established" for case in cases)
    parts = any(f.status != "not established" for f in findings)
    return Case(
        path=None,
        file_sha256=None,
        elements=findings,
        minors=tuple(e for case in cases for e in case.minors),
        together=sum(case.together for case in cases),
        status="established" if whole else "partly" if parts else "not established",
        missing=() if whole else _missing(findings),
    )
