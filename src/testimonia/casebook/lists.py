"""Lists of people in the database: their files, the records of their rows, what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testimonia.casebook import rows
from testimonia.casebook.database import Database
from testimonia.casebook.index import unindex_file
from testimonia.casebook.values import Collection, Listed, ListFile, ListProblem

__all__ = [
    "collections",
    "keep_collection",
    "keep_list_file",
    "keep_listed",
    "keep_problems",
    "list_files",
    "listed",
    "moment",
    "problems",
]


def keep_collection(database: Database, told: Collection) -> int:
    """Keep what is known of a list; what is not told now stays as it was told before. Gives its number."""
    about = (told.keeper, told.inclusion, told.period, told.area, told.dependence)
    database.run(
        "INSERT INTO collection (name, keeper, inclusion, period, area, dependence) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET keeper = ifnull(excluded.keeper, keeper), inclusion = "
        "ifnull(excluded.inclusion, inclusion), period = ifnull(excluded.period, period), area = "
        "ifnull(excluded.area, area), dependence = ifnull(excluded.dependence, dependence)",
        (rows.word(told.name), *map(rows.word, about)),
    )
    return database.number("SELECT id FROM collection WHERE name = ?", (rows.word(told.name),))


def keep_list_file(database: Database, file: ListFile) -> None:
    """Say that a preserved file is a list, and take its words out of the search index."""
    database.run(
        "INSERT INTO list_file (file_sha256, name, columns, headings, reader) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
        "(file_sha256) DO UPDATE SET name = excluded.name, columns = excluded.columns, headings = "
        "excluded.headings, reader = excluded.reader",
        (
            file.file_sha256,
            rows.word(file.name),
            rows.to_json(dict(file.columns)),
            rows.to_json(list(file.headings)),
            file.reader,
        ),
    )
    unindex_file(database, file.file_sha256)


def keep_listed(database: Database, file: ListFile, found: Sequence[tuple[str, int, int]]) -> set[str]:
    """Keep the records of a file: (record id, number of the collection, row). Gives the files whose records changed.

    A known id keeps its number. Records that an earlier version of the list had and this one has not stay, without a
    row: decisions about them are not lost.
    """
    versions = [
        row[0] for row in database.rows("SELECT file_sha256 FROM list_file WHERE name = ?", (rows.word(file.name),))
    ]
    database.many("UPDATE listed SET row = NULL WHERE file_sha256 = ?", ((one,) for one in versions))
    known = {record_id: (number, held) for record_id, number, held in _known(database)}
    changed = {known[key][1] for key in (rows.key(one[0]) for one in found) if key in known}
    new = iter(_new_records(database, sum(rows.key(one[0]) not in known for one in found)))
    database.many(
        "INSERT INTO listed (record, record_id, collection, file_sha256, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
        "(record) DO UPDATE SET collection = excluded.collection, file_sha256 = excluded.file_sha256, row = "
        "excluded.row",
        (
            (known[key][0] if (key := rows.key(record_id)) in known else next(new), key, number, file.file_sha256, row)
            for record_id, number, row in found
        ),
    )
    return {*versions, *changed, file.file_sha256}


def _known(database: Database) -> Iterable[tuple[str | bytes, int, str]]:
    found = database.rows("SELECT record_id, record, file_sha256 FROM listed")
    return ((record_id, number, held) for record_id, number, held in found)


def _new_records(database: Database, count: int) -> range:
    first = database.number("SELECT ifnull(max(id), 0) + 1 FROM record")
    database.many("INSERT INTO record (id, kind) VALUES (?, 'person')", ((first + i,) for i in range(count)))
    return range(first, first + count)


def keep_problems(database: Database, file_sha256: str, found: Iterable[ListProblem]) -> None:
    """Keep what was wrong with a list, in place of what was said before."""
    database.run("DELETE FROM row_error WHERE file_sha256 = ?", (file_sha256,))
    database.many(
        'INSERT INTO row_error (file_sha256, number, row, "column", what, remedy) VALUES (?, ?, ?, ?, ?, ?)',
        (
            (file_sha256, number, one.row, rows.word(one.column), rows.word(one.what), rows.word(one.remedy))
            for number, one in enumerate(found)
        ),
    )


def collections(database: Database) -> list[Collection]:
    """The lists, in the order in which they came."""
    found = database.rows(
        "SELECT name, keeper, inclusion, period, area, dependence, (SELECT count(*) FROM listed WHERE "
        "listed.collection = collection.id AND row IS NOT NULL) FROM collection ORDER BY id"
    )
    names = ("name", "keeper", "inclusion", "period", "area", "dependence")
    return [Collection(**dict(zip(names, map(rows.unword, row[:6]), strict=True)), records=row[6]) for row in found]


def list_files(database: Database) -> list[ListFile]:
    """The files of lists that hold records now, in the order in which they came."""
    found = database.rows(
        "SELECT file_sha256, name, columns, headings, reader, (SELECT rendering FROM reading WHERE "
        "reading.file_sha256 = list_file.file_sha256) FROM list_file WHERE EXISTS (SELECT 1 FROM listed WHERE "
        "listed.file_sha256 = list_file.file_sha256 AND row IS NOT NULL) ORDER BY (SELECT min(record) FROM listed "
        "WHERE listed.file_sha256 = list_file.file_sha256)"
    )
    return [
        ListFile(
            file_sha256=sha256,
            name=rows.unword(name),
            columns=rows.from_json(columns),
            headings=tuple(rows.from_json(headings)),
            reader=reader,
            rendering_sha256=rendering or "",
        )
        for sha256, name, columns, headings, reader, rendering in found
    ]


def listed(database: Database) -> list[Listed]:
    """The records that the lists hold now, list by list, in the order of their numbers."""
    found = database.rows(
        "SELECT record, record_id, name, file_sha256, row FROM listed JOIN collection ON collection.id = "
        "listed.collection WHERE row IS NOT NULL ORDER BY record"
    )
    return [
        Listed(record, rows.unword(record_id), rows.unword(name), sha256, row)
        for record, record_id, name, sha256, row in found
    ]


def problems(database: Database, file_sha256: str) -> list[ListProblem]:
    """What was wrong with the rows of a list, in the order in which it was found."""
    found = database.rows(
        'SELECT row, "column", what, remedy FROM row_error WHERE file_sha256 = ? ORDER BY number', (file_sha256,)
    )
    return [ListProblem(row, *map(rows.unword, told)) for row, *told in found]


def moment(database: Database) -> str:
    """A text that changes whenever records of lists do: with their files, their rows, and reviews of their cells."""
    row = database.one(
        "SELECT (SELECT count(*) FROM list_file), (SELECT count(*) FROM listed WHERE row IS NOT NULL), "
        "(SELECT max(review.id) FROM list_file JOIN reading ON reading.file_sha256 = list_file.file_sha256 "
        "JOIN review ON review.rendering = reading.rendering), (SELECT group_concat(file_sha256) FROM "
        "(SELECT file_sha256 FROM list_file ORDER BY file_sha256))"
    )
    return " ".join(map(str, row or ()))
