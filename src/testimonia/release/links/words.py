"""How numbers of links are written, and what comparisons and steps are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from testimonia import vocabulary
from testimonia.release.blocks import Cell, Table

__all__ = ["Given", "comparison", "interval", "number", "people", "percent", "spread", "table", "text", "works"]

Given = Mapping[str, Any]


def people(value: float | None) -> str:
    """Write a count to the last person, or a dash."""
    return "–" if value is None else f"{value:,.0f}"


def percent(share: float) -> str:
    """Write a share, with a space that does not break."""
    if 0 < share < 0.001:
        return "under 0.1\u00a0%"
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "\u00a0%"


def interval(given: Given) -> str:
    """Write the interval of a number: `1,080–1,112`; one number where both ends agree."""
    low, high = people(given["lower"]), people(given["upper"])
    return low if low == high else f"{low}–{high}"


def spread(given: Given) -> str:
    """Write a number with its interval: `1,096 (1,080 to 1,112)`."""
    low, high = people(given["lower"]), people(given["upper"])
    return people(given["best"]) if low == high else f"{people(given['best'])} ({low} to {high})"


def comparison(id_: str) -> Mapping[str, str]:
    """Name and meaning of what is compared; one that is not in the vocabulary is named by its id."""
    found = _by_id("link_evidence").get(id_)
    return found or {"id": id_, "name": id_.replace("_", " "), "plain": ""}


def works(ids: Iterable[str]) -> tuple[str, ...]:
    """The works with these ids, each once, in the order of the alphabet."""
    known = _by_id("link_works")
    return tuple(sorted({known[id_]["text"] for id_ in ids if id_ in known}))


@cache
def _by_id(table: str) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row["id"]: row for row in vocabulary.rows(f"release/{table}")})


def text(words: str) -> Cell:
    """Plain words."""
    return Cell(text=words)


def number(words: str) -> Cell:
    """Digits that stand below one another."""
    return Cell(text=words, tone="number")


def table(
    caption: str, head: Iterable[str], widths: Iterable[int], rows: Iterable[Iterable[Cell]], more: str = ""
) -> Table:
    """A table of cells."""
    return Table(caption=caption, head=tuple(head), rows=tuple(map(tuple, rows)), widths=tuple(widths), more=more)
