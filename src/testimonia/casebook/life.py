"""What has happened to one file: how it came, how it was read, what was found and judged in it, entry by entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from testimonia.casebook import rows, seals
from testimonia.casebook.database import Database
from testimonia.casebook.values import BLIND, Item, Logged
from testimonia.model import Outcome, Page

__all__ = ["Life", "Read", "life"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How a file was read: by what, what came of it, and the pages that were not read whole."""

    rendering_sha256: str
    tool: str
    tool_version: str
    parameters: Mapping[str, str]
    metadata: Mapping[str, str]
    outcome: Outcome
    reason: str | None
    remedy: str | None
    flags: tuple[str, ...]
    pages: int
    lacking: tuple[Page, ...]
    passages: int
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The life of a file. `codings`: how many of each kind and state after review; `reviews`: how many by whom, and

    when the last was; `origins`: what is said in it goes back to, by label, with the number of codings; `within` and
    `holds`: the file it was found in and those found in it, as SHA-256 and path; `log`: every entry about it.
    """

    item: Item
    paths: tuple[str, ...]
    read: Read | None
    is_list: bool
    codings: Mapping[tuple[str, str], int]
    refused: Mapping[str, int]
    reviews: tuple[tuple[str, int, str], ...]
    origins: tuple[tuple[str, int], ...]
    within: tuple[tuple[str, str], ...]
    holds: tuple[tuple[str, str], ...]
    seen: tuple[tuple[str, str], ...]
    log: tuple[Logged, ...]


REFUSED = "SELECT reason, sum(count) FROM refused WHERE rendering = ? GROUP BY reason ORDER BY reason"
REVIEWS = "SELECT who, count(*), max(at) FROM review WHERE rendering = ? AND NOT blind GROUP BY who ORDER BY who"
WITHIN = "SELECT parent FROM item WHERE file_sha256 = ? AND parent IS NOT NULL"
HOLDS = "SELECT file_sha256 FROM item WHERE parent = ? ORDER BY file_sha256"
SEEN = "SELECT who, at FROM seen WHERE file_sha256 = ? ORDER BY at, who"


def life(database: Database, key: bytes, file_sha256: str) -> Life:
    """The life of a preserved file; `key` is that of the seals. Raises KeyError when it is not here."""
    with database.snapshot():
        row = database.one(
            "SELECT file_sha256, bytes, media_type, parent, source, received_at, received_by FROM item "
            "WHERE file_sha256 = ?",
            (file_sha256,),
        )
        if row is None:
            raise KeyError(f"No file with the SHA-256 {file_sha256} is in this casebook.")
        item, read = rows.to_item(row), _read(database, file_sha256)
        rendering = read.rendering_sha256 if read else ""
        paths = _paths(database, file_sha256)
        about = (rendering,)
        return Life(
            item=item,
            paths=paths,
            read=read,
            is_list=database.one("SELECT 1 FROM list_file WHERE file_sha256 = ?", (file_sha256,)) is not None,
            codings=_codings(database, rendering),
            refused=dict(database.rows(REFUSED, about)),
            reviews=tuple(database.rows(REVIEWS, about)),
            origins=_origins(database, rendering),
            within=_files(database, WITHIN, file_sha256),
            holds=_files(database, HOLDS, file_sha256),
            seen=tuple(database.rows(SEEN, (file_sha256,))),
            log=tuple(_logged(database, key, _units(database, file_sha256, rendering, paths))),
        )


def _paths(database: Database, file_sha256: str) -> tuple[str, ...]:
    found = database.rows("SELECT path FROM arrival WHERE file_sha256 = ? ORDER BY id", (file_sha256,))
    return tuple(rows.unword(path) for (path,) in found)


def _files(database: Database, sql: str, file_sha256: str) -> tuple[tuple[str, str], ...]:
    """Files and the first path of each."""
    found = [file for (file,) in database.rows(sql, (file_sha256,))]
    return tuple((file, (*_paths(database, file), file)[0]) for file in found)


def _read(database: Database, file_sha256: str) -> Read | None:
    row = database.one(
        "SELECT rendering, tool, tool_version, parameters, metadata, outcome, reason, remedy, flags, text "
        "FROM reading JOIN rendering ON rendering.sha256 = rendering WHERE file_sha256 = ?",
        (file_sha256,),
    )
    if row is None:
        return None
    rendering, tool, version, parameters, metadata, outcome, reason, remedy, flags, text = row
    found = database.rows(
        'SELECT start, "end", label, kind, verdict, reason FROM page WHERE file_sha256 = ? ORDER BY number',
        (file_sha256,),
    )
    pages = [rows.to_page(one) for one in found]
    return Read(
        rendering_sha256=rendering,
        tool=tool,
        tool_version=version,
        parameters=rows.mapping(parameters),
        metadata=rows.mapping(metadata),
        outcome=outcome,
        reason=rows.unword(reason),
        remedy=rows.unword(remedy),
        flags=tuple(json.loads(flags)),
        pages=sum(page.kind == "page" for page in pages),
        lacking=tuple(page for page in pages if page.verdict != "complete"),
        passages=database.number("SELECT count(*) FROM passage WHERE file_sha256 = ?", (file_sha256,)),
        characters=len(rows.unpack(text)),
    )


def _codings(database: Database, rendering: str) -> dict[tuple[str, str], int]:
    """Codings by kind and by state after review; those that somebody makes blind are left out."""
    found = database.rows(
        "SELECT coding.kind, coalesce((SELECT state FROM review WHERE review.rendering = coding.rendering AND "
        "review.coding = coding.coding ORDER BY id DESC LIMIT 1), coding.state) AS stands, count(*) FROM coding "
        "WHERE rendering = ? AND coder_version <> ? GROUP BY coding.kind, stands ORDER BY coding.kind, stands",
        (rendering, BLIND),
    )
    return {(kind, state): count for kind, state, count in found}


def _origins(database: Database, rendering: str) -> tuple[tuple[str, int], ...]:
    found = database.rows(
        "SELECT label, count(*) FROM coding JOIN origin_of ON origin_of.coding = coding.coding JOIN origin ON "
        "origin.id = origin_of.origin WHERE rendering = ? AND coder_version <> ? GROUP BY origin.id "
        "ORDER BY count(*) DESC, origin.number",
        (rendering, BLIND),
    )
    return tuple((rows.unword(label), count) for label, count in found)


# The log -------------------------------------------------------------------------------------------------


def _units(database: Database, file_sha256: str, rendering: str, paths: tuple[str, ...]) -> Iterator[seals.Unit]:
    """The units of content that are about a file."""
    yield from (("item", file_sha256), ("reading", file_sha256), ("list", file_sha256))
    yield from (("arrival", rows.key(path)) for path in paths)
    coders = database.rows("SELECT DISTINCT coder FROM coding WHERE rendering = ?1 UNION SELECT DISTINCT coder FROM "
                           "refused WHERE rendering = ?1", (rendering,))  # fmt: skip
    yield from (("codings", rendering, coder) for (coder,) in coders)
    yield from (("review", str(number)) for (number,) in
                database.rows("SELECT id FROM review WHERE rendering = ? AND NOT blind", (rendering,)))  # fmt: skip


def _logged(database: Database, key: bytes, units: Iterator[seals.Unit]) -> Iterator[Logged]:
    """The entries of the log that hold the keyed name of one of the units, first to last."""
    names = {seals.name(key, unit) for unit in units}
    for sequence, at, who, action, why, sealed in database.stream(
        "SELECT sequence, at, who, action, why, seals FROM log ORDER BY sequence"
    ):
        if any(sealed[at_ : at_ + seals.HALF] in names for at_ in range(0, len(sealed), seals.SEAL)):
            yield Logged(sequence, at, who, action, why)
