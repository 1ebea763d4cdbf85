"""Several chains, each a ladder of copies of the model at rising temperature, tuned while they warm up.

A hot copy sees a flattened likelihood and walks between answers that a cold one would never leave; by exchange with
its neighbours what it finds comes down to the coldest, whose draws are those of the posterior. Hot rungs also expect
more classes than the prior does, so that the way from one explanation of the table to another need not lead through
a table explained by one class.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.latent.data import Cells, lanes_for
from testimonia.estimation.latent.leap import chosen, size_of
from testimonia.estimation.latent.mixture import fit, nothing
from testimonia.estimation.latent.moves import Copies, Rungs, Trace, sweeps

__all__ = ["Ensemble"]

RUNGS, GROUP = 18, 6  # rungs in all, and of one group
HOTTEST = 0.03
RICH = (5.0, 5.0, 0.3)  # alpha's prior on hot rungs, and how far down the ladder, in log heat, it has taken over
WARM_UP = (100, 100, 200, 400)
TRIES = 4, 20  # exchanges of labels after each glide, and leaps after each sweep
WORTH = 10  # what a leap costs, in slopes of a lane


class Ensemble:
    """`chains` ladders of copies, moved in step but independent of one another."""

    def __init__(self, cells: Cells, *, shape: float, rate: float, chains: int, rng: np.random.Generator) -> None:
        self.cells, self.chains, self.rng = cells, chains, rng
        self.prior = (shape, rate)
        self.sweeps, self.gradients, self.leaps, self.barrier = 0, 0, 0, 0.0
        self.room = lanes_for(cells, chains * GROUP)
        self.copies = _begin(cells, chains, self.room.lanes, rng)
        self.rungs = _ladder(np.geomspace(HOTTEST, 1.0, RUNGS), self.prior)
        self.mixture = nothing(size_of(cells.lists, cells.classes))

    @property
    def work(self) -> int:
        """What was computed so far, in slopes of one lane."""
        return self.gradients + WORTH * self.leaps

    def run(self, number: int, learn: bool = False) -> Trace:
        """`number` sweeps, with what was seen on the coldest rung."""
        trace = _trace(self.chains, number, self.cells)
        args = (self.chains, self.rungs, self.copies, self.cells, self.room, trace, self.rng)
        self.gradients += sweeps(number, self.sweeps, learn, TRIES, chosen(self.cells.classes), self.mixture, *args)
        self.leaps += number * self.chains * TRIES[1] * (self.mixture.reach.size > 0)
        self.sweeps += number
        return trace

    def warm_up(self) -> None:
        """Tune steps and ladder; what is seen on the way is thrown away."""
        for number in WARM_UP:
            trace = self.run(number, learn=True)
            self._respace(1 - trace.swapped[:-1] * 2 / (number * self.chains))

    def learn_leaps(self, traces: list[Trace]) -> bool:
        """Fit the mixture that leaps are proposed from to what all chains saw; whether there is one.

        What is drawn from then on does not change it, so that the draws are those of the posterior.
        """
        places = np.concatenate([trace.place for trace in traces], axis=1)
        places = places.reshape(-1, places.shape[2])
        self.mixture = fit(places[~np.isnan(places).any(axis=1)], self.rng)
        return self.mixture.reach.size > 0

    def _respace(self, refused: NDArray[np.float64]) -> None:
        """Move the rungs so that exchange is as often refused between all of them (Syed et al. 2022, algorithm 2)."""
        climbed = np.concatenate([[0.0], np.cumsum(np.clip(refused, 0.02, 1.0))])
        known = np.log(self.rungs.heat)
        placed = np.interp(np.linspace(0.0, climbed[-1], known.size), climbed, known)
        placed[-1] = 0.0
        step = np.exp(np.interp(placed, known, np.log(self.rungs.step)))
        self.rungs = _ladder(np.exp(placed), self.prior)
        self.rungs.step[:] = step
        self.barrier = float(climbed[-1])


def _ladder(heat: NDArray[np.float64], prior: tuple[float, float]) -> Rungs:
    """Rungs at these powers of the likelihood, alpha's prior going over from the asked one to a rich one."""
    share = np.minimum(np.log(heat) / (np.log(HOTTEST) * RICH[2]), 1.0)
    shape = np.exp((1 - share) * np.log(prior[0]) + share * np.log(RICH[0]))
    rate = np.exp((1 - share) * np.log(prior[1]) + share * np.log(RICH[1]))
    glide = np.where(heat > 0.5, 6.0, 2.0)
    return Rungs(heat, shape, rate, np.minimum(0.3, 0.02 / np.sqrt(heat)), glide)


def _begin(cells: Cells, chains: int, lanes: int, rng: np.random.Generator) -> Copies:
    """Chains that begin far apart: from nearly everybody seen to hardly anybody, from one class in use to all."""
    groups, rows = RUNGS * chains // lanes, cells.lists + 1
    where = np.zeros((groups, rows, cells.classes * lanes))
    where3 = where.reshape(groups, rows, cells.classes, lanes)
    chain = np.arange(lanes) % chains
    shift = np.linspace(1.0, -6.0, chains)[chain]
    alpha = np.geomspace(0.1, 10.0, chains)[::-1][chain]
    where3[:, 1:] = rng.logistic(size=where3[:, 1:].shape) + shift
    where3[:, 0, :-1] = np.log(rng.exponential(size=where3[:, 0, :-1].shape) + 1e-12) - np.log(alpha)
    speed = np.zeros((rows, cells.classes * lanes))
    return Copies(
        where=where,
        where3=where3,
        standing=np.zeros((groups, lanes, 4)),
        speed=speed,
        speed3=speed.reshape(rows, cells.classes, lanes),
        before=np.zeros_like(speed),
        tag=np.tile(np.arange(RUNGS), (chains, 1)),
        from_top=np.zeros((chains, RUNGS), dtype=np.int64),
    )


def _trace(chains: int, number: int, cells: Cells) -> Trace:
    return Trace(
        seen=np.zeros((chains, number)),
        fit=np.zeros((chains, number)),
        weights=np.zeros((chains, number, cells.classes)),
        place=np.zeros((chains, number, size_of(cells.lists, cells.classes))),
        accepted=np.zeros(RUNGS),
        swapped=np.zeros(RUNGS),
        relabelled=np.zeros(RUNGS),
        trips=np.zeros(chains, dtype=np.int64),
        leapt=np.zeros(chains, dtype=np.int64),
    )
