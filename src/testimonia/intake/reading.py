"""Reading one file from the side that keeps it: hand over the bytes, take back an outcome, always."""

from __future__ import annotations

from dataclasses import replace

from testimonia.errors import JobCrashed, JobTimedOut, JobTooLarge
from testimonia.intake import transport
from testimonia.intake.identify import Identified, identify
from testimonia.intake.version import library_version
from testimonia.model import Reading
from testimonia.sandbox import Sandbox

__all__ = ["MAX_BYTES", "MEMORY", "SECONDS", "read"]

SECONDS = 30.0
FIRST_TRY = 0.65  # share of the time for the first of two ways of reading
MEMORY = 1 << 30
MAX_BYTES = 256 << 20
LOOKED_AT = 1 << 20  # bytes from which the type of a file is told where its reader has failed
_JOB = "testimonia.intake.jobs:read"
_REPAIR = "Open it in the program that made it, save it anew or as PDF, and run again."
_SPLIT = "Split it into smaller files and run again."


def read(sandbox: Sandbox, data: bytes, name: str) -> Reading:
    """Read one file in the key-less process; whatever it does there, the answer is an outcome.

    `name` is the last part of its path. Takes at most SECONDS and MEMORY. Raises only what says that the
    installation is broken (MissingPart, SandboxError itself).
    """
    kind = identify(data[:LOOKED_AT], name)
    if len(data) > MAX_BYTES:
        return _failed(kind, f"it is larger than {MAX_BYTES >> 20} MB.", _SPLIT)
    has_simpler = kind.type.reader == "html"
    try:
        return _read(sandbox, data, name, "", SECONDS * (FIRST_TRY if has_simpler else 1))
    except (JobCrashed, JobTimedOut) as problem:
        if has_simpler:
            return _simpler(sandbox, data, name, kind)
        if isinstance(problem, JobTimedOut):
            return _failed(kind, str(problem), _SPLIT)
        return _failed(kind, f"it is broken in a way that its reader does not survive: {problem}", _REPAIR)
    except JobTooLarge as problem:
        return _failed(kind, str(problem), _SPLIT)


def _read(sandbox: Sandbox, data: bytes, name: str, mode: str, seconds: float) -> Reading:
    arguments = {"name": name, "mode": mode}
    return transport.unpack(sandbox.call(_JOB, data, arguments=arguments, seconds=seconds, memory=MEMORY))


def _simpler(sandbox: Sandbox, data: bytes, name: str, kind: Identified) -> Reading:
    """Another try, for a page whose structure brought its reader down."""
    try:
        return _read(sandbox, data, name, "simpler", SECONDS * (1 - FIRST_TRY))
    except (JobCrashed, JobTimedOut, JobTooLarge) as problem:
        return _failed(kind, f"its structure is broken, and its words alone cannot be had: {problem}", _REPAIR)


def _failed(kind: Identified, reason: str, remedy: str) -> Reading:
    reading = Reading(
        media_type=kind.type.id,
        outcome="unread",
        reason=reason,
        remedy=remedy,
        tool=f"testimonia/{kind.type.reader or 'none'}",
        tool_version=library_version(""),
    )
    return replace(reading, flags=("mislabelled",)) if kind.mislabelled else reading
