"""Bootstrap replicates of an overlap table, the jackknife by capture pattern, and BCa limits that hide nothing.

A replicate draws the n recorded people again, with replacement, from the observed capture patterns (multinomial).
What is done with a table, the choice of a model included, is done again with every replicate: the spread of the
totals then carries the doubt about the model (Chan, Silverman & Vincent 2021, section 3.3). The bootstrap assumes
that people were recorded independently of one another and that patterns nobody showed are as good as impossible;
families or groups recorded together make it too narrow.

A replicate without an estimate counts as infinitely large. It is never dropped: the share of them is a measure of
how little the table holds, and above `REFUSE_ABOVE` there is no interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.results import CAUTION, FINE, REFUSED
from testimonia.estimation.table import OverlapTable

__all__ = [
    "REFUSE_ABOVE",
    "Interval",
    "Jackknife",
    "Plan",
    "Seed",
    "acceleration",
    "bca",
    "censored",
    "frequencies",
    "leave_one_out",
    "plan",
    "resample",
    "spread",
    "streams",
]

REFUSE_ABOVE = 0.05  # the share of replicates without an estimate above which no interval is given
NAMED = 10  # models named in the diagnostics
TIED = 1e-9  # relative
STRONG = 1.0  # a bias correction beyond this is a caution: 84 % of the replicates on one side
RESAMPLES = 200  # of the replicates, for the standard error of the limits
NORMAL = NormalDist()
Floats = NDArray[np.float64]
Tables = NDArray[np.int64]
Seed = int | np.random.SeedSequence


@dataclass(frozen=True, slots=True)
class Jackknife:
    """The tables with one recorded person left out, one for each observed pattern.

    `tables`: int64, shape (patterns, 2**k). `weights`: how many people show the pattern, so how often the table
    would come up if everyone were left out in turn; they add up to n.
    """

    tables: Tables
    weights: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a bootstrap interval, or why there are none.

    `lower`, `upper`: BCa limits; None, with `reason`, where they are refused. `percentile`: the plain percentile
    limits, None where infinite. `bias` (z0) and `acceleration` (a) are those of Efron 1987; `errors` the Monte Carlo
    standard errors of the two BCa limits. `infinite` counts replicates without a finite total; `reason` then holds a
    caution, as where the bias correction is beyond `STRONG`.
    """

    lower: float | None
    upper: float | None
    level: float
    replicates: int
    infinite: int
    percentile: tuple[float | None, float | None] = (None, None)
    bias: float | None = None
    acceleration: float | None = None
    errors: tuple[float | None, float | None] = (None, None)
    reason: str = ""

    @property
    def verdict(self) -> str:
        """Refused without limits; a caution where there is a reason for one; else fine."""
        return REFUSED if self.lower is None else CAUTION if self.reason else FINE

    def diagnostics(self) -> dict[str, Any]:
        """The measures of the interval as JSON values."""
        return {
            "bootstraps": self.replicates,
            "refused_bootstraps": self.infinite,
            "bias_correction": self.bias,
            "acceleration": self.acceleration,
            "percentile_lower": self.percentile[0],
            "percentile_upper": self.percentile[1],
            "lower_standard_error": self.errors[0],
            "upper_standard_error": self.errors[1],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """Every table that one bootstrap needs, in one stack: the table itself, then the jackknife, then the replicates.

    `tables`: int64, shape (1 + patterns + replicates, 2**k). `weights`: those of the jackknife tables.
    """

    tables: Tables
    weights: NDArray[np.int64]

    @property
    def jackknife(self) -> slice:
        """The rows of the tables with one person left out."""
        return slice(1, 1 + self.weights.size)

    @property
    def replicates(self) -> slice:
        """The rows of the bootstrap replicates."""
        return slice(1 + self.weights.size, len(self.tables))

    def interval(self, totals: Floats, level: float, random: np.random.Generator) -> Interval:
        """The BCa interval from the totals of all these tables."""
        return bca(float(totals[0]), totals[self.replicates], totals[self.jackknife], self.weights, level, random)


def plan(table: OverlapTable, replicates: int, random: np.random.Generator) -> Plan:
    """The tables of a bootstrap with its jackknife."""
    left = leave_one_out(table)
    return Plan(np.vstack([table.counts[None, :], left.tables, resample(table, replicates, random)]), left.weights)


def streams(seed: Seed, count: int) -> list[np.random.Generator]:
    """Independent generators from one seed; the seed sequence given is left as it was."""
    root = np.random.SeedSequence(seed) if isinstance(seed, int) else seed
    fresh = np.random.SeedSequence(root.entropy, spawn_key=root.spawn_key, pool_size=root.pool_size)
    return [np.random.default_rng(child) for child in fresh.spawn(count)]


def resample(table: OverlapTable, replicates: int, random: np.random.Generator) -> Tables:
    """Multinomial replicates of a table: int64, shape (replicates, 2**k), each row with n people."""
    seen = np.flatnonzero(table.counts)
    tables = np.zeros((replicates, table.counts.size), np.int64)
    if seen.size:
        tables[:, seen] = random.multinomial(table.n, table.counts[seen] / table.n, size=replicates)
    return tables


def leave_one_out(table: OverlapTable) -> Jackknife:
    """The jackknife of a table: one table for each observed pattern, with the weight of the pattern."""
    seen = np.flatnonzero(table.counts)
    tables = np.repeat(table.counts[None, :], seen.size, axis=0)
    tables[np.arange(seen.size), seen] -= 1
    return Jackknife(tables, table.counts[seen])


def acceleration(totals: Floats, weights: NDArray[np.int64]) -> float:
    """The acceleration a from the totals of the jackknife tables (Efron 1987, equation 7.3, by jackknife).

    a = sum w d^3 / (6 (sum w d^2)^1.5) with d the weighted mean less the total. Infinite totals enter by the limit
    of one common value that grows without bound; equal totals give 0.
    """
    infinite = ~np.isfinite(totals)
    values = infinite.astype(np.float64) if infinite.any() else totals
    deviations = np.average(values, weights=weights) - values
    scale = float(np.sum(weights * deviations**2))
    if scale <= 1e-18 * max(1.0, float(np.max(np.abs(values)))) ** 2:
        return 0.0
    return float(np.sum(weights * deviations**3) / (6 * scale**1.5))


def quantile(ordered: Floats, share: float) -> float:
    """The quantile of rising values by linear interpolation, exact about infinities."""
    place = share * (ordered.size - 1)
    below = int(place)
    part = place - below
    low, high = float(ordered[below]), float(ordered[min(below + 1, ordered.size - 1)])
    return low if part == 0 or low == high else float(low + part * (high - low))


def bias_correction(total: float, ordered: Floats) -> float | None:
    """z0: the normal quantile of the share of replicates below the estimate, ties by half; None at 0 and 1.

    Fits of the same table can differ by rounding: totals within 1e-9 of each other are tied.
    """
    below = np.searchsorted(ordered, total - TIED * abs(total), "left")
    up_to = np.searchsorted(ordered, total + TIED * abs(total), "right")
    share = float(below + up_to) / (2 * ordered.size)
    return NORMAL.inv_cdf(share) if 0 < share < 1 else None


def bca_share(z0: float, a: float, share: float) -> float | None:
    """Which quantile of the replicates is the BCa limit (Efron 1987, equation 3.9); None where it breaks down."""
    shifted = z0 + NORMAL.inv_cdf(share)
    denominator = 1 - a * shifted
    return NORMAL.cdf(z0 + shifted / denominator) if denominator > 0 else None


def limits(total: float, ordered: Floats, a: float, level: float) -> tuple[float, float] | None:
    """The two BCa limits from rising replicates, possibly infinite; None where the method breaks down."""
    z0 = bias_correction(total, ordered)
    if z0 is None:
        return None
    low, high = bca_share(z0, a, (1 - level) / 2), bca_share(z0, a, (1 + level) / 2)
    return None if low is None or high is None else (quantile(ordered, low), quantile(ordered, high))


def finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def limit_errors(
    total: float, ordered: Floats, a: float, level: float, random: np.random.Generator
) -> tuple[float | None, float | None]:
    """Monte Carlo standard errors of the BCa limits: the limits again from redrawn replicates (Efron 1992)."""
    drawn = np.sort(ordered[random.integers(0, ordered.size, (RESAMPLES, ordered.size))], axis=1)
    found = [pair for row in drawn if (pair := limits(total, row, a, level)) is not None]
    ends = np.array([pair for pair in found if isfinite(pair[0]) and isfinite(pair[1])]).reshape(-1, 2)
    if len(ends) < RESAMPLES:
        return None, None
    low, high = ends.std(axis=0, ddof=1)
    return float(low), float(high)


def why_not(infinite: int, replicates: int) -> str:
    """The sentence for a table whose replicates too often have no estimate."""
    return (
        f"{infinite} of {replicates} bootstrap tables have no finite estimate, more than {REFUSE_ABOVE:.0%}: "
        "the overlaps are too few for an interval."
    )


def bca(
    total: float,
    replicates: Floats,
    jackknife: Floats,
    weights: NDArray[np.int64],
    level: float,
    random: np.random.Generator,
) -> Interval:
    """The bias-corrected and accelerated interval (Efron 1987; DiCiccio & Efron 1996, section 2).

    `replicates`: totals of the bootstrap tables, `jackknife`: those of the tables with one person left out, with
    their weights; infinity (or NaN) stands for a table without an estimate. Refused, with a reason: more than
    `REFUSE_ABOVE` of the replicates infinite; all replicates on one side of the estimate; a limit that is not
    finite. BCa is exact to second order for a smooth statistic; a choice of model makes it a step function near
    the boundaries between models, where coverage can fall short.
    """
    ordered = np.sort(np.where(np.isnan(replicates), np.inf, replicates))
    infinite, count = int(np.sum(~np.isfinite(ordered))), int(ordered.size)
    a = acceleration(np.where(np.isnan(jackknife), np.inf, jackknife), weights)
    tails = ((1 - level) / 2, (1 + level) / 2)
    plain = (finite(quantile(ordered, tails[0])), finite(quantile(ordered, tails[1])))
    z0 = bias_correction(total, ordered)
    refusal = _refusal(infinite, count, z0)
    ends = None if refusal else limits(total, ordered, a, level)
    if not refusal and (ends is None or not (isfinite(ends[0]) and isfinite(ends[1]))):
        refusal = "the bias-corrected limit lies among bootstrap tables that have no finite estimate."
    if refusal or ends is None:
        return Interval(None, None, level, count, infinite, plain, z0, a, reason=refusal)
    errors = limit_errors(total, ordered, a, level, random)
    return Interval(ends[0], ends[1], level, count, infinite, plain, z0, a, errors, _doubts(infinite, count, z0))


def _refusal(infinite: int, count: int, z0: float | None) -> str:
    if infinite > REFUSE_ABOVE * count:
        return why_not(infinite, count)
    return "" if z0 is not None else "all bootstrap totals lie on one side of the estimate: its bias cannot be told."


def _doubts(infinite: int, count: int, z0: float | None) -> str:
    """What there is to say against limits that are given."""
    found = []
    if infinite:
        found.append(f"{infinite} of {count} bootstrap tables have no finite estimate; they count as infinite.")
    if z0 is not None and abs(z0) > STRONG:
        share, side = NORMAL.cdf(abs(z0)), "above" if z0 < 0 else "below"
        found.append(
            f"{share:.0%} of the bootstrap totals lie {side} the estimate, too many to correct for with safety."
        )
    return " ".join(found)


def censored(table: OverlapTable) -> str:
    """Why a table with over-counted cells is refused; empty for others."""
    if not table.censored:
        return ""
    return "a cell is over-counted (censored), and who of it belongs to the population cannot be drawn anew."


def spread(replicates: Floats) -> float | None:
    """The standard deviation of the replicate totals; None where one of them is infinite."""
    return float(np.std(replicates, ddof=1)) if replicates.size > 1 and np.all(np.isfinite(replicates)) else None


def frequencies(models: Iterable[str]) -> dict[str, Any]:
    """How often which model was chosen in the replicates that have an estimate: the commonest, and how many differ."""
    counted = Counter(models)
    total = max(1, counted.total())
    common = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    return {
        "models_chosen": len(counted),
        "chosen": [{"model": model, "share": count / total} for model, count in common],
    }
