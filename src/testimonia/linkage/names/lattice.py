"""What a written name can stand for: a few ways of reading it, each a row of syllables with their probabilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from testimonia.linkage.names.jamo import BASE, near
from testimonia.linkage.names.tables import COMPOUND, Tables

__all__ = ["Lattice", "Node", "Reading", "merged", "node"]

SLIP = 0.035  # share of syllables misheard or mistyped into a near one
LEAST = 0.2  # a reading of a syllable is left out where agreeing on it would speak against the same person
MOST = 28  # readings of one syllable kept
HYPOTHESES, LEAST_WEIGHT = 6, 0.01


@dataclass(frozen=True)
class Node:
    """One syllable of a name as written: P(syllable), and P(character), P(pinyin) where the writing says so."""

    token: str
    script: str  # hangul, han, pinyin, latin, raw
    syllables: Mapping[int, float]
    shapes: Mapping[int, float] = field(default_factory=dict)
    sounds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One way to read a whole name: its share among all, surname (None where none stands), given syllables.

    `given` is None where only the surname is said ("Kim", "김씨").
    """

    weight: float
    surname: Node | None
    given: tuple[Node, ...] | None


@dataclass(frozen=True)
class Lattice:
    """All ways to read a name, likeliest first; none where there is no name."""

    readings: tuple[Reading, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.readings)


def node(
    token: str,
    script: str,
    place: int,
    likelihood: Mapping[int, float],
    known: Tables,
    *,
    shapes: Mapping[int, float] | None = None,
    sounds: Mapping[str, float] | None = None,
) -> Node:
    """Weigh the likelihoods P(token | syllable) with the frequencies of the place, slips of the ear included."""
    slipped = _with_slips(likelihood)
    weights = {one: known.frequency(place, one) * value for one, value in slipped.items()}
    total = sum(weights.values())
    floor = LEAST * total
    ranked = ((w / total, one) for one, w in weights.items() if w > floor * known.frequency(place, one))
    kept = sorted(ranked, reverse=True)[:MOST]
    share = sum(weight for weight, _ in kept)
    return Node(token, script, {one: weight / share for weight, one in kept}, dict(shapes or {}), dict(sounds or {}))


def _with_slips(likelihood: Mapping[int, float]) -> Mapping[int, float]:
    """P(token | syllable) where the syllable may have been taken for a near one before it was written."""
    found: dict[int, float] = defaultdict(float)
    for one, value in likelihood.items():
        if one >= COMPOUND:
            found[one] += value
            continue
        found[one] += value * (1 - SLIP)
        for other, share in near(chr(BASE + one)).items():
            found[ord(other) - BASE] += SLIP * share * value
    return found


def merged(found: Sequence[tuple[float, Node | None, tuple[Node, ...] | None]]) -> Lattice:
    """The likeliest readings of (log weight, surname, given), their weights summing to one."""
    from math import exp

    if not found:
        return Lattice()
    best = max(weight for weight, _, _ in found)
    ranked = sorted(found, key=lambda one: -one[0])[:HYPOTHESES]
    weights = [exp(weight - best) for weight, _, _ in ranked]
    kept = [(w, one) for w, one in zip(weights, ranked, strict=True) if w >= LEAST_WEIGHT * sum(weights)]
    total = sum(w for w, _ in kept)
    return Lattice(tuple(Reading(w / total, surname, given) for w, (_, surname, given) in kept))
