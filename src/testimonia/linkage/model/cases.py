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
from testimonia.linkage.values import LEVELS, ValueComparison

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
    comparisons = (_name(), _alias(), *map(_facts, LEVELS))
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


def _facts(comparison: ValueComparison) -> Comparison:
    """The levels that values have; of the last only the meaning is needed, since it holds where no other does."""
    *levels, last = comparison.levels
    return Comparison(
        comparison.name,
        comparison.null_sql,
        tuple(Level(one.sql, one.meaning, (one.shared,) if one.shared else (), one.within) for one in levels),
        last.meaning,
    )
