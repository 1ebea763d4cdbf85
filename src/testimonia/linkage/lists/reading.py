"""Read list spreadsheets: every row becomes a record or is said to be none, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from testimonia.errors import UnreadableList
from testimonia.linkage.lists.checks import oddities
from testimonia.linkage.lists.headings import ColumnMap, recognise
from testimonia.linkage.lists.records import FIELDS, ListFile, ListRecord, RefusedRow, RowError
from testimonia.linkage.lists.sheets import Rows, read_rows

__all__ = ["read_list", "read_lists"]

TITLES = 10  # rows among which the heading is looked for


def read_list(path: Path, *, columns: ColumnMap | None = None) -> ListFile:
    """Read one list from a CSV or XLSX file.

    Columns are known by `columns`, else by usual headings in English, Korean and Chinese; the others are kept
    in `ListRecord.cells` and named in `ListFile.unknown`. The list is called by its file; a `list` column
    names it otherwise, row by row. Rows with too few or too many cells are refused and kept. A record without
    an id, or with one that stands above it already, gets one from its row, which is said.
    Raises UnreadableList, naming the file, where nothing can be read.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as problem:
        why = problem.strerror or "no such file"
        raise UnreadableList(f"{path.name}: it cannot be opened ({why}). Check the path.") from None
    rows, encoding, remarks = read_rows(data, path.name)
    if not rows:
        raise UnreadableList(f"{path.name}: it is empty. Give a list with a heading and one person a row.")
    top = _heading(rows, columns)
    reader = _Reader(path, [cell.strip() for cell in rows[top][1]], columns, rows[top][0])
    reader.errors.extend(reader.error(0, "", remark, "Save other sheets as lists of their own.") for remark in remarks)
    for number, cells in rows[:top]:
        reader.refuse(number, cells, "it stands above the heading; it was not read.", "")
    for number, cells in rows[top + 1 :]:
        reader.take(number, cells)
    return reader.file(encoding, hashlib.sha256(data).hexdigest())


def _heading(rows: Rows, columns: ColumnMap | None) -> int:
    """The row of the heading: the first of the top ones in which two cells stand for fields; titles stand above it."""
    known = (len(recognise([cell.strip() for cell in cells], columns)[0]) for _, cells in rows[:TITLES])
    return next((at for at, count in enumerate(known) if count >= 2), 0)


def read_lists(paths: Sequence[Path], *, columns: Mapping[str, ColumnMap] | None = None) -> tuple[ListFile, ...]:
    """Read several lists, `columns` by list name; ids and list names that two files share are told apart and said.

    One list alone is read, and said to have no overlap with any other.
    """
    maps = columns or {}
    files = [read_list(Path(path), columns=maps.get(Path(path).stem)) for path in paths]
    if len(files) == 1:
        alone = RowError(
            0, "", "it is the only list: no overlap, so no hidden total.", "Give two lists or more.", files[0].name
        )
        files[0] = _replaced(files[0], files[0].records, [alone])
    return tuple(_apart(files))


def _apart(files: Sequence[ListFile]) -> Iterator[ListFile]:
    """Ids and list names made unique over all files: what an earlier file uses is told apart, and said."""
    ids: set[str] = set()
    names: set[str] = set()
    for file in files:
        file = _named_apart(file, names) if file.name in names else file
        names.add(file.name)
        own = {record.record_id for record in file.records}
        records, said = [], []
        for record in file.records:
            if record.record_id in ids:
                new = _fresh(f"{record.list}/{record.record_id}", ids | own)
                own.add(new)
                what = f"the id {record.record_id} stands in an earlier list; here it is called {new}."
                said.append(RowError(record.row, "record_id", what, "Give each list ids of its own.", file.name))
                record = record._replace(record_id=new)
            records.append(record)
        ids |= own
        yield _replaced(file, records, said)


def _named_apart(file: ListFile, names: set[str]) -> ListFile:
    """Two files of one name are two lists, as far as they do not say otherwise in a column of their own."""
    new = _fresh(file.name, names)
    what = f"an earlier list is called {file.name} too; this one is called {new}."
    records = [r._replace(list=new) if r.list == file.name else r for r in file.records]
    return replace(
        _replaced(file, records, [RowError(0, "", what, "Rename one of the files.", new)]),
        name=new,
    )


def _replaced(file: ListFile, records: Sequence[ListRecord], said: Sequence[RowError]) -> ListFile:
    return replace(file, records=tuple(records), errors=(*file.errors, *said))


def _fresh(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}#{number}", number + 1
    return name


class _Reader:
    """Takes the rows of one file after another."""

    def __init__(self, path: Path, headings: list[str], columns: ColumnMap | None, row: int) -> None:
        self.name = path.stem
        self.headings = headings
        self.errors: list[RowError] = []
        self._records: list[ListRecord] = []
        self._refused: list[RefusedRow] = []
        self._ids: set[str] = set()
        found, unknown = recognise(headings, columns)
        if not set(found) - {"record_id", "list"}:
            raise UnreadableList(
                f"{path.name}: none of its headings is known ({', '.join(headings[:8])}). "
                "Write a column map, or give the first row the headings of the columns."
            )
        self._columns = MappingProxyType(found)
        self._unknown = tuple(headings[index] for index in unknown)
        for heading in self._unknown:
            self.errors.append(self.error(row, heading, "this column is not known; it is kept, not compared.", ""))
        self._order = [found.get(name, -1) for name in FIELDS]

    def error(self, row: int, column: str, what: str, remedy: str) -> RowError:
        """One thing said about this list."""
        return RowError(row, column, what, remedy, self.name)

    def refuse(self, number: int, cells: list[str], what: str, remedy: str) -> None:
        """Keep a row that is no record, and say why."""
        self.errors.append(self.error(number, "", what, remedy))
        self._refused.append(RefusedRow(number, tuple(cells)))

    def take(self, number: int, cells: list[str]) -> None:
        """Make the row a record, or refuse it."""
        width = len(self.headings)
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) != width:
            what = f"{len(cells)} cells where the heading has {width}; the row was not read."
            self.refuse(number, cells, what, "Look for a separator too many, or one missing.")
            return
        if [cell.strip() for cell in cells] == self.headings:
            self.refuse(number, cells, "it repeats the heading; it was not read.", "")
            return
        values = [cells[index].strip() if index >= 0 else "" for index in self._order]
        record = ListRecord._make((*values, number, tuple(cells), self._columns))
        record = self._named(record)
        self.errors.extend(self.error(number, self._heading(f), what, remedy) for f, what, remedy in oddities(record))
        self._records.append(record)

    def _heading(self, field: str) -> str:
        column = self._columns.get(field)
        return field if column is None else self.headings[column]

    def _named(self, record: ListRecord) -> ListRecord:
        """The record with a list and an id of its own."""
        wanted = record.record_id or f"{self.name}-row{record.row}"
        given = _fresh(wanted, self._ids)
        if not record.record_id and "record_id" in self._columns:
            what = f"no id; the record is called {given}."
            self.errors.append(self.error(record.row, self._heading("record_id"), what, "Give it one."))
        elif given != wanted:
            what = f"the id {wanted} stands above already; this record is called {given}."
            self.errors.append(self.error(record.row, self._heading("record_id"), what, "Give it one of its own."))
        self._ids.add(given)
        if given != record.record_id or not record.list:
            record = record._replace(record_id=given, list=record.list or self.name)
        return record

    def file(self, encoding: str, sha256: str) -> ListFile:
        """All that was read."""
        if not self._records:
            self.errors.append(self.error(0, "", "no record could be read.", "Check the heading and the rows."))
        return ListFile(
            self.name,
            tuple(self._records),
            tuple(self.errors),
            tuple(self._refused),
            tuple(self.headings),
            self._columns,
            self._unknown,
            encoding,
            sha256,
        )
