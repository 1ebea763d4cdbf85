"""Numbers of which digits are gone: lost, or partial where one digit or one end is left. Never a value."""

from __future__ import annotations

import re

from testimonia.coding.chinese.measure_words import unit_pattern, units
from testimonia.coding.chinese.numbers import read_numeral
from testimonia.coding.chinese.quantity import Quantity

__all__ = ["half_lost", "lost"]


def lost(match: re.Match[str]) -> Quantity | None:
    """A number whose digits are gone, wholly or in part: never a value."""
    text, start, end = match.string, match.start(), match.end("gone")
    whole = not re.search(r"[\d一二三四五六七八九十百千]", match["gone"])
    unit = re.compile(unit_pattern()).match(text, end)
    if (
        not match["gpc"]
        and unit is None
        and not re.search(r"(?:百分之|约|达|超过|至少|共|有)$", text[max(0, start - 4) : start])
    ):
        return None
    name, sort, _ = (
        ("percent", "ratio", False) if match["gpc"] else units()[unit[0]] if unit else ("count", "thing", False)
    )
    tail = match.end("gpc") if match["gpc"] else unit.end() if unit else end
    status = "lost" if whole else "partial"
    return Quantity(start, end, tail, name, sort, None, comparator=">" if match["gone"][-1] in "余多" else "=",
                    status=status, rule=f"figure.{status}")  # fmt: skip


def half_lost(match: re.Match[str]) -> Quantity | None:
    """A range whose upper end is gone."""
    low = read_numeral(match["left"])
    unit, sort, _ = units().get(match["ur"], ("percent", "ratio", False))
    if low is None:
        return None
    return Quantity(match.start(), match.end(
        "lost"
    ), match.end("ur"), unit, sort, None, low.low, None, "range",
                    "partial", rule="figure.partial")  # fmt: skip
