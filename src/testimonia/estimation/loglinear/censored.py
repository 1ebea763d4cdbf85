"""Cells whose count is only an upper bound: people on a list who may not belong to the population any more.

The bound is part of the likelihood: such a cell gives the probability that a Poisson count is at most the number
seen, and its true count is estimated with the unseen cell. This is the left censoring of Overstall, King, Bird,
Hutchinson & Hay (2014, Statistics in Medicine 33:1564-1579), who put a prior on the model where we maximise; King
et al. (2013) did without the bound. For existence such a cell counts as an empty one, because a direction that only
lowers its mean raises the likelihood.

Assumes that nobody is missing from the cell who belongs there, and that its count, freed of those who do not, follows
the same model. Where it does not, nothing in the table says so.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.loglinear.kernel import Work, delta_variance, fit
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_EXISTING, exists

__all__ = ["censored_spread", "fit_censored", "known", "truncated"]

ROUNDS = 2000  # of expectation and maximisation
SETTLED = 1e-9

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@njit
def truncated(limit: float, mean: float) -> tuple[float, float, float]:
    """Mean and variance of a Poisson count known to be at most `limit`, and the logarithm of that probability."""
    ratio, total, last = 1.0, 1.0, 0.0
    j = limit
    while j > 0.0 and ratio > 1e-17 * total and total < 1e290:
        ratio *= j / mean
        total += ratio
        j -= 1.0
    if total >= 1e290:
        return mean, mean, 0.0
    first = mean * (1.0 - 1.0 / total)
    last = limit / mean if limit > 0.0 else 0.0
    second = mean * mean * max(0.0, 1.0 - (1.0 + last) / total)
    chance = limit * math.log(mean) - mean - math.lgamma(limit + 1.0) + math.log(total)
    return first, max(0.0, second + first - first * first), min(0.0, chance)


@njit
def known(counts: Floats, censored: Flags) -> Floats:
    """The counts with nothing in the censored cells."""
    found = np.zeros(counts.size)
    for cell in range(counts.size):
        found[cell] = 0.0 if censored[cell] else counts[cell]
    return found


@njit
def _expect(counts: Floats, censored: Flags, used: Flags, work: Work, filled: Floats) -> float:
    """Put the expected counts into the censored cells; by how much they moved."""
    moved = 0.0
    for cell in range(1, counts.size):
        if censored[cell]:
            new = truncated(counts[cell], work.mu[cell])[0] if used[cell] else 0.0
            moved = max(moved, abs(new - filled[cell]) / (1.0 + new))
            filled[cell] = new
    return moved


@njit
def fit_censored(
    counts: Floats, censored: Flags, used: Flags, inside: Flags, beta: Floats, work: Work
) -> tuple[float, int]:
    """Fit by expectation and maximisation from `beta`; the log-likelihood but for its constant, and the verdict.

    `used` and `inside` are those of the counts without the censored cells. The constant is that of the others.
    """
    open_counts = known(counts, censored)
    verdict = ADMISSIBLE if exists(open_counts, used, inside) else NOT_EXISTING
    filled = known(counts, censored)
    for cell in range(1, counts.size):
        filled[cell] = counts[cell] if used[cell] else 0.0
    for _ in range(ROUNDS):
        fit(filled, used, inside, beta, work, 1e-12, 60)
        if _expect(counts, censored, used, work, filled) < SETTLED:
            break
    value = 0.0
    for cell in range(1, counts.size):
        if used[cell] and censored[cell]:
            value += truncated(counts[cell], work.mu[cell])[2]
        elif used[cell]:
            value += counts[cell] * math.log(work.mu[cell]) - work.mu[cell] if counts[cell] > 0.0 else -work.mu[cell]
    return value, verdict


@njit
def censored_spread(
    counts: Floats, censored: Flags, used: Flags, inside: Flags, beta: Floats, work: Work
) -> tuple[float, float]:
    """People not certainly recorded (unseen, and those who belong to the censored cells); variance of its logarithm.

    At the means in `work.mu`, which are replaced by the information that each cell gives.
    """
    unseen = math.exp(beta[0])
    gradient = np.zeros(counts.size)
    gradient[0] = unseen
    for cell in range(1, counts.size):
        if censored[cell] and used[cell]:
            mean, variance, _ = truncated(counts[cell], work.mu[cell])
            gradient[cell] = variance
            unseen += mean
            work.mu[cell] = max(work.mu[cell] - variance, 1e-9 * work.mu[cell])
    return unseen, delta_variance(used, inside, work, gradient) / unseen**2
