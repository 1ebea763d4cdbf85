"""Agreement of chains: figures checked against what is known of independent and of autoregressive draws."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from testimonia.estimation.diagnostics import Convergence, converge


def independent(chains: int = 4, draws: int = 1000, seed: int = 1) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=(chains, draws))


def test_independent_draws_count_for_what_they_are() -> None:
    """4,000 independent draws: R-hat near one, effective sizes near 4,000 (tails within sampling error)."""
    found = converge(independent())
    assert found.rhat is not None and found.ess_bulk is not None and found.ess_tail is not None
    assert found.rhat < 1.01
    assert found.ess_bulk == pytest.approx(4000, rel=0.2)
    assert found.ess_tail == pytest.approx(4000, rel=0.25)
    assert found.reached()


def test_autoregressive_draws_count_less_by_the_known_factor() -> None:
    """AR(1) with coefficient r: effective size is draws x (1 - r) / (1 + r)."""
    r = 0.8
    noise = independent(draws=20_000)
    walk = lfilter([1.0], [1.0, -r], noise, axis=1)
    found = converge(walk)
    assert found.ess_bulk == pytest.approx(80_000 * (1 - r) / (1 + r), rel=0.15)


def test_a_chain_elsewhere_is_seen() -> None:
    draws = independent()
    draws[3] += 2
    found = converge(draws)
    assert found.rhat is not None and found.rhat > 1.1
    assert not found.reached()


def test_a_chain_of_another_width_is_seen() -> None:
    """Same centre, other spread: the folded ranks find it (Vehtari et al. 2021, section 3.2)."""
    draws = independent()
    draws[3] *= 4
    found = converge(draws)
    assert found.rhat is not None and found.rhat > 1.01


def test_ranks_make_the_scale_of_the_draws_irrelevant() -> None:
    draws = independent()
    found, changed = converge(draws), converge(np.exp(5 * draws))
    assert (changed.ess_bulk, changed.ess_tail) == pytest.approx((found.ess_bulk, found.ess_tail))


@pytest.mark.parametrize("draws", [np.ones((4, 100)), np.zeros((4, 2)), np.full((4, 100), np.nan)])
def test_chains_that_cannot_tell_give_none_and_are_not_reached(draws: NDArray[np.float64]) -> None:
    found = converge(draws)
    assert found == Convergence(None, None, None)
    assert not found.reached()


def test_too_few_effective_draws_are_not_enough() -> None:
    assert not Convergence(1.0, 399.0, 1000.0).reached()
    assert not Convergence(1.0, 1000.0, 399.0).reached()
    assert not Convergence(1.01, 1000.0, 1000.0).reached()
    assert Convergence(1.009, 400.0, 400.0).reached()
