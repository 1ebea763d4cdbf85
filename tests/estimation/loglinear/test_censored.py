"""Cells whose count is an upper bound, against SciPy's distributions and optimiser."""

from __future__ import annotations

from math import lgamma
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.censored import truncated
from testimonia.estimation.loglinear.fits import fit_all, fit_model
from testimonia.estimation.terms import parse

SCOTLAND = np.array([0, 40, 310, 9, 700, 21, 60, 4, 500, 12, 30, 5, 95, 8, 14, 3])  # invented, fourth list overfull


def table(counts: Any, *censored: int) -> OverlapTable:
    lists = tuple("ABCD"[: counts.size.bit_length() - 1])
    return OverlapTable(lists, np.asarray(counts, np.int64), censored=frozenset(censored))


@given(st.integers(0, 900), st.floats(1e-6, 2000))
def test_a_truncated_count_has_the_moments_of_its_distribution(limit: int, mean: float) -> None:
    values = np.arange(limit + 1)
    logs = stats.poisson.logpmf(values, mean)
    shares = np.exp(logs - np.logaddexp.reduce(logs))
    first = (shares * values).sum()
    second = (shares * (values - first) ** 2).sum()
    expected = (first, second, np.logaddexp.reduce(logs))
    assert truncated(float(limit), mean) == pytest.approx(expected, rel=1e-6, abs=1e-8)


def unlikely(beta: Any, counts: Any, matrix: Any, cell: int) -> float:
    """Minus the log-likelihood, the count of one cell known only to be at most what it says."""
    eta = matrix @ beta
    mu = np.exp(eta)
    others = [c for c in range(1, counts.size) if c != cell]
    sure = sum(counts[c] * eta[c] - mu[c] - lgamma(counts[c] + 1) for c in others)
    return -float(sure + stats.poisson.logcdf(counts[cell], mu[cell]))


@pytest.mark.parametrize("model", ["[1]", "[13,24]", "[12,34]", "[12,23,34]"])
def test_the_fit_is_the_maximum_of_the_censored_likelihood(model: str) -> None:
    fit = fit_model(table(SCOTLAND, 8), parse(model, 4))
    matrix = np.array([[float(c & t == t) for t in fit.terms] for c in range(16)])
    terms, given = list(fit.terms), (SCOTLAND, matrix, 8)
    options = {"maxiter": 40_000, "maxfev": 40_000, "xatol": 1e-9, "fatol": 1e-11, "adaptive": True}
    best = optimize.minimize(unlikely, fit.beta[terms] + 0.05, given, method="Nelder-Mead", options=options)
    assert fit.loglik == pytest.approx(-best.fun, abs=1e-4)
    assert fit.loglik >= -best.fun - 1e-7

    def slopes(beta: Any) -> Any:
        return optimize.approx_fprime(beta, unlikely, 1e-5, *given)

    hessian = optimize.approx_fprime(fit.beta[terms], slopes, 1e-4)
    expected, spread, _ = truncated(500.0, fit.mu[8])
    slope = fit.mu[0] * matrix[0] + spread * matrix[8]
    variance = slope @ np.linalg.solve(hessian, slope)
    assert fit.total == pytest.approx(SCOTLAND.sum() - 500 + expected + fit.mu[0], rel=1e-6)
    assert fit.standard_error == pytest.approx((fit.unseen + variance) ** 0.5, rel=1e-2)


def test_a_bound_that_binds_nothing_leaves_the_cell_out() -> None:
    """A cell said to hold at most a million people is as good as unseen: the rest of the table decides."""
    counts = SCOTLAND.copy()
    counts[8] = 1_000_000
    fit = fit_model(table(counts, 8), parse("[13,24]", 4))
    matrix = np.array([[float(c & t == t) for t in fit.terms] for c in range(1, 16) if c != 8])
    y = np.array([SCOTLAND[c] for c in range(1, 16) if c != 8], float)
    eta = np.log(y + 0.5)
    for _ in range(50):
        mu = np.exp(eta)
        eta = matrix @ np.linalg.solve(matrix.T @ (matrix * mu[:, None]), matrix.T @ (mu * eta + y - mu))
    assert fit.mu[[c for c in range(1, 16) if c != 8]] == pytest.approx(np.exp(eta), rel=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=7, max_size=7), st.integers(1, 7))
def test_all_models_are_the_single_fits_with_censoring_too(values: list[int], cell: int) -> None:
    counts = table(np.array([0, *values]), cell)
    fits = fit_all(counts)
    for i in range(len(fits.codes)):
        fit = fit_model(counts, fits.terms(i))
        assert (fit.total is None) == bool(np.isnan(fits.total[i]))
        if fit.total is not None:
            assert (fits.total[i], fits.bic[i]) == pytest.approx((fit.total, fit.bic), rel=1e-4)
            low, high = fit.interval() or (0.0, 0.0)
            assert high is not None and low <= fit.total <= high


def test_the_total_falls_where_an_overfull_cell_is_censored() -> None:
    plain, bounded = (fit_model(table(SCOTLAND, *cells), parse("[13,24]", 4)) for cells in ((), (8,)))
    assert plain.total and bounded.total and bounded.total < plain.total
