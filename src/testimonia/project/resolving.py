"""From records of lists to who is probably the same: what the rooms of linkage are asked for, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from testimonia.errors import MissingPart

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from testimonia.linkage.compared import Compared
    from testimonia.linkage.lists import ListRecord
    from testimonia.linkage.review import Decision

__all__ = ["Resolved", "compared", "linking", "prepared", "resolved"]

PARTS = ("splink", "duckdb", "pyarrow", "pandas", "numpy", "numba", "scipy", "pyspark", "sqlglot")


@dataclass(frozen=True, eq=False)
class Resolved:
    """Who is probably the same person, and how sure that is.

    `clusters`: int32[R], a number for each record, equal within a cluster. `probability`: float64[P], calibrated, of
    each candidate pair of `compared`. `counts`: people by capture pattern (a bit mask of lists) by the clusters, and
    `draws` the same in each draw; `certain` the same where only links nobody doubts are kept. `change`: float64[P],
    the expected change of the estimate by a decision on each pair. `missed`: what is known of pairs no rule found.
    """

    compared: Compared
    clusters: NDArray[np.int32]
    probability: NDArray[np.float64]
    counts: Mapping[int, int]
    draws: Sequence[Mapping[int, int]]
    certain: Mapping[int, int]
    change: NDArray[np.float64]
    missed: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@contextmanager
def linking() -> Iterator[None]:
    """Say which part of the installation is missing, if one is. Raises MissingPart."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in PARTS:
            raise
        part = "scale" if missing == "pyspark" else "link"
        raise MissingPart(
            f"linking needs {missing}, which is not installed: install testimonia with its part `{part}`."
        ) from error


def prepared(records: Sequence[ListRecord]) -> pa.Table:
    """The records as plain columns that a database can compare."""
    from testimonia.linkage.values import prepare

    return prepare(records)


def compared(table: pa.Table, *, seed: int, engine: str) -> Compared:
    """Every candidate pair with its levels and probability."""
    from testimonia.linkage.model import compare_lists

    return compare_lists(table, seed=seed)


def resolved(found: Compared, table: pa.Table, decisions: Sequence[Decision], *, seed: int, draws: int) -> Resolved:
    """Clusters and draws of the partition, under what people decided."""
    return _in_the_meantime(found, decisions, seed, draws)


def _in_the_meantime(found: Compared, decisions: Sequence[Decision], seed: int, draws: int) -> Resolved:
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    from testimonia.linkage.review import constraints

    size = len(found.record_ids)
    must, _ = constraints(decisions, found.record_ids)

    def clusters(kept: NDArray[np.bool_]) -> NDArray[np.int32]:
        left = np.concatenate([found.left[kept], must[:, 0]])
        right = np.concatenate([found.right[kept], must[:, 1]])
        graph = coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
        return connected_components(graph, directed=False)[1].astype(np.int32)  # type: ignore[no-any-return]

    def counted(labels: NDArray[np.int32]) -> dict[int, int]:
        held = np.zeros(labels.max() + 1, dtype=np.int64)
        np.bitwise_or.at(held, labels, 1 << found.list_of.astype(np.int64))
        patterns, number = np.unique(held, return_counts=True)
        return dict(zip(patterns.tolist(), number.tolist(), strict=True))

    generator = np.random.default_rng(seed)
    best = clusters(found.probability > 0.5)
    return Resolved(
        compared=found,
        clusters=best,
        probability=found.probability,
        counts=counted(best),
        draws=[counted(clusters(generator.random(len(found.left)) < found.probability)) for _ in range(draws)],
        certain=counted(clusters(found.probability > 0.95)),
        change=found.probability * (1 - found.probability),
    )
