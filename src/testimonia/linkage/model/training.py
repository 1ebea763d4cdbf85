"""First estimates of m: Splink's expectation and maximisation, started from several blocking rules."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from splink import Linker, block_on
from splink.internals.comparison import Comparison
from splink.internals.exceptions import EMTrainingException
from splink.internals.settings import TrainingSettings

__all__ = ["first_m", "quiet", "set_u"]

Floats = NDArray[np.float64]

LEAST = 1e-3  # no level starts as impossible among matches
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


def first_m(linker: Linker, columns: tuple[str, ...]) -> tuple[Floats, ...] | None:
    """m of each comparison, level 0 first, after a few rounds from the pairs that share the columns.

    None where no two records share them. A comparison that reads one of the columns keeps Splink's default. Where
    an m falls under what Splink can hold, the rounds before that are what counts.
    """
    untrained: Any = linker._settings_obj.core_model_settings
    for rounds in (10, 4, 2):
        linker._settings_obj.core_model_settings = untrained.copy()
        linker._settings_obj.training_settings = _capped(linker, rounds)
        try:
            session = linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), estimate_without_term_frequencies=True
            )
        except EMTrainingException:
            return None
        except ValueError as error:
            if TOO_SMALL not in str(error):
                raise
            continue
        finally:
            linker._settings_obj.core_model_settings = untrained
        return _read(linker, {c.output_column_name: c for c in session.core_model_settings.comparisons})
    return None


def _capped(linker: Linker, rounds: int) -> TrainingSettings:
    return TrainingSettings(linker._settings_obj.training_settings.em_convergence, rounds)


def _read(linker: Linker, trained: dict[str, Comparison]) -> tuple[Floats, ...]:
    """m of every comparison of the linker, from the training where it is in it."""
    found = []
    for comparison in linker._settings_obj.core_model_settings.comparisons:
        source = trained.get(comparison.output_column_name, comparison)
        shares = np.zeros(len(source._comparison_levels_excluding_null))
        for level in source._comparison_levels_excluding_null:
            shares[level.comparison_vector_value] = max(level.m_probability or 0.0, LEAST)
        found.append(shares / shares.sum())
    return tuple(found)
