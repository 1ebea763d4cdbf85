"""What Splink gives for a table: candidate pairs, random pairs, and first estimates of m from several rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker

from testimonia.linkage.model.chance import counted
from testimonia.linkage.model.database import Scorer, in_memory
from testimonia.linkage.model.levels import Design
from testimonia.linkage.model.rules import Rule, within_bounds
from testimonia.linkage.model.settings import settings_of
from testimonia.linkage.model.training import first_m, quiet, set_u
from testimonia.linkage.model.vectors import Pairs, blocked_pairs, compare_pairs

__all__ = ["RANDOM_PAIRS", "Engine", "Material", "gather", "random_pairs"]

Engine = Literal["duckdb", "spark"]
Floats = NDArray[np.float64]
Positions = NDArray[np.int32]

RANDOM_PAIRS = 600_000


@dataclass(frozen=True, eq=False)
class Material:
    """Candidate pairs and random pairs with their levels, the rules that were used, and m from each start."""

    rules: tuple[Rule, ...]
    candidates: Pairs
    random: Pairs
    starts: tuple[tuple[Floats, ...], ...]


def gather(
    design: Design,
    functions: dict[str, Scorer],
    table: pa.Table,
    *,
    engine: Engine,
    seed: int,
    asked: tuple[Positions, Positions],
) -> Material:
    """Block and compare in the engine, and start the estimation in DuckDB.

    `asked`: pairs that are compared whether a rule finds them or not. The first estimates come from the levels that
    the engine returns, so that both engines give the same.
    """
    rules = within_bounds(table, design.rules)
    left, right = random_pairs(table.num_rows, np.random.default_rng(seed))
    with quiet(), in_memory(functions) as api:
        linker = _linker(api, table, design, rules)
        with _blocking(engine, linker, design, functions, table, rules) as blocker:
            candidates = blocked_pairs(blocker, design.measures)
            if len(asked[0]):
                candidates = _united(candidates, compare_pairs(blocker, *asked, design.measures))
        random = compare_pairs(linker, left, right, design.measures)
        set_u(linker, tuple(_shares(random.levels[:, c], size) for c, size in enumerate(design.sizes)))
        starts = (first_m(linker, table, candidates, columns) for columns in design.starts)
        return Material(rules, candidates, random, tuple(m for m in starts if m is not None))


def _linker(api: Any, table: pa.Table, design: Design, rules: tuple[Rule, ...]) -> Linker:
    settings = settings_of(design.comparisons, rules)
    return Linker(api.register(table), settings, log_level=None, validate_settings=False)


@contextmanager
def _blocking(
    engine: Engine,
    linker: Linker,
    design: Design,
    functions: dict[str, Scorer],
    table: pa.Table,
    rules: tuple[Rule, ...],
) -> Iterator[Linker]:
    """The linker that blocks and compares: that in memory, or one on Spark."""
    if engine == "duckdb":
        yield linker
        return
    from testimonia.linkage.model.spark import on_spark

    with on_spark(functions) as api:
        yield _linker(api, table, design, rules)


def _united(candidates: Pairs, asked: Pairs) -> Pairs:
    """The candidates and the pairs that were asked for, each pair once, in order."""
    left, right = np.concatenate([candidates.left, asked.left]), np.concatenate([candidates.right, asked.right])
    _, first = np.unique(left.astype(np.int64) << 32 | right, return_index=True)
    return replace(
        candidates, left=left[first], right=right[first], levels=np.vstack([candidates.levels, asked.levels])[first]
    )


def _shares(levels: NDArray[np.int8], size: int) -> Floats:
    counts = counted(levels, np.zeros(len(levels), dtype=np.intp), size, 1)[0] + 0.5
    share: Floats = counts / counts.sum()
    return share


def random_pairs(records: int, rng: np.random.Generator) -> tuple[Positions, Positions]:
    """Pairs of two different records, every pair as likely as any other; each pair once where there are few."""
    if records * (records - 1) // 2 <= RANDOM_PAIRS:
        left, right = np.triu_indices(records, 1)
        return left.astype(np.int32), right.astype(np.int32)
    one = rng.integers(0, records, RANDOM_PAIRS)
    other = rng.integers(0, records - 1, RANDOM_PAIRS)
    other += other >= one
    return np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32)
