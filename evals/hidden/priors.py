"""Truths and tables drawn from the priors of the Bayesian samplers, with a proper prior on the total.

Each function returns the true values by name and the table they gave rise to.
"""

from __future__ import annotations

import numpy as np
from evals.hidden.populations import Population, product
from numpy.typing import NDArray

from testimonia.estimation.decomposable.graphs import decomposable_graphs, factor_sets
from testimonia.estimation.table import OverlapTable

__all__ = ["INTERCEPT", "LARGEST", "MAIN", "SMALLEST", "decomposable", "latent", "log_linear", "log_prior"]

SMALLEST, LARGEST = 200, 5000  # the total is log-uniform between them

Truth = dict[str, float]


def total(rng: np.random.Generator) -> int:
    """A total drawn from the prior 1/N between `SMALLEST` and `LARGEST`."""
    every = np.arange(SMALLEST, LARGEST + 1)
    weights = 1.0 / every
    return int(rng.choice(every, p=weights / weights.sum()))


def log_prior(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of that prior, up to a constant."""
    inside = (totals >= SMALLEST) & (totals <= LARGEST)
    return np.where(inside, -np.log(np.maximum(totals, 1.0)), -np.inf)


def decomposable(rng: np.random.Generator, k: int, delta: float) -> tuple[Truth, OverlapTable]:
    """A decomposable graph at random, the saturated one left out; cells from its hyper-Dirichlet prior.

    The hyper-Dirichlet law of weight `delta` a cell makes p(list | parents) a Beta variable for each state of the
    parents, all independent, both weights the sum over the cells they stand for (Dawid & Lauritzen 1993, section
    7.2).
    """
    graphs = decomposable_graphs(k)
    factors = graphs.factors[rng.integers(len(graphs) - 1)]
    with_list, parents = factor_sets(k)
    cells, every = np.ones(1 << k), np.arange(1 << k)
    for factor in factors:
        family, above = int(with_list[factor]), int(parents[factor])
        weight = delta * (1 << k) / (1 << family.bit_count())
        on = rng.beta(weight, weight, size=1 << k)[every & above]
        cells *= np.where(every & (family ^ above), on, 1.0 - on)
    people = total(rng)
    table = Population(people, cells / cells.sum()).draw(rng)
    return {"total": float(people)}, table


def latent(rng: np.random.Generator, k: int, classes: int, a: float, b: float) -> tuple[Truth, OverlapTable]:
    """The truncated stick-breaking mixture of Manrique-Vallier 2016: uniform chances, concentration Gamma(a, b)."""
    concentration = max(rng.gamma(a, 1.0 / b), 1e-300)
    broken = np.append(rng.beta(1.0, concentration, size=classes - 1), 1.0)
    shares = broken * np.append(1.0, np.cumprod(1.0 - broken[:-1]))
    chances = rng.random((classes, k))
    cells = np.sum([share * product(row) for share, row in zip(shares, chances, strict=True)], axis=0)
    people = total(rng)
    table = Population(people, cells / cells.sum()).draw(rng)
    return {"total": float(people), "largest": float(shares.max())}, table


INTERCEPT, MAIN = (5.0, 8.0), (-3.0, -0.5)  # the box from which the flat effects are drawn


def log_linear(rng: np.random.Generator, k: int) -> tuple[Truth, OverlapTable]:
    """All pairs: intercept and main effects uniform in their boxes, pairs standard normal; Poisson counts."""
    beta = np.zeros(1 << k)
    pairs = [term for term in range(1 << k) if term.bit_count() == 2]
    beta[0] = rng.uniform(*INTERCEPT)
    beta[[1 << i for i in range(k)]] = rng.uniform(*MAIN, size=k)
    beta[pairs] = rng.standard_normal(len(pairs))
    cells = np.arange(1 << k)
    means = np.exp([beta[cells & cell == cells].sum() for cell in cells])
    counts = rng.poisson(means).astype(np.int64)
    truth = {"total": float(counts.sum()), "pair": float(beta[3])}
    counts[0] = 0
    return truth, OverlapTable(tuple("ABCDEFGHIJKL"[:k]), counts)
