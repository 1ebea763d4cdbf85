"""Act, means and purpose by document, and acts by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from testimonia.release.blocks import Block, Cell, Prose, Table, Tone
from testimonia.release.desk import Desk
from testimonia.release.evidence import Evidence
from testimonia.release.findings import ActFinding
from testimonia.release.palermo import Case, Finding, Status
from testimonia.release.terms import Element, element
from testimonia.release.wording import (
    code_text,
    counted,
    listed,
    number,
    origin_text,
    sentence_case,
)

__all__ = ["acts", "elements", "lacking"]

_TONES: Mapping[Status, Tone] = {
    "established": "yes",
    "partly": "partly",
    "not established": "no",
    "not needed": "none",
}
_PALERMO = (
    "Trafficking is an act, by a means, for the purpose of exploitation (Palermo Protocol, Art. 3(a)); for a "
    "person under eighteen no means is needed (Art. 3(c)). “Established by” says that passages state the "
    "element as something that happened, not that a court found it. That the elements of one document concern "
    "the same person must be read in it."
)
_HEAD = ("Document", "Act", "Means", "Purpose", "Together")
_WIDTHS = (26, 21, 21, 21, 21)
_DOCUMENTS = 40  # rows of the matrix
_NAMED = 6  # documents named in one sentence


def elements(desk: Desk) -> Iterator[Block]:
    """Act, means and purpose: the matrix by document, what is missing, then the passages of each element."""
    palermo = desk.found.palermo
    yield Prose(sentences=(Cell(text=_PALERMO),))
    if not palermo.cases:
        yield Prose(sentences=(Cell(text="No document speaks of an act, a means or a purpose."),))
        return
    bearing = [case for case in palermo.cases if not case.apart]
    yield _matrix(
        desk,
        "Each element, by document: those that state most first. Numbers lead to the passages.",
        [palermo.overall, *bearing],
    )
    yield Prose(heading="What is missing", sentences=tuple(lacking(palermo.cases)), listed=True)
    for finding in palermo.overall.elements:
        yield from _element(desk, finding)
    apart = [case for case in palermo.cases if case.apart]
    if apart:
        heading = "Texts that state nothing of it"
        yield _matrix(desk, "Rules of law, orders, denials and warnings: they establish no element", apart, heading)


def _matrix(desk: Desk, caption: str, cases: Sequence[Case], heading: str = "") -> Table:
    shown = desk.limits.take(min(len(cases), _DOCUMENTS))
    left = [case.path or "" for case in cases[shown:]]
    rows = tuple(_case(desk, case) for case in cases[:shown])
    more = f"{counted(len(left), 'document')} not shown here: acts.csv, {listed(left, _NAMED)}." if left else ""
    return Table(caption=caption, head=_HEAD, widths=_WIDTHS, rows=rows, more=more, heading=heading)


def _case(desk: Desk, case: Case) -> tuple[Cell, ...]:
    name = case.path if case.path is not None else "All documents"
    return (Cell(text=name), *(_status(desk, f, case) for f in case.elements), _together(case))


def _status(desk: Desk, finding: Finding, case: Case) -> Cell:
    mark, text = _status_cell(finding)
    shown = case.minors if finding.status == "not needed" else finding.stated or finding.weak or finding.uncounted
    return desk.sources(shown, text, _TONES[finding.status], mark)


def lacking(cases: Sequence[Case]) -> Iterator[Cell]:
    """Say in which documents every element is stated, and which one is missing in which."""
    whole = [case.path or "" for case in cases if case.status == "established"]
    if whole:
        yield Cell(text=f"Every element needed is stated in {listed(whole, _NAMED)}.")
    else:
        yield Cell(text="No single document states every element needed.")
    for name, ask in _ASKED.items():
        paths = [case.path or "" for case in cases if case.missing == (name,) and not case.apart]
        if paths:
            yield Cell(text=f"Only the {name} is missing in {listed(paths, _NAMED)}: no passage there says {ask}.")
    others = [case for case in cases if len(case.missing) > 1 and not case.apart]
    if others:
        total = counted(len(others), "further document")
        yield Cell(text=f"{sentence_case(total)} {'states' if len(others) == 1 else 'state'} one element at most.")
    minors = [case.path or "" for case in cases if any(f.status == "not needed" for f in case.elements)]
    if minors:
        yield Cell(
            text=f"No means is needed in {listed(minors, _NAMED)}, if the person under eighteen who is spoken of "
            "there is the one it happened to."
        )


_ASKED: Mapping[Element, str] = {
    "act": "that the person was recruited, moved, harboured, received or sold",
    "means": "by what force, deception or abuse it came about",
    "purpose": "for what exploitation it was done",
}


def _element(desk: Desk, finding: Finding) -> Iterator[Block]:
    name = sentence_case(finding.element)
    for title, rows in (
        (f"{name}: stated as something that happened", finding.stated),
        (f"{name}: only alleged, in a title, or in a damaged text that may have lost a “not”", finding.weak),
        (f"{name}: asked, denied, or spoken of as risk, policy, rule, promise or supposition", finding.uncounted),
    ):
        if rows:
            yield passages(desk, title, rows, f"The {finding.element}" if rows is finding.stated else "")


def acts(desk: Desk) -> Iterator[Block]:
    """Acts by kind with their origins, then passages of those that are no element of trafficking."""
    found = desk.found.acts
    if not found:
        yield Prose(sentences=(Cell(text="No act was found."),))
        return
    shown = desk.limits.take(len(found))
    left = len(found) - shown
    yield Table(
        caption="Acts by kind, those with most independent origins first",
        head=("Act", "Stated", "Documents and origins", "What two origins would take", "Not counted"),
        widths=(20, 13, 30, 25, 14),
        rows=tuple(_act(desk, a) for a in found[:shown]),
        more=f"{counted(left, 'kind')} of act not shown here: acts.csv." if left else "",
    )
    stated = [e for a in found for e in a.stated if element(e.coding.code) is None]
    if stated:
        yield passages(desk, "Passages that state an act which is no element of trafficking", stated, "Passages")


def _act(desk: Desk, a: ActFinding) -> tuple[Cell, ...]:
    counts = a.stated or a.weak
    return (
        Cell(text=code_text("act", a.code)),
        desk.sources(a.stated, number(len(a.stated)), "number"),
        Cell(text=a.support.sentence if counts else "–"),
        Cell(text=_needed(a) if counts else "–", tone="soft"),
        Cell(text=_uncounted(a), tone="soft"),
    )


def _needed(a: ActFinding) -> str:
    return "there are two" if a.support.independent >= 2 else a.support.needed


def _uncounted(a: ActFinding) -> str:
    said = [f"{number(len(a.weak))} alleged or unsure"] if a.weak else []
    said += [f"{number(len(a.uncounted))} asked, denied, ruled or supposed"] if a.uncounted else []
    return "; ".join(said) or "–"


def passages(desk: Desk, caption: str, rows: Sequence[Evidence], heading: str = "") -> Table:
    """A table of acts by code: how often and by whom it is said, and the first of the words that say it."""
    by_code: dict[str, list[Evidence]] = {}
    for e in rows:
        by_code.setdefault(e.coding.code or "", []).append(e)
    most = max(2, desk.limits.statement)
    return Table(
        caption=caption,
        head=("What", "Said by", "Words"),
        widths=(17, 25, 58),
        rows=tuple(
            (
                Cell(text=code_text("act", code)),
                Cell(text=_said_by(held)),
                desk.quotes(_spread(held), most, "acts.csv"),
            )
            for code, held in sorted(by_code.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        ),
        heading=heading,
    )


def _spread(rows: Sequence[Evidence]) -> list[Evidence]:
    """The first passage of each origin, then the others, so that few quotes show many voices."""
    first = {(e.origin.id if e.origin else e.file_sha256): e for e in reversed(rows)}
    leading = sorted(first.values(), key=lambda e: e.row)
    chosen = set(map(id, leading))
    return [*leading, *(e for e in rows if id(e) not in chosen)]


def _said_by(rows: Sequence[Evidence]) -> str:
    voices = dict.fromkeys(origin_text(e.origin) for e in rows)
    said = dict.fromkeys(_said_as(e) for e in rows)
    return f"{counted(len(rows), 'passage')}: {listed(voices, 3)}; {listed(said, 4)}"


def _status_cell(finding: Finding) -> tuple[str, str]:
    """Return the word set apart, and what follows it."""
    if finding.status == "established":
        return "Established", f"by {counted(len(finding.stated), 'passage')}"
    if finding.status == "partly":
        return "Partly", f"by {counted(len(finding.weak), 'weak passage')}"
    if finding.status == "not needed":
        return "Not needed", "if the person under 18 is the victim"
    left = len(finding.uncounted)
    return (
        "Not established",
        f"{counted(left, 'passage')} that {'does' if left == 1 else 'do'} not count" if left else "",
    )


def _together(case: Case) -> Cell:
    """Return what the elements come to in one case."""
    mark, tone = sentence_case(case.status), _TONES[case.status]
    if case.status != "established":
        return Cell(mark=mark, text=f"missing: {listed(case.missing)}" if case.missing else "", tone=tone)
    if case.path is None:
        return Cell(mark=mark, text="in one document or more", tone=tone)
    same = f"{counted(case.together, 'passage')} {'states' if case.together == 1 else 'state'} all at once"
    return Cell(mark=mark, text=same if case.together else "no passage states all at once", tone=tone)


def _said_as(e: Evidence) -> str:
    said = e.coding.modality.replace("_", " ")
    return f"{said}, negated" if e.coding.polarity == "negative" and e.coding.modality != "denied" else said
