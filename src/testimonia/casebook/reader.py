"""What a casebook holds, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from testimonia.casebook import rows
from testimonia.casebook.database import Database, Row
from testimonia.casebook.values import BLIND, Arrival, Item
from testimonia.errors import DamagedCasebook
from testimonia.model import Coding, Document, OriginGraph

__all__ = [
    "arrivals",
    "arrivals_under",
    "codings_of",
    "codings_of_file",
    "document",
    "done",
    "in_path_order",
    "items",
    "kinds",
    "origin_graph",
    "readable",
    "refused",
    "stored",
    "summary",
    "text",
    "unconsented_sources",
]

COLUMNS = (
    'coding.rendering, coder, coding.kind, coding.start, coding."end", quote, code, value, min, max, unit, '
    "comparator, value_status, modality, polarity, basis, parts, attributes, rule, cue, confidence, "
    "confidence_reason, prefix, suffix, coder_version, codebook_sha256, coding.state, coding.coding"
)
# What a person codes without seeing what others did counts nowhere before it has been compared (`judgements`).
CODINGS = (
    f"SELECT {COLUMNS}, (SELECT max(id) FROM review WHERE review.rendering = coding.rendering AND review.coding = "  # noqa: S608 - constants
    f"coding.coding) FROM coding WHERE rendering = ? AND coder_version <> '{BLIND}' ORDER BY start, \"end\", "
    "coder, number"
)


def arrivals(database: Database) -> Iterator[Arrival]:
    """The ledger in path order (by code point)."""
    found = database.rows(
        "SELECT path, file_sha256, bytes, media_type, outcome, pages, characters, languages, flags, reason, "
        "remedy, parent FROM arrival ORDER BY CAST(path AS BLOB), id"
    )
    return map(rows.to_arrival, found)


def arrivals_under(database: Database, path: str) -> Iterator[Arrival]:
    """One path and those inside it. Names are TEXT or BLOB (`rows.word`), and each kind sorts by itself."""
    first, after = f"{path}!/", f"{path}!0"
    found = database.rows(
        "SELECT path, file_sha256, bytes, media_type, outcome, pages, characters, languages, flags, reason, "
        "remedy, parent FROM arrival WHERE path = ?1 OR (path >= ?2 AND path < ?3) "
        "OR (path >= ?4 AND path < ?5) ORDER BY CAST(path AS BLOB), id",
        (rows.word(path), rows.word(first), rows.word(after), rows.pack(first), rows.pack(after)),
    )
    return map(rows.to_arrival, found)


def items(database: Database) -> Iterator[Item]:
    """The preserved files."""
    found = database.rows(
        "SELECT file_sha256, bytes, media_type, parent, source, received_at, received_by FROM item ORDER BY file_sha256"
    )
    return map(rows.to_item, found)


def stored(database: Database, file_sha256: str) -> tuple[str, bytes, int]:
    """Name, wrapped key and length of the stored bytes of a file. Raises KeyError when it is not here."""
    row = database.one("SELECT object, wrapped_key, bytes FROM item WHERE file_sha256 = ?", (file_sha256,))
    if row is None:
        raise KeyError(f"No file with the SHA-256 {file_sha256} is in this casebook.")
    return row[0], row[1], row[2]


def in_path_order(database: Database) -> list[str]:
    """The files that have an outcome, by the path under which each was found first. Lists of people are left out:

    their rows are records, not documents, and nothing that is written out of documents may hold their names.
    """
    found = database.rows(
        "SELECT file_sha256 FROM arrival AS first WHERE file_sha256 IS NOT NULL AND id = "
        "(SELECT min(id) FROM arrival WHERE file_sha256 = first.file_sha256) AND file_sha256 NOT IN "
        "(SELECT file_sha256 FROM list_file) ORDER BY CAST(path AS BLOB)"
    )
    without_path = database.rows(
        "SELECT file_sha256 FROM reading WHERE file_sha256 NOT IN "
        "(SELECT file_sha256 FROM arrival WHERE file_sha256 IS NOT NULL) AND file_sha256 NOT IN "
        "(SELECT file_sha256 FROM list_file) ORDER BY file_sha256"
    )
    return [row[0] for row in found + without_path]


def readable(database: Database) -> list[str]:
    """The files whose rendering holds a text, in path order."""
    found = database.rows(
        "SELECT file_sha256 FROM reading JOIN rendering ON rendering.sha256 = reading.rendering "
        "WHERE length(rendering.text) > 0"
    )
    held = {row[0] for row in found}
    return [file_sha256 for file_sha256 in in_path_order(database) if file_sha256 in held]


def kinds(database: Database) -> dict[str, int]:
    """How many codings of each kind the files have; two files with one rendering count twice."""
    found = database.rows(
        "SELECT kind, count(*) FROM reading JOIN coding ON coding.rendering = reading.rendering "
        "WHERE file_sha256 NOT IN (SELECT file_sha256 FROM list_file) AND coder_version <> ? "
        "GROUP BY kind ORDER BY kind",
        (BLIND,),
    )
    return dict(found)


def document(database: Database, file_sha256: str, *, codings: bool) -> Document:
    """One file: as it was read; or, before it was, as it arrived. Raises KeyError when it is not here."""
    with database.snapshot():
        paths = _paths(database, file_sha256)
        row = database.one(
            "SELECT file_sha256, rendering, media_type, outcome, reason, remedy, flags, metadata, text "
            "FROM reading JOIN rendering ON rendering.sha256 = reading.rendering WHERE file_sha256 = ?",
            (file_sha256,),
        )
        if row is None:
            return _unread(database, file_sha256, paths)
        _check_text(row[1], row[8])
        judged = codings_of(database, row[1]) if codings else ()
        return rows.to_document(row, paths, _pages(database, file_sha256), _passages(database, file_sha256), judged)


def _paths(database: Database, file_sha256: str) -> tuple[str, ...]:
    found = database.rows("SELECT path FROM arrival WHERE file_sha256 = ? ORDER BY id", (file_sha256,))
    return tuple(rows.unword(row[0]) for row in found)


def _unread(database: Database, file_sha256: str, paths: tuple[str, ...]) -> Document:
    row = database.one(
        "SELECT media_type, outcome, reason, remedy, flags FROM arrival WHERE file_sha256 = ? ORDER BY id",
        (file_sha256,),
    )
    if row is None:
        raise KeyError(f"No file with the SHA-256 {file_sha256} has been read in this casebook.")
    nothing = sha256(b"").hexdigest()
    full = (file_sha256, nothing, row[0] or "application/octet-stream", *row[1:], None, b"")
    return rows.to_document(full, paths, (), (), ())


def _pages(database: Database, file_sha256: str) -> list[Row]:
    return database.rows(
        'SELECT start, "end", label, kind, verdict, reason FROM page WHERE file_sha256 = ? ORDER BY number',
        (file_sha256,),
    )


def _passages(database: Database, file_sha256: str) -> list[Row]:
    return database.rows(
        'SELECT start, "end", text, role, language, flags FROM passage WHERE file_sha256 = ? ORDER BY number',
        (file_sha256,),
    )


def text(database: Database, rendering_sha256: str) -> str:
    """The text of a rendering, checked against its hash."""
    row = database.one("SELECT text FROM rendering WHERE sha256 = ?", (rendering_sha256,))
    if row is None:
        raise KeyError(f"No rendering with the SHA-256 {rendering_sha256} is in this casebook.")
    _check_text(rendering_sha256, row[0])
    return rows.unpack(row[0])


def _check_text(rendering_sha256: str, data: bytes) -> None:
    if sha256(data).hexdigest() != rendering_sha256:
        raise DamagedCasebook(f"The text of the rendering {rendering_sha256} is not what was stored.")


def codings_of(database: Database, rendering_sha256: str) -> list[Coding]:
    """The codings of a rendering in text order, as they stand after review."""
    found = database.rows(CODINGS, (rendering_sha256,))
    return [_reviewed(database, rows.to_coding(row), row[28]) for row in found]


def codings_of_file(database: Database, file_sha256: str) -> list[Coding]:
    """The codings of the rendering of a file."""
    row = database.one("SELECT rendering FROM reading WHERE file_sha256 = ?", (file_sha256,))
    return codings_of(database, row[0]) if row else []


def _reviewed(database: Database, coding: Coding, review: int | None) -> Coding:
    if review is None:
        return coding
    row = database.rows("SELECT state, after FROM review WHERE id = ?", (review,))[0]
    changes: dict[str, Any] = rows.from_json(row[1])
    return replace(coding, state=row[0], **changes)


def origin_graph(database: Database) -> OriginGraph | None:
    """The origins as they were last worked out, or None."""
    with database.snapshot():
        if database.one("SELECT 1 FROM origin_graph") is None:
            return None
        origins = database.rows("SELECT id, label, kind, certainty, reason, documents FROM origin ORDER BY number")
        edges = database.rows(
            'SELECT child, parent, kind, certainty, reason, rendering, start, "end" FROM origin_edge ORDER BY number'
        )
        of_coding = database.rows("SELECT coding, origin FROM origin_of ORDER BY coding")
    return OriginGraph(
        origins=tuple(map(rows.to_origin, origins)),
        edges=tuple(map(rows.to_edge, edges)),
        of_coding=dict(of_coding),
    )


def done(database: Database, stage: str, key: str) -> bool:
    """Whether a step of work is marked as done."""
    return database.one("SELECT 1 FROM work WHERE stage = ? AND key = ?", (stage, rows.key(key))) is not None


def refused(database: Database) -> dict[str, int]:
    """How many codings were turned away from the texts that are read now, by reason."""
    found = database.rows(
        "SELECT reason, sum(count) FROM refused WHERE rendering IN (SELECT rendering FROM reading) "
        "GROUP BY reason ORDER BY reason"
    )
    return dict(found)


def unconsented_sources(database: Database) -> int:
    """Sources without consent, and files that have no source and were not found inside another only."""
    named = database.number(
        "SELECT count(*) FROM source WHERE pseudonym NOT IN (SELECT source FROM consent WHERE state = 'given')"
    )
    unnamed = database.number(
        "SELECT count(*) FROM item WHERE source IS NULL AND parent IS NULL AND (EXISTS (SELECT 1 FROM arrival "
        "WHERE arrival.file_sha256 = item.file_sha256 AND arrival.parent IS NULL) OR NOT EXISTS "
        "(SELECT 1 FROM arrival WHERE arrival.file_sha256 = item.file_sha256))"
    )
    return named + unnamed


def summary(database: Database) -> dict[str, int]:
    """How many of each thing there are."""
    row = database.rows(
        "SELECT (SELECT count(*) FROM arrival), (SELECT count(*) FROM item), (SELECT count(*) FROM reading), "
        "(SELECT count(*) FROM passage), "
        "(SELECT count(*) FROM coding WHERE coder_version <> ? AND rendering IN (SELECT rendering FROM reading)), "
        "(SELECT count(*) FROM review), "
        "(SELECT count(*) FROM source), (SELECT count(*) FROM origin), (SELECT count(*) FROM log)",
        (BLIND,),
    )[0]
    things = ("arrivals", "items", "readings", "passages", "codings", "reviews", "sources", "origins", "log")
    return dict(zip(things, row, strict=True))
