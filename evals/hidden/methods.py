"""What each study asks: a method and its settings, answering one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from evals.hidden.studies import BAND, TRUE, Scenario

from testimonia.estimation.estimating import HOMES
from testimonia.estimation.results import FINE, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["BAND_WIDTH", "METHODS", "Effort"]

BAND_WIDTH = 1.0  # the half-width of the band in C5: it holds every interaction tried, the largest at its edge


@dataclass(frozen=True)
class Effort:
    """How much a method may spend on one table: bootstrap tables, and steps of a chain."""

    replicates: int = 200
    stepwise: int = 400
    steps: int = 4000


Answering = Callable[[OverlapTable, Scenario, np.random.SeedSequence, Effort], Estimate]


def named(method: str, **settings: str) -> Answering:
    """A method by its name; `settings` maps its arguments to fields of the effort."""
    module, _, name = HOMES[method].partition(":")

    def answer(table: OverlapTable, _scenario: Scenario, seed: np.random.SeedSequence, effort: Effort) -> Estimate:
        function: Callable[..., Estimate] = getattr(import_module(f"testimonia.estimation.{module}"), name)
        return function(table, seed=seed, **{key: getattr(effort, value) for key, value in settings.items()})

    return answer


def true_model(table: OverlapTable, scenario: Scenario, _seed: np.random.SeedSequence, _effort: Effort) -> Estimate:
    """The profile interval of the model that holds in the population."""
    from testimonia.estimation.loglinear.profile import profile_estimate

    return profile_estimate(table, scenario.truth)


def band(table: OverlapTable, scenario: Scenario, _seed: np.random.SeedSequence, _effort: Effort) -> Estimate:
    """The sensitivity band of the saturated model over highest-order interactions up to `BAND_WIDTH` either way."""
    from testimonia.estimation.sensitivity import SATURATED, sensitivity

    found = sensitivity(table, model=SATURATED, half_width=BAND_WIDTH)[0]
    middle = next((point.total for point in found.points if point.value == 0.0), None)
    return Estimate(BAND, found.model, middle, found.band_lower, found.band_upper, verdict=FINE, reason=found.reason)


METHODS: dict[str, Answering] = {
    TRUE: true_model,
    BAND: band,
    "chao": named("chao"),
    "sample-coverage": named("sample-coverage"),
    "loglinear-bic": named("loglinear-bic"),
    "loglinear-average": named("loglinear-average"),
    "stepwise": named("stepwise", replicates="stepwise"),
    "bic-bootstrap": named("bic-bootstrap", replicates="replicates"),
    "decomposable": named("decomposable"),
    "latent-class": named("latent-class", iterations="steps"),
}
