"""Partitions as overlap tables: how many persons are on which lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["overlap_counts", "patterns_of"]


def patterns_of(clusters: NDArray[np.int32], bits: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lists of every cluster as a bit mask, at the place of its number, 0 where there is no such cluster.

    `clusters`: int32[R]. `bits`: int64[R], what each record adds: the bit of its list, 0 for a copy.
    """
    out = np.zeros(int(clusters.max(initial=-1)) + 1, dtype=np.int64)
    np.bitwise_or.at(out, clusters, bits)
    return out


def overlap_counts(clusters: NDArray[np.int32], list_of: NDArray[np.int16], lists: int) -> NDArray[np.int64]:
    """Distinct persons by pattern of lists in each draw: int64[D, 2**lists]. `clusters`: int32[D, R]."""
    bits = np.int64(1) << list_of.astype(np.int64)
    rows = [np.bincount(patterns_of(row, bits), minlength=1 << lists) for row in clusters]
    counts = np.array(rows, dtype=np.int64).reshape(len(clusters), 1 << lists)
    counts[:, 0] = 0
    return counts
