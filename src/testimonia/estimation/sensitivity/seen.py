"""What interactions of lists look like where they can be seen: a yardstick for the one that cannot.

Among the people whom one list recorded nobody is hidden from that list, so that for any other lists every cell of
their table is known, and with it their interaction, the highest included. It is that of the people on the list and
not of all, which is what the untestable assumption is about; but it says what sizes occur in this field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np

from testimonia.estimation.table import OverlapTable

__all__ = ["Seen", "seen_interactions", "spread"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The interaction of `lists` among the people whom the list `among` recorded, on the log scale."""

    lists: tuple[str, ...]
    among: str
    value: float
    standard_error: float


def seen_interactions(table: OverlapTable, order: int) -> tuple[Seen, ...]:
    """Every interaction of `order` lists among the people of another list, summed over the lists that remain.

    The alternating sum of the logarithms of 2**order counts, with the root of the sum of their reciprocals as
    standard error. Combinations with a count of nil have none and are left out.
    """
    places = range(table.k)
    return tuple(
        found
        for lists in combinations(places, order)
        for among in places
        if among not in lists
        for found in _seen(table, lists, among)
    )


def spread(found: tuple[Seen, ...]) -> float | None:
    """The root mean square of the interactions less what chance alone gives them; None without any.

    A moment estimate of their standard deviation about nil, as in a random effects model; they share people, so
    that it is rough.
    """
    if not found:
        return None
    excess = np.mean([seen.value**2 - seen.standard_error**2 for seen in found])
    return sqrt(max(float(excess), 0.0))


def _seen(table: OverlapTable, lists: tuple[int, ...], among: int) -> Iterator[Seen]:
    counts = np.zeros(1 << len(lists))
    for pattern in table.patterns:
        if pattern >> among & 1:
            counts[sum((pattern >> place & 1) << i for i, place in enumerate(lists))] += table.counts[pattern]
    if not counts.all():
        return
    signs = np.array([(-1.0) ** (len(lists) - cell.bit_count()) for cell in range(counts.size)])
    names = tuple(table.lists[place] for place in lists)
    yield Seen(names, table.lists[among], float(signs @ np.log(counts)), sqrt(float((1 / counts).sum())))
