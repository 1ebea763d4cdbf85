"""The overlap table: how many people were recorded by which combination of lists.

Everything the room computes starts here. Counts are kept by capture pattern, a bit mask of lists (see `terms`), in
one array of 2**k cells; the cell of the people whom no list recorded is never observed and holds 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import BadTable

__all__ = ["LIMIT", "OverlapTable", "Pattern"]

LIMIT = 12  # lists: 4,096 patterns; beyond, no table in the field has overlaps to speak of
Pattern = str | Sequence[int] | int


@dataclass(frozen=True, eq=False)
class OverlapTable:
    """Counts by capture pattern.

    `lists`: the k names. `counts`: int64, shape (2**k,), index = pattern as a bit mask, `counts[0] == 0`.
    `censored`: patterns whose count is only an upper bound (an over-counted cell). `strata`: tables of parts of the
    population by name, which add up to this one. `draws`: the same table under different linkages. `notes`: what
    the reader of a table must know about how it was read. Raises BadTable where the shape is not this one.
    """

    lists: tuple[str, ...]
    counts: NDArray[np.int64]
    censored: frozenset[int] = frozenset()
    strata: Mapping[str, OverlapTable] = field(default_factory=dict)
    draws: Sequence[OverlapTable] = ()
    name: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        counts = np.ascontiguousarray(self.counts, dtype=np.int64)
        if counts.shape != (1 << self.k,):
            raise BadTable(f"{self.k} lists have {1 << self.k} capture patterns, but {counts.size} counts were given.")
        if counts[0] or counts.min() < 0:
            raise BadTable("Counts are not negative, and people whom no list recorded (pattern 0) are not counted.")
        object.__setattr__(self, "counts", counts)

    @classmethod
    def read_csv(
        cls,
        path: Path | str,
        *,
        strata: Sequence[str] = (),
        censored: Iterable[Pattern] = (),
        people: bool = False,
    ) -> OverlapTable:
        """Read a table with one 0/1 column a list and a column `count`; a pattern that is not there counts 0.

        `path` may also be a folder with `overlap.csv` and `draws/*.csv` in that form, as a linkage writes it.
        `strata` names columns whose values part the people; other columns that are neither lists nor counts are
        summed over, and `notes` says so. `censored` names over-counted patterns, such as "0001". With `people` each
        row of a file without a column `count` is one person. Raises BadTable, TooFewLists, UnusablePath, each with the
        file, the line and what to do.
        """
        from testimonia.estimation import reading

        return reading.read(Path(path), strata=strata, censored=censored, people=people)

    @classmethod
    def from_counts(
        cls,
        counts: Mapping[Any, int],
        lists: Sequence[str] = (),
        *,
        censored: Iterable[Pattern] = (),
        name: str = "",
    ) -> OverlapTable:
        """Make a table of counts by pattern: "101", (1, 0, 1), or with `lists` given the bit mask 0b101.

        Lists without names are called L1, L2 and so on. Raises BadTable, TooFewLists.
        """
        from testimonia.estimation import reading

        return reading.of_counts(counts, lists, censored=censored, name=name)

    @classmethod
    def from_matrix(cls, rows: Any, lists: Sequence[str] = (), *, name: str = "") -> OverlapTable:
        """Make a table of a matrix of 0 and 1, shape (people, k): one row a person. Raises BadTable, TooFewLists."""
        from testimonia.estimation import reading

        return reading.of_matrix(rows, lists, name=name)

    @classmethod
    def from_frame(
        cls, frame: Any, *, strata: Sequence[str] = (), censored: Iterable[Pattern] = (), name: str = ""
    ) -> OverlapTable:
        """Make a table of a data frame (pandas, polars, or any mapping of columns) in the form of `read_csv`.

        Without a column `count` each row is one person. Raises BadTable, TooFewLists.
        """
        from testimonia.estimation import reading

        return reading.of_frame(frame, strata=strata, censored=censored, name=name)

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

    def index(self, which: str | int) -> int:
        """The place of a list, from zero, by its name or its place. Raises BadTable where there is none."""
        if isinstance(which, str) and which in self.lists:
            return self.lists.index(which)
        if isinstance(which, int) and 0 <= which < self.k:
            return which
        raise BadTable(f"The table has no list {which!r}; its lists are {', '.join(self.lists)}.")

    def drop(self, which: str | int) -> OverlapTable:
        """The table without one list; people whom only this list recorded are in it no more."""
        gone = self.index(which)
        lists = tuple(name for i, name in enumerate(self.lists) if i != gone)
        return self._regrouped(lists, tuple(_without(cell, gone) for cell in range(1 << self.k)))

    def merge(self, first: str | int, second: str | int) -> OverlapTable:
        """The table with two lists made one, in the place of the first of them: who was on either is on it.

        Raises BadTable where the two are the same list.
        """
        kept, gone = sorted((self.index(first), self.index(second)))
        if kept == gone:
            raise BadTable(f"The list {self.lists[kept]} cannot be merged with itself; name two lists.")
        names = [*self.lists]
        names[kept] = f"{names[kept]}+{names.pop(gone)}"
        cells = (_without(cell | (cell >> gone & 1) << kept, gone) for cell in range(1 << self.k))
        return self._regrouped(tuple(names), tuple(cells))

    def within(self, which: str | int) -> OverlapTable:
        """The people of one list as a population of their own, recorded or not by the other lists.

        Its true size is known, `size(1 << index)`; those whom only this list recorded are the unseen ones.
        """
        only = self.index(which)
        lists = tuple(name for i, name in enumerate(self.lists) if i != only)
        cells = (_without(cell, only) if cell >> only & 1 else 0 for cell in range(1 << self.k))
        return self._regrouped(lists, tuple(cells))

    def _regrouped(self, lists: tuple[str, ...], cells: tuple[int, ...]) -> OverlapTable:
        """Add up the cells that fall together, here and in every stratum and draw; what falls into 0 is unseen."""
        counts = np.zeros(1 << len(lists), dtype=np.int64)
        np.add.at(counts, np.asarray(cells), self.counts)
        counts[0] = 0
        censored = frozenset(cells[cell] for cell in self.censored) - {0}
        strata = {name: part._regrouped(lists, cells) for name, part in self.strata.items()}
        draws = tuple(draw._regrouped(lists, cells) for draw in self.draws)
        return replace(self, lists=lists, counts=counts, censored=censored, strata=strata, draws=draws)


def _without(cell: int, place: int) -> int:
    """The pattern with one list taken out and the later lists moved down."""
    low = cell & ((1 << place) - 1)
    return low | cell >> (place + 1) << place
