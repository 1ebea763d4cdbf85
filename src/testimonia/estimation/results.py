"""What an estimate comes to: plain values, the same for every method, that reports and exports read.

A number that a method cannot give is None, never NaN or infinity. A method that refuses says why in `reason`:
"the data cannot say" is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from testimonia.estimation.table import OverlapTable

__all__ = [
    "CAUTION",
    "FINE",
    "METHODS",
    "NOT_IDENTIFIABLE",
    "NO_MLE",
    "REFUSED",
    "Consistency",
    "Draws",
    "Estimate",
    "FittedModel",
    "Headline",
    "Report",
    "Sensitivity",
    "SensitivityPoint",
    "StratumEstimate",
    "Variation",
    "VerdictCount",
]

METHODS = (
    "independence",
    "chao",
    "sample-coverage",
    "lincoln-petersen",
    "loglinear-aic",
    "loglinear-bic",
    "loglinear-average",
    "stepwise",
    "bic-bootstrap",
    "bayes-threshold",
    "decomposable",
    "latent-class",
)
FINE = "fine"
CAUTION = "caution"
NO_MLE = "no extended MLE"
NOT_IDENTIFIABLE = "not identifiable"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One method's answer for the whole population: people recorded and people recorded by no list.

    `total` is the point estimate (the posterior median of a Bayesian method), `lower` and `upper` its interval at
    `level`; `verdict` one of fine, caution, no extended MLE, not identifiable, refused, with `reason` in words.
    `models` counts the models looked at, `admissible_models` those that the data can identify. A lower bound
    (Chao) says so in `reason`. `diagnostics` holds what the method measured of itself, JSON values only.
    """

    method: str
    model: str | None = None
    total: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = 0.95
    standard_error: float | None = None
    aic: float | None = None
    bic: float | None = None
    models: int | None = None
    admissible_models: int | None = None
    verdict: str = FINE
    reason: str = ""
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Headline:
    """The one answer to stand on, or the refusal to give one, with `why` in plain words either way."""

    method: str
    total: float | None
    lower: float | None
    upper: float | None
    level: float
    refused: bool
    why: str
    within: float | None = None
    between: float | None = None
    n_observed_lower: float | None = None
    n_observed_upper: float | None = None


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A log-linear model and its fit; weights are among the admissible models of the same search."""

    model: str
    parameters: int
    deviance: float | None
    aic: float | None
    aicc: float | None
    bic: float | None
    total: float | None
    standard_error: float | None
    weight_aic: float | None = None
    weight_bic: float | None = None
    verdict: str = FINE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many models of the search had this verdict, and what it means."""

    verdict: str
    models: int
    reason: str


@dataclass(frozen=True, slots=True)
class SensitivityPoint:
    """The total if the untestable parameter had this value: `value` on the log scale, `odds` its exponential."""

    value: float
    odds: float
    total: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How the answer moves with an assumption that no data can test.

    `assumption` names it (no highest-order interaction, or independence of two named lists), `parameter` what is
    varied, `points` the answers over the range, `band` the lowest lower and highest upper end over it, `tipping`
    the values of the parameter at which a stated conclusion would change.
    """

    assumption: str
    parameter: str
    model: str | None
    points: tuple[SensitivityPoint, ...]
    band_lower: float | None
    band_upper: float | None
    tipping: tuple[Mapping[str, Any], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Variation:
    """The same estimate on a changed table: one list left out, or two lists merged into one."""

    change: str
    lists: tuple[str, ...]
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Consistency:
    """A list taken as a population of known size and estimated from the other lists (internal consistency)."""

    list_name: str
    known: int
    estimate: Estimate
    inside: bool | None


@dataclass(frozen=True, slots=True)
class StratumEstimate:
    """The answer for one stratum alone."""

    stratum: str
    n_observed: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Draws:
    """What uncertain linkage does to the answer: one estimate a draw, averaged (Sadinle 2018).

    `within` is the mean variance inside the draws, `between` the variance of the point estimates across them;
    refused draws are counted, never dropped.
    """

    draws: int
    refused: int
    n_observed_lower: float
    n_observed_upper: float
    estimates: tuple[Estimate, ...]
    within: Mapping[str, float | None]
    between: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found out about a table: the headline first, then every method and every doubt."""

    table: OverlapTable
    headline: Headline
    estimates: tuple[Estimate, ...]
    sensitivity: tuple[Sensitivity, ...] = ()
    models: tuple[FittedModel, ...] = ()
    verdicts: tuple[VerdictCount, ...] = ()
    variations: tuple[Variation, ...] = ()
    consistency: tuple[Consistency, ...] = ()
    strata: tuple[StratumEstimate, ...] = ()
    draws: Draws | None = None
    cautions: tuple[str, ...] = ()
    seed: int = 1
    version: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
