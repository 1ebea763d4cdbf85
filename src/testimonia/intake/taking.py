"""Taking the bytes of one file, whole and unchanged, whatever else happens to it meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from testimonia.intake.reading import MAX_BYTES
from testimonia.intake.walk import NO_FILE, READING, unreachable

__all__ = ["NotTaken", "take"]

TRIES = 3  # a file that is being written is read anew this often
CHUNK = 1 << 20


class NotTaken(Exception):
    """A file whose bytes could not be had: `reason` and `remedy` are sentences for the ledger."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def take(source: Path) -> bytes:
    """The bytes of a file as they stood at one moment. Raises NotTaken.

    Never waits (a pipe may have taken the file's place since it was found), and never takes more than MAX_BYTES.
    """
    try:
        for _ in range(TRIES):
            data = _at_rest(source)
            if data is not None:
                return data
    except OSError as problem:
        raise NotTaken(*unreachable(source, problem)) from problem
    raise NotTaken("it was being changed while it was read.", "Close the program that writes it, and run again.")


def _at_rest(source: Path) -> bytes | None:
    """The bytes, or None where the file was changed in between."""
    with os.fdopen(os.open(source, READING), "rb", buffering=0) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise NotTaken(*NO_FILE)
        _check_size(before.st_size)
        data = bytearray()
        while piece := file.read(CHUNK):
            data += piece
            _check_size(len(data))
        after = os.fstat(file.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size
    return bytes(data) if same else None


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        limit = f"files over {MAX_BYTES >> 20} MB are not taken in."
        raise NotTaken(f"it has {-(-size >> 20)} MB or more; {limit}", "Split it and run again.")
