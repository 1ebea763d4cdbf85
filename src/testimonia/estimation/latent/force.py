"""The slope of the log posterior for many copies of the model at once, in single precision.

Exactness is not needed here. A leapfrog step is reversible and keeps volume under any force that is a function of
the position alone, so that a force rounded to seven digits costs a little acceptance and no bias: what is accepted
is decided by the exact density (`density`). Speed is needed: nearly all the time of the sampler is spent here.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.latent.data import Cells, Lanes

__all__ = ["contracted", "part", "slope"]

P = ParamSpec("P")
R = TypeVar("R")

SETTINGS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "fastmath": {"contract"}}
F = np.float32
MAGIC = F(1.5 * 2**23)  # added to a number below 2**22 it leaves the whole part in the last bits
LOG2E, LN2_HIGH, LN2_LOW = F(1.4426950408889634), F(0.693359375), F(-2.12194440e-4)
E2, E3, E4, E5, E6 = (F(1 / factorial(i)) for i in range(2, 7))
NIL, ONE, TWO, TINY, FAR = F(0), F(1), F(2), F(1e-30), F(80)
LONG = F(40)  # log stick above which all is taken; longer, and its length times what it leaves would be no longer nil
EXPONENT, BIAS = np.int32(23), np.int32(127 << 23)
# rows of Lanes.rows, and of Lanes.per
MISSED, SHARE, HELD, FOUND, STICK, UNSEEN, SEEN, POWER = range(8)
REST, ALL, SUM, WEIGHT, TAIL, PULL = range(6)


def contracted(function: Callable[P, R]) -> Callable[P, R]:
    """As the room's decorator, with a product and a sum rounded as one: without it loops do not become vectors."""
    return cast(Callable[P, R], numba.njit(**SETTINGS)(function))


def part(function: Callable[P, R]) -> Callable[P, R]:
    """The same, compiled into its caller: handing over so many arrays would cost as much as the work."""
    return cast(Callable[P, R], numba.njit(**SETTINGS, forceinline=True)(function))


@part
def exponential(
    x: NDArray[np.floating],
    sign: np.float32,
    limit: np.float32,
    out: NDArray[np.float32],
    bits: NDArray[np.int32],
    power: NDArray[np.float32],
    size: int,
) -> None:
    """exp(sign * x) held within exp(+-limit), in plain arithmetic: the library's own would be called one by one."""
    for i in range(size):
        out[i] = min(max(sign * F(x[i]), -limit), limit) * LOG2E + MAGIC
    for i in range(size):
        whole = out[i] - MAGIC
        rest = min(max(sign * F(x[i]), -limit), limit) - whole * LN2_HIGH - whole * LN2_LOW
        power[i] = (((((E6 * rest + E5) * rest + E4) * rest + E3) * rest + E2) * rest + ONE) * rest + ONE
    for i in range(size):
        bits[i] = np.int32(np.int32(bits[i] << EXPONENT) + BIAS)
    for i in range(size):
        out[i] *= power[i]


@part
def shares(where: NDArray[np.float64], cells: Cells, at: Lanes) -> None:
    """Class weights by stick-breaking: stick k is exp(where[0, k]) long and leaves exp(-stick) of what was left."""
    lanes, last, per, rows3 = at.lanes, cells.classes - 1, at.per, at.rows3
    size = last * lanes
    exponential(where[0], ONE, LONG, at.odds[0], at.bits[0], at.rows[POWER], size)
    exponential(at.odds[0], -ONE, FAR, at.rows[STICK], at.row_bits[STICK], at.rows[POWER], size)
    for i in range(lanes):
        per[REST, i] = ONE
    for k in range(last):
        for i in range(lanes):
            kept = rows3[STICK, k, i]
            taken = ONE - kept
            rows3[SHARE, k, i] = per[REST, i] * taken
            rows3[STICK, k, i] = kept / (taken + TINY)
            left = per[REST, i] * kept
            per[REST, i] = left if left > TINY else NIL
    for i in range(lanes):
        rows3[SHARE, last, i] = per[REST, i]


@part
def captures(where: NDArray[np.float64], cells: Cells, at: Lanes) -> None:
    """Odds and chance of capture by each list; the chance of a class to be missed by all, and to be seen at all."""
    rows, odds, chance, width = at.rows, at.odds, at.chance, cells.classes * at.lanes
    for i in range(width):
        rows[MISSED, i] = ONE
        rows[SEEN, i] = NIL
    for j in range(cells.lists):
        exponential(where[j + 1], ONE, at.limit, odds[j + 1], at.bits[j + 1], rows[POWER], width)
        for i in range(width):
            missed = ONE / (ONE + odds[j + 1, i])
            caught = odds[j + 1, i] * missed
            rows[MISSED, i] *= missed
            rows[SEEN, i] += (ONE - rows[SEEN, i]) * caught
            chance[j, i] = caught
    for i in range(width):
        rows[UNSEEN, i] = rows[SHARE, i] * rows[MISSED, i]
        rows[SEEN, i] *= rows[SHARE, i]


@part
def unseen(cells: Cells, at: Lanes, people: NDArray[np.float32]) -> None:
    """Begin with the people whom nobody recorded: as many as are expected, spread over the classes."""
    lanes, per, rows3, caught = at.lanes, at.per, at.rows3, at.caught
    for i in range(lanes):
        per[ALL, i] = TINY
    for k in range(cells.classes):
        for i in range(lanes):
            per[ALL, i] += rows3[SEEN, k, i]
    for i in range(lanes):
        per[WEIGHT, i] = people[i] / per[ALL, i]
    for k in range(cells.classes):
        for i in range(lanes):
            rows3[HELD, k, i] = per[WEIGHT, i] * rows3[UNSEEN, k, i]
    for j in range(cells.lists):
        for i in range(caught.shape[1]):
            caught[j, i] = NIL


@part
def pattern(x: int, cells: Cells, at: Lanes) -> None:
    """The chance of pattern x in each class, times the weight of the class."""
    rows, odds, width = at.rows, at.odds, cells.classes * at.lanes
    first, end = cells.start[x], cells.start[x + 1]
    one = cells.inside[first] + 1
    if end - first == 1:
        for i in range(width):
            rows[FOUND, i] = rows[UNSEEN, i] * odds[one, i]
        return
    two = cells.inside[first + 1] + 1
    for i in range(width):
        rows[FOUND, i] = rows[UNSEEN, i] * odds[one, i] * odds[two, i]
    for place in range(first + 2, end):
        more = cells.inside[place] + 1
        for i in range(width):
            rows[FOUND, i] *= odds[more, i]


@part
def spread(x: int, cells: Cells, at: Lanes, heat: NDArray[np.float32]) -> None:
    """Spread the people of pattern x over the classes in proportion."""
    lanes, per, rows, rows3, caught = at.lanes, at.per, at.rows, at.rows3, at.caught
    people, width = at.counts[x], cells.classes * at.lanes
    for i in range(lanes):
        per[SUM, i] = TINY
    for k in range(cells.classes):
        for i in range(lanes):
            per[SUM, i] += rows3[FOUND, k, i]
    for i in range(lanes):
        per[WEIGHT, i] = heat[i] * people / per[SUM, i]
    for k in range(cells.classes):
        for i in range(lanes):
            part = rows3[FOUND, k, i] * per[WEIGHT, i]
            rows3[FOUND, k, i] = part
            rows3[HELD, k, i] += part
    for place in range(cells.start[x], cells.start[x + 1]):
        j = cells.inside[place]
        for i in range(width):
            caught[j, i] += rows[FOUND, i]


@part
def sticks(cells: Cells, at: Lanes, shape: NDArray[np.float32], rate: NDArray[np.float32]) -> None:
    """The force on the logarithms of the sticks; alpha is integrated out: (rate + sum of sticks) ** -shape."""
    lanes, last, per, rows3, length, force3 = at.lanes, cells.classes - 1, at.per, at.rows3, at.odds3, at.force3
    for i in range(lanes):
        per[TAIL, i] = rows3[HELD, last, i]
        per[PULL, i] = rate[i]
    for k in range(last):
        for i in range(lanes):
            per[PULL, i] += length[0, k, i]
    for i in range(lanes):
        per[PULL, i] = shape[i] / per[PULL, i]
    for k in range(last - 1, -1, -1):
        for i in range(lanes):
            held = rows3[HELD, k, i]
            force3[0, k, i] = length[0, k, i] * (held * rows3[STICK, k, i] - per[TAIL, i] - per[PULL, i]) + ONE
            per[TAIL, i] += held


@part
def slope(
    where: NDArray[np.float64],
    cells: Cells,
    at: Lanes,
    heat: NDArray[np.float32],
    people: NDArray[np.float32],
    shape: NDArray[np.float32],
    rate: NDArray[np.float32],
) -> None:
    """Fill `at.force` with the slope at `where`, shape (lists + 1, classes * lanes).

    `heat` is the power to which each lane raises the likelihood, `people` the recorded people times it; `shape` and
    `rate` are those of alpha's prior, the shape raised by the number of sticks. The force on a log odds is the people
    of the class on the list, less its chance of capture times the people of the class: recorded, and expected unseen.
    """
    shares(where, cells, at)
    captures(where, cells, at)
    unseen(cells, at, people)
    for x in range(at.counts.size):
        pattern(x, cells, at)
        spread(x, cells, at, heat)
    force, caught, chance, rows = at.force, at.caught, at.chance, at.rows
    for j in range(cells.lists):
        for i in range(force.shape[1]):
            force[j + 1, i] = caught[j, i] + ONE - chance[j, i] * (rows[HELD, i] + TWO)
    sticks(cells, at, shape, rate)
