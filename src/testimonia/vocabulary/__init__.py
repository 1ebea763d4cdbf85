"""The one loader of the vocabulary: code lists, lexicons, gazetteer and name tables, which are data files.

A table is a TSV file: a header line, then one row a line; lines that begin with `#` are comments. Adding a
term, a cue or a place is an edit to a file here, never to code.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from testimonia.errors import VocabularyError

__all__ = ["has", "names", "parse_table", "rows", "sha256", "toml"]

Row = Mapping[str, str]


def _root() -> Traversable:
    return resources.files(__name__)


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".tsv", ".toml")):
            yield f"{prefix}{entry.name}", entry


@cache
def names() -> tuple[str, ...]:
    """Paths of all vocabulary files, POSIX, relative to the vocabulary folder, sorted."""
    return tuple(sorted(path for path, _ in _walk(_root())))


def has(name: str) -> bool:
    """Whether there is a table `<name>.tsv`."""
    return f"{name}.tsv" in names()


def _bytes(path: str) -> bytes:
    try:
        return _root().joinpath(*path.split("/")).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise VocabularyError(f"vocabulary/{path} is missing: this installation is incomplete") from None


def _text(path: str) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise VocabularyError(f"vocabulary/{path} is not UTF-8 (byte {problem.start})") from None


def parse_table(text: str, path: str) -> tuple[Row, ...]:
    """Rows of a TSV table, each a read-only mapping from column to cell (stripped of outer blanks).

    Raises VocabularyError, naming `path` and the line, for a row with more or fewer cells than the header,
    a repeated row, a repeated `id`, or a column without a name.
    """
    header: list[str] | None = None
    found: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = _checked_header(cells, f"{path}:{number}")
            continue
        _check_row(cells, header, seen, number, path)
        found.append(MappingProxyType(dict(zip(header, cells, strict=True))))
    return tuple(found)


def _checked_header(cells: list[str], where: str) -> list[str]:
    if not all(cells) or len(set(cells)) != len(cells):
        raise VocabularyError(f"{where}: the header has an empty or repeated column name")
    return cells


def _check_row(
    cells: list[str], header: list[str], seen: dict[tuple[str, ...], int], number: int, path: str
) -> None:
    if len(cells) != len(header):
        raise VocabularyError(f"{path}:{number}: {len(cells)} cells where the header has {len(header)}")
    key = (cells[0],) if header[0] == "id" else tuple(cells)
    if key in seen:
        raise VocabularyError(f"{path}:{number}: repeats line {seen[key]} ({cells[0]})")
    seen[key] = number


@cache
def rows(name: str) -> tuple[Row, ...]:
    """All rows of `vocabulary/<name>.tsv` (`name` may hold a folder: "en/acts"), read once."""
    path = f"{name}.tsv"
    return parse_table(_text(path), f"vocabulary/{path}")


@cache
def toml(name: str) -> Mapping[str, Any]:
    """`vocabulary/<name>.toml` as a read-only mapping, read once."""
    path = f"{name}.toml"
    try:
        return MappingProxyType(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as problem:
        raise VocabularyError(f"vocabulary/{path} is not valid TOML: {problem}") from None


@cache
def sha256() -> str:
    """SHA-256 (hex) over path and bytes of every vocabulary file, in the order of `names()`."""
    digest = hashlib.sha256()
    for path in names():
        data = _bytes(path)
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()
