"""Published overlap tables to learn from and to check against: aggregate counts, with what was estimated from them.

table = load("uk5")
print(about("uk5").source)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from testimonia.estimation.table import OverlapTable

__all__ = ["Example", "Published", "about", "load", "names", "path"]

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Published:
    """An estimate as it was published: total and interval at 95 %, None where the source gives none."""

    method: str
    source: str
    total: int | None = None
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A table: who is counted, what each list is, where the counts were published, what was estimated from them."""

    name: str
    people: str
    source: str
    lists: Mapping[str, str]
    estimates: tuple[Published, ...] = ()
    censored: tuple[str, ...] = ()


def names() -> tuple[str, ...]:
    """The names of the tables."""
    return tuple(_catalogue())


def path(name: str) -> Path:
    """The CSV file of a table. Raises KeyError where there is none of this name."""
    if name not in _catalogue():
        raise KeyError(f"there is no example {name}; there are {', '.join(names())}")
    return HERE / f"{name}.csv"


def load(name: str) -> OverlapTable:
    """Return a table, its over-counted cells marked. Raises KeyError where there is none of this name."""
    return OverlapTable.read_csv(path(name), censored=about(name).censored)


def about(name: str) -> Example:
    """Return what is known about a table. Raises KeyError where there is none of this name."""
    path(name)
    told = _catalogue()[name]
    published = tuple(Published(**row) for row in told.get("estimates", ()))
    return Example(name, told["people"], told["source"], told["lists"], published, tuple(told.get("censored", ())))


@cache
def _catalogue() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "catalogue.toml").read_text(encoding="utf-8"))
