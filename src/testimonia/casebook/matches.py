"""Pairs of records in the database: what a linkage makes of them, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from testimonia.casebook import rows
from testimonia.casebook.database import Database
from testimonia.casebook.log import now
from testimonia.casebook.values import Decision, Linkage

__all__ = ["MACHINE", "chance", "decide", "decisions", "keep_linkage", "keep_matches", "last_linkage", "matches"]

MACHINE = "linkage"


def keep_matches(database: Database, pairs: Iterable[tuple[int, int, float]]) -> None:
    """Keep pairs of records (by number) with their probability, in place of those of the linkage before.

    A machine decides nothing: its verdict is always "unsure".
    """
    database.run("DELETE FROM match WHERE decided_by = ? AND NOT by_person", (MACHINE,))
    at = now()
    database.many(
        "INSERT INTO match (a, b, verdict, probability, decided_by, at, by_person) VALUES (?, ?, 'unsure', ?, ?, ?, 0)",
        ((min(a, b), max(a, b), probability, MACHINE, at) for a, b, probability in pairs),
    )


def decide(database: Database, pair: tuple[str, str], told: Decision) -> None:
    """Add a decision of a person on two records. Raises KeyError for an id that is not here."""
    first, second = (_number(database, record_id) for record_id in pair)
    if first == second:
        raise ValueError("A record is always the same person as itself; nothing was decided.")
    database.run(
        "INSERT INTO match (a, b, verdict, probability, decided_by, at, by_person, seconds, chosen) "
        "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)",
        (
            min(first, second),
            max(first, second),
            told.verdict,
            told.probability,
            told.who,
            told.at,
            told.seconds,
            told.chosen,
        ),
    )


def _number(database: Database, record_id: str) -> int:
    row = database.one("SELECT record FROM listed WHERE record_id = ?", (rows.word(record_id),))
    if row is None:
        raise KeyError(f"No record called {record_id} is in this casebook.")
    return int(row[0])


def decisions(database: Database) -> list[Decision]:
    """Every decision of a person, first to last."""
    found = database.rows(
        "SELECT first.record_id, second.record_id, verdict, decided_by, at, seconds, chosen, probability FROM match "
        "JOIN listed AS first ON first.record = a JOIN listed AS second ON second.record = b "
        "WHERE by_person ORDER BY id"
    )
    names = ("verdict", "who", "at", "seconds", "chosen", "probability")
    return [
        Decision(a=rows.unword(a), b=rows.unword(b), **dict(zip(names, told, strict=True))) for a, b, *told in found
    ]


def matches(database: Database) -> list[tuple[str, str, float]]:
    """The pairs of the last linkage: two record ids and the probability that they are one person, likeliest first."""
    found = database.rows(
        "SELECT first.record_id, second.record_id, probability FROM match JOIN listed AS first ON first.record = a "
        "JOIN listed AS second ON second.record = b WHERE NOT by_person ORDER BY probability DESC, a, b"
    )
    return [(rows.unword(a), rows.unword(b), probability) for a, b, probability in found]


def chance(database: Database, a: str, b: str) -> float | None:
    """What the last linkage said of two records, None where it had not thought of them."""
    row = database.one(
        "SELECT probability FROM match WHERE NOT by_person AND a = (SELECT min(record) FROM listed WHERE record_id IN "
        "(?1, ?2)) AND b = (SELECT max(record) FROM listed WHERE record_id IN (?1, ?2))",
        (rows.word(a), rows.word(b)),
    )
    return None if row is None else row[0]


def keep_linkage(
    database: Database,
    lists: Sequence[str],
    summary: Mapping[str, object],
    counts: Mapping[int, int],
    draws: Iterable[Mapping[int, int]],
) -> None:
    """Keep what a linkage came to, in place of the one before."""
    database.run("DELETE FROM linkage; DELETE FROM partition_draw")
    database.run(
        "INSERT INTO linkage (id, at, lists, summary) VALUES (1, ?, ?, ?)",
        (now(), rows.to_json(list(lists)), rows.to_json(dict(summary))),
    )
    database.many(
        "INSERT INTO partition_draw (number, counts) VALUES (?, ?)",
        ((number, _counts(one)) for number, one in enumerate((counts, *draws))),
    )


def _counts(counts: Mapping[int, int]) -> str:
    return json.dumps({str(pattern): int(count) for pattern, count in sorted(counts.items())})


def last_linkage(database: Database) -> Linkage | None:
    """What the last linkage came to, or None where the lists have not been linked."""
    with database.snapshot():
        row = database.one("SELECT at, lists, summary FROM linkage")
        found = database.rows("SELECT counts FROM partition_draw ORDER BY number")
    if row is None or not found:
        return None
    first, *draws = ({int(pattern): count for pattern, count in json.loads(one).items()} for (one,) in found)
    return Linkage(
        at=row[0],
        lists=tuple(rows.from_json(row[1])),
        summary=rows.from_json(row[2]),
        counts=first,
        draws=draws,
    )
