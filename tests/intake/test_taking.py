"""Taking bytes: whole, unchanged, and without waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from testimonia.intake import MAX_BYTES, NotTaken, take


def test_the_bytes_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"nine\r\n\0\xff")
    assert take(tmp_path / "a") == b"nine\r\n\0\xff"


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(NotTaken, match="device or a pipe"):
        take(tmp_path / "a")


def test_a_file_that_has_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotTaken, match="no file or folder of this name"):
        take(tmp_path / "gone")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(NotTaken, match="not taken in"):
        take(tmp_path / "a")


def test_a_file_that_is_being_written_is_not_taken_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of two moments are no evidence of either."""
    from testimonia.intake import taking

    path, size = tmp_path / "a", taking.CHUNK
    path.write_bytes(bytes(4 * size))
    real = os.fstat

    def changed(handle: int) -> os.stat_result:
        os.truncate(path, real(handle).st_size + 1)
        return real(handle)

    with monkeypatch.context() as patched, pytest.raises(NotTaken, match="being changed"):
        patched.setattr(os, "fstat", changed)
        take(path)
