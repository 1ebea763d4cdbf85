"""Leaps: the classes that hold most of the recorded people are proposed anew, all at once, from a fitted mixture.

Two explanations of a table may lie so far apart that only hot copies find the way. Once the chains have seen both,
a mixture fitted to what was seen proposes one from the other. It stands still while draws are kept, and what is
accepted is decided by the exact density: a poor mixture makes leaps rare, and biases nothing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.latent.data import Cells
from testimonia.estimation.latent.density import LIKELIHOOD, measure
from testimonia.estimation.latent.mixture import FREEDOM, Mixture
from testimonia.estimation.latent.relabel import FAR, from_weights, joined, log_prior_of_weights, log_weights

__all__ = ["chosen", "leap", "log_density", "place_of", "size_of"]

CHOSEN = 3  # classes that leap together


def chosen(classes: int) -> int:
    """How many classes leap."""
    return min(CHOSEN, classes)


def size_of(lists: int, classes: int) -> int:
    """Coordinates of a leap: log odds of the chosen classes, and the ratios of their weights to the first's."""
    return chosen(classes) * (lists + 1) - 1


@njit
def largest(where: NDArray[np.float64], lane: int, logs: NDArray[np.float64], top: NDArray[np.int64]) -> None:
    """The classes that hold most of the recorded people, first the largest."""
    held = np.zeros(logs.size)
    for k in range(logs.size):
        caught = 0.0
        for j in range(1, where.shape[0]):
            caught += (1 - caught) / (1 + math.exp(-max(where[j, k, lane], -700.0)))
        held[k] = logs[k] + math.log(max(caught, 1e-300))
    for m in range(top.size):
        top[m] = held.argmax()
        held[top[m]] = -np.inf


@njit
def place_of(
    where: NDArray[np.float64],
    lane: int,
    logs: NDArray[np.float64],
    top: NDArray[np.int64],
    place: NDArray[np.float64],
) -> bool:
    """Fill the coordinates of where a lane stands; whether it stands where leaps are possible."""
    if not log_weights(where, lane, logs) < FAR:
        return False
    largest(where, lane, logs, top)
    lists = where.shape[0] - 1
    for m in range(top.size):
        for j in range(lists):
            place[m * lists + j] = where[j + 1, top[m], lane]
        if m > 0:
            place[top.size * lists + m - 1] = logs[top[m]] - logs[top[0]]
    return True


@njit
def log_density(place: NDArray[np.float64], mixture: Mixture) -> float:
    """The logarithm of the mixture's density."""
    size, total = place.size, -math.inf
    for part in range(mixture.reach.size):
        square = 0.0
        for i in range(size):
            scaled = 0.0
            for j in range(i + 1):
                scaled += mixture.inverse[part, i, j] * (place[j] - mixture.centre[part, j])
            square += scaled * scaled
        value = mixture.constant[part] - (FREEDOM + size) / 2 * math.log1p(square / FREEDOM)
        total = joined(total, value) if part > 0 else value
    return total


@njit
def proposed(mixture: Mixture, rng: np.random.Generator, place: NDArray[np.float64]) -> None:
    """Fill a draw from the mixture."""
    size, part, dice = place.size, 0, rng.random() * mixture.reach[-1]
    while part < mixture.reach.size - 1 and mixture.reach[part] < dice:
        part += 1
    normal = np.zeros(size)
    for i in range(size):
        normal[i] = rng.standard_normal()
    scale = math.sqrt(FREEDOM / (2 * rng.standard_gamma(FREEDOM / 2)))
    for i in range(size):
        shift = 0.0
        for j in range(i + 1):
            shift += mixture.root[part, i, j] * normal[j]
        place[i] = mixture.centre[part, i] + scale * shift


@njit
def put(
    where: NDArray[np.float64],
    lane: int,
    logs: NDArray[np.float64],
    top: NDArray[np.int64],
    place: NDArray[np.float64],
) -> None:
    """Stand there; the chosen classes share among them the weight they had, the others keep theirs."""
    lists, ratios = where.shape[0] - 1, 0.0
    total = logs[top[0]]
    for m in range(1, top.size):
        total = joined(total, logs[top[m]])
        ratios = joined(ratios, place[top.size * lists + m - 1])
    for m in range(top.size):
        logs[top[m]] = total - ratios + (place[top.size * lists + m - 1] if m > 0 else 0.0)
        for j in range(lists):
            where[j + 1, top[m], lane] = place[m * lists + j]
    from_weights(logs, where, lane)


@njit
def log_prior(
    place: NDArray[np.float64], logs: NDArray[np.float64], top: NDArray[np.int64], shape: float, rate: float
) -> float:
    """Log prior in the coordinates of a leap: uniform chances as log odds, weights as logarithms of their ratios."""
    found = log_prior_of_weights(logs, shape, rate)
    for m in range(top.size):
        found += logs[top[m]]
    for i in range(place.size - top.size + 1):
        small = math.exp(-abs(place[i]))
        found -= abs(place[i]) + 2 * math.log1p(small)
    return found


@njit
def same(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether two orders agree; a loop, since comparing whole arrays takes seconds to compile."""
    apart = 0
    for m in range(one.size):
        apart += one[m] != other[m]
    return apart == 0


@njit
def copy(there: NDArray[np.float64], here: NDArray[np.float64]) -> None:
    """here = there, for the same reason."""
    for i in range(here.size):
        here[i] = there[i]


@njit
def stand(where: NDArray[np.float64], lane: int, held: NDArray[np.float64], back: bool) -> None:
    """Keep where a lane stands, or put it back there."""
    for row in range(held.shape[0]):
        for k in range(held.shape[1]):
            if back:
                where[row, k, lane] = held[row, k]
            else:
                held[row, k] = where[row, k, lane]


@njit
def leap(
    where: NDArray[np.float64],
    lane: int,
    standing: NDArray[np.float64],
    prior: tuple[float, float],
    tries: int,
    mixture: Mixture,
    cells: Cells,
    rng: np.random.Generator,
    room: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
) -> int:
    """Try `tries` leaps of a lane at the posterior itself; return how many were made."""
    lists, classes = cells.lists, cells.classes
    weights, odds, found = room
    logs, then = np.zeros(classes), np.zeros(classes)
    top, other = np.zeros(min(CHOSEN, classes), dtype=np.int64), np.zeros(min(CHOSEN, classes), dtype=np.int64)
    here, there = np.zeros(mixture.centre.shape[1]), np.zeros(mixture.centre.shape[1])
    before = np.zeros((lists + 1, classes))
    if mixture.reach.size == 0 or not place_of(where, lane, logs, top, here):
        return 0
    now, done = log_prior(here, logs, top, prior[0], prior[1]) - log_density(here, mixture), 0
    for _ in range(tries):
        stand(where, lane, before, False)
        copy(logs, then)
        proposed(mixture, rng, there)
        put(where, lane, then, top, there)
        largest(where, lane, then, other)
        gained, new = -math.inf, 0.0
        if same(other, top) and then[classes - 1] > -FAR:
            measure(where, lane, cells, weights, odds, found)
            new = log_prior(there, then, top, prior[0], prior[1]) - log_density(there, mixture)
            gained = found[LIKELIHOOD] - standing[LIKELIHOOD] + new - now
        if gained == gained and rng.random() < math.exp(min(0.0, gained)):
            now, done = new, done + 1
            copy(found, standing)
            copy(then, logs)
            copy(there, here)
        else:
            stand(where, lane, before, True)
    return done
