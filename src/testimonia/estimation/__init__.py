"""Hidden totals: how many people were recorded by none of several overlapping lists. Pure numbers, no drawing.

from testimonia.estimation import OverlapTable, estimate
report = estimate(OverlapTable.read_csv("uk5.csv"), seed=1)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["METHODS", "Estimate", "Headline", "OverlapTable", "Report", "as_plain", "cautions", "estimate"]

if TYPE_CHECKING:
    from testimonia.estimation.doubts import cautions
    from testimonia.estimation.estimating import estimate
    from testimonia.estimation.plain import as_plain
    from testimonia.estimation.results import METHODS, Estimate, Headline, Report
    from testimonia.estimation.table import OverlapTable

# No module has the name of what it holds: importing it would hide that behind itself.
HOMES = {"OverlapTable": "table", "as_plain": "plain", "cautions": "doubts", "estimate": "estimating"}


def __getattr__(name: str) -> object:
    # Loaded on first use: NumPy alone takes longer than `testimonia --help` does.
    if name in __all__:
        return getattr(import_module(f"testimonia.estimation.{HOMES.get(name, 'results')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
