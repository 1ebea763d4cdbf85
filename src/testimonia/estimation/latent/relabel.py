"""Exchange of two classes, weights and all: the likelihood does not change, the stick-breaking prior does.

Sticks are broken in order, so that the same classes in another order are another point, and the way between two
orders leads through a valley. A sampler that does not jump stays in one order, and the orders give different answers.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit

__all__ = ["log_prior_of_weights", "relabel"]

FAR = 1e8  # sticks longer than this leave nothing; their order is not looked at


@njit
def joined(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    high, low = max(a, b), min(a, b)
    return high + math.log1p(math.exp(low - high))


@njit
def log_weights(where: NDArray[np.float64], lane: int, out: NDArray[np.float64]) -> float:
    """Fill the logarithms of the class weights; return the sum of the sticks."""
    length = 0.0
    for k in range(out.size - 1):
        stick = math.exp(min(where[0, k, lane], 700.0))
        out[k] = -length + math.log(-math.expm1(-stick))
        length += stick
    out[out.size - 1] = -length
    return length


@njit
def log_prior_of_weights(logs: NDArray[np.float64], shape: float, rate: float) -> float:
    """Log density of class weights on the simplex, alpha ~ Gamma(shape, rate) integrated out, up to a constant.

    Stick-breaking with V_k ~ Beta(1, alpha): alpha ** (K - 1) * prod_k (1 - V_k) ** alpha over what remains after
    each break, so that (rate - log of the last weight) ** -(shape + K - 1) / prod_k remainder_k is left.
    """
    last = logs.size - 1
    rest = logs[last]
    found = -(shape + last) * math.log(rate - rest)
    for k in range(last - 1, -1, -1):
        found -= rest
        rest = joined(rest, logs[k])
    return found


@njit
def from_weights(logs: NDArray[np.float64], where: NDArray[np.float64], lane: int) -> None:
    """The sticks that these weights come from."""
    rest = logs[logs.size - 1]
    for k in range(logs.size - 2, -1, -1):
        ratio = logs[k] - rest
        stick = ratio if ratio > 40 else math.log1p(math.exp(ratio))
        where[0, k, lane] = math.log(max(stick, 1e-300))
        rest = joined(rest, logs[k])


@njit
def relabel(
    where: NDArray[np.float64],
    lane: int,
    shape: float,
    rate: float,
    tries: int,
    rng: np.random.Generator,
    logs: NDArray[np.float64],
) -> int:
    """Try to exchange two classes, neighbours or any, `tries` times; return how often it was done."""
    classes = logs.size
    if classes < 2 or not log_weights(where, lane, logs) < FAR:
        return 0
    now, done = log_prior_of_weights(logs, shape, rate), 0
    for _ in range(tries):
        i = int(rng.random() * (classes - 1))
        j = i + 1 if rng.random() < 0.5 else int(rng.random() * classes)
        if i == j:
            continue
        logs[i], logs[j] = logs[j], logs[i]
        then = log_prior_of_weights(logs, shape, rate) if logs[classes - 1] > -FAR else -math.inf
        if rng.random() < math.exp(min(0.0, then - now)):
            now = then
            done += 1
            for row in range(1, where.shape[0]):
                where[row, i, lane], where[row, j, lane] = where[row, j, lane], where[row, i, lane]
        else:
            logs[i], logs[j] = logs[j], logs[i]
    if done:
        from_weights(logs, where, lane)
    return done
