"""Chains that agree, and chains that do not."""

from __future__ import annotations

import numpy as np

from testimonia.linkage.clusters.agreeing import LIMIT, disagreement, split_rhat


def test_chains_of_one_distribution_agree_and_shifted_ones_do_not() -> None:
    """A shift of two standard deviations in one chain of four: between / within = 1, so about sqrt(2)."""
    draws = np.random.default_rng(1).standard_normal((4, 400))
    assert split_rhat(draws) < 1.02
    draws[0] += 2.0
    assert 1.3 < split_rhat(draws) < 1.6


def test_a_drift_inside_a_chain_shows() -> None:
    draws = np.random.default_rng(1).standard_normal((4, 400)) + np.linspace(0, 6, 400)
    assert split_rhat(draws) > LIMIT


def test_chains_stuck_at_different_numbers_disagree_without_limit_but_a_few_persons_are_nothing() -> None:
    counts = np.zeros((4, 20, 4), dtype=np.int64)
    counts[:, :, 3] = 100
    counts[0, :, 3] = 160
    found = disagreement(counts, ("a", "b"))
    assert found["the people on both a and b"] == float("inf")
    counts[0, :, 3] = 102
    assert set(disagreement(counts, ("a", "b")).values()) == {1.0}
