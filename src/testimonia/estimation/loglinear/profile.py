"""The profile likelihood of the population size under one model (Cormack 1992, Biometrics 48:567-576)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.loglinear.kernel import ETA, Work, fit

__all__ = ["profile_ends", "profile_height"]

NEAR = 1e-12  # squared Newton decrement before the last step
LARGE = 20.0  # from here on the series of the log-factorial is exact to 1e-10
FARTHEST = 1e12  # people; an interval that reaches so far has no end
STEPS = 60

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@njit
def _excess(x: float) -> float:
    """log x! - x log x + x, without the loss of digits."""
    if x > LARGE:
        return 0.5 * math.log(2.0 * math.pi * x) + 1.0 / (12.0 * x) - 1.0 / (360.0 * x**3)
    return math.lgamma(x + 1.0) - x * math.log(x) + x


@njit
def profile_height(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, unseen: float) -> float:
    """The multinomial log-likelihood of n + unseen people, at its largest over the model, but for a constant.

    `used` includes cell 0 here; `counts[0]` is overwritten, `beta` is where to begin and is replaced.
    """
    counts[0] = unseen
    fit(counts, used, inside, beta, work, NEAR, STEPS)
    total, people = 0.0, 0.0
    for cell in range(1, counts.size):
        people += counts[cell]
        if used[cell]:
            total += counts[cell] * work.cells[ETA, cell] - work.mu[cell]
    eta = work.cells[ETA, 0]
    total += unseen * (eta - math.log(unseen)) + unseen - work.mu[0]
    return float(total + _excess(people + unseen) - _excess(unseen))


@njit
def _crossing(
    counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, level: float, near: float, far: float
) -> float:
    """Where, between the logarithms of two unseen cells, the profile falls to a level; the second is below it."""
    for _ in range(STEPS):
        middle = 0.5 * (near + far)
        if profile_height(counts, used, inside, beta, work, math.exp(middle)) >= level:
            near = middle
        else:
            far = middle
        if abs(far - near) < 1e-10:
            break
    return 0.5 * (near + far)


@njit
def _peak(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, centre: float) -> float:
    """The logarithm of the unseen cell at which the profile is highest, by golden section around `centre`."""
    low, high = centre - 2.0, centre + 2.0
    ratio = 0.5 * (math.sqrt(5.0) - 1.0)
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    a = profile_height(counts, used, inside, beta, work, math.exp(left))
    b = profile_height(counts, used, inside, beta, work, math.exp(right))
    while high - low > 1e-6:
        if a > b:
            high, right, b = right, left, a
            left = high - ratio * (high - low)
            a = profile_height(counts, used, inside, beta, work, math.exp(left))
        else:
            low, left, a = left, right, b
            right = low + ratio * (high - low)
            b = profile_height(counts, used, inside, beta, work, math.exp(right))
    return 0.5 * (low + high)


@njit
def profile_ends(
    counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, unseen: float, drop: float
) -> tuple[float, float]:
    """The unseen cells between which the log profile likelihood is within `drop` of its peak.

    `unseen` is the fitted one, `beta` its coefficients, and `used` includes cell 0. The lower end is 0 where the
    likelihood never falls so far towards nobody unseen, the upper infinite where it does not towards 10^12 people.
    """
    peak = _peak(counts, used, inside, beta, work, math.log(max(unseen, 0.05)))
    level = profile_height(counts, used, inside, beta, work, math.exp(peak)) - drop
    lower, upper = 0.0, math.inf
    for side in range(2):
        stride = 0.5 if side else -0.5
        near, far = peak, peak + stride
        while profile_height(counts, used, inside, beta, work, math.exp(far)) >= level:
            stride *= 1.5
            near, far = far, far + stride
            if far > math.log(FARTHEST) or far < math.log(1e-3):
                break
        else:
            end = math.exp(_crossing(counts, used, inside, beta, work, level, near, far))
            lower, upper = (lower, end) if side else (end, upper)
    return lower, upper
