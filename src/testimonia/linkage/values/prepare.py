"""The records of all lists as one table of plain columns, which DuckDB and Spark can block on and compare.

Every distinct cell is read once, so that the time goes by the variety of a list and not by its length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from testimonia.linkage import names
from testimonia.linkage.lists import ListRecord
from testimonia.linkage.values.births import Birth, read_age, read_birth, read_birth_year
from testimonia.linkage.values.called import Called, read_called
from testimonia.linkage.values.dates import DateRange, read_date
from testimonia.linkage.values.distinct import Distinct, distinct, joined
from testimonia.linkage.values.gazetteer import Unit
from testimonia.linkage.values.places import Place, Route, facing, read_place, read_route
from testimonia.linkage.values.text import known_word, not_known

__all__ = ["SCHEMA", "Unread", "prepare", "unread"]

T = TypeVar("T")
NO_YEAR = (
    "no year of birth follows from this age, since the year of the report is missing; it takes no part in the linkage"
)
GIVE_YEAR = "give the year of the report in the same row, or the date of the crossing if it is the age at the crossing"
FIRST_YEAR, LAST_YEAR = 1880, 2079

SCHEMA = pa.schema(
    [
        ("unique_id", pa.int32()),
        ("record_id", pa.string()),
        ("source_dataset", pa.string()),
        ("name_code", pa.binary()),
        ("name_keys", pa.list_(pa.int64())),
        ("name_parts", pa.list_(pa.int64())),
        ("surname_key", pa.int64()),
        ("given_key", pa.int64()),
        ("alias_code", pa.binary()),
        ("alias_codes", pa.list_(pa.binary())),
        ("alias_keys", pa.list_(pa.int64())),
        ("assumed", pa.bool_()),
        ("kin", pa.string()),
        ("sex", pa.string()),
        ("birth_low", pa.int16()),
        ("birth_high", pa.int16()),
        ("birth_best", pa.int16()),
        ("birth_other", pa.int16()),
        ("birth_stated", pa.bool_()),
        ("birth_rounded", pa.bool_()),
        ("birth_reach", pa.int16()),
        ("birth_years", pa.list_(pa.int16())),
        ("origin_county", pa.string()),
        ("origin_province", pa.string()),
        ("crossing_low", pa.int32()),
        ("crossing_high", pa.int32()),
        ("crossing_months", pa.int16()),
        ("crossing_year", pa.int16()),
        ("crossing_depth", pa.int16()),
        ("crossing_route", pa.string()),
        ("crossing_from", pa.string()),
        ("crossing_to", pa.string()),
        ("crossing_facing", pa.string()),
        ("dest_province", pa.string()),
        ("dest_prefecture", pa.string()),
        ("dest_county", pa.string()),
        ("exploitation", pa.string()),
        ("forced_return", pa.bool_()),
        ("return_year", pa.int16()),
        ("report_year", pa.int16()),
        ("derived_from", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell in which something is written that says nothing: position of the record, its field, why, what to do."""

    record: int
    field: str
    what: str = "what is written here could not be read, and takes no part in the linkage"
    remedy: str = "write the place, year, date or word in full, or leave the cell empty"


def read_year(text: str) -> int | None:
    """A calendar year that living people remember, from a year or a date; None for another."""
    if text.isascii() and text.isdigit() and len(text) == 4:
        year: int | None = int(text)
    else:
        found = read_date(text)
        year = found.year if found else None
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def read_codes(text: str) -> str | None:
    """Kinds of exploitation, `FM` or several as `FM;SX`, in order of the alphabet; None where none is known."""
    cells = [text, *text.replace(",", ";").replace("/", ";").replace("、", ";").split(";")]
    found = {code for cell in cells if (code := known_word("exploitation", cell))}
    return ";".join(sorted(found)) or None


def read_answer(text: str) -> bool | None:
    """Yes or no in three languages; a year (of a return) is a yes."""
    answer = known_word("answer", text)
    if answer is None and read_year(text.strip()) is not None:
        return True
    return None if answer is None else answer == "yes"


class _Read:
    """What the records say, field by field."""

    def __init__(self, records: Sequence[ListRecord]) -> None:
        self.report = distinct(r.report_year for r in records).each(read_year)
        self.crossing = distinct(r.crossing_date for r in records).each(_date)
        said = [distinct(r.birth_year for r in records), distinct(r.age for r in records)]
        when = distinct(r.age_at for r in records)
        self.born = joined(*said, when, self.report, self.crossing)
        self.birth = self.born.each(lambda cells: read_birth(*cells))
        self.origin = distinct(r.origin_place for r in records).each(lambda text: read_place(text, "PRK"))
        self.route = distinct(r.crossing_place for r in records).each(read_route)
        self.destination = distinct(r.destination for r in records).each(lambda text: read_place(text, "CHN"))
        self.sex = distinct(r.sex for r in records).each(lambda text: known_word("sex", text))
        self.exploitation = distinct(r.exploitation for r in records).each(read_codes)
        self.returned = distinct(r.forced_return for r in records).each(read_answer)
        self.return_year = distinct(r.return_year for r in records).each(read_year)


def _date(text: str) -> DateRange | None:
    found = read_date(text)
    if found is None:
        return None
    first, last = found.years
    possible = (first is None or first >= FIRST_YEAR) and (last is None or last <= LAST_YEAR)
    return found if possible else None


def prepare(records: Sequence[ListRecord]) -> pa.Table:
    """One row a record, in their order: SCHEMA. What is not said, or not read, is null.

    Names are there as `linkage.names` encodes them: `name_code` and `name_keys` to block on (`name_parts`, surname
    and one syllable, only together with another column), `alias_codes` as a set, of which `alias_code` is the first.
    `birth_low` to `birth_high` holds the year of birth whichever way the age was counted; `birth_other` is a
    second guess where an age may be that at the report or at the crossing. `crossing_year` is given where the
    date lies in one year, `crossing_months` has a bit for each possible month, `crossing_depth` says how exact the
    date is (3 a month, 2 a season or part of a year, 1 a year, 0 more); `crossing_facing` names the counties on the
    other bank of the one that was said. `birth_years` lists the years of birth that are possible, unless they are
    too many to tell anything. A name that is a kin word is none (`kin` says which); `assumed` marks a name that the
    list itself calls a pseudonym.
    """
    read = _Read(records)
    cited = distinct(r.derived_from for r in records)
    called = distinct((r.name, r.alias, r.name_note) for r in records).each(lambda cells: read_called(*cells))
    columns = {
        "unique_id": pa.array(range(len(records)), pa.int32()),
        "record_id": pa.array([r.record_id for r in records], pa.string()),
        "source_dataset": pa.array([r.list for r in records], pa.string()),
        "derived_from": cited.column(lambda text: None if not_known(text) else text, pa.string()),
        "report_year": read.report.column(_same, pa.int16()),
        "sex": read.sex.column(_same, pa.string()),
        "exploitation": read.exploitation.column(_same, pa.string()),
        "forced_return": joined(read.returned, read.return_year).column(_was_returned, pa.bool_()),
        "return_year": read.return_year.column(_same, pa.int16()),
        **_columns(called.each(_named), NAMES),
        **_columns(read.birth.each(_born), BIRTHS),
        **_columns(read.crossing.each(_crossed), CROSSINGS),
        **_columns(read.route.each(_banks), BANKS),
        **_columns(read.origin.each(_place), {"county": "origin_county", "province": "origin_province"}),
        **_columns(read.destination.each(_place), DESTINATIONS),
    }
    return pa.table([columns[field.name] for field in SCHEMA], SCHEMA)


NAMED = ("name_", "surname_", "given_", "alias_", "assumed", "kin")
NAMES = {field.name: field.name for field in SCHEMA if field.name.startswith(NAMED)}
BIRTHS = {field.name: field.name for field in SCHEMA if field.name.startswith("birth")}
CROSSINGS = {f"crossing_{part}": f"crossing_{part}" for part in ("low", "high", "months", "year", "depth")}
BANKS = {f"crossing_{part}": f"crossing_{part}" for part in ("route", "from", "to", "facing")}
DESTINATIONS = {part: f"dest_{part}" for part in ("county", "prefecture", "province")}
Values = Mapping[str, Any]


def _columns(values: Distinct[Values], wanted: Mapping[str, str]) -> dict[str, pa.Array]:
    """Columns of the entries of mappings: entry -> name of the column."""
    return {
        column: values.column(lambda found, entry=entry: found.get(entry), SCHEMA.field(column).type)  # type: ignore[misc]
        for entry, column in wanted.items()
    }


def _same(value: T) -> T:
    return value


def _was_returned(said: tuple[bool | None, int | None]) -> bool | None:
    """A year of return is a return, where the list says no more."""
    answer, year = said
    return True if answer is None and year is not None else answer


def _born(birth: Birth | None) -> Values:
    if birth is None:
        return {}
    return {
        "birth_low": birth.low,
        "birth_high": birth.high,
        "birth_best": birth.best,
        "birth_other": birth.other,
        "birth_stated": birth.stated,
        "birth_rounded": birth.rounded,
        "birth_reach": birth.reach,
        "birth_years": birth.years,
    }


def _crossed(when: DateRange | None) -> Values:
    if when is None:
        return {}
    return {
        "crossing_low": when.low,
        "crossing_high": when.high,
        "crossing_months": when.months,
        "crossing_year": when.year,
        "crossing_depth": when.depth,
    }


def _banks(route: Route | None) -> Values:
    left = _deepest(route.left) if route else None
    reached = _deepest(route.reached) if route else None
    return {
        "crossing_from": left,
        "crossing_to": reached,
        "crossing_facing": facing(left or reached),
        "crossing_route": f"{left}-{reached}" if left and reached else None,
    }


def _deepest(unit: Unit | None) -> str | None:
    return unit.path[-1] if unit and unit.province else None


def _place(place: Place | None) -> Values:
    unit = place.unit if place else None
    if unit is None:
        return {}
    return {"county": unit.county, "prefecture": unit.prefecture, "province": unit.province}


def _named(called: Called) -> Values:
    """The names as `linkage.names` encodes them: nothing where there is none."""
    others = [code for name in called.aliases if (code := names.encode(name))]
    keys = sorted({key for name in called.aliases for key in names.keys(name)})
    found: dict[str, Any] = {"alias_codes": others, "alias_code": others[0] if others else None, "alias_keys": keys}
    found |= {"assumed": called.assumed, "kin": called.kin, "name_keys": (), "name_parts": ()}
    code = names.encode(called.name) if called.name else b""
    if code:
        surname, given = names.best_key(called.name)
        found |= {"name_code": code, "surname_key": surname, "given_key": given}
        found |= {"name_keys": names.keys(called.name), "name_parts": names.partial_keys(called.name)}
    return found


def unread(records: Sequence[ListRecord]) -> tuple[Unread, ...]:
    """The cells of `records` in which something is written that says nothing to this reader."""
    read = _Read(records)
    lost = {
        "origin_place": read.origin.where(_unread),
        "destination": read.destination.where(_unread),
        "crossing_place": read.route.where(_unread),
        "report_year": read.report.where(_none),
        "crossing_date": read.crossing.where(_none),
        "birth_year": read.born.where(lambda cells: read_birth_year(cells[0], cells[3]) is None),
        "age": read.born.where(lambda cells: read_age(cells[1]) is None),
        "sex": read.sex.where(_none),
        "exploitation": read.exploitation.where(_none),
        "forced_return": read.returned.where(_none),
        "return_year": read.return_year.where(_none),
    }
    missed = [
        Unread(int(i), field)
        for field, places in lost.items()
        for i in places
        if not not_known(getattr(records[i], field))
    ]
    missed += [Unread(int(i), "age", NO_YEAR, GIVE_YEAR) for i in read.born.where(_without_year)]
    return tuple(sorted(missed, key=lambda cell: (cell.record, cell.field)))


def _without_year(cells: tuple[Any, ...]) -> bool:
    """Whether an age is read, but nothing says in which year somebody was as old as that."""
    return read_age(cells[1]) is not None and read_birth(*cells) is None


def _unread(found: Place | Route | None) -> bool:
    return found is not None and found.status == "unread"


def _none(found: object) -> bool:
    return found is None
