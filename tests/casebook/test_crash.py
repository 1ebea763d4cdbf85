"""Killed writers and full disks: nothing that was acknowledged is lost, nothing is kept by halves."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Arrival, Casebook
from testimonia.errors import CasebookError

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

WRITER = """
import sys
from itertools import count
from pathlib import Path
from testimonia.casebook import Arrival, Casebook
from testimonia.model import Passage, Reading

with Casebook.open(Path(sys.argv[1]), sys.argv[2]) as book:
    for number in count(book.summary()["arrivals"]):
        text = f"umbrella {number} " * 300
        with book.act("intake") as writer:
            item = writer.preserve(text.encode())
            reading = Reading(media_type="text/plain", outcome="read", text=text,
                              passages=(Passage(0, len(text), text),))
            writer.reading(item, reading)
            writer.arrive(Arrival(path=f"{number:06}", file_sha256=item, outcome="read"))
        print(number, flush=True)
"""

FILL = """
import resource, sys
from pathlib import Path
from testimonia.casebook import Casebook
from testimonia.errors import CasebookError

book = Casebook.open(Path(sys.argv[1]), sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    for number in range(1000):
        with book.act("intake") as writer:
            writer.preserve(bytes([number % 256, number // 256]) * int(sys.argv[4]))
            for mark in range(200):
                writer.mark("stage", f"{number} {mark}")
        print(number, flush=True)
except CasebookError as problem:
    print(problem)
"""


def kill_after(path: Path, passphrase: str, seconds: float) -> list[int]:
    """Run a writer and kill it; gives the numbers of the acts that were acknowledged."""
    command = [sys.executable, "-c", WRITER, str(path), passphrase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        timer = threading.Timer(seconds, writer.kill)
        timer.start()
        said += writer.stdout.readlines()
        timer.join()
    return [int(line) for line in said if line.endswith("\n")]


def test_a_killed_writer_loses_nothing_that_was_acknowledged(path: Path, invented: Invented) -> None:
    """A small sample of the study in evals/kill_casebook.py."""
    invented.create(path).close()
    chance = random.Random(3)
    acknowledged: set[int] = set()
    for _ in range(5):
        acknowledged |= set(kill_after(path, invented.passphrase, chance.uniform(0, 0.1)))
        assert list(Casebook.examine(path, invented.passphrase)) == []
        with invented.open(path, write=False) as book:
            paths = [path for document in book.documents() for path in document.paths]
            assert len(paths) == len(set(paths))
            assert {f"{number:06}" for number in acknowledged} <= set(paths)
            assert len(paths) <= max(acknowledged) + 2
            for item in book.items():
                book.item_bytes(item.file_sha256)


@pytest.mark.parametrize(("limit", "size"), [(300_000, 50), (100_000, 20_000)])
def test_a_full_disk_is_one_sentence_and_loses_nothing(path: Path, invented: Invented, limit: int, size: int) -> None:
    """The limit on the length of a file stands in for the disk: once it hits the log, once a stored file."""
    invented.create(path).close()
    command = [sys.executable, "-c", FILL, str(path), invented.passphrase, str(limit), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *acknowledged, sentence = done.stdout.splitlines()
    assert "is full" in sentence
    assert "everything before it is safe" in sentence
    with invented.open(path) as book:
        assert list(book.verify()) == []
        assert book.summary()["items"] == len(acknowledged)
        for number in range(len(acknowledged)):
            assert book.done("stage", f"{number} 199")
        with book.act("intake") as writer:
            writer.arrive(Arrival(path="afterwards"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_head_that_finds_no_room_is_not_acknowledged(
    book: Casebook, path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(CasebookError, match="is full"), book.act("intake") as writer:
            writer.arrive(Arrival(path="a"))
    assert not list(path.glob("*.partial"))
    with book.act("intake") as writer:
        writer.arrive(Arrival(path="b"))
    assert list(book.verify()) == []


def test_another_error_of_the_disk_stays_what_it_is(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="broken"), book.act("intake") as writer:
        writer.preserve(b"one")
    monkeypatch.undo()
    assert list(book.items()) == []


def test_files_of_an_act_that_found_no_room_are_taken_back(book: Casebook, path: Path, invented: Invented) -> None:
    with pytest.raises(CasebookError), book.act("intake") as writer:
        writer.preserve(b"one")
        raise CasebookError("elsewhere")
    assert [file for file in (path / "objects").rglob("*") if file.is_file()] == []


def test_a_commit_that_fails_leaves_the_stored_file(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its frames may be on the disk and come back after a crash; a row must never lead to a file that is gone."""
    run = book._db.run

    def fail(sql: str, values: Sequence[object] = ()) -> None:
        if sql == "COMMIT":
            raise CasebookError("the disk did not answer")
        run(sql, values)

    with monkeypatch.context() as patched, pytest.raises(CasebookError), book.act("intake") as writer:
        patched.setattr(book._db, "run", fail)
        sha = writer.preserve(b"nine")
    assert not book.has_item(sha)
    assert book._objects.path(book._objects.name(sha)).exists()
    with book.act("intake") as writer:
        writer.preserve(b"nine")
    assert book.item_bytes(sha) == b"nine" and list(book.verify()) == []
