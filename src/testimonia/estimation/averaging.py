"""Linkage averaging: what doubt about who is the same person does to the total.

Each draw of the linkage gives its own overlap table. Every estimator is run on each, and the answers are averaged as
if the draws were equally likely, which is what draws from a posterior over linkages are (Sadinle 2018, Annals of
Applied Statistics 12:1013-1038). The distribution of the total is the mixture of the draws'
distributions. If the linkage model is wrong, so that its draws do not hold the true linkage, neither does the
mixture: linking too little makes the total too large, linking too much makes it too small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite, log
from statistics import NormalDist
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import BadTable
from testimonia.estimation.intervals import corrected
from testimonia.estimation.results import CAUTION, FINE, NO_MLE, NOT_IDENTIFIABLE, REFUSED, Draws, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = [
    "REFUSE_ABOVE",
    "Distribution",
    "Estimator",
    "Weighted",
    "approximate",
    "average",
    "combine",
    "equal_weights",
]

REFUSE_ABOVE = 0.05  # share of refused draws above which there is no pooled answer
ATOMS = 1_000  # values that stand for one draw's distribution in the mixture, at most
TRIMMED = 0.0005  # share at either end that is drawn in before a variance is taken
NO_ANSWER = (REFUSED, NO_MLE, NOT_IDENTIFIABLE)
ROUNDING = 1e-9
NAMED = 5  # models and reasons told in the diagnostics
NORMAL = NormalDist()
Floats = NDArray[np.float64]


class Distribution(Protocol):
    """What a method knows of the total beyond three numbers: values with their probabilities.

    `totals` and `probabilities` have one shape (m,) and the probabilities add to one; a total may be infinite (a
    bootstrap replicate without an estimate). The posterior of `decomposable.posterior` is one; so is `Weighted`.
    """

    @property
    def totals(self) -> Floats:
        """Values of the total."""

    @property
    def probabilities(self) -> Floats:
        """The probability of each."""


class Estimator(Protocol):
    """Any method of the room: its estimate, or its estimate with the distribution it summarises."""

    def __call__(
        self, table: OverlapTable, /, *, level: float, seed: np.random.SeedSequence
    ) -> Estimate | tuple[Estimate, Distribution | None]:
        """The answer for one table."""


@dataclass(frozen=True, eq=False)
class Weighted:
    """Totals and their probabilities, shape (m,) each; `sampled` if they say how an estimate scatters about itself.

    A bootstrap does: its middle is the estimate's plus the estimate's own bias. A posterior does not.
    """

    totals: Floats
    probabilities: Floats
    sampled: bool = False


@dataclass(frozen=True, eq=False)
class _Drawn:
    """One distinct table among the draws: how often it came, its answer and its distribution, None if refused."""

    table: OverlapTable
    times: int
    estimate: Estimate
    distribution: Weighted | None
    kind: str


def equal_weights(totals: Iterable[float], *, sampled: bool = False) -> Weighted:
    """Bootstrap replicates (`sampled`) or posterior draws as a distribution; infinite ones stay."""
    values = np.asarray(list(totals), dtype=np.float64)
    return Weighted(values, np.full(len(values), 1.0 / max(len(values), 1)), sampled)


def average(
    table: OverlapTable, estimator: Estimator, *, level: float = 0.95, seed: int | np.random.SeedSequence = 1
) -> tuple[Estimate, Draws]:
    """Run a method on every draw of a table and pool the answers.

    The pooled total is the median of the mixture, its interval the central one of the mixture: of posteriors or of
    bootstrap replicates where the method gives them, otherwise of lognormal distributions of the unseen count fitted
    to each draw's total and limits; points alone where a draw has no limits, which then carry only what the linkage
    leaves open. Where bootstrap replicates are given, the total is the median of the draws' own estimates and the
    limits are corrected for the share of replicates below them (Efron 1987, section 3, without acceleration).
    Identical tables are computed once. Each distinct table has its own seed, so that Monte Carlo errors average out.

    Refused draws are never dropped: their share of the distribution may lie anywhere, so the interval is widened
    until it holds at `level` even if all of it lay outside. Above 5 % (or 1 - level, if less), the answer is
    refused. `within` is the mean over draws of each one's variance, its outermost 0.05 % at either end drawn in, and
    `between` the variance of the draws' totals; the standard error is that of Rubin 1987, their sum with `between`
    times 1 + 1/draws. Raises BadTable without draws, or with draws on other lists.
    """
    if not table.draws:
        raise BadTable("The table has no draws of a linkage to average over; estimate it as it stands.")
    if any(draw.k != table.k for draw in table.draws):
        raise BadTable("The draws of the linkage have different numbers of lists; draw all from the same lists.")
    drawn = _run(table.draws, estimator, level, seed)
    pooled = _pool(drawn, level)
    return pooled, _draws(table.draws, drawn, pooled, level)


def combine(pooled: Sequence[tuple[Estimate, Draws]]) -> Draws:
    """The draws of the first method with the variances of all: what a report shows of several averaged methods."""
    first = pooled[0][1]
    within = {method: value for _, draws in pooled for method, value in draws.within.items()}
    between = {method: value for _, draws in pooled for method, value in draws.between.items()}
    return replace(first, within=within, between=between)


# --- one answer a distinct table ----------------------------------------------------------


def _key(table: OverlapTable) -> tuple[Any, ...]:
    return table.lists, table.counts.tobytes(), table.censored


def _run(
    draws: Sequence[OverlapTable], estimator: Estimator, level: float, seed: int | np.random.SeedSequence
) -> dict[tuple[Any, ...], _Drawn]:
    """Every distinct table's answer, in the order of first appearance."""
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    times = Counter(_key(draw) for draw in draws)
    first: dict[tuple[Any, ...], OverlapTable] = {}
    for draw in draws:
        first.setdefault(_key(draw), draw)
    found = {}
    for number, (key, draw) in enumerate(first.items()):
        own = np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, number))
        answer = estimator(draw, level=level, seed=own)
        estimate, distribution = answer if isinstance(answer, tuple) else (answer, None)
        found[key] = _Drawn(draw, times[key], estimate, *_known(draw, estimate, distribution))
    return found


def _known(table: OverlapTable, estimate: Estimate, given: Distribution | None) -> tuple[Weighted | None, str]:
    """The distribution of a draw's total and where it comes from; None for a refused draw."""
    if estimate.total is None or estimate.verdict in NO_ANSWER:
        return None, "refused"
    if given is not None:
        return _thinned(given), "distribution"
    if estimate.lower is None or estimate.upper is None:
        return equal_weights([estimate.total]), "point"
    return approximate(estimate, table.n), "lognormal"


@lru_cache(maxsize=1)
def _normal_quantiles() -> Floats:
    """Standard normal quantiles of equally probable parts."""
    return np.array([NORMAL.inv_cdf((i + 0.5) / ATOMS) for i in range(ATOMS)])


def approximate(estimate: Estimate, observed: int) -> Weighted:
    """A distribution with the median and the limits of an estimate: the unseen count is lognormal on either side.

    The shape of Chao 1987 with its own spread below and above the total, as limits of a bootstrap or of a profile are
    not symmetric even in the logarithm. Needs a total and both limits.
    """
    if estimate.total is None or estimate.lower is None or estimate.upper is None:
        raise ValueError("an estimate without limits has no distribution to approximate")
    start = min(float(observed), estimate.lower, estimate.total) - 0.5
    middle = log(estimate.total - start)
    wide = NORMAL.inv_cdf((1.0 + estimate.level) / 2.0)
    below = max(0.0, middle - log(estimate.lower - start)) / wide
    above = max(0.0, log(estimate.upper - start) - middle) / wide
    z = _normal_quantiles()
    return equal_weights(start + np.exp(middle + np.where(z < 0.0, below, above) * z))


def _thinned(given: Distribution) -> Weighted:
    """At most `ATOMS` equally probable values in place of many."""
    totals, chances = np.asarray(given.totals, float), np.asarray(given.probabilities, float)
    sampled = isinstance(given, Weighted) and given.sampled
    if len(totals) <= ATOMS:
        return Weighted(totals, chances / chances.sum(), sampled)
    shares = (np.arange(ATOMS) + 0.5) / ATOMS
    return equal_weights(_quantiles(Weighted(totals, chances), shares), sampled=sampled)


# --- the mixture --------------------------------------------------------------------------


def _quantiles(given: Weighted, shares: Floats) -> Floats:
    """The smallest values that are not exceeded with these probabilities."""
    order = np.argsort(given.totals, kind="stable")
    below = np.cumsum(given.probabilities[order])
    at = np.searchsorted(below, shares * below[-1] * (1.0 - 1e-12))
    return np.asarray(given.totals[order][np.minimum(at, len(order) - 1)])


def _mixture(answered: Sequence[_Drawn]) -> Weighted:
    """All draws' values, each weighted by how often its table was drawn."""
    times = sum(one.times for one in answered)
    known = [(one.times / times, one.distribution) for one in answered if one.distribution is not None]
    return Weighted(
        np.concatenate([one.totals for _, one in known]),
        np.concatenate([share * one.probabilities for share, one in known]),
    )


def _variance(given: Weighted) -> float | None:
    """The variance with the outermost values drawn in; None where even those are infinite."""
    low, high = _quantiles(given, np.array([TRIMMED, 1.0 - TRIMMED]))
    if not isfinite(high):
        return None
    inside = np.clip(given.totals, low, high)
    return float(given.probabilities @ np.square(inside - given.probabilities @ inside))


def _within(answered: Sequence[_Drawn]) -> float | None:
    """The mean variance inside the draws; None where a draw has none."""
    if any(one.kind == "point" for one in answered):
        return None
    parts = [(one.times, _variance(one.distribution)) for one in answered if one.distribution is not None]
    values = [(times, value) for times, value in parts if value is not None]
    if len(values) < len(parts) or not values:
        return None
    return sum(times * value for times, value in values) / sum(times for times, _ in values)


def _between(answered: Sequence[_Drawn]) -> float | None:
    """The variance of the draws' totals, with one degree of freedom fewer; None for a single draw."""
    totals = [(one.estimate.total, one.times) for one in answered if one.estimate.total is not None]
    points = np.repeat([total for total, _ in totals], [times for _, times in totals])
    return float(np.var(points, ddof=1)) if len(points) > 1 else None


# --- the pooled answer --------------------------------------------------------------------


def _pool(drawn: dict[tuple[Any, ...], _Drawn], level: float) -> Estimate:
    every = list(drawn.values())
    answered = [one for one in every if one.distribution is not None]
    draws = sum(one.times for one in every)
    refused = 1.0 - sum(one.times for one in answered) / draws
    method = every[0].estimate.method
    diagnostics = _diagnostics(every, answered)
    if refused > min(REFUSE_ABOVE, 1.0 - level) + ROUNDING or not answered:
        why = f"{_percent(refused)} of {draws:,} linkage draws gave no answer: {_commonest(every)}"
        return Estimate(method, level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)
    lower, total, upper = _middle(answered, max(0.0, 1.0 - refused - level) / 2.0 / (1.0 - refused))
    if not isfinite(upper):
        why = "The upper end of the pooled interval is infinite: too many replicates of the draws had no estimate."
        return Estimate(method, level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)
    cautions = list(_cautions(every, draws))
    return Estimate(
        method=method,
        model=_one_model(answered),
        total=total,
        lower=lower,
        upper=upper,
        level=level,
        standard_error=_standard_error(diagnostics, draws),
        verdict=CAUTION if cautions else FINE,
        reason=" ".join(cautions),
        diagnostics=diagnostics,
    )


def _middle(answered: Sequence[_Drawn], tail: float) -> tuple[float, float, float]:
    """The lower limit, the total and the upper limit, each limit with a share of `tail` beyond it."""
    mixture = _mixture(answered)
    if not all(one.distribution is not None and one.distribution.sampled for one in answered):
        lower, total, upper = (float(x) for x in _quantiles(mixture, np.array([tail, 0.5, 1.0 - tail])))
        return lower, total, upper
    own = Weighted(np.array([one.estimate.total for one in answered]), np.array([float(one.times) for one in answered]))
    total = float(_quantiles(own, np.array([0.5]))[0])
    shares = corrected(_below(answered), tail)
    lower, upper = (float(x) for x in _quantiles(mixture, np.array(shares)))
    return min(lower, total), total, max(upper, total)


def _below(answered: Sequence[_Drawn]) -> float:
    """The share of replicates below their own draw's estimate, those equal to it by half."""
    below, times = 0.0, 0.0
    for one in answered:
        if one.distribution is not None and one.estimate.total is not None:
            values, chances = one.distribution.totals, one.distribution.probabilities
            near = np.abs(values - one.estimate.total) <= ROUNDING * one.estimate.total
            below += one.times * float(chances @ ((values < one.estimate.total) & ~near) + 0.5 * (chances @ near))
            times += one.times
    return below / times


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.995 else f"{100 * share:.0f} %"


def _commonest(every: Sequence[_Drawn]) -> str:
    """What most refused draws said."""
    return max(_reasons(every).items(), key=lambda pair: pair[1], default=("no reason was given.", 0))[0]


def _reasons(every: Sequence[_Drawn]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in every:
        if one.distribution is None:
            found[one.estimate.reason or "no reason was given."] += one.times
    return found


def _cautions(every: Sequence[_Drawn], draws: int) -> Iterator[str]:
    """What a reader of the pooled answer must know."""
    refused = sum(one.times for one in every if one.distribution is None)
    if refused:
        why = _commonest(every).rstrip(".")
        yield f"{refused:,} of {draws:,} linkage draws gave no answer ({why}); the interval allows for them."
    if any(one.kind == "point" for one in every):
        yield "The method gives no limits for a draw: the interval holds the doubt about the linkage only."
    told: Counter[str] = Counter()
    for one in every:
        if one.distribution is not None and one.estimate.verdict != FINE:
            told[one.estimate.reason] += one.times
    if told:
        reason, _ = told.most_common(1)[0]
        yield f"A caution holds for {sum(told.values()):,} of {draws:,} linkage draws: {reason}"


def _standard_error(diagnostics: dict[str, Any], draws: int) -> float | None:
    within, between = diagnostics["within"], diagnostics["between"]
    if within is None or between is None:
        return None
    return float(np.sqrt(within + (1.0 + 1.0 / draws) * between))


def _one_model(answered: Sequence[_Drawn]) -> str | None:
    """The model of all draws, if they have the same."""
    models = {one.estimate.model for one in answered}
    return models.pop() if len(models) == 1 else None


def _diagnostics(every: Sequence[_Drawn], answered: Sequence[_Drawn]) -> dict[str, Any]:
    draws = sum(one.times for one in every)
    models: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for one in every:
        kinds[one.kind] += one.times
        if one.estimate.model is not None and one.distribution is not None:
            models[one.estimate.model] += one.times
    return {
        "draws": draws,
        "distinct_tables": len(every),
        "refused": kinds["refused"],
        "refused_because": [{"reason": why, "draws": times} for why, times in _reasons(every).most_common(NAMED)],
        "distributions": {kind: times for kind, times in sorted(kinds.items()) if kind != "refused"},
        "within": _within(answered),
        "between": _between(answered) if answered else None,
        "models": [{"model": model, "share": times / draws} for model, times in models.most_common(NAMED)],
        "n_observed_mean": sum(one.times * one.table.n for one in every) / draws,
    }


def _draws(
    tables: Sequence[OverlapTable], drawn: dict[tuple[Any, ...], _Drawn], pooled: Estimate, level: float
) -> Draws:
    observed = equal_weights(float(table.n) for table in tables)
    low, high = _quantiles(observed, np.array([(1.0 - level) / 2.0, (1.0 + level) / 2.0]))
    return Draws(
        draws=len(tables),
        refused=int(pooled.diagnostics["refused"]),
        n_observed_lower=float(low),
        n_observed_upper=float(high),
        estimates=tuple(replace(drawn[_key(table)].estimate, diagnostics={}) for table in tables),
        within={pooled.method: pooled.diagnostics["within"]},
        between={pooled.method: pooled.diagnostics["between"]},
    )
