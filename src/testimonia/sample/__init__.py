"""The invented sample project: thirty documents in three languages and every format that is read.

No event, group, person or figure in them is real, and each says so. They tell one story: a report that three
pages repeat, a second report that counted for itself, an agency's item and its repost, notices with targets
and a bulletin with results, interviews, lists, and files that are damaged, broken, or without text.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["PASSPHRASE", "manifest", "path"]

PASSPHRASE = "sample project, nothing in it is secret"  # noqa: S105  published on purpose


def path() -> Path:
    """The folder of the documents; everything in it, and nothing else, is taken in."""
    return Path(__file__).resolve().parent / "documents"


def manifest() -> tuple[tuple[str, str, str], ...]:
    """(path below `path()`, language or "-", purpose) of every document."""
    lines = (Path(__file__).resolve().parent / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return tuple((name, language, purpose) for name, language, purpose in rows)
