"""What stands around the answers of a report: models and verdicts, the assumption, changed tables, parts.

Each part is guarded like a method: where its computation breaks down it is left out, and a caution says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from testimonia.estimation.headline import DEFAULT
from testimonia.estimation.methods import NUMERICAL, Settings, answer
from testimonia.estimation.results import (
    Consistency,
    Estimate,
    FittedModel,
    Sensitivity,
    StratumEstimate,
    Variation,
    VerdictCount,
)
from testimonia.estimation.table import OverlapTable

__all__ = ["PARTS", "Around", "look_around"]

PARTS = ("models", "sensitivity", "variations", "strata")
TOP = 25  # models shown
QUICK = 200  # bootstrap tables for each changed table or part
SMALL = 5  # lists up to which they are bootstrapped over all models
T = TypeVar("T")
Models = tuple[tuple[FittedModel, ...], tuple[VerdictCount, ...]]
Changed = tuple[tuple[Variation, ...], tuple[Consistency, ...]]


@dataclass(slots=True)
class Around:
    """The parts, empty where they were not looked at or broke down."""

    models: tuple[FittedModel, ...] = ()
    verdicts: tuple[VerdictCount, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    variations: tuple[Variation, ...] = ()
    consistency: tuple[Consistency, ...] = ()
    strata: tuple[StratumEstimate, ...] = ()
    cautions: list[str] = field(default_factory=list)

    def guarded(self, what: str, look: Callable[[], T], otherwise: T) -> T:
        """The part, or `otherwise` with a caution where the computation broke down."""
        try:
            return look()
        except NUMERICAL as error:
            self.cautions.append(f"{what} could not be computed ({type(error).__name__}: {error}).")
            return otherwise


def look_around(
    table: OverlapTable,
    settings: Settings,
    estimates: Mapping[str, Estimate],
    headline: Estimate,
    *,
    thresholds: Sequence[float] = (),
    tell: Callable[[str], object],
) -> Around:
    """Look at all `PARTS` of a table as it stands, its draws left out.

    `estimates` are the answers by method; `headline` is the one whose assumption is moved. `tell` is called before
    each part.
    """
    found, table = Around(), replace(table, draws=())
    no_models: Models = ((), ())
    no_changes: Changed = ((), ())
    best = estimates.get("loglinear-bic")
    tell("models")
    found.models, found.verdicts = found.guarded("The list of models", lambda: _models(table, settings), no_models)
    tell("sensitivity")
    look = partial(_assumptions, table, settings, best, headline, thresholds)
    found.sensitivity = found.guarded("The sensitivity to the assumption", look, ())
    tell("variations")
    changes = found.guarded("The answers for changed tables", lambda: _changed(table, settings), no_changes)
    found.variations, found.consistency = changes
    tell("strata")
    if table.strata:
        parts = partial(_parts, table, settings, headline, found.cautions)
        found.strata = found.guarded("The answers for parts", parts, ())
    return found


def _models(table: OverlapTable, settings: Settings) -> Models:
    from testimonia.estimation.loglinear.fits import top_models, verdict_counts

    return top_models(table, TOP, full=settings.full), verdict_counts(table)


def _assumptions(
    table: OverlapTable,
    settings: Settings,
    best: Estimate | None,
    headline: Estimate,
    thresholds: Sequence[float],
) -> tuple[Sensitivity, ...]:
    from testimonia.estimation.sensitivity import sensitivity

    model = best.model if best is not None and best.total is not None else None
    known = headline if headline.total is not None else None
    return sensitivity(table, level=settings.level, model=model, headline=known, thresholds=thresholds)


def _changed(table: OverlapTable, settings: Settings) -> Changed:
    from testimonia.estimation.variations import consistency, variations

    ask = estimator(settings, table.k - 1)
    return variations(table, ask), consistency(table, ask)


def _parts(
    table: OverlapTable, settings: Settings, headline: Estimate, cautions: list[str]
) -> tuple[StratumEstimate, ...]:
    from testimonia.estimation.strata import compare

    ask = estimator(settings, table.k)
    found = compare(table, ask, pooled=headline if headline.method == DEFAULT and table.k <= SMALL else None)
    cautions.extend(found.cautions)
    return found.strata


def estimator(settings: Settings, lists: int) -> Callable[[OverlapTable], Estimate]:
    """What changed tables and parts are estimated by: the BIC bootstrap where it is quick, else the best BIC model."""
    method = DEFAULT if lists <= SMALL else "loglinear-bic"
    quick = replace(settings, replicates=min(settings.replicates, QUICK))
    return lambda table: answer(table, method, quick)
