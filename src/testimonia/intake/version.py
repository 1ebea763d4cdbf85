"""What intake is keyed by: change anything here and files are read anew."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata

from testimonia.intake.draft import DEADLINE, MAX_CHARACTERS, MAX_ROWS

__all__ = ["VERSION", "fingerprint", "library_version", "parameters"]

VERSION = "1"  # raise it with every change of what a reader writes
LIBRARIES = ("lxml", "pypdfium2", "python-calamine", "resiliparse", "trafilatura")


@cache
def library_version(name: str) -> str:
    """Version of intake and of the library that did the reading: `1`, `1+pypdfium2-5.15.2`."""
    if not name:
        return VERSION
    try:
        return f"{VERSION}+{name}-{metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{VERSION}+{name}-missing"


def parameters() -> dict[str, str]:
    """The limits that every reading is made under."""
    return {
        "max_characters": str(MAX_CHARACTERS),
        "max_rows": str(MAX_ROWS),
        "deadline_seconds": f"{DEADLINE:g}",
    }


@cache
def fingerprint() -> str:
    """Sixteen hex digits over version, libraries and limits: the same for all readings that would be equal."""
    parts = [library_version(name) for name in ("", *LIBRARIES)]
    text = json.dumps([parts, parameters()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
