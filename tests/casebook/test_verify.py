"""Verification: what was changed is found, with the key in hand too; what was not is never accused."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Casebook
from testimonia.errors import CasebookError

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

TEXT = "About 40 people crossed the bridge.\n약 40명이 다리를 건넜다.\n大约40人过桥。\n"


@pytest.fixture
def full(book: Casebook, invented: Invented) -> Casebook:
    """A casebook with a bit of everything."""
    with book.act("intake") as writer:
        for number in range(3):
            text = f"{number} {TEXT}"
            file_sha256, rendering = invented.store(writer, f"{number}.txt", text)
            codings = [invented.coding(text, 8, 10, value=40.0), invented.coding(text, 0, 1)]
            writer.codings(rendering, "rules", codings, refused={"quote": 1})
            writer.mark("intake", file_sha256)
        writer.source("S-1", "witness", items=[file_sha256])
    with book.act("review") as writer:
        writer.review(next(book.codings())[1], "accepted")
    return book


def test_a_sound_casebook_is_clean(full: Casebook, path: Path, invented: Invented) -> None:
    assert list(full.verify()) == []
    full.close()
    assert list(Casebook.examine(path, invented.passphrase)) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE coding SET value = 400.0 WHERE value = 40.0", {"content"}),
        ("UPDATE coding SET quote = '41' WHERE quote = '40'", {"content", "coding"}),
        ("DELETE FROM coding WHERE id = 1", {"content"}),
        ("UPDATE refused SET count = 0", {"content"}),
        ("UPDATE arrival SET outcome = 'unread' WHERE id = 2", {"content"}),
        ("DELETE FROM arrival WHERE id = 2", {"content"}),
        ("UPDATE item SET source = NULL", {"content"}),
        ("UPDATE item SET wrapped_key = zeroblob(60)", {"content", "object"}),
        ("DELETE FROM work", {"content"}),
        ("INSERT INTO work VALUES ('intake', 'never')", {"content"}),
        ("UPDATE passage SET role = 'boilerplate'", {"content"}),
        ("UPDATE passage SET text = 'Nobody crossed.' WHERE id = 1", {"passage", "search"}),
        ("UPDATE rendering SET text = CAST('Nobody crossed.' AS BLOB)", {"rendering", "passage", "coding"}),
        ("UPDATE page SET label = '7'", {"content"}),
        ("DELETE FROM passage_words WHERE rowid = 1", {"search"}),
        ("UPDATE passage_words SET words = 'nobody' WHERE rowid = 1", {"search"}),
        ("UPDATE source SET kind = 'official'", {"content"}),
        ("DROP TRIGGER review_is_not_removed; DELETE FROM review", {"content"}),
        ("PRAGMA foreign_keys = OFF; DELETE FROM rendering", {"database"}),
    ],
)
def test_a_change_that_no_act_made_is_found(full: Casebook, change: str, what: set[str]) -> None:
    full._db.run(change)
    assert {damage.what for damage in full.verify()} == what
    assert all(damage.sentence.endswith(".") for damage in full.verify())


def test_flipped_bits_are_never_passed_over(full: Casebook, path: Path, invented: Invented) -> None:
    """A small sample of the study in evals/bitflips.py, in every file, the write-ahead log included."""
    chance = random.Random(7)
    full._db.fold_in()
    with full.act("intake") as writer:
        invented.store(writer, "last.txt", TEXT)
    full._db.connection.wal_autocheckpoint(0)
    files = [f for f in path.rglob("*") if f.is_file() and f.name not in ("casebook.db-shm", "casebook.lock")]
    assert len(files) == 9
    pages = (path / "casebook.db").read_bytes()
    for file in files:
        whole = file.read_bytes()
        for _ in range(5):
            at = chance.randrange(len(whole))
            file.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
            clean = not list(full.verify())
            file.write_bytes(whole)
            assert not clean or file.name.startswith("casebook.db"), (file, at)
    assert (path / "casebook.db").read_bytes() == pages
    assert list(full.verify()) == []


def test_a_damaged_database_is_said_and_not_a_crash(full: Casebook, path: Path, invented: Invented) -> None:
    full.close()
    database = path / "casebook.db"
    whole = database.read_bytes()
    for content in (b"", whole[:4096], whole[:5000], whole[4096:], bytes(len(whole)), whole[:-4096]):
        database.write_bytes(content)
        with pytest.raises(CasebookError):
            for _ in invented.open(path, write=False).documents():
                pass
        assert list(Casebook.examine(path, invented.passphrase))


def test_a_missing_database_is_said(full: Casebook, path: Path, invented: Invented) -> None:
    full.close()
    (path / "casebook.db").unlink()
    with pytest.raises(CasebookError):
        invented.open(path)
    assert not (path / "casebook.db").exists()
