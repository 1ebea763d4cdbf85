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
from testimonia.estimation.loglinear.kernel import (
    CHANGE,
    ETA,
    RESIDUAL,
    STEP,
    Work,
    arrange,
    begin,
    delta_variance,
    direction,
    means,
)
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_EXISTING, exists

__all__ = ["censored_spread", "fit_censored", "known", "truncated"]

ROUNDS = 100
SETTLED = 1e-14  # squared Newton decrement before the last step
FLOOR = 1e-9  # of the information of a cell, by its mean: a bound far above says nothing

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
def _likelihood(counts: Floats, certain: Floats, censored: Flags, used: Flags, work: Work) -> float:
    """The log-likelihood but for its constant at the linear predictors; residuals, and in `mu` the information.

    A censored cell has the residual E - mean and the information mean - V, E and V the moments of its count.
    """
    total = means(certain, work)
    for cell in range(1, counts.size):
        if censored[cell] and used[cell]:
            mean = work.mu[cell]
            first, spread, chance = truncated(counts[cell], mean)
            total += mean + chance
            work.cells[RESIDUAL, cell] = first - mean
            work.mu[cell] = max(mean - spread, FLOOR * mean)
    return total


@njit
def _step(
    counts: Floats, certain: Floats, censored: Flags, used: Flags, beta: Floats, work: Work, value: float
) -> float:
    """Go along the Newton step, half as far while the likelihood falls; the new log-likelihood."""
    length, new = 1.0, -np.inf
    while length > 1e-6:
        for cell in range(beta.size):
            work.cells[ETA, cell] += length * work.cells[CHANGE, cell]
        new = _likelihood(counts, certain, censored, used, work)
        if new >= value - 1e-10 * (1.0 + abs(value)):
            break
        for cell in range(beta.size):
            work.cells[ETA, cell] -= length * work.cells[CHANGE, cell]
        length *= 0.5
    if length <= 1e-6:
        return _likelihood(counts, certain, censored, used, work)
    for term in range(beta.size):
        beta[term] += length * work.cells[STEP, term]
    return new


@njit
def fit_censored(
    counts: Floats, censored: Flags, used: Flags, inside: Flags, beta: Floats, work: Work
) -> tuple[float, int]:
    """Fit by Newton steps from `beta`; the log-likelihood but for its constant, and the verdict.

    `used` and `inside` are those of the counts without the censored cells. The constant is that of the others.
    `work.mu` then holds the means.
    """
    certain = known(counts, censored)
    verdict = ADMISSIBLE if exists(certain, used, inside) else NOT_EXISTING
    dual, rows, _ = arrange(used, inside, work)
    begin(certain, beta, work)
    value = _likelihood(counts, certain, censored, used, work)
    for _ in range(ROUNDS):
        decrement = direction(used, inside, work, dual, rows)
        if decrement < 0.0 or not np.isfinite(decrement):
            break
        value = _step(counts, certain, censored, used, beta, work, value)
        if decrement < SETTLED:
            break
    means(certain, work)
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
            work.mu[cell] = max(work.mu[cell] - variance, FLOOR * work.mu[cell])
    return unseen, delta_variance(used, inside, work, gradient) / unseen**2
