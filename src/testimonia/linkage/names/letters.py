"""Names in Hangul and in characters, read syllable by syllable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import log

from testimonia import vocabulary
from testimonia.linkage.names.jamo import BASE, is_syllable, reduced, unreduced
from testimonia.linkage.names.lattice import Found, Node, node
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, shape_of, tables

__all__ = ["GIVEN_LENGTH", "GIVEN_ONLY", "SURNAME_ONLY", "is_han", "partings"]

GIVEN_LENGTH = {1: 0.07, 2: 0.92, 3: 0.008, 4: 0.002}
GIVEN_ONLY, SURNAME_ONLY = 0.04, 0.01
SOUTH = 0.5  # share of writers in Hangul who follow South Korean spelling
MISREAD, PICKED = 0.003, 0.02  # shares of characters misread for one that looks so, mistaken for one of its sound
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
    if all(is_syllable(char) for char in text):
        likelihood = _hangul(text, place, tables().compounds)
        return (node(text, "hangul", place, likelihood, tables()), _total(likelihood, place)) if likelihood else None
    return _character(text, place) if len(text) == 1 else _compound(text)


def _compound(text: str) -> tuple[Node, float] | None:
    """A surname of two characters."""
    known = tables()
    shape = shape_of(text, known.characters)
    likelihood = known.shapes[0].get(shape)
    if not likelihood:
        return None
    sounds = known.pinyin_of[0].get(shape, {})
    return node(text, "han", SURNAME, likelihood, known, shapes={shape: 1.0}, sounds=sounds), _total(
        likelihood, SURNAME
    )


def _character(text: str, place: int) -> tuple[Node, float]:
    """One character: as it stands, as one it looks like, as one of the same sound picked from an input list."""
    known, role = tables(), min(place, 1)
    shape = shape_of(text, known.characters)
    shapes = {shape_of(one, known.characters): MISREAD for one in _alike().get(text, ())} | {shape: 1.0}
    likelihood: dict[int, float] = {}
    for one, share in shapes.items():
        for number, value in (known.shapes[role].get(one) or _rare(chr(one))).items():
            likelihood[number] = likelihood.get(number, 0.0) + share * value
    weights = {one: share * max(known.shape_prior[role].get(one, 0.0), 1e-7) for one, share in shapes.items()}
    chosen = {
        one: weight / sum(weights.values()) for one, weight in weights.items() if weight > 0.01 * sum(weights.values())
    }
    sounds, plain = _sounds(chosen, role), frozenset(likelihood)
    for sound, share in known.pinyin_of[role].get(shape, {}).items():
        picked = PICKED * share * known.shape_prior[role].get(shape, 0.0) / known.sound_prior[role].get(sound, 1.0)
        for number, value in known.sounds[role].get(sound, {}).items():
            likelihood[number] = likelihood.get(number, 0.0) + picked * value
    if not likelihood:
        return Node(text, "han", {}, chosen, sounds), log(1e-7)
    found = node(text, "han", place, likelihood, known, shapes=chosen, sounds=sounds, plain=plain)
    return found, _total(likelihood, place)


def _sounds(shapes: Mapping[int, float], role: int) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for one, share in shapes.items():
        for sound, value in tables().pinyin_of[role].get(one, {}).items():
            found[sound] = found.get(sound, 0.0) + share * value
    return {sound: share for sound, share in found.items() if share > 0.01}


def _rare(text: str) -> Mapping[int, float]:
    """P(character | syllable) of a character that no name in the tables has."""
    char = tables().characters.get(text)
    return {one: NOT_IN_TABLE * share for one, share in char.readings.items()} if char else {}


@cache
def _alike() -> Mapping[str, tuple[str, ...]]:
    """Characters that look like one another, both ways."""
    found: dict[str, tuple[str, ...]] = {}
    for row in vocabulary.rows("names/alike"):
        for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
            found[one] = (*found.get(one, ()), other)
    return found


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


def _total(likelihood: Mapping[int, float], place: int) -> float:
    known = tables()
    return log(max(1e-12, sum(known.frequency(place, one) * value for one, value in likelihood.items())))
