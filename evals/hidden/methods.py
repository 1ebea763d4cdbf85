"""What each study asks: a method and its settings, answering one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np
from evals.hidden.studies import BAND, TRUE, USUAL_BAND, Scenario

from testimonia.estimation.methods import function
from testimonia.estimation.results import Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["METHODS", "Effort"]


@dataclass(frozen=True)
class Effort:
    """How much a method may spend on one table: bootstrap tables, and a share of the usual effort of a chain."""

    replicates: int = 200
    stepwise: int = 400
    effort: float = 1.0


Answering = Callable[[OverlapTable, Scenario, np.random.SeedSequence, Effort], Estimate]


def named(method: str, efforts: dict[str, str] | None = None, **settings: object) -> Answering:
    """A method by its name with its settings; `efforts` names settings that are fields of the effort."""

    def answer(table: OverlapTable, _scenario: Scenario, seed: np.random.SeedSequence, effort: Effort) -> Estimate:
        spent = {key: getattr(effort, value) for key, value in (efforts or {}).items()}
        return function(method)(table, seed=seed, **settings, **spent)

    return answer


def true_model(table: OverlapTable, scenario: Scenario, _seed: np.random.SeedSequence, _effort: Effort) -> Estimate:
    """The profile interval of the model that holds in the population."""
    from testimonia.estimation.loglinear.fits import fit_model

    fit = fit_model(table, scenario.truth)
    lower, upper = fit.interval() or (None, None)
    return Estimate(TRUE, fit.model, fit.total, lower, upper, verdict=fit.verdict, reason=fit.reason)


def band(name: str, half_width: float) -> Answering:
    """The sensitivity band of the saturated model over highest-order interactions."""

    def answer(table: OverlapTable, _scenario: Scenario, _seed: np.random.SeedSequence, _effort: Effort) -> Estimate:
        from testimonia.estimation.sensitivity import SATURATED, sensitivity

        found = sensitivity(table, model=SATURATED, half_width=half_width)[0]
        middle = next((point.total for point in found.points if point.value == 0.0), None)
        return Estimate(name, found.model, middle, found.band_lower, found.band_upper, reason=found.reason)

    return answer


METHODS: dict[str, Answering] = {
    TRUE: true_model,
    USUAL_BAND: band(USUAL_BAND, log(2.0)),
    BAND: band(BAND, 1.0),
    "chao": named("chao"),
    "sample-coverage": named("sample-coverage"),
    "loglinear-bic": named("loglinear-bic"),
    "loglinear-average": named("loglinear-average"),
    "stepwise": named("stepwise", {"replicates": "stepwise"}),
    "bic-bootstrap": named("bic-bootstrap", {"replicates": "replicates"}),
    "decomposable": named("decomposable", variations=False),
    "latent-class": named("latent-class", {"effort": "effort"}),
}
