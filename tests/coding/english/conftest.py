"""One way to code an English text in a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.coding.english import code
from testimonia.model import Coding, Passage, Role

Coder = Callable[..., list[Coding]]
Figures = Callable[[str], list[tuple[str, object, str | None, str | None, str]]]
Said = Callable[[str], list[tuple[str | None, str, str | None]]]


def coded(text: str, kind: str | None = None, role: Role = "body", damaged: bool = False) -> list[Coding]:
    """Codings of `text`, one passage a line; `kind` keeps only those."""
    flags = frozenset({"damaged_text"}) if damaged else frozenset[str]()
    passages, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            passages.append(Passage(offset, offset + len(line), line, role=role, language="en", flags=flags))
        offset += len(line) + 1
    return [coding for coding in code(passages) if kind in (None, coding.kind)]


@pytest.fixture(name="code")
def _code() -> Coder:
    return coded


@pytest.fixture(name="figures")
def _figures() -> Figures:
    """Number, value (or least and most), unit, comparator and modality of each figure."""

    def read(text: str) -> list[tuple[str, object, str | None, str | None, str]]:
        found: list[tuple[str, object, str | None, str | None, str]] = []
        for figure in coded(text, "figure"):
            value = figure.value if figure.value is not None else (figure.min, figure.max)
            found.append((figure.parts["number"].quote, value, figure.unit, figure.comparator, figure.modality))
        return found

    return read


@pytest.fixture(name="said")
def _said() -> Said:
    """Source, cue and stance of each attribution."""

    def read(text: str) -> list[tuple[str | None, str, str | None]]:
        return [
            (part.quote if (part := c.parts.get("source")) else None, c.parts["cue"].quote, c.code)
            for c in coded(text, "attribution")
        ]

    return read
