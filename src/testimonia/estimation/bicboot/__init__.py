"""The BIC bootstrap: the best model by BIC, searched anew for every bootstrap table among all admissible models.

Silverman, Chan & Vincent 2024 (Statistics and Computing 34:44). The interval carries the choice of the model. To
spare time the authors let the bootstrap tables choose among the best models of the observed table only; here every
table chooses among all hierarchical models (`search`).

Assumption: none of the lists' dependence lies in an interaction of all lists at once, nor in one that BIC leaves out;
people were recorded independently of one another. Where lists depend in ways the counts do not show, every bootstrap
table misses it alike, and the interval is too narrow about the wrong total.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.bicboot.bounded import LISTS, best_bounded
from testimonia.estimation.bicboot.search import UNPROVEN, Best, best_models
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.resampling import Plan, Seed, frequencies, plan, resample, spread, streams
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket

__all__ = ["bic_bootstrap", "highest_order", "replicate_totals", "searched"]

METHOD = "bic-bootstrap"
ALL_ORDERS = 5  # lists: beyond, two-list terms only unless all are asked for; one less with a censored cell
MODELS = {3: 8, 4: 113, 5: 6_893, 6: 7_785_061}  # hierarchical models with all main effects


def replicate_totals(
    table: OverlapTable,
    *,
    seed: Seed = 1,
    replicates: int = 1000,
    max_order: int | None = None,
    full: bool = False,
) -> NDArray[np.float64]:
    """The totals of the bootstrap replicates, each under its own best model; infinite where none is admissible."""
    order = highest_order(table, max_order, full)
    return searched(resample(table, replicates, streams(seed, 2)[0]), table, order).totals


def bic_bootstrap(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: Seed = 1,
    replicates: int = 1000,
    max_order: int | None = None,
    full: bool = False,
) -> Estimate:
    """The total under the model of least BIC, with a BCa interval that carries the choice of that model.

    Up to five lists every hierarchical model takes part; beyond, those of two-list terms, unless `full`; `max_order`
    says otherwise for any number. An over-counted (censored) cell is drawn anew like any other, and stays a bound.
    `diagnostics` holds the percentile interval too, and which models the bootstrap tables chose. Refused where no
    model is admissible, where more than 5 % of the bootstrap tables have none, or where all of them lie on one side
    of the estimate. Where two models of very different totals are about equally good, the bootstrap totals have two
    clusters; the interval then spans both, or hardly enters the second.
    """
    if table.censored and table.k > LISTS:
        why = f"with an over-counted cell the best model is searched for up to {LISTS} lists only."
        return Estimate(METHOD, level=level, verdict=REFUSED, reason=why)
    draws, errors = streams(seed, 2)
    order = highest_order(table, max_order, full)
    tables = plan(table, replicates, draws)
    found = searched(tables.tables, table, order)
    about = {"order": order, "models": _models(table.k, order)}
    if not np.isfinite(found.totals[0]):
        return _none(found, level, about)
    interval = tables.interval(found.totals, level, errors)
    fit = fit_model(table, found.terms(0))
    unproven = int(np.sum(found.status == UNPROVEN))
    return Estimate(
        METHOD,
        fit.model,
        float(found.totals[0]),
        interval.lower,
        interval.upper,
        level,
        standard_error=spread(found.totals[tables.replicates]),
        aic=fit.aic,
        bic=fit.bic,
        models=about["models"],
        verdict=CAUTION if unproven and interval.verdict == FINE else interval.verdict,
        reason=f"{interval.reason} {_doubt(found)}".strip(),
        diagnostics={"order": order, "unproven": unproven, **interval.diagnostics(), **_chosen(found, tables)},
    )


def highest_order(table: OverlapTable, max_order: int | None, full: bool) -> int:
    """The most lists that one term may join."""
    most = table.k - 1
    if max_order is not None:
        return max(1, min(max_order, most))
    return most if full or table.k <= ALL_ORDERS - bool(table.censored) else min(2, most)


def searched(tables: NDArray[np.int64], table: OverlapTable, order: int) -> Best:
    """The best models of tables like this one: int64, shape (tables, 2**k), with its censored cells."""
    if table.censored:
        return best_bounded(tables, table.censored, order)
    return best_models(tables, order)


def _models(k: int, order: int) -> int | None:
    """How many models take part, where the number is known."""
    if order <= 2:
        return 2 ** (k * (k - 1) // 2) if order == 2 else 1
    return MODELS.get(k) if order == k - 1 else None


def _none(found: Best, level: float, about: dict[str, Any]) -> Estimate:
    """The refusal of a table that has no best model."""
    why = "none of the hierarchical models of the lists is admissible: the overlaps cannot identify any of them."
    unproven = found.status[0] == UNPROVEN
    if unproven:
        why = "no admissible model was found before the search was stopped; fewer lists, or a lower order, may do."
    return Estimate(
        METHOD, level=level, models=about["models"], admissible_models=None if unproven else 0, verdict=REFUSED,
        reason=why, diagnostics={"order": about["order"]},
    )  # fmt: skip


def _doubt(found: Best) -> str:
    """The sentence about searches that were stopped before they were done."""
    stopped = int(np.sum(found.status == UNPROVEN))
    if not stopped:
        return ""
    return (
        f"The search for the best model was stopped early in {stopped} of the {found.status.size} tables it was "
        "made for; there the best model seen stands for it."
    )


def _chosen(found: Best, tables: Plan) -> dict[str, Any]:
    """How often which model was the best of a replicate."""
    rows = range(tables.replicates.start, len(tables.tables))
    return frequencies(bracket(found.terms(row)) for row in rows if np.isfinite(found.totals[row]))
