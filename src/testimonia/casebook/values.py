"""The plain values that only the casebook hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from testimonia.model import Coding, Outcome, State

__all__ = [
    "BLIND",
    "PERSON",
    "Adjudicated",
    "Arrival",
    "Collection",
    "Damage",
    "Decision",
    "Double",
    "DoublePlan",
    "Hit",
    "Item",
    "Judged",
    "Laid",
    "Linkage",
    "ListFile",
    "ListProblem",
    "Listed",
    "Logged",
    "PairVerdict",
    "Seeded",
    "Vote",
    "Waiting",
    "standing",
]

PairVerdict = Literal["same", "different", "unsure"]

# The version of a person as a coder says how she coded: as anybody does, or without seeing what others did.
PERSON, BLIND = "person", "blind"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What a person last said of a coding. `review` numbers it, `seconds` is how long she looked, if known.

    With `back` she took back what she had said, and `state` is what others had made of the coding: no vote of hers.
    """

    review: int
    who: str
    at: str
    state: State
    changes: Mapping[str, Any]
    seconds: float | None = None
    blind: bool = False
    back: bool = False

    @property
    def holds(self) -> bool:
        """Whether it is a judgement that has not been taken back."""
        return self.state != "suggested" and not self.back


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A coding as it stands after review, as it was proposed, and what each person last said of it, first to last.

    The last of the votes is the one that counts.
    """

    coding: Coding
    proposed: Coding
    votes: tuple[Vote, ...] = ()

    @property
    def review(self) -> int:
        """The number of the last review, 0 before the first."""
        return self.votes[-1].review if self.votes else 0

    def with_votes(self, votes: tuple[Vote, ...]) -> Judged:
        """The same coding as it would stand if these were the votes."""
        return standing(self.proposed, votes)

    def said(self, who: str) -> Vote | None:
        """What somebody last said of it, unless she has taken it back."""
        return next((vote for vote in self.votes if vote.who == who and vote.holds), None)

    def by(self, who: str) -> Coding | None:
        """The coding as somebody let it stand: accepted or corrected by her; None where she did not."""
        vote = self.said(who)
        if vote is None or vote.state not in ("accepted", "corrected"):
            return None
        return replace(self.proposed, state=vote.state, **vote.changes)


def standing(proposed: Coding, votes: tuple[Vote, ...] = ()) -> Judged:
    """A coding as it stands after votes: the last one counts."""
    if not votes:
        return Judged(coding=proposed, proposed=proposed)
    return Judged(coding=replace(proposed, state=votes[-1].state, **votes[-1].changes), proposed=proposed, votes=votes)


@dataclass(frozen=True, slots=True)
class Laid:
    """A text that can be given to a second coder: its file, rendering, main language (en, ko, zh), and characters."""

    file_sha256: str
    rendering_sha256: str
    language: str
    characters: int


@dataclass(frozen=True, slots=True)
class DoublePlan:
    """How documents are chosen for a second coder, and what share of wrong suggestions is mixed in (0: none)."""

    share: float
    least: int
    begun_at: str
    begun_by: str
    seeded: float
    revealed_at: str | None = None
    revealed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Double:
    """A rendering that somebody codes without seeing what others did; `finished_at` is None while she does."""

    rendering_sha256: str
    coder: str
    began_at: str
    finished_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicated:
    """What a third person decided where two differ. `codings` holds the ids of theirs: `first`, `second`."""

    rendering: str
    kind: str
    start: int
    end: int
    first: str
    second: str
    codings: Mapping[str, str]
    kept: Literal["first", "second", "both", "neither"]
    who: str
    at: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A wrong suggestion that was made to see who notices: how it looks, what is wrong with it, who said what."""

    coding: Coding
    wrong: str
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A list in the sense of multiple systems estimation: who keeps it, what gets a person onto it, when and where.

    `dependence` says in words which other lists it is known to depend on; `records` how many it has now.
    """

    name: str
    keeper: str | None = None
    inclusion: str | None = None
    period: str | None = None
    area: str | None = None
    dependence: str | None = None
    records: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """How the file of a list was read: the column of each field, from zero, and all headings."""

    file_sha256: str
    name: str
    columns: Mapping[str, int]
    headings: tuple[str, ...]
    reader: str
    rendering_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ListProblem:
    """What is wrong with a row (0: with the file) or one cell of it, and what to do."""

    row: int
    column: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list as a record of a person. `record` is its number in this casebook."""

    record: int
    record_id: str
    collection: str
    file_sha256: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about two records, by their ids, and why the pair was asked about.

    `probability` is what the last linkage had said of the pair; the person was not shown it.
    """

    a: str
    b: str
    verdict: PairVerdict
    who: str
    at: str
    seconds: float | None = None
    chosen: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """The last linkage: its lists, people by capture pattern (bit masks of lists) there and in each draw, a summary."""

    at: str
    lists: tuple[str, ...]
    summary: Mapping[str, Any]
    counts: Mapping[int, int]
    draws: Sequence[Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log: its number, when, who, what and why (codes, never text)."""

    sequence: int
    at: str
    who: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document, how many codings it has, and how many of them nobody has judged."""

    file_sha256: str
    path: str
    codings: int
    waiting: int
