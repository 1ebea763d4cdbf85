"""Exchange of classes: the prior of weights it rests on, and that it leaves the prior as it is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import beta, gamma, ks_2samp

from testimonia.estimation.latent.relabel import log_prior_of_weights, relabel

A, B = 0.25, 0.25


def density_of_weights(weights: NDArray[np.float64]) -> float:
    """Stick-breaking by the book: Beta(1, alpha) breaks, the Jacobian of the break, the integral over alpha."""
    rest = 1 - np.concatenate([[0.0], np.cumsum(weights[:-1])])[:-1]
    breaks = weights[:-1] / rest[: weights.size - 1]

    def given(alpha: float) -> float:
        density = np.prod(beta.pdf(breaks, 1, alpha)) / np.prod(rest[: weights.size - 1])
        return float(density * gamma.pdf(alpha, A, scale=1 / B))

    return float(quad(given, 0, 1)[0] + quad(given, 1, np.inf)[0])


def test_the_prior_of_weights_is_stick_breaking_with_alpha_integrated_out() -> None:
    """Ratios against the integral over alpha: the constant is left out."""
    rng = np.random.default_rng(5)
    places = rng.dirichlet(np.ones(4), size=5)
    ours = np.array([log_prior_of_weights(np.log(w), A, B) for w in places])
    book = np.log([density_of_weights(w) for w in places])
    np.testing.assert_allclose(ours - ours[0], book - book[0], atol=1e-6)


def from_the_prior(lanes: int, classes: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Log sticks from the prior; the row of log odds carries the number of the class."""
    where = np.zeros((2, classes, lanes))
    alpha = np.maximum(rng.gamma(A, 1 / B, size=lanes), 1e-200)
    where[0, :-1] = np.log(rng.exponential(size=(classes - 1, lanes))) - np.log(alpha)
    where[1] = np.arange(classes)[:, None]
    return where


def weights_of(where: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = np.exp(-np.exp(np.minimum(where[0, :-1], 600)))
    rest = np.concatenate([np.ones((1, where.shape[2])), np.cumprod(kept, axis=0)])
    return np.asarray(rest * np.concatenate([1 - kept, np.ones((1, where.shape[2]))]))


def test_exchanges_leave_draws_of_the_prior_draws_of_the_prior() -> None:
    """4,000 draws before and after 40 tries each: the first weights and log sticks keep their distribution."""
    rng = np.random.default_rng(1)
    before, where = (from_the_prior(4_000, 6, rng) for _ in range(2))
    done = sum(relabel(where, lane, A, B, 40, rng, np.zeros(6)) for lane in range(4_000))
    assert done > 4_000
    for k in range(3):
        assert ks_2samp(weights_of(before)[k], weights_of(where)[k]).pvalue > 1e-3
        assert ks_2samp(before[0, k], where[0, k]).pvalue > 1e-3


def test_an_exchange_takes_chances_and_weights_along() -> None:
    """Which class has which weight stays: only their order changes."""
    rng = np.random.default_rng(2)
    where = from_the_prior(1, 5, rng)
    where[0, :-1, 0] = math.log(0.5), math.log(0.8), math.log(0.3), math.log(1.1)
    before = weights_of(where)[:, 0]
    assert relabel(where, 0, A, B, 200, rng, np.zeros(5)) > 0
    np.testing.assert_allclose(weights_of(where)[:, 0], before[where[1, :, 0].astype(int)], rtol=1e-12)


@pytest.mark.parametrize("classes", [1, 2])
def test_one_class_has_nothing_to_exchange_and_two_have(classes: int) -> None:
    rng = np.random.default_rng(3)
    where = from_the_prior(1, classes, rng)
    if classes == 2:
        where[0, 0, 0] = math.log(math.log(2))
    done = sum(relabel(where, 0, A, B, 4, rng, np.zeros(classes)) for _ in range(50))
    assert (done > 0) == (classes == 2)


def test_sticks_that_leave_nothing_are_left_alone() -> None:
    where = np.full((2, 4, 1), 30.0)
    assert relabel(where, 0, A, B, 10, np.random.default_rng(1), np.zeros(4)) == 0
    assert (where == 30.0).all()
