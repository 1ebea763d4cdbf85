"""What the sampler computes with: the counts, and the room it works in, as arrays that compiled code can take.

Many copies of the model are moved at once, side by side: a *lane* is one copy, and the last axis of every array runs
over classes and, within a class, over lanes, so that each line of arithmetic is done for all of them together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import members

__all__ = ["Cells", "Lanes", "cells_of", "lanes_for"]

Single = np.float32


class Cells(NamedTuple):
    """The capture patterns with people in them: pattern x holds the lists `inside[start[x]:start[x + 1]]`."""

    lists: int
    classes: int
    start: NDArray[np.int64]
    inside: NDArray[np.int64]
    counts: NDArray[np.float64]
    people: float


class Lanes(NamedTuple):
    """Room for the forces on the lanes of one group, in single precision; rows hold classes x lanes.

    `odds` are those of the sticks (row 0, their lengths) and of capture by each list, `bits` the same memory as
    integers, `chance` the capture probabilities, `caught` the expected people of a class on a list, `rows` what a
    class needs once (see `force`), `per` what a lane needs once.
    """

    lanes: int
    limit: np.float32
    odds: NDArray[np.float32]
    odds3: NDArray[np.float32]
    bits: NDArray[np.int32]
    chance: NDArray[np.float32]
    caught: NDArray[np.float32]
    rows: NDArray[np.float32]
    rows3: NDArray[np.float32]
    row_bits: NDArray[np.int32]
    per: NDArray[np.float32]
    counts: NDArray[np.float32]
    force: NDArray[np.float32]
    force3: NDArray[np.float32]


def cells_of(table: OverlapTable, classes: int) -> Cells:
    """The patterns of a table that hold people; censored cells are taken as they are."""
    inside = [members(pattern) for pattern in table.patterns]
    start = np.cumsum([0, *(len(lists) for lists in inside)])
    counts = table.counts[list(table.patterns)].astype(np.float64)
    flat = np.array([i for lists in inside for i in lists], dtype=np.int64)
    return Cells(table.k, classes, start.astype(np.int64), flat, counts, float(table.n))


def lanes_for(cells: Cells, lanes: int) -> Lanes:
    """Room for `lanes` copies; odds are held in so that a product over all lists stays within single precision."""
    width = cells.classes * lanes
    shape = (cells.lists + 1, cells.classes, lanes)
    odds = np.ones((cells.lists + 1, width), dtype=Single)
    rows = np.zeros((8, width), dtype=Single)
    force = np.zeros((cells.lists + 1, width), dtype=Single)
    return Lanes(
        lanes=lanes,
        limit=Single(min(20.0, 80.0 / cells.lists)),
        odds=odds,
        odds3=odds.reshape(shape),
        bits=odds.view(np.int32),
        chance=np.zeros((cells.lists, width), dtype=Single),
        caught=np.zeros((cells.lists, width), dtype=Single),
        rows=rows,
        rows3=rows.reshape(8, cells.classes, lanes),
        row_bits=rows.view(np.int32),
        per=np.zeros((6, lanes), dtype=Single),
        counts=cells.counts.astype(Single),
        force=force,
        force3=force.reshape(shape),
    )
