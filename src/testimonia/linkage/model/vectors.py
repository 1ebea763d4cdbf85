"""Pairs and their levels: Splink blocks and compares, here the result becomes arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker
from splink.internals.comparison_vector_values import compute_comparison_vector_values_from_id_pairs_sqls
from splink.internals.pipeline import CTEPipeline
from splink.internals.settings import Settings
from splink.internals.vertically_concatenate import enqueue_df_concat_with_tf

__all__ = ["Measures", "Pairs", "blocked_pairs", "compare_pairs"]

Measures = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Record positions `left` < `right`, int32[P], and their `levels`, int8[P, C], -1 where not comparable."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.left)


def blocked_pairs(linker: Linker, measures: Measures = ()) -> Pairs:
    """Every pair that a rule of the linker's settings finds, once, compared."""
    return _arrays(_compared(linker, linker.inference.compute_blocked_pairs_for_predict(), measures))


def compare_pairs(linker: Linker, left: NDArray[np.int32], right: NDArray[np.int32], measures: Measures = ()) -> Pairs:
    """The given pairs compared, whether or not a rule finds them."""
    keys = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(left), np.int8)), pa.array([""]))
    pairs = pa.table({"match_key": keys, "join_key_l": left, "join_key_r": right})
    given = linker._db_api.register(pairs)
    named = linker._db_api.table_to_splink_dataframe("__splink__blocked_id_pairs", given.physical_name)
    return _arrays(_compared(linker, named, measures))


def _compared(linker: Linker, pairs: Any, measures: Measures) -> pa.Table:
    settings = linker._settings_obj
    info = settings.column_info_settings
    pipeline = CTEPipeline([pairs])
    enqueue_df_concat_with_tf(linker, pipeline)
    columns = Settings.columns_to_select_for_comparison_vector_values(
        unique_id_input_columns=info.unique_id_input_columns,
        comparisons=settings.core_model_settings.comparisons,
        retain_matching_columns=False,
        additional_columns_to_retain=[],
    )
    pipeline.enqueue_list_of_sqls(
        compute_comparison_vector_values_from_id_pairs_sqls(
            _with_measures(settings._columns_to_select_for_blocking, measures),
            columns,
            input_tablename_l="__splink__df_concat_with_tf",
            input_tablename_r="__splink__df_concat_with_tf",
            source_dataset_input_column=info.source_dataset_input_column,
            unique_id_input_column=info.unique_id_input_column,
        )
    )
    frame: Any = linker._db_api.sql_pipeline_to_splink_dataframe(pipeline)
    return frame.as_pyarrow_table()


def _with_measures(columns: list[str], measures: Measures) -> list[str]:
    """The columns of both rows, but a measure is computed where Splink takes it for a column."""
    own = [column for column in columns if not any(f"{name}_" in column for name, _ in measures)]
    return own + [f"{sql} AS {name}_l" for name, sql in measures]


def _arrays(table: pa.Table) -> Pairs:
    """Columns as arrays, in the order of the record positions."""
    left = table.column("unique_id_l").to_numpy().astype(np.int32)
    right = table.column("unique_id_r").to_numpy().astype(np.int32)
    order = np.argsort(left.astype(np.int64) << 32 | right, kind="stable")
    names = [name for name in table.column_names if name.startswith("gamma_")]
    levels = np.empty((len(left), len(names)), dtype=np.int8)
    for position, name in enumerate(names):
        levels[:, position] = table.column(name).to_numpy()[order]
    return Pairs(left[order], right[order], levels)
