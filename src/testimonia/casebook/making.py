"""Making a new casebook: built under a temporary name beside its place, and put there whole."""

from __future__ import annotations

import os
from pathlib import Path

from testimonia.casebook import log, schema
from testimonia.casebook.database import Database
from testimonia.casebook.durable import PARTIAL, no_room, sync_folder
from testimonia.casebook.head import write_head
from testimonia.casebook.header import DATABASE, Header, write_header
from testimonia.casebook.keys import Kdf, Keys
from testimonia.casebook.lock import WriteLock
from testimonia.errors import CasebookExists, CasebookInUse, UnusablePath

__all__ = ["make"]


def make(path: Path, passphrase: str, kdf: Kdf, who: str) -> Keys:
    """Make a casebook at a path where nothing is, or an empty folder; gives its keys."""
    if not passphrase:
        raise ValueError("A casebook needs a passphrase; an empty one protects nothing.")
    _check_free(path)
    building = path.with_name(f".{path.name}{PARTIAL}")
    with no_room(path.parent):
        _enter(building, path)
        lock = _lock(building, path, who)
        try:
            keys = _build(building, passphrase, kdf, who)
            _put(building, path)
        finally:
            lock.release()
    return keys


def _check_free(path: Path) -> None:
    try:
        if path.is_dir() and not any(path.iterdir()):
            return
        there = os.path.lexists(path)
    except OSError as problem:
        raise UnusablePath(f"No casebook can be made at {path}: {problem.strerror}.") from problem
    if there:
        raise CasebookExists(f"There is something at {path} already. Nothing was changed; choose another place.")


def _enter(building: Path, path: Path) -> None:
    try:
        building.mkdir(mode=0o700, exist_ok=True)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as problem:
        raise UnusablePath(f"No casebook can be made at {path}: {problem.strerror}.") from problem


def _lock(building: Path, path: Path, who: str) -> WriteLock:
    try:
        return WriteLock(building, who, wait=0)
    except CasebookInUse as problem:
        said = f"Another process is making a casebook at {path} now. Wait until it has ended, and try again."
        raise CasebookInUse(said) from problem


def _build(folder: Path, passphrase: str, kdf: Kdf, who: str) -> Keys:
    header, keys = Header.make(passphrase, kdf)
    for left in folder.iterdir():
        if left.name.startswith("casebook.") and left.name != "casebook.lock":
            left.unlink()
    (folder / DATABASE).touch(mode=0o600)
    database = Database(folder, keys.database, write=True, create=True)
    try:
        database.run("BEGIN IMMEDIATE")
        schema.migrate(database)
        head = log.append(database, keys, who, "create", "", b"")
        database.run("COMMIT")
        database.fold_in()
    finally:
        database.close()
    write_head(folder, head, keys)
    write_header(folder, header)
    return keys


def _put(building: Path, path: Path) -> None:
    try:
        building.rename(path)
    except OSError as problem:
        raise CasebookExists(f"Something has appeared at {path} meanwhile. Nothing was changed.") from problem
    sync_folder(path.parent)
