"""One log-linear model fitted to a table, with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, isfinite, lgamma, log, log1p, nan, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.censored import censored_spread, fit_censored, known
from testimonia.estimation.loglinear.kernel import fit, start, variance, workspace
from testimonia.estimation.loglinear.models import flags
from testimonia.estimation.loglinear.profile import profile_ends
from testimonia.estimation.loglinear.settling import polish, settled
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_EXISTING, exists, margins, remaining
from testimonia.estimation.results import FINE, NO_MLE, NOT_IDENTIFIABLE, REFUSED
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, closure

__all__ = ["REASONS", "Fit", "cells", "fit_model", "saturated"]

STRICT = 1e-16  # squared Newton decrement before the last step of a single fit
STEPS = 100
HIGHEST = 700.0  # logarithm of a mean that can still be written

REASONS = {
    FINE: "",
    NO_MLE: "The extended maximum-likelihood estimate does not exist: empty cells push the fit to the edge, and the "
    "unseen cell could be anything.",
    NOT_IDENTIFIABLE: "Once the terms with no data are gone, the model has a parameter for every cell that is left, "
    "the unseen one included: nothing observed says how large that one is.",
    REFUSED: "The counts span so many orders of magnitude that rounding decides the answer; check the largest count.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A hierarchical log-linear model fitted by maximum likelihood to the observed cells.

    `mu`: means of the 2**k cells, the unseen cell 0 included; cells above a term of zero margin are 0. `beta`:
    coefficients by term mask, minus infinity for terms of zero margin, 0 for terms that are not in the model. The
    log-likelihood is Poisson, factorials included; BIC takes log n with n people observed, and `parameters` counts
    every term, the intercept and those at minus infinity included. `total` is n + mu[0]; `standard_error` that of
    the total, sqrt(m + m^2 v) with m = mu[0] and v the variance of log m (delta method; Bishop, Fienberg & Holland
    1975, section 6.4). Where cells are censored, the people who belong to them count as `unseen`, and `loglik`
    holds the probability of a count at most theirs (see `censored`). Where the verdict is not fine, `unseen`,
    `total` and `standard_error` are None, and the deviance nears that of the supremum of the likelihood.

    Assumes that the interactions left out of the model are absent, the one of all lists among them: no data on the
    same lists can test that, and the total is wrong in proportion where it fails.
    """

    counts: NDArray[np.float64]
    censored: frozenset[int]
    terms: tuple[int, ...]
    beta: NDArray[np.float64]
    mu: NDArray[np.float64]
    parameters: int
    deviance: float
    loglik: float
    aic: float
    aicc: float | None
    bic: float
    unseen: float | None
    total: float | None
    standard_error: float | None
    variance: float | None
    verdict: str
    reason: str

    @property
    def model(self) -> str:
        """The model in bracket form, `[123,25,34]`."""
        return bracket(self.terms)

    @property
    def degrees(self) -> int:
        """Cells that the model can miss: used cells less finite parameters; 0 for a model that fits exactly."""
        used, inside = self._flags()
        return int(used.sum()) - int(inside.sum())

    @property
    def infinite(self) -> tuple[int, ...]:
        """The terms at minus infinity: what their lists have in common is nobody."""
        return tuple(term for term in self.terms if self.beta[term] == -inf)

    def interval(self, level: float = 0.95) -> tuple[float, float | None] | None:
        """The profile-likelihood interval of the total, the model taken as given (Cormack 1992).

        None without an estimate; the upper end is None where the likelihood never falls far enough. With censored
        cells the interval is that of a lognormal with the standard error.
        """
        if self.unseen is None:
            return None
        if self.censored:
            return self._lognormal(level)
        used, inside = self._flags()
        used[0] = 1
        counts, beta = self.counts.copy(), np.where(inside, self.beta, 0.0)
        work = workspace(counts.size.bit_length() - 1, len(self.terms))
        drop = 0.5 * NormalDist().inv_cdf((1.0 + level) / 2.0) ** 2
        low, high = profile_ends(counts, used, inside, beta, work, self.unseen, drop)
        low, high = min(low, self.unseen), max(high, self.unseen)  # they part by rounding only
        n = float(self.counts.sum())
        return n + low, n + high if isfinite(high) else None

    def _lognormal(self, level: float) -> tuple[float, float] | None:
        """The interval by the standard error, the unseen people taken as lognormal."""
        if self.unseen is None or self.total is None or self.standard_error is None:
            return None
        spread = sqrt(log1p((self.standard_error / self.unseen) ** 2))
        factor = exp(NormalDist().inv_cdf((1.0 + level) / 2.0) * spread)
        certain = self.total - self.unseen
        return certain + self.unseen / factor, certain + self.unseen * factor

    def _flags(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Used cells and finite terms."""
        model = flags(self.terms, self.counts.size.bit_length() - 1)
        used, inside = np.zeros_like(model), np.zeros_like(model)
        certain = self.counts.copy()
        certain[list(self.censored)] = 0.0
        remaining(margins(certain), model, used, inside)
        return used, inside


def cells(table: OverlapTable | NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """The counts by pattern, the unseen cell empty, and which of them are upper bounds."""
    counts = np.array(table.counts if isinstance(table, OverlapTable) else table, np.float64)
    counts[0] = 0.0
    censored = np.zeros(counts.size, np.uint8)
    if isinstance(table, OverlapTable):
        censored[list(table.censored)] = 1
    return counts, censored


def saturated(counts: NDArray[np.float64]) -> float:
    """The largest value of sum(count * eta - mu): what a log-likelihood without its constant falls short of."""
    found = counts[counts > 0]
    return float((found * (np.log(found) - 1.0)).sum())


def fit_model(table: OverlapTable | NDArray[np.float64], terms: Iterable[int]) -> Fit:
    """Fit the hierarchical model that these terms generate (main effects are always in) to a table of any k lists.

    `table` may be an array of 2**k counts by pattern, whose cell 0 is ignored; counts may be fractional.
    """
    counts, censored = cells(table)
    k = counts.size.bit_length() - 1
    chosen = closure(terms, k)
    model = flags(chosen, k)
    used, inside, beta = np.zeros_like(model), np.zeros_like(model), np.zeros_like(counts)
    certain = known(counts, censored)
    if not remaining(margins(certain), model, used, inside):
        mu = np.where(used, certain, 0.0)
        return _gather(counts, censored, chosen, inside, beta, mu, saturated(certain), NOT_IDENTIFIABLE, nan, nan)
    work = workspace(k, len(chosen))
    start(counts, used, inside, beta, work)
    if censored.any():
        value, verdict = fit_censored(counts, censored, used, inside, beta, work)
    else:
        value = fit(counts, used, inside, beta, work, STRICT, STEPS)[0]
        verdict = ADMISSIBLE if exists(counts, used, inside) else NOT_EXISTING
        if verdict == ADMISSIBLE and not settled(counts, inside, work):
            value = polish(counts, used, inside, beta, work)
    mu, unseen, spread = work.mu.copy(), nan, nan
    if verdict == ADMISSIBLE and censored.any():
        unseen, spread = censored_spread(counts, censored, used, inside, beta, work)
    elif verdict == ADMISSIBLE:
        unseen, spread = float(np.exp(min(beta[0], HIGHEST))), variance(used, inside, work)
    said = FINE if isfinite(spread) else NO_MLE
    if said == FINE and not censored.any() and not settled(counts, inside, work):
        said = REFUSED
    return _gather(counts, censored, chosen, inside, beta, mu, value, said, unseen, spread)


def _gather(
    counts: NDArray[np.float64],
    censored: NDArray[np.uint8],
    terms: tuple[int, ...],
    inside: NDArray[np.uint8],
    beta: NDArray[np.float64],
    mu: NDArray[np.float64],
    value: float,
    verdict: str,
    unseen: float,
    spread: float,
) -> Fit:
    """Put a fit together; numbers that the verdict does not allow are left out."""
    n, p, certain = float(counts.sum()), len(terms), known(counts, censored)
    loglik = value - sum(lgamma(count + 1.0) for count in certain)
    fine = verdict == FINE
    mu[0] = np.exp(beta[0]) if fine else 0.0
    beta[[term for term in terms if not inside[term]]] = -inf
    return Fit(
        counts=counts,
        censored=frozenset(int(cell) for cell in np.flatnonzero(censored)),
        terms=terms,
        beta=beta,
        mu=mu,
        parameters=p,
        deviance=max(0.0, 2.0 * (saturated(certain) - value)),
        loglik=loglik,
        aic=-2.0 * loglik + 2.0 * p,
        aicc=-2.0 * loglik + 2.0 * p * n / (n - p - 1) if n > p + 1 else None,
        bic=-2.0 * loglik + p * log(max(n, 1.0)),
        unseen=unseen if fine else None,
        total=float(certain.sum()) + unseen if fine else None,
        standard_error=sqrt(unseen + unseen**2 * spread) if fine else None,
        variance=spread if fine else None,
        verdict=verdict,
        reason=REASONS[verdict],
    )
