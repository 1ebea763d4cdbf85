"""What nobody can test, and what moves the answer: the band, changed tables, known lists, strata, linkage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.hidden.desk import Desk, number, table, text
from testimonia.release.hidden.pictures import as_assumed, swept
from testimonia.release.hidden.terms import method
from testimonia.release.hidden.view import Answer, Change, Check, Draws, Stratum, Sweep
from testimonia.release.hidden.words import DASH, lowered, people, percent, span, times
from testimonia.release.wording import counted, sentence_case

__all__ = ["assumption", "linkage", "variations"]

_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"(?<=\.)\s+(?=[A-Z])")
_ENDS: Mapping[str, str] = {"total": "the estimate", "lower": "the lower end", "upper": "the upper end"}


def assumption(desk: Desk) -> Iterator[Block]:
    """The total against what nobody can test, with the values at which a conclusion would tip."""
    sweeps = desk.report.sweeps
    if not sweeps:
        yield Prose(sentences=(text("How far the answer leans on what cannot be tested was not worked out."),))
        return
    yield Prose(
        sentences=(
            text(
                "Whatever the lists say, they say it of people who were recorded. That the same holds for those whom "
                "nobody recorded is an assumption. Here it is relaxed: the fit to the data stays the same, the answer "
                "does not."
            ),
        )
    )
    yield from desk.picture("hidden-band")
    first = swept(desk.report)
    if first is not None:
        yield from _tipping(first)
        yield _points(first)
    yield from desk.picture("hidden-assumptions")
    yield from _assumptions(desk)


def _assumptions(desk: Desk) -> Iterator[Block]:
    """Each assumption that gives an answer as a row, then those that give none, with their reasons."""
    sweeps = desk.report.sweeps
    answered = [sweep for sweep in sweeps if sweep.points]
    if answered:
        yield table(
            "The same data under each assumption: as it stands, and if it is off by the odds ratio given",
            ("Assumption", "Odds ratio", "Total as assumed", "Interval as assumed", "Intervals over the whole range"),
            (44, 11, 13, 18, 24),
            [_sweep(desk, sweep) for sweep in answered],
        )
        yield Prose(heading="What is varied", sentences=tuple(_varied(answered)), listed=True)
    silent = [text(f"{sentence_case(s.assumption)}: {s.reason}") for s in sweeps if not s.points]
    if silent:
        yield Prose(heading="Assumptions under which there is no answer", sentences=tuple(silent), listed=True)


def _sweep(desk: Desk, sweep: Sweep) -> tuple[Cell, ...]:
    odds = [p.odds for p in sweep.points]
    told = as_assumed(sweep, desk.report.head.level)
    notes = [f"Model {sweep.model}."] if sweep.model else []
    notes += [sentence for sentence in _sentences(sweep.reason) if _DIGIT.search(sentence)]
    return (
        Cell(text=sentence_case(sweep.assumption), items=tuple(text(note) for note in notes)),
        number(f"{times(min(odds))}–{times(max(odds))}"),
        desk.total(told),
        desk.interval(told),
        number(span(sweep.band_lower, sweep.band_upper)),
    )


def _varied(sweeps: Sequence[Sweep]) -> Iterator[Cell]:
    """What the parameters are, with what is said of each of them, once; sentences with numbers stand in the rows."""
    told: dict[str, dict[str, None]] = {}
    for sweep in sweeps:
        said = [sentence for sentence in _sentences(sweep.reason) if not _DIGIT.search(sentence)]
        told.setdefault(sweep.parameter, {}).update(dict.fromkeys(said))
    for parameter, words in told.items():
        yield text(" ".join([f"{sentence_case(parameter)}.", *words]))


def _sentences(words: str) -> list[str]:
    return [sentence for sentence in _STOP.split(words) if sentence]


def _points(sweep: Sweep) -> Block:
    rows = [
        (
            number(times(p.odds)),
            number(f"{p.value:+.3f}" if p.value else "0"),
            number(people(p.total)),
            number(span(p.lower, p.upper)),
        )
        for p in sweep.points
    ]
    return table(
        f"{sentence_case(sweep.assumption)}: the total at each value. A dash where it would be less than the people "
        "recorded",
        ("Odds ratio", "On the logarithmic scale", "Total", "Interval"),
        (20, 26, 26, 28),
        rows,
    )


def _tipping(sweep: Sweep) -> Iterator[Block]:
    if not sweep.tipping:
        return
    yield table(
        "Where a conclusion begins or ceases to hold",
        ("Conclusion", "Judged by", "Holds as assumed", "Turns at an odds ratio of"),
        (36, 22, 20, 22),
        [_tip(tip) for tip in sweep.tipping],
    )


def _tip(tip: Mapping[str, Any]) -> tuple[Cell, ...]:
    odds = tip.get("odds")
    where = "nowhere within reach" if odds is None else times(odds)
    if odds is not None and not tip.get("inside", True):
        where += " (beyond the range looked at)"
    return (
        text(sentence_case(str(tip.get("conclusion") or ""))),
        text(_ENDS.get(str(tip.get("end") or "total"), str(tip.get("end")))),
        text("yes" if tip.get("holds") else "no"),
        number(where),
    )


# --- changed tables -----------------------------------------------------------------------


def variations(desk: Desk) -> Iterator[Block]:
    """The estimate without a list, with two merged, on lists of known size, and by part of the population."""
    report = desk.report
    if report.changes:
        yield from desk.picture("hidden-changes")
        yield table(
            f"The estimate ({_method(report.changes[0].answer)}) on changed tables",
            ("What was changed", "Total", "Interval", "Model", "What the data say to it"),
            (28, 11, 18, 18, 30),
            [_change(desk, change) for change in report.changes],
        )
    yield from _priors(desk)
    yield from _checks(desk)
    yield from _strata(desk)


def _priors(desk: Desk) -> Iterator[Block]:
    """What a Bayesian method says with other priors."""
    rows = [
        (text(method(a.method).name), text(str(row["prior"])), number(people(row["total"])), number(_ends(row)))
        for a in desk.report.answers
        for row in a.diagnostics.get("variations") or ()
        if row.get("prior") and row.get("total") is not None
    ]
    if rows:
        yield table(
            "The same method with other priors, as reasonable as the one used",
            ("Method", "Prior", "Total", "Credible interval"),
            (26, 38, 14, 22),
            rows,
            heading="Other priors",
        )


def _ends(row: Mapping[str, Any]) -> str:
    return span(row.get("lower"), row.get("upper"))


def _method(answer: Answer) -> str:
    return lowered(method(answer.method).name) if answer.method else "as in the headline"


def _change(desk: Desk, change: Change) -> tuple[Cell, ...]:
    a = change.answer
    return text(sentence_case(change.change)), desk.total(a), desk.interval(a), text(a.model or DASH), desk.verdict(a)


def _checks(desk: Desk) -> Iterator[Block]:
    if not desk.report.checks:
        return
    yield Prose(
        heading="Lists of known size",
        sentences=(
            text(
                "If the method can find how many people a list holds from the other lists alone, that speaks for it; "
                "if not, against it."
            ),
        ),
    )
    yield from desk.picture("hidden-checks")
    yield table(
        "Each list as a population of known size",
        ("List", "Known", "Estimated", "Interval", "Held by the interval"),
        (30, 12, 14, 20, 28),
        [_check(desk, check) for check in desk.report.checks],
    )


def _check(desk: Desk, check: Check) -> tuple[Cell, ...]:
    a = check.answer
    word = {True: ("yes", "held"), False: ("no", "missed"), None: ("none", "no answer")}[check.inside]
    verdict = Cell(text=sentence_case(a.reason) if check.inside is None else "", mark=word[1], tone=word[0])  # type: ignore[arg-type]
    return text(check.list_name), number(people(check.known)), desk.total(a), desk.interval(a), verdict


def _strata(desk: Desk) -> Iterator[Block]:
    strata = desk.report.strata
    if not strata:
        return
    yield Prose(heading="Parts of the population", sentences=(text(_pooled(desk, strata)),))
    yield from desk.picture("hidden-strata")
    yield table(
        "Each part alone",
        ("Part", "Recorded", "Total", "Interval", "Model", "What the data say to it"),
        (24, 11, 11, 18, 16, 28),
        [_stratum(desk, stratum) for stratum in strata],
    )


def _pooled(desk: Desk, strata: tuple[Stratum, ...]) -> str:
    """The sum of the parts beside the answer of all together; a part without an answer makes the sum incomplete."""
    told = [s.answer.total for s in strata if s.answer.total is not None]
    pooled = desk.report.head.total
    whole = f" All together, estimated as one, they give {people(pooled)}." if pooled is not None else ""
    if len(told) < len(strata):
        silent = counted(len(strata) - len(told), "part")
        return f"Of {counted(len(strata), 'part')} {silent} gave no answer, so that the parts have no sum.{whole}"
    return (
        f"{counted(len(told), 'part')} estimated alone add up to {people(sum(told))}.{whole} Where the two lie far "
        "apart, people in the parts differ in how they come onto lists: the sum then needs the weaker assumption."
    )


def _stratum(desk: Desk, s: Stratum) -> tuple[Cell, ...]:
    a = s.answer
    return (
        text(s.stratum),
        number(people(s.n_observed)),
        desk.total(a),
        desk.interval(a),
        text(a.model or DASH),
        desk.verdict(a),
    )


# --- linkage ------------------------------------------------------------------------------


def linkage(desk: Desk) -> Iterator[Block]:
    """What the doubt about who is the same person adds."""
    draws = desk.report.draws
    if draws is None:
        return
    yield Prose(sentences=(text(_drawn(draws)),))
    yield from desk.picture("hidden-draws")
    names = [name for name in draws.within if name in draws.between]
    if names:
        yield table(
            "Variance of the total within and between draws of the linkage",
            ("Method", "Within", "Between", "Share between"),
            (40, 20, 20, 20),
            [_variance(name, draws.within[name], draws.between[name]) for name in names],
        )


def _drawn(draws: Draws) -> str:
    said = f"{counted(draws.draws, 'draw')} of who is the same person on two lists, each estimated by itself."
    if draws.n_observed_lower is not None and draws.n_observed_upper is not None:
        said += f" Distinct people: {span(draws.n_observed_lower, draws.n_observed_upper)}."
    if draws.refused:
        share = percent(draws.refused / max(draws.draws, 1))
        said += f" {counted(draws.refused, 'draw')} ({share}) gave no answer; they are counted, never dropped."
    return said


def _variance(name: str, within: float | None, between: float | None) -> tuple[Cell, ...]:
    whole = within is not None and between is not None and within + between > 0
    share = percent(between / (within + between)) if whole and within is not None and between is not None else DASH
    return text(method(name).name), number(_written(within)), number(_written(between)), number(share)


def _written(variance: float | None) -> str:
    return DASH if variance is None else f"{variance:,.0f}"
