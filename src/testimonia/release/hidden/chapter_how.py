"""How it was done: what the samplers say of themselves, the methods in words with their works, versions, glossary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.hidden.desk import Desk, number, soft, table, text
from testimonia.release.hidden.terms import assumptions, citation, diagnostic, glossary, method
from testimonia.release.hidden.view import Answer
from testimonia.release.hidden.words import DASH, decimals, interval_name, people
from testimonia.release.wording import sentence_case

__all__ = ["diagnostics", "how", "words"]

ALWAYS = ("bishop1975", "binette2022", "fienberg2012")


def diagnostics(desk: Desk) -> Iterator[Block]:
    """What each method measured of itself."""
    rows = [row for answer in desk.report.answers for row in _measured(answer)]
    if not rows:
        return
    yield table(
        "What each method measures of itself. A method whose chains disagree refuses; it gives no interval",
        ("Method", "Measure", "Value", "Good", "What it means"),
        (22, 17, 13, 15, 35),
        rows,
    )


def _measured(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    for key, value in answer.diagnostics.items():
        known = diagnostic(key)
        if known is None or isinstance(value, Mapping | list | tuple) or value is None:
            continue
        yield (
            text(method(answer.method).name),
            text(known["name"]),
            number(_value(value)),
            text(known["good"] or DASH),
            text(known["plain"]),
        )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value != int(value):
        if abs(value) < 1e-4:
            return "under 0.0001"
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{int(value):,}" if isinstance(value, int | float) else str(value)


def how(desk: Desk) -> Iterator[Block]:
    """The methods in words, exactly, and by whom; seeds and versions."""
    report = desk.report
    ids = list(dict.fromkeys(answer.method for answer in report.answers))
    yield table(
        "What each method does, what it rests on and what happens when that fails",
        ("Method", "In plain words", "Exactly", "Rests on"),
        (16, 24, 26, 34),
        [_method(desk, id_) for id_ in ids],
    )
    yield table(
        "What every total rests on",
        ("Assumption", "When it fails"),
        (50, 50),
        [(text(row["plain"]), text(row["fails"])) for row in assumptions()],
    )
    yield _searches(desk)
    works = citation([*ALWAYS, *_works(desk), *(method(id_).citation for id_ in ids)])
    yield Prose(heading="Works", sentences=tuple(Cell(text=work) for work in works), listed=True)
    yield Prose(heading="How to make it again", sentences=tuple(_again(desk)), listed=True)


def _method(desk: Desk, id_: str) -> tuple[Cell, ...]:
    known = method(id_)
    level = next((a.level for a in desk.report.answers if a.method == id_), 0.95)
    return (
        Cell(text=known.name, items=(soft(id_),)),
        text(known.plain),
        Cell(text=known.exact, items=(soft(interval_name(id_, level).capitalize() + "."),)),
        text(known.assumption),
    )


def _searches(desk: Desk) -> Block:
    """Models searched, criteria and seconds: for those who check."""
    rows = [
        (
            text(method(a.method).name),
            number(people(a.models)),
            number(people(a.admissible_models)),
            number(decimals(a.aic)),
            number(decimals(a.bic)),
            number(people(a.standard_error)),
            number(decimals(a.seconds)),
        )
        for a in desk.report.answers
    ]
    return table(
        "For those who check: models looked at, criteria, seconds",
        ("Method", "Models", "Admissible", "AIC", "BIC", "Standard error", "Seconds"),
        (28, 12, 12, 12, 12, 14, 10),
        rows,
    )


def _works(desk: Desk) -> Iterator[str]:
    report = desk.report
    if report.sweeps:
        yield "aleshin2024"
    if report.draws is not None:
        yield "sadinle2018"
    used = {answer.method for answer in report.answers}
    if used & {"stepwise", "bic-bootstrap"}:
        yield "efron1987"
    if used & {"latent-class"}:
        yield "vehtari2021"


def _again(desk: Desk) -> Iterator[Cell]:
    report = desk.report
    if report.seed is not None:
        yield text(f"Seed {report.seed}. The same table, seed and versions give the same numbers.")
    if report.version:
        yield text(f"testimonia {report.version}.")
    for name, value in report.versions.items():
        if name != "testimonia":
            yield text(f"{name} {value}.")
    yield text("The numbers with all their digits stand in estimates.csv and estimates.json beside this page.")


def words(_desk: Desk) -> Iterator[Block]:
    """What the words mean, for a reader without statistics and exactly."""
    yield table(
        "Words of this report",
        ("Word", "In plain words", "Exactly"),
        (20, 40, 40),
        [(text(sentence_case(row["term"])), text(row["plain"]), text(row["exact"])) for row in glossary()],
    )
