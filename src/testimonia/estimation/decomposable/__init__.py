"""Decomposable graphs: the total averaged over every way in which lists may depend on each other in a chordal graph.

Each module tells one part: `graphs` enumerates, `grids` says where the sum is taken, `sums` takes it in compiled
code, `censored` completes an over-counted cell, `posteriors` puts the posterior together, `fitting` fits the leading
graph, `averaging` words the answer as an Estimate, `simulate` draws from the prior.
"""

from __future__ import annotations

from testimonia.estimation.decomposable.averaging import decomposable, distribution
from testimonia.estimation.decomposable.graphs import Graphs, decomposable_graphs
from testimonia.estimation.decomposable.grids import Grid
from testimonia.estimation.decomposable.posteriors import Posterior, posterior
from testimonia.estimation.decomposable.simulate import Population, rank, ranks, simulate_prior

__all__ = [
    "Graphs",
    "Grid",
    "Population",
    "Posterior",
    "decomposable",
    "decomposable_graphs",
    "distribution",
    "posterior",
    "rank",
    "ranks",
    "simulate_prior",
]
