"""A report as plain values: what `estimates.json` and `estimates.csv` hold. Missing numbers are None, never NaN."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from testimonia.estimation.results import Report
from testimonia.estimation.table import OverlapTable

__all__ = ["COLUMNS", "as_plain", "clean", "estimate_rows"]

COLUMNS = (
    "method", "model", "total", "lower", "upper", "level", "standard_error", "aic", "bic", "models",
    "admissible_models", "verdict", "reason", "seconds",
)  # fmt: skip


def as_plain(report: Report) -> dict[str, Any]:
    """Return a report as one JSON document.

    Keys that always stand: table, headline, estimates, sensitivity, seed, version. Patterns are written as one 0 or 1
    a list, in the order of the lists.
    """
    return {
        "table": _table(report.table),
        "headline": _headline(report),
        "estimates": [clean(estimate) for estimate in report.estimates],
        "sensitivity": [clean(one) for one in report.sensitivity],
        "models": [clean(model) for model in report.models],
        "verdicts": [clean(verdict) for verdict in report.verdicts],
        "variations": [clean(variation) for variation in report.variations],
        "consistency": [clean(one) for one in report.consistency],
        "strata": [clean(stratum) for stratum in report.strata],
        "draws": clean(report.draws),
        "cautions": list(report.cautions),
        "seed": report.seed,
        "version": report.version,
        "versions": dict(report.versions),
        "seconds": clean(report.seconds),
    }


def _table(table: OverlapTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "lists": list(table.lists),
        "n_observed": table.n,
        "patterns": {pattern(cell, table.k): int(table.counts[cell]) for cell in table.patterns},
        "overlap": table.overlap,
        "sizes": {name: table.size(1 << place) for place, name in enumerate(table.lists)},
        "censored": sorted(pattern(cell, table.k) for cell in table.censored),
        "strata": {name: part.n for name, part in table.strata.items()},
        "draws": len(table.draws),
    }


def pattern(cell: int, lists: int) -> str:
    """A capture pattern as one 0 or 1 a list: `pattern(0b001, 3) == "100"`."""
    return "".join(str(cell >> place & 1) for place in range(lists))


def _headline(report: Report) -> dict[str, Any]:
    """What only draws have is left out where there are none."""
    plain: dict[str, Any] = clean(report.headline)
    if report.draws is None:
        for name in ("n_observed_lower", "n_observed_upper", "within", "between"):
            del plain[name]
    return plain


def clean(value: Any) -> Any:
    """Return a value as JSON can hold it: no NaN, no infinity, no array, no tuple; a mapping's keys as text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.generic | np.ndarray):
        return clean(value.tolist())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: clean(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): clean(one) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [clean(one) for one in value]
    raise TypeError(f"a {type(value).__name__} is no plain value")


def estimate_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    """Yield one row of `COLUMNS` an estimate, missing values as None."""
    for estimate in report.estimates:
        yield tuple(clean(getattr(estimate, column)) for column in COLUMNS)
