"""Answers that rest on one log-linear model: independence, and the best model by AIC or BIC."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from testimonia.estimation.loglinear.ranking import Ranking, rank
from testimonia.estimation.loglinear.single import Fit, fit_model
from testimonia.estimation.results import CAUTION, FINE, NO_MLE, NOT_IDENTIFIABLE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, members

__all__ = ["independence", "loglinear_aic", "loglinear_bic"]

Seed = int | np.random.SeedSequence


def independence(table: OverlapTable, *, level: float = 0.95, seed: Seed = 1) -> Estimate:
    """The total if no list had to do with any other, with its profile-likelihood interval (Cormack 1992).

    Assumes that every person is recorded by each list independently of the others and with the list's own chance.
    Where one list leads to another the total is too low, where lists serve different people it is too high; the
    interval knows neither. `seed` is not used.
    """
    fit = fit_model(table, ())
    return _estimate("independence", table, fit, level, 1, int(fit.verdict == FINE), {})


def loglinear_aic(
    table: OverlapTable, *, level: float = 0.95, seed: Seed = 1, max_order: int | None = None
) -> Estimate:
    """The total under the best admissible model by AIC; see `loglinear_bic`."""
    return _best(table, "aic", level, max_order)


def loglinear_bic(
    table: OverlapTable, *, level: float = 0.95, seed: Seed = 1, max_order: int | None = None
) -> Estimate:
    """The total under the best admissible hierarchical model by BIC, with its profile-likelihood interval.

    Among all models up to six lists, among those of order two beyond (or where the search for all would take too
    long, which `diagnostics` says). Admissible: the extended maximum-likelihood estimate exists and the model is
    identifiable (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021). BIC takes log n, n people recorded, for
    every term, those at minus infinity included. `seed` is not used.

    Assumes that the model is right, which nobody knows: the interval leaves out that it was chosen, and covers less
    often than it says. Refused where no model is admissible.
    """
    return _best(table, "bic", level, max_order)


def _best(table: OverlapTable, criterion: str, level: float, max_order: int | None) -> Estimate:
    """The best model by a criterion as an answer."""
    found = rank(table, criterion, 1, max_order)
    told = {"search": found.how, "max_order": found.max_order, "proved": found.proved}
    method = f"loglinear-{criterion}"
    if not found.fits:
        why = f"no model can be identified from these counts. {found.how}"
        return Estimate(
            method, level=level, models=found.models, admissible_models=found.admissible, verdict=REFUSED, reason=why,
            diagnostics=told,
        )  # fmt: skip
    return _estimate(method, table, found.fits[0], level, found.models, found.admissible, told, _unproved(found))


def _unproved(found: Ranking) -> list[str]:
    return [] if found.proved else ["a better model may exist: the search was stopped."]


def _estimate(
    method: str,
    table: OverlapTable,
    fit: Fit,
    level: float,
    models: int,
    admissible: int | None,
    told: dict[str, Any],
    doubts: list[str] | None = None,
) -> Estimate:
    """A fit as an answer."""
    interval = fit.interval(level)
    doubts = [*(doubts or []), *(_doubts(table, fit) if interval else [])]
    if interval and interval[1] is None:
        doubts.append("the counts set no upper end.")
    return Estimate(
        method,
        model=fit.model,
        total=fit.total,
        lower=interval[0] if interval else None,
        upper=interval[1] if interval else None,
        level=level,
        standard_error=fit.standard_error,
        aic=fit.aic,
        bic=fit.bic,
        models=models,
        admissible_models=admissible,
        verdict=fit.verdict if fit.verdict in (NO_MLE, NOT_IDENTIFIABLE, REFUSED) else CAUTION if doubts else FINE,
        reason=fit.reason or " ".join(doubts),
        diagnostics={
            "deviance": fit.deviance,
            "degrees_of_freedom": fit.degrees,
            "parameters": fit.parameters,
            "terms_at_minus_infinity": [bracket((term,)) for term in fit.infinite],
            "interval": "lognormal" if fit.censored else "profile likelihood",
            **told,
        },
    )


def _doubts(table: OverlapTable, fit: Fit) -> list[str]:
    """What about the fit itself should make a reader careful."""
    found = []
    if fit.degrees == 0:
        found.append("the model has a parameter for every cell, so that nothing in the counts can speak against it.")
    if fit.infinite:
        nobody = "; ".join(" and ".join(table.lists[i] for i in members(term)) for term in least(fit.infinite))
        found.append(f"the model is at its edge: it takes it that nobody can be on these lists together: {nobody}.")
    return found


def least(terms: Sequence[int]) -> list[int]:
    """The terms that contain no other of them."""
    return [term for term in terms if not any(other != term and other & term == other for other in terms)]
