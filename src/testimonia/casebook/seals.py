"""Seals: a keyed name and a keyed digest for each unit of content, written into the log with each act.

The cipher shows that a page of the database is one that this casebook wrote; the seals show that the rows are
those that were acknowledged last, not earlier ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from testimonia.casebook.database import Database

__all__ = ["SEAL", "Unit", "all_units", "digest", "name", "seal"]

Unit = tuple[str | bytes, ...]  # kind of unit, and its key
HALF = 16  # bytes of a name, and of a digest
SEAL = 2 * HALF
NONE = bytes(HALF)  # digest of a unit that holds nothing

# For each kind of unit: how its units are found, and the rows that one of them holds.
KEYS = {
    "item": "SELECT file_sha256 FROM item",
    "arrival": "SELECT DISTINCT path FROM arrival",
    "reading": "SELECT file_sha256 FROM reading",
    "codings": "SELECT rendering, coder FROM coding UNION SELECT rendering, coder FROM refused",
    "review": "SELECT CAST(id AS TEXT) FROM review",
    "source": "SELECT pseudonym FROM source",
    "consent": "SELECT CAST(id AS TEXT) FROM consent",
    "origins": "SELECT DISTINCT 'graph' FROM origin_graph",
    "work": "SELECT stage, key FROM work",
    "collection": "SELECT name FROM collection",
    "list": "SELECT file_sha256 FROM list_file",
    "matches": "SELECT DISTINCT decided_by FROM match",
    "linkage": "SELECT DISTINCT 'last' FROM linkage",
    "seen": "SELECT DISTINCT who FROM seen",
    "plan": "SELECT DISTINCT 'doubles' FROM double_plan",
    "double": "SELECT rendering, coder FROM double_coding",
    "adjudication": "SELECT CAST(id AS TEXT) FROM adjudication",
    "seeded": "SELECT DISTINCT rendering FROM seeded",
    "seeded_judgement": "SELECT CAST(id AS TEXT) FROM seeded_judgement",
}
ROWS = {
    "item": (
        "SELECT file_sha256, bytes, media_type, parent, collection, source, received_at, received_by, "
        "object, wrapped_key FROM item WHERE file_sha256 = ?1",
    ),
    "arrival": (
        "SELECT id, path, file_sha256, bytes, media_type, outcome, pages, characters, languages, flags, "
        "reason, remedy, parent FROM arrival WHERE path = ?1 ORDER BY id",
    ),
    "reading": (
        "SELECT rendering, media_type, outcome, reason, remedy, flags, tool, tool_version, parameters, "
        "metadata FROM reading WHERE file_sha256 = ?1",
        'SELECT number, start, "end", label, kind, verdict, reason FROM page WHERE file_sha256 = ?1 ORDER BY number',
        'SELECT number, start, "end", role, language, flags, source FROM passage WHERE file_sha256 = ?1 '
        "ORDER BY number",
    ),
    "codings": (
        'SELECT number, coding, kind, start, "end", quote, code, value, min, max, unit, comparator, '
        "value_status, modality, polarity, basis, parts, attributes, rule, cue, confidence, "
        "confidence_reason, prefix, suffix, coder_version, codebook_sha256, state FROM coding WHERE "
        "rendering = ?1 AND coder = ?2 ORDER BY number",
        "SELECT reason, count FROM refused WHERE rendering = ?1 AND coder = ?2 ORDER BY reason",
    ),
    "review": (
        'SELECT rendering, coding, kind, start, "end", who, at, state, before, after, seconds, blind FROM '
        "review "
        "WHERE id = CAST(?1 AS INTEGER)",
    ),
    "source": ("SELECT pseudonym, kind, derives_from FROM source WHERE pseudonym = ?1",),
    "consent": (
        "SELECT source, scope, audience, state, given_on, until, evidence FROM consent WHERE id = CAST(?1 AS INTEGER)",
    ),
    "origins": (
        "SELECT origins, edges FROM origin_graph WHERE ?1 = 'graph'",
        "SELECT id, label, kind, certainty, reason, documents FROM origin WHERE ?1 = 'graph' ORDER BY number",
        'SELECT child, parent, kind, certainty, reason, rendering, start, "end" FROM origin_edge '
        "WHERE ?1 = 'graph' ORDER BY number",
        "SELECT coding, origin FROM origin_of WHERE ?1 = 'graph' ORDER BY coding",
    ),
    "work": ("SELECT stage FROM work WHERE stage = ?1 AND key = ?2",),
    "collection": ("SELECT keeper, inclusion, period, area, dependence FROM collection WHERE name = ?1",),
    "list": (
        "SELECT name, columns, headings, reader FROM list_file WHERE file_sha256 = ?1",
        "SELECT record, record_id, collection, row FROM listed WHERE file_sha256 = ?1 ORDER BY record",
        'SELECT number, row, "column", what, remedy FROM row_error WHERE file_sha256 = ?1 ORDER BY number',
    ),
    "matches": (
        "SELECT a, b, verdict, probability, at, by_person, seconds, chosen FROM match WHERE decided_by = ?1 "
        "ORDER BY id",
    ),
    "linkage": (
        "SELECT at, lists, summary FROM linkage WHERE ?1 = 'last'",
        "SELECT number, counts FROM partition_draw WHERE ?1 = 'last' ORDER BY number",
    ),
    "seen": ("SELECT file_sha256, at FROM seen WHERE who = ?1 ORDER BY file_sha256",),
    "plan": (
        "SELECT share, least, begun_at, begun_by, seeded, revealed_at, revealed_by FROM double_plan "
        "WHERE ?1 = 'doubles'",
    ),
    "double": ("SELECT began_at, finished_at FROM double_coding WHERE rendering = ?1 AND coder = ?2",),
    "adjudication": (
        'SELECT rendering, kind, start, "end", first, second, codings, kept, who, at, seconds FROM adjudication '
        "WHERE id = CAST(?1 AS INTEGER)",
    ),
    "seeded": ('SELECT id, start, "end", looks, wrong FROM seeded WHERE rendering = ?1 ORDER BY id',),
    "seeded_judgement": (
        "SELECT seeded, who, at, state, changes, seconds FROM seeded_judgement WHERE id = CAST(?1 AS INTEGER)",
    ),
}


def seal(database: Database, key: bytes, units: Iterable[Unit]) -> bytes:
    """Names and digests of units as they are now, one after the other, 32 bytes each."""
    return b"".join(name(key, unit) + digest(database, key, unit) for unit in units)


def name(key: bytes, unit: Unit) -> bytes:
    """The keyed name of a unit."""
    return blake2b(_plain(unit), key=key, digest_size=HALF, person=b"name").digest()


def digest(database: Database, key: bytes, unit: Unit) -> bytes:
    """The keyed digest of all rows of a unit; zeros when it has none."""
    kind, *parts = unit
    rows = [database.rows(sql, parts) for sql in ROWS[str(kind)]]
    if not any(rows):
        return NONE
    return blake2b(_plain(rows), key=key, digest_size=HALF, person=b"content").digest()


def all_units(database: Database) -> Iterator[Unit]:
    """Every unit that the database holds now."""
    for kind, sql in KEYS.items():
        for key in database.rows(sql):
            yield (kind, *key)


def _plain(value: object) -> bytes:
    return json.dumps(value, default=lambda blob: {"blob": blob.hex()}).encode()
