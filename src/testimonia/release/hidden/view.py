"""The report of an estimate as typed values, read from its JSON form: what the pages are written from.

The room that estimates is not imported; what it hands over is a mapping with the keys of its JSON. A key that is not
there is read as nothing found, a number that is not finite as none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

__all__ = [
    "Answer",
    "Change",
    "Check",
    "Draws",
    "Given",
    "Head",
    "Lists",
    "Model",
    "Pattern",
    "Report",
    "Stratum",
    "Sweep",
    "SweepPoint",
    "VerdictRow",
    "read",
]

T = TypeVar("T")
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The lists, from zero, that recorded `count` people and no other list did."""

    on: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The overlap table: names of the lists, distinct people, people by pattern; `censored` patterns over-count."""

    names: tuple[str, ...]
    n: int
    patterns: tuple[Pattern, ...] = ()
    censored: tuple[tuple[int, ...], ...] = ()
    name: str = ""

    def size(self, *on: int) -> int:
        """People whom all of these lists recorded."""
        return sum(p.count for p in self.patterns if set(on) <= set(p.on))

    def alone(self, on: int) -> int:
        """People whom only this list recorded."""
        return sum(p.count for p in self.patterns if p.on == (on,))

    @property
    def overlap(self) -> int:
        """People on two lists or more."""
        return sum(p.count for p in self.patterns if len(p.on) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The one answer to stand on, or the refusal to give one."""

    method: str = ""
    total: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = 0.95
    refused: bool = True
    why: str = ""
    within: float | None = None
    between: float | None = None
    n_observed_lower: float | None = None
    n_observed_upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One method's answer; `total` is None where it refuses, and `reason` says why."""

    method: str = ""
    model: str | None = None
    total: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = 0.95
    standard_error: float | None = None
    aic: float | None = None
    bic: float | None = None
    models: int | None = None
    admissible_models: int | None = None
    verdict: str = "fine"
    reason: str = ""
    diagnostics: Given = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def refused(self) -> bool:
        """Whether there is no number."""
        return self.total is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A log-linear model with its fit and its weight among the models of its search."""

    model: str = ""
    parameters: int | None = None
    deviance: float | None = None
    aic: float | None = None
    aicc: float | None = None
    bic: float | None = None
    total: float | None = None
    standard_error: float | None = None
    weight_aic: float | None = None
    weight_bic: float | None = None
    verdict: str = "fine"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """How many models had a verdict."""

    verdict: str = ""
    models: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPoint:
    """The total if the parameter nobody can test had this value."""

    value: float = 0.0
    odds: float = 1.0
    total: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """How the total moves with an assumption that no data can test."""

    assumption: str = ""
    parameter: str = ""
    model: str | None = None
    points: tuple[SweepPoint, ...] = ()
    band_lower: float | None = None
    band_upper: float | None = None
    tipping: tuple[Given, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The estimate on a changed table: a list left out, or two merged."""

    change: str
    lists: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A list of known size, estimated from the others."""

    list_name: str
    known: int
    answer: Answer
    inside: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """The answer for one part of the population."""

    stratum: str
    n_observed: int
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """The answers over draws of an uncertain linkage."""

    draws: int
    refused: int
    n_observed_lower: float | None
    n_observed_upper: float | None
    answers: tuple[Answer, ...]
    within: Given
    between: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it."""

    lists: Lists
    head: Head
    answers: tuple[Answer, ...]
    sweeps: tuple[Sweep, ...]
    models: tuple[Model, ...]
    verdicts: tuple[VerdictRow, ...]
    changes: tuple[Change, ...]
    checks: tuple[Check, ...]
    strata: tuple[Stratum, ...]
    draws: Draws | None
    cautions: tuple[str, ...]
    seed: int | None
    version: str
    versions: Given
    seconds: float

    def answer(self, method: str) -> Answer | None:
        """The first answer of a method that gives a number, else its first, else None."""
        own = [a for a in self.answers if a.method == method]
        return next((a for a in own if not a.refused), own[0] if own else None)

    @property
    def searched(self) -> tuple[int, int] | None:
        """Models looked at by the search behind the headline, or by the best by BIC, and those with a fine verdict."""
        for answer in (self.headline, self.answer("loglinear-bic")):
            if answer is not None and answer.models and answer.admissible_models is not None:
                return answer.models, answer.admissible_models
        return None

    @property
    def headline(self) -> Answer | None:
        """The answer behind the headline."""
        return self.answer(self.head.method)


def read(report: Given) -> Report:
    """Read a report from its JSON form."""
    draws = report.get("draws")
    return Report(
        lists=_lists(report.get("table") or {}),
        head=_made(Head, report.get("headline") or {}),
        answers=_all(Answer, report.get("estimates")),
        sweeps=tuple(_sweep(given) for given in _rows(report.get("sensitivity"))),
        models=_all(Model, report.get("models")),
        verdicts=_all(VerdictRow, report.get("verdicts")),
        changes=tuple(_change(given) for given in _rows(report.get("variations"))),
        checks=tuple(_check(given) for given in _rows(report.get("consistency"))),
        strata=tuple(_stratum(given) for given in _rows(report.get("strata"))),
        draws=_draws(draws) if isinstance(draws, Mapping) else None,
        cautions=tuple(str(text) for text in report.get("cautions") or ()),
        seed=report.get("seed"),
        version=str(report.get("version") or ""),
        versions=report.get("versions") or {},
        seconds=float(report.get("seconds") or 0.0),
    )


def _made(kind: type[T], given: Given) -> T:
    """A value of `kind` from the keys it knows; what is not there keeps its default."""
    known: Any = kind
    return kind(**{f.name: _clean(given[f.name]) for f in fields(known) if given.get(f.name) is not None})


def _clean(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return tuple(value) if isinstance(value, list) else value


def _rows(given: Any) -> Sequence[Given]:
    return [row for row in given or () if isinstance(row, Mapping)]


def _all(kind: type[T], given: Any) -> tuple[T, ...]:
    return tuple(_made(kind, row) for row in _rows(given))


def _lists(given: Given) -> Lists:
    names = tuple(str(name) for name in given.get("lists") or ())
    patterns = given.get("patterns")
    censored = given.get("censored") or ()
    return Lists(
        names=names,
        n=int(given.get("n_observed") or 0),
        patterns=tuple(_patterns(patterns, names)),
        censored=tuple(_on(cell, names) for cell in censored),
        name=str(given.get("name") or ""),
    )


def _patterns(given: Any, names: Sequence[str]) -> Iterable[Pattern]:
    """Patterns as rows with `pattern` or `lists` and `count`, or as a mapping from pattern to count."""
    if isinstance(given, Mapping):
        given = [{"pattern": pattern, "count": count} for pattern, count in given.items()]
    if not isinstance(given, list | tuple):
        return
    for row in given:
        on = _on(row.get("pattern", row.get("lists", ())), names)
        if on and row["count"]:
            yield Pattern(on=on, count=int(row["count"]))


def _on(pattern: Any, names: Sequence[str]) -> tuple[int, ...]:
    """The lists of a pattern written `10100` by column, as a bit mask, as zeros and ones, or as names."""
    if isinstance(pattern, int):
        return tuple(i for i in range(len(names)) if pattern >> i & 1)
    cells = list(pattern)
    if len(cells) == len(names) and all(str(cell) in "01" for cell in cells):
        return tuple(i for i, cell in enumerate(cells) if str(cell) == "1")
    return tuple(i for i, name in enumerate(names) if name in cells)


def _sweep(given: Given) -> Sweep:
    points = sorted(_all(SweepPoint, given.get("points")), key=lambda point: point.value)
    plain = {key: value for key, value in given.items() if key not in ("points", "tipping")}
    made = _made(Sweep, plain)
    return Sweep(
        assumption=made.assumption,
        parameter=made.parameter,
        model=made.model,
        points=tuple(points),
        band_lower=made.band_lower,
        band_upper=made.band_upper,
        tipping=tuple(_rows(given.get("tipping"))),
        reason=made.reason,
    )


def _answer(given: Given) -> Answer:
    return _made(Answer, given.get("estimate") or {})


def _change(given: Given) -> Change:
    names = tuple(str(name) for name in given.get("lists") or ())
    return Change(change=str(given.get("change") or ""), lists=names, answer=_answer(given))


def _check(given: Given) -> Check:
    return Check(
        list_name=str(given.get("list_name") or given.get("list") or ""),
        known=int(given.get("known") or 0),
        answer=_answer(given),
        inside=given.get("inside"),
    )


def _stratum(given: Given) -> Stratum:
    return Stratum(
        stratum=str(given.get("stratum") or ""), n_observed=int(given.get("n_observed") or 0), answer=_answer(given)
    )


def _draws(given: Given) -> Draws:
    return Draws(
        draws=int(given.get("draws") or 0),
        refused=int(given.get("refused") or 0),
        n_observed_lower=given.get("n_observed_lower"),
        n_observed_upper=given.get("n_observed_upper"),
        answers=_all(Answer, given.get("estimates")),
        within=given.get("within") or {},
        between=given.get("between") or {},
    )
