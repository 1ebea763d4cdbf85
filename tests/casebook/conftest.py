"""A small casebook with a cheap key, and texts for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from testimonia.casebook import Arrival, Casebook, Kdf, Writer
from testimonia.model import Coding, Page, Passage, Reading

PASSPHRASE = "일곱 개의 우산 seven umbrellas"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)


@dataclass(frozen=True)
class Invented:
    """What the tests of this room share: a passphrase, a cheap key, and ways to fill a casebook."""

    passphrase: str = PASSPHRASE
    kdf: Kdf = CHEAP

    def create(self, path: Path) -> Casebook:
        return Casebook.create(path, self.passphrase, kdf=self.kdf)

    def open(self, path: Path, *, write: bool = True, wait: float = 0) -> Casebook:
        return Casebook.open(path, self.passphrase, write=write, wait=wait)

    def reading(self, text: str, *, language: str = "und") -> Reading:
        """Plain text on one page, a passage a line."""
        passages, start = [], 0
        for line in text.splitlines(keepends=True):
            passages.append(Passage(start, start + len(line), line, language=language))
            start += len(line)
        return Reading(
            media_type="text/plain",
            outcome="read",
            text=text,
            pages=(Page(0, len(text), "1"),),
            passages=tuple(passages),
        )

    def store(self, writer: Writer, path: str, text: str) -> tuple[str, str]:
        """Keep a text as intake does; gives the hashes of file and rendering."""
        data = text.encode("utf-8", "surrogatepass")
        file_sha256 = writer.preserve(data, media_type="text/plain")
        rendering = writer.reading(file_sha256, self.reading(text))
        writer.arrive(Arrival(path=path, file_sha256=file_sha256, bytes=len(data), outcome="read"))
        return file_sha256, rendering

    def coding(self, text: str, start: int, end: int, *, value: float | str | None = None) -> Coding:
        return Coding(kind="figure", start=start, end=end, quote=text[start:end], value=value, coder="rules")


@pytest.fixture
def invented() -> Invented:
    return Invented()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "casebook"


@pytest.fixture
def book(path: Path, invented: Invented) -> Iterator[Casebook]:
    with invented.create(path) as casebook:
        yield casebook
