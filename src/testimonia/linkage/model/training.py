"""First estimates of m: Splink's expectation and maximisation, started from several blocking rules."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker
from splink.internals.blocking import BlockingRule
from splink.internals.comparison import Comparison
from splink.internals.em_training_session import EMTrainingSession
from splink.internals.settings import TrainingSettings

from testimonia.linkage.model.rules import Rule, rule_masks
from testimonia.linkage.model.vectors import Pairs

__all__ = ["first_m", "quiet", "set_u"]

Floats = NDArray[np.float64]

LEAST = 1e-3  # no level starts as impossible among matches
FEWEST = 50  # pairs that a start needs
ROUNDS = (10, 4, 2)
CONVERGED = 1e-3
TOO_SMALL = "below the minimum"  # Splink 5 stops where an m falls under 1e-300


@contextmanager
def quiet() -> Iterator[None]:
    """Splink's advice on single steps is kept from the user: what matters of it is said in the report."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def set_u(linker: Linker, u: tuple[Floats, ...]) -> None:
    """Give Splink the shares of levels among random pairs, one array for each comparison, level 0 first."""
    for comparison, shares in zip(linker._settings_obj.core_model_settings.comparisons, u, strict=True):
        for level in comparison._comparison_levels_excluding_null:
            level.u_probability = float(shares[level.comparison_vector_value])


def first_m(linker: Linker, table: pa.Table, candidates: Pairs, columns: tuple[str, ...]) -> tuple[Floats, ...] | None:
    """m of each comparison, level 0 first, after a few rounds over the candidates that share the columns.

    None where hardly any do. A comparison that reads one of the columns keeps Splink's default. Where an m falls
    under what Splink can hold, the rounds before that are what counts.
    """
    rows = np.flatnonzero(rule_masks(table, (Rule("", columns),), candidates.left, candidates.right))
    if len(rows) < FEWEST:
        return None
    vectors = _registered(linker, candidates, rows)
    untrained: Any = linker._settings_obj.core_model_settings
    for rounds in ROUNDS:
        try:
            trained = _session(linker, untrained.copy(), columns, rounds)._train(vectors)
        except ValueError as error:
            if TOO_SMALL not in str(error):
                raise
            continue
        return _read(trained.comparisons)
    return None


def _registered(linker: Linker, candidates: Pairs, rows: NDArray[np.intp]) -> Any:
    """The levels of some candidates as the table of comparison vectors that Splink trains on."""
    comparisons = linker._settings_obj.core_model_settings.comparisons
    columns = {c._gamma_column_name: candidates.levels[rows, k].astype(np.int32) for k, c in enumerate(comparisons)}
    ids = {"unique_id_l": candidates.left[rows], "unique_id_r": candidates.right[rows]}
    given = linker._db_api.register(pa.table(ids | columns))
    return linker._db_api.table_to_splink_dataframe("__splink__df_comparison_vectors", given.physical_name)


def _session(linker: Linker, model: Any, columns: tuple[str, ...], rounds: int) -> EMTrainingSession:
    rule = BlockingRule(" and ".join(f'l."{column}" = r."{column}"' for column in columns), linker._sql_dialect_str)
    settings = linker._settings_obj
    session = EMTrainingSession(
        linker,
        db_api=linker._db_api,
        blocking_rule_for_training=rule,
        core_model_settings=model,
        training_settings=TrainingSettings(CONVERGED, rounds),
        unique_id_input_columns=settings.column_info_settings.unique_id_input_columns,
        fix_u_probabilities=True,
        estimate_without_term_frequencies=True,
    )
    return session


def _read(comparisons: list[Comparison]) -> tuple[Floats, ...]:
    """m of each comparison, as the session estimated it or by default."""
    found = []
    for comparison in comparisons:
        levels = comparison._comparison_levels_excluding_null
        shares = np.zeros(len(levels))
        for level in levels:
            shares[level.comparison_vector_value] = max(_estimated(level), LEAST)
        found.append(shares / shares.sum())
    return tuple(found)


def _estimated(level: Any) -> float:
    found = [r["probability"] for r in level._trained_m_probabilities if isinstance(r["probability"], float)]
    return float(found[-1] if found else level.m_probability or 0.0)
