"""Comparisons and blocking rules for lists of trafficked or returned people.

Every rule takes at least two independent things, or a key of a whole name: a rule on a surname alone would pair a
fifth of the records with each other, and a rule on a place alone would pair a town with itself.
"""

from __future__ import annotations

from testimonia.linkage.model.levels import Comparison, Design, Level
from testimonia.linkage.model.rules import Rule

__all__ = ["CASE_RULES", "CASE_STARTS", "case_design"]

NAME_STEPS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2)

CASE_RULES = (
    Rule("a name key", keys=("name_keys",)),
    Rule("an alias key", keys=("alias_keys",)),
    Rule("given name and year of birth", columns=("given_key", "birth_best")),
    Rule("given name and county of origin", columns=("given_key", "origin_county")),
    Rule("given name and year of crossing", columns=("given_key", "crossing_year")),
    Rule("year of birth, county of origin and sex", columns=("birth_best", "origin_county", "sex")),
    Rule("crossing year, county of origin and destination", columns=("crossing_year", "origin_county", "dest_county")),
    Rule("crossing month and county of origin", columns=("crossing_low", "crossing_high", "origin_county")),
)


CASE_STARTS = (
    ("birth_best", "origin_county"),
    ("crossing_low", "crossing_high", "origin_county"),
    ("given_key", "surname_key"),
)


def case_design() -> Design:
    """Comparisons, rules and starts for lists of people who were trafficked or returned by force."""
    comparisons = (
        _name(),
        _alias(),
        _birth(),
        _origin(),
        _crossing(),
        _route(),
        _destination(),
        _sex(),
        _harm(),
        _return(),
    )
    return Design(comparisons, CASE_RULES, CASE_STARTS, functions=("name_score",))


def _scored(name: str, column: str, steps: tuple[float, ...]) -> Comparison:
    missing = f"{column}_l is null or {column}_r is null"
    score = f"name_score({column}_l, {column}_r)"
    levels = tuple(Level(f"{score} >= {step}", f"score of the names at least {step}") for step in steps)
    return Comparison(name, missing, levels, f"score of the names under {steps[-1]}")


def _name() -> Comparison:
    return _scored("name", "name_code", NAME_STEPS)


def _alias() -> Comparison:
    return _scored("alias", "alias_code", (0.95, 0.8, 0.6, 0.3))


def _birth() -> Comparison:
    gap = "greatest(birth_low_l, birth_low_r) - least(birth_high_l, birth_high_r)"
    width = "greatest(birth_high_l - birth_low_l, birth_high_r - birth_low_r)"
    return Comparison(
        "birth",
        "birth_low_l is null or birth_low_r is null",
        (
            Level(f"{gap} <= 0 and {width} = 0", "the same stated year"),
            Level(f"{gap} <= 0 and {width} <= 2 and birth_best_l = birth_best_r", "ages that give the same year"),
            Level(f"{gap} <= 0 and {width} <= 2", "ages that can be one year of birth"),
            Level(f"{gap} <= 0", "rounded or vague ages that can be one year of birth"),
            Level(f"{gap} <= 1", "one year apart at least"),
            Level(f"{gap} <= 3", "two or three years apart at least"),
        ),
        "four years apart or more",
    )


def _origin() -> Comparison:
    same = "origin_province_l = origin_province_r"
    return Comparison(
        "origin",
        "coalesce(origin_county_l, origin_province_l) is null or coalesce(origin_county_r, origin_province_r) is null",
        (
            Level("origin_county_l = origin_county_r", "the same county"),
            Level(
                f"{same} and (origin_county_l is null or origin_county_r is null)", "the same province, no more said"
            ),
            Level(same, "two counties of one province"),
        ),
        "two provinces",
    )


def _crossing() -> Comparison:
    gap = "greatest(crossing_low_l, crossing_low_r) - least(crossing_high_l, crossing_high_r)"
    wide = "greatest(crossing_high_l - crossing_low_l, crossing_high_r - crossing_low_r)"
    return Comparison(
        "crossing",
        "crossing_low_l is null or crossing_low_r is null",
        (
            Level(f"{gap} <= 0 and {wide} <= 31", "the same month"),
            Level(f"{gap} <= 0 and {wide} <= 124", "a month in the season, or the same season"),
            Level(f"{gap} <= 0 and {wide} <= 372", "the same year, the month not said by one"),
            Level(f"{gap} <= 0", "a vague time that holds the other"),
            Level(f"{gap} <= 366", "up to a year apart"),
            Level(f"{gap} <= 800", "up to two years apart"),
        ),
        "more than two years apart",
    )


def _route() -> Comparison:
    no_from = "(crossing_from_l is null or crossing_from_r is null)"
    no_to = "(crossing_to_l is null or crossing_to_r is null)"
    some = "coalesce(crossing_route_{0}, crossing_from_{0}, crossing_to_{0}) is null"
    return Comparison(
        "route",
        f"{some.format('l')} or {some.format('r')}",
        (
            Level("crossing_route_l = crossing_route_r", "the same crossing place on both banks"),
            Level("crossing_from_l = crossing_from_r", "the same place left"),
            Level("crossing_to_l = crossing_to_r", "the same place reached"),
            Level(f"{no_from} and {no_to}", "one names the place left, the other the place reached"),
        ),
        "two crossing places",
    )


def _destination() -> Comparison:
    return Comparison(
        "destination",
        "dest_province_l is null or dest_province_r is null",
        (
            Level("dest_county_l = dest_county_r", "the same county"),
            Level(
                "dest_prefecture_l = dest_prefecture_r and (dest_county_l is null or dest_county_r is null)",
                "the same prefecture, no more said",
            ),
            Level(
                "dest_province_l = dest_province_r and (dest_prefecture_l is null or dest_prefecture_r is null)",
                "the same province, no more said",
            ),
            Level("dest_prefecture_l = dest_prefecture_r", "two counties of one prefecture"),
            Level("dest_province_l = dest_province_r", "two prefectures of one province"),
        ),
        "two provinces",
    )


def _sex() -> Comparison:
    return Comparison("sex", "sex_l is null or sex_r is null", (Level("sex_l = sex_r", "the same sex"),), "another sex")


def _harm() -> Comparison:
    return Comparison(
        "harm",
        "exploitation_l is null or exploitation_r is null",
        (Level("exploitation_l = exploitation_r", "the same form of exploitation"),),
        "another form of exploitation",
    )


def _return() -> Comparison:
    return Comparison(
        "return",
        "forced_return_l is null or forced_return_r is null",
        (
            Level("return_year_l = return_year_r", "returned in the same year"),
            Level("forced_return_l = forced_return_r and return_year_l is null and return_year_r is null", "the same"),
            Level("forced_return_l <> forced_return_r", "one says returned, the other not"),
        ),
        "returned in two different years",
    )
