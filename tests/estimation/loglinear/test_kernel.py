"""The compiled fit against dense Newton steps, closed forms and duality."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.estimation.loglinear.kernel import (
    CONVERGED,
    SINGULAR,
    bound,
    delta_variance,
    fit,
    start,
    variance,
    workspace,
)
from testimonia.estimation.loglinear.models import every, flags, terms_of
from testimonia.estimation.loglinear.verdicts import margins, remaining
from testimonia.estimation.terms import parse


def ready(counts: Any, terms: tuple[int, ...]) -> tuple[Any, Any, Any, Any]:
    """Used cells, finite terms, coefficients to begin with, scratch memory."""
    k = counts.size.bit_length() - 1
    model = flags(terms, k)
    used, inside, beta = np.zeros_like(model), np.zeros_like(model), np.zeros_like(counts)
    assert remaining(margins(counts), model, used, inside)
    work = workspace(k, len(terms))
    assert start(counts, used, inside, beta, work)
    return used, inside, beta, work


def dense(counts: Any, cells: list[int], matrix: Any) -> tuple[Any, Any]:
    """Coefficients and information by Newton steps on dense matrices."""
    y = np.array([counts[c] for c in cells])
    eta = np.log(y + 0.5)
    for _ in range(200):
        mu = np.exp(eta)
        information = matrix.T @ (matrix * mu[:, None])
        beta = np.linalg.solve(information, matrix.T @ (mu * eta + y - mu))
        eta = matrix @ beta
    return beta, information


def full(k: int) -> Any:
    """Tables without empty cells."""
    return st.lists(st.integers(1, 400), min_size=(1 << k) - 1, max_size=(1 << k) - 1).map(
        lambda x: np.array([0, *x], float)
    )


ANY4 = st.sampled_from(every(4).tolist()).map(terms_of)
SHARING = [HealthCheck.function_scoped_fixture]


@settings(max_examples=80, deadline=None, suppress_health_check=SHARING)
@given(counts=full(4), terms=ANY4)
def test_coefficients_and_variance_are_those_of_dense_newton_steps(counts: Any, terms: Any, plain: Any) -> None:
    """By the information matrix or by the constraints, whichever system is smaller."""
    used, inside, beta, work = ready(counts, terms)
    _, _, status = fit(counts, used, inside, beta, work, 1e-16, 100)
    cells, live, matrix = plain(counts, terms)
    coefficients, information = dense(counts, cells, matrix)
    assert status == CONVERGED
    np.testing.assert_allclose(beta[live], coefficients, rtol=1e-7, atol=1e-7)
    assert variance(used, inside, work) == pytest.approx(np.linalg.inv(information)[0, 0], rel=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=SHARING)
@given(counts=full(4), terms=ANY4, gradient=st.lists(st.floats(-3, 3), min_size=16, max_size=16))
def test_the_variance_of_any_function_by_its_gradient(counts: Any, terms: Any, gradient: Any, plain: Any) -> None:
    used, inside, beta, work = ready(counts, terms)
    fit(counts, used, inside, beta, work, 1e-16, 100)
    cells, live, matrix = plain(counts, terms)
    slope = np.array(gradient)
    by_terms = matrix.T @ slope[cells] + slope[0] * np.array([t == 0 for t in live])
    mu = np.array([work.mu[c] for c in cells])
    expected = by_terms @ np.linalg.solve(matrix.T @ (matrix * mu[:, None]), by_terms)
    assert delta_variance(used, inside, work, slope) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(counts=full(4), terms=ANY4)
def test_the_upper_bound_is_never_below_the_supremum_and_close_to_it(counts: Any, terms: Any) -> None:
    used, inside, beta, work = ready(counts, terms)
    reached, _, _ = fit(counts, used, inside, beta.copy(), work, 1e-16, 100)
    highest = bound(counts, used, inside, beta, work, -np.inf, 1e-2)
    assert reached - 1e-7 <= highest <= reached + 1e-2


def test_three_lists_with_one_pair_apart_have_a_closed_form() -> None:
    """Lists 1 and 3 independent given 2: unseen = n1 * n3 / n13 among those not on list 2 (Fienberg 1972)."""
    counts = np.array([0, 5, 5, 54, 41, 6, 0, 12], float)
    used, inside, beta, work = ready(counts, parse("[12,23]", 3))
    fit(counts, used, inside, beta, work, 1e-16, 100)
    assert np.exp(beta[0]) == pytest.approx(5 * 41 / 6, rel=1e-12)
    assert variance(used, inside, work) == pytest.approx(1 / 5 + 1 / 41 + 1 / 6, rel=1e-9)


def test_where_no_estimate_exists_the_likelihood_still_comes_to_its_supremum() -> None:
    """[12,3] of the artificial table: what is left of the fit is exact on three cells, so that the deviance is 0."""
    counts = np.array([0, 40, 30, 6, 20, 0, 0, 0], float)
    used, inside, beta, work = ready(counts, parse("[12,3]", 3))
    reached, _, _ = fit(counts, used, inside, beta, work, 1e-12, 100)
    seen = counts[counts > 0]
    assert reached == pytest.approx((seen * (np.log(seen) - 1)).sum(), abs=1e-5)


def test_more_parameters_than_cells_are_said_to_be_singular() -> None:
    counts = np.arange(8.0)
    everything = np.ones(8, np.uint8)
    used = everything.copy()
    used[0] = 0
    _, _, status = fit(counts, used, everything, np.zeros(8), workspace(3, 8), 1e-9, 50)
    assert status == SINGULAR
    assert not start(counts, used, everything, np.zeros(8), workspace(3, 8))
    assert np.isnan(variance(used, everything, workspace(3, 8)))


def test_a_known_unseen_cell_is_a_cell_like_any_other() -> None:
    """With cell 0 used, the fit is that of the full table."""
    counts = np.array([50, 12, 20, 7, 31, 9, 8, 3], float)
    inside = flags(parse("[12,23]", 3), 3)
    beta, work = np.zeros(8), workspace(3, 6)
    fit(counts, np.ones(8, np.uint8), inside, beta, work, 1e-16, 100)
    assert work.mu[0] * work.mu[5] == pytest.approx(work.mu[1] * work.mu[4])
    kept = {c: sum(work.mu[d] for d in range(8) if d & 3 == c) for c in range(4)}
    assert kept == pytest.approx({c: counts[c] + counts[c | 4] for c in range(4)})
    assert work.mu.sum() == pytest.approx(counts.sum())
