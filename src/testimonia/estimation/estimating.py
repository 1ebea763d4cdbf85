"""Every method on one table: in order, each from its own seed, with a headline or the refusal of one."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module, metadata
from typing import Any

import numpy as np

from testimonia.estimation import grid
from testimonia.estimation.doubts import cautions
from testimonia.estimation.headline import DEFAULT, headline
from testimonia.estimation.results import METHODS, REFUSED, Estimate, Report
from testimonia.estimation.table import OverlapTable

__all__ = ["Progress", "estimate", "seed_of"]

Progress = Callable[[int, int, str], None]
NUMERICAL = (ArithmeticError, np.linalg.LinAlgError)  # overflow and division by zero are arithmetic errors
HOMES = {
    "independence": "loglinear.fits:independence",
    "chao": "simple:chao",
    "sample-coverage": "simple:sample_coverage",
    "lincoln-petersen": "simple:lincoln_petersen",
    "loglinear-aic": "loglinear.fits:loglinear_aic",
    "loglinear-bic": "loglinear.fits:loglinear_bic",
    "loglinear-average": "loglinear.fits:loglinear_average",
    "stepwise": "stepwise:stepwise",
    "bic-bootstrap": "bicboot:bic_bootstrap",
    "bayes-threshold": "thresholding:bayes_threshold",
    "decomposable": "decomposable.averaging:decomposable",
    "latent-class": "latent.estimate:latent_class",
}


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: the settings that every method may need."""

    seed: int
    level: float
    full: bool
    replicates: int


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
    table, seed and settings give the same report; leaving out a method changes no other. Raises BadTable and
    TooFewLists where nothing can be estimated from the table, ValueError where a setting is out of its range.
    """
    started = time.perf_counter()
    grid.require(table, table.name or "The table")
    asked = _Asked(seed, _checked_level(level), full, replicates)
    told = report or quiet
    chosen = _chosen(methods)
    estimates = []
    for done, method in enumerate(chosen):
        told(done, len(chosen), method)
        estimates.append(_timed(table, method, asked))
    found = {one.method: one for one in estimates}
    told(len(chosen), len(chosen), "headline")
    return Report(
        table=table,
        headline=headline(table, found.get(DEFAULT)),
        estimates=tuple(estimates),
        cautions=cautions(table),
        seed=seed,
        version=_version(),
        versions=_versions(),
        seconds=time.perf_counter() - started,
    )


def _checked_level(level: float) -> float:
    if not 0.5 <= level < 1:
        raise ValueError(f"the level {level} is not between 0.5 and 1; 0.95 is usual.")
    return level


def _chosen(methods: Sequence[str]) -> tuple[str, ...]:
    unknown = [method for method in methods if method not in METHODS]
    if unknown:
        raise ValueError(f"there is no method {unknown[0]}; the methods are {', '.join(METHODS)}.")
    return tuple(method for method in METHODS if method in methods and _here(method))


def _here(method: str) -> bool:
    module, _, name = HOMES[method].partition(":")
    try:
        return hasattr(import_module(f"testimonia.estimation.{module}"), name)
    except ImportError:
        return False


def _timed(table: OverlapTable, method: str, asked: _Asked) -> Estimate:
    """Run one method; a named numerical failure is its refusal, and takes no other method with it."""
    started = time.perf_counter()
    try:
        found = _run(table, method, asked)
    except NUMERICAL as error:
        why = f"the computation broke down ({type(error).__name__}: {error})."
        found = Estimate(method, level=asked.level, verdict=REFUSED, reason=why)
    return replace(found, seconds=time.perf_counter() - started)


def _run(table: OverlapTable, method: str, asked: _Asked) -> Estimate:
    module, _, name = HOMES[method].partition(":")
    function: Callable[..., Estimate] = getattr(import_module(f"testimonia.estimation.{module}"), name)
    settings: dict[str, Any] = {"level": asked.level, "seed": seed_of(asked.seed, method)}
    return function(table, **settings)


def seed_of(seed: int, method: str) -> np.random.SeedSequence:
    """The seed of a method: spawned by its name, so that no method's randomness depends on which others run."""
    return np.random.SeedSequence(seed, spawn_key=tuple(method.encode()))


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
