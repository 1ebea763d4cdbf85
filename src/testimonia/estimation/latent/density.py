"""The exact density of one copy of the model, in double precision.

The number of people N has prior 1/N, and is summed out: given the class weights and capture probabilities, the
recorded people are a multinomial sample of the patterns among the people who can be seen, and the number missed is
negative binomial. So the chain needs neither the missed people nor anybody's class.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.latent.data import Cells

__all__ = ["LENGTH", "LIKELIHOOD", "PRIOR", "SEEN", "measure"]

LIKELIHOOD, PRIOR, SEEN, LENGTH = range(4)  # columns of what `measure` fills
FLOOR = 1e-300


@njit
def weigh(where: NDArray[np.float64], lane: int, classes: int, weights: NDArray[np.float64]) -> tuple[float, float]:
    """Fill the class weights; return the sum of the sticks and of their logarithms."""
    length, logs = 0.0, 0.0
    for k in range(classes - 1):
        log_stick = where[0, k, lane]
        stick = math.exp(min(log_stick, 700.0))
        weights[k] = -math.exp(-length) * math.expm1(-stick)
        length += stick
        logs += log_stick
    weights[classes - 1] = math.exp(-length)
    return length, logs


@njit
def capture(where: NDArray[np.float64], lane: int, cells: Cells, weights: NDArray[np.float64]) -> tuple[float, float]:
    """Turn weights into those of the people missed by all; return the share seen, and the prior of the log odds."""
    seen, prior = 0.0, 0.0
    for k in range(cells.classes):
        missed, caught = 1.0, 0.0
        for j in range(cells.lists):
            log_odds = where[j + 1, k, lane]
            small = math.exp(-abs(log_odds))
            prior += -abs(log_odds) - 2 * math.log1p(small)
            chance = 1 / (1 + small) if log_odds > 0 else small / (1 + small)
            missed *= small / (1 + small) if log_odds > 0 else 1 / (1 + small)
            caught += (1 - caught) * chance
        seen += weights[k] * caught
        weights[k] *= missed
    return seen, prior


@njit
def measure(
    where: NDArray[np.float64],
    lane: int,
    cells: Cells,
    weights: NDArray[np.float64],
    odds: NDArray[np.float64],
    out: NDArray[np.float64],
) -> None:
    """Log likelihood, log prior without alpha's part, share of people seen, sum of the sticks, into `out`.

    `where` has shape (lists + 1, classes, lanes): logarithms of the sticks, then log odds of capture. `weights` and
    `odds` are scratch, of shapes (classes,) and (lists, classes).
    """
    length, logs = weigh(where, lane, cells.classes, weights)
    seen, prior = capture(where, lane, cells, weights)
    for j in range(cells.lists):
        for k in range(cells.classes):
            odds[j, k] = math.exp(where[j + 1, k, lane])
    found = -cells.people * math.log(max(seen, FLOOR))
    for x in range(cells.counts.size):
        chance = 0.0
        for k in range(cells.classes):
            product = weights[k]
            for place in range(cells.start[x], cells.start[x + 1]):
                product *= odds[cells.inside[place], k]
            chance += product
        found += cells.counts[x] * math.log(max(chance, FLOOR))
    out[LIKELIHOOD], out[PRIOR], out[SEEN], out[LENGTH] = found, prior + logs, max(seen, FLOOR), length
