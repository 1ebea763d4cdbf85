"""What a list spreadsheet says, row by row: records, what could not be taken as said, and where each cell stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["FIELDS", "ListFile", "ListRecord", "RefusedRow", "RowError", "cell_name"]

NO_COLUMNS: Mapping[str, int] = MappingProxyType({})
FIELDS = (
    "record_id",
    "list",
    "report_year",
    "name",
    "name_note",
    "alias",
    "sex",
    "birth_year",
    "age",
    "age_at",
    "origin_place",
    "crossing_date",
    "crossing_place",
    "destination",
    "exploitation",
    "forced_return",
    "return_year",
    "derived_from",
)


def cell_name(row: int, column: int) -> str:
    """The name a spreadsheet program gives a cell: row 3 and column 0 are `A3`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class ListRecord(NamedTuple):
    """One row of a list: the fields as written (stripped of outer blanks, empty where nothing stands).

    `row` is the number a spreadsheet program shows (the heading is row 1); `cells` are all cells as read,
    unchanged; `columns` tells which of them holds which field, the same mapping for every row of a file.
    """

    record_id: str
    list: str
    report_year: str = ""
    name: str = ""
    name_note: str = ""
    alias: str = ""
    sex: str = ""
    birth_year: str = ""
    age: str = ""
    age_at: str = ""
    origin_place: str = ""
    crossing_date: str = ""
    crossing_place: str = ""
    destination: str = ""
    exploitation: str = ""
    forced_return: str = ""
    return_year: str = ""
    derived_from: str = ""
    row: int = 0
    cells: tuple[str, ...] = ()
    columns: Mapping[str, int] = NO_COLUMNS

    def coordinate(self, field: str) -> str | None:
        """The cell a field was read from (`D7`), or None where the list has no such column."""
        column = self.columns.get(field)
        return None if column is None else cell_name(self.row, column)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell or row, and what to do. `column` is empty where the whole row is meant.

    `row` 0 stands for the file; `list` names the list.
    """

    row: int
    column: str
    what: str
    remedy: str
    list: str = ""

    def __str__(self) -> str:
        where = f"{self.list}, " if self.list else ""
        place = f"row {self.row}" if self.row else "the file"
        column = f", {self.column}" if self.column else ""
        return f"{where}{place}{column}: {self.what} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is no record because its cells cannot be told apart; kept as it was read."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListFile:
    """One list as read.

    `columns`: field -> column number; `unknown`: headings that stand for no field (their cells stay in
    `ListRecord.cells`); `encoding`: how the bytes were read ("xlsx" for a workbook); `sha256` of the file.
    """

    name: str
    records: tuple[ListRecord, ...]
    errors: tuple[RowError, ...]
    refused: tuple[RefusedRow, ...]
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    encoding: str
    sha256: str
