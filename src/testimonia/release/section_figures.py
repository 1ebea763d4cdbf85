"""Figures: comparable side by side, then what is repeated, what stands alone, and what is no result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.desk import Desk
from testimonia.release.evidence import Evidence
from testimonia.release.figures import (
    AGE,
    NOT_SAID,
    SAME,
    SINGLE,
    UNKNOWN,
    UNTOLD,
    Comparable,
    Sort,
    about,
    concept,
)
from testimonia.release.readable import period_text
from testimonia.release.wording import (
    counted,
    figure_text,
    listed,
    number,
    origin_text,
    sentence_case,
    unit_text,
)

__all__ = ["figures", "per_origin", "spread"]

_HEAD = ("Figure", "Counted", "When", "Words")
_WIDTHS = (15, 16, 15, 54)
_ALONE = (
    (SINGLE, "Results that stand alone", "No other figure counts the same thing, of the same people, place and period"),
    (SAME, "Counted by one speaker", "One speaker gives several like figures, which may be of different things"),
    (UNTOLD, "Too little said", "It is not said what was done to those counted, or when"),
    (AGE, "Ages", "An age belongs to one person and is compared with no other"),
    (UNKNOWN, "Other amounts", "What is counted is not said, or is no kind of thing that is compared"),
)
_SORTS: tuple[tuple[Sort, str, str], ...] = (
    ("target", "Quotas, targets, orders and announcements: none of these happened by being said", "Targets"),
    ("whole", "Wholes of which a part is told: those asked, not those harmed", "Those asked"),
    ("law", "Figures of rules and legal texts", "From legal texts"),
    ("projection", "Promises, risks and suppositions", "Promised or supposed"),
    ("denied", "Figures that are denied", "Denied"),
    ("verbal", "Amounts given in words only; no number was made of them", "In words only"),
    ("lost", "Amounts whose digits are lost in the file; none was guessed", "Lost digits"),
)


def figures(desk: Desk) -> Iterator[Block]:
    """Comparable figures side by side, then those that are repeated or alone, then what is no result."""
    found = desk.found.figures
    yield from desk.picture("figures")
    compared = [c for c in found.comparable if not c.repeated]
    if not compared:
        yield Prose(sentences=(Cell(text="No two origins give figures that may be compared."),))
    for c in compared:
        yield from _comparison(desk, c)
    repeated = [c for c in found.comparable if c.repeated]
    if repeated:
        yield _repeated(desk, repeated)
    targets = found.of("target")
    if targets:
        yield _sort(desk, *_SORTS[0])
    for reason, heading, caption in _ALONE:
        rows = [e for e, why in found.alone if why == reason]
        if rows:
            yield desk.table(caption, _HEAD, _WIDTHS, rows, partial(_figure, desk), "figures.csv", heading)
    for sort, title, heading in _SORTS[1:]:
        if found.of(sort):
            yield _sort(desk, sort, title, heading)


def _sort(desk: Desk, sort: Sort, title: str, heading: str) -> Block:
    rows = desk.found.figures.of(sort)
    return desk.table(title, _HEAD, _WIDTHS, rows, partial(_figure, desk), "figures.csv", heading)


def _comparison(desk: Desk, c: Comparable) -> Iterator[Block]:
    heading = f"{sentence_case(c.counted)}: {spread(c)}" if c.certain else f"{sentence_case(c.counted)}: perhaps alike"
    sentences = [Cell(text=text) for text in per_origin(c.rows)]
    sentences.append(Cell(text=c.support.sentence))
    if c.support.independent < 2:
        sentences.append(Cell(text=c.support.needed))
    if not c.certain:
        sentences.append(Cell(text="These may be about the same thing, or not; read the words before comparing."))
    scope = [f"{name}: {value}" for name, value in _scope(c)]
    sentences += [Cell(text=f"{sentence_case(listed(scope))}.", tone="soft")] if scope else []
    sentences += [Cell(text=caution, tone="soft") for caution in c.cautions]
    yield Prose(heading=heading, sentences=tuple(sentences))
    yield desk.table(
        f"{sentence_case(c.counted)}, side by side, by who stands behind them",
        ("Figure", "Goes back to", "Stands in", "Words"),
        (12, 20, 20, 48),
        [*c.rows, *c.silent],
        lambda e: (_value(e), Cell(text=origin_text(e.origin)), Cell(text=e.path), desk.quote(e)),
        "figures.csv",
    )


def per_origin(rows: Sequence[Evidence]) -> Iterator[str]:
    """Say for each origin what it counts and in how many documents its figure is repeated."""
    by_origin: dict[str, list[Evidence]] = {}
    for e in rows:
        by_origin.setdefault(origin_text(e.origin), []).append(e)
    for label, held in by_origin.items():
        values = listed(dict.fromkeys(figure_text(e) for e in held), 4)
        files = len({e.file_sha256 for e in held})
        tail = f", told in {counted(files, 'document')}" if files > 1 else ""
        yield f"{values} from {label}{tail}."


def _repeated(desk: Desk, sets: Sequence[Comparable]) -> Block:
    """Figures that several documents give and one origin answers for: no comparison."""
    rows = [c.rows[0] for c in sets]
    by_row = {id(c.rows[0]): c for c in sets}
    return desk.table(
        "One figure in several documents that all go back to one origin: it is repeated, not confirmed",
        ("Figure", "Counted", "Goes back to", "Stands in", "Words"),
        (13, 17, 20, 18, 34),
        rows,
        lambda e: _repeated_row(desk, by_row[id(e)]),
        "figures.csv",
        "Repeated, from one origin",
    )


def _repeated_row(desk: Desk, c: Comparable) -> tuple[Cell, ...]:
    first = c.rows[0]
    documents = dict.fromkeys(e.path for e in c.rows)
    return (
        _value(first),
        Cell(text=c.counted + (f", {c.period}" if c.period != NOT_SAID else "")),
        Cell(text=origin_text(first.origin)),
        Cell(text=listed(documents, 3)),
        Cell(text="", items=tuple(desk.quote(e) for e in c.rows[:3])),
    )


def _figure(desk: Desk, e: Evidence) -> tuple[Cell, ...]:
    return (_value(e), Cell(text=_counts(e)), Cell(text=_period(e)), desk.quote(e))


def _counts(e: Evidence) -> str:
    """What is counted: the known kind of thing, else two words of the text at most."""
    words = about(e, "counted")
    return concept(e) or (words if words.isascii() and len(words.split()) <= 2 else "") or "–"


def _value(e: Evidence) -> Cell:
    return Cell(text=figure_text(e), tone="soft" if e.coding.value_status in ("lost", "verbal") else "number")


def spread(c: Comparable) -> str:
    """Write the least and greatest number of a comparison and how far they lie apart."""
    unit = f" {unit_text(c.unit)}".rstrip() if unit_text(c.unit) != "%" else "%"
    if c.lowest == c.highest:
        return f"all say {number(c.lowest)}{unit}"
    times = f", {_times(c.ratio)} times apart" if c.ratio and c.ratio >= 1.05 else ""
    return f"{number(c.lowest)} to {number(c.highest)}{unit}{times}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"


def _scope(c: Comparable) -> Iterator[tuple[str, str]]:
    for name, value in (("population", c.population), ("place", c.place), ("period", c.period)):
        if value != NOT_SAID:
            yield name, value


def _period(e: Evidence) -> str:
    return period_text(about(e, "period")) or "–"
