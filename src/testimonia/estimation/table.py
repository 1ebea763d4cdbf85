"""The overlap table: how many people were recorded by which combination of lists.

Everything the room computes starts here. Counts are kept by capture pattern, a bit mask of lists (see `terms`), in
one array of 2**k cells; the cell of the people whom no list recorded is never observed and holds 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

__all__ = ["LIMIT", "OverlapTable"]

LIMIT = 12  # lists: 4,096 patterns; beyond, no table in the field has overlaps to speak of


@dataclass(frozen=True, eq=False)
class OverlapTable:
    """Counts by capture pattern.

    `lists`: the k names. `counts`: int64, shape (2**k,), index = pattern as a bit mask, `counts[0] == 0`.
    `censored`: patterns whose count is only an upper bound (an over-counted cell). `strata`: tables of parts of the
    population by name, which add up to this one. `draws`: the same table under different linkages.
    """

    lists: tuple[str, ...]
    counts: NDArray[np.int64]
    censored: frozenset[int] = frozenset()
    strata: Mapping[str, OverlapTable] = field(default_factory=dict)
    draws: Sequence[OverlapTable] = ()
    name: str = ""

    @property
    def k(self) -> int:
        """The number of lists."""
        return len(self.lists)

    @property
    def n(self) -> int:
        """Distinct people recorded by at least one list."""
        return int(self.counts.sum())

    @property
    def patterns(self) -> tuple[int, ...]:
        """The capture patterns with at least one person, rising."""
        return tuple(int(i) for i in np.flatnonzero(self.counts))

    @property
    def overlap(self) -> int:
        """People recorded by two lists or more."""
        return sum(int(self.counts[i]) for i in self.patterns if i.bit_count() > 1)

    def size(self, lists: int) -> int:
        """People recorded by every list of this bit mask: `size(0b11)` is the overlap of the first two."""
        return sum(int(self.counts[i]) for i in self.patterns if i & lists == lists)

    def with_counts(self, counts: NDArray[np.int64]) -> OverlapTable:
        """The same lists and censoring with other counts, strata and draws left out."""
        return replace(self, counts=counts, strata={}, draws=())
