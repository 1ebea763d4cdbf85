"""One writer, many readers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Arrival, Casebook
from testimonia.errors import CasebookInUse

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented


def test_a_second_writer_is_told_who_holds_it(book: Casebook, path: Path, invented: Invented) -> None:
    with pytest.raises(CasebookInUse, match=rf"by owner \(process {os.getpid()}, since 2"):
        invented.open(path)


def test_a_second_writer_waits(book: Casebook, path: Path, invented: Invented) -> None:
    assert book._lock is not None
    threading.Timer(0.2, book._lock.release).start()
    invented.open(path, wait=20).close()


def test_the_lock_is_free_again_after_closing(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    assert (path / "casebook.lock").read_bytes() == b""
    invented.open(path).close()


def test_readers_are_never_blocked_and_see_whole_acts_only(book: Casebook, path: Path, invented: Invented) -> None:
    with invented.open(path, write=False) as early, book.act("intake") as writer:
        writer.arrive(Arrival(path="a"))
        with invented.open(path, write=False) as reader:
            assert list(reader.arrivals()) == list(early.arrivals()) == []
            assert list(reader.verify()) == []
    with invented.open(path, write=False) as reader:
        assert [arrival.path for arrival in reader.arrivals()] == ["a"]


def test_a_reader_that_stays_open_sees_later_acts(book: Casebook, path: Path, invented: Invented) -> None:
    with invented.open(path, write=False) as reader:
        with book.act("intake") as writer:
            writer.arrive(Arrival(path="a"))
        assert [arrival.path for arrival in reader.arrivals()] == ["a"]
        book.close()
        assert list(reader.verify()) == []


def test_the_lock_of_a_process_that_was_killed_is_free(path: Path, invented: Invented) -> None:
    invented.create(path).close()
    script = (
        "import sys, time; from pathlib import Path; from testimonia.casebook.lock import WriteLock\n"
        "lock = WriteLock(Path(sys.argv[1]), 'killed', 0); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(CasebookInUse, match="by killed"):
            invented.open(path)
        holder.kill()
    invented.open(path).close()


def test_a_lock_file_that_says_nothing_is_still_held(book: Casebook, path: Path, invented: Invented) -> None:
    for content in (b"", b"[]", json.dumps({"pid": 1}).encode()):
        (path / "casebook.lock").write_bytes(content)
        with pytest.raises(CasebookInUse, match="by another process"):
            invented.open(path)
