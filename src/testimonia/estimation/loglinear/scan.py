"""Every model of a list of models fitted to one table, each from the fit of the model it extends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.loglinear.censored import censored_spread, fit_censored, known
from testimonia.estimation.loglinear.kernel import CONVERGED, Work, fit, start, variance
from testimonia.estimation.loglinear.verdicts import (
    ADMISSIBLE,
    NOT_EXISTING,
    NOT_IDENTIFIED,
    exists,
    margins,
    remaining,
)

__all__ = ["judged", "scan"]

CLEAR = 1e-5  # a mean that rounding could not have left above zero, up to a thousand people; more with more

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@njit
def judged(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, tolerance: float) -> tuple[float, int]:
    """Fit the terms that remain of an identifiable model; the log-likelihood but for its constant, and the verdict.

    The fit itself proves existence where its squared decrement ends below every mean of an empty cell (see
    `verdicts`); otherwise the linear programme decides.
    """
    value, decrement, status = fit(counts, used, inside, beta, work, tolerance, 60)
    least, people = np.inf, 0.0
    for cell in range(used.size):
        people += counts[cell]
        if used[cell] and counts[cell] <= 0.0:
            least = min(least, work.mu[cell])
    if status == CONVERGED and max(100.0 * decrement, CLEAR * max(1.0, 1e-3 * people)) < least:
        return value, ADMISSIBLE
    if status != CONVERGED and start(counts, used, inside, beta, work):  # led astray by where it began
        value = max(value, fit(counts, used, inside, beta, work, tolerance, 100)[0])
    if not exists(counts, used, inside):
        return value, NOT_EXISTING
    return value, ADMISSIBLE


@njit
def scan(
    counts: Floats,
    censored: Flags,
    codes: NDArray[np.uint64],
    work: Work,
    tolerance: float,
    out: Floats,
    verdicts: Flags,
) -> None:
    """Fit the models in `codes`, depth first, to counts of shape (2**k,), k at most 6.

    Writes per model to `out`, shape (4, models): log-likelihood but for its constant, parameters, unseen, variance
    of the logarithm of the unseen; and to `verdicts`. Where cells are censored, the people who belong to them count
    as unseen.
    """
    size = counts.size
    margin = margins(known(counts, censored))
    bounded = censored.sum() > 0
    fits = np.zeros((size + 1, size))
    sound = np.zeros(size + 1, np.uint8)
    model = np.zeros(size, np.uint8)
    used = np.zeros(size, np.uint8)
    inside = np.zeros(size, np.uint8)
    beta = np.zeros(size)
    for index in range(codes.size):
        parameters = 0
        for term in range(size):
            model[term] = (codes[index] >> np.uint64(term)) & np.uint64(1)
            parameters += model[term]
        identified = remaining(margin, model, used, inside)
        out[1, index] = parameters
        if index == 0 or not sound[parameters - 1]:
            start(counts, used, inside, beta, work)
        else:
            for term in range(size):
                beta[term] = fits[parameters - 1, term] * inside[term]
        if identified and bounded:
            value, verdict = fit_censored(counts, censored, used, inside, beta, work)
        elif identified:
            value, verdict = judged(counts, used, inside, beta, work, tolerance)
        else:
            value, verdict = 0.0, NOT_IDENTIFIED
            for cell in range(size):
                if used[cell] and counts[cell] > 0.0 and not censored[cell]:
                    value += counts[cell] * (np.log(counts[cell]) - 1.0)
        for term in range(size):
            fits[parameters, term] = beta[term]
        sound[parameters] = verdict == ADMISSIBLE
        out[0, index] = value
        out[2, index], out[3, index] = np.nan, np.nan
        if verdict == ADMISSIBLE and bounded:
            out[2, index], out[3, index] = censored_spread(counts, censored, used, inside, beta, work)
        elif verdict == ADMISSIBLE:
            out[2, index] = np.exp(beta[0])
            out[3, index] = variance(used, inside, work)
        verdicts[index] = verdict
