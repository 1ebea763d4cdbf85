"""What is compared between two records, and what each level of agreement means.

A comparison is a list of conditions on two rows, best agreement first; the first that holds gives the level. The
conditions are SQL that DuckDB and Spark both read, over the columns `c_l` and `c_r` of the two rows. Where no value
can be compared the level is -1 and the comparison says nothing; where nothing else holds it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Comparison", "Level"]


@dataclass(frozen=True)
class Level:
    """One level of agreement: the condition in SQL, and what it means in words."""

    sql: str
    meaning: str


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

    def meaning(self, level: int) -> str:
        """What a level means in words; level -1 is a missing value."""
        if level < 0:
            return "not comparable"
        return self.otherwise if level == 0 else self.levels[len(self.levels) - level].meaning
