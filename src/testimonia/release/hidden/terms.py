"""What methods, verdicts and diagnostics are called and mean, read from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary

__all__ = ["Method", "Verdict", "assumptions", "citation", "diagnostic", "glossary", "method", "verdict"]

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Method:
    """A way of estimating: its name, its kind of interval (`confidence`, `credible`), what it does and rests on."""

    id: str
    name: str
    interval: str
    plain: str
    exact: str
    assumption: str
    citation: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data can say with a model: the word on the page, in plain words, and exactly."""

    id: str
    name: str
    plain: str
    exact: str


def method(id_: str) -> Method:
    """The method with this id; one that is not in the vocabulary is named by its id and explained by nothing."""
    row = _by_id("estimators").get(id_)
    return Method(**row) if row else Method(id_, id_.replace("-", " "), "confidence", "", "", "", "")


def verdict(id_: str) -> Verdict:
    """The verdict with this id; an unknown one stands as it is."""
    row = _by_id("verdicts").get(id_)
    return Verdict(**row) if row else Verdict(id_, id_, "", "")


def diagnostic(id_: str) -> Row | None:
    """Name, meaning and good value of a diagnostic, or None for one without a name."""
    return _by_id("diagnostics").get(id_)


def assumptions() -> tuple[Row, ...]:
    """What every total rests on: `plain` and what happens when it `fails`."""
    return vocabulary.rows("release/assumptions")


def glossary() -> tuple[Row, ...]:
    """Words with their `plain` and their `exact` meaning."""
    return vocabulary.rows("release/glossary")


def citation(ids: Iterable[str]) -> tuple[str, ...]:
    """The works with these ids, each once, in the order of the alphabet."""
    known = _by_id("citations")
    return tuple(sorted({known[id_]["text"] for id_ in ids if id_ in known}))


@cache
def _by_id(table: str) -> Mapping[str, Row]:
    return MappingProxyType({row["id"]: row for row in vocabulary.rows(f"release/{table}")})
