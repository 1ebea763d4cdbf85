"""The invented sample project: thirty documents in three languages and every format that is read, and four lists.

No event, group, person or figure in them is real, and each says so. They tell one story: a report that three
pages repeat, a second report that counted for itself, an agency's item and its repost, notices with targets
and a bulletin with results, interviews, lists, and files that are damaged, broken, or without text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["PASSPHRASE", "lists", "manifest", "path", "truth"]

PASSPHRASE = "sample project, nothing in it is secret"  # noqa: S105  published on purpose


def path() -> Path:
    """The folder of the documents; everything in it, and nothing else, is taken in."""
    return Path(__file__).resolve().parent / "documents"


def lists() -> tuple[Path, ...]:
    """Four invented lists of people, kept by four bodies in three languages."""
    return tuple(sorted((Path(__file__).resolve().parent / "lists").glob("*.csv")))


def truth() -> dict[str, Any]:
    """How many people the lists were made of, and how many of them are on which: known, since all are invented."""
    found: dict[str, Any] = json.loads((Path(__file__).resolve().parent / "lists_truth.json").read_text("utf-8"))
    return found


def manifest() -> tuple[tuple[str, str, str], ...]:
    """(path below `path()`, language or "-", purpose) of every document."""
    lines = (Path(__file__).resolve().parent / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return tuple((name, language, purpose) for name, language, purpose in rows)
