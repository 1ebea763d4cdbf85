"""Maximum likelihood under one graph, in closed form but for one equation: does the best graph describe the table?

For a decomposable graph the fitted cells of a complete table are products of clique margins over separator margins
(Lauritzen 1996, section 4.4). The unseen count that the fit itself expects solves one equation in one unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.decomposable.graphs import Graphs, factor_sets
from testimonia.estimation.table import OverlapTable

__all__ = ["GraphFit", "chi_squared_tail", "fit_graph"]

STEPS = 200


@dataclass(frozen=True, slots=True)
class GraphFit:
    """The maximum-likelihood total under a graph, with the Poisson deviance of the observed cells.

    `degrees`: cells that the fit does not hold to be impossible, less parameters; `tail`: the chance of a deviance
    at least as large under the graph, by the chi-squared law (too doubtful to quote where counts are small, but then
    it is too large rather than too small). None without a finite total.
    """

    total: float | None
    deviance: float | None = None
    degrees: int | None = None
    tail: float | None = None


def fit_graph(table: OverlapTable, graphs: Graphs, graph: int) -> GraphFit:
    """Fit one graph to the observed cells of a table; over-counted cells are taken as they are."""
    larger, smaller = (sets[graphs.factors[graph]] for sets in factor_sets(table.k))
    cells = np.arange(1 << table.k)
    unseen = _unseen(table, larger, smaller, cells)
    if unseen is None:
        return GraphFit(None)
    counts = table.counts.astype(np.float64)
    counts[0] = unseen
    fitted = np.full(len(cells), counts.sum())
    above, below = _margins(counts, larger, cells), _margins(counts, smaller, cells)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = np.where(above > 0.0, above / below, 0.0)
    fitted *= ratios.prod(axis=0)
    seen, expected = counts[1:], fitted[1:]
    terms = np.where(seen > 0.0, seen * np.log(np.maximum(seen, 1.0) / np.maximum(expected, 1e-300)), 0.0)
    deviance = max(0.0, float(2.0 * (terms - seen + expected).sum()))
    degrees = int(np.count_nonzero(expected)) - _parameters(above, below, larger, smaller, cells)
    return GraphFit(float(fitted.sum()), deviance, degrees, chi_squared_tail(deviance, degrees))


def _margins(counts: NDArray[np.float64], sets: NDArray[np.int64], cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each set of lists and each cell, the people whose pattern agrees with the cell on those lists."""
    return np.array([np.bincount(cells & one, weights=counts, minlength=len(cells))[cells & one] for one in sets])


def _unseen(
    table: OverlapTable, larger: NDArray[np.int64], smaller: NDArray[np.int64], cells: NDArray[np.int64]
) -> float | None:
    """The unseen count that equals its own expectation; None where the expectation stays above for ever.

    The expectation is N times the product of the chances not to be on a list given being on none of its parents.
    """
    above = np.array([table.counts[(cells & one) == 0].sum() for one in larger], dtype=np.float64)
    below = np.array([table.counts[(cells & one) == 0].sum() for one in smaller], dtype=np.float64)

    def excess(unseen: float) -> float:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.log((above + unseen) / (below + unseen)).sum() + np.log((table.n + unseen) / unseen))

    low, high = 1e-9, 1e9 * table.n
    if (below - above).sum() <= table.n or excess(high) >= 0.0:
        return None
    if excess(low) <= 0.0:
        return 0.0
    for _ in range(STEPS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if excess(middle) > 0.0 else (low, middle)
        if high <= low * (1.0 + 1e-13):
            break
    return float(np.sqrt(low * high))


def _parameters(
    above: NDArray[np.float64],
    below: NDArray[np.float64],
    larger: NDArray[np.int64],
    smaller: NDArray[np.int64],
    cells: NDArray[np.int64],
) -> int:
    """Free parameters of what is not impossible: one a list and parents' pattern in which it may go either way."""
    free = 1  # the total
    for high, low, many, few in zip(above, below, larger, smaller, strict=True):
        patterns = {int(cell & few) for cell in cells if low[cell] > 0.0}
        possible = {int(cell & many) for cell in cells if high[cell] > 0.0}
        free += len(possible) - len(patterns)
    return free


def chi_squared_tail(deviance: float, degrees: int) -> float | None:
    """The chance that a chi-squared variable exceeds the deviance, from those with two degrees fewer each."""
    if degrees < 1:
        return None
    half = deviance / 2.0
    if half <= 0.0:
        return 1.0
    chance = erfc(sqrt(half)) if degrees % 2 else exp(-half)
    for lower in range(2 - degrees % 2, degrees - 1, 2):
        chance += exp(lower / 2.0 * log(half) - half - lgamma(lower / 2.0 + 1.0))
    return min(1.0, chance)
