"""Estimation from levels: simulated pairs whose parameters are known, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from testimonia.linkage.model.chance import Chance
from testimonia.linkage.model.refining import Fit, Told, log_odds, refine

M = ([0.1, 0.2, 0.7], [0.05, 0.15, 0.8], [0.1, 0.9], [0.2, 0.8])
U = ([0.9, 0.08, 0.02], [0.85, 0.1, 0.05], [0.9, 0.1], [0.7, 0.3])
SIZES = tuple(len(m) for m in M)
PAIRS, MATCHES = 60_000, 1_500

Levels = NDArray[np.int8]


def drawn(shares: tuple[list[float], ...], count: int, rng: np.random.Generator) -> Levels:
    """Independent levels."""
    return np.column_stack([rng.choice(len(share), count, p=share) for share in shares]).astype(np.int8)


def simulated(seed: int) -> tuple[Levels, NDArray[np.bool_]]:
    """All pairs of a table, the matches first."""
    rng = np.random.default_rng(seed)
    levels = np.vstack([drawn(M, MATCHES, rng), drawn(U, PAIRS - MATCHES, rng)])
    levels[rng.random(levels.shape) < 0.1] = -1
    return levels, np.arange(PAIRS) < MATCHES


def fitted(levels: Levels, start: float, known: NDArray[np.float64] | None = None) -> Fit:
    """The estimate over all pairs as candidates, found by a rule, from a start without knowledge."""
    one, pairs = np.zeros(len(levels), dtype=np.intp), np.array([float(len(levels))])
    chance = Chance(levels, one, np.ones(len(levels), bool), levels, one, pairs, SIZES)
    m = tuple(np.array([[4.0**k for k in range(size)]]) for size in SIZES)
    u = chance.shares(levels[:0], one[:0], np.zeros(0))
    begin = Fit(np.array([start]), tuple(share / share.sum() for share in m), u)
    told = Told(np.ones(len(levels), bool), pairs)
    return refine(begin, chance, levels, one, told, np.zeros(len(levels)), known=known)


@pytest.mark.parametrize("start", [0.002, 0.02, 0.1])
def test_the_parameters_of_a_simulation_are_found_from_any_start(start: float) -> None:
    """1,500 matches among 60,000 pairs: the share within a tenth, m within .05, u within .01 (four standard errors)."""
    fit = fitted(simulated(3)[0], start)
    assert fit.settled
    assert fit.prior[0] * PAIRS == pytest.approx(MATCHES, rel=0.1)
    for estimated, true in zip(fit.m, M, strict=True):
        np.testing.assert_allclose(estimated[0], true, atol=0.05)
    for estimated, true in zip(fit.u, U, strict=True):
        np.testing.assert_allclose(estimated[0], true, atol=0.01)


def test_probabilities_are_calibrated_where_the_assumption_holds() -> None:
    """In each bin the sum of the probabilities is the number of matches, within four binomial standard errors."""
    levels, match = simulated(5)
    fit = fitted(levels, 0.01)
    odds = log_odds(fit, levels, np.zeros(PAIRS, dtype=np.intp), np.zeros(PAIRS))
    probability = 1 / (1 + np.exp(-odds))
    for low, high in ((0.0, 0.05), (0.05, 0.5), (0.5, 0.95), (0.95, 1.01)):
        inside = (probability >= low) & (probability < high)
        believed, error = probability[inside].sum(), np.sqrt((probability * (1 - probability))[inside].sum())
        assert abs(match[inside].sum() - believed) < 4 * error + 0.1 * believed


def test_a_missing_value_says_nothing() -> None:
    """Where nothing can be compared the odds are those of the share of matches."""
    fit = fitted(simulated(3)[0], 0.01)
    nothing = np.full((1, len(SIZES)), -1, dtype=np.int8)
    odds = log_odds(fit, nothing, np.zeros(1, dtype=np.intp), np.zeros(1))
    assert odds[0] == pytest.approx(np.log(fit.prior[0] / (1 - fit.prior[0])))


def test_reviewed_pairs_are_taken_as_they_were_reviewed() -> None:
    """With every pair reviewed, the share of matches is what the reviewers said, whatever the levels are."""
    levels, match = simulated(7)
    fit = fitted(levels, 0.01, known=np.where(match, 1.0, 0.0))
    assert fit.prior[0] * PAIRS == pytest.approx(MATCHES, rel=0.01)
