"""From draws of the partition to overlap tables: copies add no capture, and matches that no rule found are added."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.clusters.copies import Copies, Judged, draw_copies, judged
from testimonia.linkage.clusters.missed import (
    WIDER,
    Missed,
    by_chance,
    links_by_recapture,
    pairs_by_recapture,
    rule_groups,
    with_missed,
)
from testimonia.linkage.clusters.tables import counts_of
from testimonia.linkage.compared import Compared, pair_of_lists

__all__ = ["Counted", "count"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

FEW = 10.0  # missed links that decide nothing, whatever their share


@dataclass(frozen=True, eq=False)
class Counted:
    """The tables of some draws, int64[D, 2**K], with the share of missed links added to each, float64[D].

    `copied`: float64[R], the share of the draws in which each record is a copy. `most_missed`: the higher estimate of
    the share of missed pairs, 0 where they are a few.
    """

    counts: Counts
    missed: Floats
    copied: Floats
    most_missed: float


def count(
    compared: Compared,
    copies: Copies | None,
    clusters: NDArray[np.int32],
    ratios: Floats,
    extra: Floats,
    generator: np.random.Generator,
) -> Counted:
    """Count the distinct persons of every draw by pattern of lists.

    `clusters`: int32[D, R]. `ratios`: log likelihood ratios of the levels by pair of lists, and `extra`:
    float64[Q], what comes to them, for the random pairs.
    """
    records, lists = len(compared.record_ids), len(compared.lists)
    last = _inside(compared, clusters[-1])
    found = _links(compared, clusters[-1], last)
    second = rule_groups(compared)
    chance = by_chance(compared, ratios, extra, found)
    known = _judged(compared, copies, clusters)
    bits = np.int64(1) << compared.list_of.astype(np.int64)
    tables, shares, times = [], [], np.zeros(records)
    for row in clusters:
        inside = _inside(compared, row)
        copied, carried = np.zeros(records, dtype=bool), np.zeros(0, dtype=np.int64)
        if copies is not None and known is not None:
            copied, carried = draw_copies(copies, known, inside, records, generator)
        inside[carried] = False  # copies are found more easily than others, and add no capture
        share = _missed(compared, row, inside, second, chance).draw(generator)
        table = counts_of(row, np.where(copied, 0, bits), lists)
        table = _without_lost_copies(compared, table, copied, carried, share, generator)
        tables.append(with_missed(table, share * _links(compared, row, inside), generator))
        shares.append(share)
        times += copied
    pairs = WIDER * pairs_by_recapture(compared.rules[last], second) if chance is None else chance
    most = pairs / max(found.sum(), 1.0)
    return Counted(np.array(tables), np.array(shares), times / len(clusters), 0.0 if pairs < FEW else most)


def _missed(compared: Compared, row: NDArray[np.int32], inside: Bools, second: Bools, chance: float | None) -> Missed:
    """The links lost in a draw as shares of those found. `chance`: pairs that no rule found, by random pairs."""
    links = links_by_recapture(compared, row, inside, second)
    pairs = pairs_by_recapture(compared.rules[inside], second)
    found = max(_links(compared, row, inside).sum(), 1.0)
    worth = min((links + 1.0) / (pairs + 1.0), 1.0)
    return Missed(links / found, None if chance is None else worth * chance / found)


def _inside(compared: Compared, row: NDArray[np.int32]) -> Bools:
    """Which candidate pairs are of one person in a draw."""
    return np.asarray(row[compared.left] == row[compared.right])


def _judged(compared: Compared, copies: Copies | None, clusters: NDArray[np.int32]) -> Judged | None:
    if copies is None:
        return None
    probability = np.mean([_inside(compared, row) for row in clusters], axis=0)
    return judged(copies, probability, len(compared.lists))


def _links(compared: Compared, row: NDArray[np.int32], inside: Bools) -> Floats:
    """The links of a draw in each pair of lists, a cluster of n records counting as n - 1."""
    lists = len(compared.lists)
    sizes = np.bincount(row, minlength=len(row))[row[compared.left[inside]]]
    kind = pair_of_lists(compared.list_of, compared.left[inside], compared.right[inside])
    return np.bincount(kind, weights=2.0 / sizes, minlength=lists * (lists + 1) // 2).astype(np.float64)


def _without_lost_copies(
    compared: Compared,
    table: Counts,
    copied: Bools,
    carried: NDArray[np.int64],
    share: float,
    generator: np.random.Generator,
) -> Counts:
    """Take out people known from one list alone whose records are copies whose originals no rule found.

    As many as there are missed links for each copy whose original was found. Copies that cite are known anyway.
    """
    if not len(carried):
        return table
    ends = np.concatenate([compared.left[carried], compared.right[carried]])
    holders = compared.list_of[np.unique(ends[copied[ends]])]
    out = table.copy()
    for at, number in enumerate(np.bincount(holders, minlength=len(compared.lists)).tolist()):
        out[1 << at] = max(0, out[1 << at] - generator.poisson(share * number))
    return out
