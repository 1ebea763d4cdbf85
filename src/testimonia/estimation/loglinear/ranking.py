"""The best models of a table by a criterion: all of them where they can be fitted, an exact search where not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.every import AllFits, fit_all
from testimonia.estimation.loglinear.kernel import workspace
from testimonia.estimation.loglinear.models import CODED, every_count, flags, interactions
from testimonia.estimation.loglinear.search import prepare, search
from testimonia.estimation.loglinear.single import Fit, fit_model
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import main_effects

__all__ = ["CRITERIA", "Ranking", "highest_order", "rank", "within"]

CRITERIA = ("aic", "bic")
FITTED = 5  # lists of which every model is fitted
PAIRS = 2
EFFORT = 1e7  # of a search: bounds and fits, each weighed by the table's size; ten seconds or so
ROOM = 20_000  # models of a window


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best admissible models, best first, and how they were found.

    `models`: how many models the search is about, `admissible` how many of them the data can identify (None where
    that was not counted). `proved`: whether no better one can exist among them; `how` says in words.
    """

    fits: tuple[Fit, ...]
    models: int
    admissible: int | None
    max_order: int
    proved: bool
    how: str


def highest_order(k: int, max_order: int | None, full: bool) -> int:
    """The highest order of a term in averaging: k - 1 up to five lists or if `full`, else 2, unless it is given."""
    if max_order is not None:
        return min(max_order, k - 1)
    return k - 1 if full or k <= FITTED else PAIRS


def enumerable(k: int, order: int) -> bool:
    """Whether every model can be fitted in well under a second."""
    return k <= FITTED or (k == CODED and order <= PAIRS)


def rank(table: OverlapTable, criterion: str, number: int = 1, max_order: int | None = None) -> Ranking:
    """The best admissible models by "aic" or "bic".

    Models of all orders where `max_order` is None; where the search for those does not end in time, or there are
    more than six lists, those of order two. Beyond one model of a table whose models cannot all be fitted, only
    those within six of the best are found.
    """
    order = table.k - 1 if max_order is None else min(max_order, table.k - 1)
    if enumerable(table.k, order):
        return _ranked(table, fit_all(table, order), criterion, number, order)
    if table.censored:
        return _ranked(table, fit_all(table, PAIRS), criterion, number, PAIRS) if table.k == CODED else _none(table)
    if max_order is None and table.k > CODED:
        order = PAIRS
    effort = EFFORT if order == PAIRS else EFFORT / 2
    found, proved, how = within(table, criterion, 0.0 if number == 1 else 6.0, order, effort)
    if not proved and order > PAIRS and max_order is None:
        fewer = rank(table, criterion, number, PAIRS)
        return replace(fewer, how=f"Of all orders: {how} Of order two, which is given here: {fewer.how}")
    fits = sorted((fit_model(table, terms) for terms in found), key=lambda fit: score(fit, criterion))
    return Ranking(tuple(fits[:number]), every_count(table.k, order), None, order, proved, how)


def score(fit: Fit, criterion: str) -> float:
    """The criterion of a fit."""
    return fit.aic if criterion == "aic" else fit.bic


def _none(table: OverlapTable) -> Ranking:
    """No ranking: the search knows nothing of censored cells."""
    how = f"Censored cells on {table.k} lists: at most {CODED} lists are possible."
    return Ranking((), every_count(table.k, PAIRS), None, PAIRS, False, how)


def _ranked(table: OverlapTable, fits: AllFits, criterion: str, number: int, order: int) -> Ranking:
    """The best of all fits."""
    values = np.where(fits.admissible, fits.aic if criterion == "aic" else fits.bic, inf)
    best = [int(i) for i in np.argsort(values, kind="stable")[:number] if values[i] < inf]
    chosen = tuple(fit_model(table, fits.terms(i)) for i in best)
    how = f"All {len(fits.codes):,} models were fitted."
    return Ranking(chosen, len(fits.codes), int(fits.admissible.sum()), order, True, how)


def within(
    table: OverlapTable, criterion: str, window: float, order: int, effort: float = EFFORT
) -> tuple[list[tuple[int, ...]], bool, str]:
    """The admissible models whose criterion is within `window` of the best; whether that is proved, and how.

    With no window, the best alone. `effort` limits the search by the work it does, not by the clock, so that the
    same table always has the same answer.
    """
    counts = np.array(table.counts, np.float64)
    terms = interactions(table.k, order)
    work = workspace(table.k, min(counts.size, 1 + table.k + terms.size))
    found, scores = np.zeros((ROOM if window else 256, counts.size), np.uint8), np.zeros(ROOM if window else 256)
    cost = log(table.n) if criterion == "bic" else 2.0
    first = flags(main_effects(table.k), table.k)
    patience = int(effort / (40.0 + 0.1 * counts.size + 0.0005 * counts.size**2))
    done = search(prepare(counts, work), terms, cost, window, patience, first, found, scores)
    kept = min(done.written, scores.size)
    near = [i for i in np.argsort(scores[:kept], kind="stable") if scores[i] <= done.best + window]
    chosen = [_terms(found[i]) for i in (near if window else near[:1])]
    if not chosen and np.isfinite(done.best):
        chosen.append(_terms(first))
    told = f"{done.bounds:,} bounds and {done.fitted:,} fits"
    beyond = f"comes within {window:g} of the best" if window else "is as good"
    how = (
        f"Branch and bound: {told} prove that no other model {beyond}."
        if done.complete
        else f"Branch and bound was stopped after {told}: a better model may exist."
    )
    return chosen, done.complete, how


def _terms(model: NDArray[np.uint8]) -> tuple[int, ...]:
    """The terms of a model from its flags."""
    found = (int(term) for term in np.flatnonzero(model))
    return tuple(sorted(found, key=lambda term: (term.bit_count(), term)))
