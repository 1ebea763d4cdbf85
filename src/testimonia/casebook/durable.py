"""Writing that survives a power cut, and the plain sentence for a disk that is full."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from testimonia.errors import CasebookError

__all__ = ["FULL", "PARTIAL", "full", "make_folder", "no_room", "sync_folder", "write_durably"]

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PARTIAL = ".partial"  # what a crash may leave behind; the next writer removes it


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, durably."""
    if not folder.is_dir():
        with no_room(folder.parent):
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)


def write_durably(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Put a whole file in place or none: a temporary name, fsync, rename, fsync of the folder. Mode 0600.

    Raises CasebookError when the disk is full.
    """
    with no_room(path.parent):
        _write(path, fill)


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    partial = path.with_name(path.name + PARTIAL)
    try:
        with open(partial, "wb", opener=_private) as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NOFOLLOW, 0o600)


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Turn the ways in which a full disk shows itself into one sentence; nothing of the act is kept."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in FULL:
            raise
        raise CasebookError(full(folder)) from problem


def full(folder: Path) -> str:
    """The sentence for a disk that is full."""
    return (
        f"The disk that holds {folder} is full. The last step was not kept; everything before it is safe. "
        "Free some space and run the same command again."
    )
