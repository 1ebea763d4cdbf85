"""Overlap tables out of files, folders of draws, data frames, matrices and counts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from testimonia.errors import BadTable, UnusablePath
from testimonia.estimation import grid
from testimonia.estimation.grid import Grid
from testimonia.estimation.table import OverlapTable, Pattern

__all__ = ["of_counts", "of_frame", "of_matrix", "read"]

LARGEST_FILE = 64 << 20  # bytes; 4,096 patterns in ten thousand strata
OVERLAP = "overlap.csv"
DRAWS = "draws"
MAGIC = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "compressed",
}


def read(
    path: Path, *, strata: Sequence[str] = (), censored: Iterable[Pattern] = (), people: bool = False
) -> OverlapTable:
    """Read a CSV file, or a folder with `overlap.csv` and `draws/*.csv`. See `OverlapTable.read_csv`."""
    if not path.is_dir():
        return grid.table(_grid(path, people), strata=strata, censored=censored, name=path.stem)
    main = path / OVERLAP
    if not main.is_file():
        raise BadTable(
            f"{path}: the folder holds no {OVERLAP}; name a table, or a folder that `testimonia link` has written."
        )
    censored = tuple(censored)
    table = replace(_file(main, strata, censored), name=path.name)
    draws = tuple(_file(draw, (), censored) for draw in sorted((path / DRAWS).glob("*.csv")))
    for draw, file in zip(draws, sorted((path / DRAWS).glob("*.csv")), strict=True):
        if draw.lists != table.lists:
            raise BadTable(
                f"{file}: its lists are {', '.join(draw.lists)}, but those of {OVERLAP} are "
                f"{', '.join(table.lists)}; every draw is of the same lists in the same order."
            )
    return replace(table, draws=draws)


def _file(path: Path, strata: Sequence[str], censored: Iterable[Pattern]) -> OverlapTable:
    return grid.table(_grid(path), strata=strata, censored=censored, name=path.stem)


def _grid(path: Path, people: bool = False) -> Grid:
    text = _text(path)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise BadTable(f"{path}: this is no table in CSV form ({error}); save it as CSV again.") from error
    if not rows:
        raise BadTable(f"{path}: the file is empty; the first row names the lists and the column count.")
    width = max((place for place, name in enumerate(rows[0][1], 1) if name), default=0)
    body = tuple((number, _fitted(path, number, cells, width)) for number, cells in rows[1:])
    return Grid(str(path), rows[0][1][:width], body, people=people)


def _text(path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16, without its mark."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = (
            f"{path}: cannot be read ({(error.strerror or type(error).__name__).lower()}). Name a table that is there."
        )
        raise UnusablePath(why) from error
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise BadTable(f"{path}: this is {what}, not a CSV file; save the table as CSV and name that file.")
    if len(data) > LARGEST_FILE:
        raise BadTable(f"{path}: more than {LARGEST_FILE >> 20} MB are no table of counts; name another file.")
    try:
        return data.decode(_encoding(data)).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise BadTable(f"{path}: the file is neither UTF-8 nor UTF-16; save it as CSV in UTF-8.") from error


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" not in data[:200]:
        return "utf-8"
    return "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"


def _rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that are not blank, with the number of their line; cells are trimmed."""
    named = re.match(r"sep=(.)\r?\n", text)  # a spreadsheet's own way of saying so
    head = text[named.end() if named else 0 :].lstrip().partition("\n")[0]
    comma = named[1] if named else max(",;\t|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    cells = ((reader.line_num, tuple(" ".join(cell.split()) for cell in row)) for row in reader)
    rows = [(number, row) for number, row in cells if any(row)]
    return rows[1:] if named else rows


def _fitted(path: Path, number: int, cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    if len(cells) < width or any(cells[width:]):
        raise BadTable(
            f"{path}: line {number}: {len(cells)} cells where the first row has {width}; give every row one cell a "
            "column."
        )
    return cells[:width]


def of_counts(
    counts: Mapping[Any, int], lists: Sequence[str] = (), *, censored: Iterable[Pattern] = (), name: str = ""
) -> OverlapTable:
    """Make a table of counts by pattern. See `OverlapTable.from_counts`."""
    names = tuple(lists) or _numbered(counts)
    rows = []
    for number, (pattern, count) in enumerate(counts.items(), 1):
        marks = _marks(pattern, names)
        rows.append((number, (*marks, _cell(count))))
    where = name or "The counts"
    made = Grid(where, (*names, grid.COUNT), rows, line="pattern")
    return grid.table(made, censored=censored, name=name)


def _numbered(counts: Mapping[Any, int]) -> tuple[str, ...]:
    first = next(iter(counts), ())
    if isinstance(first, int):
        raise BadTable("Counts by bit mask need the names of the lists; name them with `lists`.")
    return tuple(f"L{i}" for i in range(1, len(first) + 1))


def _marks(pattern: Pattern, lists: Sequence[str]) -> tuple[str, ...]:
    if isinstance(pattern, int):
        if not 0 <= pattern < 1 << len(lists):
            raise BadTable(f"The pattern {pattern} is no bit mask of {len(lists)} lists; give one of lists named.")
        return tuple(str(pattern >> i & 1) for i in range(len(lists)))
    if len(pattern) != len(lists):
        raise BadTable(f"The pattern {pattern!r} does not have one 0 or 1 for each of the {len(lists)} lists.")
    return tuple(_cell(mark) for mark in pattern)


def of_matrix(rows: Any, lists: Sequence[str] = (), *, name: str = "") -> OverlapTable:
    """Make a table of one row of 0 and 1 a person. See `OverlapTable.from_matrix`."""
    matrix = np.asarray(rows)
    if matrix.ndim != 2:
        raise BadTable(f"A matrix of people has one row a person and one column a list; this has shape {matrix.shape}.")
    names = tuple(lists) or tuple(f"L{i}" for i in range(1, matrix.shape[1] + 1))
    if len(names) != matrix.shape[1]:
        raise BadTable(f"{len(names)} names were given for a matrix of {matrix.shape[1]} columns; name each list once.")
    cells = tuple((number, tuple(map(_cell, row))) for number, row in enumerate(matrix.tolist(), 1))
    return grid.table(Grid(name or "The matrix", names, cells, line="row", people=True), name=name)


def of_frame(
    frame: Any, *, strata: Sequence[str] = (), censored: Iterable[Pattern] = (), name: str = ""
) -> OverlapTable:
    """Make a table of a data frame or a mapping of columns. See `OverlapTable.from_frame`."""
    header = [*getattr(frame, "columns", frame)]
    columns = [[_cell(value) for value in frame[column]] for column in header]
    if len({len(column) for column in columns}) > 1:
        raise BadTable("The columns of the data frame have different lengths; give each row one cell a column.")
    rows = tuple(enumerate(zip(*columns, strict=True), 1))
    names = tuple(" ".join(str(column).split()) for column in header)
    made = Grid(name or "The data frame", names, rows, line="row", people=True)
    return grid.table(made, strata=strata, censored=censored, name=name)


def _cell(value: Any) -> str:
    """A cell as the text a CSV file would hold: True and 1.0 are 1, a missing value is empty."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return " ".join(str(value).split())
