"""The casebook as a folder: made whole, written in acts, closed without a trace of plain text."""

from __future__ import annotations

import stat
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Arrival, Casebook, log
from testimonia.errors import CasebookError, CasebookExists, UnusablePath

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

TEXT = "The bridge was closed in March.\n다리는 삼월에 닫혔다.\n桥在三月关闭。\n"


def files(path: Path) -> dict[str, bytes]:
    """Every file under a folder but the one SQLite shares between processes."""
    return {str(f): f.read_bytes() for f in path.rglob("*") if f.is_file() and not f.name.endswith("-shm")}


def test_what_was_acknowledged_is_there_after_opening_again(book: Casebook, path: Path, invented: Invented) -> None:
    with book.act("intake") as writer:
        file_sha256, rendering = invented.store(writer, "a.txt", TEXT)
    book.close()
    with invented.open(path, write=False) as again:
        assert again.item_bytes(file_sha256) == TEXT.encode()
        assert again.text(rendering) == TEXT
        assert [document.paths for document in again.documents()] == [("a.txt",)]
        assert again.has_item(file_sha256)
        assert not again.has_item("0" * 64)


def test_an_act_that_fails_leaves_nothing(book: Casebook, path: Path, invented: Invented) -> None:
    with pytest.raises(KeyboardInterrupt), book.act("intake") as writer:
        invented.store(writer, "a.txt", TEXT)
        raise KeyboardInterrupt
    assert book.summary() | {"log": 0} == dict.fromkeys(book.summary(), 0)
    assert [f for f in (path / "objects").rglob("*") if f.is_file()] == []
    assert list(book.verify()) == []


def test_an_act_whose_log_entry_fails_does_not_happen(
    book: Casebook, invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no entry")

    with monkeypatch.context() as patch:
        patch.setattr(log, "append", fail)
        with pytest.raises(RuntimeError, match="no entry"), book.act("intake") as writer:
            invented.store(writer, "a.txt", TEXT)
    assert list(book.arrivals()) == []
    assert list(book.verify()) == []


def test_acts_do_not_nest(book: Casebook) -> None:
    with book.act("intake"), pytest.raises(RuntimeError, match="do not nest"), book.act("intake"):
        pass


@pytest.mark.parametrize("words", ["", "She said", "x" * 65, "이름", "a b"])
def test_the_log_takes_codes_and_no_sentences(book: Casebook, words: str) -> None:
    with pytest.raises(ValueError, match="is no code"), book.act(words):
        pass
    if words:
        with pytest.raises(ValueError, match="is no code"), book.act("intake", why=words):
            pass


def test_a_pseudonym_is_short(path: Path, invented: Invented) -> None:
    with pytest.raises(ValueError, match="pseudonym"):
        Casebook.create(path, "x", kdf=invented.kdf, who="a\nb")
    assert not path.exists()


def test_no_words_can_be_read_on_the_disk(book: Casebook, path: Path, invented: Invented) -> None:
    """Neither while the write-ahead log is full nor after; not even names of tables."""
    with book.act("intake") as writer:
        invented.store(writer, "the-bridge.txt", TEXT)
    written = files(path)
    book.close()
    for words in ("bridge", "다리", "桥", "CREATE TABLE", "the-bridge"):
        for data in (*written.values(), *files(path).values()):
            assert words.encode() not in data


def test_only_the_owner_can_enter(book: Casebook, path: Path, invented: Invented) -> None:
    with book.act("intake") as writer:
        invented.store(writer, "a.txt", TEXT)
    for file in (path, *path.rglob("*")):
        expected = 0o700 if file.is_dir() else 0o600
        assert stat.S_IMODE(file.stat().st_mode) == expected, file


def test_reading_changes_nothing(book: Casebook, path: Path, invented: Invented) -> None:
    with book.act("intake") as writer:
        invented.store(writer, "a.txt", TEXT)
    book.close()
    before = files(path)
    with invented.open(path, write=False) as reader:
        assert list(reader.documents())
        assert list(reader.verify()) == []
        assert reader.search("bridge")
    assert files(path) == before


def test_a_reader_cannot_write(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    with (
        invented.open(path, write=False) as reader,
        pytest.raises(CasebookError, match="reading only"),
        reader.act("intake"),
    ):
        pass


def test_a_casebook_is_made_where_nothing_is_or_in_an_empty_folder(path: Path, invented: Invented) -> None:
    path.mkdir()
    invented.create(path).close()
    with pytest.raises(CasebookExists, match="choose another place"):
        invented.create(path)
    with pytest.raises(CasebookExists):
        invented.create(path / "casebook.json")


def test_a_casebook_needs_a_passphrase_and_a_place(path: Path, invented: Invented) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        Casebook.create(path, "", kdf=invented.kdf)
    with pytest.raises(UnusablePath, match="No such file"):
        invented.create(path / "a" / "b")


def test_what_a_stopped_creation_left_is_used_again(path: Path, invented: Invented) -> None:
    left = path.with_name(".casebook.partial")
    left.mkdir()
    (left / "casebook.db").write_bytes(b"half")
    (left / "casebook.json").write_bytes(b"half")
    with invented.create(path) as made:
        assert list(made.verify()) == []
    assert not left.exists()


def test_what_a_stopped_writer_left_is_removed(book: Casebook, path: Path, invented: Invented) -> None:
    with book.act("intake") as writer:
        invented.store(writer, "a.txt", TEXT)
    book.close()
    left = next((path / "objects").iterdir()) / "abc.partial"
    left.write_bytes(b"half")
    invented.open(path).close()
    assert not left.exists()


def test_acts_done_twice_change_nothing(book: Casebook, invented: Invented) -> None:
    def everything() -> list[object]:
        return [*book.arrivals(), *book.items(), *book.documents(), book.refused()]

    states = []
    for _ in range(2):
        with book.act("intake") as writer:
            _, rendering = invented.store(writer, "a.txt", TEXT)
            writer.codings(rendering, "rules", [invented.coding(TEXT, 0, 3)], refused={"quote": 2})
            writer.mark("intake", "a.txt")
        states.append(everything())
    assert states[0] == states[1]
    assert book.done("intake", "a.txt")
    assert not book.done("intake", "b.txt")


def test_the_head_can_be_written_down(book: Casebook, path: Path, invented: Invented) -> None:
    number, hash_ = book.head()
    with book.act("intake") as writer:
        writer.arrive(Arrival(path="a.txt"))
    assert book.head()[0] == number + 1
    assert book.head()[1] != hash_
    book.close()
    with invented.open(path, write=False) as again:
        assert again.head() == book.head()


def test_readable_files_are_those_of_documents_that_hold_a_text(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        for name, text in (("b.txt", TEXT), ("c.txt", ""), ("a.txt", "Other words.")):
            invented.store(writer, name, text)
    expected = [d.file_sha256 for d in book.documents() if d.text]
    assert book.readable() == expected
    assert len(expected) == 2


def test_kinds_are_counted_as_codings_gives_them(book: Casebook, invented: Invented) -> None:
    """A rendering that two files share is counted for each."""
    with book.act("intake") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
        other = writer.preserve(b"the same words, otherwise written")
        writer.reading(other, invented.reading(TEXT))
        writer.codings(rendering, "rules", [invented.coding(TEXT, 0, 3), invented.coding(TEXT, 4, 10)])
    assert book.kinds() == {"figure": 4} == dict(Counter(c.kind for _, c in book.codings()))
