"""Act, means and purpose by document, and acts by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from testimonia.release.blocks import Block, Cell, Prose, Table, Tone
from testimonia.release.desk import Desk
from testimonia.release.evidence import Evidence
from testimonia.release.findings import ActFinding
from testimonia.release.palermo import Case, Finding, Status
from testimonia.release.terms import element
from testimonia.release.wording import (
    code_text,
    counted,
    listed,
    number,
    sentence_case,
)

__all__ = ["acts", "elements"]

_TONES: Mapping[Status, Tone] = {
    "established": "yes",
    "partly": "partly",
    "not established": "no",
    "not needed": "none",
}
_PALERMO = (
    "Trafficking is an act, by a means, for the purpose of exploitation (Palermo Protocol, Art. 3(a)); for a "
    "person under eighteen no means is needed (Art. 3(c)). “Established by” says that passages state the "
    "element as something that happened; that the elements of one document concern the same person must be "
    "read in it."
)


def elements(desk: Desk) -> Iterator[Block]:
    """Act, means and purpose: the matrix by document, then the passages of each element."""
    palermo = desk.found.palermo
    yield Prose(sentences=(Cell(text=_PALERMO),))
    if not palermo.cases:
        yield Prose(sentences=(Cell(text="No document speaks of an act, a means or a purpose."),))
        return
    rows = tuple(_case(desk, case) for case in [palermo.overall, *palermo.cases])
    yield Table(
        caption="Each element, by document. Numbers lead to the passages.",
        head=("Document", "Act", "Means", "Purpose", "Together"),
        widths=(26, 21, 21, 21, 21),
        rows=rows,
    )
    yield Prose(sentences=tuple(_case_sentences(palermo.overall)))
    for name in range(3):
        finding = palermo.overall.elements[name]
        yield from _element(desk, finding)


def _case(desk: Desk, case: Case) -> tuple[Cell, ...]:
    name = case.path if case.path is not None else "All documents"
    return (Cell(text=name), *(_status(desk, f, case) for f in case.elements), _together(case))


def _status(desk: Desk, finding: Finding, case: Case) -> Cell:
    mark, text = _status_cell(finding)
    if case.path is None:
        return Cell(mark=mark, text=text, tone=_TONES[finding.status])
    shown = case.minors if finding.status == "not needed" else finding.stated or finding.weak
    return desk.sources(shown, text, _TONES[finding.status], mark)


def _element(desk: Desk, finding: Finding) -> Iterator[Block]:
    for title, rows in (
        ("stated", finding.stated),
        ("only alleged, in a title, or in a damaged text", finding.weak),
        (
            "denied, or spoken of as risk, policy, rule, promise or supposition: these do not count",
            finding.uncounted,
        ),
    ):
        if rows:
            yield passages(desk, f"{sentence_case(finding.element)}: {title}", rows)


def acts(desk: Desk) -> Iterator[Block]:
    """Acts by kind with their origins, then every passage that states one."""
    found = desk.found.acts
    if not found:
        yield Prose(sentences=(Cell(text="No act was found."),))
        return
    shown = desk.limits.take(len(found))
    left = len(found) - shown
    yield Table(
        caption="Acts by kind: passages that state them, that only allege them, and that do not count.",
        head=(
            "Act",
            "Stated",
            "Weak",
            "Not counted",
            "Documents and origins",
            "For a second origin",
        ),
        widths=(22, 16, 7, 9, 24, 30),
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
        Cell(text=number(len(a.weak)), tone="number"),
        Cell(text=number(len(a.uncounted)), tone="number"),
        Cell(text=a.support.sentence if counts else "–"),
        Cell(text=a.support.needed if counts and a.support.independent < 2 else "–", tone="soft"),
    )


def passages(desk: Desk, caption: str, rows: Sequence[Evidence], heading: str = "") -> Table:
    """A table of acts with the words that say them."""
    return desk.table(
        caption,
        ("What", "Said as", "Words"),
        (22, 14, 64),
        rows,
        lambda e: (Cell(text=code_text("act", e.coding.code)), Cell(text=_said_as(e)), desk.quote(e)),
        "acts.csv",
        heading,
    )


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


def _case_sentences(overall: Case) -> Iterator[Cell]:
    for f in overall.elements:
        text = " ".join(filter(None, _status_cell(f))).lower()
        yield Cell(text=f"{sentence_case(f.element)}: {text}. {f.reason}")
    if overall.status != "established" and not overall.missing:
        yield Cell(text="Each element is stated somewhere, but no single document states every one.")


def _said_as(e: Evidence) -> str:
    said = e.coding.modality.replace("_", " ")
    return f"{said}, negated" if e.coding.polarity == "negative" and e.coding.modality != "denied" else said
