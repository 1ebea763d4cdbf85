"""One sweep: every copy glides along the slope of its own posterior, then neighbours in temperature change places.

A *rung* is a temperature: the power to which the likelihood is raised, and the prior of alpha that goes with it. A
*group* is a handful of neighbouring rungs of all chains, moved in step; lane `rung_in_group * chains + chain`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.latent.data import Cells, Lanes
from testimonia.estimation.latent.density import LENGTH, LIKELIHOOD, PRIOR, SEEN, measure
from testimonia.estimation.latent.force import contracted, part, slope
from testimonia.estimation.latent.leap import leap, place_of
from testimonia.estimation.latent.mixture import Mixture
from testimonia.estimation.latent.relabel import relabel

__all__ = ["Copies", "Rungs", "Trace", "sweeps"]

ACCEPTANCE = 0.75  # wanted of a glide
NARROW = 0.35  # of the first stick's step: it parts the bulk from the rest, and is known two to three times better
LONGEST = 2000  # leapfrog steps of one glide
SHRINK = 1.5  # log of the most by which a glide's step is shortened at random: no narrow place holds a copy for long


class Rungs(NamedTuple):
    """The ladder, hottest first: power of the likelihood, prior of alpha, step of a glide, and its length."""

    heat: NDArray[np.float64]
    shape: NDArray[np.float64]
    rate: NDArray[np.float64]
    step: NDArray[np.float64]
    glide: NDArray[np.float64]


class Copies(NamedTuple):
    """Where all copies stand: `where` has shape (groups, lists + 1, classes * lanes), `where3` the same memory.

    `standing` holds what `density.measure` says of each, `speed` and `before` are scratch, `tag` says which copy of
    a chain stands on which rung and `from_top` whether a copy has been on the hottest rung since it was last coldest.
    """

    where: NDArray[np.float64]
    where3: NDArray[np.float64]
    standing: NDArray[np.float64]
    speed: NDArray[np.float64]
    speed3: NDArray[np.float64]
    before: NDArray[np.float64]
    tag: NDArray[np.int64]
    from_top: NDArray[np.int64]


class Trace(NamedTuple):
    """What is written down: per chain and sweep on the coldest rung, and per rung summed over sweeps and chains.

    `place` are the coordinates that leaps go by, shape (chains, sweeps, size), and NaN where none can be made;
    `leapt` counts the leaps made by each chain.
    """

    seen: NDArray[np.float64]
    fit: NDArray[np.float64]
    weights: NDArray[np.float64]
    place: NDArray[np.float64]
    accepted: NDArray[np.float64]
    swapped: NDArray[np.float64]
    relabelled: NDArray[np.float64]
    trips: NDArray[np.int64]
    leapt: NDArray[np.int64]


@njit
def cost(standing: NDArray[np.float64], heat: float, shape: float, rate: float) -> float:
    """Minus the log density on a rung; `shape` is that of alpha's prior, raised by the number of sticks."""
    minus: float = shape * math.log(rate + standing[LENGTH]) - heat * standing[LIKELIHOOD] - standing[PRIOR]
    return minus


@part
def drift(where: NDArray[np.float64], by: NDArray[np.float64], step: NDArray[np.float64], factor: float) -> None:
    """where += factor * step * by; the first row of `step` is that of the sticks, the second that of all log odds."""
    for row in range(where.shape[0]):
        kind = min(row, 1)
        for i in range(where.shape[1]):
            where[row, i] += factor * step[kind, i] * by[row, i]


@part
def kick(speed: NDArray[np.float64], force: NDArray[np.float32], step: NDArray[np.float64], factor: float) -> None:
    """speed += factor * step * force."""
    for row in range(speed.shape[0]):
        kind = min(row, 1)
        for i in range(speed.shape[1]):
            speed[row, i] += factor * step[kind, i] * force[row, i]


@njit
def push(speed: NDArray[np.float64], free: int, rng: np.random.Generator) -> None:
    """Fresh speeds; the last class has no stick, and its place in the first row stands still."""
    for row in range(speed.shape[0]):
        for i in range(speed.shape[1]):
            speed[row, i] = rng.standard_normal() if row > 0 or i < free else 0.0


@njit
def motion(speed3: NDArray[np.float64], lane: int) -> float:
    """Half the squared speed of a lane."""
    total = 0.0
    for row in range(speed3.shape[0]):
        for k in range(speed3.shape[1]):
            total += speed3[row, k, lane] ** 2
    return 0.5 * total


@contracted
def glide(
    where: NDArray[np.float64],
    speed: NDArray[np.float64],
    steps: int,
    step: NDArray[np.float64],
    cells: Cells,
    at: Lanes,
    tempers: NDArray[np.float32],
) -> None:
    """`steps` leapfrog steps (Neal 2011, section 2.3) of all lanes of a group."""
    for number in range(steps + 1):
        slope(where, cells, at, tempers[0], tempers[1], tempers[2], tempers[3])
        kick(speed, at.force, step, 0.5 if number in (0, steps) else 1.0)
        if number < steps:
            drift(where, speed, step, 1.0)


@njit
def settings(
    group: int, chains: int, rungs: Rungs, cells: Cells, at: Lanes, rng: np.random.Generator
) -> tuple[int, NDArray[np.float64], NDArray[np.float32]]:
    """Number of steps of a glide, the steps of sticks and of log odds, and the tempers of the lanes."""
    step = np.zeros((2, cells.classes * at.lanes))
    tempers = np.zeros((4, at.lanes), dtype=np.float32)
    wanted, each = 0.0, at.lanes // chains
    for i in range(at.lanes):
        rung = group * each + i // chains
        tempers[0, i] = rungs.heat[rung]
        tempers[1, i] = rungs.heat[rung] * cells.people
        tempers[2, i] = rungs.shape[rung] + cells.classes - 1
        tempers[3, i] = rungs.rate[rung]
        wanted += math.log(rungs.glide[rung] / rungs.step[rung]) / at.lanes
        length = rungs.step[rung] * math.exp(-SHRINK * rng.random() ** 4)
        for k in range(cells.classes):
            step[:, k * at.lanes + i] = length
        step[0, i] *= NARROW
    return min(1 + int(2 * rng.random() * math.exp(wanted)), LONGEST), step, tempers


@njit
def move(
    group: int,
    chains: int,
    gain: float,
    tries: int,
    rungs: Rungs,
    copies: Copies,
    cells: Cells,
    at: Lanes,
    trace: Trace,
    rng: np.random.Generator,
    room: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
) -> int:
    """Glide all lanes of a group, accept or go back, then exchange labels; return the number of steps."""
    where, where3, standing = copies.where[group], copies.where3[group], copies.standing[group]
    steps, step, tempers = settings(group, chains, rungs, cells, at, rng)
    push(copies.speed, (cells.classes - 1) * at.lanes, rng)
    for row in range(where.shape[0]):
        for i in range(where.shape[1]):
            copies.before[row, i] = where[row, i]
    motions = np.array([motion(copies.speed3, i) for i in range(at.lanes)])
    glide(where, copies.speed, steps, step, cells, at, tempers)
    each, (weights, odds, found) = at.lanes // chains, room
    for i in range(at.lanes):
        rung = group * each + i // chains
        shape, rate = rungs.shape[rung] + cells.classes - 1, rungs.rate[rung]
        measure(where3, i, cells, weights, odds, found)
        gained = cost(standing[i], rungs.heat[rung], shape, rate) + motions[i]
        gained -= cost(found, rungs.heat[rung], shape, rate) + motion(copies.speed3, i)
        chance = math.exp(min(0.0, gained)) if gained == gained else 0.0
        if rng.random() < chance:
            standing[i] = found
        else:
            for row in range(where.shape[0]):
                for k in range(cells.classes):
                    where3[row, k, i] = copies.before[row, k * at.lanes + i]
        trace.accepted[rung] += chance
        rungs.step[rung] *= math.exp(gain * (chance - ACCEPTANCE) / chains)
        changed = relabel(where3, i, rungs.shape[rung], rate, tries, rng, weights)
        if changed:
            measure(where3, i, cells, weights, odds, standing[i])
        trace.relabelled[rung] += changed
    return steps


@njit
def swap(
    sweep: int, chains: int, rungs: Rungs, copies: Copies, trace: Trace, classes: int, rng: np.random.Generator
) -> None:
    """Neighbours change places, even and odd pairs in turn (Syed, Bouchard-Cote, Deligiannidis & Doucet 2022)."""
    each = copies.standing.shape[1] // chains
    for rung in range(sweep % 2, rungs.heat.size - 1, 2):
        for chain in range(chains):
            g, i = rung // each, rung % each * chains + chain
            h, j = (rung + 1) // each, (rung + 1) % each * chains + chain
            gained = 0.0
            for level, sign in ((rung, 1.0), (rung + 1, -1.0)):
                shape = rungs.shape[level] + classes - 1
                gained += sign * cost(copies.standing[g, i], rungs.heat[level], shape, rungs.rate[level])
                gained -= sign * cost(copies.standing[h, j], rungs.heat[level], shape, rungs.rate[level])
            chance = math.exp(min(0.0, gained))
            trace.swapped[rung] += chance
            if rng.random() < chance:
                exchange(copies, g, i, h, j)
                tags = copies.tag[chain]
                tags[rung], tags[rung + 1] = tags[rung + 1], tags[rung]


@njit
def exchange(copies: Copies, g: int, i: int, h: int, j: int) -> None:
    """Two copies change places."""
    for row in range(copies.where3.shape[1]):
        for k in range(copies.where3.shape[2]):
            here = copies.where3[g, row, k, i]
            copies.where3[g, row, k, i] = copies.where3[h, row, k, j]
            copies.where3[h, row, k, j] = here
    for column in range(copies.standing.shape[2]):
        known = copies.standing[g, i, column]
        copies.standing[g, i, column] = copies.standing[h, j, column]
        copies.standing[h, j, column] = known


@njit
def write(sweep: int, chains: int, copies: Copies, trace: Trace, classes: int, chosen: int) -> None:
    """Write down where each chain's coldest copy stands, and count round trips from the hottest rung and back."""
    group, lanes, last = copies.standing.shape[0] - 1, copies.standing.shape[1], copies.tag.shape[1] - 1
    logs, top = np.zeros(classes), np.zeros(chosen, dtype=np.int64)
    for chain in range(chains):
        i = lanes - chains + chain
        trace.seen[chain, sweep] = copies.standing[group, i, SEEN]
        trace.fit[chain, sweep] = copies.standing[group, i, LIKELIHOOD]
        left = 1.0
        for k in range(classes - 1):
            kept = math.exp(-math.exp(copies.where3[group, 0, k, i]))
            trace.weights[chain, sweep, k] = left * (1 - kept)
            left *= kept
        trace.weights[chain, sweep, classes - 1] = left
        if not place_of(copies.where3[group], i, logs, top, trace.place[chain, sweep]):
            trace.place[chain, sweep, 0] = math.nan
        copies.from_top[chain, copies.tag[chain, 0]] = 1
        if copies.from_top[chain, copies.tag[chain, last]] == 1:
            copies.from_top[chain, copies.tag[chain, last]] = 0
            trace.trips[chain] += 1


@njit
def sweeps(
    number: int,
    done: int,
    learn: bool,
    tries: tuple[int, int],
    chosen: int,
    mixture: Mixture,
    chains: int,
    rungs: Rungs,
    copies: Copies,
    cells: Cells,
    at: Lanes,
    trace: Trace,
    rng: np.random.Generator,
) -> int:
    """`number` sweeps after `done` others; steps are tuned while `learn`. Returns leapfrog steps, over all lanes.

    `tries` are exchanges of labels after each glide, and leaps of the coldest copies after each sweep.
    """
    room = (np.zeros(cells.classes), np.zeros((cells.lists, cells.classes)), np.zeros(4))
    groups, steps = copies.where.shape[0], 0
    for group in range(groups):
        for i in range(at.lanes):
            measure(copies.where3[group], i, cells, room[0], room[1], copies.standing[group, i])
    for sweep in range(number):
        gain = 1.5 / (10 + done + sweep) ** 0.6 if learn else 0.0
        for group in range(groups):
            steps += move(group, chains, gain, tries[0], rungs, copies, cells, at, trace, rng, room)
        swap(done + sweep, chains, rungs, copies, trace, cells.classes, rng)
        for chain in range(chains):
            i, group = at.lanes - chains + chain, groups - 1
            prior, standing = (rungs.shape[-1], rungs.rate[-1]), copies.standing[group, i]
            trace.leapt[chain] += leap(copies.where3[group], i, standing, prior, tries[1], mixture, cells, rng, room)
        write(sweep, chains, copies, trace, cells.classes, chosen)
    return steps * at.lanes
