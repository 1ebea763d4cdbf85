"""Measures by date, and what happened when and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testimonia.release.blocks import Block, Cell, Prose, Table
from testimonia.release.desk import Desk
from testimonia.release.evidence import Evidence
from testimonia.release.measures import Dated, Measure
from testimonia.release.readable import period_text, place_text
from testimonia.release.wording import (
    code_text,
    counted,
    figure_text,
    number,
)

__all__ = ["measures", "when"]

_STANDINGS = (
    ("done", "Told as done or in force", "Measures told as done or in force"),
    ("planned", "Announced, planned or ordered", "Measures announced, planned or ordered: no results"),
    ("law", "Rules and orders", "What a law, a notice or an order lays down: that it was done is not said"),
    ("denied", "Denied", "Measures that are denied"),
)


def measures(desk: Desk) -> Iterator[Block]:
    """Measures by date: told as done, planned, rules of law, denied."""
    yield from desk.picture("measures")
    if not desk.found.measures:
        yield Prose(sentences=(Cell(text="No measure was found."),))
    for standing, heading, caption in _STANDINGS:
        rows = [m for m in desk.found.measures if m.standing == standing]
        if rows:
            yield _measure_table(desk, rows, heading, caption)


def _measure_table(desk: Desk, rows: Sequence[Measure], heading: str, caption: str) -> Table:
    by_evidence = {id(m.evidence): m for m in rows}
    return desk.table(
        caption,
        ("When", "Who", "Measure", "Words", "Target", "Result"),
        (12, 10, 18, 38, 12, 12),
        [m.evidence for m in rows],
        lambda e: _measure(desk, by_evidence[id(e)]),
        "measures.csv",
        heading,
    )


def _measure(desk: Desk, m: Measure) -> tuple[Cell, ...]:
    e = m.evidence
    return (
        Cell(text=_when(m.when)),
        Cell(text=place_text(e.coding.attributes.get("actor") or "–")),
        Cell(text=code_text("measure", e.coding.code or e.coding.attributes.get("mtype"))),
        desk.quote(e),
        desk.sources(m.targets, "; ".join(map(figure_text, m.targets)) or "–"),
        desk.sources(m.results, "; ".join(map(figure_text, m.results)) or "–"),
    )


def when(desk: Desk) -> Iterator[Block]:
    """Dated acts and measures, and the map of provinces."""
    events, undated = desk.found.timeline.events, desk.found.timeline.undated
    text = f"{counted(len(events), 'act or measure', 'acts and measures')} told as done "
    text += f"{'is' if len(events) == 1 else 'are'} dated by the text; {number(undated)} "
    text += f"{'is' if undated == 1 else 'are'} not."
    yield Prose(sentences=(Cell(text=text),))
    yield from desk.picture("timeline")
    if events:
        whens = {id(x.evidence): x.when for x in events}
        yield desk.table(
            "Dated acts and measures, earliest first. A date of the same sentence may belong to "
            "something else in it: read the words.",
            ("When", "Dated by", "What", "Words"),
            (16, 14, 22, 48),
            [x.evidence for x in events],
            lambda e: _event(desk, e, whens[id(e)]),
            "acts.csv or measures.csv",
            "Timeline",
        )
    yield from desk.picture("map")


def _event(desk: Desk, e: Evidence, when: Dated) -> tuple[Cell, ...]:
    scheme = "act" if e.coding.kind == "act" else "measure"
    by = desk.notes.cite(when.source) if when.source else ()
    how = "its own sentence" if when.source else "the passage itself"
    code = e.coding.code or e.coding.attributes.get("mtype")
    return (
        Cell(text=_when(when)),
        Cell(text=how, notes=by),
        Cell(text=code_text(scheme, code)),
        desk.quote(e),
    )


def _when(when: Dated | None) -> str:
    return period_text(when.edtf) if when else "undated"
