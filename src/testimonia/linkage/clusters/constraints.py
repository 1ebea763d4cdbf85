"""What people have decided: records that are one person, records that are not, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Blocks", "Decision", "blocks_of"]


@dataclass(frozen=True)
class Decision:
    """A reviewed pair: the ids of two records, and whether they are the same person. Unsure pairs are none."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True, eq=False)
class Blocks:
    """Records in blocks that stay together, and records that stay apart.

    `start`: int64[B + 1] and `records`: int32[R], the blocks in compressed rows, most of one record. `apart_start`:
    int64[R + 1] and `apart_other`: int32, the records each record may not be joined with. `contradictions`: a
    sentence for every decision that others speak against; such a decision is left out.
    """

    start: NDArray[np.int64]
    records: NDArray[np.int32]
    apart_start: NDArray[np.int64]
    apart_other: NDArray[np.int32]
    contradictions: tuple[str, ...] = ()


def blocks_of(record_ids: Sequence[str], decisions: Iterable[Decision] = ()) -> Blocks:
    """Put together what must be together, and say which decisions contradict others or name unknown records.

    Decisions that two records are the same are taken first, with what follows from them: if A is B and B is C, A is
    C. A decision that two records of one block are different contradicts these, is left out and is named.
    """
    place = {record: at for at, record in enumerate(record_ids)}
    told: list[str] = []
    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for decision in decisions:
        unknown = [record for record in (decision.left, decision.right) if record not in place]
        if unknown:
            told.append(f"A decision names the record {unknown[0]}, which is in none of the lists; it was left out.")
        else:
            (same if decision.same else apart).append((place[decision.left], place[decision.right]))
    root = _roots(len(record_ids), same)
    held = [(one, two) for one, two in apart if root[one] != root[two]]
    told += [
        f"{record_ids[one]} and {record_ids[two]} were decided to be different people, but other decisions make them "
        f"the same ({_chain(record_ids, same, one, two)}); the decision that they are different was left out."
        for one, two in apart
        if root[one] == root[two]
    ]
    return Blocks(*_blocks(root), *_neighbours(len(record_ids), held), tuple(told))


def _roots(records: int, same: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
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
    for one, two in same:
        root[one], root[two] = find(one), find(two)
    return root


def _blocks(root: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    order = np.argsort(root, kind="stable").astype(np.int32)
    first = np.flatnonzero(np.diff(root[order], prepend=-1))
    return np.append(first, len(root)).astype(np.int64), order


def _neighbours(records: int, pairs: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    both = np.array([*pairs, *((two, one) for one, two in pairs)], dtype=np.int64).reshape(-1, 2)
    start = np.zeros(records + 1, dtype=np.int64)
    np.cumsum(np.bincount(both[:, 0], minlength=records), out=start[1:])
    return start, both[np.argsort(both[:, 0], kind="stable"), 1].astype(np.int32)


def _chain(record_ids: Sequence[str], same: Sequence[tuple[int, int]], one: int, two: int) -> str:
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
