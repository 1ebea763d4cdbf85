"""Files written whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from testimonia.errors import UnusablePath

__all__ = ["write_bytes", "write_lines"]


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write text as UTF-8, without a byte order mark; characters that UTF-8 cannot hold become U+FFFD."""
    _write(path, (line.encode("utf-8", "replace") for line in lines))


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data`."""
    _write(path, (data,))


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write into a temporary file beside `path` (mode 0600), sync it, and put it in place in one step."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UnusablePath(f"{path}: cannot be written ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UnusablePath(f"{path}: cannot be written ({error.strerror}).") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
