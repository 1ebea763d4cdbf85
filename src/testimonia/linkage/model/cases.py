"""Comparisons and blocking rules for lists of trafficked or returned people.

Every rule takes at least two independent things, or a key of a whole given name: a rule on a surname alone would pair
a fifth of the records with each other, and a rule on a place alone would pair a town with itself.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testimonia.linkage.model.levels import Comparison, Design, Level
from testimonia.linkage.model.rules import Rule

__all__ = ["case_design", "prepare_cases"]

NAME_STEPS = (12.0, 10.0, 8.5, 7.0, 5.5, 4.0, 2.5, 1.0, -0.5, -2.0)
ALIAS_STEPS = (10.0, 7.0, 4.0, 1.5, -0.5)
WIDEST_BIRTH = 6  # years of birth that are blocked on one by one

RULES = (
    Rule("a key of the name or of an alias", keys=("any_keys",)),
    Rule("surname, a syllable and year of birth", keys=("name_parts", "birth_years")),
    Rule("surname, a syllable and county of origin", ("origin_county",), ("name_parts",)),
    Rule("surname, a syllable and province of origin", ("origin_province",), ("name_parts",)),
    Rule("surname, a syllable and year of crossing", ("crossing_year",), ("name_parts",)),
    Rule("surname, a syllable and destination", ("dest_prefecture",), ("name_parts",)),
    Rule("year of birth, county of origin and sex", ("origin_county", "sex"), ("birth_years",)),
    Rule("years of birth and crossing, province of origin", ("crossing_year", "origin_province"), ("birth_years",)),
    Rule("years of birth and crossing, destination", ("crossing_year", "dest_prefecture"), ("birth_years",)),
    Rule("year of birth, destination, exploitation", ("dest_prefecture", "exploitation"), ("birth_years",)),
    Rule("years of birth and crossing, place left", ("crossing_year", "crossing_from"), ("birth_years",)),
    Rule("county of origin, year of crossing, sex", ("origin_county", "crossing_year", "sex")),
    Rule("month of crossing and county of origin", ("crossing_low", "crossing_high", "origin_county")),
    Rule("place left, year of crossing, destination", ("crossing_from", "crossing_year", "dest_prefecture")),
    Rule("year of return and county of origin", ("return_year", "origin_county")),
)

MEASURES = (
    ("name_evidence", "name_evidence(l.name_code, r.name_code)"),
    (
        "alias_evidence",
        "greatest(name_evidence(l.alias_code, r.alias_code), name_evidence(l.name_code, r.alias_code), "
        "name_evidence(l.alias_code, r.name_code))",
    ),
)

TIES = (
    ("sex", ("name",)),
    ("alias", ("name",)),
    ("route", ("origin",)),
    ("destination", ("origin", "route")),
    ("birth", ("crossing",)),
    ("return", ("crossing",)),
    ("harm", ("sex",)),
)
TELLING = ("name", "birth", "origin", "crossing", "destination")

STARTS = (
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
    return Design(comparisons, RULES, STARTS, MEASURES, TIES, TELLING, enough=3)


def prepare_cases(table: pa.Table) -> pa.Table:
    """The columns of `values.prepare` and those that the rules block on; an empty code of a name becomes null."""
    out = {name: table.column(name).combine_chunks() for name in table.column_names}
    for name in ("name_code", "alias_code"):
        out[name] = pc.if_else(pc.equal(pc.binary_length(out[name]), 0), None, out[name])
    out["any_keys"] = _joined(out["name_keys"], out["alias_keys"])
    out["birth_years"] = _years(out["birth_low"], out["birth_high"])
    return pa.table(out)


def _joined(one: pa.Array, other: pa.Array) -> pa.Array:
    """The keys of both lists, each once."""
    both = zip(one.to_pylist(), other.to_pylist(), strict=True)
    return pa.array([sorted({*(a or ()), *(b or ())}) for a, b in both], pa.list_(pa.int64()))


def _years(low: pa.Array, high: pa.Array) -> pa.Array:
    """Every year of the interval, none where it is too wide to block on."""
    first = low.fill_null(0).to_numpy()
    width = np.asarray(pc.subtract(high, low).fill_null(WIDEST_BIRTH + 1).to_numpy())
    years = [list(range(a, a + w + 1)) if w <= WIDEST_BIRTH else [] for a, w in zip(first, width, strict=True)]
    return pa.array(years, pa.list_(pa.int64()))


def _steps(name: str, missing: str, steps: tuple[float, ...], known: str) -> Comparison:
    levels = tuple(Level(f"{name}_evidence_l >= {step}", f"{known}: evidence of {step:g} or more") for step in steps)
    return Comparison(name, missing, levels, f"{known}: evidence under {steps[-1]:g}")


def _name() -> Comparison:
    # Naming the keys makes Splink hold this comparison back where a start takes names as given.
    missing = "name_evidence_l is null or (given_key_l is null and surname_key_l is null)"
    return _steps("name", missing, NAME_STEPS, "names")


def _alias() -> Comparison:
    """An alias may be what another list takes for the name."""
    return _steps("alias", "alias_evidence_l is null", ALIAS_STEPS, "an alias and a name or an alias")


def _birth() -> Comparison:
    gap = "(greatest(birth_low_l, birth_low_r) - least(birth_high_l, birth_high_r))"
    stated = "birth_stated_l and birth_stated_r"
    exact = "not (birth_rounded_l or birth_rounded_r)"
    return Comparison(
        "birth",
        "birth_low_l is null or birth_low_r is null",
        (
            Level(f"{stated} and birth_best_l = birth_best_r", "the same stated year"),
            Level(f"{exact} and {gap} <= 0 and birth_best_l = birth_best_r", "ages that give the same year"),
            Level(f"{exact} and {gap} <= 0", "ages that can be one year of birth"),
            Level(f"{gap} <= 0", "rounded or vague ages that can be one year of birth"),
            Level(f"{exact} and {gap} <= 1", "one year apart"),
            Level(f"{exact} and {gap} <= 3", "two or three years apart"),
            Level(f"{gap} <= 5", "up to five years apart"),
        ),
        "more than five years apart",
    )


def _origin() -> Comparison:
    same, coarse = "origin_province_l = origin_province_r", "(origin_county_l is null or origin_county_r is null)"
    return Comparison(
        "origin",
        "origin_province_l is null or origin_province_r is null",
        (
            Level("origin_county_l = origin_county_r", "the same county", ("origin_county",)),
            Level(f"{same} and {coarse}", "the same province, no more said", ("origin_province",)),
            Level(same, "two counties of one province", ("origin_province",)),
        ),
        "two provinces",
    )


def _crossing() -> Comparison:
    gap = "(greatest(crossing_low_l, crossing_low_r) - least(crossing_high_l, crossing_high_r))"
    wide = "greatest(crossing_high_l - crossing_low_l, crossing_high_r - crossing_low_r)"
    months = "(crossing_months_l & crossing_months_r) <> 0"
    return Comparison(
        "crossing",
        "crossing_low_l is null or crossing_low_r is null",
        (
            Level(f"{gap} <= 0 and {wide} <= 31", "the same month", ("crossing_year",)),
            Level(f"{gap} <= 0 and {wide} <= 124", "the same season", ("crossing_year",)),
            Level(f"{gap} <= 0 and {wide} <= 372", "the same year, the month not said by one", ("crossing_year",)),
            Level(f"{gap} <= 0", "a vague time that holds the other"),
            Level(f"{gap} <= 760 and {wide} <= 124 and {months}", "the same season, one or two years apart"),
            Level(f"{gap} <= 366 and {wide} <= 124", "up to a year apart, in another season"),
            Level(f"{gap} <= 366", "up to a year apart"),
            Level(f"{gap} <= 760", "up to two years apart"),
        ),
        "more than two years apart",
    )


def _route() -> Comparison:
    known = "coalesce(crossing_from_{0}, crossing_to_{0}) is null"
    rare_from = (("crossing_from",), "origin_county")
    no_from = "(crossing_from_l is null or crossing_from_r is null)"
    no_to = "(crossing_to_l is null or crossing_to_r is null)"
    return Comparison(
        "route",
        f"{known.format('l')} or {known.format('r')}",
        (
            Level(
                "crossing_route_l = crossing_route_r",
                "the same places left and reached",
                ("crossing_from",),
                "origin_county",
            ),
            Level("crossing_from_l = crossing_from_r", "the same place left", *rare_from),
            Level("crossing_to_l = crossing_to_r", "the same place reached", ("crossing_to",), "origin_county"),
            Level(f"{no_from} and {no_to}", "one names the place left, the other the place reached"),
        ),
        "two crossing places",
    )


def _destination() -> Comparison:
    prefecture, province = "dest_prefecture_l = dest_prefecture_r", "dest_province_l = dest_province_r"
    return Comparison(
        "destination",
        "dest_province_l is null or dest_province_r is null",
        (
            Level("dest_county_l = dest_county_r", "the same county", ("dest_county",)),
            Level(
                f"{prefecture} and (dest_county_l is null or dest_county_r is null)",
                "the same prefecture, no more said",
                ("dest_prefecture",),
            ),
            Level(prefecture, "two counties of one prefecture", ("dest_prefecture",)),
            Level(
                f"{province} and (dest_prefecture_l is null or dest_prefecture_r is null)",
                "the same province, no more said",
                ("dest_province",),
            ),
            Level(province, "two prefectures of one province", ("dest_province",)),
        ),
        "two provinces",
    )


def _sex() -> Comparison:
    both = (Level("sex_l = sex_r and sex_l = 'M'", "both men"), Level("sex_l = sex_r", "both women"))
    return Comparison("sex", "sex_l is null or sex_r is null", both, "another sex")


def _harm() -> Comparison:
    missing = "exploitation_l is null or exploitation_r is null"
    same = Level("exploitation_l = exploitation_r", "the same exploitation", ("exploitation",), "sex")
    return Comparison("harm", missing, (same,), "another form of exploitation")


def _return() -> Comparison:
    unlike = "forced_return_l <> forced_return_r"
    unsaid = "(return_year_l is null or return_year_r is null)"
    later = "return_year_l > report_year_r or return_year_r > report_year_l"
    rare = (("return_year",), "crossing_year")
    return Comparison(
        "return",
        "forced_return_l is null or forced_return_r is null",
        (
            Level("return_year_l = return_year_r", "returned in the same year", *rare),
            Level("not forced_return_l and not forced_return_r", "neither returned"),
            Level(f"forced_return_l and forced_return_r and {unsaid}", "both returned, one year not said"),
            Level(later, "one returned after the other was written down"),
            Level(f"{unlike} and return_year_l is null and return_year_r is null", "one returned, the year not said"),
            Level(unlike, "one returned before the other was written down as never returned"),
        ),
        "returned in two different years",
    )
