"""How it was done: what the samplers say of themselves, the methods in words with their works, versions, glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.hidden.desk import Desk, number, soft, table, text
from testimonia.release.hidden.terms import assumptions, citation, diagnostic, glossary, method
from testimonia.release.hidden.view import Answer
from testimonia.release.hidden.words import decimals, interval_name, lowered, people, percent
from testimonia.release.wording import sentence_case

__all__ = ["diagnostics", "how", "words"]

SHORT = 8  # values shown of a list
ALWAYS = ("bishop1975", "binette2022", "fienberg2012")


def diagnostics(desk: Desk) -> Iterator[Block]:
    """What each method measured of itself: what has a good value as a table, the rest in a line a method."""
    told = [(answer, *_measured(answer)) for answer in desk.report.answers]
    rows = [row for _, judged, _ in told for row in judged]
    if rows:
        yield table(
            "What each method measures of itself. A method whose chains disagree refuses; it gives no interval",
            ("Method", "Measure", "Value", "Good", "What it means"),
            (22, 17, 13, 15, 35),
            rows,
        )
    rest = [text(f"{method(a.method).name}: {'; '.join(others)}.") for a, _, others in told if others]
    if rest:
        yield Prose(heading="Settings and other measures", sentences=tuple(rest), listed=True)


def _measured(answer: Answer) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """The rows of what can be judged, and the words of what cannot."""
    rows: list[tuple[Cell, ...]] = []
    others: list[str] = []
    for key, value in answer.diagnostics.items():
        known = diagnostic(key)
        if known is None or (said := _value(value)) is None:
            continue
        if known["good"]:
            named = text(method(answer.method).name), text(known["name"]), Cell(text=said, tone="number")
            rows.append((*named, text(known["good"]), text(known["plain"])))
        else:
            others.append(f"{lowered(known['name'])} {said.rstrip('.')}")
    return rows, others


def _value(value: Any) -> str | None:
    """A measure in words; shares of several as the largest of them, a longer list not at all."""
    if isinstance(value, Mapping):
        return _shares(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(_scalar, value)) if 0 < len(value) <= SHORT and _plain(value) else None
    return None if value is None else _scalar(value)


def _plain(values: Iterable[Any]) -> bool:
    return all(isinstance(value, int | float | str) for value in values)


def _shares(shares: Mapping[str, Any]) -> str | None:
    """The most frequent values with how often they come: `2 (41 %), 3 (27 %)`; None for anything but shares."""
    numbers = [value for value in shares.values() if isinstance(value, int | float)]
    if not numbers or len(numbers) < len(shares) or not 0.98 < sum(numbers) < 1.02:
        return None
    largest = sorted(shares.items(), key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{key} ({percent(round(share, 2))})" for key, share in largest)


def _scalar(value: Any) -> str:
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
