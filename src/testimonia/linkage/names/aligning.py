"""Two lattices side by side: the pair of readings that agrees best, and how well each syllable does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from testimonia.linkage.names.codes import OTHER_LENGTH, WRONG_SYLLABLE
from testimonia.linkage.names.lattice import Lattice, Node, Reading
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables

__all__ = ["Aligned", "Syllables", "aligned"]


@dataclass(frozen=True, eq=False, slots=True)
class Syllables:
    """Two syllables in one place of a name.

    `both` is the syllable that they most likely are (None: none), `slip` whether only if one was misheard, `ratio` the
    likelihood ratio of their sounds.
    """

    place: int
    left: Node
    right: Node
    both: int | None
    slip: bool
    ratio: float


@dataclass(frozen=True, slots=True)
class Aligned:
    """The readings of two names that agree best; `syllables` holds what can be set side by side."""

    left: Reading
    right: Reading
    syllables: tuple[Syllables, ...]

    @property
    def lengths_differ(self) -> bool:
        """Whether the given names have not the same number of syllables."""
        return bool(self.left.given and self.right.given) and len(self.left.given or ()) != len(self.right.given or ())

    @property
    def agree(self) -> bool:
        """Whether all that both names say agrees, slips left out."""
        return not self.lengths_differ and all(one.both is not None and not one.slip for one in self.syllables)


def aligned(left: Lattice, right: Lattice) -> Aligned:
    """The pair of readings that carries most of the likelihood; both lattices must have readings."""
    pairs = [Aligned(one, other, _syllables(one, other)) for one, other in product(left.readings, right.readings)]
    return pairs[0] if len(pairs) == 1 else max(pairs, key=_likelihood)


def _likelihood(pair: Aligned) -> float:
    """Share and likelihood ratio of a pair of readings by sound alone."""
    value = pair.left.weight * pair.right.weight * (OTHER_LENGTH if pair.lengths_differ else 1.0)
    for one in pair.syllables:
        value *= one.ratio
    return value


def _syllables(left: Reading, right: Reading) -> tuple[Syllables, ...]:
    found = []
    if left.surname is not None and right.surname is not None:
        found.append(_beside(left.surname, right.surname, SURNAME))
    if left.given and right.given and len(left.given) == len(right.given):
        for index, (one, other) in enumerate(zip(left.given, right.given, strict=True)):
            found.append(_beside(one, other, LATER if index else FIRST))
    return tuple(found)


@lru_cache(maxsize=1 << 18)
def _beside(left: Node, right: Node, place: int) -> Syllables:
    """Two syllables of names set side by side."""
    if "raw" in (left.script, right.script):
        return _as_written(left, right, place)
    common = left.syllables.keys() & right.syllables.keys()
    if not common:
        return _as_written(left, right, place)
    frequency = tables().frequency
    weights = {one: left.syllables[one] * right.syllables[one] / frequency(place, one) for one in common}
    plain = left.plain & right.plain & common
    both = max(plain or common, key=lambda one: (weights[one], one))
    return Syllables(place, left, right, both, not plain, sum(weights.values()) + WRONG_SYLLABLE)


def _as_written(left: Node, right: Node, place: int) -> Syllables:
    """Two syllables without a reading in common: the same letters or character, or nothing."""
    same = left.token == right.token or bool(set(left.shapes) & set(right.shapes))
    return Syllables(place, left, right, -1 if same else None, False, 1000.0 if same else WRONG_SYLLABLE)
