"""A lattice as bytes: 32-bit words that compiled code compares without unpacking.

Layout, little-endian. Word 0: version, and number of readings in bits 8-15. Word 1: log likelihood ratio of the name
with itself, float32. Then per reading: its weight, float32; a word with the number of words that follow for it (bits
0-15), the number of given syllables (16-19; 15 where the given name is not said) and whether there is a surname (20);
its syllables, the surname first. A syllable: a word with the numbers of its entries (syllables in bits 0-7, characters
8-15, pinyin 16-23), then the entries, each part sorted: what it is in the upper 20 bits, and in the lower 12 the
logarithm of P(it | writing) / sqrt(frequency of it), so that the dot product of two parts is a likelihood ratio.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp, log, prod, sqrt
from zlib import crc32

from testimonia.linkage.names.lattice import Lattice, Node, Reading
from testimonia.linkage.names.letters import GIVEN_LENGTH
from testimonia.linkage.names.reading import read
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables

__all__ = [
    "CHARACTERS_KEPT",
    "LEAST_LOG",
    "NO_GIVEN",
    "OTHER_LENGTH",
    "SAME_SURNAME_CHARACTER",
    "SLIP_OF_CHARACTER",
    "STEP",
    "VERSION",
    "WRONG_NAME",
    "WRONG_SYLLABLE",
    "encode",
    "encode_lattice",
    "sound_number",
]

VERSION = 1
LEAST_LOG, STEP = -10.0, 0.005
NO_GIVEN = 15
TWENTY_BITS = 0xFFFFF

# The model of two records of one person. Shares, not fitted to any list: see docs/linkage/names.md.
WRONG_NAME = 0.01  # the whole name is another one
WRONG_SYLLABLE = 0.008  # one syllable is any other
CHARACTERS_KEPT = 0.6  # both writers know the characters of a given name; else they choose them by ear
SAME_SURNAME_CHARACTER = 0.95
OTHER_LENGTH = 0.01  # a given name said with a syllable more or less
SLIP_OF_CHARACTER = 0.03  # another character of the same sound

UNSEEN_SHAPE, UNSEEN_SOUND = 2e-6, 1e-5
RAW_WHOLE, RAW_PART = 40.0, 8.0


@lru_cache(maxsize=65536)
def encode(name: str) -> bytes:
    """The lattice of a name as written, as bytes; b"" where there is no name.

    Names of 300 characters and more are cut; nothing raises.
    """
    return encode_lattice(read(name))


def encode_lattice(lattice: Lattice) -> bytes:
    """The bytes of a lattice; b"" of one without readings."""
    if not lattice:
        return b""
    parts = [struct.pack("<If", VERSION | len(lattice.readings) << 8, _with_itself(lattice))]
    parts += [_reading(one) for one in lattice.readings]
    return b"".join(parts)


def _reading(reading: Reading) -> bytes:
    body = b"".join(_packed(node, place) for node, place in _places(reading))
    given = NO_GIVEN if reading.given is None else len(reading.given)
    head = len(body) // 4 | given << 16 | (reading.surname is not None) << 20
    return struct.pack("<fI", reading.weight, head) + body


def _places(reading: Reading) -> Iterable[tuple[Node, int]]:
    if reading.surname is not None:
        yield reading.surname, SURNAME
    for index, node in enumerate(reading.given or ()):
        yield node, LATER if index else FIRST


@lru_cache(maxsize=32768)
def _packed(node: Node, place: int) -> bytes:
    parts = _vectors(node, place)
    counts = sum(len(part) << 8 * index for index, part in enumerate(parts))
    entries = [one << 12 | _quantised(weight) for part in parts for one, weight in sorted(part.items())]
    return struct.pack(f"<I{len(entries)}I", counts, *entries)


def _quantised(weight: float) -> int:
    return min(4095, max(0, round((log(max(weight, 1e-9)) - LEAST_LOG) / STEP)))


@lru_cache(maxsize=32768)
def _vectors(node: Node, place: int) -> tuple[Mapping[int, float], ...]:
    """Syllables, characters and pinyin of one node, each weighed by one over the root of its frequency."""
    if node.script == "raw":
        return {}, {}, _raw(node.token)
    known, role = tables(), min(place, 1)
    syllables = {one: share / sqrt(known.frequency(place, one)) for one, share in node.syllables.items()}
    shapes = {
        one: share / sqrt(max(known.shape_prior[role].get(one, 0.0), UNSEEN_SHAPE))
        for one, share in node.shapes.items()
    }
    sounds = {
        sound_number(one): share / sqrt(max(known.sound_prior[role].get(one, 0.0), UNSEEN_SOUND))
        for one, share in node.sounds.items()
    }
    return syllables, shapes, sounds


def sound_number(text: str) -> int:
    """A number of 20 bits for a piece of pinyin or a foreign word."""
    return crc32(text.encode()) & TWENTY_BITS


def _raw(word: str) -> Mapping[int, float]:
    """A foreign word: itself, and itself without each of its letters, so that a slip still meets."""
    parts = {sound_number(word[:index] + word[index + 1 :]): RAW_PART for index in range(len(word)) if len(word) > 3}
    return {**parts, sound_number(word): RAW_WHOLE}


def _with_itself(lattice: Lattice) -> float:
    """Log likelihood ratio of a name with itself, unlike readings left out."""
    total = sum(one.weight**2 * _reading_with_itself(one) for one in lattice.readings)
    return log((1 - WRONG_NAME) * total + WRONG_NAME)


def _reading_with_itself(reading: Reading) -> float:
    squares = [_squares(node, place) for node, place in _places(reading)]
    surname = squares.pop(0) if reading.surname is not None else None
    value = 1.0
    if surname is not None:
        value = _blend(surname, SAME_SURNAME_CHARACTER)
    if reading.given:
        size = GIVEN_LENGTH.get(len(reading.given), 1e-3)
        by_ear = prod(max(one[0], WRONG_SYLLABLE) for one in squares)
        if all(one[1] or one[2] for one in squares):
            by_ear = (1 - CHARACTERS_KEPT) * by_ear + CHARACTERS_KEPT * prod(_character(one) for one in squares)
        value *= by_ear / size
    return max(value, exp(-60))


@lru_cache(maxsize=32768)
def _squares(node: Node, place: int) -> tuple[float, ...]:
    return tuple(sum(weight * weight for weight in part.values()) for part in _vectors(node, place))


def _blend(squares: tuple[float, ...], share: float) -> float:
    if squares[1] or squares[2]:
        return (1 - share) * squares[0] + share * _character(squares)
    return squares[0]


def _character(squares: tuple[float, ...]) -> float:
    if squares[1]:
        return (1 - SLIP_OF_CHARACTER) * squares[1] + SLIP_OF_CHARACTER * squares[2]
    return squares[2]
