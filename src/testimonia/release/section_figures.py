"""Figures: comparable side by side, not comparable, and what must not be read as a result."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.desk import Desk
from testimonia.release.evidence import Evidence
from testimonia.release.figures import Comparable, Sort, about
from testimonia.release.wording import (
    figure_text,
    listed,
    number,
    sentence_case,
    unit_text,
)

__all__ = ["figures"]

_FIGURE_HEAD = ("Figure", "Counted", "When", "Words")
_SORTS: tuple[tuple[Sort, str, str], ...] = (
    ("target", "Quotas, targets, orders and announcements: none of these happened by being said", "Targets"),
    ("law", "Figures of rules and legal texts", "From legal texts"),
    ("projection", "Promises, risks and suppositions", "Promised or supposed"),
    ("denied", "Figures that are denied", "Denied"),
    ("verbal", "Amounts given in words only; no number was made of them", "In words only"),
    ("lost", "Amounts whose digits are lost in the file; none was guessed", "Lost"),
)


def figures(desk: Desk) -> Iterator[Block]:
    """Comparable figures side by side, then those that are not, then what is no result."""
    yield from desk.picture("figures")
    comparable = desk.found.figures.comparable
    if not comparable:
        yield Prose(sentences=(Cell(text="No two documents or speakers give figures that may be compared."),))
    for c in comparable:
        yield from _comparison(desk, c)
    alone = desk.found.figures.alone
    reasons = {id(e): reason for e, reason in alone}
    if alone:
        yield desk.table(
            "Results that are not compared, and why",
            ("Figure", "Counted", "When", "Words", "Not compared because"),
            (14, 16, 12, 40, 22),
            [e for e, _ in alone],
            lambda e: (*_figure(desk, e), Cell(text=sentence_case(reasons[id(e)]), tone="soft")),
            "figures.csv",
            "Not comparable",
        )
    for sort, title, heading in _SORTS:
        rows = desk.found.figures.of(sort)
        if rows:
            yield desk.table(
                title, _FIGURE_HEAD, (16, 18, 12, 54), rows, partial(_figure, desk), "figures.csv", heading
            )


def _comparison(desk: Desk, c: Comparable) -> Iterator[Block]:
    heading = sentence_case(c.counted) + (f": {_spread(c)}" if c.certain else "")
    scope = sentence_case(listed(_scope(c)))
    sentences = [Cell(text=f"{scope}.")] if scope else []
    sentences.append(Cell(text=c.support.sentence))
    if c.support.independent < 2:
        sentences.append(Cell(text=c.support.needed))
    if not c.certain:
        sentences.append(Cell(text="These may be about the same thing, or not; read the words before comparing."))
    sentences += [Cell(text=caution, tone="soft") for caution in c.cautions]
    yield Prose(heading=heading, sentences=tuple(sentences))
    yield desk.table(
        f"{sentence_case(c.counted)}, side by side",
        ("Figure", "Who says so", "When", "Words"),
        (16, 24, 12, 48),
        [*c.rows, *c.silent],
        lambda e: (_value(desk, e), Cell(text=_claimant(e)), Cell(text=_period(e)), desk.quote(e)),
        "figures.csv",
    )


def _figure(desk: Desk, e: Evidence) -> tuple[Cell, ...]:
    counts = about(e, "counted") or "–"
    return (_value(desk, e), Cell(text=counts), Cell(text=_period(e)), desk.quote(e))


def _value(desk: Desk, e: Evidence) -> Cell:
    return Cell(text=figure_text(e), tone="soft" if e.coding.value_status in ("lost", "verbal") else "number")


def _spread(c: Comparable) -> str:
    unit = f" {unit_text(c.unit)}".rstrip() if unit_text(c.unit) != "%" else "%"
    if c.lowest == c.highest:
        return f"all say {number(c.lowest)}{unit}"
    times = f", {_times(c.ratio)} times apart" if c.ratio and c.ratio >= 1.05 else ""
    return f"{number(c.lowest)} to {number(c.highest)}{unit}{times}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _scope(c: Comparable) -> Iterator[str]:
    for name, value in (("population", c.population), ("place", c.place), ("period", c.period)):
        if value != "not said":
            yield f"{name}: {value}"


def _claimant(e: Evidence) -> str:
    part = e.coding.parts.get("claimant")
    return e.coding.attributes.get("claimant_norm") or (part.quote if part else "") or "nobody named"


def _period(e: Evidence) -> str:
    return about(e, "period") or "–"
