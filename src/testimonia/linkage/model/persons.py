"""Comparisons and blocking rules for plain tables of persons: a name in two parts, a date of birth, two places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testimonia.linkage.model.levels import Comparison, Design, Level
from testimonia.linkage.model.rules import Rule

__all__ = ["PERSON_COLUMNS", "person_design", "prepare_persons", "recognised"]

# What the heading of a column may be, in lower case.
PERSON_COLUMNS = {
    "given": ("given", "given_name", "first_name", "firstname", "forename"),
    "surname": ("surname", "last_name", "lastname", "family_name"),
    "born": ("dob", "date_of_birth", "birth_date", "birthdate", "born"),
    "birth_place": ("birth_place", "place_of_birth", "birthplace"),
    "residence": ("residence", "place_of_residence", "address", "city", "town"),
}

MOST = 3.0  # pairs a record that a wide rule may find
SELDOM = 3  # records that a slip of the pen may have in common with others, in a small table


def person_design() -> Design:
    """Comparisons, rules and starts for persons; the name is one comparison, so its parts are not counted twice."""
    return Design(
        comparisons=(_name(), _born(), _place("birth_place", "born in"), _place("residence", "living in")),
        rules=(
            Rule("given name and surname", ("given", "surname")),
            Rule("surname and date of birth", ("surname", "born")),
            Rule("given name and date of birth", ("given", "born")),
            Rule("date and place of birth", ("born", "birth_place")),
            Rule("date of birth and residence", ("born", "residence")),
            Rule("surname, place of birth and residence", ("surname", "birth_place", "residence")),
            Rule("given name, place of birth and residence", ("given", "birth_place", "residence")),
            Rule("surname, start of the given name, place of birth", ("surname", "given_start", "birth_place")),
            Rule("surname, end of the given name, place of birth", ("surname", "given_end", "birth_place")),
            Rule("surname, start of the given name, residence", ("surname", "given_start", "residence")),
            Rule("surname, end of the given name, residence", ("surname", "given_end", "residence")),
            Rule("surname, year and place of birth", ("surname", "born_year", "birth_place")),
            Rule("surname, year of birth, residence", ("surname", "born_year", "residence")),
            Rule("given name and place of birth", ("given", "birth_place"), most=MOST),
            Rule("given name and residence", ("given", "residence"), most=MOST),
            Rule("place of birth and residence", ("birth_place", "residence"), most=MOST),
            Rule("surname, month and day of birth", ("surname", "born_month", "born_day"), most=MOST),
            Rule("surname, year and month of birth", ("surname", "born_year", "born_month"), most=MOST),
        ),
        starts=(("given", "surname"), ("born",), ("birth_place", "residence")),
        telling=("name", "birth", "birth_place", "residence"),
        enough=2,
    )


def recognised(headings: Sequence[str]) -> dict[str, str]:
    """Which column holds what, by its heading. Raises ValueError where there is no name, or nothing beside it."""
    known = {heading: role for role, words in PERSON_COLUMNS.items() for heading in words}
    plain = {heading.strip().lower().replace(" ", "_"): heading for heading in headings}
    found = {known[heading]: original for heading, original in plain.items() if heading in known}
    if not found.keys() & {"given", "surname"} or not found.keys() - {"given", "surname"}:
        raise ValueError(
            f"Persons are compared by a name and a date or place; of {', '.join(headings)} "
            f"only {', '.join(found.values()) or 'none'} is known as such a column."
        )
    return found


def prepare_persons(table: pa.Table, columns: dict[str, str]) -> pa.Table:
    """The table in the columns that the design reads: `columns` says which of its columns holds what.

    Dates that are not written year-month-day count as missing.
    """
    count, names = table.num_rows, set(table.column_names)
    numbers = pa.array(np.arange(count, dtype=np.int32))
    out: dict[str, Any] = {
        "unique_id": numbers,
        "record_id": (table.column("record_id") if "record_id" in names else numbers).cast(pa.string()),
        "source_dataset": table.column("source_dataset") if "source_dataset" in names else pa.array(["list"] * count),
    }
    for role in PERSON_COLUMNS:
        source = columns.get(role)
        out[role] = _text(table.column(source)) if source else pa.nulls(table.num_rows, pa.string())
    year, month, day = _date_parts(out["born"])
    out |= {"born_year": year, "born_month": month, "born_day": day}
    out["born"] = pc.if_else(pc.is_valid(year), out["born"], None)
    out |= {"given_start": pc.utf8_slice_codeunits(out["given"], 0, 3)}
    out |= {"given_end": pc.utf8_slice_codeunits(out["given"], -3)}
    out |= {f"{part}_seldom": _seldom(out[part]) for part in ("given", "surname")}
    return pa.table(out)


def _seldom(names: pa.Array) -> pa.Array:
    """Whether a name is written so in hardly any record: most slips of the pen are."""
    counts = pc.value_counts(names)
    few = pc.less_equal(counts.field("counts"), SELDOM + len(names) // 100_000)
    return pc.is_in(names, counts.field("values").filter(few))


def _text(column: pa.ChunkedArray) -> pa.Array:
    """Text in lower case without blanks at its ends, null where nothing is left."""
    text = pc.utf8_lower(pc.utf8_trim_whitespace(column.cast(pa.string()))).combine_chunks()
    return pc.if_else(pc.equal(text, ""), None, text)


def _date_parts(born: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    parts = pc.extract_regex(born, r"^(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})$")
    return tuple(pc.struct_field(parts, [name]).cast(pa.int16()) for name in "ymd")


_PARTS = {
    # Best first: how one part of two names agrees.
    "exact": ("{0}_l = {0}_r", "the same {1}"),
    "typo": ("{2} <= 2 and ({0}_seldom_l or {0}_seldom_r)", "a {1} with a slip of the pen"),
    "near": ("{2} <= 2", "two similar {1}s in use"),
    "missing": ("({0}_l is null or {0}_r is null)", "a {1} missing"),
    "other": ("true", "two {1}s"),
}


def _part(column: str, words: str, kind: str) -> tuple[str, str]:
    """The condition and the meaning of one way in which one part of two names agrees."""
    condition, meaning = _PARTS[kind]
    distance = f"damerau_levenshtein({column}_l, {column}_r)"
    return condition.format(column, words, distance), meaning.format(column, words, distance)


def _name() -> Comparison:
    """Both parts at once, so that nothing is assumed of how their agreements go together."""
    kinds = list(_PARTS)
    both = sorted(((g, s) for g in kinds for s in kinds), key=lambda pair: kinds.index(pair[0]) + kinds.index(pair[1]))
    levels = [_name_level(g, s) for g, s in both if (g, s) not in {("missing", "missing"), ("other", "other")}]
    levels.insert(1, Level("given_l = surname_r and surname_l = given_r", "given name and surname exchanged"))
    missing = " and ".join(_part(column, "", "missing")[0] for column in ("given", "surname"))
    return Comparison("name", missing, tuple(levels), "another name")


def _name_level(given: str, surname: str) -> Level:
    conditions, meanings = zip(_part("given", "given name", given), _part("surname", "surname", surname), strict=True)
    shared = tuple(c for c, kind in (("given", given), ("surname", surname)) if kind == "exact")
    return Level(" and ".join(conditions), ", ".join(meanings), shared)


def _born() -> Comparison:
    year, month, day = (f"born_{part}_l = born_{part}_r" for part in ("year", "month", "day"))
    return Comparison(
        "birth",
        "born_year_l is null or born_year_r is null",
        (
            Level("born_l = born_r", "the same date", ("born",)),
            Level(f"{year} and born_month_l = born_day_r and born_day_l = born_month_r", "day and month exchanged"),
            Level(f"{month} and {day} and abs(born_year_l - born_year_r) = 1", "the same day, one year apart"),
            Level(f"{year} and {month}", "the same month, another day"),
            Level(f"{month} and {day} and abs(born_year_l - born_year_r) <= 10", "the same day, up to ten years apart"),
            Level(f"{year} and {day}", "the same day of another month"),
            Level(f"{year}", "the same year"),
        ),
        "another year",
    )


def _place(column: str, verb: str) -> Comparison:
    return Comparison(
        column,
        f"{column}_l is null or {column}_r is null",
        (Level(f"{column}_l = {column}_r", f"{verb} the same place", (column,)),),
        f"{verb} another place",
    )
