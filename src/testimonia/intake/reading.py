"""Reading one file from the side that keeps it: hand over the bytes, take back an outcome, always."""

from __future__ import annotations

from dataclasses import replace

from testimonia.errors import JobCrashed, JobTimedOut, JobTooLarge
from testimonia.intake import transport
from testimonia.intake.identify import by_id, identify
from testimonia.intake.version import library_version
from testimonia.model import Reading
from testimonia.sandbox import Sandbox

__all__ = ["MAX_BYTES", "MEMORY", "SECONDS", "read"]

SECONDS = 30.0
MEMORY = 1 << 30
MAX_BYTES = 512 << 20
_JOB = "testimonia.intake.jobs:read"
_REPAIR = "Open it in the program that made it, save it anew or as PDF, and run again."


def read(sandbox: Sandbox, data: bytes, name: str) -> Reading:
    """Read one file in the key-less process; whatever it does there, the answer is an outcome.

    `name` is the last part of its path. Raises only what says that the installation is broken
    (MissingPart, SandboxError itself).
    """
    if len(data) > MAX_BYTES:
        return _failed(data, name, f"it is larger than {MAX_BYTES >> 20} MB.", "Split it and run again.")
    try:
        return _read(sandbox, data, name, "", SECONDS)
    except JobCrashed as problem:
        return _simpler(sandbox, data, name, str(problem))
    except JobTimedOut as problem:
        return _failed(data, name, str(problem), "Split it into smaller files and run again.")
    except JobTooLarge as problem:
        return _failed(data, name, str(problem), "Split it into smaller files and run again.")


def _read(sandbox: Sandbox, data: bytes, name: str, mode: str, seconds: float) -> Reading:
    arguments = {"name": name, "mode": mode}
    return transport.unpack(sandbox.call(_JOB, data, arguments=arguments, seconds=seconds, memory=MEMORY))


def _simpler(sandbox: Sandbox, data: bytes, name: str, why: str) -> Reading:
    """Another try, for a page whose structure brought its reader down."""
    if identify(data, name).type.reader == "html":
        try:
            return _read(sandbox, data, name, "simpler", SECONDS / 2)
        except (JobCrashed, JobTimedOut, JobTooLarge):
            pass
    return _failed(data, name, f"it is broken in a way that its reader does not survive: {why}", _REPAIR)


def _failed(data: bytes, name: str, reason: str, remedy: str) -> Reading:
    found = identify(data[: 1 << 20], name)
    reading = Reading(
        media_type=found.type.id,
        outcome="unread",
        reason=reason,
        remedy=remedy,
        tool=f"testimonia/{by_id(found.type.id).reader or 'none'}",
        tool_version=library_version(""),
    )
    return replace(reading, flags=("mislabelled",)) if found.mislabelled else reading
