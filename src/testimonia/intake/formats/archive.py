"""ZIP archives: each member becomes a child. What is not taken out is said by name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from testimonia.intake.draft import Draft, Unreadable, clean
from testimonia.intake.encodings import decode_name
from testimonia.model import Child

__all__ = ["read", "safe_name"]

MAX_MEMBERS = 10_000
MAX_TOTAL = 256 << 20  # bytes of all members together
MAX_RATIO = 200  # times that a large member may be larger than what it is packed into
LARGE = 16 << 20
CHUNK = 1 << 20
SHOWN = 10
LOCKED, BOMB, BROKEN = "is locked with a password", "unpacks to far more than it should", "is broken"
TOO_MUCH = f"lies beyond the {MAX_TOTAL >> 20} MB that are unpacked"
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
UNPACK = "Unpack the archive yourself and run again on the folder."


def read(data: bytes, _name: str) -> Draft:
    """The list of members as text, and the members as children."""
    draft = Draft()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [info for info in archive.infolist() if not info.is_dir()]
    except _ERRORS:
        raise Unreadable(
            "this archive is broken or cut off: its list of files is missing.",
            "Get it again from where it came from, or repair it with a program for archives.",
        ) from None
    if not members:
        raise Unreadable("the archive is empty.", "Get it again from where it came from.")
    left_out = _take_out(archive, members, draft)
    with draft.page("list of files", "part"):
        for child in draft.children:
            draft.line(child.name, "boilerplate")
        for name, why in left_out:
            draft.line(f"{name} ({why})", "boilerplate")
    if left_out:
        draft.lose(_named(left_out, len(members)), UNPACK)
    return draft


def _take_out(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], draft: Draft) -> list[tuple[str, str]]:
    """Fill the children; names of the members that were left, each with why."""
    left, total = [], 0
    names = list(_names(members, draft))
    for name, info in zip(names[:MAX_MEMBERS], members[:MAX_MEMBERS], strict=True):
        found = _member(archive, info, MAX_TOTAL - total)
        if isinstance(found, str):
            left.append((name, found))
            continue
        total += len(found)
        draft.children.append(Child(name, found))
    beyond = f"lies beyond the first {MAX_MEMBERS:,}"
    left += [(name, beyond) for name in names[MAX_MEMBERS:]]
    return left


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes | str:
    """The bytes of a member, or why it is left."""
    if info.flag_bits & 1:
        return LOCKED
    if info.file_size > LARGE and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return BOMB
    pieces, size = [], 0
    try:
        with archive.open(info) as member:
            while piece := member.read(CHUNK):
                size += len(piece)
                if size > room:
                    return TOO_MUCH
                if size > LARGE and size > MAX_RATIO * max(1, info.compress_size):
                    return BOMB
                pieces.append(piece)
    except _ERRORS:
        return BROKEN
    return b"".join(pieces)


def _named(left_out: list[tuple[str, str]], count: int) -> str:
    shown = "; ".join(f"{name} {why}" for name, why in left_out[:SHOWN])
    more = f"; and {len(left_out) - SHOWN} more" if len(left_out) > SHOWN else ""
    return f"{len(left_out)} of {count} files were not taken out: {shown}{more}."


def _names(members: list[zipfile.ZipInfo], draft: Draft) -> Iterator[str]:
    """Safe and distinct names; old archives do not say in which encoding theirs are."""
    seen: set[str] = set()
    for info in members:
        name = info.filename
        if not info.flag_bits & 0x800 and not name.isascii():
            name = decode_name(info.orig_filename.encode("cp437", "replace"))
        safe = safe_name(name)
        if safe != name.replace("\\", "/"):
            draft.flags.add("unsafe_names")
        number, stem = 1, safe
        while safe in seen:
            number += 1
            safe = f"{stem} ({number})"
        seen.add(safe)
        yield safe


def safe_name(name: str) -> str:
    """A name that stays inside: no root, no drive, no `..`, no control characters."""
    parts = clean(name).replace("\\", "/").split("/")
    kept = ["".join(c if c.isprintable() else "\ufffd" for c in part) for part in parts]
    kept = [part.rstrip(":") if index == 0 and part.endswith(":") else part for index, part in enumerate(kept)]
    return "/".join(part for part in kept if part not in ("", ".", "..")) or "unnamed"
