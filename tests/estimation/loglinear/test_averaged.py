"""The average over models: its mixture against SciPy, its ends in simple cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import lognorm

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.averaged import mixture_quantiles
from testimonia.estimation.loglinear.fits import fit_all, fit_model, loglinear_average
from testimonia.estimation.results import CAUTION, REFUSED


def test_quantiles_of_a_mixture_are_where_its_distribution_function_says() -> None:
    logs, spread, weights = np.array([2.0, 5.0, 5.5]), np.array([0.3, 0.6, 0.1]), np.array([0.5, 0.2, 0.3])
    levels = np.array([0.025, 0.5, 0.9])
    expected = [
        brentq(lambda x, q=q: (weights * lognorm.cdf(x, spread, scale=np.exp(logs))).sum() - q, 1e-3, 1e5)
        for q in levels
    ]
    assert mixture_quantiles(logs, spread, weights, levels) == pytest.approx(expected, rel=1e-9)


def test_where_one_model_has_all_the_weight_the_median_is_its_estimate() -> None:
    counts = np.array([0, 500, 500, 20_000, 500, 20_000, 20_000, 20_000])
    table = OverlapTable(("a", "b", "c"), counts)
    fits = fit_all(table)
    assert fits.weights(fits.aic).max() > 0.999
    best = fit_model(table, fits.terms(int(fits.weights(fits.aic).argmax())))
    assert loglinear_average(table).total == pytest.approx(best.total, rel=1e-3)


def test_the_average_lies_among_its_models_and_is_wider_than_the_best(published: Any) -> None:
    table = published("korea3")
    found, best = loglinear_average(table), fit_model(table, (0b011, 0b110))
    fits = fit_all(table)
    assert found.total and found.lower and found.upper
    assert fits.total[fits.admissible].min() < found.total < fits.total[fits.admissible].max()
    low, high = best.interval() or (0.0, 0.0)
    assert high is not None and found.upper - found.lower > high - low
    assert found.diagnostics["best_model"] == "[12,23]"
    assert (found.models, found.admissible_models) == (8, 6)


def test_by_bic_the_weights_are_of_bic(published: Any) -> None:
    found = loglinear_average(published("uk5"), criterion="bic")
    assert found.diagnostics["best_model"] == "[123,25,34]"
    assert found.diagnostics["best_weight"] == pytest.approx(0.209, abs=5e-4)


def test_six_lists_are_averaged_over_pairs(published: Any) -> None:
    found = loglinear_average(published("uk6"))
    assert (found.models, found.diagnostics["max_order"]) == (32_768, 2)


def test_more_lists_are_averaged_over_a_window_that_is_stated() -> None:
    """Seven independent lists: 2^21 models of pairs, of which only those near the best are found."""
    chances = np.array([0.35, 0.3, 0.3, 0.25, 0.25, 0.2, 0.2])
    cells = [np.prod([p if c >> i & 1 else 1 - p for i, p in enumerate(chances)]) for c in range(128)]
    counts = np.random.default_rng(3).multinomial(800, cells)
    counts[0] = 0
    found = loglinear_average(OverlapTable(tuple("abcdefg"), counts), criterion="bic")
    assert found.models == 2**21 and found.admissible_models is None
    assert found.diagnostics["window"] in (6.0, 4.0, 2.0)
    assert "prove that no other model comes within" in found.diagnostics["search"]
    assert found.verdict == CAUTION or found.diagnostics["window"] == 6.0
    assert found.lower and found.upper and found.lower < 800 < found.upper


def test_lists_that_never_meet_are_refused() -> None:
    found = loglinear_average(OverlapTable(("a", "b", "c"), np.array([0, 9, 9, 0, 9, 0, 0, 0])))
    assert (found.verdict, found.total, found.lower, found.upper) == (REFUSED, None, None, None)


def test_in_simulation_from_a_fitted_model_the_interval_covers(published: Any) -> None:
    """60 tables from the best model of Korea, whose weak pair BIC would drop; 49 would be five sd below 95 %."""
    fit = fit_model(published("korea3"), (0b011, 0b110))
    truth = round(fit.total or 0)
    rng, covered = np.random.default_rng(11), 0
    for _ in range(60):
        counts = rng.multinomial(truth, fit.mu / fit.mu.sum())
        counts[0] = 0
        found = loglinear_average(OverlapTable(("b", "c", "d"), counts))
        covered += found.lower is not None and found.upper is not None and found.lower <= truth <= found.upper
    assert covered >= 50
