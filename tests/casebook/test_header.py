"""Opening: each thing that can be wrong before the database is read has its own error."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from testimonia.casebook import Casebook
from testimonia.casebook.header import HEADERS, _canonical
from testimonia.errors import (
    CasebookError,
    CasebookNotFound,
    DamagedCasebook,
    NewerCasebook,
    NotACasebook,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented


def snapshot(path: Path) -> dict[str, bytes]:
    """Every file under a folder but the one SQLite shares between processes."""
    return {str(f): f.read_bytes() for f in path.rglob("*") if f.is_file() and not f.name.endswith("-shm")}


def rewrite(path: Path, **changes: object) -> None:
    """Change fields of both headers, and make the checksum fit again, as somebody might."""
    for name in HEADERS:
        fields = json.loads((path / name).read_bytes()) | changes
        fields.pop("checksum")
        fields["checksum"] = sha256(_canonical(fields)).hexdigest()
        (path / name).write_bytes(_canonical(fields))


def test_a_wrong_passphrase_is_said_and_nothing_is_written(book: Casebook, path: Path) -> None:
    book.close()
    before = snapshot(path)
    with pytest.raises(WrongPassphrase, match="does not open"):
        Casebook.open(path, "eight umbrellas")
    assert snapshot(path) == before


def test_a_path_where_nothing_is(path: Path) -> None:
    with pytest.raises(CasebookNotFound, match="no casebook"):
        Casebook.open(path, "x")


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "another program"}', b"[1]", b"\xff\xfe"])
def test_a_folder_of_another_program(path: Path, content: bytes) -> None:
    path.mkdir()
    (path / "casebook.json").write_bytes(content)
    with pytest.raises(NotACasebook, match="Nothing was changed"):
        Casebook.open(path, "x")
    assert [file.name for file in path.iterdir()] == ["casebook.json"]


def test_a_file_is_no_casebook(path: Path) -> None:
    path.write_text("x")
    with pytest.raises(NotACasebook):
        Casebook.open(path, "x")


def test_a_newer_header_is_refused_before_the_passphrase_is_tried(book: Casebook, path: Path) -> None:
    book.close()
    rewrite(path, version=2)
    with pytest.raises(NewerCasebook, match="newer testimonia"):
        Casebook.open(path, "any")


def test_one_damaged_header_is_reported_and_the_copy_still_opens(
    book: Casebook, path: Path, invented: Invented
) -> None:
    book.close()
    damaged = bytearray((path / HEADERS[0]).read_bytes())
    damaged[60] ^= 1
    (path / HEADERS[0]).write_bytes(damaged)
    with invented.open(path, write=False) as again:
        assert [damage.what for damage in again.verify()] == ["header"]


def test_two_damaged_headers_are_damage_and_not_a_wrong_passphrase(book: Casebook, path: Path) -> None:
    book.close()
    for name in HEADERS:
        (path / name).write_bytes((path / name).read_bytes()[:-20])
    with pytest.raises(DamagedCasebook, match="backup"):
        Casebook.open(path, "any")
    assert [damage.what for damage in Casebook.examine(path, "any")] == ["header"]


def test_a_header_that_was_changed_with_its_checksum_is_noticed(book: Casebook, path: Path, invented: Invented) -> None:
    book.close()
    rewrite(path, mac="0" * 64)
    with pytest.raises(DamagedCasebook, match="changed after it was written"):
        invented.open(path)


@pytest.mark.parametrize("kdf", [{"memory_kib": 1 << 40, "passes": 1, "lanes": 1}, {"a": 1}, 7])
def test_a_header_that_asks_for_impossible_work_is_damage(book: Casebook, path: Path, kdf: object) -> None:
    book.close()
    rewrite(path, kdf=kdf)
    with pytest.raises(CasebookError):
        Casebook.open(path, "any")
