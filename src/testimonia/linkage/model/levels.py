"""What is compared between two records, and what each level of agreement means.

A comparison is a list of conditions on two rows, best agreement first; the first that holds gives the level. The
conditions are SQL that DuckDB and Spark both read, over the columns `c_l` and `c_r` of the two rows. Where no value
can be compared the level is -1 and the comparison says nothing; where nothing else holds it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.model.rules import Rule

__all__ = ["Comparison", "Design", "Level"]


@dataclass(frozen=True)
class Level:
    """One level of agreement: the condition in SQL, what it means in words, and what makes it rare.

    `shared`: columns that hold the same values in both records wherever the level holds, so that sharing a rare
    value counts for more than sharing a common one. `within`: a column on which those values depend: where the two
    records share that as well, a value is as rare as it is among the records that have it.
    """

    sql: str
    meaning: str
    shared: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True)
class Comparison:
    """One comparison: its name, when it says nothing, its levels with the best first, and what remains.

    `missing`: SQL that holds where a value is missing. `levels`: best agreement first. `otherwise`: the meaning of
    level 0, which holds where no other does.
    """

    name: str
    missing: str
    levels: tuple[Level, ...]
    otherwise: str

    @property
    def size(self) -> int:
        """The number of levels, 0 included and -1 not."""
        return len(self.levels) + 1

    def number(self, position: int) -> int:
        """The level's number from its position in `levels`: the best has the highest."""
        return len(self.levels) - position

    def meaning(self, level: int) -> str:
        """What a level means in words; level -1 is a missing value."""
        if level < 0:
            return "not comparable"
        return self.otherwise if level == 0 else self.levels[len(self.levels) - level].meaning


@dataclass(frozen=True)
class Design:
    """What is compared in tables of one kind: comparisons, blocking rules, and the rules that estimation starts from.

    `starts`: columns that two records share in each start, at least two; the comparisons that read them are not
    estimated there. `measures`: what is computed once for each pair and read by the conditions as a column with the
    ending `_l`: its name, and its SQL over the rows `l` and `r`. `ties`: comparisons that agree by chance more often
    where others agree: the name of the one that depends, and of those that it depends on. `telling`, `enough`: a pair
    is told of enough to be found if it is a match, where the first of the telling comparisons and `enough` of the
    others have a value.
    """

    comparisons: tuple[Comparison, ...]
    rules: tuple[Rule, ...]
    starts: tuple[tuple[str, ...], ...]
    measures: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    telling: tuple[str, ...] = ()
    enough: int = 0

    @property
    def tied(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The ties as positions of comparisons."""
        place = {comparison.name: position for position, comparison in enumerate(self.comparisons)}
        return tuple((place[child], tuple(place[name] for name in on)) for child, on in self.ties)

    def told(self, levels: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Whether enough is said of both records of each pair for the rules to find it if it is a match."""
        place = {comparison.name: position for position, comparison in enumerate(self.comparisons)}
        first, *others = (levels[:, place[name]] >= 0 for name in self.telling)
        told: NDArray[np.bool_] = first & (np.sum(others, axis=0) >= self.enough)
        return told

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of levels of each comparison."""
        return tuple(comparison.size for comparison in self.comparisons)
