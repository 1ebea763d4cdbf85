"""What a casebook holds and what waits in it, as counts."""

from __future__ import annotations

from testimonia.casebook import rows
from testimonia.casebook.database import Database
from testimonia.casebook.values import BLIND, Logged, Waiting

__all__ = ["files_waiting", "languages", "last_actions", "moment", "outcomes"]


def moment(database: Database, passing: str) -> int:
    """The number of the last entry of the log but those of the action `passing`."""
    return database.number("SELECT ifnull(max(sequence), 0) FROM log WHERE action <> ?", (passing,))


def outcomes(database: Database) -> dict[str, int]:
    """How many paths of each outcome."""
    return dict(database.rows("SELECT outcome, count(*) FROM arrival GROUP BY outcome"))


def languages(database: Database) -> dict[str, int]:
    """How many passages in each language, lists of people left out."""
    found = database.rows(
        "SELECT language, count(*) FROM passage WHERE file_sha256 NOT IN (SELECT file_sha256 FROM list_file) "
        "GROUP BY language ORDER BY count(*) DESC, language"
    )
    return dict(found)


def files_waiting(database: Database) -> list[Waiting]:
    """Every document that has codings: how many, and how many of them nobody has judged; in path order."""
    found = database.rows(
        "SELECT reading.file_sha256, (SELECT path FROM arrival WHERE arrival.file_sha256 = reading.file_sha256 "
        "ORDER BY id LIMIT 1) AS path, count(*), count(*) FILTER (WHERE ifnull("
        "(SELECT review.state FROM review WHERE review.rendering = coding.rendering AND review.coding = coding.coding "
        "ORDER BY review.id DESC LIMIT 1), coding.state) = 'suggested') "
        "FROM reading JOIN coding ON coding.rendering = reading.rendering "
        "WHERE reading.file_sha256 NOT IN (SELECT file_sha256 FROM list_file) AND coder_version <> ? "
        "GROUP BY reading.file_sha256 ORDER BY CAST(path AS BLOB)",
        (BLIND,),
    )
    return [Waiting(file, rows.unword(path) or "", codings, waiting) for file, path, codings, waiting in found]


def last_actions(database: Database, limit: int) -> list[Logged]:
    """The last entries of the log, newest first; marks of what was opened are left out."""
    found = database.rows(
        "SELECT sequence, at, who, action, why FROM log WHERE action <> 'seen' ORDER BY sequence DESC LIMIT ?", (limit,)
    )
    return [Logged(*row) for row in found]
