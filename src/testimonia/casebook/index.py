"""Keeping the full-text index in step with the passages."""

from __future__ import annotations

from testimonia.casebook.database import Database
from testimonia.casebook.rows import unword
from testimonia.casebook.words import index_text

__all__ = ["index_everything", "index_file", "unindex_file"]


def index_file(database: Database, file_sha256: str) -> None:
    """Put the passages of one file into the index."""
    rows = database.rows("SELECT id, text FROM passage WHERE file_sha256 = ?", (file_sha256,))
    words = ((number, index_text(unword(text))) for number, text in rows)
    database.many("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", words)


def unindex_file(database: Database, file_sha256: str) -> None:
    """Take the passages of one file out of the index; their words are overwritten in it."""
    database.run(
        "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE file_sha256 = ?)",
        (file_sha256,),
    )


def index_everything(database: Database) -> None:
    """Build the index from the passages."""
    for (file_sha256,) in database.rows("SELECT file_sha256 FROM reading"):
        index_file(database, file_sha256)
