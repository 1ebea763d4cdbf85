"""The fitted mixture: its density against SciPy, and that it finds parts that are known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_t

from testimonia.estimation.latent.leap import log_density, proposed
from testimonia.estimation.latent.mixture import FREEDOM, Mixture, fit


def two_bells(seed: int, size: int = 2_000) -> Mixture:
    """Three coordinates; 30 % of the draws about -4, the others about 4, both correlated."""
    rng = np.random.default_rng(seed)
    first = rng.random(size) < 0.3
    draws = rng.normal(size=(size, 3)) @ np.array([[1.0, 0.8, 0.0], [0.0, 0.5, 0.3], [0.0, 0.0, 0.2]])
    return fit(draws + np.where(first, -4.0, 4.0)[:, None], rng)


def test_the_density_is_that_of_student_t_distributions() -> None:
    mixture = two_bells(1)
    shares = np.diff(mixture.reach, prepend=0.0)
    for point in np.random.default_rng(2).normal(0, 4, size=(10, 3)):
        parts = [
            multivariate_t(centre, root @ root.T, df=FREEDOM).logpdf(point)
            for centre, root in zip(mixture.centre, mixture.root, strict=True)
        ]
        assert log_density(point, mixture) == pytest.approx(logsumexp(parts, b=shares), abs=1e-9)


def test_what_it_proposes_lies_where_the_draws_lay_with_their_shares() -> None:
    mixture, rng = two_bells(3), np.random.default_rng(4)
    found = np.zeros((4_000, 3))
    for place in found:
        proposed(mixture, rng, place)
    assert (found[:, 0] < 0).mean() == pytest.approx(0.3, abs=0.04)
    assert np.median(found[found[:, 0] > 0], axis=0) == pytest.approx([4.0, 4.0, 4.0], abs=0.15)


def test_shares_sum_to_one() -> None:
    assert two_bells(5).reach[-1] == pytest.approx(1.0)


@pytest.mark.parametrize(
    "draws",
    [
        np.random.default_rng(6).normal(size=(50, 2)),
        np.ones((500, 2)),
        np.random.default_rng(7).normal(size=(500, 2)) * 1e6,
    ],
    ids=["too few", "all alike", "far out"],
)
def test_draws_that_say_too_little_give_no_mixture(draws: np.ndarray) -> None:
    assert fit(draws, np.random.default_rng(8)).reach.size == 0
