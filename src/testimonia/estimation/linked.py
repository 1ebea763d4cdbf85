"""Every method over the draws of a linkage: which are asked how many of the draws, and with how many replicates."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from testimonia.estimation.averaging import average, combine
from testimonia.estimation.methods import NUMERICAL, Settings, broken, function, seed_of
from testimonia.estimation.results import Draws, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["SLOW", "over_draws", "thinned", "together"]

# Draws that a slow method is asked about, at most. Evenly spaced draws are draws as good as all of them; fewer give
# the same answer with more chance in it.
SLOW = {"stepwise": 200, "bayes-threshold": 10, "decomposable": 200, "latent-class": 5}


def over_draws(table: OverlapTable, method: str, settings: Settings) -> tuple[Estimate, Draws | None]:
    """The answer of a method pooled over the draws of a table, and what the draws did to it.

    `diagnostics["draws_used"]` says how many draws were asked. None of the draws where the computation broke down.
    """
    started = time.perf_counter()
    chosen = thinned(table.draws, SLOW.get(method, len(table.draws)))
    seed = seed_of(settings.seed, method)
    try:
        pooled, draws = average(
            replace(table, draws=chosen), _estimator(method, settings, len(chosen)), level=settings.level, seed=seed
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


def _estimator(method: str, settings: Settings, draws: int) -> Callable[..., Any]:
    """The method as averaging calls it, with its whole distribution where it can give one."""
    if method == "decomposable":
        from testimonia.estimation.decomposable import distribution

        return distribution
    named = function(method)

    def ask(table: OverlapTable, /, *, level: float, seed: np.random.SeedSequence) -> Estimate:
        return named(table, level=level, seed=seed)

    return ask
