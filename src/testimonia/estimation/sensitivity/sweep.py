"""How far the total moves when the assumption that no data can test is moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.fits import Fit, fit_model
from testimonia.estimation.methods import Settings, answer
from testimonia.estimation.results import FINE, Estimate, Sensitivity
from testimonia.estimation.sensitivity.assumptions import (
    Cells,
    as_observed,
    contrast,
    in_words,
    least,
    of_interaction,
    two_lists,
)
from testimonia.estimation.sensitivity.band import HALF_WIDTH, grid, refused, summarise
from testimonia.estimation.sensitivity.hidden import Answer, Fitted, Scaled, from_replicates
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import closure, parse

__all__ = ["SATURATED", "sensitivity"]

SATURATED = "saturated"
OTHERWISE = frozenset({"latent-class", "chao", "sample-coverage", "lincoln-petersen"})
HIGHEST = "no highest-order interaction"
XI = "xi, the interaction of all lists at once, on the log scale (nil in every log-linear model)"
ODDS = "the logarithm of the odds ratio of the two lists (nil: independent)"
UNTESTED = "Every log-linear answer takes xi as nil, and nothing about the people recorded can test that."
OTHER = "The headline rests on another assumption; this is the best log-linear model."
UNMODELLED = "From the counts as they are, so that no choice of a model enters; xi is taken as nil."
PAIRED = "Lincoln-Petersen: from the table of the two lists alone, whoever else recorded the people."
HELD = "The model puts the odds ratio of the two lists among these people at {odds:.3g}; here it is taken as 1."
MORE = "A positive value means more hidden people: their number is multiplied by its exponential."
FEWER = "A positive value means fewer hidden people: their number is divided by its exponential."
NEITHER = "A positive value means more people on neither list: their number is multiplied by its exponential."


@dataclass(frozen=True, slots=True)
class Asked:
    """What every assumption is asked alike: the values to answer at, the conclusions to tip, the level."""

    values: tuple[float, ...]
    thresholds: tuple[float, ...]
    level: float


def sensitivity(
    table: OverlapTable,
    *,
    level: float = 0.95,
    model: str | Sequence[int] | None = None,
    half_width: float = HALF_WIDTH,
    points: Sequence[float] | None = None,
    headline: Estimate | None = None,
    replicates: NDArray[np.float64] | None = None,
    thresholds: Iterable[float] = (),
) -> tuple[Sensitivity, ...]:
    """The total under each identifying assumption, moved by up to `half_width` on the log scale either way.

    In this order: no highest-order interaction in the fitted model; the same for the counts as observed; for every
    pair of lists their independence in the whole population (Lincoln-Petersen); and for every pair that the model
    lets depend, their independence among the people whom no other list recorded. Pairs that it does not let depend
    are independent among those already and would repeat the first answer. `model` is in bracket form or terms, or
    `SATURATED` for the counts as they are; by default the best by BIC.

    The band is the union of the intervals over the range. It covers the total at least as often as an interval at
    the true value of the parameter would, provided that value lies in the range and the model fits those recorded.
    Outside of the range nothing is claimed: no data on these lists can bound the parameter. `points` adds values to
    answer at. `headline`, an answer of a method that rests on the same assumption, takes the place of the fitted
    model's in the first row with its own interval; `replicates`, bootstrap totals of tables of as many people,
    gives the interval by percentiles. `thresholds` are totals a conclusion needs ("at least this many"), besides
    twice the people recorded; `tipping` gives where the point and each end pass them.

    Sources: Aleshin-Guendel, Sadinle & Wakefield 2024, Biometrics 80 (assumptions and range); Gerritse, van der
    Heijden & Bakker 2015, Journal of Official Statistics 31 (odds ratio of two lists); Bishop, Fienberg & Holland
    1975, chapter 6.
    """
    asked = Asked(grid(half_width, points), (2.0 * table.n, *map(float, thresholds)), level)
    fit = chosen(table, model)
    pairs = tuple(combinations(range(table.k), 2))
    return (
        highest(table, fit, asked, headline, replicates),
        observed(table, asked),
        *(margin(table, pair, asked) for pair in pairs),
        *(apart(table, fit, pair, asked) for pair in pairs if dependent(fit, pair)),
    )


def chosen(table: OverlapTable, model: str | Sequence[int] | None) -> Fit | str:
    """The fit that the assumptions are applied to, or why there is none."""
    if model is None:
        best = answer(table, "loglinear-bic", Settings())
        if best.model is None or best.total is None:
            return best.reason
        model = best.model
    if model == SATURATED:
        everybody = (1 << table.k) - 1
        terms = closure((everybody ^ 1 << place for place in range(table.k)), table.k)
    else:
        terms = parse(model, table.k) if isinstance(model, str) else closure(model, table.k)
    fit = fit_model(table, terms)
    return fit if fit.verdict == FINE else fit.reason


def highest(
    table: OverlapTable,
    fit: Fit | str,
    asked: Asked,
    headline: Estimate | None,
    replicates: NDArray[np.float64] | None,
) -> Sensitivity:
    """No highest-order interaction, in the fitted model or in the answer of the headline method."""
    found = answered(table, fit, asked.level, headline, replicates)
    name = headline.model or headline.method if headline is not None and usable(headline) else named(fit)
    note = "" if headline is None or usable(headline) else f" {OTHER}"
    return told(found, HIGHEST, XI, name, of_interaction(table.k), asked, f"{UNTESTED}{note} {moves(table)}")


def observed(table: OverlapTable, asked: Asked) -> Sensitivity:
    """No highest-order interaction, with the counts as they are: no model is chosen."""
    found = as_observed(table, asked.level)
    sign, reason = of_interaction(table.k), f"{UNMODELLED} {moves(table)}"
    return told(found, f"{HIGHEST}, counts as observed", XI, SATURATED, sign, asked, reason)


def margin(table: OverlapTable, pair: tuple[int, int], asked: Asked) -> Sensitivity:
    """Two lists independent among all people, whichever other lists these are on."""
    found = two_lists(table, *pair, asked.level)
    names = " and ".join(table.lists[place] for place in pair)
    return told(found, f"{names} independent among all people", ODDS, None, 1, asked, f"{PAIRED} {NEITHER}")


def dependent(fit: Fit | str, pair: tuple[int, int]) -> bool:
    """Whether the model lets two lists depend on each other among the people on no other list."""
    return not isinstance(fit, str) and sum(1 << place for place in pair) in fit.terms


def apart(table: OverlapTable, fit: Fit | str, pair: tuple[int, int], asked: Asked) -> Sensitivity:
    """Two lists independent among the people whom no other list recorded, in the fitted model."""
    names = " and ".join(table.lists[place] for place in pair)
    assumption = f"{names} independent among people on no other list"
    if isinstance(fit, str):
        return refused(assumption, ODDS, None, fit)
    a, b = (1 << place for place in pair)
    if not fit.mu[a | b] > 0:
        return refused(assumption, ODDS, named(fit), f"nobody is on both {names}: nothing would bound the total.")
    found = of_fit(table, fit, {a: 1, b: 1, a | b: -1}, asked.level)
    reason = HELD.format(odds=float(np.exp(fit.beta[a | b])))
    return told(found, assumption, ODDS, named(fit), 1, asked, f"{reason} {MORE}")


def answered(
    table: OverlapTable,
    fit: Fit | str,
    level: float,
    headline: Estimate | None,
    replicates: NDArray[np.float64] | None,
) -> Answer | str:
    """The answer that xi moves: the headline's where it rests on the same assumption, else the fitted model's."""
    counted = recorded(table, fit)
    if headline is not None and usable(headline) and headline.total is not None:
        if replicates is not None:
            return from_replicates(counted, headline.total, replicates, level)
        high = inf if headline.upper is None else headline.upper
        return Scaled(counted, headline.total, headline.lower or counted, high)
    if isinstance(fit, str):
        return fit
    if replicates is not None and fit.total is not None:
        return from_replicates(counted, fit.total, replicates, level)
    return of_fit(table, fit, {0: 1}, level)


def of_fit(table: OverlapTable, fit: Fit, cells: Cells, level: float) -> Fitted | str:
    """A product of fitted means as the hidden cell; over-counted cells lend no precision."""
    blurred = table.censored & cells.keys()
    if blurred:
        return f"The answer would rest on an over-counted cell: {in_words(table, blurred)}."
    means = fit.mu.copy()
    means[list(table.censored)] = 0.0
    try:
        return contrast(recorded(table, fit), finite(fit), means, cells, level)
    except np.linalg.LinAlgError:
        return "without the over-counted cells the counts do not settle this answer."


def recorded(table: OverlapTable, fit: Fit | str) -> float:
    """The people who are not hidden: those recorded, of an over-counted cell as many as the fit expects."""
    if not table.censored:
        return table.n
    if isinstance(fit, str) or fit.total is None:
        return least(table)
    return fit.total - float(fit.mu[0])


def usable(headline: Estimate) -> bool:
    """Whether an answer has a total that rests on the absence of a highest-order interaction."""
    return headline.total is not None and headline.method not in OTHERWISE


def told(
    found: Answer | str,
    assumption: str,
    parameter: str,
    model: str | None,
    sign: int,
    asked: Asked,
    reason: str,
) -> Sensitivity:
    """The band of an answer, or its refusal."""
    if isinstance(found, str):
        return refused(assumption, parameter, model, found)
    return summarise(
        found,
        assumption=assumption,
        parameter=parameter,
        model=model,
        sign=sign,
        values=asked.values,
        thresholds=asked.thresholds,
        reason=reason,
    )


def moves(table: OverlapTable) -> str:
    """Which way a positive xi moves the number of hidden people."""
    return MORE if of_interaction(table.k) > 0 else FEWER


def finite(fit: Fit) -> tuple[int, ...]:
    """The terms of a fit that are not at minus infinity."""
    return tuple(term for term in fit.terms if np.isfinite(fit.beta[term]))


def named(fit: Fit | str) -> str | None:
    """The model of a fit in bracket form."""
    return None if isinstance(fit, str) else fit.model
