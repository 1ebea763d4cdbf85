"""The bench: one casebook under one pair of hands, locked when nobody is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from testimonia.casebook import Casebook, Kdf
from testimonia.errors import CasebookInUse, WrongPassphrase
from testimonia.sandbox import Sandbox
from testimonia.workbench import bench as benches
from testimonia.workbench.bench import Bench, Locked

SECRET = "an invented passphrase"
NOBODY = cast(Sandbox, None)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty casebook with a cheap key."""
    Casebook.create(tmp_path / "book", SECRET, kdf=Kdf(memory_kib=1024, passes=1)).close()
    return tmp_path / "book"


def kept(place: Path) -> dict[str, bytes]:
    """What lies in the folder; the map of the write-ahead log is shared memory, which every reader marks."""
    return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file() and path.suffix != ".db-shm"}


@pytest.fixture
def bench(place: Path) -> Iterator[Bench]:
    """A bench at which somebody judges."""
    made = Bench(place, SECRET, who="owl", sandbox=NOBODY)
    yield made
    made.forget()


def test_what_is_written_is_seen_at_once(bench: Bench) -> None:
    """The pen and the eye are two connections to one casebook."""
    with bench.writing() as book, book.act("note") as write:
        write.mark("tests", "one")
    assert bench.book.done("tests", "one")


def test_the_pen_is_kept_between_two_judgements_and_put_down_after(
    bench: Bench, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is warm another process cannot write; soon after it can."""
    with bench.writing() as first:
        pass
    with bench.writing() as second:
        assert second is first
    with pytest.raises(CasebookInUse):
        Casebook.open(place, SECRET, wait=0).close()
    monkeypatch.setattr(benches, "WARM", -1.0)
    bench.look_after()
    Casebook.open(place, SECRET, wait=0).close()


def test_after_a_pause_the_keys_are_forgotten_until_the_passphrase_is_given(bench: Bench) -> None:
    """Locked means that nothing can be read; a wrong passphrase changes nothing."""
    bench.idle = -1.0
    bench.look_after()
    assert bench.locked
    with pytest.raises(Locked):
        bench.book.summary()
    with pytest.raises(Locked), bench.writing():
        pass
    with pytest.raises(WrongPassphrase):
        bench.unlock("wrong")
    assert bench.locked
    bench.unlock(SECRET)
    assert bench.book.summary()["items"] == 0


def test_somebody_at_work_is_not_locked_out(bench: Bench) -> None:
    """The clock starts anew with each request."""
    bench.touch()
    bench.look_after()
    assert not bench.locked


def test_what_was_worked_out_is_kept_until_the_casebook_changes(bench: Bench) -> None:
    """A mark of what was opened is no change; a judgement is."""
    made: list[int] = []

    def compute() -> int:
        made.append(1)
        return len(made)

    assert (bench.remember("x", compute), bench.remember("x", compute)) == (1, 1)
    with bench.writing() as book, book.act("seen") as write:
        write.mark("tests", "seen")
    assert bench.remember("x", compute) == 1
    with bench.writing() as book, book.act("review") as write:
        write.mark("tests", "judged")
    assert bench.remember("x", compute) == 2


def test_one_who_only_reads_changes_nothing_in_the_folder(place: Path) -> None:
    """Without a pseudonym the casebook is opened for reading."""
    before = kept(place)
    bench = Bench(place, SECRET, who=None, sandbox=NOBODY)
    assert bench.book.summary()["items"] == 0
    bench.forget()
    assert kept(place) == before


@pytest.mark.parametrize(("folder", "name"), [("findings/casebook", "findings"), ("owls", "owls")])
def test_a_casebook_is_called_by_the_folder_that_a_person_named(tmp_path: Path, folder: str, name: str) -> None:
    """`run` calls every casebook "casebook"; its parent says which."""
    (tmp_path / folder).parent.mkdir(exist_ok=True)
    Casebook.create(tmp_path / folder, SECRET, kdf=Kdf(memory_kib=1024, passes=1)).close()
    bench = Bench(tmp_path / folder, SECRET, who=None, sandbox=NOBODY)
    assert bench.name == name
    bench.forget()
