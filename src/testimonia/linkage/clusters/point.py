"""One partition to show: the clusters that are expected to be wrong about the fewest pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from testimonia.linkage.clusters.constraints import blocks_of
from testimonia.linkage.clusters.drawing import Draws, lowest
from testimonia.linkage.compared import Compared

__all__ = ["Clustering", "Merge", "best_clusters", "co_membership"]

PASSES = 20
Near = Mapping[int, Mapping[int, float]]
Members = dict[int, set[int]]


@dataclass(frozen=True, eq=False)
class Merge:
    """A cluster of several records, and what carried it: positions of candidate pairs inside it, likeliest first.

    Undoing the merge is deciding that the records of any of these pairs are different people.
    """

    records: tuple[int, ...]
    pairs: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Clustering:
    """`clusters`: int32[R], the lowest record of each record's cluster. `merges`: every cluster of several records."""

    clusters: NDArray[np.int32]
    merges: tuple[Merge, ...]


def co_membership(compared: Compared, draws: Draws) -> NDArray[np.float64]:
    """The share of draws in which each candidate pair is one person: its calibrated probability, float64[P].

    Pairs that all draws agree about keep a chance of half a draw, so that none is called impossible or certain.
    """
    together = np.zeros(len(compared.left))
    for row in draws.clusters:
        together += row[compared.left] == row[compared.right]
    return np.asarray((together + 0.5) / (len(draws) + 1.0))


def best_clusters(compared: Compared, draws: Draws, *, must: ArrayLike = (), cannot: ArrayLike = ()) -> Clustering:
    """The partition that is expected to be wrong about the fewest pairs of records (the loss of Binder 1978).

    Starts from the draw with the least expected loss, then moves blocks of records, as long as that lowers it: to a
    cluster with whose members they are more probably the same than not, all taken together. So no chain of likely
    pairs makes one cluster of records that are unlikely to be the same. `must` and `cannot` as for the draws.
    """
    blocks = blocks_of(compared.record_ids, must, cannot)
    near = _near(draws.clusters)
    clusters = max(draws.clusters[:: max(1, len(draws) // 20)], key=lambda row: _score(row, near)).copy()
    groups = [tuple(blocks.records[first:last].tolist()) for first, last in pairwise(blocks.start.tolist())]
    groups = [group for group in groups if any(record in near for record in group)]
    members: dict[int, set[int]] = {}
    for record, cluster in enumerate(clusters.tolist()):
        members.setdefault(cluster, set()).add(record)
    for _ in range(PASSES):
        if not sum(_moved(group, clusters, members, near) for group in groups):
            break
    clusters = lowest(_renumbered(clusters))
    return Clustering(clusters, _merges(compared, draws, clusters))


def _near(clusters: NDArray[np.int32]) -> Near:
    """How often any two records share a cluster, as shares of the draws, for those that ever do."""
    records = clusters.shape[1]
    codes = np.concatenate([_inside(row, records) for row in clusters])
    found, times = np.unique(codes, return_counts=True)
    near: dict[int, dict[int, float]] = {}
    for code, count in zip(found.tolist(), times.tolist(), strict=True):
        one, two = divmod(code, records)
        near.setdefault(one, {})[two] = near.setdefault(two, {})[one] = count / len(clusters)
    return near


def _inside(row: NDArray[np.int32], records: int) -> NDArray[np.int64]:
    """The pairs of records inside the clusters of one draw, as lower * records + higher."""
    order = np.argsort(row, kind="stable")
    found: list[NDArray[np.int64]] = []
    distance = 1
    while True:
        same = row[order[distance:]] == row[order[:-distance]]
        if not same.any():
            return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        low, high = order[:-distance][same], order[distance:][same]
        found.append(low.astype(np.int64) * records + high)
        distance += 1


def _score(row: NDArray[np.int32], near: Near) -> float:
    pairs = (divmod(code, len(row)) for code in _inside(row, len(row)).tolist())
    return sum(near.get(one, {}).get(two, 0.0) - 0.5 for one, two in pairs)


def _moved(group: Sequence[int], clusters: NDArray[np.int32], members: Members, near: Near) -> bool:
    """Move a block to where the expected loss is least; say whether it moved."""
    now = int(clusters[group[0]])
    members[now].difference_update(group)
    reached = {int(clusters[other]) for record in group for other in near.get(record, {})} | {now}
    gains = {cluster: _gain(group, members[cluster], near) for cluster in sorted(reached)}
    best = max(gains, key=lambda cluster: (gains[cluster], cluster == now))
    if gains[best] < 0.0:
        best = max(members) + 1
    members.setdefault(best, set()).update(group)
    clusters[list(group)] = best
    return best != now and (len(members[best]) > len(group) or bool(members[now]))


def _gain(group: Sequence[int], others: Iterable[int], near: Near) -> float:
    """The fall of the expected loss by having the block with these others instead of alone."""
    inside = set(group)
    return sum(
        near.get(record, {}).get(other, 0.0) - 0.5 for record in group for other in others if other not in inside
    )


def _renumbered(clusters: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.unique(clusters, return_inverse=True)[1].astype(np.int32)


def _merges(compared: Compared, draws: Draws, clusters: NDArray[np.int32]) -> tuple[Merge, ...]:
    order = np.argsort(clusters, kind="stable")
    groups = [group for group in np.split(order, np.flatnonzero(np.diff(clusters[order])) + 1) if len(group) > 1]
    probability = co_membership(compared, draws)
    inside: dict[int, list[int]] = {}
    for pair in np.flatnonzero(clusters[compared.left] == clusters[compared.right]).tolist():
        inside.setdefault(int(clusters[compared.left[pair]]), []).append(pair)
    return tuple(
        Merge(
            tuple(sorted(group.tolist())),
            tuple(sorted(inside.get(int(clusters[group[0]]), []), key=lambda pair: -probability[pair])),
        )
        for group in groups
    )
