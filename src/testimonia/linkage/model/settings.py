"""Our comparisons and rules in Splink's terms."""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on
from splink.internals.blocking_rule_library import CustomRule

from testimonia.linkage.model.levels import Comparison
from testimonia.linkage.model.rules import Rule

__all__ = ["settings_of"]


def settings_of(comparisons: tuple[Comparison, ...], rules: tuple[Rule, ...]) -> SettingsCreator:
    """Splink's settings: one table whose rows are linked inside and across lists at once."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[_comparison(comparison) for comparison in comparisons],
        blocking_rules_to_generate_predictions=[_blocking(rule) for rule in rules],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(comparison: Comparison) -> Any:
    levels: list[Any] = [{"sql_condition": comparison.missing, "is_null_level": True}]
    levels += [cll.CustomLevel(level.sql, level.meaning) for level in comparison.levels]
    return cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name=comparison.name)


def _blocking(rule: Rule) -> Any:
    if rule.keys:
        return CustomRule(rule.sql, sql_dialect="duckdb", arrays_to_explode=list(rule.keys))
    return block_on(*rule.columns)
