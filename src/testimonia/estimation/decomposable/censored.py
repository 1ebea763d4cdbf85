"""An over-counted cell: the table completed by every count that the cell may truly have."""

from __future__ import annotations

from collections.abc import Iterator
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.table import OverlapTable

__all__ = ["NODES", "completions"]

NODES = 96  # counts of the cell at which the sum is taken, about, when it has more


def completions(table: OverlapTable) -> Iterator[tuple[NDArray[np.int64], float]]:
    """The tables that the given one may be, each with a log weight to add to its log likelihood.

    Without an over-counted cell, the table itself. With one of count y, tables with 0 to y people in that cell: the
    likelihood of "at most y" is the sum of theirs, each with 1 / count!; where there are many, by the trapezoid rule.
    """
    if not table.censored:
        yield table.counts, 0.0
        return
    (cell,) = table.censored
    nodes = _nodes(int(table.counts[cell]))
    for count, width in zip(nodes, _widths(nodes), strict=True):
        counts = table.counts.copy()
        counts[cell] = count
        yield counts, float(np.log(width)) - lgamma(float(count) + 1.0)


def _nodes(most: int) -> NDArray[np.int64]:
    """Whole counts from 0 to `most`, as dense as the spread of a count, its square root, asks for."""
    spread = most * np.linspace(0.0, 1.0, NODES + 1) ** 2
    return np.unique(np.round(np.concatenate([np.arange(min(most, 8) + 1), spread])).astype(np.int64))


def _widths(nodes: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many whole counts each node stands for."""
    if len(nodes) == 1:
        return np.ones(1)
    gaps = np.diff(nodes).astype(np.float64)
    return np.concatenate([[gaps[0] + 1.0], gaps[:-1] + gaps[1:], [gaps[-1] + 1.0]]) / 2.0
