"""ZIP archives: members become children; what is left inside is said by name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.samples import ENGLISH, packed

from testimonia.intake import worker
from testimonia.intake.formats import archive


def test_members_are_children_and_their_names_the_text() -> None:
    reading = worker.read(packed({"a/one.txt": "1", "two.txt": "2"}), "a.zip")
    assert [(child.name, child.data) for child in reading.children] == [("a/one.txt", b"1"), ("two.txt", b"2")]
    assert (reading.outcome, reading.text) == ("read", "a/one.txt\ntwo.txt\n")
    assert {passage.role for passage in reading.passages} == {"boilerplate"}


def test_korean_names_of_old_archives_are_readable() -> None:
    raw = "증언.txt".encode("cp949")
    data = packed({"x" * len(raw): ENGLISH}).replace(b"x" * len(raw), raw)
    assert [child.name for child in worker.read(data, "a.zip").children] == ["증언.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root/x", "root/x"),
        ("C:\\Users\\x.txt", "C/Users/x.txt"),
        ("a/./b//c", "a/b/c"),
        ("..", "unnamed"),
        ("a\nb", "a\ufffdb"),
    ],
)
def test_names_stay_inside(name: str, safe: str) -> None:
    assert archive.safe_name(name) == safe


@given(st.text(max_size=40))
def test_no_name_leads_outside(name: str) -> None:
    parts = archive.safe_name(name).split("/")
    assert all(part not in ("", ".", "..") for part in parts)


def test_a_bomb_is_said_by_name_and_the_rest_is_taken_out() -> None:
    reading = worker.read(packed({"zeros.bin": bytes(40 << 20), "note.txt": "words"}), "a.zip")
    assert reading.outcome == "partly"
    assert reading.reason == ("1 of 2 files were not taken out: zeros.bin unpacks to far more than it should.")
    assert [child.name for child in reading.children] == ["note.txt"]


def test_limits_of_number_and_size_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    monkeypatch.setattr(archive, "MAX_TOTAL", 5)
    reading = worker.read(packed({"a": "1234", "b": "5678", "c": "9"}), "a.zip")
    assert [child.name for child in reading.children] == ["a"]
    assert "b lies beyond the 256 MB" in (reading.reason or "")
    assert "c lies beyond the first 2" in (reading.reason or "")


def test_a_locked_member_is_said() -> None:
    data = bytearray(packed({"a.txt": "words"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    reading = worker.read(bytes(data), "a.zip")
    assert reading.outcome == "partly" and "a.txt is locked with a password" in (reading.reason or "")


def test_a_member_with_a_bad_checksum_is_said() -> None:
    data = packed({"a.txt": "words", "b.txt": "more"}, zipfile.ZIP_STORED).replace(b"words", b"wards", 1)
    reading = worker.read(data, "a.zip")
    assert "a.txt is broken" in (reading.reason or "") and len(reading.children) == 1


def test_two_members_of_one_name_stay_two() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("a.txt", "1")
        file.writestr("a.txt", "2")
    children = worker.read(buffer.getvalue(), "a.zip").children
    assert [(child.name, child.data) for child in children] == [("a.txt", b"1"), ("a.txt (2)", b"2")]


@pytest.mark.parametrize("data", [packed({}), packed({"a": "1"})[:30]], ids=["empty", "cut off"])
def test_an_archive_without_files_is_unread(data: bytes) -> None:
    reading = worker.read(data, "a.zip")
    assert reading.outcome == "unread" and reading.reason and reading.remedy
