"""Populations drawn from the prior, to see whether posteriors are calibrated.

If a total, a graph, cell probabilities and a table are drawn one from the other as the model says, then the true
total is as likely in any part of its posterior as that part's probability: its rank is uniform (Cook, Gelman &
Rubin 2006; Talts et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.decomposable.graphs import decomposable_graphs, factor_sets
from testimonia.estimation.decomposable.posteriors import Posterior, posterior
from testimonia.estimation.table import OverlapTable

__all__ = ["Population", "rank", "ranks", "simulate_prior"]


@dataclass(frozen=True, eq=False)
class Population:
    """A total, the graph it came from (its row in `decomposable_graphs`), cell probabilities, and what was seen."""

    total: int
    graph: int
    cells: NDArray[np.float64]
    table: OverlapTable


def simulate_prior(
    lists: int, smallest: int, largest: int, rng: np.random.Generator, *, delta: float | None = None
) -> Population:
    """One population: N from 1/N on `smallest` to `largest`, a graph (not the complete one), cells, counts.

    The table may have nobody in it; leaving such draws out keeps the ranks of the others uniform, since what is left
    out is decided by the data alone.
    """
    graphs = decomposable_graphs(lists)
    totals = np.arange(smallest, largest + 1)
    chances = 1.0 / totals
    total = int(rng.choice(totals, p=chances / chances.sum()))
    graph = int(rng.integers(len(graphs) - 1))
    cells = _cells(lists, graphs.factors[graph], 2.0**-lists if delta is None else delta, rng)
    counts = rng.multinomial(total, cells).astype(np.int64)
    counts[0] = 0
    return Population(total, graph, cells, OverlapTable(tuple(f"list {i + 1}" for i in range(lists)), counts))


def _cells(lists: int, factors: NDArray[np.int16], delta: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Cell probabilities of a graph under the hyper-Dirichlet prior.

    Given each pattern of its parents, a list records with a Beta probability whose two weights are those of the
    margin of list and parents; all are independent (Dawid & Lauritzen 1993).
    """
    patterns = np.arange(1 << lists)
    cells = np.ones(1 << lists)
    larger, smaller = factor_sets(lists)
    for factor in factors:
        parents, one = int(smaller[factor]), int(larger[factor] ^ smaller[factor])
        weight = delta * 2.0 ** (lists - int(larger[factor]).bit_count())
        recorded = rng.beta(weight, weight, size=1 << lists)[patterns & parents]
        cells *= np.where(patterns & one, recorded, 1.0 - recorded)
    return np.asarray(cells / cells.sum())


def rank(found: Posterior, total: int, rng: np.random.Generator) -> float:
    """Where a total falls in its posterior, between 0 and 1; within an atom, anywhere with the same chance."""
    below = float(found.probabilities[found.totals < total].sum())
    return below + float(rng.random() * found.probabilities[found.totals == total].sum())


def ranks(
    lists: int, draws: int, smallest: int, largest: int, seed: int | np.random.SeedSequence, delta: float | None = None
) -> NDArray[np.float64]:
    """Ranks of true totals in their posteriors over `draws` simulated tables with at least one person; uniform."""
    rng = np.random.default_rng(seed)
    found: list[float] = []
    while len(found) < draws:
        drawn = simulate_prior(lists, smallest, largest, rng, delta=delta)
        n = drawn.table.n
        if n:
            grid = np.arange(max(smallest - n, 0), largest - n + 1, dtype=np.float64)
            found.append(rank(posterior(drawn.table, delta=delta, grid=grid), drawn.total, rng))
    return np.array(found)
