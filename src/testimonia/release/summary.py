"""The first page: what we know, who says so, how sure it is, what is missing, in sentences with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from testimonia.release.blocks import Cell, Notes, Prose
from testimonia.release.evidence import Evidence
from testimonia.release.findings import ActFinding, Findings
from testimonia.release.measures import Standing
from testimonia.release.palermo import Case
from testimonia.release.terms import label
from testimonia.release.wording import (
    code_text,
    counted,
    language_name,
    listed,
    number,
    unit_text,
)

__all__ = ["summary"]

SHOWN = 3  # sources cited with one sentence
ACTS = 5
SPEAKERS = 5
_STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("done", "told as done"),
    ("planned", "planned, announced or ordered"),
    ("law", "rules of law"),
    ("denied", "denied"),
)


def summary(found: Findings, notes: Notes, reviewed: bool) -> tuple[Prose, ...]:
    """Write the four parts of the first page."""
    return (
        Prose(heading="What we know", sentences=tuple(_know(found, notes)), listed=True),
        Prose(heading="Who says so", sentences=tuple(_who(found)), listed=True),
        Prose(heading="How sure it is", sentences=tuple(_sure(found, reviewed)), listed=True),
        Prose(heading="What is missing", sentences=tuple(_missing(found)), listed=True),
    )


def said(text: str, notes: Notes, evidence: Sequence[Evidence], most: int = SHOWN) -> Cell:
    """Return a sentence with its first `most` sources, and the count of the others."""
    shown = notes.cite_all(evidence[:most])
    return Cell(text=text, notes=shown, more=len(evidence) - len(shown))


def _know(found: Findings, notes: Notes) -> Iterator[Cell]:
    yield Cell(text=_read(found))
    yield from _trafficking(found, notes)
    for act in [a for a in found.acts if a.stated][:ACTS]:
        yield said(_act_sentence(act), notes, act.stated)
    yield from _figures(found, notes)
    yield from _measures(found)
    if not found.evidence:
        yield Cell(text="Nothing was found in what could be read. That is no finding that nothing happened.")


def _read(found: Findings) -> str:
    with_text = [d for d in found.documents if d.text]
    tongues = listed(language_name(code) for code in found.languages)
    stated = counted(len(found.evidence), "stretch", "stretches") + " of text"
    where = counted(len(with_text), "readable file") + (f" in {tongues}" if tongues else "")
    return f"{stated} in {where} {'was' if len(found.evidence) == 1 else 'were'} coded."


def _trafficking(found: Findings, notes: Notes) -> Iterator[Cell]:
    cases = found.palermo.cases
    if not cases:
        yield Cell(text="No document speaks of an act, a means or a purpose of trafficking.")
        return
    whole = [case for case in cases if case.status == "established"]
    total = counted(len(cases), "document")
    if whole:
        cited = [f.stated[0] for case in whole[:2] for f in case.elements if f.stated]
        text = (
            f"Trafficking (Palermo Protocol, Art. 3): {total} {'bears' if len(cases) == 1 else 'bear'} on it "
            f"and {number(len(whole))} {'states' if len(whole) == 1 else 'state'} every element needed."
        )
        yield said(text, notes, cited, 6)
    else:
        yield Cell(text=f"Trafficking (Palermo Protocol, Art. 3): {_incomplete(found.palermo.overall, total)}")


def _incomplete(overall: Case, total: str) -> str:
    lacking = listed(overall.missing)
    if not lacking:
        return f"none of {total} states every element by itself; together they do."
    return f"none of {total} states every element; no passage anywhere states the {lacking}."


def _act_sentence(act: ActFinding) -> str:
    support = act.support
    return (
        f"{code_text('act', act.code)} is stated in {counted(len(act.stated), 'passage')} of "
        f"{counted(support.documents, 'document')}, {_origins(support.independent, support.undecided)}."
    )


def _origins(independent: int, undecided: int) -> str:
    if not independent:
        return f"from no origin that is decided ({number(undecided)} undecided)"
    firm = f"from {counted(independent, 'independent origin')}"
    return firm + (f" ({number(undecided)} more undecided)" if undecided else "")


def _figures(found: Findings, notes: Notes) -> Iterator[Cell]:
    figures = found.figures
    results = sum(len(c.rows) for c in figures.comparable) + len(figures.alone)
    if not results:
        return
    certain = [c for c in figures.comparable if c.certain]
    text = f"{counted(results, 'figure')} {'tells' if results == 1 else 'tell'} of results; "
    yield Cell(text=text + _comparable_text(len(certain)))
    for c in sorted(certain, key=lambda c: -(c.ratio or 0))[:1]:
        spread = _spread(c.lowest, c.highest, c.unit)
        yield said(f"Widest apart: {c.counted}, {c.period}: {spread}.", notes, c.rows)


def _comparable_text(sets: int) -> str:
    if not sets:
        return "none may be compared with another, because no two count the same thing for one period."
    return f"{counted(sets, 'set')} of them may be compared side by side."


def _spread(low: float, high: float, unit: str) -> str:
    tail = f" {unit_text(unit)}".rstrip()
    return f"all say {number(low)}{tail}" if low == high else f"{number(low)} to {number(high)}{tail}"


def _measures(found: Findings) -> Iterator[Cell]:
    sorts = Counter(m.standing for m in found.measures)
    if not sorts:
        return
    said_of = listed(f"{number(sorts[key])} {word}" for key, word in _STANDINGS if sorts[key])
    yield Cell(text=f"{counted(len(found.measures), 'measure')} of states and bodies: {said_of}.")


def _who(found: Findings) -> Iterator[Cell]:
    if not found.speakers:
        yield Cell(text="For nothing that was coded is it known who stands behind it.")
        return
    undecided = sum(s.origin.certainty == "undecided" for s in found.speakers)
    total = counted(len(found.speakers), "origin")
    tail = f", {number(undecided)} of them undecided" if undecided else ""
    yield Cell(text=f"What is said goes back to {total}{tail}.")
    decided = [s for s in found.speakers if s.origin.certainty != "undecided"]
    for s in decided[:SPEAKERS]:
        where = f"{counted(s.codings, 'passage')} in {counted(s.documents, 'document')}"
        yield Cell(text=f"{s.origin.label} ({_kind(s.origin.kind)}): {where}.")
    left = len(found.speakers) - min(len(decided), SPEAKERS)
    if left:
        yield Cell(text=f"{counted(left, 'further origin')}: see “Who stands behind it”.")
    silent = sum(e.origin is None for e in found.evidence if e.coding.kind in ("figure", "act", "measure"))
    if silent:
        yield Cell(text=f"For {counted(silent, 'passage')} on acts, figures or measures no origin was traced.")


def _kind(kind: str) -> str:
    return "nobody is named" if kind == "unnamed" else kind


def _sure(found: Findings, reviewed: bool) -> Iterator[Cell]:
    yield Cell(text=_review_sentence(found, reviewed))
    acts = [a for a in found.acts if a.stated]
    if acts:
        two = sum(a.support.independent >= 2 for a in acts)
        one = sum(a.support.independent == 1 for a in acts)
        yield Cell(
            text=f"Of {counted(len(acts), 'kind')} of act stated, {number(two)} "
            f"{'rests' if two == 1 else 'rest'} on two or more independent origins, {number(one)} on one, "
            f"{number(len(acts) - two - one)} on none that is decided."
        )
    weak = sum(len(a.weak) for a in found.acts)
    uncounted = sum(len(a.uncounted) for a in found.acts)
    if weak or uncounted:
        yield Cell(
            text=f"{counted(weak, 'passage')} only allege, or may have lost a word; {number(uncounted)} "
            "deny, warn, forbid, permit or suppose, and establish nothing."
        )
    yield Cell(text="“Stated” means that the words say so. Whether they are true is for a person to judge.")


def _review_sentence(found: Findings, reviewed: bool) -> str:
    states = Counter(e.coding.state for e in found.evidence)
    judged = states["accepted"] + states["corrected"] + states["rejected"]
    if not reviewed or not judged:
        return "Everything here is suggested by a machine and not reviewed by a person."
    total = counted(len(found.evidence), "coding")
    return f"A person has judged {number(judged)} of {total}; the rest is suggested."


def _missing(found: Findings) -> Iterator[Cell]:
    gaps = found.missing
    unread = sum(f.outcome == "unread" for f in gaps.files)
    partly = len(gaps.files) - unread
    if unread or partly:
        said = [f"{counted(unread, 'file')} could not be read"] if unread else []
        said += [f"{counted(partly, 'file')} {'was' if partly == 1 else 'were'} read only partly"] if partly else []
        yield Cell(text=f"{listed(said)}.")
    else:
        total = len(found.ledger) or len(found.documents)
        yield Cell(text=f"All {counted(total, 'file')} were read." if total != 1 else "The one file was read.")
    if gaps.damaged:
        shown = listed(gaps.damaged, 3)
        yield Cell(text=f"{counted(len(gaps.damaged), 'text')} damaged, so that words may be lost: {shown}.")
    if gaps.lost:
        where = counted(len({e.file_sha256 for e in gaps.lost}), "document")
        yield Cell(text=f"{counted(len(gaps.lost), 'figure')} in {where} lost their digits; none was guessed.")
    yield from _silences(found)


def _silences(found: Findings) -> Iterator[Cell]:
    gaps = found.missing
    if gaps.silent:
        total = counted(len(gaps.silent), "readable file")
        yield Cell(text=f"In {total} nothing was coded: {listed(gaps.silent, 3)}.")
    if gaps.languages:
        tongues = listed(f"{language_name(k)} ({v:,} characters)" for k, v in gaps.languages.items())
        yield Cell(text=f"No coder for: {tongues}.")
    if gaps.kinds:
        yield Cell(text=f"Nothing was found of these kinds: {listed(label('kind', k) for k in gaps.kinds)}.")
    refused = sum(gaps.refused.values())
    if refused:
        yield Cell(text=f"{counted(refused, 'proposed coding')} refused because the text did not bear them out.")
    undated = found.timeline.undated
    if undated:
        yield Cell(text=f"{counted(undated, 'act or measure', 'acts and measures')} told as done carry no date.")
