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

CERTAIN = 0.95
PARTS = ("splink", "duckdb", "pyarrow", "pandas", "numpy", "numba", "scipy", "pyspark", "sqlglot")


@dataclass(frozen=True, eq=False)
class Resolved:
    """Who is probably the same person, and how sure that is.

    `clusters`: int32[R], a number for each record, equal within a cluster. `probability`: float64[P], of each candidate
    pair of `compared`: the share of draws in which it is one person, the model's own word counting as one draw.
    `counts`: people by capture pattern (a bit mask of lists) by the clusters, and
    `draws` the same in each draw; `certain` the same where only links nobody doubts are kept. `change`: float64[P],
    the expected change of the estimate by a decision on each pair. `missed`: what is known of pairs no rule found.
    `copied`: float64[R], the share of draws in which a record is a copy and adds no capture, None where nothing is
    known of copies. `refusal`: why the draws must not be counted, nothing where they may.
    """

    compared: Compared
    clusters: NDArray[np.int32]
    probability: NDArray[np.float64]
    counts: Mapping[int, int]
    draws: Sequence[Mapping[int, int]]
    certain: Mapping[int, int]
    change: NDArray[np.float64]
    missed: Mapping[str, Any] = field(default_factory=dict)
    copied: NDArray[np.float64] | None = None
    refusal: str = ""
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


def compared(table: pa.Table, decisions: Sequence[Decision], *, seed: int, engine: str) -> Compared:
    """Every candidate pair with its levels and probability; what people decided is taken as it is."""
    from testimonia.linkage.model import compare_lists
    from testimonia.linkage.review import standing

    known = set(table.column("record_id").to_pylist())
    labels = [
        (a, b, one.verdict)
        for (a, b), one in standing(decisions).items()
        if one.verdict in ("same", "different") and a in known and b in known
    ]
    return compare_lists(table, engine=engine, seed=seed, labels=labels)  # type: ignore[arg-type]


def resolved(found: Compared, table: pa.Table, decisions: Sequence[Decision], *, seed: int, draws: int) -> Resolved:
    """Clusters and draws of the partition, under what people decided."""

    from testimonia.linkage.clusters import best_clusters, co_membership, draw, expected_change
    from testimonia.linkage.review import constraints

    must, cannot = constraints(decisions, found.record_ids)
    drawn = draw(found, table=table, must=must, cannot=cannot, draws=draws, seed=seed)
    best = best_clusters(found, drawn, must=must, cannot=cannot).clusters
    probability = co_membership(found, drawn)
    return Resolved(
        compared=found,
        clusters=best,
        probability=probability + (found.probability - 0.5) / (len(drawn) + 1),
        counts=_by_pattern(_counts(found, best, drawn.copied)),
        draws=[_by_pattern(counts) for counts in drawn.counts],
        certain=_by_pattern(_counts(found, _joined(found, probability >= CERTAIN, must), drawn.copied)),
        change=expected_change(found, drawn),
        missed=_missed(drawn.missed * float(probability.sum())),
        copied=drawn.copied,
        refusal=drawn.refusal,
        notes=drawn.contradictions,
    )


def _by_pattern(counts: NDArray[np.int64]) -> dict[int, int]:
    return {pattern: int(count) for pattern, count in enumerate(counts.tolist()) if pattern and count}


def _joined(found: Compared, kept: NDArray[np.bool_], must: NDArray[np.int32]) -> NDArray[np.int32]:
    """Records joined by the pairs that are kept."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(found.record_ids)
    left, right = np.concatenate([found.left[kept], must[:, 0]]), np.concatenate([found.right[kept], must[:, 1]])
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def _counts(found: Compared, labels: NDArray[np.int32], copied: NDArray[np.float64]) -> NDArray[np.int64]:
    """Persons by capture pattern; records that are rather copies than not add no capture."""
    import numpy as np

    from testimonia.linkage.clusters.tables import counts_of

    bits = np.int64(1) << found.list_of.astype(np.int64)
    counts: NDArray[np.int64] = counts_of(labels, np.where(copied > 0.5, 0, bits), len(found.lists))
    return counts


def _missed(drawn: NDArray[np.float64]) -> dict[str, Any]:
    """Matches that no rule found, over the draws; nothing where they were not looked for."""
    import numpy as np

    if not drawn.any():
        return {}
    low, middle, high = np.percentile(drawn, [2.5, 50, 97.5]).tolist()
    return {"pairs": {"best": middle, "lower": low, "upper": high}}
