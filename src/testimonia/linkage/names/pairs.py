"""A file of pairs of names in, the same pairs with score, verdict and reason out.

Of the file only the columns pair_id, name_a and name_b are read. Each row gives one row; one that cannot be read gives
one with score 0, verdict ambiguous, and what is wrong as its reason.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from testimonia.errors import BadPairs
from testimonia.linkage.names.codes import encode
from testimonia.linkage.names.comparing import compare_encoded
from testimonia.linkage.names.deciding import Comparison, decided

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

__all__ = ["COLUMNS", "Pair", "read_pairs", "scored", "write_scored"]

COLUMNS = ("pair_id", "name_a", "name_b")
CHUNK = 20_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Pair:
    """One row: its line in the file, the pair, and what is wrong with it ("" if nothing)."""

    line: int
    pair_id: str
    a: str
    b: str
    problem: str = ""


def read_pairs(path: Path) -> Iterator[Pair]:
    """The rows of a CSV file of pairs, bad ones among them with their problem.

    UTF-8, or UTF-16 with a byte order mark; separated by comma, semicolon or tab. Raises BadPairs where the file is
    something else or lacks a column.
    """
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            header = file.readline()
            delimiter = max(",;\t", key=header.count)
            columns = _columns(next(csv.reader(io.StringIO(header), delimiter=delimiter), []), path)
            yield from _rows(csv.reader(file, delimiter=delimiter), columns)
        except UnicodeDecodeError as problem:
            raise BadPairs(f"{path}: not UTF-8 (byte {problem.start}). Save the table as CSV in UTF-8.") from None


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return next((encoding for mark, encoding in MARKS if start.startswith(mark)), "utf-8")


def _columns(header: Sequence[str], path: Path) -> tuple[int, int, int, int]:
    """Positions of the three columns, and the number of all."""
    names = [cell.strip().casefold() for cell in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BadPairs(f"{path}: no column {' and '.join(missing)}. The first line must name {', '.join(COLUMNS)}.")
    doubled = [name for name in COLUMNS if names.count(name) > 1]
    if doubled:
        raise BadPairs(f"{path}: the column {doubled[0]} stands there twice. Keep one of them.")
    one, two, three = (names.index(name) for name in COLUMNS)
    return one, two, three, len(names)


def _rows(reader: Iterator[list[str]], columns: tuple[int, int, int, int]) -> Iterator[Pair]:
    number, seen = 1, set[str]()
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield Pair(number, "", "", "", f"the row cannot be read: {problem}")
            continue
        if cells:
            pair = _pair(cells, columns, number, seen)
            seen.add(pair.pair_id)
            yield pair


def _pair(cells: list[str], columns: tuple[int, int, int, int], line: int, seen: set[str]) -> Pair:
    one, two, three, size = columns
    pair_id = cells[one].strip() if one < len(cells) else ""
    if len(cells) != size:
        cause = " (a name with a comma must stand in quotes)" if len(cells) > size else ""
        return Pair(line, pair_id, "", "", f"{len(cells)} cells where the heading has {size}{cause}")
    problem = "no pair_id" if not pair_id else f"pair_id {pair_id} stands in a row above too" if pair_id in seen else ""
    return Pair(line, pair_id, cells[two], cells[three], problem)


def scored(pairs: Iterator[Pair]) -> Iterator[tuple[Pair, Comparison]]:
    """Each pair with its comparison, in order; a row whose names cannot be read has score 0 and says why."""
    pairs = iter(pairs)
    while chunk := list(islice(pairs, CHUNK)):
        scores = compare_encoded([encode(one.a) for one in chunk], [encode(one.b) for one in chunk])
        for pair, score in zip(chunk, scores, strict=True):
            if pair.problem and not pair.a and not pair.b:
                yield pair, Comparison(0.0, "ambiguous", f"not compared: {pair.problem}")
            else:
                yield pair, decided(pair.a, pair.b, float(score))


def write_scored(found: Iterator[tuple[Pair, Comparison]], out: SupportsWrite[str]) -> Iterator[Pair]:
    """Write pair_id, score, verdict, reason of each pair; yields each pair once it is written."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("pair_id", "score", "verdict", "reason"))
    for pair, comparison in found:
        writer.writerow((pair.pair_id, f"{comparison.score:.6f}", comparison.verdict, comparison.reason))
        yield pair
