"""Files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import errno
import glob
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from testimonia.errors import UnusablePath

__all__ = ["write_bytes", "write_lines"]

_RANDOM = 8  # characters that tempfile adds to a name


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text as UTF-8, without a byte order mark; characters that UTF-8 cannot hold become U+FFFD."""
    _write(path, (line.encode("utf-8", "replace") for line in lines))


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data`."""
    _write(path, (data,))


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write into a temporary file beside `path` (mode 0600), sync it, and put it in place in one step."""
    try:
        _tidy(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UnusablePath(_why(path, error)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UnusablePath(_why(path, error)) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _tidy(path: Path) -> None:
    """Remove what a writer of this file that was killed had begun: it holds words of documents in the clear."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*"):
        if len(left.name) == len(path.name) + 2 + _RANDOM and left.is_file():
            left.unlink(missing_ok=True)


def _why(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: the disk is full. Free some space and run the same command again; it goes on from there."
    return f"{path}: cannot be written ({error.strerror}). Put that right and run the same command again."
