"""Draws from the posterior: run until the chains agree, or until the budget is spent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import BadTable
from testimonia.estimation.diagnostics import Convergence, converge
from testimonia.estimation.latent.data import Cells, cells_of
from testimonia.estimation.latent.ensemble import Ensemble
from testimonia.estimation.latent.moves import Trace
from testimonia.estimation.table import OverlapTable

__all__ = ["Chains", "sample"]

FIRST, GROWTH = 200, 1.4  # sweeps before the first look at agreement, and how their number grows from look to look
PATIENCE, PRACTICE = 1500, 500  # sweeps after which leaps are learnt, and sweeps with them to learn them better
SETTLING = 0.1  # share of each chain that is thrown away
BUDGET = 1.4e10  # cells of lists and patterns x classes that may be gone through: twenty to forty seconds
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chains:
    """Draws of the posterior, one row a chain.

    `n0`: people whom no list recorded, shape (chains, draws). `total`: with those recorded. `seen`: the chance to be
    recorded at all. `weights`: of the classes in the order of the sticks, shape (chains, draws, classes). `fit`: the
    log likelihood of the patterns, without its constant. `agreement`: of the chains on the total. `notes`: what the
    sampler saw of itself; acceptances and exchanges by rung, hottest first.
    """

    n0: Floats
    total: Floats
    seen: Floats
    weights: Floats
    fit: Floats
    agreement: Convergence
    notes: dict[str, object]

    @property
    def occupied(self) -> NDArray[np.int64]:
        """Classes that hold at least one person, as expected of their weights; shape (chains, draws)."""
        people = self.weights * self.total[:, :, None]
        return np.asarray((people >= 1).sum(axis=2), dtype=np.int64)


def sample(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int | np.random.SeedSequence = 1,
    classes: int = 10,
    a: float = 0.25,
    b: float = 0.25,
    chains: int = 4,
    effort: float = 1.0,
    wanted: float = 400.0,
    sweeps: int | None = None,
) -> Chains:
    """Posterior draws of the latent class model of Manrique-Vallier 2016, from chains that began far apart.

    Stops when all chains agree on the total: rank-normalised R-hat below 1.01, and `wanted` effective draws in the
    middle and at both ends of the interval at `level`; or when `effort` times the usual budget of arithmetic is
    spent, 20 to 40 seconds; or, if `sweeps` is given, after exactly as many. Whether they agree stands in
    `agreement`. The budget counts arithmetic, not time: a seed gives the same draws on every machine of a kind.

    Raises BadTable for a table without people, or with censored cells.
    """
    if table.n == 0:
        raise BadTable("The table holds nobody; there is nothing to estimate.")
    cells, rng = cells_of(table, classes), np.random.default_rng(seed)
    ensemble = Ensemble(cells, shape=a, rate=b, chains=chains, rng=rng)
    ensemble.warm_up()
    traces = [ensemble.run(sweeps)] if sweeps else _until_agreed(ensemble, level, wanted, effort)
    return _gather(cells, traces, converge(_rates(cells, traces), level), ensemble, rng)


def _until_agreed(ensemble: Ensemble, level: float, wanted: float, effort: float) -> list[Trace]:
    """Draws until the chains agree or the effort is spent; where that takes long, leaps are learnt on the way."""
    traces, learnt = [ensemble.run(FIRST)], False
    while _spent(ensemble) < effort and not converge(_rates(ensemble.cells, traces), level).reached(ess=wanted):
        done = sum(trace.seen.shape[1] for trace in traces)
        if done >= PATIENCE and not learnt:
            traces, learnt = _learn(ensemble, traces), True
        else:
            traces.append(ensemble.run(int(done * (GROWTH - 1))))
    return traces


def _learn(ensemble: Ensemble, traces: list[Trace]) -> list[Trace]:
    """Learn leaps, and forget the draws they were learnt from; all stays as it is where nothing can be learnt."""
    if not ensemble.learn_leaps(traces):
        return traces
    ensemble.learn_leaps([*traces, ensemble.run(PRACTICE)])
    return [ensemble.run(FIRST)]


def _spent(ensemble: Ensemble) -> float:
    """Share of the usual budget that is spent."""
    cells = ensemble.cells
    return ensemble.work * cells.classes * (3 * cells.lists + cells.counts.size) / BUDGET


def _settled(traces: list[Trace], name: str) -> Floats:
    joined: Floats = np.concatenate([getattr(trace, name) for trace in traces], axis=1)
    return joined[:, int(SETTLING * joined.shape[1]) :]


def _rates(cells: Cells, traces: list[Trace]) -> Floats:
    rates: Floats = np.log(cells.people) - np.log(_settled(traces, "seen"))
    return rates


def _gather(
    cells: Cells, traces: list[Trace], agreement: Convergence, ensemble: Ensemble, rng: np.random.Generator
) -> Chains:
    seen = _settled(traces, "seen")
    missed = rng.standard_gamma(cells.people, seen.shape) * (1 - seen) / seen
    small = missed < 1e15
    n0 = np.where(small, rng.poisson(np.where(small, missed, 0.0)), np.round(missed))
    return Chains(
        n0=n0,
        total=n0 + cells.people,
        seen=seen,
        weights=_settled(traces, "weights"),
        fit=_settled(traces, "fit"),
        agreement=agreement,
        notes=_notes(traces, ensemble),
    )


def _notes(traces: list[Trace], ensemble: Ensemble) -> dict[str, object]:
    sweeps = sum(trace.seen.shape[1] for trace in traces)
    moves = sweeps * ensemble.chains
    accepted = np.sum([trace.accepted for trace in traces], axis=0) / moves
    swapped = np.sum([trace.swapped for trace in traces], axis=0)[:-1] * 2 / moves
    return {
        "sweeps": ensemble.sweeps,
        "warm_up_sweeps": ensemble.sweeps - sweeps,
        "gradients": ensemble.gradients,
        "leaps": int(np.sum([trace.leapt for trace in traces])),
        "heat": [round(float(heat), 4) for heat in ensemble.rungs.heat],
        "acceptance": [round(float(rate), 3) for rate in accepted],
        "swap_rates": [round(float(rate), 3) for rate in swapped],
        "round_trips": np.sum([trace.trips for trace in traces], axis=0).tolist(),
    }
