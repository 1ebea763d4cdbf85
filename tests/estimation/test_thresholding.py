"""The sampler of Bayesian thresholding against importance sampling, and its refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from testimonia.estimation.diagnostics import converge
from testimonia.estimation.resampling import streams
from testimonia.estimation.results import CAUTION, FINE, NO_MLE, REFUSED
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.thresholding import bayes_threshold, posterior, totals_of

PAIRWISE = (0, 1, 2, 4, 3, 5, 6)


def of(*counts: int, censored: frozenset[int] = frozenset()) -> OverlapTable:
    lists = tuple("ABCDE"[: (len(counts) + 1).bit_length() - 1])
    return OverlapTable(lists, np.array([0, *counts], np.int64), censored)


DENSE = of(60, 50, 12, 40, 9, 15, 4)
SPARSE = of(14, 9, 0, 11, 2, 1, 0)


def importance(table: OverlapTable, terms: tuple[int, ...], draws: int = 200_000) -> tuple[Any, Any]:
    """Draws of the coefficients with weights: a multivariate t about the mode that SciPy's optimiser finds."""
    cells = np.arange(1, table.counts.size)
    chosen = np.array(sorted(terms))
    matrix = ((cells[:, None] & chosen) == chosen).astype(float)
    counts = table.counts[1:].astype(float)
    pair = np.array([int(term).bit_count() > 1 for term in chosen])
    capped = np.array([cell in table.censored for cell in cells])

    def log_posterior(beta: Any) -> Any:
        eta = np.atleast_2d(beta) @ matrix.T
        each = np.where(capped, stats.poisson.logcdf(counts, np.exp(eta)), counts * eta - np.exp(eta))
        return each.sum(axis=1) - 0.5 * (np.atleast_2d(beta)[:, pair] ** 2).sum(axis=1)

    start = np.linalg.lstsq(matrix, np.log(counts + 0.5), rcond=None)[0]
    mode = optimize.minimize(lambda beta: -log_posterior(beta)[0], start, method="BFGS")
    proposal = stats.multivariate_t(mode.x, 1.5 * mode.hess_inv, df=5, seed=np.random.default_rng(9))
    drawn = proposal.rvs(draws)
    logs = log_posterior(drawn) - proposal.logpdf(drawn)
    weights = np.exp(logs - logs.max())
    return drawn, weights / weights.sum()


@pytest.mark.parametrize("table", [DENSE, SPARSE, of(60, 50, 12, 40, 9, 15, 4, censored=frozenset({4}))])
def test_the_posterior_is_that_of_importance_sampling(table: OverlapTable) -> None:
    found = posterior(table, PAIRWISE, draws=5000, randoms=streams(3, 4))
    drawn, weights = importance(table, PAIRWISE)
    mean = weights @ drawn
    sd = np.sqrt(weights @ (drawn - mean) ** 2)
    flat = found.coefficients.reshape(-1, len(PAIRWISE))
    effective = min(converge(found.coefficients[:, :, i]).ess_bulk or 0.0 for i in range(len(PAIRWISE)))
    error = np.sqrt(1 / effective + float((weights**2).sum()))
    assert effective > 2000
    assert np.all(np.abs(flat.mean(axis=0) - mean) < 4 * error * sd)
    assert np.all(np.abs(flat.std(axis=0) / sd - 1) < 4 * error * 1.5)
    for share in (0.025, 0.5, 0.975):
        intercept = float(np.quantile(flat[:, 0], share))
        assert weights[drawn[:, 0] <= intercept].sum() == pytest.approx(share, abs=4 * error * 0.5)


def test_effects_within_two_standard_deviations_are_dropped_and_the_rest_fitted_again() -> None:
    found = bayes_threshold(DENSE, seed=2)
    drawn, weights = importance(DENSE, PAIRWISE)
    mean = weights @ drawn
    ratios = mean / np.sqrt(weights @ (drawn - mean) ** 2)
    for column, name in ((3, "[12]"), (5, "[13]"), (6, "[23]")):
        assert found.diagnostics["ratios"][name] == pytest.approx(float(ratios[column]), abs=0.06)
    assert found.model == "[1,2,3]"
    again, again_weights = importance(DENSE, (0, 1, 2, 4))
    order = np.argsort(again[:, 0])
    median = again[order, 0][np.searchsorted(np.cumsum(again_weights[order]), 0.5)]
    assert found.total == pytest.approx(DENSE.n + np.exp(median), rel=0.01)


def test_a_strong_pair_stays() -> None:
    found = bayes_threshold(of(120, 110, 60, 100, 14, 13, 6), seed=1)
    assert found.model == "[12,3]"
    assert found.lower is not None and found.total is not None and found.upper is not None
    assert found.lower < found.total < found.upper
    assert found.diagnostics["rhat"] < 1.01


def test_an_effect_at_the_threshold_is_a_caution() -> None:
    ratio = bayes_threshold(DENSE, seed=1).diagnostics["ratios"]["[23]"]
    found = bayes_threshold(DENSE, seed=1, threshold=abs(ratio) + 0.02)
    assert found.verdict == CAUTION
    assert found.reason.endswith("two-list effects 23.")


def test_a_posterior_without_finite_mass_is_refused() -> None:
    found = bayes_threshold(of(10, 12, 0, 9, 0, 0, 0))
    assert found.verdict == NO_MLE and found.total is None
    assert found.reason.startswith("the posterior has no finite mass")
    assert bayes_threshold(of(10, 12, 5, 0, 0, 0, 0)).total is None


def test_chains_too_short_to_tell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testimonia.estimation.thresholding.ROUNDS", 1)
    found = bayes_threshold(DENSE, draws=20)
    assert found.verdict == REFUSED and found.total is None and found.lower is None


def test_the_same_seed_gives_the_same_answer_and_seeds_agree() -> None:
    one, same, other = (bayes_threshold(DENSE, seed=seed) for seed in (5, 5, 6))
    assert one == same
    assert one.verdict == FINE
    assert (one.total, one.upper) == pytest.approx((other.total, other.upper), rel=0.03)
    assert (one.total, one.upper) != (other.total, other.upper)


def test_totals_count_a_censored_cell_at_most_as_given() -> None:
    table = of(60, 50, 12, 400, 9, 15, 4, censored=frozenset({4}))
    found = posterior(table, (0, 1, 2, 4), draws=500, randoms=streams(1, 2))
    totals = totals_of(table, found, np.random.default_rng(2))
    unseen = np.exp(found.coefficients[:, :, 0]).ravel()
    assert totals.min() >= table.n - 400
    assert np.median(totals) < table.n + np.median(unseen)
