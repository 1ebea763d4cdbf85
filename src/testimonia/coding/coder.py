"""What a coder is. A rule, a model and a person all propose codings through this one door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from testimonia.model import Coding, Kind, Passage

__all__ = ["Coder"]


class Coder(Protocol):
    """Proposes codings for the passages of one rendering, in text order.

    `languages` holds primary subtags (en, ko, zh). What a coder proposes goes through the gate before it
    reaches the casebook; a coder never writes.
    """

    name: str
    version: str
    languages: frozenset[str]
    kinds: frozenset[Kind]

    def code(self, passages: Sequence[Passage]) -> Iterable[Coding]:
        """Return codings whose offsets are those of the rendering the passages come from."""
        ...
