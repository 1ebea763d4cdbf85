"""The levels of `levels`, decided in plain Python: for one pair, and to check the SQL against.

A side is a mapping from the columns of `prepare` to values, None for what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["label_of", "level_of"]

Side = Mapping[str, Any]


def level_of(comparison: str, left: Side, right: Side) -> int | None:
    """The level of one comparison of LEVELS, 0 agreeing least; None where the values cannot be compared."""
    return _DECIDED[comparison](left, right)


def label_of(comparison: str, left: Side, right: Side) -> str:
    """The level's label as in LEVELS, or "not comparable"."""
    from testimonia.linkage.values.levels import LEVELS

    level = level_of(comparison, left, right)
    levels = next(c.levels for c in LEVELS if c.name == comparison)
    return "not comparable" if level is None else levels[len(levels) - 1 - level].label


def _both(left: Side, right: Side, column: str) -> bool:
    return left[column] is not None and right[column] is not None


def _same(left: Side, right: Side, column: str) -> bool:
    return _both(left, right, column) and left[column] == right[column]


def _birth(left: Side, right: Side) -> int | None:
    if not _both(left, right, "birth_best"):
        return None
    guesses = [[s[c] for c in ("birth_best", "birth_other") if s[c] is not None] for s in (left, right)]
    apart = min(abs(one - other) for one in guesses[0] for other in guesses[1])
    reach = left["birth_reach"] + right["birth_reach"]
    one_guess = all(len(found) == 1 for found in guesses)
    if apart == 0 and reach == 0:
        return 7
    if apart == 0 and reach == 2 and one_guess:
        return 6
    if apart <= reach:
        tight = reach == 1 or (reach == 2 and apart == 0)
        return 5 if tight else 4 if apart <= 2 else 3
    return 2 if apart <= reach + 1 else 1 if apart <= reach + 5 else 0


def _origin(left: Side, right: Side) -> int | None:
    if not _both(left, right, "origin_province"):
        return None
    if _same(left, right, "origin_county"):
        return 3
    if not _same(left, right, "origin_province"):
        return 0
    return 1 if _both(left, right, "origin_county") else 2


def _destination(left: Side, right: Side) -> int | None:
    if not _both(left, right, "dest_province"):
        return None
    if _same(left, right, "dest_county"):
        return 4
    if _same(left, right, "dest_prefecture"):
        return 1 if _both(left, right, "dest_county") else 3
    return 2 if _same(left, right, "dest_province") and not _both(left, right, "dest_prefecture") else 0


def _dated(side: Side) -> bool:
    return side["crossing_low"] is not None and side["crossing_high"] is not None


def _recorded(left: Side, right: Side) -> int | None:
    found = [early for early in (_early(left, right), _early(right, left)) if early is not None]
    return 0 if any(found) else 1 if found else None


def _early(side: Side, crossed: Side) -> bool | None:
    """Whether an undated record was made in a year that ended before the other crossed; None where that is not said."""
    if _dated(side) or side["report_year"] is None or crossed["crossing_low"] is None:
        return None
    return bool((side["report_year"] - 1969) * 366 <= crossed["crossing_low"])


def _crossing(left: Side, right: Side) -> int | None:
    if not (_dated(left) and _dated(right)):
        return None
    gap = max(left["crossing_low"], right["crossing_low"]) - min(left["crossing_high"], right["crossing_high"])
    depth = min(left["crossing_depth"], right["crossing_depth"])
    months = depth >= 2
    meet = bool(left["crossing_months"] & right["crossing_months"])
    if _same(left, right, "crossing_year"):
        if not months:
            return 6
        if meet:
            return 8 if depth == 3 else 7
    if gap <= 0 and not _both(left, right, "crossing_year"):
        return 5
    if months:
        return _months_of_two_years(left, right, meet, gap)
    return 2 if gap <= 366 else 1 if gap <= 731 else 0


def _months_of_two_years(left: Side, right: Side, meet: bool, gap: int) -> int:
    years = _both(left, right, "crossing_year")
    if years and meet and abs(left["crossing_year"] - right["crossing_year"]) <= 2:
        return 4
    return 3 if gap <= 184 else 0


def _route(left: Side, right: Side) -> int | None:
    if any(side["crossing_from"] is None and side["crossing_to"] is None for side in (left, right)):
        return None
    start, end = _same(left, right, "crossing_from"), _same(left, right, "crossing_to")
    if start and end:
        return 4
    if (start and not _both(left, right, "crossing_to")) or (end and not _both(left, right, "crossing_from")):
        return 3
    if _face(left, right) or _face(right, left):
        return 2
    return 1 if start or end else 0


def _face(leaving: Side, reaching: Side) -> bool:
    if leaving["crossing_to"] is not None or reaching["crossing_from"] is not None:
        return False
    return reaching["crossing_to"] in (leaving["crossing_facing"] or "")


def _sex(left: Side, right: Side) -> int | None:
    if not _both(left, right, "sex"):
        return None
    return 0 if left["sex"] != right["sex"] else 2 if left["sex"] == "M" else 1


def _harm(left: Side, right: Side) -> int | None:
    if not _both(left, right, "exploitation"):
        return None
    one, other = left["exploitation"], right["exploitation"]
    return 2 if one == other else 1 if one in other or other in one else 0


def _return(left: Side, right: Side) -> int | None:
    if not _both(left, right, "forced_return"):
        return None
    if left["forced_return"] and right["forced_return"]:
        return _returned(left, right)
    if not left["forced_return"] and not right["forced_return"]:
        return 5
    yes, no = (left, right) if left["forced_return"] else (right, left)
    if yes["return_year"] is None or no["report_year"] is None:
        return 2
    return 3 if no["report_year"] <= yes["return_year"] else 1


def _returned(left: Side, right: Side) -> int:
    if not _both(left, right, "return_year"):
        return 6
    apart = abs(left["return_year"] - right["return_year"])
    return 7 if apart == 0 else 4 if apart == 1 else 0


_DECIDED: Mapping[str, Callable[[Side, Side], int | None]] = {
    "birth": _birth,
    "origin": _origin,
    "crossing": _crossing,
    "recorded": _recorded,
    "route": _route,
    "destination": _destination,
    "sex": _sex,
    "harm": _harm,
    "return": _return,
}
