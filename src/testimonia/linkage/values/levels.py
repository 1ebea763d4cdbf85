"""How far two values agree, level by level: what each level means in words, and the SQL that decides it.

The first condition that holds gives the level; the last is ELSE. Conditions use the columns of `prepare` as `c_l`
and `c_r`, and only what DuckDB and Spark both know (`least`, `greatest`, `abs`, `coalesce`, `instr`, `&`). A null
in a condition makes it fail. Where `null_sql` holds the values cannot be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["LEVELS", "Level", "ValueComparison"]


class Level(NamedTuple):
    """One level of agreement: a short label, what it means, and its condition in SQL (`ELSE` for the last).

    `shared`: a column that holds the same value on both sides, where sharing a rare value says more than sharing a
    common one. `within`: a column on which that value depends: it is as rare as it is among those who share that.
    """

    label: str
    meaning: str
    sql: str
    shared: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """One comparison: the columns it reads, when it says nothing, and its levels, the most agreement first."""

    name: str
    columns: tuple[str, ...]
    null_sql: str
    levels: tuple[Level, ...]


def _missing(column: str) -> str:
    return f"({column}_l is null or {column}_r is null)"


# ------------------------------------------------------------------ birth

_OTHER = {side: f"coalesce(birth_other_{side}, birth_best_{side})" for side in "lr"}
_APART = (
    "least(abs(birth_best_l - birth_best_r), "
    f"abs({_OTHER['l']} - birth_best_r), abs(birth_best_l - {_OTHER['r']}), abs({_OTHER['l']} - {_OTHER['r']}))"
)
_REACH = "(birth_reach_l + birth_reach_r)"
_ONE_AGE_EACH = "(birth_other_l is null and birth_other_r is null)"

BIRTH = ValueComparison(
    "birth",
    ("birth_best", "birth_other", "birth_reach"),
    _missing("birth_best"),
    (
        Level("same year", "both give the year of birth, and it is the same", f"{_APART} = 0 and {_REACH} = 0"),
        Level(
            "same age",
            "both give an age, and counted the same way they give the same year",
            f"{_APART} = 0 and {_REACH} = 2 and {_ONE_AGE_EACH}",
        ),
        Level(
            "age fits year",
            "one gives a year and the other an age that allows it; or two ages of which one may be that at the "
            "crossing give the same year",
            f"{_APART} <= {_REACH} and ({_REACH} = 1 or ({_APART} = 0 and {_REACH} = 2))",
        ),
        Level(
            "ages fit",
            "the years allow one another, best guesses at most two years apart",
            f"{_APART} <= {_REACH} and {_APART} <= 2",
        ),
        Level("rounded", "the years allow one another only because one is rounded", f"{_APART} <= {_REACH}"),
        Level("one off", "one year more apart than the ways of counting explain", f"{_APART} <= {_REACH} + 1"),
        Level("some off", "two to five years more than the ways of counting explain", f"{_APART} <= {_REACH} + 5"),
        Level("far off", "more than five years more", "ELSE"),
    ),
)

# ------------------------------------------------------------------ origin and destination

ORIGIN = ValueComparison(
    "origin",
    ("origin_county", "origin_province"),
    _missing("origin_province"),
    (
        Level("same county", "the same county", "origin_county_l = origin_county_r", "origin_county"),
        Level(
            "same province",
            "the same province; at least one does not say the county",
            f"origin_province_l = origin_province_r and {_missing('origin_county')}",
            "origin_province",
        ),
        Level(
            "other county",
            "two counties of one province",
            "origin_province_l = origin_province_r",
            "origin_province",
        ),
        Level("other province", "two provinces", "ELSE"),
    ),
)

DESTINATION = ValueComparison(
    "destination",
    ("dest_county", "dest_prefecture", "dest_province"),
    _missing("dest_province"),
    (
        Level("same county", "the same county", "dest_county_l = dest_county_r", "dest_county"),
        Level(
            "same prefecture",
            "the same prefecture; at least one does not say the county",
            f"dest_prefecture_l = dest_prefecture_r and {_missing('dest_county')}",
            "dest_prefecture",
        ),
        Level(
            "same province",
            "the same province; at least one does not say the prefecture",
            f"dest_province_l = dest_province_r and {_missing('dest_prefecture')}",
            "dest_province",
        ),
        Level(
            "other county",
            "two counties of one prefecture",
            "dest_prefecture_l = dest_prefecture_r",
            "dest_prefecture",
        ),
        Level("elsewhere", "two prefectures or two provinces", "ELSE"),
    ),
)

# ------------------------------------------------------------------ crossing

_SAME_YEAR = "crossing_year_l = crossing_year_r"
_MONTHS = "(crossing_depth_l >= 2 and crossing_depth_r >= 2)"
_MEET = "(crossing_months_l & crossing_months_r) <> 0"
_GAP = "(greatest(crossing_low_l, crossing_low_r) - least(crossing_high_l, crossing_high_r))"
_UNDATED = {side: f"(crossing_low_{side} is null or crossing_high_{side} is null)" for side in "lr"}
_DATED = f"not {_UNDATED['l']} and not {_UNDATED['r']}"

CROSSING = ValueComparison(
    "crossing",
    ("crossing_low", "crossing_high", "crossing_year", "crossing_months", "crossing_depth"),
    f"{_UNDATED['l']} or {_UNDATED['r']}",
    (
        Level(
            "same month",
            "the same month of the same year",
            f"{_SAME_YEAR} and {_MEET} and crossing_depth_l = 3 and crossing_depth_r = 3",
            "crossing_year",
        ),
        Level(
            "same season",
            "the same year, and the same season, or a month in the season",
            f"{_SAME_YEAR} and {_MEET} and {_MONTHS}",
            "crossing_year",
        ),
        Level(
            "same year",
            "the same year; at least one does not say the month",
            f"{_SAME_YEAR} and not {_MONTHS}",
            "crossing_year",
        ),
        Level(
            "within a span",
            "at least one is a span of years, and they meet",
            f"{_DATED} and {_GAP} <= 0 and {_missing('crossing_year')}",
        ),
        Level(
            "month of another year",
            "the same month or season, one or two years apart",
            f"{_MONTHS} and {_MEET} and abs(crossing_year_l - crossing_year_r) <= 2",
        ),
        Level("near", "two different months or seasons, at most half a year apart", f"{_MONTHS} and {_GAP} <= 184"),
        Level(
            "next year",
            "at most a year apart, the month not said by both",
            f"{_DATED} and not {_MONTHS} and {_GAP} <= 366",
        ),
        Level(
            "second year",
            "at most two years apart, the month not said by both",
            f"{_DATED} and not {_MONTHS} and {_GAP} <= 731",
        ),
        Level("another time", "another time", "ELSE"),
    ),
)

_LOOKED = {
    one: f"({_UNDATED[one]} and report_year_{one} is not null and crossing_low_{other} is not null)"
    for one, other in ("lr", "rl")
}
_TOO_EARLY = " or ".join(
    f"({_LOOKED[one]} and (report_year_{one} - 1969) * 366 <= crossing_low_{other})" for one, other in ("lr", "rl")
)

RECORDED = ValueComparison(
    "recorded",
    ("crossing_low", "crossing_high", "report_year"),
    f"not ({_LOOKED['l']} or {_LOOKED['r']})",
    (
        Level(
            "possible", "one does not say when it was, and was recorded after the other crossed", f"not ({_TOO_EARLY})"
        ),
        Level("too early", "one was recorded before the other crossed", "ELSE"),
    ),
)

# ------------------------------------------------------------------ route


def _nowhere(side: str) -> str:
    return f"(crossing_from_{side} is null and crossing_to_{side} is null)"


def _facing(one: str, other: str) -> str:
    return f"coalesce(instr(crossing_facing_{one}, crossing_to_{other}) > 0, false)"


ROUTE = ValueComparison(
    "route",
    ("crossing_from", "crossing_to", "crossing_facing"),
    f"{_nowhere('l')} or {_nowhere('r')}",
    (
        Level(
            "both banks",
            "the same place left and the same place reached",
            "crossing_from_l = crossing_from_r and crossing_to_l = crossing_to_r",
            "crossing_from",
            "origin_county",
        ),
        Level(
            "one bank",
            "the same place on one bank; the other bank is not said by both",
            f"(crossing_from_l = crossing_from_r and {_missing('crossing_to')}) "
            f"or (crossing_to_l = crossing_to_r and {_missing('crossing_from')})",
        ),
        Level(
            "facing",
            "one says the place left, the other the place reached, and they face one another",
            "(crossing_to_l is null and crossing_from_r is null and " + _facing("l", "r") + ") or "
            "(crossing_to_r is null and crossing_from_l is null and " + _facing("r", "l") + ")",
        ),
        Level(
            "one of two",
            "the same place on one bank, different places on the other",
            "crossing_from_l = crossing_from_r or crossing_to_l = crossing_to_r",
        ),
        Level("another place", "another crossing", "ELSE"),
    ),
)

# ------------------------------------------------------------------ what happened

SEX = ValueComparison(
    "sex",
    ("sex",),
    _missing("sex"),
    (
        Level("both men", "both men", "sex_l = 'M' and sex_r = 'M'"),
        Level("both women", "both women", "sex_l = 'F' and sex_r = 'F'"),
        Level("other", "a man and a woman", "ELSE"),
    ),
)

HARM = ValueComparison(
    "harm",
    ("exploitation",),
    _missing("exploitation"),
    (
        Level("same", "the same form of exploitation", "exploitation_l = exploitation_r", "exploitation", "sex"),
        Level(
            "one of several",
            "one says several forms, the other one of them",
            "instr(exploitation_l, exploitation_r) > 0 or instr(exploitation_r, exploitation_l) > 0",
        ),
        Level("other", "another form", "ELSE"),
    ),
)

_BOTH = "forced_return_l and forced_return_r"
_YEARS_APART = "abs(return_year_l - return_year_r)"
_ONE = "forced_return_l <> forced_return_r"
_NOT_YET = " or ".join(
    f"({_ONE} and forced_return_{yes} and report_year_{no} <= return_year_{yes})" for no, yes in ("lr", "rl")
)
_UNDATED_RETURN = " or ".join(
    f"({_ONE} and forced_return_{yes} and (return_year_{yes} is null or report_year_{no} is null))"
    for no, yes in ("lr", "rl")
)

RETURN = ValueComparison(
    "return",
    ("forced_return", "return_year", "report_year"),
    _missing("forced_return"),
    (
        Level(
            "same year",
            "both returned, in the same year",
            f"{_BOTH} and return_year_l = return_year_r",
            "return_year",
            "crossing_year",
        ),
        Level(
            "both",
            "both returned, the year not said by both",
            f"{_BOTH} and {_missing('return_year')}",
        ),
        Level("neither", "neither returned", "not forced_return_l and not forced_return_r"),
        Level("next year", "both returned, a year apart", f"{_BOTH} and {_YEARS_APART} <= 1"),
        Level("not yet", "one was not returned, but was recorded before the other's return", _NOT_YET),
        Level(
            "not said",
            "one was not returned; when the other was, or when this was recorded, is not said",
            _UNDATED_RETURN,
        ),
        Level("contradiction", "one was not returned, although recorded after the other's return", _ONE),
        Level("other years", "both returned, more than a year apart", "ELSE"),
    ),
)

LEVELS: tuple[ValueComparison, ...] = (BIRTH, ORIGIN, CROSSING, RECORDED, ROUTE, DESTINATION, SEX, HARM, RETURN)
