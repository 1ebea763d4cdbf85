"""The log: who did what, when and why, each entry chained to the one before, in the transaction it is about.

An entry holds codes, a pseudonym, and for each unit of content that the act touched a keyed name and a keyed
digest (`seals`). It never holds text, so that erasure stays possible; and content cannot change without
the log no longer fitting it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from testimonia.casebook.database import Database, Row
from testimonia.casebook.head import Head, last_entry
from testimonia.casebook.keys import Keys, mac

__all__ = ["append", "check_code", "check_pseudonym", "now", "walk"]

CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
PSEUDONYM = re.compile(r"[\w][\w .@-]{0,63}")


def now() -> str:
    """The time in UTC, to the second, as the log writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def check_code(code: str) -> str:
    """A code for the log. Raises ValueError for anything that could be a sentence."""
    if not CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no code: small letters, digits and _ . : - only, at most 64.")
    return code


def check_pseudonym(who: str) -> str:
    """A pseudonym for the log. Raises ValueError for what is none."""
    if not PSEUDONYM.fullmatch(who):
        raise ValueError(f"{who!r} is no pseudonym: one to 64 letters, digits, spaces and . @ - _ only.")
    return who


def append(database: Database, keys: Keys, who: str, action: str, why: str, seals: bytes) -> Head:
    """Add an entry inside the transaction that is open; gives its number and hash."""
    last = last_entry(database)
    entry = (last.sequence + 1, now(), who, action, why, seals, last.hash)
    hash_ = entry_hash(keys, entry)
    database.run("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*entry, hash_))
    return Head(last.sequence + 1, hash_)


def entry_hash(keys: Keys, entry: Row) -> str:
    """The keyed hash of an entry: everything in it, the hash of the one before included."""
    sequence, at, who, action, why, seals, previous = entry
    return mac(keys.log, json.dumps([sequence, at, who, action, why, seals.hex(), previous]).encode())


def walk(database: Database, keys: Keys) -> Iterator[tuple[int, bytes, str | None]]:
    """Every entry of the log in turn: its number, its seals, and what is wrong with it, if anything."""
    expected, previous = 1, ""
    for *entry, hash_ in database.stream(
        "SELECT sequence, at, who, action, why, seals, previous, hash FROM log ORDER BY sequence"
    ):
        wrong = None
        if entry[0] != expected or entry[6] != previous:
            wrong = "does not follow the one before it"
        elif entry_hash(keys, tuple(entry)) != hash_:
            wrong = "is not what was written"
        yield entry[0], entry[5], wrong
        expected, previous = entry[0] + 1, hash_
