"""The candidate pairs as a graph: who may be the same as whom, ready for compiled code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Graph", "graph_of"]

Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Graph:
    """Neighbours of every record in compressed rows, rising: `other[start[i]:start[i + 1]]`, by the pairs `pair`.

    `start`: int64[R + 1]; `other`, `pair`: int32[2 P].
    """

    start: NDArray[np.int64]
    other: Ints
    pair: Ints


def graph_of(left: Ints, right: Ints, records: int) -> Graph:
    """Both directions of every pair, sorted by record and neighbour."""
    ends, others = np.concatenate([left, right]), np.concatenate([right, left])
    pairs = np.tile(np.arange(len(left), dtype=np.int32), 2)
    order = np.lexsort((others, ends))
    start = np.zeros(records + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends, minlength=records), out=start[1:])
    return Graph(start, others[order].astype(np.int32), pairs[order])
