"""The encrypted database file: opening it with a key, and the plain words for what can go wrong in it."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import apsw

from testimonia.casebook.durable import FULL, full
from testimonia.casebook.header import DATABASE
from testimonia.errors import CasebookError, DamagedCasebook, UnusablePath

__all__ = ["Database", "Row"]

Row = tuple[Any, ...]
BUSY_MILLISECONDS = 10_000
CACHE_KIB = 65_536


class Database:
    """One connection to the pages of a casebook (ChaCha20-Poly1305 each), for writing or for reading only.

    Write-ahead log, every commit synced, temporary tables in memory, deleted content overwritten. The log
    file stays where it is when the last connection closes, so that reading adds no file to the folder.
    """

    def __init__(self, folder: Path, key: bytes, *, write: bool, create: bool = False) -> None:
        """Open it. Raises DamagedCasebook when the first page cannot be read with this key."""
        self.folder = folder
        self._closed = False
        with self.plainly():
            self._open(key, _flags(write=write, create=create))

    def _open(self, key: bytes, flags: int) -> None:
        name, more = _name(self.folder, flags)
        self.connection = apsw.Connection(name, flags=flags | more)
        try:
            with self.plainly():  # while the connection can still say what the system answered
                self._unlock(key)
        except BaseException:
            self.connection.close()
            raise

    def _unlock(self, key: bytes) -> None:
        link = self.connection
        link.set_busy_timeout(BUSY_MILLISECONDS)
        link.pragma("cipher", "chacha20")
        link.pragma("key", f"raw:{key.hex()}")
        link.pragma("temp_store", "memory")
        link.pragma("cache_size", -CACHE_KIB)
        link.pragma("secure_delete", True)
        link.pragma("foreign_keys", True)
        link.pragma("recursive_triggers", True)
        link.pragma("trusted_schema", False)
        if link.pragma("journal_mode") != "wal" and not link.readonly("main"):
            link.pragma("journal_mode", "wal")
        link.pragma("synchronous", "FULL")
        keep = ctypes.c_int(1)
        link.file_control("main", apsw.SQLITE_FCNTL_PERSIST_WAL, ctypes.addressof(keep))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self.plainly():
            return self.connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows of a query, one by one, for results that may be large and are left early."""
        with self.plainly():
            yield from self.connection.execute(sql, values)

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number a query gives."""
        return int(self.rows(sql, values)[0][0])

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """A statement that gives no rows."""
        with self.plainly():
            self.connection.execute(sql, values)

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """The same statement for each row."""
        with self.plainly():
            self.connection.executemany(sql, rows)

    @property
    def inside(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.connection.in_transaction)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one state of the casebook, whatever a writer does meanwhile."""
        if self.inside:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("ROLLBACK")

    def fold_in(self) -> None:
        """Move the write-ahead log into the database and empty it.

        That can wait: where a reader still needs the log, or the disk has no room, all is safe as it is.
        """
        self.connection.set_busy_timeout(0)
        with suppress(apsw.BusyError, apsw.LockedError, apsw.FullError):
            self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self.connection.set_busy_timeout(BUSY_MILLISECONDS)

    def hold_pages(self, kib: int) -> None:
        """Hold up to so many KiB of pages in memory from now on, if that is more than until now.

        A page that is not held is read and deciphered again, which takes longer than all that is done with it.
        """
        if -int(self.connection.pragma("cache_size")) < kib:
            self.connection.pragma("cache_size", -kib)

    def forget_pages(self) -> None:
        """Give back the memory of pages that were read: after a pass over everything few are read again soon."""
        self.run("PRAGMA shrink_memory")

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def close(self) -> None:
        """Close the connection. A second call does nothing."""
        self._closed = True
        self.connection.close()

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Turn what SQLite says into what a reader of the message can act on."""
        try:
            yield
        except (apsw.CorruptError, apsw.NotADBError) as problem:
            raise self._damaged(problem) from problem
        except apsw.CantOpenError as problem:
            if os.access(self.folder / DATABASE, os.R_OK):
                raise UnusablePath(f"The casebook {self.folder} cannot be opened: {problem}.") from problem
            raise self._damaged(problem) from problem
        except (apsw.FullError, apsw.IOError) as problem:
            raise self._disk(problem) from problem

    def _damaged(self, problem: apsw.Error) -> DamagedCasebook:
        return DamagedCasebook(
            f"The database of the casebook {self.folder} is damaged ({problem}). "
            "Keep the folder as it is, and put back a copy from a backup."
        )

    def _disk(self, problem: apsw.Error) -> CasebookError:
        code = self.connection.system_errno if hasattr(self, "connection") else 0
        if isinstance(problem, apsw.FullError) or code in FULL:
            return CasebookError(full(self.folder))
        return DamagedCasebook(f"The disk under the casebook {self.folder} cannot be used ({problem}).")


def _name(folder: Path, flags: int) -> tuple[str, int]:
    """What to open: on a medium that cannot be written (a disc), the file as it is, without locks."""
    wal = folder / f"{DATABASE}-wal"
    idle = not wal.exists() or not wal.stat().st_size
    if flags & apsw.SQLITE_OPEN_READONLY and idle and not os.access(folder, os.W_OK):
        return f"file:{quote(str(folder / DATABASE))}?immutable=1", int(apsw.SQLITE_OPEN_URI)
    return str(folder / DATABASE), 0


def _flags(*, write: bool, create: bool) -> int:
    if not write:
        return int(apsw.SQLITE_OPEN_READONLY)
    return int(apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0))
