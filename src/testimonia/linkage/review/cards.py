"""Two records side by side, without what the machine thinks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia import vocabulary
from testimonia.linkage.lists.records import ListRecord

__all__ = ["Card", "Line", "card"]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two records, as written; empty where a record says nothing of it."""

    field: str
    label: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Card:
    """Two records to be compared by a person: their ids, their lists, and what they say, field by field.

    It holds no probability, no score and nobody's verdict: who sees one first agrees with it too often.
    """

    left: str
    right: str
    lists: tuple[str, str]
    lines: tuple[Line, ...]


def card(left: ListRecord, right: ListRecord) -> Card:
    """The card of two records: every field that either has, in the order of the vocabulary, then other columns."""
    rows = vocabulary.rows("linkage/card_fields")
    lines = [Line(row["field"], row["label"], *_both(left, right, row["field"])) for row in rows]
    return Card(
        left.record_id,
        right.record_id,
        (left.list, right.list),
        tuple(line for line in lines if line.left or line.right),
    )


def _both(left: ListRecord, right: ListRecord, field: str) -> Sequence[str]:
    return getattr(left, field), getattr(right, field)
