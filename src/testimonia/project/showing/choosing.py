"""Choosing rows: by what they say, by words, by year; in an order, and a page at a time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from testimonia.project.showing.rows import Row, folded
from testimonia.release.figures import bounds

__all__ = ["ORDERS", "PAGE", "Choice", "Chosen", "Option", "choice", "choose"]

PAGE = 100
WORDS, YEAR, KEPT, STATE = "q", "year", "kept", "state"  # names of tests; those of facets are the others
_YEARS = re.compile(r"\s*(\d{4})(?:\s*[-–/~]\s*(\d{4}))?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody asks for. `facets` holds the wanted values; several of one facet mean any of them, `-` none at all.

    `names` are the facets that can be asked for.

    `years` are the first and last year wanted; `year` is what was written, also where it is no year. `order` is one
    of `ORDERS`, turned round where `down`; `page` counts from 1. `ordered`: the rows stand in an order of their own.
    """

    names: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    words: str = ""
    year: str = ""
    years: tuple[int, int] | None = None
    order: str = ""
    down: bool = False
    page: int = 1
    ordered: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out by it."""
        return bool(self.facets or self.words or self.years)


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, how many rows it would give with all else as it is, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One page of the rows that were asked for.

    `matching` of `total` rows fit; `rejected` more would, but for being rejected; `undated` more, but for no text
    giving them a date.
    """

    rows: tuple[Row, ...]
    total: int
    matching: int
    rejected: int
    undated: int
    page: int
    pages: int
    options: Mapping[str, tuple[Option, ...]]

    @property
    def first(self) -> int:
        """The number of the first row of the page, from 1; 0 where there is none."""
        return (self.page - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The number of the last row of the page."""
        return (self.page - 1) * PAGE + len(self.rows)


def choice(query: Mapping[str, Sequence[str]], facets: Iterable[str], *, ordered: bool = False) -> Choice:
    """Read what is asked for from the keys of an address; what is not understood asks for nothing."""
    names = tuple(facets)
    wanted = {name: tuple(filter(None, query.get(name, ()))) for name in names}
    year = _one(query, YEAR).strip()
    order = _one(query, "by")
    return Choice(
        names=names,
        facets={name: values for name, values in wanted.items() if values},
        words=" ".join(_one(query, WORDS).split()),
        year=year,
        years=_years(year),
        order=order.removeprefix("-") if order.removeprefix("-") in ORDERS else "",
        down=order.startswith("-"),
        page=_page(_one(query, "page")),
        ordered=ordered,
    )


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(query.get(name, ())), "")


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _years(text: str) -> tuple[int, int] | None:
    match = _YEARS.fullmatch(text)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (min(first, last), max(first, last)) if min(first, last) >= 1 else None


NOT_SAID = ("-",)
Test = Callable[[Row], bool]
Judged = tuple[Row, frozenset[str]]  # with the tests it fails


def choose(rows: Sequence[Row], asked: Choice) -> Chosen:
    """The page of `rows` that is asked for. Rejected ones are left out unless their state is asked for."""
    tests = _tests(asked)
    judged = [(row, frozenset(name for name, test in tests.items() if not test(row))) for row in rows]
    shown = [row for row, fails in judged if not fails]
    pages = max(1, -(-len(shown) // PAGE))
    page = min(asked.page, pages)
    return Chosen(
        rows=tuple(_ordered(shown, asked)[(page - 1) * PAGE : page * PAGE]),
        total=sum(not fails & {KEPT} for _, fails in judged),
        matching=len(shown),
        rejected=sum(fails == {KEPT} for _, fails in judged),
        undated=sum(fails == {YEAR} and row.days is None for row, fails in judged),
        page=page,
        pages=pages,
        options=_options(judged, asked),
    )


def _tests(asked: Choice) -> dict[str, Test]:
    tests: dict[str, Test] = {name: _has(name, values) for name, values in asked.facets.items()}
    if asked.words:
        tests[WORDS] = _says(folded(asked.words).split())
    if asked.years:
        tests[YEAR] = _within(*asked.years)
    if STATE not in asked.facets:
        tests[KEPT] = lambda row: not row.dropped
    return tests


def _has(name: str, values: Sequence[str]) -> Test:
    wanted = frozenset(values)
    return lambda row: not wanted.isdisjoint(_values(row, name))


def _values(row: Row, name: str) -> tuple[str, ...]:
    """What a row can be chosen by; `-` where it says nothing of it."""
    return row.facets.get(name) or NOT_SAID


def _says(words: Sequence[str]) -> Test:
    return lambda row: all(word in row.words for word in words)


def _within(first: int, last: int) -> Test:
    def test(row: Row) -> bool:
        if row.days is None:
            return False
        low, high = row.days.earliest, row.days.latest
        return (low is None or low.year <= last) and (high is None or high.year >= first)

    return test


def _options(judged: Sequence[Judged], asked: Choice) -> Mapping[str, tuple[Option, ...]]:
    """For each facet its values with the rows each would give, those with most first; what is chosen is never lost."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, fails in judged:
        for name in asked.names:
            beside = {name, KEPT} if name == STATE else {name}
            if fails <= beside:
                counts[name].update(_values(row, name))
    for name, wanted in asked.facets.items():
        counts[name].update(dict.fromkeys(wanted, 0))
    return {name: tuple(_listed(found, asked.facets.get(name, ()))) for name, found in counts.items()}


def _listed(found: Counter[str], wanted: Sequence[str]) -> Iterable[Option]:
    return (Option(value, count, value in wanted) for value, count in found.most_common())


def _ordered(rows: Sequence[Row], asked: Choice) -> Sequence[Row]:
    """In the wanted order; what lacks the value it goes by stands last either way.

    Without one, what is told as a fact comes first, then what is planned, ruled or denied, then what is lost.
    """
    key = ORDERS.get(asked.order)
    if key is None:
        return rows if asked.ordered else sorted(rows, key=_rank)
    keyed = [(key(row), row) for row in rows]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=asked.down)
    return [row for _, row in known] + [row for value, row in keyed if value is None]


def _rank(row: Row) -> int:
    return SORTS.index(row.sort) if row.sort in SORTS else len(SORTS)


def _amount(row: Row) -> tuple[str, float] | None:
    low, high = bounds(row.e)
    known = low if low is not None else high
    return None if known is None else (row.e.coding.unit or "", known)


def _day(row: Row) -> tuple[date, date] | None:
    if row.days is None:
        return None
    return row.days.earliest or date.min, row.days.latest or date.max


SORTS = (
    "result", "done", "stated", "weak", "whole", "target", "planned", "projection", "denied", "law", "uncounted",
    "verbal", "lost", "unsaid",
)  # fmt: skip
ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "amount": _amount,
    "when": _day,
    "place": lambda row: row.places[0].value if row.places else None,
    "claimant": lambda row: row.claimant.value.casefold() if row.claimant else None,
    "origin": lambda row: row.e.origin.label.casefold() if row.e.origin else None,
    "code": lambda row: next(iter(row.facets.get("code", ()) or row.facets.get("counted", ())), None),
    "state": lambda row: row.e.coding.state,
}
