"""Reading everything again, from the disk, and holding it against what was acknowledged.

What a clean result shows: every page of the database, every stored file and every text is one that this
casebook wrote; the log is whole and goes as far as its head; and every unit of content is the one the log
speaks of last. What it cannot show: that the whole folder, head included, was not replaced by an earlier copy
of itself. For that, compare `Casebook.head` with one that was written down elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from testimonia.casebook import log, rows, schema, seals
from testimonia.casebook.database import Database
from testimonia.casebook.head import check_head
from testimonia.casebook.header import HEADERS, parse_header
from testimonia.casebook.keys import Keys
from testimonia.casebook.objects import ObjectStore
from testimonia.casebook.values import Damage
from testimonia.casebook.words import index_text
from testimonia.errors import CasebookError, DamagedCasebook

__all__ = ["verify"]


def verify(folder: Path, keys: Keys) -> Iterator[Damage]:
    """Everything in the casebook that is not what was acknowledged; nothing when all is well."""
    yield from _headers(folder, keys)
    try:
        database = Database(folder, keys.database, write=False)
    except DamagedCasebook as problem:
        yield Damage("database", str(folder), str(problem))
        return
    try:
        schema.check_version(database)
        yield from _all_of(database, folder, keys)
    except DamagedCasebook as problem:
        yield Damage("database", str(folder), str(problem))
    finally:
        database.close()


def _all_of(database: Database, folder: Path, keys: Keys) -> Iterator[Damage]:
    checks: tuple[tuple[str, Callable[[], Iterator[Damage]]], ...] = (
        ("head", lambda: _head(database, folder, keys)),
        ("database", lambda: _version(database)),
        ("database", lambda: _pages(database)),
        ("log", lambda: _log(database, keys)),
        ("content", lambda: _content(database, keys)),
        ("object", lambda: _objects(database, ObjectStore(folder, keys))),
        ("rendering", lambda: _renderings(database)),
        ("passage", lambda: _passages(database)),
        ("coding", lambda: _codings(database)),
        ("search", lambda: _index(database)),
    )
    with database.snapshot():
        for what, check in checks:
            try:
                yield from check()
            except CasebookError as problem:
                yield Damage(what, str(folder), str(problem))


def _headers(folder: Path, keys: Keys) -> Iterator[Damage]:
    for name in HEADERS:
        try:
            vouched = parse_header(folder, name).vouched(keys)
        except CasebookError as problem:
            yield Damage("header", name, str(problem))
        else:
            if not vouched:
                yield Damage("header", name, f"The header {folder / name} was changed after it was written.")


def _head(database: Database, folder: Path, keys: Keys) -> Iterator[Damage]:
    check_head(database, folder, keys)
    yield from ()


def _version(database: Database) -> Iterator[Damage]:
    schema.check_current(database)
    yield from ()


def _pages(database: Database) -> Iterator[Damage]:
    for (said,) in database.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield Damage("database", str(database.folder), f"The database is damaged: {said}.")
    for table, row, *_ in database.rows("PRAGMA foreign_key_check"):
        sentence = f"Row {row} of the table {table} refers to something that is not there."
        yield Damage("database", f"{table} {row}", sentence)


def _log(database: Database, keys: Keys) -> Iterator[Damage]:
    for number, _, wrong in log.walk(database, keys):
        if wrong:
            yield Damage("log", str(number), f"Entry {number} of the log {wrong}.")


def _content(database: Database, keys: Keys) -> Iterator[Damage]:
    """Hold each unit of content against the last entry of the log that speaks of it."""
    sealed = _last_seals(database, keys)
    for unit in seals.all_units(database):
        known = sealed.pop(seals.name(keys.seals, unit), None)
        if known != seals.digest(database, keys.seals, unit):
            yield Damage("content", _called(unit), f"{_called(unit)} is not what the log says was written last.")
    missing = sum(digest != seals.NONE for digest in sealed.values())
    if missing:
        yield Damage("content", "", f"{missing} thing(s) that the log speaks of are no longer there.")


def _last_seals(database: Database, keys: Keys) -> dict[bytes, bytes]:
    last: dict[bytes, bytes] = {}
    for _, written, _ in log.walk(database, keys):
        for start in range(0, len(written), seals.SEAL):
            last[written[start : start + seals.HALF]] = written[start + seals.HALF : start + seals.SEAL]
    return last


def _called(unit: seals.Unit) -> str:
    return " ".join(str(rows.unword(part)) for part in unit)


def _objects(database: Database, objects: ObjectStore) -> Iterator[Damage]:
    found = database.rows("SELECT file_sha256, object, wrapped_key, bytes FROM item ORDER BY file_sha256")
    for file_sha256, name, key, size in found:
        try:
            if name != objects.name(file_sha256):
                raise DamagedCasebook(f"The stored file {name} does not have the name of its content.")
            objects.read(name, key, file_sha256, size)
        except DamagedCasebook as problem:
            yield Damage("object", file_sha256, str(problem))


def _renderings(database: Database) -> Iterator[Damage]:
    for rendering, text in database.stream("SELECT sha256, text FROM rendering"):
        if sha256(text).hexdigest() != rendering:
            yield Damage("rendering", rendering, f"The text of the rendering {rendering} was changed.")


def _passages(database: Database) -> Iterator[Damage]:
    for file_sha256, text in _texts(database):
        found = database.rows('SELECT number, start, "end", text FROM passage WHERE file_sha256 = ?', (file_sha256,))
        for number, start, end, words in found:
            if text[start:end] != rows.unword(words):
                where = f"{file_sha256} {number}"
                yield Damage("passage", where, f"Passage {where} is not what stands at its place.")


def _texts(database: Database) -> Iterator[tuple[str, str]]:
    for file_sha256, data in database.stream(
        "SELECT file_sha256, text FROM reading JOIN rendering ON rendering.sha256 = reading.rendering"
    ):
        yield file_sha256, rows.unpack(data)


def _codings(database: Database) -> Iterator[Damage]:
    for rendering, data in database.stream("SELECT sha256, text FROM rendering"):
        text = rows.unpack(data)
        for coding, start, end, quote, parts in database.rows(
            'SELECT coding, start, "end", quote, parts FROM coding WHERE rendering = ?', (rendering,)
        ):
            places = [(start, end, rows.unword(quote))]
            places += [(part.start, part.end, part.quote) for part in rows.to_parts(parts).values()]
            if any(text[first:last] != words for first, last, words in places):
                where = f"{rendering} {coding}"
                yield Damage("coding", where, f"Coding {coding} does not quote what stands at its place.")


def _index(database: Database) -> Iterator[Damage]:
    """The index can be rebuilt; but while it is wrong, a search would miss something without a word."""
    wrong = 0
    for text, words, listed in database.stream(
        "SELECT passage.text, passage_words.words, EXISTS (SELECT 1 FROM list_file WHERE list_file.file_sha256 = "
        "passage.file_sha256) FROM passage LEFT JOIN passage_words ON passage_words.rowid = passage.id"
    ):
        wrong += words is not None if listed else words != index_text(rows.unword(text))
    extra = database.number("SELECT count(*) FROM passage_words WHERE rowid NOT IN (SELECT id FROM passage)")
    if wrong or extra:
        yield Damage("search", "", f"The search index does not fit {wrong + extra} passage(s).")
