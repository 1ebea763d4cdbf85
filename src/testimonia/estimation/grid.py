"""A grid of cells becomes an overlap table, or one sentence that says which cell stands in the way.

Files, data frames and matrices all come through here, so that the same mistake gets the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from testimonia.errors import BadTable, TooFewLists
from testimonia.estimation.table import LIMIT, OverlapTable, Pattern

__all__ = ["LARGEST", "Grid", "bit_mask", "require", "table"]

LARGEST = 10**8  # people in one table; beyond, rounding has a say in the fits
COUNT = "count"
WHOLE = re.compile(r"[+]?(\d+)(\.0*)?")
ZERO_ONE = {"0": 0, "1": 1, "0.0": 0, "1.0": 1}


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells as text: the names of the columns, and each row with its number in the source.

    `where` is how the source is called in a sentence, `line` how its rows are. With `people`, a source without a
    column `count` holds one person a row.
    """

    where: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]
    line: str = "line"
    people: bool = False

    def column(self, place: int) -> tuple[str, ...]:
        """The cells of one column."""
        return tuple(cells[place] for _, cells in self.rows)

    def bad(self, what: str, number: int | None = None) -> BadTable:
        """The error of this source, or of one of its rows."""
        row = "" if number is None else f" {self.line} {number}:"
        return BadTable(f"{self.where}:{row} {what}")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what: places of the lists, of the strata, of what is summed over, and of the counts."""

    lists: tuple[int, ...]
    strata: tuple[int, ...]
    rest: tuple[int, ...]
    count: int | None


def table(grid: Grid, *, strata: Sequence[str] = (), censored: Iterable[Pattern] = (), name: str = "") -> OverlapTable:
    """Make the table of a grid. Raises BadTable and TooFewLists."""
    _check_header(grid)
    columns = _columns(grid, strata)
    lists = tuple(grid.header[place] for place in columns.lists)
    if len(lists) > LIMIT:
        raise grid.bad(f"{len(lists)} lists are more than can be estimated; merge some, so that {LIMIT} are left.")
    if len(lists) < 2:
        raise TooFewLists(f"{grid.where}: {_too_few(len(lists))}{_about(grid, columns)}")
    if not grid.rows:
        raise grid.bad("there are no rows below the names of the columns; give one row a capture pattern.")
    parts: dict[str, np.ndarray] = {}
    zero = False
    for number, key, cell, count in _counted(grid, columns):
        if cell == 0:
            zero = True
            if count:
                raise grid.bad(_nobody_knows(count), number)
            continue
        parts.setdefault(key, np.zeros(1 << len(lists), dtype=np.int64))[cell] += count
    counts = sum(parts.values(), np.zeros(1 << len(lists), dtype=np.int64))
    made = OverlapTable(lists, counts, name=name, notes=tuple(_notes(grid, columns, zero)))
    require(made, grid.where)
    made = replace(made, censored=frozenset(bit_mask(pattern, lists, grid.where) for pattern in censored))
    if not columns.strata:
        return made
    return replace(made, strata={key: replace(made, counts=part, notes=(), name=key) for key, part in parts.items()})


def _check_header(grid: Grid) -> None:
    for place, name in enumerate(grid.header, 1):
        if not name:
            raise grid.bad(f"column {place} has no name; name it in the first row, or delete the column.")
        if grid.header.index(name) != place - 1:
            raise grid.bad(f"two columns are called {name}; give each list a name of its own.")


def _columns(grid: Grid, strata: Sequence[str]) -> _Columns:
    counts = [place for place, name in enumerate(grid.header) if name.casefold() == COUNT]
    if len(counts) > 1:
        raise grid.bad(f"two columns are called {COUNT}; keep the one with the number of people.")
    if not counts and not grid.people:
        raise grid.bad(
            f"there is no column called {COUNT} (the columns are {_listed(grid.header)}); put the number of people of "
            "each capture pattern into a column of that name, or say that each row is one person (--people)."
        )
    named = tuple(_named(grid, column, counts) for column in strata)
    lists: list[int] = []
    rest: list[int] = []
    for place in range(len(grid.header)):
        if place not in counts and place not in named:
            (lists if _is_list(grid, place) else rest).append(place)
    return _Columns(tuple(lists), named, tuple(rest), counts[0] if counts else None)


def _named(grid: Grid, column: str, counts: Sequence[int]) -> int:
    if column not in grid.header or grid.header.index(column) in counts:
        raise grid.bad(f"there is no column {column} to make strata of; the columns are {_listed(grid.header)}.")
    return grid.header.index(column)


def _is_list(grid: Grid, place: int) -> bool:
    """A column in which no cell is 0 or 1 says something else about the people; one other cell is a mistake."""
    cells = grid.column(place)
    if cells and not any(cell in ZERO_ONE for cell in cells):
        return False
    for number, row in grid.rows:
        if row[place] not in ZERO_ONE:
            name, cell = grid.header[place], row[place]
            held = f"holds {_short(cell)}" if cell else "is empty"
            raise grid.bad(
                f"column {name} {held}, but the column of a list holds 0 or 1; correct it, or name the column as "
                "strata if it is no list.",
                number,
            )
    return True


def _counted(grid: Grid, columns: _Columns) -> Iterator[tuple[int, str, int, int]]:
    """Each row as number, stratum, pattern and count; no pattern twice within a stratum."""
    seen: dict[tuple[tuple[str, ...], int], int] = {}
    for number, row in grid.rows:
        cell = sum(ZERO_ONE[row[place]] << i for i, place in enumerate(columns.lists))
        count = 1 if columns.count is None else _count(grid, number, row[columns.count])
        part = tuple(row[place] for place in (*columns.strata, *columns.rest))
        if columns.count is not None:
            first = seen.setdefault((part, cell), number)
            if first != number:
                raise grid.bad(_twice(grid, row, columns, first), number)
        yield number, ", ".join(row[place] or "(empty)" for place in columns.strata), cell, count


def _count(grid: Grid, number: int, cell: str) -> int:
    found = WHOLE.fullmatch(cell)
    if not found:
        what = f"is {_short(cell)}" if cell else "is empty"
        raise grid.bad(f"the count {what}; a count is a whole number of people, 0 or more, written in digits.", number)
    if len(found[1].lstrip("0")) > len(str(LARGEST)) or int(found[1]) > LARGEST:
        raise grid.bad(f"the count {_short(cell)} is more than {LARGEST:,} people; correct it.", number)
    return int(found[1])


def _twice(grid: Grid, row: Sequence[str], columns: _Columns, first: int) -> str:
    pattern = ",".join(row[place] for place in columns.lists)
    part = ", ".join(row[place] for place in (*columns.strata, *columns.rest))
    inside = f" of {part}" if part else ""
    return (
        f"the pattern {pattern}{inside} is there already in {grid.line} {first}; give each pattern once, with all its "
        "people."
    )


def _nobody_knows(count: int) -> str:
    what = f"{count} people" if count > 1 else "a person"
    return (
        f"{what} on none of the lists; nobody counted those whom no list recorded, they are what is to be estimated: "
        "delete this row."
    )


def _notes(grid: Grid, columns: _Columns, zero: bool) -> Iterator[str]:
    if columns.rest:
        names = _listed([grid.header[place] for place in columns.rest])
        yield f"Summed over what is no list: {names}. Name such a column as strata to estimate its parts separately."
    if zero:
        yield "A row for people on none of the lists, with count 0, was passed over: their number is what is estimated."


def _about(grid: Grid, columns: _Columns) -> str:
    """What to add when too few columns were lists, although there were others."""
    if not columns.rest:
        return ""
    names = _listed([grid.header[place] for place in columns.rest])
    return f" Columns without a single 0 or 1 were taken for no lists: {names}."


def require(made: OverlapTable, where: str = "The table") -> None:
    """Refuse a table from which nothing can be estimated. Raises TooFewLists and BadTable."""
    if made.k < 3:
        raise TooFewLists(f"{where}: {_two_lists(made) if made.k == 2 else _too_few(made.k)}")
    if made.n == 0:
        raise BadTable(f"{where}: every count is 0; nobody was recorded, so that there is nothing to estimate from.")
    if made.n > LARGEST:
        raise BadTable(f"{where}: the counts add up to more than {LARGEST:,} people; correct them.")
    for place, name in enumerate(made.lists):
        if made.size(1 << place) == 0:
            raise BadTable(f"{where}: the list {name} recorded nobody; leave out its column.")


def _too_few(lists: int) -> str:
    return f"there is {'one list' if lists else 'no list'} in it, and an estimate needs three that overlap, or more."


def _two_lists(made: OverlapTable) -> str:
    """What two lists can say, and what it takes for granted."""
    one, two, both = made.size(1), made.size(2), made.size(3)
    need = "two lists cannot tell whether they depend on each other, so that an estimate needs a third list"
    if both == 0:
        return f"{need}; nobody is on both, so that not even a figure under independence can be given."
    chapman = (one + 1) * (two + 1) / (both + 1) - 1
    return (
        f"{need}; if being on one made nobody more or less likely to be on the other, and nobody were missed in "
        f"matching, there would be about {chapman:,.0f} people in all (Chapman's form of the Lincoln-Petersen figure)."
    )


def bit_mask(pattern: Pattern, lists: Sequence[str], where: str = "The table") -> int:
    """The bit mask of a pattern written "0001", (0, 0, 0, 1) or 0b1000: the first list is the lowest bit.

    Raises BadTable where it is no pattern of these lists, or that of people on none of them.
    """
    if isinstance(pattern, int):
        cell = pattern if 0 <= pattern < 1 << len(lists) else None
    else:
        marks = [ZERO_ONE.get(str(mark)) for mark in pattern]
        known = len(marks) == len(lists) and None not in marks
        cell = sum((mark or 0) << i for i, mark in enumerate(marks)) if known else None
    if not cell:
        shown = pattern if isinstance(pattern, str | int) else ",".join(map(str, pattern))
        example = "0" * (len(lists) - 1) + "1"
        raise BadTable(
            f"{where}: {shown} is no capture pattern of its {len(lists)} lists; write one 0 or 1 a list and at least "
            f"one 1, such as {example} for people on {lists[-1] if lists else 'the last list'} only."
        )
    return cell


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_short(name) for name in names)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
