"""The name tables in the form that readings need: what a syllable of a name is, how common, and how it is written.

A syllable is a number: of composed Hangul by its place among the 11,172, of a surname of two syllables from `COMPOUND`
on. Syllables are unreduced (North Korean spelling: 리, not 이). Frequencies are those of people in South Korea, with a
small share of Chinese names; what is in no table has a small frequency, never none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from testimonia import vocabulary
from testimonia.linkage.names.jamo import BASE

__all__ = ["COMPOUND", "FIRST", "LATER", "SURNAME", "UNSEEN", "Character", "Tables", "tables"]

COMPOUND = 11172
SURNAME, FIRST, LATER = 0, 1, 2
CHINESE = 0.1  # share of Chinese names in the mixture
UNSEEN = (2e-6, 4e-6, 4e-6)
SECOND_READING, SECOND_SOUND = 0.12, 0.06  # share of a second reading, or pinyin, of a character beside its first
Weights = dict[int, float]
Joint = dict[int, Weights]  # syllable -> shape -> weight


@dataclass(frozen=True, slots=True)
class Character:
    """One shape of a character: its number, Korean readings and pinyin with shares, weight in given names."""

    shape: int
    readings: Mapping[int, float]
    pinyin: Mapping[str, float]
    weight: float


@dataclass(frozen=True)
class Tables:
    """Everything that readings look up; made once, never changed.

    `prior[place]` holds the frequency of syllables. Of surnames (0) and given names (1): `shapes` P(character |
    syllable) by character and syllable, `sounds` P(pinyin | syllable) by pinyin and syllable, `shape_prior` and
    `sound_prior` how common characters and pinyin are.
    """

    characters: Mapping[str, Character]
    compounds: Mapping[str, int]
    prior: tuple[Mapping[int, float], ...]
    shapes: tuple[Mapping[int, Mapping[int, float]], ...]
    sounds: tuple[Mapping[str, Mapping[int, float]], ...]
    pinyin_of: tuple[Mapping[int, Mapping[str, float]], ...]
    shape_prior: tuple[Mapping[int, float], ...]
    sound_prior: tuple[Mapping[str, float], ...]

    def frequency(self, place: int, syllable: int) -> float:
        """How common a syllable is in a place of a name."""
        return self.prior[place].get(syllable, UNSEEN[place])

    def hangul(self, syllable: int) -> str:
        """The letters of a syllable number."""
        if syllable < COMPOUND:
            return chr(BASE + syllable)
        return next(text for text, number in self.compounds.items() if number == syllable)


@cache
def tables() -> Tables:
    """Read the vocabulary's name tables; a few tenths of a second, once a process."""
    characters = _characters()
    rows = vocabulary.rows("names/surnames")
    compounds = _compounds(rows)
    surnames = _surnames(rows, characters, compounds)
    first, later = _given_prior("first"), _given_prior("later")
    both = {one: (first.get(one, 0.0) + later.get(one, 0.0)) / 2 for one in first.keys() | later.keys()}
    given = _given(characters, both)
    pinyin = (_surname_pinyin(characters, surnames), _given_pinyin(characters))
    joints = (surnames, given)
    return Tables(
        characters=characters,
        compounds=compounds,
        prior=(_sums(surnames), first, later),
        shapes=tuple(_by_shape(joint) for joint in joints),
        sounds=tuple(_by_sound(joint, sounds) for joint, sounds in zip(joints, pinyin, strict=True)),
        pinyin_of=pinyin,
        shape_prior=tuple(_totals(joint) for joint in joints),
        sound_prior=tuple(_sound_totals(joint, sounds) for joint, sounds in zip(joints, pinyin, strict=True)),
    )


def _number(syllable: str) -> int:
    return ord(syllable) - BASE


def _shares(values: str, second: float) -> dict[str, float]:
    """Shares of readings in order: the first takes nearly all."""
    found = [] if values == "-" else values.split()
    weights = [1.0, *(second / rank for rank in range(1, len(found)))][: len(found)]
    return {one: weight / sum(weights) for one, weight in zip(found, weights, strict=True)}


def _characters() -> dict[str, Character]:
    found: dict[str, Character] = {}
    for row in vocabulary.rows("names/characters"):
        readings = _shares(" ".join(row["readings"]), SECOND_READING)
        pinyin = _shares(row["pinyin"], SECOND_SOUND)
        found[row["char"]] = Character(
            ord(row["shape"]), {_number(r): share for r, share in readings.items()}, pinyin, float(row["weight"])
        )
    return found


def _compounds(rows: tuple[Mapping[str, str], ...]) -> dict[str, int]:
    """Surnames of two syllables, in the order of the table: only ever appended to."""
    found = dict.fromkeys(row["north"] for row in rows if len(row["north"]) == 2)
    return {name: COMPOUND + index for index, name in enumerate(found)}


def _surnames(
    rows: tuple[Mapping[str, str], ...], characters: Mapping[str, Character], compounds: Mapping[str, int]
) -> Joint:
    """Frequency of (syllable, character) among bearers; a compound counts under the pair of its shapes."""
    joint: Joint = defaultdict(lambda: defaultdict(float))
    total = sum(float(row["thousands"]) for row in rows)
    for row in rows:
        number = compounds.get(row["north"], _number(row["north"][0]))
        joint[number][shape_of(row["hanja"], characters)] += (1 - CHINESE) * float(row["thousands"]) / total
    for row in vocabulary.rows("names/chinese_surnames"):
        for number, share in _read_as(row["hans"], characters, compounds):
            joint[number][shape_of(row["hans"], characters)] += CHINESE * float(row["per_cent"]) / 100 * share
    return joint


def _read_as(hans: str, characters: Mapping[str, Character], compounds: Mapping[str, int]) -> list[tuple[int, float]]:
    if len(hans) == 2:
        read = "".join(chr(BASE + next(iter(characters[char].readings))) for char in hans if char in characters)
        return [(compounds[read], 1.0)] if read in compounds else []
    return [(next(iter(characters[hans].readings)), 1.0)] if hans in characters and characters[hans].readings else []


def shape_of(text: str, characters: Mapping[str, Character]) -> int:
    """The number of a character's shape; of the two of a compound surname a number above all characters."""
    numbers = [characters[char].shape if char in characters else ord(char) for char in text]
    return numbers[0] if len(numbers) == 1 else 0x40000 + (numbers[0] * 31 + numbers[1]) % 0x40000


def _given_prior(column: str) -> Weights:
    rows = {_number(row["syllable"]): float(row[column]) for row in vocabulary.rows("names/given")}
    total = sum(rows.values())
    return {one: weight / total for one, weight in rows.items()}


def _given(characters: Mapping[str, Character], prior: Mapping[int, float]) -> Joint:
    """Frequency of (syllable, character) in given names: the syllable's, shared out by the characters' weights."""
    weights: Joint = defaultdict(lambda: defaultdict(float))
    for one in characters.values():
        for number, share in one.readings.items():
            weights[number][one.shape] = max(weights[number][one.shape], share * (one.weight + 0.5))
    return {
        number: {shape: prior.get(number, UNSEEN[1]) * w / sum(shapes.values()) for shape, w in shapes.items()}
        for number, shapes in weights.items()
    }


def _given_pinyin(characters: Mapping[str, Character]) -> dict[int, dict[str, float]]:
    return {one.shape: dict(one.pinyin) for char, one in characters.items() if ord(char) == one.shape} | {
        one.shape: dict(one.pinyin) for char, one in characters.items() if chr(one.shape) not in characters
    }


def _surname_pinyin(characters: Mapping[str, Character], surnames: Joint) -> dict[int, dict[str, float]]:
    said = {row["shape"]: row["pinyin"] for row in vocabulary.rows("names/surname_pinyin")}
    found = _given_pinyin(characters)
    for shape in {shape for shapes in surnames.values() for shape in shapes}:
        char = chr(shape) if shape < 0x40000 else ""
        if char in said:
            others = {one: 0.06 for one in found.get(shape, {}) if one != said[char]}
            found[shape] = {said[char]: 1 - sum(others.values()), **others}
    for row in (*vocabulary.rows("names/surnames"), *vocabulary.rows("names/chinese_surnames")):
        text = row.get("hanja") or row["hans"]
        if len(text) == 2:
            sound = "".join(next(iter(characters[char].pinyin)) for char in text if char in characters)
            found[shape_of(text, characters)] = {sound: 1.0}
    return found


def _sums(joint: Joint) -> Weights:
    return {number: sum(shapes.values()) for number, shapes in joint.items()}


def _totals(joint: Joint) -> Weights:
    found: Weights = defaultdict(float)
    for shapes in joint.values():
        for shape, weight in shapes.items():
            found[shape] += weight
    return dict(found)


def _by_shape(joint: Joint) -> dict[int, Weights]:
    """P(character | syllable), by character."""
    found: dict[int, Weights] = defaultdict(dict)
    for number, shapes in joint.items():
        total = sum(shapes.values())
        for shape, weight in shapes.items():
            found[shape][number] = weight / total
    return dict(found)


def _by_sound(joint: Joint, pinyin: Mapping[int, Mapping[str, float]]) -> dict[str, Weights]:
    """P(pinyin | syllable), by pinyin."""
    found: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
    for number, shapes in joint.items():
        total = sum(shapes.values())
        for shape, weight in shapes.items():
            for sound, share in pinyin.get(shape, {}).items():
                found[sound][number] += weight / total * share
    return {sound: dict(weights) for sound, weights in found.items()}


def _sound_totals(joint: Joint, pinyin: Mapping[int, Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for shape, weight in _totals(joint).items():
        for sound, share in pinyin.get(shape, {}).items():
            found[sound] += weight * share
    return dict(found)
