"""From a table of prepared records to compared pairs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from testimonia.linkage.compared import Compared
from testimonia.linkage.model.cases import case_design, prepare_cases
from testimonia.linkage.model.database import Scorer
from testimonia.linkage.model.labels import Label, known_pairs, known_weights
from testimonia.linkage.model.levels import Design
from testimonia.linkage.model.material import Engine, gather
from testimonia.linkage.model.persons import person_design, prepare_persons, recognised
from testimonia.linkage.model.scoring import nothing, scored
from testimonia.linkage.names import evidence

__all__ = ["compare_lists", "compare_persons"]


def compare_lists(
    table: pa.Table, *, engine: Engine = "duckdb", seed: int = 1, labels: Iterable[Label] = ()
) -> Compared:
    """Candidate pairs of prepared records, inside lists and across them, with probabilities of being one person.

    `table`: one row a record, in the columns of `values.prepare`. `engine`: duckdb, in this process, or spark (see
    `spark`). `seed`: of the random pairs. `labels`: reviewed pairs, which the estimation takes as they are. Raises
    StartsDisagree where the estimation depends on its start, MissingPart where Spark is not installed, ValueError for
    labels that name no record.
    """
    return _compare(case_design(), {"name_evidence": _evidence}, prepare_cases(table), engine, seed, labels)


def compare_persons(
    table: pa.Table, *, engine: Engine = "duckdb", seed: int = 1, labels: Iterable[Label] = ()
) -> Compared:
    """As `compare_lists`, for a plain table of persons: given name, surname, date of birth, place of birth, residence.

    The columns are recognised by their headings (`PERSON_COLUMNS`); of `record_id` and `source_dataset` (the list) the
    first may be missing, or both. Raises ValueError where there is no name, or nothing beside it.
    """
    return _compare(person_design(), {}, prepare_persons(table, recognised(table.column_names)), engine, seed, labels)


def _evidence(left: pa.Array, right: pa.Array) -> pa.Array:
    return pa.array(evidence(_whole(left), _whole(right)), type=pa.float32())


def _whole(column: pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _compare(
    design: Design, functions: dict[str, Scorer], table: pa.Table, engine: Engine, seed: int, labels: Iterable[Label]
) -> Compared:
    if table.num_rows < 2:
        return nothing(table, design)
    asked, said = known_pairs(labels, table.column("record_id").to_pylist())
    material = gather(design, functions, table, engine=engine, seed=seed, asked=asked)
    if not len(material.candidates):
        return nothing(table, design)
    known = known_weights(asked, said, material.candidates.left, material.candidates.right)
    return scored(table, design, material, None if known is None else np.asarray(known))
