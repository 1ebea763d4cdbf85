"""The first page: what we know, who says so, how sure it is, what is missing, in sentences with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from testimonia.release.blocks import Cell, Notes, Prose
from testimonia.release.corroboration import Corroboration
from testimonia.release.evidence import Evidence
from testimonia.release.figures import NOT_SAID, Comparable
from testimonia.release.findings import ActFinding, Findings, Speaker
from testimonia.release.measures import Standing
from testimonia.release.missing import LANGUAGES
from testimonia.release.palermo import Case
from testimonia.release.section_figures import per_origin, spread
from testimonia.release.terms import label
from testimonia.release.wording import (
    code_text,
    counted,
    language_name,
    listed,
    number,
    sentence_case,
)

__all__ = ["summary"]

SHOWN = 3  # sources cited with one sentence
ACTS = 5
SPEAKERS = 4
COMPARED = 3  # comparisons told
LACKING = 4  # documents named that lack one element
_STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("done", "told as done"),
    ("planned", "planned, announced or ordered"),
    ("law", "rules and orders"),
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
    yield from _trafficking(found, notes)
    yield from _figures(found, notes)
    for act in [a for a in found.acts if a.stated][:ACTS]:
        yield said(_act_sentence(act), notes, act.stated)
    yield from _sorts(found, notes)
    yield from _measures(found)
    yield Cell(text=_read(found))
    if not found.evidence:
        yield Cell(text="Nothing was found in what could be read. That is no finding that nothing happened.")


def _read(found: Findings) -> str:
    with_text = [d for d in found.documents if d.text]
    tongues = listed(language_name(code) for code in found.languages if code in LANGUAGES)
    stated = counted(len(found.evidence), "stretch", "stretches") + " of text"
    where = counted(len(with_text), "readable file") + (f" in {tongues}" if tongues else "")
    return f"{stated} in {where} {'was' if len(found.evidence) == 1 else 'were'} coded."


def _trafficking(found: Findings, notes: Notes) -> Iterator[Cell]:
    cases = [case for case in found.palermo.cases if not case.apart]
    if not cases:
        yield Cell(text="No document states or alleges an act, a means or a purpose of trafficking.")
        return
    whole = [case for case in cases if case.status == "established"]
    total = counted(len(cases), "document")
    if not whole:
        yield Cell(text=f"Trafficking (Palermo Protocol, Art. 3): {_incomplete(found.palermo.overall, total)}")
        return
    cited = [f.stated[0] for case in whole[:2] for f in case.elements if f.stated]
    named = listed((case.path or "" for case in whole), 4)
    text = (
        f"Trafficking (act, means and purpose: Palermo Protocol, Art. 3): of {total} that "
        f"{'speaks' if len(cases) == 1 else 'speak'} of it, {number(len(whole))} "
        f"{'states' if len(whole) == 1 else 'state'} every element needed: {named}."
    )
    yield said(text, notes, cited, 6)
    minors = [case for case in whole if any(f.status == "not needed" for f in case.elements)]
    if minors:
        young = [e for case in minors for e in case.minors]
        text = f"No means is told of in {listed(map(_name, minors), 4)}; none is needed, if it happened to the minor."
        yield said(text, notes, young)
    lacking = [case for case in cases if len(case.missing) == 1]
    if lacking:
        each = listed((f"{_name(case)} (the {case.missing[0]})" for case in lacking), LACKING)
        yield Cell(text=f"One element is missing in {each}.")


def _name(case: Case) -> str:
    return (case.path or "").rpartition("/")[2]


def _incomplete(overall: Case, total: str) -> str:
    lacking = listed(overall.missing)
    if not lacking:
        return f"none of {total} states every element by itself; together they do."
    return f"none of {total} states every element; no passage anywhere states the {lacking}."


def _act_sentence(act: ActFinding) -> str:
    support = act.support
    where = f"{counted(len(act.stated), 'passage')} of {counted(support.documents, 'document')}"
    return f"{code_text('act', act.code)} is stated in {where}, {_origins(support)}."


def _origins(support: Corroboration) -> str:
    if not support.independent:
        return f"from no origin that is decided ({number(support.undecided)} undecided)"
    firm = f"from {counted(support.independent, 'independent origin')}{support.named()}"
    return firm + (f"; {number(support.undecided)} more undecided" if support.undecided else "")


def _figures(found: Findings, notes: Notes) -> Iterator[Cell]:
    figures = found.figures
    compared = [c for c in figures.comparable if c.certain and not c.repeated]
    for c in compared[:COMPARED]:
        each = " ".join(map(_raised, per_origin(c.rows)))
        period = f", {c.period}" if c.period != NOT_SAID else ""
        yield said(f"{sentence_case(c.counted)}{period}: {spread(c)}. {each}", notes, _one_each(c))
    if not compared and figures.of("result"):
        yield Cell(text="No figures of two origins may be compared: none count the same thing for one period.")
    left = len(compared) - len(compared[:COMPARED])
    if left:
        yield Cell(text=f"{counted(left, 'further set')} of figures may be compared side by side.")
    repeated = sum(c.repeated for c in figures.comparable)
    if repeated:
        yield Cell(
            text=f"{counted(repeated, 'figure')} that several documents give {'goes' if repeated == 1 else 'go'} "
            "back to one origin each: repeated, not confirmed."
        )


def _raised(sentence: str) -> str:
    return sentence_case(sentence)


def _one_each(c: Comparable) -> list[Evidence]:
    """One source of each origin of a comparison."""
    return list({(e.origin.id if e.origin else e.file_sha256): e for e in reversed(c.rows)}.values())[::-1]


def _sorts(found: Findings, notes: Notes) -> Iterator[Cell]:
    figures = found.figures
    results = sum(len(c.rows) for c in figures.comparable) + len(figures.alone)
    if results:
        yield Cell(text=f"{counted(results, 'figure')} {'tells' if results == 1 else 'tell'} of results.")
    if targets := figures.of("target"):
        text = f"{counted(len(targets), 'figure')} {'is a target' if len(targets) == 1 else 'are targets'}"
        yield said(f"{text}, quotas or orders, kept apart from results.", notes, targets)
    laws = {e.file_sha256 for e in found.evidence if e.legal}
    if laws:
        norms = len(figures.of("law"))
        yield Cell(
            text=f"{counted(len(laws), 'document')} {'lays' if len(laws) == 1 else 'lay'} down rules: "
            f"{counted(norms, 'figure')} of rules, and all acts {'it names' if len(laws) == 1 else 'they name'}, "
            "are kept apart and establish nothing."
        )


def _measures(found: Findings) -> Iterator[Cell]:
    sorts = Counter(m.standing for m in found.measures)
    if not sorts:
        return
    said_of = listed(f"{number(sorts[key])} {word}" for key, word in _STANDINGS if sorts[key])
    yield Cell(text=f"{counted(len(found.measures), 'measure')} of states and bodies: {said_of}.")


_VOICES: tuple[tuple[str, str], ...] = (
    ("report", "Reports"),
    ("testimony", "Persons interviewed"),
    ("agency", "News agencies"),
    ("official", "Officials"),
    ("publisher", "Publishers"),
)


def _who(found: Findings) -> Iterator[Cell]:
    if not found.speakers:
        yield Cell(text="For nothing that was coded is it known who stands behind it.")
        return
    decided = [s for s in found.speakers if s.origin.certainty != "undecided"]
    for kind, heading in _VOICES:
        voices = [s for s in decided if s.origin.kind == kind]
        if voices:
            weights = (f"{s.origin.label} ({_weight(s)})" for s in voices)
            yield Cell(text=f"{heading}: {listed(weights if kind == 'report' else _labels(voices), SPEAKERS)}.")
    laws, files = (sum(s.origin.kind == kind for s in decided) for kind in ("law", "document"))
    if laws:
        yield Cell(text=f"{counted(laws, 'law')} or legal {'text' if laws == 1 else 'texts'}.")
    if files:
        yield Cell(
            text=f"{counted(files, 'file')} that {'names' if files == 1 else 'name'} nobody behind what is said."
        )
    yield from _unnamed(found)


def _labels(voices: Sequence[Speaker]) -> Iterator[str]:
    return (s.origin.label for s in voices)


def _weight(s: Speaker) -> str:
    return f"{counted(s.codings, 'passage')} in {counted(s.documents, 'document')}"


def _unnamed(found: Findings) -> Iterator[Cell]:
    unsure = [s for s in found.speakers if s.origin.certainty == "undecided"]
    if unsure:
        shown = listed((s.origin.label for s in unsure), 2)
        yield Cell(text=f"{counted(len(unsure), 'source')} unnamed or undecided, never counted: {shown}.")
    silent = sum(e.origin is None for e in found.evidence if e.coding.kind in ("figure", "act", "measure"))
    if silent:
        yield Cell(text=f"For {counted(silent, 'passage')} on acts, figures or measures no origin was traced.")


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
