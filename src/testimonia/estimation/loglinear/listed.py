"""Lists for the report: the best models with their weights, and how many models have which verdict."""

from __future__ import annotations

import numpy as np

from testimonia.estimation.loglinear.every import AllFits, fit_all
from testimonia.estimation.loglinear.ranking import Ranking, enumerable, highest_order, rank
from testimonia.estimation.loglinear.single import REASONS, Fit
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_EXISTING, NOT_IDENTIFIED
from testimonia.estimation.results import FINE, NO_MLE, NOT_IDENTIFIABLE, FittedModel, VerdictCount
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket

__all__ = ["top_models", "verdict_counts"]

VERDICTS = {ADMISSIBLE: FINE, NOT_EXISTING: NO_MLE, NOT_IDENTIFIED: NOT_IDENTIFIABLE}
ADMITTED = "The counts determine the unseen people under the model."


def top_models(
    table: OverlapTable, number: int = 10, criterion: str = "bic", max_order: int | None = None, full: bool = False
) -> tuple[FittedModel, ...]:
    """The best admissible models by "aic" or "bic", best first, with their weights among all admissible ones.

    Orders as in `loglinear_average`. Where not all models are fitted (more than six lists, or `full` on six), those
    within six of the best are found, and the weights, among those, are by the criterion only.
    """
    order = highest_order(table.k, max_order, full)
    if enumerable(table.k, order):
        return _from_all(fit_all(table, order), number, criterion)
    return _from_ranking(rank(table, criterion, 1 << 30, order), number, criterion)


def _from_all(fits: AllFits, number: int, criterion: str) -> tuple[FittedModel, ...]:
    """The best of all fits."""
    values = fits.aic if criterion == "aic" else fits.bic
    fine = np.flatnonzero(fits.admissible)
    by_aic, by_bic = fits.weights(fits.aic), fits.weights(fits.bic)
    return tuple(
        _row(fits, int(i), float(by_aic[i]), float(by_bic[i]))
        for i in fine[np.argsort(values[fine], kind="stable")][:number]
    )


def _row(fits: AllFits, i: int, by_aic: float, by_bic: float) -> FittedModel:
    """One model of all."""
    aicc = float(fits.aicc[i])
    return FittedModel(
        model=bracket(fits.terms(i)),
        parameters=int(fits.parameters[i]),
        deviance=float(fits.deviance[i]),
        aic=float(fits.aic[i]),
        aicc=aicc if np.isfinite(aicc) else None,
        bic=float(fits.bic[i]),
        total=float(fits.total[i]),
        standard_error=float(fits.standard_error[i]),
        weight_aic=by_aic,
        weight_bic=by_bic,
    )


def _from_ranking(found: Ranking, number: int, criterion: str) -> tuple[FittedModel, ...]:
    """The best of a window."""
    values = np.array([fit.aic if criterion == "aic" else fit.bic for fit in found.fits])
    weights = np.exp(-0.5 * (values - values.min())) if values.size else values
    shares = weights / weights.sum() if values.size else weights
    pairs = zip(found.fits[:number], shares.tolist(), strict=False)
    return tuple(_window_row(fit, share, criterion) for fit, share in pairs)


def _window_row(fit: Fit, share: float, criterion: str) -> FittedModel:
    """One model of a window."""
    return FittedModel(
        model=fit.model,
        parameters=fit.parameters,
        deviance=fit.deviance,
        aic=fit.aic,
        aicc=fit.aicc,
        bic=fit.bic,
        total=fit.total,
        standard_error=fit.standard_error,
        weight_aic=share if criterion == "aic" else None,
        weight_bic=share if criterion == "bic" else None,
        verdict=fit.verdict,
        reason=fit.reason,
    )


def verdict_counts(table: OverlapTable, max_order: int | None = None) -> tuple[VerdictCount, ...]:
    """How many models are fine, have no extended estimate, or are not identifiable, where all are fitted.

    Of all models up to five lists, of order two on six; empty beyond, where there are too many to judge each.
    """
    order = highest_order(table.k, max_order, False)
    if not enumerable(table.k, order):
        return ()
    verdicts = fit_all(table, order).verdicts
    return tuple(
        VerdictCount(said, int((verdicts == verdict).sum()), REASONS[said] or ADMITTED)
        for verdict, said in VERDICTS.items()
    )
