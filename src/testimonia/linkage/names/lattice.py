"""What a written name can stand for: a few ways of reading it, each a row of syllables with their probabilities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from typing import NamedTuple, TypeAlias

from testimonia.linkage.names.jamo import BASE, near
from testimonia.linkage.names.tables import COMPOUND, UNSEEN, Tables

__all__ = ["Found", "Lattice", "Named", "Node", "Reading", "merged", "node"]

SLIP = 0.035  # share of syllables misheard or mistyped into a near one
LEAST = 0.2  # a reading of a syllable is left out where agreeing on it would speak against the same person
MOST = 28  # readings of one syllable kept
HYPOTHESES, LEAST_WEIGHT = 6, 0.01


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """One syllable of a name as written: P(syllable), and P(character), P(pinyin) where the writing says so.

    `plain` are the syllables that it can be if nothing was misheard.

    Equal only to itself: readings share their nodes, so that work on a node is done once.
    """

    token: str
    script: str  # hangul, han, pinyin, latin, raw
    syllables: Mapping[int, float]
    shapes: Mapping[int, float] = field(default_factory=dict)
    sounds: Mapping[str, float] = field(default_factory=dict)
    plain: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a whole name: its share among all, surname (None where none stands), given syllables.

    `given` is None where only the surname is said ("Kim", "김씨").
    """

    weight: float
    surname: Node | None
    given: tuple[Node, ...] | None


Named: TypeAlias = tuple[Node | None, tuple[Node, ...] | None]


class Found(NamedTuple):
    """A reading before it is built: its log weight, and what makes its surname and given name."""

    weight: float
    build: Callable[[], Named]


@dataclass(frozen=True, eq=False, slots=True)
class Lattice:
    """All ways to read a name, likeliest first; none where there is no name. Equal only to itself."""

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
    plain: frozenset[int] | None = None,
) -> Node:
    """Weigh the likelihoods P(token | syllable) with the frequencies of the place, slips of the ear included."""
    prior = known.prior[place]
    unseen = UNSEEN[place]
    total = sum(prior.get(one, unseen) * value for one, value in likelihood.items())
    found = {one: value for one, value in likelihood.items() if value > LEAST * total}
    for one, value in _slips(found, total).items():
        found[one] = found.get(one, 0.0) + value
    ranked = sorted(((prior.get(one, unseen) * value, one) for one, value in found.items()), reverse=True)
    kept = [(weight, one) for weight, one in ranked if weight > LEAST * total * prior.get(one, unseen)][:MOST]
    share = sum(weight for weight, _ in kept)
    syllables = {one: weight / share for weight, one in kept}
    unslipped = plain if plain is not None else frozenset(likelihood)
    return Node(token, script, syllables, dict(shapes or {}), dict(sounds or {}), unslipped)


def _slips(likelihood: Mapping[int, float], total: float) -> Mapping[int, float]:
    """P(token | syllable) where the syllable was taken for a near one, as far as it can be kept."""
    found: dict[int, float] = {}
    for one, value in likelihood.items():
        if one < COMPOUND and SLIP * value > LEAST * total:
            for other, share in _near(one):
                found[other] = found.get(other, 0.0) + SLIP * share * value
    return found


@cache
def _near(syllable: int) -> tuple[tuple[int, float], ...]:
    return tuple((ord(one) - BASE, share) for one, share in near(chr(BASE + syllable)).items())


def merged(found: Sequence[Found]) -> Lattice:
    """The likeliest readings, their weights summing to one; only these are built."""
    if not found:
        return Lattice()
    ranked = sorted(found, key=lambda one: -one.weight)[:HYPOTHESES]
    weights = [exp(one.weight - ranked[0].weight) for one in ranked]
    kept = [(w, one) for w, one in zip(weights, ranked, strict=True) if w >= LEAST_WEIGHT * sum(weights)]
    total = sum(w for w, _ in kept)
    return Lattice(tuple(Reading(w / total, *one.build()) for w, one in kept))
