"""Every method on one table: in order, each from its own seed, with a headline or the refusal of one."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from importlib import metadata

from testimonia.estimation import grid
from testimonia.estimation.around import PARTS, Around, look_around
from testimonia.estimation.doubts import cautions
from testimonia.estimation.headline import DEFAULT, headline
from testimonia.estimation.linked import over_draws, together
from testimonia.estimation.methods import Settings, answer
from testimonia.estimation.results import METHODS, Draws, Estimate, Report
from testimonia.estimation.table import OverlapTable

__all__ = ["Progress", "estimate"]

Progress = Callable[[int, int, str], None]
Found = tuple[Estimate, Draws | None]


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


def estimate(
    table: OverlapTable,
    *,
    seed: int = 1,
    level: float = 0.95,
    methods: Sequence[str] = METHODS,
    full: bool = False,
    replicates: int = 1000,
    thresholds: Sequence[float] = (),
    report: Progress | None = None,
) -> Report:
    """Estimate how many people there are by every method asked for, and say what the answer rests on.

    `replicates` are the bootstrap tables; beyond five lists bootstrap and averaging are of order two unless `full`.
    `thresholds` are totals about which a conclusion is stated: the sensitivity says at which value of what cannot be
    tested the answer passes them. `report` is called with steps done, steps in all, and what is being done. The same
    table, seed and settings give the same report; leaving out a method changes no other, but without the method of
    the headline what stands around it is left out too: models, sensitivity, changed tables, strata. Raises BadTable and
    TooFewLists where nothing can be estimated from the table, ValueError where a setting is out of its range.
    """
    started = time.perf_counter()
    grid.require(table, table.name or "The table")
    settings = Settings(seed, _checked(level), full, replicates)
    chosen = _chosen(methods)
    steps = _Steps(report or quiet, [*chosen, *(PARTS if DEFAULT in chosen else ())])
    pooled = [_one(table, method, settings) for method in chosen if steps.tell(method)]
    estimates = {found.method: found for found, _ in pooled}
    draws, answered = together(pooled, DEFAULT), estimates.get(DEFAULT)
    around = Around()
    if answered is not None:
        around = look_around(table, settings, estimates, answered, thresholds=thresholds, tell=steps.tell)
    steps.tell("headline")
    return Report(
        table=table,
        headline=headline(table, answered, draws),
        estimates=tuple(estimates.values()),
        sensitivity=around.sensitivity,
        models=around.models,
        verdicts=around.verdicts,
        variations=around.variations,
        consistency=around.consistency,
        strata=around.strata,
        draws=draws,
        cautions=(*cautions(table), *around.cautions),
        seed=seed,
        version=_version(),
        versions=_versions(),
        seconds=time.perf_counter() - started,
    )


class _Steps:
    """Tells how far the work has come."""

    def __init__(self, report: Progress, steps: Sequence[str]) -> None:
        self._report, self._steps, self._done = report, steps, 0

    def tell(self, what: str) -> bool:
        """Say what is done now; always true."""
        self._report(self._done, len(self._steps), what)
        self._done += 1
        return True


def _checked(level: float) -> float:
    if not 0.5 <= level < 1:
        raise ValueError(f"the level {level} is not between 0.5 and 1; 0.95 is usual.")
    return level


def _chosen(methods: Sequence[str]) -> tuple[str, ...]:
    unknown = [method for method in methods if method not in METHODS]
    if unknown:
        raise ValueError(f"there is no method {unknown[0]}; the methods are {', '.join(METHODS)}.")
    return tuple(method for method in METHODS if method in methods)


def _one(table: OverlapTable, method: str, settings: Settings) -> Found:
    return over_draws(table, method, settings) if table.draws else (answer(table, method, settings), None)


def _version() -> str:
    from testimonia import __version__

    return __version__


def _versions() -> dict[str, str]:
    """The versions on which the numbers may depend."""
    found = {"testimonia": _version(), "python": platform.python_version()}
    for package in ("numpy", "scipy", "numba", "arviz-stats"):
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
