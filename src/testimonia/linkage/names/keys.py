"""Numbers to block on: forms of one name share at least one of them, whatever the script.

A key is a signed 64-bit integer that is the same on every machine and in every run. Families:

full     surname and all given syllables, of the likeliest readings
given    all given syllables, without surname (and so also where only a given name was written)
sound    pinyin of the given name, where the writing says it (characters and pinyin)
near     surname and the rough sound of all given syllables: what is misheard or misspelt stays together
partial  surname and one given syllable, first or last: too coarse to block on alone
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import product
from zlib import crc32

from testimonia.linkage.names.jamo import BASE, split
from testimonia.linkage.names.lattice import Lattice, Node, Reading
from testimonia.linkage.names.reading import read

__all__ = ["FAMILIES", "best_key", "families", "keys", "partial_keys"]

FAMILIES = ("full", "given", "sound", "near", "partial")
MOST, LEAST = 8, 0.03  # combinations of readings, and their least share
MASK = (1 << 64) - 1
_ROUGH_ONSET = {
    one: index
    for index, ones in enumerate(("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ", "ㄴ", "ㄹ", "ㅁ", "ㅇ", "ㅎ"))
    for one in ones
}
_ROUGH_VOWEL = {
    one: index for index, ones in enumerate(("ㅏㅑㅘ", "ㅓㅕㅗㅛㅜㅠㅡㅝ", "ㅐㅔㅒㅖㅙㅚㅞ", "ㅣㅢㅟ")) for one in ones
}


@lru_cache(maxsize=65536)
def keys(name: str) -> tuple[int, ...]:
    """Keys of all families but partial; none where there is no name."""
    found = families(name)
    return tuple(dict.fromkeys(key for family in FAMILIES[:-1] for key in found[family]))


def partial_keys(name: str) -> tuple[int, ...]:
    """Keys of a surname and one given syllable: only to be joined with another field (place, year)."""
    return families(name)["partial"]


@lru_cache(maxsize=65536)
def families(name: str) -> Mapping[str, tuple[int, ...]]:
    """All keys of a name by family."""
    lattice = read(name)
    named = list(_named(lattice))
    return {
        "full": _ranked(_full(named)),
        "given": _ranked(_given(named)),
        "sound": tuple(dict.fromkeys(_sounds(lattice))),
        "near": _ranked(_near(lattice)),
        "partial": _ranked(_partial(named)),
    }


def best_key(name: str) -> tuple[int | None, int | None]:
    """Keys of the likeliest surname and of the likeliest given name, for counting how common they are."""
    lattice = read(name)
    if not lattice:
        return None, None
    best = lattice.readings[0]
    surname = _number("S", _best(best.surname)) if best.surname is not None else None
    given = _number("N", *(_best(node) for node in best.given)) if best.given else None
    return surname, given


def _best(node: Node) -> int:
    if node.syllables:
        return max(node.syllables, key=lambda one: (node.syllables[one], -one))
    return crc32(node.token.encode())


Weighed = Iterator[tuple[float, int]]
Named = tuple[Reading, list[tuple[float, tuple[int, ...]]]]


def _ranked(found: Weighed) -> tuple[int, ...]:
    """The most probable keys, each once."""
    weights: dict[int, float] = {}
    for weight, key in found:
        weights[key] = weights.get(key, 0.0) + weight
    kept = [(weight, key) for key, weight in weights.items() if weight >= LEAST]
    return tuple(key for _, key in nlargest(MOST, kept))


def _options(node: Node, most: int = 6) -> list[tuple[float, int]]:
    if not node.syllables:
        return [(1.0, crc32(node.token.encode()))]
    return nlargest(most, ((share, one) for one, share in node.syllables.items() if share >= LEAST))


def _named(lattice: Lattice) -> Iterator[Named]:
    """Readings with a given name, and the likeliest rows of its syllables."""
    for reading in lattice.readings:
        if reading.given:
            rows = product(*(_options(node) for node in reading.given[:4]))
            weighed = [(_product(row) * reading.weight, tuple(one for _, one in row)) for row in rows]
            yield reading, nlargest(2 * MOST, weighed)


def _product(row: tuple[tuple[float, int], ...]) -> float:
    weight = 1.0
    for share, _ in row:
        weight *= share
    return weight


def _full(named: Sequence[Named]) -> Weighed:
    for reading, rows in named:
        if reading.surname is not None:
            for (share, surname), (weight, given) in product(_options(reading.surname, 3), rows):
                yield share * weight, _number("F", surname, *given)


def _given(named: Sequence[Named]) -> Weighed:
    for _, rows in named:
        for weight, given in rows:
            yield weight, _number("G", *given)


def _sounds(lattice: Lattice) -> Iterator[int]:
    for reading in lattice.readings[:3]:
        if reading.given and all(node.sounds for node in reading.given):
            tops = [max(node.sounds, key=lambda one, n=node: (n.sounds[one], one)) for node in reading.given]  # type: ignore[misc]
            yield _number("P", *(crc32(one.encode()) for one in tops))


def _near(lattice: Lattice) -> Weighed:
    for reading in lattice.readings:
        if reading.given and reading.surname is not None:
            rough = (_rough_options(node) for node in reading.given[:4])
            for (share, surname), *row in product(_options(reading.surname, 3), *rough):
                yield share * _product(tuple(row)) * reading.weight, _number("R", surname, *(one for _, one in row))


def _rough_options(node: Node) -> list[tuple[float, int]]:
    """Rough sounds of a syllable with their shares."""
    weights: dict[int, float] = {}
    for one, share in node.syllables.items():
        weights[_rough(one)] = weights.get(_rough(one), 0.0) + share
    found = nlargest(3, ((share, one) for one, share in weights.items() if share >= LEAST))
    return found or _options(node)


@cache
def _rough(syllable: int) -> int:
    """Onset without its strength, vowel among four, coda only where it stops the breath."""
    onset, vowel, coda = split(chr(BASE + syllable))
    return _ROUGH_ONSET[onset] * 100 + _ROUGH_VOWEL[vowel] * 10 + (coda in "ㄱㄲㅋㅂㅍ" and coda != "")


def _partial(named: Sequence[Named]) -> Weighed:
    for reading, rows in named:
        if reading.surname is not None:
            for (share, surname), (weight, given) in product(_options(reading.surname, 3), rows):
                yield share * weight, _number("A", surname, given[0])
                yield share * weight, _number("Z", surname, given[-1])


def _number(family: str, *parts: int) -> int:
    """Mix whole numbers into one signed 64-bit integer (splitmix64 steps)."""
    state = ord(family)
    for part in parts:
        state = (state + part + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ state >> 27) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state - (1 << 64) if state >> 63 else state
