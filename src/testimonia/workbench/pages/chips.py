"""Filters as an address holds them, for every page that has some: turned round, taken away, and to be added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from testimonia.project.searching import Filter, unreadable
from testimonia.workbench.web import Asked

__all__ = ["Chip", "Choice", "address", "chips", "given", "unsettled"]

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force, and the addresses without it and with its opposite."""

    dimension: str
    label: str
    inverted: bool
    without: str
    opposite: str
    unreadable: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension and the values one may add: each with what it is called; none where one writes a value oneself."""

    name: str
    label: str
    values: Pairs
    written: bool = False


def given(asked: Asked) -> list[tuple[str, str]]:
    """The keys and values of an address; what was chosen in a form, `add=not-language=ko`, among them."""
    pairs = parse_qsl(asked.request.url.query, keep_blank_values=True, errors="replace")
    return [*pairs, *_added(pairs)]


def _added(pairs: Pairs) -> Iterator[tuple[str, str]]:
    for key, value in pairs:
        if key == "add" and "=" in value:
            name, _sign, chosen = value.partition("=")
            yield name, chosen


def unsettled(pairs: Pairs, fixed: str) -> bool:
    """Whether an address comes from a form and is to be written as it will stay; `fixed` may be empty."""
    return any(key == "add" or (key != fixed and not value) for key, value in pairs)


def address(path: str, fixed: Pairs, chosen: Sequence[Filter], page: int = 1) -> str:
    """The address of a page of a list: what is always in it, the filters, and the number of the page."""
    pairs = [*fixed, *((one.key, one.value) for one in chosen)]
    if page > 1:
        pairs.append(("page", str(page)))
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chips(
    to: Callable[[Sequence[Filter]], str],
    chosen: Sequence[Filter],
    dimension: Callable[[str], str],
    value: Callable[[str, str], str],
) -> list[Chip]:
    """The filters in force; `to` gives the address with some filters, the others what things are called."""
    return [
        Chip(
            dimension(one.name),
            value(one.name, one.value),
            one.inverted,
            to([other for other in chosen if other != one]),
            to(tuple(dict.fromkeys(_turned(other) if other == one else other for other in chosen))),
            unreadable(one),
        )
        for one in chosen
    ]


def _turned(one: Filter) -> Filter:
    return Filter(one.name, one.value, not one.inverted)
