"""What people have decided: records that are one person, records that are not, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Blocks", "blocks_of"]

Couple = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Records in blocks that stay together, and records that stay apart.

    `start`: int64[B + 1] and `records`: int32[R], the blocks in compressed rows, most of one record. `apart_start`:
    int64[R + 1] and `apart_other`: int32, the records that each record may not be joined with. `contradictions`: a
    sentence for every decision that others speak against; such a decision is left out.
    """

    start: NDArray[np.int64]
    records: NDArray[np.int32]
    apart_start: NDArray[np.int64]
    apart_other: NDArray[np.int32]
    contradictions: tuple[str, ...] = ()

    @property
    def block_of(self) -> NDArray[np.int64]:
        """The block of each record."""
        out = np.empty(len(self.records), dtype=np.int64)
        out[self.records] = np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))
        return out


def blocks_of(record_ids: Sequence[str], must: ArrayLike = (), cannot: ArrayLike = ()) -> Blocks:
    """Put together what must be together, and say which decisions contradict others.

    `must`, `cannot`: positions of pairs of records, shape (n, 2), decided to be one person and to be two. That two
    records are the same is taken first, with what follows from it: if A is B and B is C, A is C. A decision that two
    records of one block are different contradicts these, is left out and is named.
    """
    same, different = _couples(must), _couples(cannot)
    root = _roots(len(record_ids), same)
    held = [(one, two) for one, two in different if root[one] != root[two]]
    told = tuple(
        f"{record_ids[one]} and {record_ids[two]} were decided to be different people, but other decisions make them "
        f"the same ({_chain(record_ids, same, one, two)}); the decision that they are different was left out."
        for one, two in different
        if root[one] == root[two]
    )
    return Blocks(*_blocks(root), *_neighbours(len(record_ids), held), told)


def _couples(given: ArrayLike) -> list[Couple]:
    return [(int(one), int(two)) for one, two in np.asarray(given, dtype=np.int64).reshape(-1, 2)]


def _roots(records: int, same: Sequence[Couple]) -> NDArray[np.int32]:
    """The lowest record that each record is the same as."""
    root = np.arange(records, dtype=np.int32)

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = int(root[at])
        return at

    for one, two in same:
        low, high = sorted((find(one), find(two)))
        root[high] = low
    return np.array([find(at) for at in range(records)], dtype=np.int32)


def _blocks(root: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    order = np.argsort(root, kind="stable").astype(np.int32)
    first = np.flatnonzero(np.diff(root[order], prepend=-1))
    return np.append(first, len(root)).astype(np.int64), order


def _neighbours(records: int, pairs: Sequence[Couple]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    both = np.array([*pairs, *((two, one) for one, two in pairs)], dtype=np.int64).reshape(-1, 2)
    start = np.zeros(records + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=records), out=start[1:])
    return start, both[np.argsort(both[:, 0], kind="stable"), 1].astype(np.int32)


def _chain(record_ids: Sequence[str], same: Sequence[Couple], one: int, two: int) -> str:
    """The shortest chain of decisions from one record to another, in words."""
    near: dict[int, list[int]] = {}
    for left, right in same:
        near.setdefault(left, []).append(right)
        near.setdefault(right, []).append(left)
    before, queue = {one: one}, [one]
    for at in queue:
        for other in near.get(at, ()):
            if other not in before:
                before[other] = at
                queue.append(other)
    path = [two]
    while path[-1] != one:
        path.append(before[path[-1]])
    return " = ".join(record_ids[at] for at in reversed(path))
