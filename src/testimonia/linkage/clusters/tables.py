"""Partitions as overlap tables: how many persons are on which lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["counts_of", "overlap_counts", "patterns_of"]


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
    return np.array([counts_of(row, bits, lists) for row in clusters], dtype=np.int64).reshape(-1, 1 << lists)


def counts_of(clusters: NDArray[np.int32], bits: NDArray[np.int64], lists: int) -> NDArray[np.int64]:
    """Distinct persons by pattern of lists in one draw: int64[2**lists]; nobody has the pattern 0.

    `bits`: int64[R], what each record adds to its person's pattern: the bit of its list, 0 for a copy.
    """
    counts = np.bincount(patterns_of(clusters, bits), minlength=1 << lists)
    counts[0] = 0
    return counts
