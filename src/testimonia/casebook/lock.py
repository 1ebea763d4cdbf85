"""One writer at a time; readers never wait."""

from __future__ import annotations

import fcntl
import json
import os
import time
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from testimonia.casebook.durable import FULL
from testimonia.errors import CasebookInUse, UnusablePath

__all__ = ["WriteLock"]

LOCK = "casebook.lock"
PAUSE = 0.05  # seconds between two tries


class WriteLock:
    """The right to write, held through an advisory lock that the system drops when the process ends.

    The lock file names the holder (process id, pseudonym, since when), so that the one who waits can be told.
    """

    def __init__(self, folder: Path, who: str, wait: float) -> None:
        """Take the lock, waiting up to `wait` seconds. Raises CasebookInUse, naming the holder."""
        self.path = folder / LOCK
        self.file: FileIO = _open(self.path)
        try:
            self._take(folder, time.monotonic() + wait)
            self._sign(json.dumps({"pid": os.getpid(), "who": who, "since": _now()}))
        except BaseException:
            self.file.close()
            raise

    def _take(self, folder: Path, until: float) -> None:
        while True:
            try:
                return fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise CasebookInUse(_taken(folder, self.path)) from None
                time.sleep(PAUSE)

    def _sign(self, text: str) -> None:
        """Name the holder. On a full disk the lock has no name; it holds all the same."""
        os.ftruncate(self.file.fileno(), 0)
        try:
            os.pwrite(self.file.fileno(), text.encode(), 0)
        except OSError as problem:
            if problem.errno not in FULL:
                raise

    def release(self) -> None:
        """Give the right to write back. A second call does nothing."""
        if not self.file.closed:
            self._sign("")
            self.file.close()


def _open(path: Path) -> FileIO:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b", buffering=0)
    except OSError as problem:
        raise UnusablePath(f"The casebook {path.parent} cannot be written to: {problem.strerror}.") from problem


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _taken(folder: Path, path: Path) -> str:
    try:
        holder = json.loads(path.read_bytes())
        held = f"by {holder['who']} (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        held = "by another process"
    return f"The casebook {folder} is being written {held}. Wait until that has ended, and try again."
