"""Codings that people make: from what they told to a value that has passed the gate."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from testimonia.casebook import Casebook
from testimonia.casebook.writer import CORRECTABLE
from testimonia.coding import gate
from testimonia.coding.codebook import load_codebook
from testimonia.errors import NotKept
from testimonia.model import Coding, Part

__all__ = ["carried", "corrected", "made", "respanned", "same"]

AROUND = 30  # code points kept before and after the words, to find them again
TEXTS = ("code", "unit", "comparator", "value_status", "modality", "polarity", "basis")
NUMBERS = ("min", "max")
FIELDS = frozenset((*TEXTS, *NUMBERS, "kind", "start", "end", "value", "parts", "attributes"))
LONGEST = 500  # characters of a value that a person types


def made(text: str, rendering_sha256: str, told: Mapping[str, Any]) -> Coding:
    """A coding out of what a page was told, checked by the gate. Raises NotKept."""
    if odd := sorted(set(told) - FIELDS):
        raise NotKept("A coding has no field {name}.", name=repr(odd[0]))
    start, end = _span(told, len(text))
    kind = str(told.get("kind") or "")
    values = _values(kind, {name: value for name, value in told.items() if name in CORRECTABLE and value is not None})
    coding = Coding(
        kind=kind,  # type: ignore[arg-type]  # the gate looks it up
        start=start,
        end=end,
        quote=text[start:end],
        parts={str(role): _part(text, spot) for role, spot in _mapping(told, "parts").items()},
        attributes={str(name): _typed(value) for name, value in _mapping(told, "attributes").items()},
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        **values,
    )
    return _through_gate(coding, text, rendering_sha256)


def respanned(text: str, coding: Coding, start: int, end: int) -> Coding:
    """The same coding with other bounds, checked by the gate. Raises NotKept."""
    start, end = _span({"start": start, "end": end}, len(text))
    moved = replace(
        coding,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        identity="",
    )
    return _through_gate(moved, text, coding.rendering_sha256)


def carried(coding: Coding, before: Coding) -> Coding:
    """An own coding with what the one before it knew and a person is not asked: the words that decided, its rule."""
    if coding.kind != before.kind:
        return coding
    attributes = {**before.attributes, **coding.attributes}
    return replace(coding, cue=before.cue, rule=before.rule, attributes=attributes)


def corrected(book: Casebook, coding: Coding, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of a correction, typed and checked by the gate together with the coding. Raises NotKept."""
    if odd := sorted(set(changes) - CORRECTABLE):
        raise NotKept("A correction cannot change {name}; make a coding of your own in its place.", name=repr(odd[0]))
    if not changes:
        raise NotKept("A correction changes something; accept the coding if it is right as it is.")
    values = _values(coding.kind, changes)
    _through_gate(replace(coding, **values), book.text(coding.rendering_sha256), coding.rendering_sha256)
    return values


def same(one: Coding, other: Coding) -> bool:
    """Whether two codings say the same of the same words."""
    names = ("kind", "start", "end", "code", "value", "unit", "modality", "polarity")
    return all(getattr(one, name) == getattr(other, name) for name in names) and one.parts == other.parts


def _through_gate(coding: Coding, text: str, rendering_sha256: str) -> Coding:
    kept, refused = gate.check([replace(coding)], text, load_codebook(), rendering_sha256)
    if not kept:
        (reason,) = refused
        raise NotKept("Not kept: {reason}.", reason=reason)
    return replace(kept[0], codebook_sha256=load_codebook().sha256)


def _values(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in told.items():
        if value is None or value == "":
            values[name] = None
        elif name in NUMBERS or (name == "value" and kind == "figure"):
            values[name] = _number(value)
        else:
            values[name] = _typed(value)
    for name in ("modality", "polarity"):
        if name in values and values[name] is None:
            raise NotKept("A coding always has a {name}.", name=name)
    return values


def _number(value: Any) -> float:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise NotKept(
            "The value of a figure is a number, written in digits.", reason="the value of a figure is not a number"
        )
    return number


def _typed(value: Any) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool) or len(str(value)) > LONGEST:
        raise NotKept("A value is a word or a number of at most {number} characters.", number=LONGEST)
    return str(value).strip()


def _span(told: Mapping[str, Any], length: int) -> tuple[int, int]:
    start, end = told.get("start"), told.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise NotKept("These words do not lie in the text.")
    return start, end


def _part(text: str, spot: Any) -> Part:
    if not isinstance(spot, Mapping):
        raise NotKept("A part needs a start and an end.")
    start, end = _span(spot, len(text))
    return Part(start, end, text[start:end])


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = told.get(name) or {}
    if not isinstance(value, Mapping):
        raise NotKept("The {name} of a coding are named.", name=name)
    return value
