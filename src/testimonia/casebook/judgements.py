"""Codings with what people said of them, found by id or by place: never by reading a whole document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from testimonia.casebook import rows
from testimonia.casebook.database import Database, Row
from testimonia.casebook.reader import COLUMNS
from testimonia.casebook.values import BLIND, PERSON, Judged, Vote, standing
from testimonia.errors import NotKept
from testimonia.model import Coding

__all__ = ["BACK", "insert_own", "judged", "judged_between", "judged_codings", "reviews"]

BACK = "taken_back"  # in `before` of a review: the number of the review that its writer takes back with it
ONE = f"SELECT {COLUMNS} FROM coding WHERE coding = ? ORDER BY coding.id"  # noqa: S608 - constants
ALL = f'SELECT {COLUMNS} FROM coding WHERE rendering = ? ORDER BY start, "end", coder, number'  # noqa: S608
BETWEEN = (
    f'SELECT {COLUMNS} FROM coding WHERE rendering = ?1 AND start < ?3 AND "end" > ?2 '  # noqa: S608
    'ORDER BY start, "end", coder, number'
)
VOTES = "SELECT coding, id, who, at, state, after, seconds, blind, before FROM review WHERE rendering = ?1"
OF_ONE = f"{VOTES} AND coding = ?2 ORDER BY id"
OF_ALL = f"{VOTES} ORDER BY id"
OF_BETWEEN = (
    f"{VOTES} AND coding IN "  # noqa: S608 - constants
    '(SELECT coding FROM coding WHERE rendering = ?1 AND start < ?3 AND "end" > ?2) ORDER BY id'
)


def judged(database: Database, coding: str) -> Judged | None:
    """The coding with an id, as it stands, or None."""
    with database.snapshot():
        row = database.one(ONE, (coding,))
        return _together([row], database.rows(OF_ONE, (row[0], coding)))[0] if row else None


def judged_between(database: Database, rendering: str, start: int, end: int) -> list[Judged]:
    """The codings of a rendering that reach into a stretch of it, in text order."""
    with database.snapshot():
        place = (rendering, start, end)
        return _together(database.rows(BETWEEN, place), database.rows(OF_BETWEEN, place))


def judged_codings(database: Database, rendering: str) -> list[Judged]:
    """All codings of a rendering, in text order."""
    with database.snapshot():
        return _together(database.rows(ALL, (rendering,)), database.rows(OF_ALL, (rendering,)))


def reviews(database: Database, coding: str) -> list[Vote]:
    """Every review of a coding, first to last."""
    row = database.one("SELECT rendering FROM coding WHERE coding = ?", (coding,))
    return [_vote(told) for _, *told in database.rows(OF_ONE, (row[0], coding))] if row else []


def _together(codings: Iterable[Row], reviews: Iterable[Row]) -> list[Judged]:
    votes: dict[str, dict[str, Vote]] = defaultdict(dict)
    for coding, *told in reviews:
        vote = _vote(told)
        votes[coding].pop(vote.who, None)  # so that the last vote stands last
        votes[coding][vote.who] = vote
    return [standing(rows.to_coding(row), tuple(votes.get(row[27], {}).values())) for row in codings]


def _vote(row: Sequence[Any]) -> Vote:
    review, who, at, state, after, seconds, blind, before = row
    changes: Mapping[str, Any] = rows.from_json(after) if after else {}
    back = BACK in (rows.from_json(before) if before else {})
    told = {"review": review, "who": who, "at": at, "state": state, "changes": changes}
    return Vote(**told, seconds=seconds, blind=bool(blind), back=back)


def insert_own(database: Database, coding: Coding, who: str, *, blind: bool) -> Coding:
    """Keep a coding that a person made, beside all that she made before; gives it as it is stored.

    Its id also holds who made it and which one of hers it is: what two people code by themselves is not one coding.
    Raises NotKept where the pseudonym is the name of a coder that proposes.
    """
    row = database.one(
        "SELECT max(number), max(coder_version NOT IN (?, ?)) FROM coding WHERE rendering = ? AND coder = ?",
        (PERSON, BLIND, coding.rendering_sha256, who),
    )
    last, machine = row or (None, None)
    if machine:
        raise NotKept("{who} is the name of a coder that makes suggestions; choose another pseudonym.", who=who)
    number = 0 if last is None else last + 1
    version = BLIND if blind else PERSON
    identity = sha256(f"{replace(coding, identity='').id}|{who}|{number}".encode()).hexdigest()[:16]
    own = replace(coding, coder=who, coder_version=version, identity=identity, state="suggested")
    database.run(rows.INSERT_CODING, rows.coding_row(own.rendering_sha256, who, number, own))
    return own
