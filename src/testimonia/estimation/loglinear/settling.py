"""Fits that rounding stopped short: counts that span many orders of magnitude, finished by orthogonal steps.

The compiled kernel solves the normal equations from sums and differences of means, which is fast and, for tables of
people, exact to the digits that matter. With a cell of millions beside cells of one the differences cancel. Here the
same Newton step is the least-squares solution of the weighted design, whose error grows with the condition of the
design and not with its square (Golub & Van Loan 2013, section 5.3).
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.kernel import Work, begin
from testimonia.estimation.loglinear.lattice import superset_sums

__all__ = ["polish", "settled"]

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]

CLOSE = 1e-7  # a margin of the fit may be off by this share of the observed one, or of one person
STEPS = 60


def settled(counts: Floats, inside: Flags, work: Work) -> bool:
    """Whether the means in `work.mu` have the observed margins, which is what a maximum of the likelihood has."""
    observed, fitted = counts.copy(), work.mu.copy()
    superset_sums(observed)
    superset_sums(fitted)
    return bool((np.abs(fitted - observed) <= CLOSE * np.maximum(1.0, observed))[inside == 1].all())


def polish(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work) -> float:
    """Newton steps by orthogonal decomposition from `beta`, which is replaced; the log-likelihood but for its constant.

    Arrays of 2**k by mask, as in `kernel`. `work.mu` holds the means afterwards; ask `settled` whether they will do.
    """
    cells, terms = np.flatnonzero(used), np.flatnonzero(inside)
    design = ((terms[None, :] & cells[:, None]) == terms[None, :]).astype(np.float64)
    value, coefficients = begin(counts, beta, work), beta[terms].copy()
    for _ in range(STEPS):
        if settled(counts, inside, work):
            break
        root = np.sqrt(np.maximum(work.mu[cells], 1e-300))
        step = np.linalg.lstsq(root[:, None] * design, (counts[cells] - work.mu[cells]) / root, rcond=None)[0]
        value = _along(counts, beta, terms, coefficients, step, work, value)
        coefficients = beta[terms].copy()
    return value


def _along(
    counts: Floats, beta: Floats, terms: NDArray[np.intp], old: Floats, step: Floats, work: Work, value: float
) -> float:
    """Go along the step, half as far while the likelihood falls by more than rounding does."""
    slack, scale, new = 1e-13 * (1.0 + abs(value)), 1.0, -inf
    while scale > 1e-6:
        beta[terms] = old + scale * step
        new = begin(counts, beta, work)
        if new >= value - slack:
            return new
        scale *= 0.5
    beta[terms] = old
    return begin(counts, beta, work)
