"""Folders that are written into: new, empty, or made by an earlier run, never somebody else's."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from testimonia import intake as reading
from testimonia import release
from testimonia.errors import UnusablePath

__all__ = ["prepare"]

OURS = frozenset({"casebook", *release.FILES})


def prepare(out: Path, *, ours: Set[str] = OURS, mark: str = "dossier.html") -> bool:
    """Make OUT ready to be written into; return whether it holds a casebook to resume.

    A folder that holds anything is used again only if it holds `mark` and nothing besides `ours`, or a casebook
    where one is of them. Raises UnusablePath where OUT is a file, cannot be written to, or holds somebody else's
    files.
    """
    try:
        if out.is_file():
            raise UnusablePath(f"{out}: this is a file; name a new or an empty folder with --out.")
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        present = {entry.name for entry in out.iterdir() if not entry.name.startswith(".")}
        if present and not _made_here(out, present, ours, mark):
            raise UnusablePath(f"{out}: the folder holds other files; name a new or an empty folder with --out.")
        out.chmod(0o700)
        return (out / "casebook").exists()
    except UnusablePath:
        raise
    except OSError as error:
        why = f"{out}: cannot be used as the output folder ({error.strerror}). Name another with --out."
        raise UnusablePath(why) from error


def _made_here(out: Path, present: Set[str], ours: Set[str], mark: str) -> bool:
    """Whether an earlier run of the same kind made this folder: by the casebook in it, or by every name."""
    return ("casebook" in ours and reading.is_casebook(out / "casebook")) or (mark in present and present <= ours)
