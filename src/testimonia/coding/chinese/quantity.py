"""One quantity as the rules for numbers pass it on, and the words that bound it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from testimonia.coding.chinese.measure_words import bound_after, bound_before
from testimonia.coding.chinese.numbers import Numeral

__all__ = ["Quantity", "bounded", "quantity_of"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in `Reading.text`: [start, end) is the numeral, `tail` the end of its unit."""

    start: int
    end: int
    tail: int
    unit: str
    sort: str
    value: float | None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    status: str = "present"
    hedge: tuple[int, int] | None = None
    rule: str = "figure.unit"


def quantity_of(numeral: Numeral, start: int, end: int, tail: int, unit: str, sort: str, rule: str) -> Quantity:
    """The quantity that a numeral makes with its unit; bounds and comparator come from the kind of numeral."""
    definite = numeral.low == numeral.high
    vague = numeral.kind == "vague"
    comparator = {"exact": "=", "more": ">", "about": "~", "vague": "~", "least": ">="}[numeral.kind]
    return Quantity(
        start, end, tail, unit, sort,
        value=numeral.low if definite else None,
        low=None if definite else numeral.low,
        high=None if definite else numeral.high,
        comparator=">" if vague and numeral.low % 10 == 1 else comparator,
        status="verbal" if vague else "present",
        rule=rule,
    )  # fmt: skip


def bounded(found: Quantity, text: str) -> Quantity:
    """The comparator that the words before and after the quantity give it."""
    bound = bound_before(text, found.start) or bound_after(text, found.tail, found.sort)
    if bound is None:
        return found
    fixed = found.comparator == "range" or found.status == "verbal" or bound[2] == "="
    return replace(found, comparator=found.comparator if fixed else bound[2], hedge=bound[:2])
