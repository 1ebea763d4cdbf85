"""Stored files: unrecognisable from outside, and never handed out when they are not what was stored."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.casebook import Casebook
from testimonia.casebook.keys import Kdf, Keys
from testimonia.casebook.objects import ObjectStore, padded
from testimonia.errors import DamagedCasebook

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

KEYS = Keys.derive("umbrella", bytes(16), Kdf(8, 1, 1))


def stored(book: Casebook, data: bytes) -> str:
    with book.act("intake") as writer:
        return writer.preserve(data)


def objects(path: Path) -> list[Path]:
    return [file for file in (path / "objects").rglob("*") if file.is_file()]


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_bytes_come_back(book: Casebook, size: int) -> None:
    data = (b"0123456789abcde" * (size // 15 + 1))[:size]
    assert book.item_bytes(stored(book, data)) == data


def test_the_same_bytes_are_one_item_under_a_name_that_tells_nothing(book: Casebook, path: Path) -> None:
    """A known file cannot be looked for: its name is keyed, and its length is padded."""
    file_sha256 = stored(book, b"known")
    assert stored(book, b"known") == file_sha256 == sha256(b"known").hexdigest()
    (only,) = objects(path)
    assert file_sha256[:8] not in str(only)
    assert only.stat().st_size == 12 + 4096 + 16


@given(st.integers(0, 1 << 40))
def test_padding_costs_at_most_12_percent(size: int) -> None:
    assert padded(size) >= size
    assert padded(size) <= max(4096, size * 1.12)
    assert padded(padded(size)) == padded(size)


def test_an_item_that_is_not_here_is_a_key_error(book: Casebook) -> None:
    with pytest.raises(KeyError, match="No file"):
        book.item_bytes("0" * 64)


@pytest.mark.parametrize("offset", [0, 5, 12, 100, 4107, 4108, -1])
def test_a_flipped_bit_is_never_handed_out(book: Casebook, path: Path, offset: int) -> None:
    file_sha256 = stored(book, b"known")
    (only,) = objects(path)
    data = bytearray(only.read_bytes())
    data[offset] ^= 4
    only.write_bytes(data)
    with pytest.raises(DamagedCasebook, match="damaged"):
        book.item_bytes(file_sha256)
    assert [(damage.what, damage.where) for damage in book.verify()] == [("object", file_sha256)]


@pytest.mark.parametrize("length", [0, 11, 4000, 4123])
def test_a_shortened_file_is_damage(book: Casebook, path: Path, length: int) -> None:
    file_sha256 = stored(book, b"known")
    (only,) = objects(path)
    only.write_bytes(only.read_bytes()[:length])
    with pytest.raises(DamagedCasebook, match="damaged"):
        book.item_bytes(file_sha256)


def test_a_missing_file_is_damage(book: Casebook, path: Path) -> None:
    file_sha256 = stored(book, b"known")
    objects(path)[0].unlink()
    with pytest.raises(DamagedCasebook, match="missing"):
        book.item_bytes(file_sha256)


def test_two_files_that_changed_places_are_damage(book: Casebook, path: Path) -> None:
    stored(book, b"one")
    stored(book, b"two")
    one, two = objects(path)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert [damage.what for damage in book.verify()] == ["object", "object"]


def test_a_wrapped_key_belongs_to_one_name(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path, KEYS)
    digest = sha256(b"one").hexdigest()
    wrapped = store.write("aa11", b"one")
    store.path("aa22").write_bytes(store.path("aa11").read_bytes())
    assert store.read("aa11", wrapped, digest, 3) == b"one"
    with pytest.raises(DamagedCasebook):
        store.read("aa22", wrapped, digest, 3)


def test_what_an_unfinished_act_left_does_not_stand_in_the_way(book: Casebook, path: Path, invented: Invented) -> None:
    """A writer that was killed before its commit leaves a file that no row refers to."""
    name = book._objects.name(sha256(b"known").hexdigest())
    book._objects.write(name, b"known")
    assert book.item_bytes(stored(book, b"known")) == b"known"
    assert list(book.verify()) == []
