"""Every method over the draws of a linkage: which are asked how many of the draws, and with how many replicates."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from testimonia.estimation.averaging import Weighted, average, combine, equal_weights
from testimonia.estimation.methods import NUMERICAL, Settings, broken, function, options, seed_of
from testimonia.estimation.results import REFUSED, Draws, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["SLOW", "over_draws", "thinned", "together"]

# Draws that a slow method is asked about, at most. Evenly spaced draws are draws as good as all of them; fewer give
# the same answer with more chance in it.
SLOW = {
    "loglinear-aic": 100,
    "loglinear-average": 100,
    "stepwise": 50,
    "bayes-threshold": 6,
    "latent-class": 4,
}
SEARCHES = 4_000  # bootstrap tables of all draws together
FEWEST = 10  # bootstrap tables of a draw


def over_draws(table: OverlapTable, method: str, settings: Settings) -> tuple[Estimate, Draws | None]:
    """The answer of a method pooled over the draws of a table, and what the draws did to it.

    `diagnostics["draws_used"]` says how many draws were asked. None of the draws where the computation broke down.
    """
    started = time.perf_counter()
    chosen = thinned(table.draws, SLOW.get(method, len(table.draws)))
    seed, distinct = seed_of(settings.seed, method), len({draw.counts.tobytes() for draw in chosen})
    try:
        pooled, draws = average(
            replace(table, draws=chosen), _estimator(method, settings, distinct), level=settings.level, seed=seed
        )
    except NUMERICAL as error:
        return broken(method, settings.level, error), None
    told = {**pooled.diagnostics, "draws_used": len(chosen), "draws": len(table.draws)}
    return replace(pooled, method=method, diagnostics=told, seconds=time.perf_counter() - started), draws


def thinned(draws: Sequence[OverlapTable], at_most: int) -> tuple[OverlapTable, ...]:
    """Evenly spaced draws, all of them where there are not more than asked for."""
    if len(draws) <= at_most:
        return tuple(draws)
    return tuple(draws[place * len(draws) // at_most] for place in range(at_most))


def together(pooled: Sequence[tuple[Estimate, Draws | None]], first: str) -> Draws | None:
    """The draws as a report shows them: those of the method `first`, with the variances of every method."""
    known = [(estimate, draws) for estimate, draws in pooled if draws is not None]
    known.sort(key=lambda pair: pair[0].method != first)
    return combine(known) if known else None


def _estimator(method: str, settings: Settings, distinct: int) -> Callable[..., Any]:
    """The method as averaging calls it, with its whole distribution where it can give one."""
    if method == "decomposable":
        from testimonia.estimation.decomposable import distribution

        return distribution
    if method == "bic-bootstrap":
        return _bootstrapped(settings, max(FEWEST, min(settings.replicates, SEARCHES // distinct)))
    named = function(method)
    told = options(method, settings)

    def ask(table: OverlapTable, /, *, level: float, seed: np.random.SeedSequence) -> Estimate:
        return named(table, level=level, seed=seed, **told)

    return ask


def _bootstrapped(settings: Settings, replicates: int) -> Callable[..., Any]:
    """The BIC bootstrap of a draw: its best model, and the totals of its bootstrap tables as they are.

    Over many draws each needs few of them, since the mixture holds the bootstrap tables of all; the limits are
    corrected for bias over all of them together. A bootstrap table without an
    admissible model counts as infinite, and as many of them as would decide the upper end refuse the answer.
    """
    from testimonia.estimation.bicboot import bic_bootstrap, highest_order, searched
    from testimonia.estimation.bicboot.bounded import LISTS
    from testimonia.estimation.loglinear.fits import fit_model
    from testimonia.estimation.resampling import resample, streams

    def ask(table: OverlapTable, /, *, level: float, seed: np.random.SeedSequence) -> tuple[Estimate, Weighted | None]:
        if table.censored and table.k > LISTS:
            return bic_bootstrap(table, level=level, seed=seed), None  # refused, with its reason
        tables = np.vstack([table.counts[None], resample(table, replicates, streams(seed, 1)[0])])
        found = searched(tables, table, highest_order(table, None, settings.full))
        if not np.isfinite(found.totals[0]):
            why = "the table of a linkage draw has no admissible model."
            return Estimate("bic-bootstrap", level=level, verdict=REFUSED, reason=why), None
        fit = fit_model(table, found.terms(0))
        point = Estimate("bic-bootstrap", fit.model, float(found.totals[0]), level=level, aic=fit.aic, bic=fit.bic)
        return point, equal_weights(found.totals[1:], sampled=True)

    return ask
