"""The exact posterior of the total, averaged over all decomposable graphs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import BadTable
from testimonia.estimation.decomposable.censored import completions
from testimonia.estimation.decomposable.graphs import COUNTS, Graphs, decomposable_graphs, factor_sets
from testimonia.estimation.decomposable.grids import Grid, Points, Prior, as_grid, geometric_grid, log_prior
from testimonia.estimation.decomposable.sums import blocks_of, common_row, subset_rows, sum_graphs
from testimonia.estimation.table import OverlapTable

__all__ = ["NEGLIGIBLE", "PRUNED", "Posterior", "conditional_overlaps", "posterior"]

PRUNED = 1e-12  # share of the posterior mass that may be left out, at most
NEGLIGIBLE = 1e-4  # share of the posterior mass beyond the grid that makes it grow
MULTIPLES = (1e3, 1e6)  # how far the grid goes, in people observed


@dataclass(frozen=True, eq=False)
class Posterior:
    """The distribution of the total over a grid, and of the graphs.

    `observed`: people surely recorded, where the grid of unseen counts begins (without an over-counted cell).
    `probabilities`: shape (grid,), sum to one; `graph_weights`: shape (graphs,), posterior probabilities, the
    complete (saturated) graph last, 0 unless it was asked for. `saturated_weight`: what the complete graph has or
    would have had. `unbounded_weight`: the weight of graphs whose lists do not overlap where the graph looks, so
    that only the prior bounds the total. `beyond`: the share of the mass that lies past the end of the grid, as the
    power law of the tail foretells it.
    """

    observed: int
    grid: Grid
    probabilities: NDArray[np.float64]
    graphs: Graphs
    graph_weights: NDArray[np.float64]
    log_evidence: float
    saturated_weight: float
    unbounded_weight: float
    beyond: float

    @property
    def totals(self) -> NDArray[np.float64]:
        """People recorded and not recorded at each point of the grid."""
        return self.observed + self.grid.unseen

    @property
    def standard_deviation(self) -> float:
        """Of the total, its outermost 0.05 % at either end drawn in: the tails fall too slowly for a variance."""
        inside = np.clip(self.totals, self.quantile(0.0005), self.quantile(0.9995))
        mean = float(self.probabilities @ inside)
        return float(np.sqrt(self.probabilities @ np.square(inside - mean)))

    @property
    def effective_graphs(self) -> float:
        """How many graphs share the weight: one over the sum of squared weights."""
        return float(1.0 / np.square(self.graph_weights).sum())

    def quantile(self, share: float) -> float:
        """The total that the unknown one does not exceed with this probability; a whole number on our own grid."""
        below = np.cumsum(self.probabilities)
        at = min(int(np.searchsorted(below, share * below[-1])), len(below) - 1)
        if self.grid.atoms:
            return float(self.totals[at])
        left, right = self._cell(at)
        inside = 1.0 - (below[at] - share * below[-1]) / max(self.probabilities[at], np.finfo(float).tiny)
        return float(self.observed + max(0.0, np.rint(left + inside * (right - left))))

    def _cell(self, at: int) -> tuple[float, float]:
        """The stretch of unseen counts for which a point of the grid stands."""
        unseen = self.grid.unseen
        before = unseen[at - 1] if at else unseen[at] - 1.0
        after = unseen[at + 1] if at + 1 < len(unseen) else unseen[at] + 1.0
        return float((before + unseen[at]) / 2.0), float((after + unseen[at]) / 2.0)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The central interval: as much probability below it as above it."""
        return self.quantile((1.0 - level) / 2.0), self.quantile((1.0 + level) / 2.0)

    def top_graphs(self, count: int = 10) -> tuple[tuple[str, float], ...]:
        """The graphs with the most posterior probability, in bracket form, greatest first."""
        best = np.argsort(-self.graph_weights, kind="stable")[:count]
        return tuple((self.graphs.bracket(int(g)), float(self.graph_weights[g])) for g in best if self.graph_weights[g])

    def edge_weights(self) -> NDArray[np.float64]:
        """The posterior probability that two lists are joined, shape (lists, lists), symmetric, 0 on the diagonal."""
        joined = np.zeros((self.graphs.lists, self.graphs.lists))
        for bit, (i, j) in enumerate(zip(*np.triu_indices(self.graphs.lists, 1), strict=True)):
            joined[i, j] = joined[j, i] = self.graph_weights[(self.graphs.edges >> bit & 1).astype(bool)].sum()
        return joined


def posterior(
    table: OverlapTable,
    *,
    delta: float | None = None,
    prior: Prior = "reciprocal",
    grid: Points | None = None,
    saturated: bool = False,
) -> Posterior:
    """The exact posterior of the total and of the graphs (Madigan & York 1997).

    Given a graph, the cell probabilities have the hyper-Dirichlet prior whose every margin comes from `delta` a
    cell of the complete table (Dawid & Lauritzen 1993), by default 2**-k, one prior person in all. The
    total has the prior 1/N ("reciprocal"), a flat one ("uniform"), or the logarithm of any other as a function of
    totals. All graphs have the same prior weight. `grid` None: integers, then steps of 0.2 % of the unseen count to
    1,000 times the people observed, further where the tail needs it; or a `Grid`, or unseen counts that are taken
    as the only possible values. The complete graph leaves the unseen count to the prior and is left out unless
    `saturated`. Raises BadTable for fewer than 3 or more than 7 lists, or nobody recorded.

    An over-counted (censored) cell is summed over every count up to the one given. Less than 1e-12 of the mass is
    left out. Time and memory grow with graphs times grid; seven lists take seconds.
    """
    if table.k not in COUNTS:
        raise BadTable(
            f"Decomposable graphs need 3 to 7 lists and this table has {table.k}; "
            + ("merge lists of the same kind." if table.k > 7 else "add a list.")
        )
    if len(table.censored) > 1:
        raise BadTable("Decomposable graphs take one over-counted cell at most; merge lists or give one cell.")
    if table.n == 0:
        raise BadTable("Nobody is recorded by any list; there is nothing to estimate from.")
    weight = 2.0**-table.k if delta is None else delta
    if grid is not None:
        chosen = grid if isinstance(grid, Grid) else as_grid(np.asarray(grid, dtype=np.float64))
        return _on_grid(table, weight, prior, chosen, saturated)
    for multiple in MULTIPLES:
        found = _on_grid(table, weight, prior, geometric_grid(table.n, multiple), saturated)
        if found.beyond < NEGLIGIBLE:
            break
    return found


def _on_grid(table: OverlapTable, delta: float, prior: Prior, grid: Grid, saturated: bool) -> Posterior:
    """The posterior on one grid of unseen counts, which begin at the fewest people that were surely recorded."""
    graphs = decomposable_graphs(table.k)
    sure = table.n - sum(int(table.counts[cell]) for cell in table.censored)
    totals = sure + grid.unseen
    log_weights = log_prior(prior, totals) + np.log(grid.widths)
    if not np.isfinite(log_weights).any():
        raise BadTable("The prior gives no weight to any total on the grid; widen the one or the other.")
    parts = [
        _masses(counts, table.k, delta, totals, log_weights + shift, graphs) for counts, shift in completions(table)
    ]
    log_evidence, points, weights = _mixture([(part.log_evidence, part.points, part.weights) for part in parts])
    log_saturated, shape, _ = _mixture([(part.log_saturated, part.shape, part.weights) for part in parts])
    share = 1.0 / (1.0 + float(np.exp(min(log_evidence - log_saturated, 700.0))))
    if saturated:
        points = (1.0 - share) * points + share * shape
        weights = np.append((1.0 - share) * weights[:-1], share)
        log_evidence = float(np.logaddexp(log_evidence, log_saturated))
    unbounded = float(weights[:-1][conditional_overlaps(table, graphs)[:-1] <= 0].sum())
    beyond = _beyond(totals, points / grid.widths, grid)
    return Posterior(sure, grid, points, graphs, weights, log_evidence, share, unbounded, beyond)


@dataclass(frozen=True, eq=False)
class _Masses:
    """One table's sums: by grid point and by graph, each adding to one, and what they were before; so, saturated."""

    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    log_evidence: float
    shape: NDArray[np.float64]
    log_saturated: float


def _masses(
    counts: NDArray[np.int64],
    lists: int,
    delta: float,
    totals: NDArray[np.float64],
    log_weights: NDArray[np.float64],
    graphs: Graphs,
) -> _Masses:
    """Sum over graphs and totals; totals below the people of the table, or without prior weight, get nothing."""
    n = int(counts.sum())
    kept = np.isfinite(log_weights) & (totals >= n)
    unseen = totals[kept] - n
    if not len(unseen):
        nothing = np.zeros(len(totals))
        return _Masses(nothing, np.zeros(len(graphs)), -np.inf, nothing, -np.inf)
    rows = subset_rows(counts, lists, delta, unseen)
    common = common_row(n, unseen, log_weights[kept])
    sets, last = np.array(factor_sets(lists)), len(graphs) - 1
    found, weights, scale, _ = sum_graphs(rows, common, sets, graphs.factors, last, unseen, blocks_of(unseen), PRUNED)
    mass = float(found.sum())
    points, shape = np.zeros(len(totals)), np.zeros(len(totals))
    points[kept] = found / mass
    log_saturated, shape[kept] = _saturated(common + rows[-1])
    return _Masses(points, np.append(weights / mass, 0.0), scale + float(np.log(mass)), shape, log_saturated)


def _mixture(
    parts: list[tuple[float, NDArray[np.float64], NDArray[np.float64]]],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """The log of the summed evidence, and the parts averaged by their shares of it."""
    logs = np.array([log for log, _, _ in parts])
    top = float(logs.max())
    shares = np.exp(logs - top)
    evidence = top + float(np.log(shares.sum()))
    shares /= shares.sum()
    return evidence, _average(shares, [one for _, one, _ in parts]), _average(shares, [two for _, _, two in parts])


def _average(shares: NDArray[np.float64], rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    if len(rows) == 1:
        return rows[0]
    return np.asarray(sum(share * row for share, row in zip(shares, rows, strict=True)))


def _saturated(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """The log evidence and the posterior of the complete graph, whose only factor is the whole table."""
    top = float(logs.max())
    masses = np.exp(logs - top)
    return top + float(np.log(masses.sum())), masses / masses.sum()


def conditional_overlaps(table: OverlapTable, graphs: Graphs) -> NDArray[np.int64]:
    """By graph, how fast its likelihood falls as the total grows: N to the power of minus this number.

    The sum over cliques of the people on any list of the clique, minus the same over separators, minus the people
    observed: with no edge, the repeats among the lists; with all, nothing.
    """
    cells = np.arange(1 << table.k)
    covered = np.array([table.counts[(cells & one) > 0].sum() for one in cells])
    larger, smaller = factor_sets(table.k)
    return np.asarray((covered[larger] - covered[smaller])[graphs.factors].sum(axis=1) - table.n)


def _beyond(totals: NDArray[np.float64], density: NDArray[np.float64], grid: Grid) -> float:
    """The share past the end of the grid if the density goes on falling as it does over the last half of it."""
    half = int(np.searchsorted(totals, totals[-1] / 2.0))
    if density[-1] <= 0.0:
        return 0.0
    if half >= len(totals) - 1 or density[half] <= density[-1]:
        return 1.0
    step = float(totals[-1] - totals[-2]) if grid.atoms else 1.0
    power = float(np.log(density[half] / density[-1]) / np.log(totals[-1] / totals[half]))
    missing = float(density[-1] * totals[-1] / step) / (power - 1.0) if power > 1.0 else np.inf
    return missing / (1.0 + missing) if np.isfinite(missing) else 1.0
