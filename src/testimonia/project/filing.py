"""Files on a page: the ledger narrowed by filters, taking in bytes, reading again, and the life of one file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testimonia import intake as reading
from testimonia.casebook import Arrival, Casebook
from testimonia.casebook.life import Life
from testimonia.errors import NotTakenIn
from testimonia.project.coding import code, trace
from testimonia.project.intake import read_again, take_in_bytes
from testimonia.sandbox import Sandbox

__all__ = [
    "LIMIT",
    "Arrival",
    "Coded",
    "Ledger",
    "Row",
    "again",
    "clean_path",
    "code_files",
    "ledger",
    "life",
    "rows_of",
    "take",
    "trace_again",
]

LIMIT = reading.MAX_BYTES
TOO_LARGE = "{path}: files over {limit} MB are not taken in. Split it and add the parts."
A_LIST = "{path}: this file is here already as a list of people. The command testimonia link reads it again."
JUDGED = (
    "{path}: people have judged what was read in it, and reading it again would set their judgements aside. "
    "Nothing was done."
)
LONGEST = 800  # characters of a path
_PARTS = re.compile(r"[\\/]+")
_INSIDE = re.compile(r"!+/")  # how the path of a file inside another goes on
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger. `is_list`: a list of people. `again`: whether reading it again can be tried."""

    arrival: Arrival
    is_list: bool
    again: bool


@dataclass(frozen=True)
class Ledger:
    """The rows that the filters let through, how many there are in all, and the values one can choose from."""

    rows: Sequence[Row]
    outcomes: Mapping[str, int]
    values: Mapping[str, Sequence[str]]
    total: int


@dataclass(frozen=True, slots=True)
class Coded:
    """What coding some files came to: proposals by kind, what the gate turned away by reason."""

    proposals: Mapping[str, int]
    refused: Mapping[str, int]


def rows_of(book: Casebook) -> list[Row]:
    """The whole ledger."""
    lists = {one.file_sha256 for one in book.list_files()}
    return [_row(arrival, lists) for arrival in book.arrivals()]


def _row(arrival: Arrival, lists: set[str]) -> Row:
    is_list = arrival.file_sha256 in lists or "list" in arrival.flags
    failed = arrival.outcome != "read" and arrival.file_sha256 is not None
    return Row(arrival, is_list, failed and not is_list)


def ledger(rows: Sequence[Row], filters: Mapping[str, Sequence[str]]) -> Ledger:
    """The rows that every filter lets through: `outcome`, `type`, `language`, `flag`, `folder`, `words` of the path.

    Of several values of one filter one is enough; inverted (`not-outcome`), none may hold.
    """
    kept = [row for row in rows if all(_lets(row.arrival, key, values) for key, values in filters.items() if values)]
    return Ledger(kept, Counter(row.arrival.outcome for row in rows), _choices(rows), len(rows))


def _lets(arrival: Arrival, key: str, values: Sequence[str]) -> bool:
    name = key.removeprefix("not-")
    held = any(_holds(arrival, name, value) for value in values)
    return held != (key != name)


def _holds(arrival: Arrival, name: str, value: str) -> bool:
    if name == "outcome":
        return arrival.outcome == value
    if name == "type":
        return (arrival.media_type or "") == value
    if name == "language":
        return any(one == value or one.startswith(f"{value}-") for one in arrival.languages)
    if name == "flag":
        return value in arrival.flags
    if name == "folder":
        return arrival.path.startswith(value)
    return name == "words" and value.casefold() in arrival.path.casefold()


def _choices(rows: Sequence[Row]) -> dict[str, list[str]]:
    arrivals = [row.arrival for row in rows]
    return {
        "outcome": ["read", "partly", "unread"],
        "type": sorted({one.media_type for one in arrivals if one.media_type}),
        "language": sorted({language for one in arrivals for language in one.languages}),
        "flag": sorted({flag for one in arrivals for flag in one.flags}),
        "folder": sorted({path for one in arrivals if (path := _folder(one.path))}),
    }


def _folder(path: str) -> str:
    folder, stroke, _ = path.rpartition("/")
    return folder + stroke


# Taking in -----------------------------------------------------------------------------------------------


def clean_path(name: str) -> str:
    """The path under which an upload is kept: POSIX, without steps upwards, and not like that of a file inside another.

    Raises NotTakenIn where nothing is left of it.
    """
    path, before = name, ""
    while path != before:  # what is left of one step may be another
        path, before = _cleaned(path), path
    if not path:
        raise NotTakenIn("The file has no name. Give it one and add it again.")
    return path


def _cleaned(name: str) -> str:
    parts = [_CONTROL.sub("", part).strip() for part in _PARTS.split(name)]
    path = "/".join(part for part in parts if part not in ("", ".", ".."))
    return _INSIDE.sub("/", path)[-LONGEST:]


def take(book: Casebook, name: str, data: bytes, *, sandbox: Sandbox) -> list[Arrival]:
    """Take in a file that was handed over; what became of it and of the files inside it.

    Raises NotTakenIn for one that is too large, and for a list of people that is here already.
    """
    path = clean_path(name)
    if len(data) > LIMIT:
        raise NotTakenIn(TOO_LARGE, path=path, limit=LIMIT >> 20)
    _check_no_list(book, path, hashlib.sha256(data).hexdigest())
    return take_in_bytes(book, path, data, sandbox=sandbox)


def _check_no_list(book: Casebook, path: str, file_sha256: str) -> None:
    """Raise NotTakenIn for a list of people: read as a document, its names would become words to be searched for."""
    if any(file_sha256 == one.file_sha256 for one in book.list_files()):
        raise NotTakenIn(A_LIST, path=path)


def again(book: Casebook, file_sha256: str, *, sandbox: Sandbox) -> list[Arrival]:
    """Read a file again with the tools of now, under every path it came by. Raises NotTakenIn where that cannot be.

    What people have judged in it hangs on the text as it was read: where they have, it is not read again.
    """
    arrivals = [one for one in book.arrivals() if one.file_sha256 == file_sha256]
    if not arrivals or not book.has_item(file_sha256):
        raise NotTakenIn("There is no such file here any more. Load the page again.")
    _check_no_list(book, arrivals[0].path, file_sha256)
    if any(count for _, count, _ in book.life(file_sha256).reviews):
        raise NotTakenIn(JUDGED, path=arrivals[0].path)
    return [found for one in arrivals for found in read_again(book, one, sandbox=sandbox)]


def code_files(book: Casebook, files: Sequence[str]) -> Coded:
    """Let the coder propose codings for some files; the proposals of these files, whoever made them."""
    code(book, only=frozenset(files))
    lives = [book.life(file) for file in files if book.has_item(file)]
    proposals, refused = Counter[str](), Counter[str]()
    for one in lives:
        for (kind, _state), count in one.codings.items():
            proposals[kind] += count
        refused.update(one.refused)
    return Coded(proposals, refused)


def trace_again(book: Casebook) -> int:
    """Trace anew who stands behind what is said; the number of origins."""
    return trace(book)


def life(book: Casebook, file_sha256: str) -> Life:
    """What has happened to one file. Raises KeyError."""
    return book.life(file_sha256)
