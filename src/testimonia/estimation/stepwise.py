"""Forward selection of two-list effects, with a bootstrap that selects anew for every replicate.

The procedure of Chan, Silverman & Vincent 2021 (JASA 116:1297-1306, sections 3.2 and 3.3). It starts with the
independence model. For each pair of lists that is not in the model yet, the people on both lists, N*, are compared
with what the model expects, a Poisson mean: the p-value is one-sided, P(X >= N*) where there are more than
expected and P(X <= N*) otherwise, so that a pair without overlap has exp(-mean). The smallest p-value enters, if it
is at most the threshold, unless the larger model has no extended maximum-likelihood estimate or is not identifiable.

Assumption: given the chosen pairs, nothing else ties the lists together, in the unseen people as in the others. An
interaction of three lists, or a pair whose effect is too weak to be seen, shifts the total and the interval does
not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import lgamma
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import merged, njit
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.loglinear.kernel import Work, start, workspace
from testimonia.estimation.loglinear.scan import judged
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, margins, remaining
from testimonia.estimation.resampling import Plan, Seed, censored, frequencies, plan, resample, spread, streams
from testimonia.estimation.results import REFUSED, Estimate
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, main_effects

__all__ = ["Selection", "replicate_totals", "select", "stepwise"]

TOLERANCE = 1e-9  # the squared Newton decrement with which a fit ends

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Selection:
    """What the selection comes to on many tables of the same k lists.

    `totals`: float64, shape (tables,), infinite where even independence has no estimate. `effects`: uint8, shape
    (tables, pairs), 1 where the pair is in the model; `pairs`: the terms of the columns. `loglik`: the Poisson
    log-likelihood but for the constant sum(log count!).
    """

    totals: Floats
    effects: Flags
    pairs: tuple[int, ...]
    loglik: Floats

    def terms(self, row: int, k: int) -> tuple[int, ...]:
        """The terms of the model chosen for a table."""
        return (*main_effects(k), *(pair for pair, chosen in zip(self.pairs, self.effects[row], strict=True) if chosen))


@njit
def log_tail(observed: float, mean: float) -> float:
    """The logarithm of the one-sided Poisson p-value: at least, or at most, as many as observed."""
    if mean <= 0.0:
        return 0.0 if observed <= 0.0 else -np.inf
    total, part, count = 1.0, 1.0, observed
    upper = observed > mean
    while part > 1e-16 * total and (upper or count > 0.0):
        if upper:
            count += 1.0
            part *= mean / count
        else:
            part *= count / mean
            count -= 1.0
        total += part
    return float(observed * np.log(mean) - mean - lgamma(observed + 1.0) + np.log(total))


@merged
def _expected(used: Flags, mu: Floats, pair: int) -> float:
    """How many people the fit expects on both lists of a pair."""
    total = 0.0
    for cell in range(used.size):
        if used[cell] and cell & pair == pair:
            total += mu[cell]
    return total


@njit
def _next(used: Flags, mu: Floats, margin: Floats, pairs: NDArray[np.int64], chosen: Flags, logs: Floats) -> None:
    """Write the logarithm of the p-value of every pair that is not in the model."""
    for index in range(pairs.size):
        logs[index] = np.inf
        if not chosen[index]:
            logs[index] = log_tail(margin[pairs[index]], _expected(used, mu, pairs[index]))


@merged
def _warm(beta: Floats, before: Floats, inside: Flags, pair: int, gain: float) -> None:
    """Start the larger model at the smaller one's coefficients, the new one at the logarithm of its misfit."""
    for term in range(beta.size):
        beta[term] = before[term] * inside[term]
    if inside[pair]:
        beta[pair] = gain


@merged
def _select(
    counts: Floats, threshold: float, pairs: NDArray[np.int64], chosen: Flags, work: Work
) -> tuple[float, float]:
    """Select pairs for one table, marking them in `chosen`; the unseen, and the log-likelihood but for its constant."""
    size = counts.size
    margin = margins(counts)
    model, used, inside = np.zeros(size, np.uint8), np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    mu, beta, trial, logs = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(pairs.size)
    model[0] = 1
    bit = 1
    while bit < size:
        model[bit] = 1
        bit *= 2
    if not remaining(margin, model, used, inside) or not start(counts, used, inside, beta, work):
        return np.inf, -np.inf
    value, verdict = judged(counts, used, inside, beta, work, TOLERANCE)
    if verdict != ADMISSIBLE:
        return np.inf, -np.inf
    mu[:] = work.mu
    _next(used, mu, margin, pairs, chosen, logs)
    while pairs.size:
        best = np.argmin(logs)
        pair = pairs[best]
        if not logs[best] <= np.log(threshold):
            break
        logs[best] = np.inf
        model[pair] = 1
        gain = np.log(margin[pair] / _expected(used, mu, pair)) if margin[pair] > 0.0 else 0.0
        identified = remaining(margin, model, used, inside)
        if identified:
            _warm(trial, beta, inside, pair, gain)
            new, verdict = judged(counts, used, inside, trial, work, TOLERANCE)
            if verdict == ADMISSIBLE:
                chosen[best] = 1
                value = new
                beta[:] = trial
                mu[:] = work.mu
                _next(used, mu, margin, pairs, chosen, logs)
                continue
        model[pair] = 0
        remaining(margin, model, used, inside)
    return np.exp(beta[0]), value


@njit
def _select_all(
    tables: NDArray[np.int64],
    threshold: float,
    pairs: NDArray[np.int64],
    work: Work,
    effects: Flags,
    totals: Floats,
    loglik: Floats,
) -> None:
    """Select for every table."""
    for row in range(tables.shape[0]):
        counts = tables[row].astype(np.float64)
        unseen, loglik[row] = _select(counts, threshold, pairs, effects[row], work)
        totals[row] = counts.sum() + unseen


def select(tables: NDArray[np.int64], threshold: float = 0.02) -> Selection:
    """Run the selection on many tables at once: int64, shape (tables, 2**k).

    `threshold`: the largest p-value that enters; 0 keeps independence. Nothing is random.
    """
    count, size = tables.shape
    k = size.bit_length() - 1
    pairs = tuple((1 << i) | (1 << j) for i, j in combinations(range(k), 2))
    found = Selection(np.zeros(count), np.zeros((count, len(pairs)), np.uint8), pairs, np.zeros(count))
    work = workspace(k, 1 + k + len(pairs))
    _select_all(
        np.ascontiguousarray(tables, dtype=np.int64),
        max(float(threshold), 1e-300),
        np.array(pairs, np.int64),
        work,
        found.effects,
        found.totals,
        found.loglik,
    )
    return found


def replicate_totals(table: OverlapTable, *, seed: Seed = 1, replicates: int = 1000, threshold: float = 0.02) -> Floats:
    """The totals of the bootstrap replicates of a table, selection included; infinite where there is no estimate."""
    return select(resample(table, replicates, streams(seed, 2)[0]), threshold).totals


def stepwise(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: Seed = 1,
    replicates: int = 1000,
    threshold: float = 0.02,
) -> Estimate:
    """Forward selection of two-list effects with a BCa interval that carries the selection.

    Chan, Silverman & Vincent 2021, sections 3.2-3.3; 0.02 is the threshold their simulations favour. Refused where
    the independence model itself has no estimate, or the interval where more than 5 % of the bootstrap tables have
    none. Assumes that lists depend on one another by pairs only, and that each such pair shows in the counts: strong
    dependence that the threshold misses biases the total, and in their simulations the 95 % interval held the truth
    in 90 % of tables.
    """
    if why := censored(table):
        return Estimate("stepwise", level=level, verdict=REFUSED, reason=why)
    draws, errors = streams(seed, 2)
    tables = plan(table, replicates, draws)
    found = select(tables.tables, threshold)
    settings = {"p_value": threshold}
    if not np.isfinite(found.totals[0]):
        fit = fit_model(table, ())
        return Estimate(
            "stepwise", fit.model, level=level, verdict=fit.verdict, reason=fit.reason, diagnostics=settings
        )
    interval = tables.interval(found.totals, level, errors)
    terms = found.terms(0, table.k)
    fit = fit_model(table, terms)
    return Estimate(
        "stepwise",
        bracket(terms),
        float(found.totals[0]),
        interval.lower,
        interval.upper,
        level,
        standard_error=spread(found.totals[tables.replicates]),
        aic=fit.aic,
        bic=fit.bic,
        verdict=interval.verdict,
        reason=interval.reason,
        diagnostics={**settings, **interval.diagnostics(), **_chosen(found, tables, table.k)},
    )


def _chosen(found: Selection, tables: Plan, k: int) -> dict[str, Any]:
    """How often which model was selected in the replicates."""
    rows = range(tables.replicates.start, len(tables.tables))
    return frequencies(bracket(found.terms(row, k)) for row in rows if np.isfinite(found.totals[row]))
