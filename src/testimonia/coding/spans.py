"""Small help with spans and codings that the coders share."""

from __future__ import annotations

from typing import Any

from testimonia.model import Coding, Part

__all__ = ["complete", "part"]

_set = object.__setattr__


def part(text: str, start: int, end: int, base: int = 0, value: str | None = None) -> Part:
    """The stretch text[start:end] as a Part whose offsets are lifted by `base`."""
    return Part(base + start, base + end, text[start:end], value)


def complete(coding: Coding, **fields: Any) -> Coding:
    """Fill in fields of a coding that nobody else has seen yet, and return it.

    `dataclasses.replace` would copy thirty fields to set one, and cost more than the whole gate; so this
    writes to the frozen value, which is right only while it is being made.
    """
    for name, value in fields.items():
        _set(coding, name, value)
    return coding
