"""Which files lie below the given paths. Nothing is skipped in silence: what is not taken is named with why."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from testimonia.intake.encodings import decode_name

__all__ = ["NO_FILE", "READING", "Found", "is_casebook", "unreachable", "walk"]

PERMISSION = "Give yourself permission to read it and run again."
NO_FILE = ("it is no file but a device or a pipe.", "Leave it out.")
EMPTY = ("the folder is empty.", "Nothing needs to be done if it should be.")
READING = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe in the place of a file is not waited for
HEADERS = ("casebook.json", "casebook.copy.json")
OURS = ("ledger.csv", "run.json")  # what stands beside `casebook/` in a folder that `run` wrote


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or something that cannot be taken: then `error` and `remedy` are sentences.

    `path` is POSIX and relative to the path given; `source` is where the file lies.
    """

    path: str
    source: Path
    error: str | None = None
    remedy: str | None = None


def walk(paths: Sequence[Path], *, exclude: Path | None = None) -> Iterator[Found]:
    """Every file below `paths`, in the order of the paths and sorted by name within each.

    A file has its name, a file in a folder its path below that folder; where two of the paths would give one
    name, the names of the folders go in front. `exclude` is a folder that is never entered.
    """
    excluded = _identity(exclude) if exclude is not None else None
    found = [(path, list(_below(path, excluded))) for path in paths]
    prefixes = _prefixes(paths) if _collide([entry.path for _, entries in found for entry in entries]) else {}
    seen: set[tuple[str, str]] = set()
    for path, entries in found:
        for entry in entries:
            key = (os.path.realpath(entry.source.parent), entry.source.name)
            if key in seen and entry.error is None:
                continue  # the same file by way of two of the paths
            seen.add(key)
            yield replace(entry, path=f"{prefixes[path]}/{entry.path}") if prefixes else entry


def _collide(names: Sequence[str]) -> bool:
    return len(set(names)) < len(names)


def _prefixes(paths: Sequence[Path]) -> dict[Path, str]:
    """A name for the folder of each path, with a number where two folders have one name; nothing for one path."""
    if len(paths) < 2:
        return {}
    folders: dict[str, Path] = {}
    found = {}
    for number, path in enumerate(paths, 1):
        real = Path(os.path.realpath(path))  # unlike resolve(), it does not give up on links that go round
        folder = real if real.is_dir() else real.parent
        name = _shown(folder.name) or f"path-{number}"
        if folders.setdefault(name, folder) != folder:
            name = f"{name}-{number}"
        found[path] = name
    return found


def _below(path: Path, excluded: tuple[int, int] | None) -> Iterator[Found]:
    name = _shown(path.name or Path(os.path.realpath(path)).name)
    try:
        status = path.stat()
    except OSError as problem:
        yield Found(name, path, *unreachable(path, problem))
        return
    inside = _casebook_around(path)
    if inside is not None:
        error = f"it lies inside the casebook {_shown(inside.name)}, which is never read as input."
        yield Found(name, path, error, "Name the folder that holds the documents.")
    elif stat.S_ISDIR(status.st_mode):
        yield from _folder(path, excluded, name)
    else:
        yield _file(path, name)


def unreachable(path: Path, problem: OSError) -> tuple[str, str]:
    """Why the system does not give a path, and what to do."""
    if isinstance(problem, FileNotFoundError):
        if path.is_symlink():
            return "it is a link that leads nowhere.", "Name the file itself."
        return "there is no file or folder of this name.", "Check how it is spelled and run again."
    if isinstance(problem, PermissionError):
        return "it cannot be opened: no permission.", PERMISSION
    if problem.errno == errno.ENAMETOOLONG:
        return "its path is longer than this system can open.", "Move its folder nearer to the top and run again."
    return f"it cannot be opened ({problem.strerror or type(problem).__name__}).", "Check the disk it lies on."


def _folder(folder: Path, excluded: tuple[int, int] | None, shown: str) -> Iterator[Found]:
    """All below a folder, in order; a list of open folders and no recursion, so that no depth is too deep."""
    open_folders = [_inside(folder, "", excluded, shown)]
    while open_folders:
        try:
            found = next(open_folders[-1])
        except StopIteration:
            open_folders.pop()
            continue
        if found.error is None and stat.S_ISDIR(_mode(found.source)):
            open_folders.append(_inside(found.source, f"{found.path}/", excluded, shown))
        else:
            yield found


def _inside(folder: Path, prefix: str, excluded: tuple[int, int] | None, shown: str) -> Iterator[Found]:
    """What lies in a folder itself; where nothing can be had of it, the folder with the reason."""
    label = prefix.rstrip("/") or shown
    refusal = _refusal(folder, excluded)
    try:
        names = [] if refusal else sorted(os.listdir(folder))  # noqa: PTH208 - plain names sort the same everywhere
    except OSError as problem:
        refusal = unreachable(folder, problem)
    else:
        refusal = refusal or (None if names else EMPTY)
    if refusal is not None:
        yield Found(f"{label}/", folder, *refusal)
        return
    for name in names:
        yield _entry(folder / name, prefix + _shown(name))


def _entry(path: Path, shown: str) -> Found:
    """A file, a folder still to be entered (without an error), or what cannot be taken."""
    try:
        mode = path.lstat().st_mode
    except OSError as problem:
        return Found(shown, path, *unreachable(path, problem))
    if stat.S_ISLNK(mode):
        return Found(shown, path, *_link(path))
    return Found(shown, path) if stat.S_ISDIR(mode) else _file(path, shown)


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def _link(path: Path) -> tuple[str, str]:
    """Why a link is not followed: it may lead round in a circle or out of what was to be read."""
    try:
        path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "it is a link that leads nowhere or in a circle.", "Put the file itself in its place."
    return (
        "it is a link, and links are not followed.",
        "Add the path it leads to, or put the file itself in its place.",
    )


def _file(path: Path, shown: str) -> Found:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return Found(shown, path, *NO_FILE)
        os.close(os.open(path, READING))
        return Found(shown, path)
    except OSError as problem:
        return Found(shown, path, *unreachable(path, problem))


def _refusal(folder: Path, excluded: tuple[int, int] | None) -> tuple[str, str] | None:
    """Why a folder is not entered, None where it is."""
    if excluded is not None and _identity(folder) == excluded:
        return "it is where the results go, and is never read as input.", "Nothing needs to be done."
    if is_casebook(folder):
        return "it is a casebook, which is never read as input.", "Nothing needs to be done."
    if is_casebook(folder / "casebook") and any((folder / name).is_file() for name in OURS):
        return "it holds the results of an earlier run, which are never read.", "Nothing needs to be done."
    return None


def is_casebook(folder: Path) -> bool:
    """Whether a folder has the header of a casebook; it is not opened."""
    return any(_is_header(folder / name) for name in HEADERS)


def _is_header(path: Path) -> bool:
    try:
        with os.fdopen(os.open(path, READING), "rb") as file:
            header = json.loads(file.read(1 << 16) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b"")
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and "testimonia" in str(header.get("format", ""))


def _casebook_around(path: Path) -> Path | None:
    here = Path(os.path.realpath(path))
    return next((folder for folder in (here, *here.parents) if is_casebook(folder)), None)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _shown(name: str) -> str:
    """A file name as text that can be written: names of no encoding known are decoded by what they look like."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return decode_name(os.fsencode(name))
    return name
