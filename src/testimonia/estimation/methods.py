"""The methods by name: where each lives, what it is told, and what becomes of one that breaks down."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np

from testimonia.estimation.results import REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["NUMERICAL", "Settings", "answer", "broken", "function", "options", "seed_of"]

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
    "decomposable": "decomposable:decomposable",
    "latent-class": "latent:latent_class",
}
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "loglinear-average": ("full",),
    "stepwise": ("replicates",),
    "bic-bootstrap": ("replicates", "full"),
}


EVERYONE = 1e10  # people; a total beyond is no answer


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for: `seed`, `level` of the intervals, models of every order if `full`, bootstrap `replicates`."""

    seed: int = 1
    level: float = 0.95
    full: bool = False
    replicates: int = 1000


def seed_of(seed: int, method: str) -> np.random.SeedSequence:
    """The seed of a method: spawned by its name, so that no method's randomness depends on which others run."""
    return np.random.SeedSequence(seed, spawn_key=tuple(method.encode()))


def function(method: str) -> Callable[..., Estimate]:
    """The function behind a method; its module, and what that compiles, is loaded only now."""
    module, _, name = HOMES[method].partition(":")
    found: Callable[..., Estimate] = getattr(import_module(f"testimonia.estimation.{module}"), name)
    return found


def answer(table: OverlapTable, method: str, settings: Settings) -> Estimate:
    """Run one method; a named numerical failure is its refusal, and takes no other method with it."""
    started = time.perf_counter()
    seed = seed_of(settings.seed, method)
    try:
        found = function(method)(table, level=settings.level, seed=seed, **options(method, settings))
    except NUMERICAL as error:
        found = broken(method, settings.level, error)
    return replace(possible(found), seconds=time.perf_counter() - started)


def possible(found: Estimate) -> Estimate:
    """The answer, or its refusal where it is more people than there are."""
    if found.total is None or found.total <= EVERYONE:
        return found
    why = f"its answer, {found.total:,.0f}, is more people than are alive; the overlaps are too thin for the counts."
    told = {**found.diagnostics, "impossible_total": found.total}
    return Estimate(found.method, level=found.level, verdict=REFUSED, reason=why, diagnostics=told)


def options(method: str, settings: Settings) -> dict[str, Any]:
    """What a method is told besides level and seed."""
    return {name: getattr(settings, name) for name in OPTIONS.get(method, ())}


def broken(method: str, level: float, error: Exception) -> Estimate:
    """The refusal of a method whose computation broke down."""
    why = f"the computation broke down ({type(error).__name__}: {error})."
    return Estimate(method, level=level, verdict=REFUSED, reason=why)
