"""Cells read once for each distinct one, and columns made from what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["Distinct", "distinct", "joined"]

T = TypeVar("T")
U = TypeVar("U")
K = TypeVar("K")


class Distinct(Generic[T]):
    """One value a record, held once for each distinct cell: `values[index[i]]` belongs to record i."""

    def __init__(self, index: NDArray[np.int64], values: Sequence[T]) -> None:
        self.index = index
        self.values = values

    def each(self, made: Callable[[T], U]) -> Distinct[U]:
        """What `made` makes of every value, made once for each distinct one."""
        return Distinct(self.index, [made(value) for value in self.values])

    def column(self, made: Callable[[T], Any], of: pa.DataType) -> pa.Array:
        """A column of one entry a record."""
        return pa.array([made(value) for value in self.values], of).take(pa.array(self.index))

    def where(self, holds: Callable[[T], bool]) -> NDArray[np.intp]:
        """The records whose value fulfils a condition, in order."""
        chosen = np.fromiter((holds(value) for value in self.values), bool, len(self.values))
        return np.flatnonzero(chosen[self.index]) if len(self.values) else np.zeros(0, dtype=np.intp)


def distinct(cells: Iterable[K]) -> Distinct[K]:
    """The distinct ones of `cells`, in the order of their first appearance."""
    known: dict[K, int] = {}
    index = np.fromiter((known.setdefault(cell, len(known)) for cell in cells), np.int64)
    return Distinct(index, list(known))


def joined(*parts: Distinct[Any]) -> Distinct[tuple[Any, ...]]:
    """The distinct rows of several columns."""
    code = np.zeros(len(parts[0].index), dtype=np.int64)
    for part in parts:
        code = code * max(1, len(part.values)) + part.index
        _, code = np.unique(code, return_inverse=True)
    _, first = np.unique(code, return_index=True)
    rows = [tuple(part.values[part.index[i]] for part in parts) for i in first]
    return Distinct(code.astype(np.int64), rows)
