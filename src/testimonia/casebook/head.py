"""The head: how far the log had come when the last write was acknowledged, kept beside the database.

SQLite drops the damaged end of a write-ahead log without a word, and an older copy of the database looks like
any other. Both show as a log that is shorter than its head. What no file inside the folder can show is an
older copy of the whole folder: for that, write the head down elsewhere (`Casebook.head`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from testimonia.casebook.database import Database
from testimonia.casebook.durable import write_durably
from testimonia.casebook.header import HEAD
from testimonia.casebook.keys import Keys, mac, same
from testimonia.errors import DamagedCasebook

__all__ = ["HEAD", "Head", "check_head", "read_head", "write_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """The number and the hash of an entry of the log."""

    sequence: int
    hash: str

    def to_bytes(self, keys: Keys) -> bytes:
        fields = {"sequence": self.sequence, "hash": self.hash}
        code = mac(keys.head, json.dumps(fields).encode())
        return json.dumps(fields | {"mac": code}).encode() + b"\n"


def write_head(folder: Path, head: Head, keys: Keys) -> None:
    """Sync the head; only after this may a write be acknowledged."""
    data = head.to_bytes(keys)
    write_durably(folder / HEAD, lambda file: file.write(data))


def read_head(folder: Path, keys: Keys) -> Head:
    """The head. Raises DamagedCasebook when it is missing or is not what this casebook wrote."""
    try:
        data = (folder / HEAD).read_bytes()
        fields = json.loads(data)
        head = Head(int(fields["sequence"]), str(fields["hash"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError) as problem:
        raise DamagedCasebook(_said(folder, "is missing or damaged")) from problem
    if not same(head.to_bytes(keys).hex(), data.hex()):
        raise DamagedCasebook(_said(folder, "was changed after it was written"))
    return head


def check_head(database: Database, folder: Path, keys: Keys) -> tuple[Head, Head]:
    """Hold log and head against each other; gives the head and the last entry of the log.

    The log may be one entry ahead: a writer was stopped, or is working, between commit and head. A writer
    that works meanwhile cannot mislead the check, because the head is read before the log and after it.
    Raises DamagedCasebook when acknowledged entries are gone, or are not those that were acknowledged.
    """
    before = read_head(folder, keys)
    with database.snapshot():
        last = last_entry(database)
        there = database.one("SELECT hash FROM log WHERE sequence = ?", (before.sequence,))
    after = read_head(folder, keys)
    if last.sequence < before.sequence:
        raise DamagedCasebook(_shorter(folder, before.sequence - last.sequence))
    if there is None or there[0] != before.hash:
        raise DamagedCasebook(_said(folder, "does not belong to this log"))
    if last.sequence > after.sequence + 1:
        raise DamagedCasebook(_said(folder, "is older than the log: an earlier copy of it was put back"))
    return after, last


def last_entry(database: Database) -> Head:
    """Number and hash of the last entry of the log; 0 and nothing before the first."""
    row = database.one("SELECT sequence, hash FROM log ORDER BY sequence DESC LIMIT 1")
    return Head(*row) if row else Head(0, "")


def _said(folder: Path, what: str) -> str:
    return f"The head of the log ({folder / HEAD}) {what}. Keep the folder as it is, and look at a backup."


def _shorter(folder: Path, lost: int) -> str:
    return (
        f"The casebook {folder} has lost its last {lost} acknowledged step(s): its log is shorter than its "
        "head. Keep the folder as it is, and put back a copy from a backup."
    )
