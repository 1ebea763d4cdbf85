"""Korean passages and codings for the tests of the Korean rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from testimonia.coding.korean import code
from testimonia.model import Coding, Passage

Coded = Callable[..., list[Coding]]


def passages_of(text: str, **given: Any) -> list[Passage]:
    """One passage a line."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Passage(start, start + len(line), line, language="ko", **given))
        start += len(line) + 1
    return found


@pytest.fixture
def coded() -> Coded:
    """Codes a text, one passage a line; `kind` keeps codings of one kind."""

    def run(text: str, kind: str = "", **given: Any) -> list[Coding]:
        return [c for c in code(passages_of(text, **given)) if not kind or c.kind == kind]

    return run
