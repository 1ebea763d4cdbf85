"""One way to code a Chinese text in a test. All sentences of these tests are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.coding.chinese import code
from testimonia.model import Coding, Passage, Role

Coder = Callable[..., list[Coding]]


def coded(text: str, kind: str | None = None, role: Role = "body", offset: int = 0) -> list[Coding]:
    """Codings of `text`, one passage a paragraph; `kind` keeps only those."""
    passages, at = [], offset
    for line in text.split("\n\n"):
        if line.strip():
            passages.append(Passage(at, at + len(line), line, role=role, language="zh-Hans"))
        at += len(line) + 2
    return [coding for coding in code(passages) if kind in (None, coding.kind)]


@pytest.fixture(name="code")
def _code() -> Coder:
    return coded


@pytest.fixture(name="figures")
def _figures() -> Callable[[str], list[tuple[str, object, str | None, str | None]]]:
    """Number, value (or least and most), unit and comparator of each figure."""

    def read(text: str) -> list[tuple[str, object, str | None, str | None]]:
        found: list[tuple[str, object, str | None, str | None]] = []
        for figure in coded(text, "figure"):
            value = figure.value if figure.value is not None else (figure.min, figure.max)
            number = figure.parts["number"].quote if "number" in figure.parts else ""
            found.append((number, value, figure.unit, figure.comparator))
        return found

    return read


@pytest.fixture(name="quotes")
def _quotes() -> Callable[[str, str], list[str]]:
    """What is quoted for one kind, in text order."""

    def read(text: str, kind: str) -> list[str]:
        return [c.quote for c in sorted(coded(text, kind), key=lambda c: (c.start, c.end))]

    return read
