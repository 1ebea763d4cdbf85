"""Files of findings: whole or not at all, and nothing left in the clear beside them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from testimonia.errors import UnusablePath
from testimonia.release.files import write_lines


def test_a_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.csv", ["nine\n"])
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600


def test_what_a_killed_writer_had_begun_is_removed(tmp_path: Path) -> None:
    """A file half written holds words of documents; it must not stay hidden beside the finished one."""
    os.close(tempfile.mkstemp(dir=tmp_path, prefix=".a.csv.")[0])
    (tmp_path / ".a.csv.mine-to-keep").touch()
    write_lines(tmp_path / "a.csv", ["nine\n"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.csv.mine-to-keep", "a.csv"]


def test_what_fails_half_way_leaves_the_earlier_file(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.csv", ["nine\n"])
    with pytest.raises(ZeroDivisionError):
        write_lines(tmp_path / "a.csv", (str(1 // n) for n in (1, 0)))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["nine\n"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusablePath, match=r"a\.csv: cannot be written"):
        write_lines(tmp_path / "gone" / "a.csv", ["nine\n"])
