"""The bench: the open casebook that the pages look at, its pen, and what was worked out of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from testimonia.casebook import Casebook
from testimonia.sandbox import Sandbox

__all__ = ["Bench", "Locked"]

T = TypeVar("T")
WARM = 0.3  # seconds the right to write is kept after a judgement, so that the next one need not open the database
MOST = 0.5  # seconds it is kept in one piece: another person may be waiting for it
WAIT = 10.0  # seconds a judgement waits for another process that writes


class Locked(Exception):
    """The workbench has been idle and holds no key: the passphrase is asked for again."""


class Bench:
    """One casebook under one pair of hands. Everything is done under `lock`, one request at a time."""

    def __init__(
        self,
        path: Path,
        passphrase: str,
        *,
        who: str | None,
        sandbox: Sandbox,
        sample: bool = False,
        idle: float = 900.0,
    ) -> None:
        """Open the casebook; `who` is the pseudonym of the one who judges, None for reading only.

        `idle`: seconds without a request after which keys are forgotten. Raises what `Casebook.open` raises.
        """
        self.path, self.who, self.sandbox, self.sample, self.idle = path.absolute(), who, sandbox, sample, idle
        self.lock = threading.RLock()
        self._book: Casebook | None = self._open(passphrase)
        self._pen: Casebook | None = None
        self._made: dict[str, tuple[int, Any]] = {}
        self._kept: dict[str, Any] = {}
        self._asked = self._taken = self._written = time.monotonic()

    def _open(self, passphrase: str) -> Casebook:
        if self.who is not None:  # tables of an older version are brought up to date by one who may write
            Casebook.open(self.path, passphrase, who=self.who, wait=WAIT).close()
        return Casebook.open(self.path, passphrase, write=False, who=self.who or "reader")

    @property
    def book(self) -> Casebook:
        """The casebook, open for reading. Raises Locked."""
        if self._book is None:
            raise Locked
        return self._book

    @contextmanager
    def writing(self) -> Iterator[Casebook]:
        """The casebook, open for writing. Raises Locked, and CasebookInUse where another process keeps writing."""
        with self.lock:
            if self._pen is None:
                self._pen = self.book.again(write=True, wait=WAIT)
                self._taken = time.monotonic()
            try:
                yield self._pen
            finally:
                self._written = time.monotonic()
                if self._written - self._taken > MOST:
                    self._put_down(fold_in=False)

    def keep(self, name: str, compute: Callable[[], T]) -> T:
        """What `compute` gives, kept until the bench is locked: for what no judgement changes, as a text."""
        self.book  # noqa: B018 - raises where the bench is locked
        if name not in self._kept:
            self._kept[name] = compute()
        return cast(T, self._kept[name])

    def remember(self, name: str, compute: Callable[[], T]) -> T:
        """What `compute` gives, kept until the casebook changes (the marks of what was opened do not count)."""
        moment = self.book.moment()
        kept = self._made.get(name)
        if kept is None or kept[0] != moment:
            kept = self._made[name] = (moment, compute())
        return cast(T, kept[1])

    @property
    def name(self) -> str:
        """What the casebook is called: its folder, or the one that `run` made for it."""
        return self.path.parent.name if self.path.name == "casebook" and self.path.parent.name else self.path.name

    # Locking -------------------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether the keys are forgotten."""
        return self._book is None

    def touch(self) -> None:
        """Note that somebody is at work."""
        self._asked = time.monotonic()

    def look_after(self) -> None:
        """Put the pen down where nobody writes any more, and lock where nobody has asked for long."""
        with self.lock:
            now = time.monotonic()
            if self._pen is not None and now - self._written > WARM:
                self._put_down(fold_in=False)
            if self._book is not None and now - self._asked > self.idle:
                self.forget()

    def _put_down(self, *, fold_in: bool = True) -> None:
        pen, self._pen = self._pen, None
        if pen is not None:
            pen.close(fold_in=fold_in)

    def forget(self) -> None:
        """Close the casebook and forget its keys and all that was worked out of it. Can be repeated."""
        with self.lock:
            self._made.clear()
            self._kept.clear()
            self._put_down()
            book, self._book = self._book, None
            if book is not None:
                book.close()

    def unlock(self, passphrase: str) -> None:
        """Open the casebook again. Raises WrongPassphrase."""
        with self.lock:
            if self._book is None:
                self._book = self._open(passphrase)
            self.touch()
