"""The records of all lists as one table of plain columns, which DuckDB and Spark can block on and compare.

Every distinct cell is read once, so that the time goes by the variety of a list and not by its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from testimonia.linkage import names
from testimonia.linkage.lists import ListRecord
from testimonia.linkage.values.births import Birth, read_birth
from testimonia.linkage.values.called import Called, read_called
from testimonia.linkage.values.dates import DateRange, read_date
from testimonia.linkage.values.gazetteer import Unit
from testimonia.linkage.values.places import Place, Route, facing, read_place, read_route
from testimonia.linkage.values.text import known_word, not_known

__all__ = ["SCHEMA", "Unread", "prepare", "unread"]

T = TypeVar("T")
K = TypeVar("K")
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
    """A cell in which something is written that could not be read: position of the record, and its field."""

    record: int
    field: str


def _each(values: Iterable[K], read: Callable[[K], T]) -> list[T]:
    """`read` of every value, called once for each distinct one."""
    values = list(values)
    known = {value: read(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


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


@dataclass(frozen=True, slots=True)
class _Read:
    """The values of all records, column by column."""

    records: Sequence[ListRecord]
    called: list[Called]
    report: list[int | None]
    crossing: list[DateRange | None]
    birth: list[Birth | None]
    origin: list[Place | None]
    route: list[Route | None]
    destination: list[Place | None]
    sex: list[str | None]
    exploitation: list[str | None]
    returned: list[bool | None]
    return_year: list[int | None]


def _read(records: Sequence[ListRecord]) -> _Read:
    report = _each((r.report_year for r in records), read_year)
    crossing = _each((r.crossing_date for r in records), _date)
    said = ((r.birth_year, r.age, r.age_at) for r in records)
    births = ((*cells, year, when) for cells, year, when in zip(said, report, crossing, strict=True))
    return _Read(
        records,
        _each(((r.name, r.alias, r.name_note) for r in records), lambda cells: read_called(*cells)),
        report,
        crossing,
        _each(births, lambda cells: read_birth(*cells)),
        _each((r.origin_place for r in records), lambda text: read_place(text, "PRK")),
        _each((r.crossing_place for r in records), read_route),
        _each((r.destination for r in records), lambda text: read_place(text, "CHN")),
        _each((r.sex for r in records), lambda text: known_word("sex", text)),
        _each((r.exploitation for r in records), read_codes),
        _each((r.forced_return for r in records), read_answer),
        _each((r.return_year for r in records), read_year),
    )


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
    other bank of the one that was said. A name that is a kin word is
    none (`kin` says which); `assumed` marks a name that the list itself calls a pseudonym.
    """
    read = _read(records)
    columns: dict[str, Sequence[Any]] = {
        "unique_id": range(len(records)),
        "record_id": [r.record_id for r in records],
        "source_dataset": [r.list for r in records],
        "derived_from": [None if not_known(r.derived_from) else r.derived_from for r in records],
        "report_year": read.report,
        "sex": read.sex,
        "exploitation": read.exploitation,
        "forced_return": [
            True if answer is None and year is not None else answer
            for answer, year in zip(read.returned, read.return_year, strict=True)
        ],
        "return_year": read.return_year,
        **_names(read.called),
        **_births(read.birth),
        **_places(read),
        **_crossings(read.crossing, read.route),
    }
    return pa.table([pa.array(columns[field.name], field.type) for field in SCHEMA], SCHEMA)


def _births(births: Sequence[Birth | None]) -> dict[str, Sequence[Any]]:
    return {
        "birth_low": [b.low if b else None for b in births],
        "birth_high": [b.high if b else None for b in births],
        "birth_best": [b.best if b else None for b in births],
        "birth_other": [b.other if b else None for b in births],
        "birth_stated": [b.stated if b else None for b in births],
        "birth_rounded": [b.rounded if b else None for b in births],
        "birth_reach": [b.reach if b else None for b in births],
    }


def _places(read: _Read) -> dict[str, Sequence[Any]]:
    origin = [place.unit if place else None for place in read.origin]
    destination = [place.unit if place else None for place in read.destination]
    return {
        "origin_county": [unit.county if unit else None for unit in origin],
        "origin_province": [unit.province if unit else None for unit in origin],
        "dest_province": [unit.province if unit else None for unit in destination],
        "dest_prefecture": [unit.prefecture if unit else None for unit in destination],
        "dest_county": [unit.county if unit else None for unit in destination],
    }


def _crossings(dates: Sequence[DateRange | None], routes: Sequence[Route | None]) -> dict[str, Sequence[Any]]:
    left = [_deepest(route.left) if route else None for route in routes]
    reached = [_deepest(route.reached) if route else None for route in routes]
    return {
        "crossing_low": [d.low if d else None for d in dates],
        "crossing_high": [d.high if d else None for d in dates],
        "crossing_months": [d.months if d else None for d in dates],
        "crossing_year": [d.year if d else None for d in dates],
        "crossing_depth": [d.depth if d else None for d in dates],
        "crossing_facing": [facing(a or b) for a, b in zip(left, reached, strict=True)],
        "crossing_from": left,
        "crossing_to": reached,
        "crossing_route": [f"{a}-{b}" if a and b else None for a, b in zip(left, reached, strict=True)],
    }


def _deepest(unit: Unit | None) -> str | None:
    return unit.path[-1] if unit and unit.province else None


@dataclass(frozen=True, slots=True)
class _Coded:
    """A name as `linkage.names` encodes it: nothing where there is none."""

    code: bytes | None
    keys: tuple[int, ...]
    partial: tuple[int, ...]
    surname: int | None
    given: int | None


def _coded(name: str) -> _Coded:
    code = names.encode(name) if name else b""
    if not code:
        return _Coded(None, (), (), None, None)
    return _Coded(code, names.keys(name), names.partial_keys(name), *names.best_key(name))


def _names(called: Sequence[Called]) -> dict[str, Sequence[Any]]:
    written = dict.fromkeys(name for c in called for name in (c.name, *c.aliases))
    coded = {name: _coded(name) for name in written}
    own = [coded[c.name] for c in called]
    others = [[one for name in c.aliases if (one := coded[name]).code] for c in called]
    return {
        "name_code": [one.code for one in own],
        "name_keys": [one.keys for one in own],
        "name_parts": [one.partial for one in own],
        "surname_key": [one.surname for one in own],
        "given_key": [one.given for one in own],
        "alias_code": [several[0].code if several else None for several in others],
        "alias_codes": [[one.code for one in several] for several in others],
        "alias_keys": [sorted({key for one in several for key in one.keys}) for several in others],
        "assumed": [c.assumed for c in called],
        "kin": [c.kin for c in called],
    }


def unread(records: Sequence[ListRecord]) -> tuple[Unread, ...]:
    """The cells of `records` in which something is written that says nothing to this reader."""
    read = _read(records)
    missed: list[Unread] = []
    for field, values in (
        ("origin_place", [p is not None and p.status == "unread" for p in read.origin]),
        ("destination", [p is not None and p.status == "unread" for p in read.destination]),
        ("crossing_place", [p is not None and p.status == "unread" for p in read.route]),
        *((field, [v is None for v in values]) for field, values in _plain(read)),
    ):
        missed.extend(
            Unread(i, field) for i, none in enumerate(values) if none and not not_known(getattr(records[i], field))
        )
    return tuple(sorted(missed, key=lambda cell: (cell.record, cell.field)))


def _plain(read: _Read) -> list[tuple[str, Sequence[Any]]]:
    return [
        ("report_year", read.report),
        ("crossing_date", read.crossing),
        ("birth_year", read.birth),
        ("age", read.birth),
        ("sex", read.sex),
        ("exploitation", read.exploitation),
        ("forced_return", read.returned),
        ("return_year", read.return_year),
    ]
