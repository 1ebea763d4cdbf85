"""The usual sampler of latent classes, plainly: everybody has a class (Manrique-Vallier 2016, section 3).

An oracle and a yardstick, not a method: its chains are slow to agree, as the bench shows. Written with nothing but the
paper, and independent of the room it is held against.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit

if TYPE_CHECKING:
    from testimonia.estimation.table import OverlapTable

__all__ = ["usual_sampler"]

EXCHANGES = 20  # tries in a sweep


@njit
def people_by_class(
    patterns: NDArray[np.int64],
    counts: NDArray[np.int64],
    chance: NDArray[np.float64],
    weights: NDArray[np.float64],
    held: NDArray[np.int64],
    caught: NDArray[np.int64],
    rng: np.random.Generator,
) -> int:
    """Draw the number missed, and the class of everybody; fill people by class, and by class and list."""
    lists, classes = chance.shape
    held[:], caught[:] = 0, 0
    each, people, missed = np.zeros(classes), counts.sum(), 0
    for x in range(-1, patterns.size):
        pattern, total = 0 if x < 0 else patterns[x], 0.0
        for k in range(classes):
            each[k] = weights[k]
            for j in range(lists):
                each[k] *= chance[j, k] if pattern >> j & 1 else 1 - chance[j, k]
            total += each[k]
        if x < 0:
            missed = rng.poisson(rng.gamma(float(people), 1.0) * total / (1 - total))
        left = missed if x < 0 else counts[x]
        for k in range(classes):
            if left == 0:
                break
            drawn = left if k == classes - 1 else rng.binomial(left, min(1.0, max(0.0, each[k] / total)))
            total -= each[k]
            left -= drawn
            held[k] += drawn
            for j in range(lists):
                caught[j, k] += drawn if pattern >> j & 1 else 0
    return missed


@njit
def log_beta(a: float, b: float) -> float:
    """Logarithm of the beta function."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


@njit
def exchange(held: NDArray[np.int64], caught: NDArray[np.int64], alpha: float, rng: np.random.Generator) -> None:
    """Try to let two neighbouring classes change places, with all their people; the sticks are integrated out."""
    classes = held.size
    for _ in range(EXCHANGES):
        one = int(rng.random() * (classes - 1))
        other = one + 1
        later = alpha + held[other + 1 :].sum()
        now, then = log_beta(1.0 + held[one], later + held[other]), log_beta(1.0 + held[other], later + held[one])
        if other < classes - 1:
            now += log_beta(1.0 + held[other], later)
            then += log_beta(1.0 + held[one], later)
        if math.log(1 - rng.random()) < then - now:
            held[one], held[other] = held[other], held[one]
            for j in range(caught.shape[0]):
                caught[j, one], caught[j, other] = caught[j, other], caught[j, one]


@njit
def sticks(held: NDArray[np.int64], alpha: float, weights: NDArray[np.float64], rng: np.random.Generator) -> float:
    """Draw the weights; return minus the logarithm of the last, kept in logarithms where it is very small."""
    left, length, later = 1.0, 0.0, held.sum()
    for k in range(held.size - 1):
        later -= held[k]
        taken = math.log(rng.gamma(1.0 + held[k], 1.0))
        shape = alpha + later
        kept = math.log(rng.gamma(shape + 1.0, 1.0)) + math.log(1 - rng.random()) / shape
        high = max(taken, kept)
        both = high + math.log(math.exp(taken - high) + math.exp(kept - high))
        weights[k] = left * math.exp(taken - both)
        left *= math.exp(kept - both)
        length += both - kept
    weights[held.size - 1] = left
    return length


@njit
def run(
    patterns: NDArray[np.int64],
    counts: NDArray[np.int64],
    chance: NDArray[np.float64],
    weights: NDArray[np.float64],
    prior: tuple[float, float],
    thin: int,
    may_exchange: bool,
    rng: np.random.Generator,
    totals: NDArray[np.float64],
) -> None:
    """Fill `totals`, one of every `thin` sweeps."""
    lists, classes = chance.shape
    held, caught, alpha = np.zeros(classes, np.int64), np.zeros((lists, classes), np.int64), 1.0
    for sweep in range(totals.size * thin):
        missed = people_by_class(patterns, counts, chance, weights, held, caught, rng)
        if may_exchange:
            exchange(held, caught, alpha, rng)
        for k in range(classes):
            for j in range(lists):
                chance[j, k] = rng.beta(1.0 + caught[j, k], 1.0 + held[k] - caught[j, k])
        length = sticks(held, alpha, weights, rng)
        alpha = max(rng.gamma(prior[0] + classes - 1, 1.0) / (prior[1] + length), 1e-250)
        totals[sweep // thin] = counts.sum() + missed


def usual_sampler(
    table: OverlapTable,
    *,
    sweeps: int,
    thin: int,
    exchange: bool,
    seed: int,
    classes: int = 10,
    a: float = 0.25,
    b: float = 0.25,
) -> NDArray[np.float64]:
    """Totals of one chain, every `thin`-th of `sweeps`; even seeds begin with equal classes."""
    rng, least = np.random.default_rng(seed), (1.0 if seed % 2 == 0 else 0.1) / classes
    weights = np.full(classes, least)
    weights[0] = 1 - least * (classes - 1)
    patterns = np.array(table.patterns, dtype=np.int64)
    totals = np.zeros(sweeps // thin)
    chance = rng.random((table.k, classes))
    run(patterns, table.counts[patterns].astype(np.int64), chance, weights, (a, b), thin, exchange, rng, totals)
    return totals
