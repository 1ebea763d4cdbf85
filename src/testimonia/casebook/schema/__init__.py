"""The tables of a casebook, version by version: each step is a file of SQL, and what is to be done after."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

from testimonia.casebook.database import Database
from testimonia.casebook.index import index_everything
from testimonia.errors import CasebookError, DamagedCasebook, NewerCasebook

__all__ = ["VERSION", "check_version", "migrate", "version"]


def _nothing(database: Database) -> None:
    """A step that is only SQL."""


STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("001_tables.sql", _nothing),
    ("002_search.sql", index_everything),
    ("003_arrivals.sql", _nothing),
    ("004_lists.sql", _nothing),
    ("005_judging.sql", _nothing),
    ("006_search.sql", _nothing),
)
VERSION = len(STEPS)


def version(database: Database) -> int:
    """The version of the tables in this database; 0 for an empty one."""
    return database.number("PRAGMA user_version")


def check_version(database: Database) -> None:
    """Raise NewerCasebook for tables that this testimonia does not know, DamagedCasebook when there are none."""
    found = version(database)
    if found < 1:
        raise DamagedCasebook(f"The database of the casebook {database.folder} is empty. Look at a backup.")
    if found > VERSION:
        raise NewerCasebook(
            f"The casebook {database.folder} was written by a newer testimonia (tables {found}, known here "
            f"up to {VERSION}). Update testimonia to open it. Nothing was changed."
        )


def check_current(database: Database) -> None:
    """Raise CasebookError for tables of an earlier version, which cannot be read without bringing them up."""
    found = version(database)
    if found < VERSION:
        raise CasebookError(
            f"The casebook {database.folder} was written by an older testimonia (tables {found}, now "
            f"{VERSION}). "
            "Open it once for writing, and its tables are brought up to date."
        )


def migrate(database: Database, upto: int = VERSION) -> int:
    """Bring the tables up to date inside the transaction that is open; gives the version they had."""
    before = version(database)
    for name, then in STEPS[before:upto]:
        database.run((resources.files(__package__) / name).read_text("utf-8"))
        then(database)
    if before < upto:
        database.connection.pragma("user_version", upto)
    return before
