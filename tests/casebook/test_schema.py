"""Versions of the tables: earlier ones are brought up to date, later ones are refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Casebook, schema
from testimonia.errors import CasebookError, NewerCasebook

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

JUDGING = ("seeded_judgement", "seeded", "adjudication", "double_coding", "double_plan")
TEXT = "다리는 삼월에 닫혔다.\n"


def step_back(book: Casebook) -> None:
    """Make the tables those of version 1, which had no index and one row for each path."""
    book._db.run("DROP INDEX arrival_once")
    book._db.run("DROP TABLE passage_words")
    for index in ("coding_identity", "coding_place", "coding_meaning", "passage_place"):
        book._db.run(f"DROP INDEX {index}")
    for table in ("listed", "row_error", "list_file", "linkage", "partition_draw", "seen", *JUDGING):
        book._db.run(f"DROP TABLE {table}")
    book._db.connection.pragma("user_version", 1)


def test_tables_of_version_1_get_their_index(book: Casebook, path: Path, invented: Invented) -> None:
    with book.act("intake") as writer:
        invented.store(writer, "a.txt", TEXT)
    step_back(book)
    book.close()
    with pytest.raises(CasebookError, match="Open it once for writing"):
        invented.open(path, write=False)
    with invented.open(path) as again:
        assert schema.version(again._db) == schema.VERSION
        assert [hit.spans for hit in again.search("삼월")] == [((4, 6),)]
        assert again._db.rows("SELECT action FROM log")[-1] == ("migrate",)
        assert list(again.verify()) == []
    invented.open(path, write=False).close()


def test_each_version_is_a_step(book: Casebook) -> None:
    assert schema.version(book._db) == schema.VERSION == len(schema.STEPS)


def test_a_newer_casebook_is_refused_and_left_alone(book: Casebook, path: Path, invented: Invented) -> None:
    book._db.connection.pragma("user_version", schema.VERSION + 1)
    book.close()
    before = {file: file.read_bytes() for file in path.glob("casebook.*") if not file.name.endswith("-shm")}
    for write in (True, False):
        with pytest.raises(NewerCasebook, match="newer testimonia"):
            invented.open(path, write=write)
    with pytest.raises(NewerCasebook):
        list(Casebook.examine(path, invented.passphrase))
    assert before == {file: file.read_bytes() for file in before}


def test_every_table_of_the_design_has_its_place(book: Casebook) -> None:
    tables = {name for (name,) in book._db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables >= {
        *("item", "arrival", "rendering", "passage", "source", "collection", "consent", "record", "coding"),
        *("evidence", "review", "assessment", "match", "term", "work", "log", "passage_words"),
    }
