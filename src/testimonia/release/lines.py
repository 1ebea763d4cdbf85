"""Rows as lines: CSV for people, JSON lines for machines. Nothing is rounded, and nothing is NaN.

CSV is plain UTF-8 with a header line. A cell that a spreadsheet would run as a formula (it begins with
= + - @, a tab or a carriage return, also in full width, and is no number) gets a leading apostrophe; JSON
lines hold the unchanged text.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["Row", "csv_lines", "json_lines", "safe_cell", "to_json"]

Row = Mapping[str, Any]
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield CSV, header first, one record at a time; a record with a line break in a cell is one string."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    yield _taken(buffer)
    for row in rows:
        writer.writerow([safe_cell(row.get(name)) for name in columns])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def safe_cell(value: object) -> str:
    """Write a value for a spreadsheet: nothing for what is missing, no text that would run as a formula."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool | int | float):
        return repr(value)
    if isinstance(value, Mapping | list | tuple):
        return to_json(value)
    text = str(value).replace("\x00", "�")
    runs = len(text) > 1 and text.startswith(_FORMULA) and not _is_number(text)
    return f"'{text}" if runs else text


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and text.isascii() and "_" not in text and text == text.strip()
    except ValueError:
        return False


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield one JSON object a line; missing values are null."""
    return (to_json(row) + "\n" for row in rows)


def to_json(value: object, indent: int | None = None) -> str:
    """Write JSON with null for NaN and infinities, and without escapes for letters of any script."""
    try:
        return _written(value, indent)
    except (TypeError, ValueError):  # a number that is not finite, or a mapping that is no dict
        return _written(_finite(value), indent)


def _written(value: object, indent: int | None) -> str:
    if indent is None:
        return _ENCODE(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return value
