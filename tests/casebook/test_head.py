"""The head: what SQLite would drop without a word, and what an older copy would hide, is reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Arrival, Casebook, store
from testimonia.errors import DamagedCasebook

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented


def arrive(book: Casebook, *names: str) -> None:
    for name in names:
        with book.act("intake") as writer:
            writer.arrive(Arrival(path=name))


def what(path: Path, invented: Invented) -> set[str]:
    return {damage.what for damage in Casebook.examine(path, invented.passphrase)}


def test_a_dropped_write_ahead_log_is_a_log_shorter_than_its_head(
    book: Casebook, path: Path, invented: Invented, tmp_path: Path
) -> None:
    """SQLite itself finds nothing wrong with a log it has lost."""
    arrive(book, "a", "b")
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    (copy / "casebook.db-wal").write_bytes(b"")
    for write in (True, False):
        with pytest.raises(DamagedCasebook, match=r"lost its last 2 acknowledged step"):
            invented.open(copy, write=write)
    assert (copy / "casebook.db-wal").read_bytes() == b""
    assert "head" in what(copy, invented)


def test_each_frame_of_the_write_ahead_log_matters(
    book: Casebook, path: Path, invented: Invented, tmp_path: Path
) -> None:
    arrive(book, "a", "b", "c")
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    wal = copy / "casebook.db-wal"
    whole = wal.read_bytes()
    for start in range(32, len(whole), 4096 + 24):
        wal.write_bytes(whole[: start + 9] + bytes([whole[start + 9] ^ 1]) + whole[start + 10 :])
        with pytest.raises(DamagedCasebook):
            invented.open(copy, write=False)
    wal.write_bytes(whole)
    invented.open(copy, write=False).close()


def test_an_older_database_is_noticed(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    older = (path / "casebook.db").read_bytes()
    with invented.open(path) as again:
        arrive(again, "a")
    (path / "casebook.db").write_bytes(older)
    with pytest.raises(DamagedCasebook, match="log is shorter than its head"):
        invented.open(path)


def test_an_older_head_is_noticed(book: Casebook, path: Path, invented: Invented) -> None:
    older = (path / "casebook.head").read_bytes()
    arrive(book, "a", "b")
    book.close()
    (path / "casebook.head").write_bytes(older)
    with pytest.raises(DamagedCasebook, match="older than the log"):
        invented.open(path)


def test_a_head_one_step_behind_is_a_writer_that_was_stopped_and_is_healed(
    book: Casebook, path: Path, invented: Invented
) -> None:
    older = (path / "casebook.head").read_bytes()
    arrive(book, "a")
    newer = (path / "casebook.head").read_bytes()
    book.close()
    (path / "casebook.head").write_bytes(older)
    with invented.open(path, write=False) as reader:
        assert [arrival.path for arrival in reader.arrivals()] == ["a"]
        assert list(reader.verify()) == []
    assert (path / "casebook.head").read_bytes() == older
    invented.open(path).close()
    assert (path / "casebook.head").read_bytes() == newer


def test_a_head_that_could_not_be_written_is_caught_up_by_the_next_act(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act whose head failed is not acknowledged; it never gets two steps behind."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_head", fail)
        for name in ("a", "b"):
            with pytest.raises(KeyboardInterrupt):
                arrive(book, name)
    assert list(book.verify()) == []
    arrive(book, "c")
    assert [arrival.path for arrival in book.arrivals()] == ["a", "c"]
    assert list(book.verify()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"sequence": 1, "hash": "x", "mac": "y"}\n', b"\xff"])
def test_a_head_of_another_hand_is_damage(book: Casebook, path: Path, invented: Invented, content: bytes) -> None:
    book.close()
    (path / "casebook.head").write_bytes(content)
    with pytest.raises(DamagedCasebook, match="head of the log"):
        invented.open(path)
    assert what(path, invented) == {"head"}


def test_a_missing_head_is_damage(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    (path / "casebook.head").unlink()
    with pytest.raises(DamagedCasebook, match="missing"):
        invented.open(path)


def test_the_head_of_another_casebook_is_noticed(
    book: Casebook, path: Path, invented: Invented, tmp_path: Path
) -> None:
    book.close()
    invented.create(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / "casebook.head", path / "casebook.head")
    with pytest.raises(DamagedCasebook, match="changed after"):
        invented.open(path)


def test_a_head_whose_number_was_raised_is_noticed(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    fields = json.loads((path / "casebook.head").read_bytes())
    (path / "casebook.head").write_text(json.dumps(fields | {"sequence": 7}) + "\n")
    with pytest.raises(DamagedCasebook, match="changed after"):
        invented.open(path)


def test_an_older_page_of_the_database_is_noticed(book: Casebook, path: Path, invented: Invented) -> None:
    """Each page is one this casebook once wrote, so the cipher accepts it; the log does not."""
    text = "About 40 people crossed.\n"

    def code(again: Casebook, value: float) -> None:
        with again.act("code") as writer:
            _, rendering = invented.store(writer, "a.txt", text)
            writer.codings(rendering, "rules", [invented.coding(text, 6, 8, value=value)])

    code(book, 40.0)
    book.close()
    older = (path / "casebook.db").read_bytes()
    with invented.open(path) as again:
        code(again, 41.0)
    newer = (path / "casebook.db").read_bytes()
    assert len(older) == len(newer)
    changed = [at for at in range(0, len(newer), 4096) if older[at : at + 4096] != newer[at : at + 4096]]
    assert len(changed) > 3
    for at in changed[1:]:
        (path / "casebook.db").write_bytes(newer[:at] + older[at : at + 4096] + newer[at + 4096 :])
        if not what(path, invented):
            with invented.open(path, write=False) as again:
                assert [coding.value for _, coding in again.codings()] == [41.0]
