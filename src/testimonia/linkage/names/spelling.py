"""How Latin letters are read as Korean syllables: each system's spellings of each syllable, with their shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from testimonia import vocabulary
from testimonia.linkage.names.jamo import BASE, reduced, split
from testimonia.linkage.names.tables import COMPOUND, FIRST, LATER, SURNAME, tables

__all__ = ["PRIOR", "SYSTEMS", "Spelled", "spelled", "stripped"]

SYSTEMS = ("rr", "mr", "marked", "nk", "free")
PRIOR = (0.17, 0.15, 0.08, 0.2, 0.4)
MARKS = str.maketrans({"ŏ": "o", "ŭ": "u", "'": None})
NORTH = {"rr": 0.1, "mr": 0.5, "nk": 0.97, "free": 0.4}  # share of writers who keep an initial ㄹ or ㄴ
PLACES = {SURNAME: "first", FIRST: "first", LATER: "later"}
Weights = dict[int, float]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A piece of Latin text as one syllable: by system P(text | syllable), and P(text) over all syllables."""

    likelihood: Mapping[int, Mapping[int, float]]
    total: Sequence[float]


def stripped(text: str) -> str:
    """Without breves and apostrophes."""
    return text.translate(MARKS)


@cache
def spelled(place: int) -> Mapping[str, Spelled]:
    """All spellings of all syllables of names in a place; 0.2 s, once a process and place."""
    known = tables()
    found: dict[str, dict[int, Weights]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    for syllable in known.prior[place]:
        for system, text, share in _of_syllable(syllable, place):
            found[text][system][syllable] += share
    return {
        text: Spelled(systems, [_sum(systems.get(index, {}), place) for index in range(len(SYSTEMS))])
        for text, systems in found.items()
    }


def _sum(weights: Mapping[int, float], place: int) -> float:
    known = tables()
    return sum(known.frequency(place, one) * share for one, share in weights.items())


def _of_syllable(syllable: int, place: int) -> Iterator[tuple[int, str, float]]:
    """(system, text, share) of one syllable, North and South forms mixed."""
    written = _whole(place)
    if syllable >= COMPOUND:
        for text, share in _compound(tables().hangul(syllable)):
            yield SYSTEMS.index("free"), text, share
        return
    letter = chr(BASE + syllable)
    own = written.get(letter)
    for system in ("rr", "mr", "nk", "free"):
        for form, share in _forms(letter, system, place):
            if system == "free" and own and (place == SURNAME or form == letter):
                continue
            for text, weight in _letters(form, system, PLACES[place]):
                yield from _systems(system, text, share * weight)
    for text, weight in (own or {}).items():
        share = 0.85 if place == SURNAME else 0.9 * dict(_forms(letter, "free", place)).get(letter, 0.0)
        yield SYSTEMS.index("free"), text, share * weight
    if own:  # any rule may also be followed freely
        for form, share in _forms(letter, "free", place):
            for text, weight in _letters(form, "free", PLACES[place]):
                yield SYSTEMS.index("free"), text, 0.12 * share * weight


def _systems(system: str, text: str, share: float) -> Iterator[tuple[int, str, float]]:
    if system == "mr":
        yield SYSTEMS.index("marked"), text, share
        yield SYSTEMS.index("mr"), stripped(text), share
    else:
        yield SYSTEMS.index(system), text, share


def _forms(letter: str, system: str, place: int) -> list[tuple[str, float]]:
    """North and South forms of a syllable in its place, with shares."""
    short = reduced(letter)
    if short == letter or (place == LATER and letter not in "렬률"):
        return [(letter, 1.0)]
    north = NORTH[system] if place != LATER else 0.5
    return [(letter, north), (short, 1 - north)]


@cache
def _letter_table(system: str) -> Mapping[tuple[str, str], Sequence[tuple[str, float]]]:
    found: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for row in vocabulary.rows("names/romanisation"):
        if row["system"] == system:
            text = "" if row["spelling"] == "-" else row["spelling"]
            found[row["place"], row["jamo"]].append((text, float(row["weight"])))
    return {
        key: [(text, weight / sum(w for _, w in options)) for text, weight in options] for key, options in found.items()
    }


def _letters(form: str, system: str, place: str) -> Iterator[tuple[str, float]]:
    """Spellings of a syllable letter by letter; nothing where a rare double coda has no rule."""
    table = _letter_table(system)
    onset, vowel, coda = split(form)
    codas = table.get(("coda", coda), []) if coda else [("", 1.0)]
    for (a, x), (b, y), (c, z) in product(table[place, onset], table["vowel", vowel], codas):
        if x * y * z > 0.0005:
            yield a + b + c, x * y * z


@cache
def _whole(place: int) -> Mapping[str, Mapping[str, float]]:
    """Spellings of whole syllables against the rules, shares summing to one."""
    raw: dict[str, dict[str, float]] = defaultdict(dict)
    if place == SURNAME:
        for row in vocabulary.rows("names/surname_spellings"):
            for rank, text in enumerate(row["spellings"].split(";")):
                raw[row["north"]][text] = (rank + 1.0) ** -1.3
    else:
        for row in vocabulary.rows("names/spellings"):
            raw[row["syllable"]][row["spelling"]] = float(row["weight"])
    return {one: {text: w / sum(texts.values()) for text, w in texts.items()} for one, texts in raw.items()}


def _compound(name: str) -> Iterator[tuple[str, float]]:
    """Spellings of a surname of two syllables, by the table and by the letters."""
    own = _whole(SURNAME).get(name, {})
    for text, share in own.items():
        yield text, 0.6 * share
    for system, prior in (("rr", 0.15), ("mr", 0.1), ("nk", 0.15)):
        for (a, x), (b, y) in product(_letters(name[0], system, "first"), _letters(name[1], system, "later")):
            yield stripped(a + b), prior * x * y
