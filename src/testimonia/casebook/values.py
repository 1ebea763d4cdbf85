"""The plain values that only the casebook hands out."""

from __future__ import annotations

from dataclasses import dataclass

from testimonia.model import Outcome

__all__ = ["Arrival", "Damage", "Hit", "Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One path that was found, whatever came of it: a row of the ledger.

    `file_sha256` is None when the bytes could not be read at all. `parent` is the path of the file this one
    was found in (a mail, an archive). `pages` and `characters` count what was read.
    """

    path: str
    file_sha256: str | None = None
    bytes: int = 0
    media_type: str | None = None
    outcome: Outcome = "unread"
    pages: int = 0
    characters: int = 0
    languages: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reason: str | None = None
    remedy: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A preserved file. `parent` is the SHA-256 of the file it was found in; `source` a pseudonym."""

    file_sha256: str
    bytes: int
    media_type: str | None
    parent: str | None
    source: str | None
    received_at: str
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage in which a search found every word.

    `start` and `end` bound the passage, `spans` the exact characters that were found; all are code points
    into the rendering. `snippet` is the passage around the first span; `page` the label of the page, if any.
    """

    file_sha256: str
    rendering_sha256: str
    path: str
    page: str | None
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    snippet: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Something stored is not what was acknowledged: what kind of thing, which one, and a sentence."""

    what: str
    where: str
    sentence: str
