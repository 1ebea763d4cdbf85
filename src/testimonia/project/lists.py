"""Lists of people in: each spreadsheet preserved, each row a record, each cell a passage that a coding cites.

The rendering of a list has one line a row, cells apart by tabs; the number of a line is the number of the row in the
spreadsheet. So a cell can be found from its record and its record from a cell, without a table of places.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from testimonia import intake as reading
from testimonia.casebook import Arrival, Casebook, Collection, ListFile, ListProblem
from testimonia.errors import UnreadableList, UnusablePath
from testimonia.linkage import lists
from testimonia.linkage.lists.records import cell_name
from testimonia.model import Coding, Kind, Page, Passage, Reading
from testimonia.project.record_ids import without_names
from testimonia.project.steps import Report, Step, quiet

__all__ = ["Taken", "check_lists", "listed_records", "take_in_lists"]

READER = "list 1"  # raise it with every change of what is kept of a list
CODER = "list"
KINDS: Mapping[str, Kind] = {
    "name": "person",
    "name_note": "person",
    "alias": "person",
    "sex": "role",
    "birth_year": "date",
    "age": "figure",
    "age_at": "date",
    "origin_place": "place",
    "crossing_date": "date",
    "crossing_place": "place",
    "destination": "place",
    "exploitation": "act",
    "forced_return": "act",
    "return_year": "date",
    "report_year": "date",
    "derived_from": "attribution",
}
_BREAKS = str.maketrans("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00", " " * 11 + "\ufffd")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the lists that were given: records by list, what is wrong with their rows, files not read."""

    records: Mapping[str, int]
    problems: Sequence[tuple[str, ListProblem]]
    refused: int
    unread: Sequence[tuple[str, str]]


def take_in_lists(
    casebook: Casebook, paths: Sequence[Path], *, columns: Path | None = None, report: Report = quiet
) -> Taken:
    """Import lists as collections, one durable transaction each; a list that is here already is not taken again.

    A list that cannot be read is kept as it came and said; the others go on. Raises UnreadableList where none can be
    read, BadColumnMap, and UnusablePath for a path that is no file.
    """
    check_lists(paths)
    files, unread = _read(paths, _maps(casebook, paths, columns))
    _say_unread(casebook, unread, report)
    if not files:
        raise UnreadableList(next(iter(unread.values())))
    for number, (path, file) in enumerate(files.items(), 1):
        _keep(casebook, path, file)
        refused = f", {len(file.refused)} refused" if file.refused else ""
        text = f"{file.name}: {len(file.records)} records{refused}"
        report(Step("lists", number, len(files), text, notable=bool(file.refused)))
    return Taken(
        records={one.name: one.records for one in casebook.collections()},
        problems=[(file.name, problem) for file in files.values() for problem in _problems(file)],
        refused=sum(len(file.refused) for file in files.values()),
        unread=[(path.name, why) for path, why in unread.items()],
    )


def check_lists(paths: Sequence[Path]) -> None:
    """Raise UnusablePath for a path that is no file, before anything is made."""
    for path in paths:
        if not path.is_file():
            raise UnusablePath(f"{path}: there is no such file; name lists as CSV or XLSX. Nothing was read.")


def _maps(casebook: Casebook, paths: Sequence[Path], columns: Path | None) -> dict[str, lists.ColumnMap]:
    """A map for each list: the one given, else the one under which this list was read before."""
    if columns is not None:
        given = lists.ColumnMap.load(columns)
        return {path.stem: given for path in paths}
    saved = {file.name: file for file in casebook.list_files()}
    return {name: lists.ColumnMap(_headed(file), name=name) for name, file in saved.items()}


def _headed(file: ListFile) -> dict[str, str]:
    return {file.headings[at]: name for name, at in file.columns.items() if file.headings[at]}


def _read(
    paths: Sequence[Path], maps: Mapping[str, lists.ColumnMap]
) -> tuple[dict[Path, lists.ListFile], dict[Path, str]]:
    """The lists that can be read, ids told apart over all of them; and why the others cannot."""
    unread: dict[Path, str] = {}
    while True:
        good = [path for path in dict.fromkeys(paths) if path not in unread]
        try:
            found = without_names(lists.read_lists(good, columns=maps)) if good else ()
            return dict(zip(good, found, strict=True)), unread
        except UnreadableList:
            unread.update(_unreadable(good, maps))


def _unreadable(paths: Sequence[Path], maps: Mapping[str, lists.ColumnMap]) -> Iterator[tuple[Path, str]]:
    """The lists that cannot be read, each with the sentence that says why."""
    for path in paths:
        try:
            lists.read_list(path, columns=maps.get(path.stem))
        except UnreadableList as problem:
            yield path, _without_cells(str(problem))


def _without_cells(why: str) -> str:
    """The sentence without the cells of the first row: where a list has no headings, they are those of a person."""
    told, known, rest = why.partition(" is known (")
    return f"{told} is known. {rest.rpartition('). ')[2]}" if known else why


def _say_unread(casebook: Casebook, unread: Mapping[Path, str], report: Report) -> None:
    for path, why in unread.items():
        data = reading.take(path)
        with casebook.act("link", why="unread-list") as write:
            sha256 = write.preserve(data)
            arrival = Arrival(path=path.name, file_sha256=sha256, bytes=len(data), outcome="unread", reason=why)
            write.arrive(arrival)
        report(Step("lists", 0, len(unread), f"unread {why}", notable=True))


def _keep(casebook: Casebook, path: Path, file: lists.ListFile) -> None:
    """Keep one list with everything that is made of it."""
    work = _work(file)
    if casebook.done("list", work):
        return
    data = path.read_bytes()
    found = _reading(file, hashlib.sha256(data).hexdigest())
    rendering = hashlib.sha256(found.text.encode("utf-8", "surrogatepass")).hexdigest()
    with casebook.act("link", why="list") as write:
        sha256 = write.preserve(data, media_type=found.media_type)
        write.reading(sha256, found, searchable=False)
        kept = ListFile(file_sha256=sha256, name=file.name, columns=file.columns, headings=file.headings, reader=READER)
        rows = [(record.record_id, record.list, record.row) for record in file.records]
        write.listed(kept, rows, _problems(file))
        write.codings(rendering, CODER, _codings(file, found.text, rendering))
        write.arrive(_arrival(path, sha256, len(data), file, found))
        for name, dependence in _dependences(file).items():
            write.collection(Collection(name=name, dependence=dependence))
        write.mark("list", work)


def _work(file: lists.ListFile) -> str:
    """What the import of a list depends on: its bytes, its columns, and the ids its records got beside other lists."""
    ids = hashlib.sha256("\n".join(record.record_id for record in file.records).encode("utf-8", "replace")).hexdigest()
    columns = json.dumps(dict(file.columns), sort_keys=True)
    return f"{file.name}|{file.sha256}|{READER}|{columns}|{ids}"


def _problems(file: lists.ListFile) -> list[ListProblem]:
    """What was wrong with rows, and the cells that say something which nothing is made of."""
    wrong = [ListProblem(one.row, one.column, one.what, one.remedy) for one in file.errors]
    return sorted([*wrong, *_unread_cells(file)], key=lambda one: one.row)


def _unread_cells(file: lists.ListFile) -> Iterator[ListProblem]:
    from testimonia.linkage.values import unread

    for cell in unread(file.records):
        record = file.records[cell.record]
        at = file.columns.get(cell.field)
        heading = cell.field if at is None else file.headings[at]
        yield ListProblem(record.row, heading, cell.what, cell.remedy)


def _dependences(file: lists.ListFile) -> dict[str, str]:
    """Of each list the lists that its own records cite: a known dependence."""
    cited: dict[str, set[str]] = {}
    for record in file.records:
        if record.derived_from:
            cited.setdefault(record.list, set()).add(record.derived_from)
    return {name: f"some records say that they come from {', '.join(sorted(of))}" for name, of in cited.items()}


# Rendering, passages, codings ----------------------------------------------------------------------------


def _reading(file: lists.ListFile, sha256: str) -> Reading:
    rows = _rows(file)
    lines: list[str] = []
    pages: list[Page] = []
    passages: list[Passage] = []
    at = 0
    for number in range(1, max(rows, default=0) + 1):
        cells = rows.get(number, ())
        line = "\t".join(cells)
        lines.append(line)
        if cells:
            label = f"{cell_name(number, 0)}:{cell_name(number, len(cells) - 1)}"
            pages.append(Page(at, at + len(line), label, "cell"))
            passages += _cells(cells, at)
        at += len(line) + 1
    return Reading(
        media_type="text/csv" if not file.encoding.startswith("xls") else "application/vnd.ms-excel",
        outcome="partly" if file.refused else "read",
        tool="testimonia/list",
        tool_version=READER,
        parameters={"encoding": file.encoding, "sha256": sha256},
        text="\n".join(lines),
        pages=tuple(pages),
        passages=tuple(passages),
    )


def _rows(file: lists.ListFile) -> dict[int, Sequence[str]]:
    """The cells of each row by its number, tabs and line breaks in them as spaces."""
    found: dict[int, Sequence[str]] = {1: [cell.translate(_BREAKS) for cell in file.headings]}
    kept: tuple[lists.ListRecord | lists.RefusedRow, ...] = (*file.records, *file.refused)
    for one in kept:
        found[one.row] = [cell.translate(_BREAKS) for cell in one.cells]
    return found


def _cells(cells: Sequence[str], at: int) -> Iterator[Passage]:
    for cell in cells:
        if cell.strip():
            yield Passage(at, at + len(cell), cell, "table")
        at += len(cell) + 1


def _codings(file: lists.ListFile, text: str, rendering: str) -> Iterator[Coding]:
    """One coding for each cell that says something of a person: what it says is what is written there."""
    starts = _starts(text)
    columns = sorted((at, name) for name, at in file.columns.items() if name in KINDS)
    for record in file.records:
        offsets = _offsets(record.cells, starts[record.row - 1])
        for at, name in columns:
            quote = record.cells[at].translate(_BREAKS)
            if quote.strip():
                yield _coding(name, quote, offsets[at], record.row, at, rendering)


def _starts(text: str) -> list[int]:
    starts, at = [], 0
    for line in text.split("\n"):
        starts.append(at)
        at += len(line) + 1
    return starts


def _offsets(cells: Sequence[str], at: int) -> list[int]:
    found = []
    for cell in cells:
        found.append(at)
        at += len(cell) + 1
    return found


def _coding(name: str, quote: str, start: int, row: int, column: int, rendering: str) -> Coding:
    return Coding(
        kind=KINDS[name],
        start=start,
        end=start + len(quote),
        quote=quote,
        value=quote.strip(),
        basis="document",
        attributes={"field": name, "cell": cell_name(row, column)},
        rule="column",
        coder=CODER,
        coder_version=READER,
        rendering_sha256=rendering,
    )


def _arrival(path: Path, sha256: str, size: int, file: lists.ListFile, found: Reading) -> Arrival:
    where = [f"row {one.row}{f' {one.column}' if one.column else ''}: {one.what}" for one in file.errors[:5]]
    more = f" and {len(file.errors) - 5:,} more" if len(file.errors) > 5 else ""
    return Arrival(
        path=path.name,
        file_sha256=sha256,
        bytes=size,
        media_type=found.media_type,
        outcome=found.outcome,
        characters=len(found.text),
        flags=("list",),
        reason="; ".join(where) + more if where else None,
        remedy="Correct the rows that are named, and link again." if where else None,
    )


# Records out of the casebook -----------------------------------------------------------------------------


def listed_records(casebook: Casebook) -> tuple[lists.ListRecord, ...]:
    """The records of all lists of a casebook, as they were read, with the corrections of reviewed cells."""
    files = {file.file_sha256: file for file in casebook.list_files()}
    texts = {sha256: casebook.text(file.rendering_sha256).split("\n") for sha256, file in files.items()}
    corrected = {sha256: _corrections(casebook, file) for sha256, file in files.items()}
    return tuple(
        _record(files[one.file_sha256], texts[one.file_sha256][one.row - 1], one.record_id, one.collection, one.row,
                corrected[one.file_sha256])
        for one in casebook.listed()
    )  # fmt: skip


def _record(
    file: ListFile, line: str, record_id: str, name: str, row: int, corrected: Mapping[str, str]
) -> lists.ListRecord:
    cells = tuple(line.split("\t"))
    told = {field: cells[at].strip() for field, at in file.columns.items()}
    for field, at in file.columns.items():
        if (changed := corrected.get(cell_name(row, at))) is not None:
            told[field] = changed
    return lists.ListRecord(
        **{**told, "record_id": record_id, "list": name}, row=row, cells=cells, columns=file.columns
    )


def _corrections(casebook: Casebook, file: ListFile) -> dict[str, str]:
    """What people made of cells, by the name of the cell: a correction, or nothing where it was rejected."""
    if not casebook.summary()["reviews"]:
        return {}
    judged = [one for one in casebook.list_codings(file) if one.state in ("corrected", "rejected")]
    return {
        one.attributes["cell"]: "" if one.state == "rejected" or one.value is None else str(one.value) for one in judged
    }
