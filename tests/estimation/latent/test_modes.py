"""One answer or several: mixtures whose parts are known."""

from __future__ import annotations

import numpy as np
import pytest

from testimonia.estimation.latent.modes import modes


def draws(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("seed", range(20))
def test_one_bell_is_one_answer(seed: int) -> None:
    found = modes(np.exp(draws(seed).normal(10, 0.2, (4, 500))), 400.0)
    assert len(found) == 1
    assert found[0][1] == 1.0


def test_two_bells_are_two_answers_with_their_shares() -> None:
    """30 % about e**10.8 and 70 % about e**11.9, ten standard deviations apart."""
    rng = draws(3)
    first = rng.random((4, 2000)) < 0.3
    totals = np.exp(np.where(first, rng.normal(10.8, 0.08, first.shape), rng.normal(11.9, 0.15, first.shape)))
    (low, share), (high, rest) = modes(totals, 500.0)
    assert low == pytest.approx(np.exp(10.8), rel=0.05)
    assert high == pytest.approx(np.exp(11.9), rel=0.05)
    assert share == pytest.approx(first.mean(), abs=0.02)
    assert share + rest == pytest.approx(1.0)


def test_a_small_part_is_no_answer_of_its_own() -> None:
    rng = draws(4)
    first = rng.random((4, 2000)) < 0.02
    totals = np.exp(np.where(first, rng.normal(8, 0.1, first.shape), rng.normal(10, 0.1, first.shape)))
    assert len(modes(totals, 2000.0)) == 1


def test_draws_that_are_all_alike_are_one_answer() -> None:
    assert modes(np.full((2, 5), 7.0), 3.0) == [(7.0, 1.0)]
