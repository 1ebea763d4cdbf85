"""What to doubt about a table before anything is fitted: each caution is one sentence for the reader of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations

from testimonia.estimation.table import OverlapTable

__all__ = ["cautions"]

NEARLY_ALL = 0.9
FEW_OVERLAPS = 10


def cautions(table: OverlapTable) -> tuple[str, ...]:
    """Return what is unusual about a table that can be estimated all the same, the gravest first."""
    found = (caution for look in LOOKS for caution in look(table))
    return (*found, *table.notes)


def _no_overlap(table: OverlapTable) -> Iterator[str]:
    if table.overlap == 0:
        yield "Nobody is on two lists or more, so that nothing in the data says how many were missed."
    elif table.overlap < FEW_OVERLAPS:
        people = "person is" if table.overlap == 1 else "people are"
        yield f"Only {table.overlap} {people} on two lists or more; every estimate rests on them."


def _identical(table: OverlapTable) -> Iterator[str]:
    for a, b in combinations(range(table.k), 2):
        if table.size(1 << a) == table.size(1 << b) == table.size(1 << a | 1 << b) > 0:
            yield (
                f"The lists {table.lists[a]} and {table.lists[b]} hold the same people; one may be a copy of the "
                "other, and then counts as one list."
            )


def _contained(table: OverlapTable) -> Iterator[str]:
    for a, b in permutations(range(table.k), 2):
        if 0 < table.size(1 << a) == table.size(1 << a | 1 << b) < table.size(1 << b):
            yield (
                f"Everybody on the list {table.lists[a]} is also on {table.lists[b]}; lists that feed each other say "
                "little about who was missed."
            )


def _apart(table: OverlapTable) -> Iterator[str]:
    """Pairs without a common person are told in one sentence: sparse tables have many."""
    if table.overlap == 0:
        return
    apart = [
        f"{table.lists[a]} and {table.lists[b]}"
        for a, b in combinations(range(table.k), 2)
        if table.size(1 << a | 1 << b) == 0
    ]
    if apart:
        yield (
            f"Nobody is on both lists of {_pairs(len(apart))}: {'; '.join(apart)}. Some models cannot be fitted to "
            "such a table."
        )


def _alone(table: OverlapTable) -> Iterator[str]:
    """A list whose people are on no other list is tied to nothing."""
    for place, name in enumerate(table.lists):
        if table.overlap and table.counts[1 << place] == table.size(1 << place) > 0:
            yield f"Nobody on the list {name} is on another list, so that it says nothing about who was missed."


def _nearly_all(table: OverlapTable) -> Iterator[str]:
    for place, name in enumerate(table.lists):
        share = table.size(1 << place) / max(table.n, 1)
        if share >= NEARLY_ALL:
            yield f"The list {name} alone holds {share:.0%} of all people recorded; the other lists add little to it."


def _censored(table: OverlapTable) -> Iterator[str]:
    for cell in sorted(table.censored):
        names = " and ".join(name for place, name in enumerate(table.lists) if cell >> place & 1)
        yield f"The count of people on {names} only is taken as an upper bound, as asked."


def _pairs(number: int) -> str:
    return "one pair" if number == 1 else f"{number} pairs"


LOOKS: tuple[Callable[[OverlapTable], Iterator[str]], ...] = (
    _no_overlap,
    _identical,
    _contained,
    _alone,
    _apart,
    _nearly_all,
    _censored,
)
