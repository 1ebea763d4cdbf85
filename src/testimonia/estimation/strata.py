"""Strata: the parts of a population estimated apart and added up, beside the estimate of all together.

People differ in how likely they are to be recorded. Where the difference follows something that was written down,
such as sex or region, each stratum is estimated by itself and the answers are added: lists then only have to satisfy
the assumption within each stratum (Sekar & Deming 1949, Journal of the American Statistical Association 44).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.results import CAUTION, REFUSED, Estimate, StratumEstimate
from testimonia.estimation.table import OverlapTable

__all__ = ["StrataComparison", "compare", "stratified", "summed", "summed_replicates"]

Estimator = Callable[[OverlapTable], Estimate]
SUM = "sum of strata"


@dataclass(frozen=True, slots=True)
class StrataComparison:
    """Each stratum alone, their sum, all people pooled, and in `cautions` what their difference warns of."""

    strata: tuple[StratumEstimate, ...]
    total: Estimate
    pooled: Estimate
    cautions: tuple[str, ...] = ()


def compare(table: OverlapTable, estimator: Estimator, *, pooled: Estimate | None = None) -> StrataComparison:
    """Estimate the strata of a table, add them up and hold the sum against the pooled estimate.

    `pooled` is the estimate of the whole table where it was made already by the same method. A stratum that refuses
    is named, never dropped: the sum is then refused too, and says how many of the people recorded it would leave out.
    """
    strata = stratified(table, estimator)
    whole = estimator(table) if pooled is None else pooled
    total = summed(strata, level=whole.level)
    return StrataComparison(strata, total, whole, (*left_out(table, strata), *disagreement(total, whole)))


def stratified(table: OverlapTable, estimator: Estimator) -> tuple[StratumEstimate, ...]:
    """The answer for each stratum by itself, in the order of the table."""
    return tuple(StratumEstimate(name, part.n, estimator(part)) for name, part in table.strata.items())


def summed(strata: Sequence[StratumEstimate], *, level: float = 0.95) -> Estimate:
    """The sum of independent strata; its interval squares and adds the distances of their ends from their points.

    Method of variance estimates recovery (Zou & Donner 2008, Statistics in Medicine 27): below, the square root of
    the sum of (point - lower)^2 is taken off, and likewise above, so that skewed intervals stay skewed and any
    method's intervals can be added. Never below the people recorded. Assumes that strata are sampled independently
    and are estimated each with its own model; a bias that they share adds up and is in no interval.
    """
    asked = [stratum for stratum in strata if stratum.estimate.total is None]
    if asked or not strata:
        return Estimate(SUM, level=level, verdict=REFUSED, reason=_missing(strata, asked))
    answers = [stratum.estimate for stratum in strata]
    total = sum(answer.total or 0.0 for answer in answers)
    errors = [answer.standard_error for answer in answers]
    known = [error for error in errors if error is not None]
    return Estimate(
        method=SUM,
        total=total,
        lower=_end(total, [(answer.total, answer.lower) for answer in answers], -1),
        upper=_end(total, [(answer.total, answer.upper) for answer in answers], 1),
        level=level,
        standard_error=sqrt(sum(error**2 for error in known)) if len(known) == len(errors) else None,
        verdict=CAUTION if any(answer.verdict == CAUTION for answer in answers) else "fine",
        reason=f"the answers of {len(strata)} strata added up, their errors taken as independent.",
        diagnostics={"strata": [stratum.stratum for stratum in strata]},
    )


def summed_replicates(
    strata: Sequence[StratumEstimate], replicates: Mapping[str, NDArray[np.float64]], *, level: float = 0.95
) -> Estimate:
    """The sum with the percentile interval of bootstrap totals, one array a stratum of the same length.

    The replicates of different strata must come from different seeds: the b-th of each are then independent, and
    their sum is a draw from the convolution. A replicate without a finite total counts as infinite, so that an upper
    end which too many of them would decide is missing.
    """
    plain = summed(strata, level=level)
    if plain.total is None:
        return plain
    totals = np.sum([replicates[stratum.stratum] for stratum in strata], axis=0)
    totals = np.where(np.isfinite(totals), totals, np.inf)
    tail = round((1.0 - level) / 2, 12)
    low, high = np.quantile(totals, [tail, 1.0 - tail], method="inverted_cdf")
    ends = [float(end) if np.isfinite(end) else None for end in (low, high)]
    diagnostics = {**plain.diagnostics, "replicates": int(totals.size)}
    return Estimate(
        SUM, total=plain.total, lower=ends[0], upper=ends[1], level=level, verdict=plain.verdict,
        reason=plain.reason, diagnostics=diagnostics,
    )  # fmt: skip


def left_out(table: OverlapTable, strata: Sequence[StratumEstimate]) -> tuple[str, ...]:
    """What to say where the strata do not add up to the table: people without a stratum are in no sum."""
    people = sum(stratum.n_observed for stratum in strata)
    if people == table.n:
        return ()
    return (f"The strata hold {people:,} people and the table {table.n:,}: the sum and the pooled estimate differ.",)


def disagreement(total: Estimate, pooled: Estimate) -> tuple[str, ...]:
    """What to say where strata apart and together disagree: one of them must be wrong, and which is a matter of why."""
    if total.total is None or pooled.total is None:
        return ()
    if _within(total.total, pooled) and _within(pooled.total, total):
        return ()
    apart = "their intervals do not meet" if not _meet(total, pooled) else "one lies outside the interval of the other"
    direction = "more" if total.total > pooled.total else "fewer"
    return (
        f"Estimated stratum by stratum there are {direction} people ({total.total:,.0f}) than with all pooled "
        f"({pooled.total:,.0f}); {apart}. People of different strata were recorded with different chances, which in "
        "the pooled table looks like lists that depend on each other (as in Simpson's paradox); the sum of the strata "
        "needs the weaker assumption, the pooled estimate the fewer numbers.",
    )


def _missing(strata: Sequence[StratumEstimate], asked: Sequence[StratumEstimate]) -> str:
    """Which strata refuse, each with its reason, and the share of people recorded that the others hold."""
    if not strata:
        return "the table has no strata."
    people = sum(stratum.n_observed for stratum in strata)
    covered = people - sum(stratum.n_observed for stratum in asked)
    whys = "; ".join(f"{stratum.stratum}: {stratum.estimate.reason or 'no estimate'}" for stratum in asked)
    share = f"{covered / people:.1%}" if people else "none"
    return (
        f"{len(asked)} of {len(strata)} strata have no estimate ({whys}). The others hold {share} of the people "
        "recorded; their sum is not the total."
    )


def _end(total: float, ends: Sequence[tuple[float | None, float | None]], side: int) -> float | None:
    if any(point is None or end is None for point, end in ends):
        return None
    squares = ((point - end) ** 2 for point, end in ends if point is not None and end is not None)
    return total + side * sqrt(sum(squares))


def _within(value: float, answer: Estimate) -> bool:
    below = answer.lower is not None and value < answer.lower
    above = answer.upper is not None and value > answer.upper
    return not below and not above


def _meet(one: Estimate, other: Estimate) -> bool:
    pairs = ((one, other), (other, one))
    return not any(a.upper is not None and b.lower is not None and a.upper < b.lower for a, b in pairs)
