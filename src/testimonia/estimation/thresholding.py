"""Bayesian thresholding: pair effects with a normal prior, and those that the data hardly show dropped.

Silverman 2020 (JRSS A 183:691-736, section 6). The model is Poisson log-linear with every two-list effect. Prior:
flat on the intercept and the main effects, independent normal with mean 0 and standard deviation 1 on each two-list
effect. From the posterior, two-list effects whose mean is less than two standard deviations from zero are dropped,
and the posterior of what is left, under the same prior, is the answer.

Assumption: lists depend on one another by pairs only, and no more strongly than the prior allows: an effect of 2
(odds times seven) is already two prior standard deviations away. The interval is conditional on the effects that
stayed, so it does not carry the choice; the method is here for comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import lgamma
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.diagnostics import Convergence, converge
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.loglinear.kernel import subset_sums, superset_sums
from testimonia.estimation.resampling import Seed, streams
from testimonia.estimation.results import CAUTION, FINE, NO_MLE, REFUSED, Estimate
from testimonia.estimation.stepwise import log_tail
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, main_effects

__all__ = ["Posterior", "bayes_threshold", "posterior", "totals_of"]

CHAINS = 4
WARM_UP = 300
DRAWS = 5000  # of each chain; taken four times over where the chains have not met
FEWER = 2000  # of each chain beyond eight lists
ROUNDS = 3
NEAR = 0.1  # an effect this near the threshold could fall on either side with another seed
RIDGE = 1e-6  # in the whitening only: a list whose every cell is censored leaves its curvature singular
UNCOUNTABLE = 1e15  # beyond, a Poisson count is its mean

Floats = NDArray[np.float64]
Terms = NDArray[np.int64]


class Target(NamedTuple):
    """A posterior and its whitening: counts and flags over the cells, the rest over the terms of the model."""

    counts: Floats
    bounded: NDArray[np.uint8]
    terms: Terms
    precision: Floats
    mode: Floats
    scale: Floats


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws from the posterior of one model.

    `terms`: int64, the terms of the columns, the intercept first. `coefficients`: shape (chains, draws, terms).
    """

    terms: Terms
    coefficients: Floats
    accepted: float

    def ratios(self) -> Floats:
        """Posterior mean over standard deviation of each coefficient."""
        flat = self.coefficients.reshape(-1, self.terms.size)
        return np.asarray(flat.mean(axis=0) / flat.std(axis=0))


@njit
def _log_at_most(count: float, mean: float) -> float:
    """The logarithm of the probability that a Poisson number is at most `count`."""
    if count <= mean:
        return log_tail(count, mean)
    return float(np.log1p(-np.exp(log_tail(count + 1.0, mean))))


@njit
def _cell(count: float, eta: float, bounded: bool) -> tuple[float, float]:
    """The log-likelihood of a cell and its slope in the linear predictor; `bounded`: at most `count`."""
    mean = np.exp(eta)
    if not bounded:
        return count * eta - mean, count - mean
    below = _log_at_most(count, mean)
    return below, -mean * np.exp(count * eta - mean - lgamma(count + 1.0) - below)


@njit
def _density(target: Target, z: Floats, eta: Floats, slope: Floats, gradient: Floats) -> float:
    """The log posterior at whitened coefficients but for its constant, and its gradient."""
    beta = target.mode + target.scale @ z
    value = -0.5 * np.sum(target.precision * beta * beta)
    eta[:] = 0.0
    for index in range(beta.size):
        eta[target.terms[index]] = beta[index]
    subset_sums(eta)
    slope[0] = 0.0
    for cell in range(1, eta.size):
        part, slope[cell] = _cell(target.counts[cell], eta[cell], target.bounded[cell] > 0)
        value += part
    superset_sums(slope)
    beta *= -target.precision
    for index in range(beta.size):
        beta[index] += slope[target.terms[index]]
    gradient[:] = target.scale.T @ beta
    return float(value)


@njit
def _chain(target: Target, z: Floats, random: np.random.Generator, warm_up: int, out: Floats) -> float:
    """Hamiltonian Monte Carlo from `z`: whitened draws into `out`, shape (draws, terms); the mean acceptance.

    Paths of jittered length about a quarter turn; the step is tuned during the warm-up, which is not kept.
    """
    eta, slope = np.zeros(target.counts.size), np.zeros(target.counts.size)
    here, there = np.zeros(z.size), np.zeros(z.size)
    value = _density(target, z, eta, slope, here)
    size, kept = 0.3, 0.0
    for turn in range(warm_up + out.shape[0]):
        momentum = random.standard_normal(z.size)
        energy = value - 0.5 * np.sum(momentum * momentum)
        steps = max(1, int(random.uniform(0.6, 1.4) * 1.57 / size))
        at, there[:], moved = z.copy(), here, value
        for _ in range(steps):
            momentum += 0.5 * size * there
            at += size * momentum
            moved = _density(target, at, eta, slope, there)
            momentum += 0.5 * size * there
        gain = moved - 0.5 * np.sum(momentum * momentum) - energy
        chance = min(1.0, np.exp(gain)) if np.isfinite(gain) else 0.0
        if random.uniform(0.0, 1.0) < chance:
            z[:], here[:], value = at, there, moved
        if turn < warm_up:
            size = min(0.9, max(1e-3, size * np.exp((chance - 0.85) / (1.0 + turn) ** 0.6)))
        else:
            kept += chance
            out[turn - warm_up] = z
    return float(kept / max(1, out.shape[0]))


def _design(terms: Terms, size: int) -> Floats:
    """Which terms enter which observable cell: shape (2**k - 1, terms)."""
    cells = np.arange(1, size)[:, None]
    return np.array((cells & terms) == terms, np.float64)


def _laplace(counts: Floats, sure: NDArray[np.bool_], terms: Terms, precision: Floats) -> tuple[Floats, Floats]:
    """The posterior mode from the sure cells, and a factor of the covariance: coefficients = mode + scale @ normal."""
    matrix, seen = _design(terms, counts.size)[sure], counts[1:][sure]
    precision = np.maximum(precision, RIDGE)
    beta: Floats = np.array(np.linalg.lstsq(matrix, np.log(seen + 0.5), rcond=None)[0], np.float64)
    factor: Floats = np.eye(terms.size)
    for _ in range(200):
        mean = np.exp(np.minimum(matrix @ beta, 50.0))
        factor[:] = np.linalg.cholesky(matrix.T @ (mean[:, None] * matrix) + np.diag(precision))
        score = matrix.T @ (seen - mean) - precision * beta
        step = np.linalg.solve(factor.T, np.linalg.solve(factor, score))
        beta += step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-9:
            break
    return beta, np.array(np.linalg.inv(factor).T, np.float64, order="C")


def posterior(
    table: OverlapTable,
    terms: Sequence[int],
    *,
    prior_sd: float = 1.0,
    draws: int = DRAWS,
    randoms: Sequence[np.random.Generator],
) -> Posterior:
    """Draw from the posterior of a log-linear model, one chain for each generator, from dispersed starts.

    Prior: flat on terms of at most one list, normal with mean 0 and standard deviation `prior_sd` on the others. An
    over-counted (censored) cell enters as "at most so many". The posterior is log-concave, so it has one mode; it
    is proper where the independence model has a maximum-likelihood estimate. Hamiltonian Monte Carlo, whitened by
    the curvature at the mode.
    """
    counts, chosen = table.counts.astype(np.float64), np.array(sorted(terms), np.int64)
    precision = np.array([prior_sd**-2 if int(term).bit_count() > 1 else 0.0 for term in chosen])
    bounded = np.zeros(counts.size, np.uint8)
    bounded[list(table.censored)] = 1
    mode, scale = _laplace(counts, bounded[1:] == 0, chosen, precision)
    target = Target(counts, bounded, chosen, precision, mode, scale)
    white = np.zeros((len(randoms), draws, chosen.size))
    accepted = [
        _chain(target, 2.0 * random.standard_normal(chosen.size), random, WARM_UP, chain)
        for random, chain in zip(randoms, white, strict=True)
    ]
    return Posterior(chosen, mode + white @ scale.T, float(np.mean(accepted)))


def bayes_threshold(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: Seed = 1,
    threshold: float = 2.0,
    prior_sd: float = 1.0,
    draws: int | None = None,
) -> Estimate:
    """Bayesian thresholding of two-list effects (Silverman 2020, section 6): posterior median and central interval.

    Prior: flat on intercept and main effects, normal with mean 0 and `prior_sd` on two-list effects, in both fits.
    Effects whose posterior mean is under `threshold` posterior standard deviations from zero are dropped at once, and
    the rest is fitted again. The total counts the observed people and a Poisson draw of the unseen about its mean.
    Refused where the posterior is not proper (the independence model has no estimate) or the chains, from dispersed
    starts, have not met. A caution where an effect lies so near the threshold that another seed could decide
    otherwise. `draws` are those of each of the four chains. The interval is conditional on the effects kept: where
    the choice is in doubt it is too narrow.
    """
    proper = fit_model(table, ())
    if proper.verdict != FINE or any(table.size(1 << i) == 0 for i in range(table.k)):
        why = f"the posterior has no finite mass: {proper.reason or 'a list is empty.'}"
        return Estimate("bayes-threshold", level=level, verdict=NO_MLE, reason=why)
    *randoms, last = streams(seed, CHAINS + 1)
    draws = draws or (DRAWS if table.k <= 8 else FEWER)
    pairs = [(1 << i) | (1 << j) for i, j in combinations(range(table.k), 2)]
    full, first = _settled(table, (*main_effects(table.k), *pairs), prior_sd, draws, level, randoms)
    ratios = dict(zip(full.terms.tolist(), full.ratios().tolist(), strict=True))
    kept = [pair for pair in pairs if abs(ratios[pair]) >= threshold]
    final, second = _settled(table, (*main_effects(table.k), *kept), prior_sd, draws, level, randoms)
    diagnostics = {
        **_agreement((first, second)),
        "chains": CHAINS,
        "draws": int(final.coefficients.shape[0] * final.coefficients.shape[1]),
        "threshold": threshold,
        "prior_sd": prior_sd,
        "ratios": {bracket((pair,)): ratios[pair] for pair in pairs},
    }
    model = bracket((*main_effects(table.k), *kept))
    if not (first.reached() and second.reached()):
        why = "the chains did not come to the same answer, so that none of them can be trusted."
        return Estimate("bayes-threshold", model, level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)
    totals = totals_of(table, final, last)
    lower, total, upper = np.quantile(totals, [(1 - level) / 2, 0.5, (1 + level) / 2])
    near = [pair for pair in pairs if abs(abs(ratios[pair]) - threshold) < NEAR]
    return Estimate(
        "bayes-threshold",
        model,
        float(total),
        float(lower),
        float(upper),
        level,
        verdict=CAUTION if near else FINE,
        reason=_near(near),
        diagnostics=diagnostics,
    )


def _near(pairs: Iterable[int]) -> str:
    """The sentence about effects that could as well have been dropped, or kept."""
    named = ", ".join(bracket((pair,))[1:-1] for pair in pairs)
    return f"at the threshold, so that they could as well be in or out: two-list effects {named}." * bool(named)


def _settled(
    table: OverlapTable,
    terms: Sequence[int],
    prior_sd: float,
    draws: int,
    level: float,
    randoms: Sequence[np.random.Generator],
) -> tuple[Posterior, Convergence]:
    """A posterior and the worst agreement over its coefficients; four times the draws where chains have not met."""
    for _ in range(ROUNDS):
        found = posterior(table, terms, prior_sd=prior_sd, draws=draws, randoms=randoms)
        agreement = _worst(found.coefficients, level)
        if agreement.reached():
            break
        draws *= 4
    return found, agreement


def _worst(coefficients: Floats, level: float) -> Convergence:
    """The largest R-hat and smallest effective sizes over the coefficients."""
    each = [converge(coefficients[:, :, i], level) for i in range(coefficients.shape[2])]
    rhats, bulks, tails = ([getattr(one, name) for one in each] for name in ("rhat", "ess_bulk", "ess_tail"))
    if any(value is None for value in (*rhats, *bulks, *tails)):
        return Convergence(None, None, None)
    return Convergence(max(rhats), min(bulks), min(tails))


def _agreement(both: tuple[Convergence, Convergence]) -> dict[str, Any]:
    """The agreement of the chains in the answer, and that of the fit with all effects."""
    first, second = both
    return {
        "rhat": second.rhat,
        "ess_bulk": second.ess_bulk,
        "ess_tail": second.ess_tail,
        "rhat_all_effects": first.rhat,
        "ess_bulk_all_effects": first.ess_bulk,
    }


def totals_of(table: OverlapTable, found: Posterior, random: np.random.Generator) -> Floats:
    """Draws of the total: those recorded and sure, the unseen, and what censored cells really hold."""
    flat = found.coefficients.reshape(-1, found.terms.size)
    totals = table.n + _poisson(np.exp(flat[:, 0]), random)
    for cell in table.censored:
        from scipy.stats import poisson

        mean = np.exp(flat[:, (found.terms & cell) == found.terms].sum(axis=1))
        below = random.uniform(size=mean.size) * poisson.cdf(table.counts[cell], mean)
        totals += poisson.ppf(below, mean) - table.counts[cell]
    return totals


def _poisson(mean: Floats, random: np.random.Generator) -> Floats:
    """Poisson numbers; means too large to count stand for themselves."""
    countable = np.minimum(mean, UNCOUNTABLE)
    return np.where(mean < UNCOUNTABLE, random.poisson(countable), mean).astype(np.float64)
