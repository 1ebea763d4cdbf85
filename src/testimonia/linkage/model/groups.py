"""Pairs of lists: the same two lists err in the same way, so that each pair of lists has its own parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["Groups", "groups_of"]


@dataclass(frozen=True, eq=False)
class Groups:
    """The K lists and which of them each record is in: `list_of`, int16[R].

    Pairs of lists are numbered from 0: (0, 0), (0, 1), (1, 1), (0, 2), …; a list makes a pair with itself.
    """

    list_of: NDArray[np.int16]
    lists: tuple[str, ...]

    def of(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.intp]:
        """The number of the pair of lists that each pair of records is in."""
        one, other = self.list_of[left].astype(np.intp), self.list_of[right].astype(np.intp)
        low, high = np.minimum(one, other), np.maximum(one, other)
        number: NDArray[np.intp] = high * (high + 1) // 2 + low
        return number

    def pairs(self) -> NDArray[np.float64]:
        """How many pairs of records there are in each pair of lists."""
        sizes = np.bincount(self.list_of, minlength=len(self.lists)).astype(float)
        inside = sizes * (sizes - 1) / 2
        counts = [
            inside[high] if low == high else sizes[low] * sizes[high]
            for high in range(len(sizes))
            for low in range(high + 1)
        ]
        return np.array(counts)


def groups_of(column: pa.ChunkedArray) -> Groups:
    """The lists by the column that names them."""
    encoded = column.combine_chunks().dictionary_encode()
    return Groups(encoded.indices.to_numpy().astype(np.int16), tuple(encoded.dictionary.to_pylist()))
