"""One log-linear model fitted to a table, with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isfinite, lgamma, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.kernel import fit, start, variance, workspace
from testimonia.estimation.loglinear.models import flags
from testimonia.estimation.loglinear.profile import profile_ends
from testimonia.estimation.loglinear.verdicts import exists, margins, remaining
from testimonia.estimation.results import FINE, NO_MLE, NOT_IDENTIFIABLE
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, closure

__all__ = ["REASONS", "Fit", "fit_model", "saturated"]

STRICT = 1e-16  # squared Newton decrement before the last step of a single fit
STEPS = 100

REASONS = {
    FINE: "",
    NO_MLE: "The extended maximum-likelihood estimate does not exist: empty cells push the fit to the edge, and the "
    "unseen cell could be anything.",
    NOT_IDENTIFIABLE: "Once the terms with no data are gone, the model has a parameter for every cell that is left, "
    "the unseen one included: nothing observed says how large that one is.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A hierarchical log-linear model fitted by maximum likelihood to the observed cells.

    `mu`: means of the 2**k cells, the unseen cell 0 included; cells above a term of zero margin are 0. `beta`:
    coefficients by term mask, minus infinity for terms of zero margin, 0 for terms that are not in the model. The
    log-likelihood is Poisson, factorials included; BIC takes log n with n people observed, and `parameters` counts
    every term, the intercept and those at minus infinity included. `total` is n + mu[0]; `standard_error` that of
    the total, sqrt(m + m^2 v) with m = mu[0] and v the variance of log m (delta method; Bishop, Fienberg & Holland
    1975, section 6.4). Where the verdict is not fine, `unseen`, `total` and `standard_error` are None, and the
    deviance is that of the supremum of the likelihood.

    Assumes that the interactions left out of the model are absent, the one of all lists among them: no data on the
    same lists can test that, and the total is wrong in proportion where it fails.
    """

    counts: NDArray[np.float64]
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

        None without an estimate; the upper end is None where the likelihood never falls far enough.
        """
        if self.unseen is None:
            return None
        used, inside = self._flags()
        used[0] = 1
        counts, beta = self.counts.copy(), np.where(inside, self.beta, 0.0)
        work = workspace(counts.size.bit_length() - 1, len(self.terms))
        drop = 0.5 * NormalDist().inv_cdf((1.0 + level) / 2.0) ** 2
        low, high = profile_ends(counts, used, inside, beta, work, self.unseen, drop)
        n = float(self.counts.sum())
        return n + low, n + high if isfinite(high) else None

    def _flags(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Used cells and finite terms."""
        model = flags(self.terms, self.counts.size.bit_length() - 1)
        used, inside = np.zeros_like(model), np.zeros_like(model)
        remaining(margins(self.counts), model, used, inside)
        return used, inside


def saturated(counts: NDArray[np.float64]) -> float:
    """The largest value of sum(count * eta - mu): what a log-likelihood without its constant falls short of."""
    found = counts[counts > 0]
    return float((found * (np.log(found) - 1.0)).sum())


def fit_model(table: OverlapTable | NDArray[np.float64], terms: Iterable[int]) -> Fit:
    """Fit the hierarchical model that these terms generate (main effects are always in) to a table of any k lists.

    `table` may be an array of 2**k counts by pattern, whose cell 0 is ignored; counts may be fractional.
    """
    counts = np.array(table.counts if isinstance(table, OverlapTable) else table, np.float64)
    counts[0] = 0.0
    k = counts.size.bit_length() - 1
    chosen = closure(terms, k)
    model = flags(chosen, k)
    used, inside, beta = np.zeros_like(model), np.zeros_like(model), np.zeros_like(counts)
    identified = remaining(margins(counts), model, used, inside)
    work = workspace(k, len(chosen))
    if not identified:
        return _answer(counts, chosen, model, inside, beta, np.where(used, counts, 0.0), saturated(counts), None)
    start(counts, used, inside, beta, work)
    value, _, _ = fit(counts, used, inside, beta, work, STRICT, STEPS)
    mu = work.mu.copy()
    spread = variance(used, inside, work) if exists(counts, used, inside) else inf
    return _answer(counts, chosen, model, inside, beta, mu, value, spread)


def _answer(
    counts: NDArray[np.float64],
    terms: tuple[int, ...],
    model: NDArray[np.uint8],
    inside: NDArray[np.uint8],
    beta: NDArray[np.float64],
    mu: NDArray[np.float64],
    value: float,
    spread: float | None,
) -> Fit:
    """Gather a fit; `spread` is the variance of log unseen, None where not identified, infinite without estimate."""
    n, p = float(counts.sum()), len(terms)
    loglik = value - sum(lgamma(count + 1.0) for count in counts)
    verdict = NOT_IDENTIFIABLE if spread is None else FINE if np.isfinite(spread) else NO_MLE
    unseen = float(np.exp(beta[0])) if verdict == FINE else None
    if unseen is not None:
        mu[0] = unseen
    beta = np.where(model.astype(bool) & ~inside.astype(bool), -inf, beta)
    return Fit(
        counts=counts,
        terms=terms,
        beta=beta,
        mu=mu,
        parameters=p,
        deviance=max(0.0, 2.0 * (saturated(counts) - value)),
        loglik=loglik,
        aic=-2.0 * loglik + 2.0 * p,
        aicc=-2.0 * loglik + 2.0 * p * n / (n - p - 1) if n > p + 1 else None,
        bic=-2.0 * loglik + p * log(n),
        unseen=unseen,
        total=None if unseen is None else n + unseen,
        standard_error=None if unseen is None or spread is None else sqrt(unseen + unseen**2 * spread),
        variance=spread if verdict == FINE else None,
        verdict=verdict,
        reason=REASONS[verdict],
    )
