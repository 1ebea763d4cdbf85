"""Names in Hangul and in characters, read syllable by syllable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log

from testimonia.linkage.names.jamo import BASE, is_syllable, reduced, unreduced
from testimonia.linkage.names.lattice import Found, Node, node
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, shape_of, tables

__all__ = ["GIVEN_LENGTH", "GIVEN_ONLY", "SURNAME_ONLY", "is_han", "partings"]

GIVEN_LENGTH = {1: 0.07, 2: 0.92, 3: 0.008, 4: 0.002}
GIVEN_ONLY, SURNAME_ONLY = 0.04, 0.01
SOUTH = 0.5  # share of writers in Hangul who follow South Korean spelling
NOT_IN_TABLE = 1e-4  # P(character | syllable) for a character of no table


def is_han(char: str) -> bool:
    """Whether a character is a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def partings(text: str) -> Iterator[Found]:
    """Each way to part a row of Hangul syllables or characters into surname and given name."""
    if len(text) <= 4:
        given, weight = _given(text)
        yield _found(log(GIVEN_ONLY) + weight, None, given)
    for size in (1, 2):
        surname = _one(text[:size], SURNAME) if size <= len(text) else None
        if surname is None:
            continue
        if len(text) == size:
            yield _found(log(SURNAME_ONLY) + surname[1], surname[0], None)
        elif len(text) - size in GIVEN_LENGTH:
            given, weight = _given(text[size:])
            yield _found(log(1 - GIVEN_ONLY - SURNAME_ONLY) + surname[1] + weight, surname[0], given)


def _found(weight: float, surname: Node | None, given: tuple[Node, ...] | None) -> Found:
    return Found(weight, lambda: (surname, given))


def _length(size: int) -> float:
    return log(GIVEN_LENGTH.get(size, 1e-6))


def _given(text: str) -> tuple[tuple[Node, ...], float]:
    parts = [_given_one(char, LATER if index else FIRST) for index, char in enumerate(text)]
    return tuple(found for found, _ in parts), _length(len(text)) + sum(weight for _, weight in parts)


def _given_one(char: str, place: int) -> tuple[Node, float]:
    found = _one(char, place)
    return found if found is not None else (Node(char, "han", {}), log(1e-7))


@lru_cache(maxsize=65536)
def _one(text: str, place: int) -> tuple[Node, float] | None:
    """One syllable or character, with log P(text) in its place; None where a pair is no compound surname."""
    known = tables()
    if all(is_syllable(char) for char in text):
        likelihood = _hangul(text, place, known.compounds)
        shown = node(text, "hangul", place, likelihood, known)
        return (shown, _logsum(likelihood, place)) if likelihood else None
    role = min(place, 1)
    shape = shape_of(text, known.characters)
    likelihood = dict(known.shapes[role].get(shape, {}))
    sounds = known.pinyin_of[role].get(shape, {})
    if not likelihood and len(text) == 1:
        char = known.characters.get(text)
        likelihood = {one: NOT_IN_TABLE * share for one, share in char.readings.items()} if char else {}
    if not likelihood:
        if len(text) > 1:
            return None
        return Node(text, "han", {}, {shape: 1.0}, sounds), log(1e-7)
    return node(text, "han", place, likelihood, known, shapes={shape: 1.0}, sounds=sounds), _logsum(likelihood, place)


def _hangul(text: str, place: int, compounds: Mapping[str, int]) -> dict[int, float]:
    """P(text | syllable): itself in North Korean spelling, whatever South Korean spelling reduces to it."""
    if len(text) == 2:
        return {compounds[text]: 1.0} if text in compounds else {}
    found = {}
    for one in unreduced(text) if place != LATER or text in "열율" else (text,):
        written_short = reduced(one) == text and one != text
        keeps = 1.0 if reduced(one) == one else 1 - SOUTH
        found[ord(one) - BASE] = SOUTH if written_short else keeps
    return found


def _logsum(likelihood: Mapping[int, float], place: int) -> float:
    known = tables()
    return log(max(1e-12, sum(known.frequency(place, one) * value for one, value in likelihood.items())))
