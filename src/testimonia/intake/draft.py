"""A reading while it is being made: text piece by piece, where each piece comes from, what could not be read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from testimonia.model import Child, Page, Role, Verdict

__all__ = ["DEADLINE", "MAX_CHARACTERS", "MAX_ROWS", "Draft", "Loss", "Mark", "PageKind", "Unreadable", "clean"]

MAX_CHARACTERS = 4_000_000  # about 2,000 printed pages; what is longer is cut off there, and said
MAX_ROWS = 100_000  # of all the tables of a file
DEADLINE = 12.0  # seconds after which a reader stops where it is, so that what it has is not lost

PageKind = Literal["page", "sheet", "cell", "part", "file"]
# Surrogates cannot be written as UTF-8; NUL ends strings in too many places.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(Exception):
    """Nothing of this file can be read; `reason` and `remedy` are sentences."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class Loss(NamedTuple):
    """Something of a file that is not in its text."""

    reason: str
    remedy: str


class Mark(NamedTuple):
    """What the file itself says about a stretch of its text: that it is a title, a row of a table, a menu."""

    start: int
    end: int
    role: Role


def clean(text: str) -> str:
    """Text with characters that cannot be stored replaced by U+FFFD, one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


@dataclass(slots=True)
class Draft:
    """Text and its page map under construction. Offsets are code points."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[Page] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    children: list[Child] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)
    full: bool = False

    def add(self, text: str, role: Role | None = None) -> None:
        """Append text; beyond MAX_CHARACTERS nothing is added and `full` is set."""
        text = text[: MAX_CHARACTERS - self.length] if self._overflows(text) else text
        if not text:
            return
        self.pieces.append(text)
        if role is not None:
            self.marks.append(Mark(self.length, self.length + len(text), role))
        self.length += len(text)

    def _overflows(self, text: str) -> bool:
        if self.length + len(text) <= MAX_CHARACTERS:
            return False
        if not self.full:
            self.full = True
            self.lose(
                f"only the first {MAX_CHARACTERS:,} characters were read.",
                "Split the file into smaller ones and run again.",
            )
        return True

    def line(self, text: str, role: Role | None = None) -> None:
        """Append text as a line of its own."""
        self.add(text, role)
        self.add("\n")

    @contextmanager
    def page(self, label: str, kind: PageKind) -> Iterator[None]:
        """What is added inside comes from there."""
        start = self.length
        yield
        self.pages.append(Page(start, self.length, label, kind))

    def judge(self, verdict: Verdict, reason: str) -> None:
        """Say of the page that was added last that it was not read whole."""
        last = self.pages[-1]
        self.pages[-1] = Page(last.start, last.end, last.label, last.kind, verdict, reason)

    def lose(self, reason: str, remedy: str) -> None:
        """Note that something of the file is not in the text."""
        self.losses.append(Loss(reason, remedy))

    @property
    def late(self) -> bool:
        """Whether the reader should stop and hand over what it has."""
        return time.monotonic() - self.started > DEADLINE

    @property
    def text(self) -> str:
        """The rendering so far."""
        return "".join(self.pieces)

    def describe(self, found: Mapping[str, str | None]) -> None:
        """Keep what the file says about itself; empty and overlong values are left out."""
        for name, value in found.items():
            value = clean(" ".join((value or "").split()))[:1000]
            if value:
                self.metadata.setdefault(name, value)
