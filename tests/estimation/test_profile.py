"""Profile intervals, against the same computed in another way: complete tables, NumPy, no compiled code.

For each number of unseen people the table is complete, and the model is fitted to it; the likelihood of the total
is that of the multinomial table at that fit (Cormack 1992, Biometrics 48:567-576; Evans, Kim & O'Brien 1996). The
interval holds the totals whose likelihood is within half the chi-square quantile of the largest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import lgamma

import numpy as np
import pytest
from numpy.typing import NDArray

from testimonia.estimation import examples
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import parse

HALF_QUANTILE = 3.841458820694124 / 2
FURTHEST = 1e4  # times the people observed: beyond, the interval has no upper end

Floats = NDArray[np.float64]


def profile(table: OverlapTable, terms: Sequence[int]) -> tuple[float, float | None]:
    """The 95 % interval by profile likelihood; no upper end where the likelihood does not fall enough.

    Terms whose lists share nobody are at minus infinity: they and the cells above them leave the model.
    """
    dead = [term for term in terms if term and not table.size(term)]
    cells = [cell for cell in range(1 << table.k) if not any(cell & term == term for term in dead)]
    kept = [term for term in terms if term not in dead]
    design = np.array([[float(cell & term == term) for term in kept] for cell in cells])
    counts = table.counts[cells].astype(np.float64)
    height = likelihood(design, counts)
    top = table.n * FURTHEST
    best = highest(height, top)
    level = height(best) - HALF_QUANTILE
    lower = 0.0 if height(0.0) > level else crossing(height, level, 0.0, best)
    upper = None if height(top) > level else crossing(lambda x: -height(x), -level, best, top)
    return table.n + lower, None if upper is None else table.n + upper


def likelihood(design: Floats, counts: Floats) -> Callable[[float], float]:
    """The profile log-likelihood as a function of the unseen, each fit begun at the one before."""
    n = float(counts[1:].sum())
    beta: Floats = np.asarray(np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0], np.float64)

    def height(unseen: float) -> float:
        nonlocal beta
        full = counts.copy()
        full[0] = unseen
        beta = fitted(design, full, beta)
        shares = design @ beta - np.log(n + unseen)
        return float(full @ shares) + lgamma(n + unseen + 1) - lgamma(unseen + 1)

    return height


def fitted(design: Floats, counts: Floats, beta: Floats) -> Floats:
    """Poisson regression by Newton's method, half as far while the likelihood falls."""
    value = -np.inf
    for _ in range(100):
        means = np.exp(np.minimum(design @ beta, 60.0))
        score = design.T @ (counts - means)
        step = np.linalg.lstsq(design.T @ (means[:, None] * design), score, rcond=None)[0]
        scale, value = 1.0, float(counts @ (design @ beta) - means.sum())
        while scale > 1e-6:
            trial = design @ (beta + scale * step)
            if trial.max() < 60.0 and float(counts @ trial - np.exp(trial).sum()) >= value - 1e-9 * abs(value):
                break
            scale /= 2
        beta = beta + scale * step
        if float(score @ step) < 1e-10:
            break
    return beta


def highest(height: Callable[[float], float], top: float) -> float:
    """Where the likelihood is largest: golden section on the logarithm of the unseen."""
    ratio, low, high = (5**0.5 - 1) / 2, 0.0, float(np.log1p(top))
    while high - low > 1e-5:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if height(float(np.expm1(left))) > height(float(np.expm1(right))) else (left, high)
    return float(np.expm1((low + high) / 2))


def crossing(rising: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a rising function passes a level, by halving on the logarithm."""
    below, above = float(np.log1p(low)), float(np.log1p(high))
    while above - below > 1e-5:
        middle = (below + above) / 2
        below, above = (below, middle) if rising(float(np.expm1(middle))) > level else (middle, above)
    return float(np.expm1((below + above) / 2))


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("korea3", "[12,23]"),
        ("korea3", "[1,2,3]"),
        ("australia4", "[12,23,24]"),
        ("uk5", "[123,25,34]"),
        ("uk5", "[12,13,24,25,35,45]"),
        ("neworleans5", "[1,2,3,4,5]"),
        ("uk6", "[12,13,25,35,36,45]"),
    ],
)
def test_the_interval_is_that_of_the_complete_tables(name: str, model: str) -> None:
    """Both ends, to a tenth of a person in a thousand."""
    table = examples.load(name)
    terms = parse(model, table.k)
    found = fit_model(table, terms).interval()
    assert found is not None
    assert found == pytest.approx(profile(table, terms), rel=1e-4)
