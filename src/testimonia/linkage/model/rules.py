"""Blocking rules: which pairs of records are compared at all, and which rules find a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from testimonia.linkage.compiled import njit

__all__ = ["Rule", "codes_of", "rule_masks", "within_bounds"]


@dataclass(frozen=True)
class Rule:
    """Pairs that share every one of the `columns`, and a member of every one of the `keys` (columns of lists).

    `most`: the rule is left out where it would find more pairs than this a record; 0 stands for no bound.
    """

    meaning: str
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    most: float = 0.0

    @property
    def sql(self) -> str:
        """The condition on the rows `l` and `r`."""
        return " and ".join(f"l.{column} = r.{column}" for column in (*self.columns, *self.keys))


def within_bounds(table: pa.Table, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules whose columns the table has, without those that find more pairs a record than their bound."""
    present = (rule for rule in rules if {*rule.columns, *rule.keys} <= set(table.column_names))
    return tuple(rule for rule in present if not rule.most or _found(table, rule) <= rule.most * table.num_rows)


def _found(table: pa.Table, rule: Rule) -> float:
    """How many pairs a rule of plain columns finds."""
    groups = np.zeros(table.num_rows, dtype=np.int64)
    known = np.ones(table.num_rows, dtype=bool)
    for column in rule.columns:
        codes = codes_of(table.column(column))
        known &= codes >= 0
        groups = groups * (int(codes.max(initial=0)) + 1) + codes
    sizes = np.unique(groups[known], return_counts=True)[1].astype(float)
    return float((sizes * (sizes - 1) / 2).sum())


def rule_masks(
    table: pa.Table, rules: tuple[Rule, ...], left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.uint32]:
    """For each pair the bit mask of the rules that find it: rule k has bit k."""
    masks = np.zeros(len(left), dtype=np.uint32)
    for bit, rule in enumerate(rules):
        found = np.ones(len(left), dtype=bool)
        for column in rule.columns:
            codes = codes_of(table.column(column))
            found &= (codes[left] == codes[right]) & (codes[left] >= 0)
        for column in rule.keys:
            found &= _share(*_sorted(table.column(column)), left, right)
        masks |= found.astype(np.uint32) << np.uint32(bit)
    return masks


def codes_of(column: pa.ChunkedArray) -> NDArray[np.int32]:
    """Each value as a number, a missing value as -1."""
    encoded = column.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)


def _sorted(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The keys of all records in one row, sorted within each record, and where each record begins."""
    lists = column.combine_chunks()
    counts = np.asarray(lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False), dtype=np.int64)
    keys = np.asarray(lists.flatten().to_numpy(zero_copy_only=False), dtype=np.int64)
    order = np.lexsort((keys, np.repeat(np.arange(len(counts)), counts)))
    return keys[order], np.concatenate([[0], np.cumsum(counts)])


@njit
def _share(
    keys: NDArray[np.int64], starts: NDArray[np.int64], left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Whether the two records of each pair have a key in common."""
    shared = np.zeros(len(left), dtype=np.bool_)
    for pair in range(len(left)):
        i, i_end = starts[left[pair]], starts[left[pair] + 1]
        j, j_end = starts[right[pair]], starts[right[pair] + 1]
        while i < i_end and j < j_end and keys[i] != keys[j]:
            if keys[i] < keys[j]:
                i += 1
            else:
                j += 1
        shared[pair] = i < i_end and j < j_end
    return shared
