"""Profile intervals against a plain maximisation of the multinomial likelihood."""

from __future__ import annotations

from math import lgamma, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.terms import parse

KOREA = np.array([0, 5, 5, 54, 41, 6, 0, 12], float)


def likelihood(counts: Any, unseen: float) -> float:
    """log N! - sum log n_c! + sum n_c log p_c with independent lists at their best chances, sizes / N."""
    n = counts.sum()
    total = n + unseen
    lists = range(counts.size.bit_length() - 1)
    size = [sum(counts[c] for c in range(1, counts.size) if c >> i & 1) for i in lists]
    fits = sum(s * log(s / total) + (total - s) * log(1 - s / total) for s in size)
    return float(lgamma(total + 1) - lgamma(unseen + 1) + fits)


def test_the_interval_under_independence_is_where_the_multinomial_likelihood_has_dropped(published: Any) -> None:
    counts = published("uk5").counts.astype(float)
    top = minimize_scalar(lambda x: -likelihood(counts, x), bounds=(10, 1e6), method="bounded", options={"xatol": 1e-6})

    def drop(x: float) -> float:
        return float(likelihood(counts, x) + top.fun + 1.959963984540054**2 / 2)

    expected = (2744 + brentq(drop, 10, top.x), 2744 + brentq(drop, top.x, 1e6))
    assert fit_model(counts, ()).interval(0.95) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("name", "low", "high"), [("uk5", 12_004, 15_160), ("netherlands5", 48_641, 57_777)])
def test_independence_has_about_the_published_interval(published: Any, name: str, low: int, high: int) -> None:
    """Binette & Steorts 2022, table 4, by another profile likelihood: within a fifth of a percent."""
    assert fit_model(published(name), ()).interval() == pytest.approx((low, high), rel=0.002)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(1, 60), min_size=7, max_size=7).map(lambda x: np.array([0, *x], float)),
    model=st.sampled_from(["[1]", "[12,3]", "[12,23]", "[12,13,23]"]),
)
def test_intervals_hold_the_estimate_and_grow_with_the_level(counts: Any, model: str) -> None:
    fit = fit_model(counts, parse(model, 3))
    narrow, wide = fit.interval(0.8), fit.interval(0.99)
    assert fit.total is not None and narrow and wide and narrow[1] and wide[1]
    assert counts.sum() <= wide[0] <= narrow[0] <= fit.total * 1.01 + 1
    assert fit.total * 0.99 - 1 <= narrow[1] <= wide[1]


def test_nobody_unseen_can_lie_inside() -> None:
    """Where every pair of lists overlaps almost entirely, the lower end is the people seen."""
    counts = np.array([0, 1, 1, 5, 1, 5, 5, 300], float)
    fit = fit_model(counts, ())
    assert (fit.interval() or (0,))[0] == pytest.approx(counts.sum(), abs=0.05)


def test_the_ends_are_far_where_one_person_is_all_the_overlap() -> None:
    fit = fit_model(np.array([0, 50, 60, 1, 70, 2, 1, 0], float), parse("[13,23]", 3))
    low, high = fit.interval() or (None, None)
    assert low and high and fit.total and low < fit.total / 3 and high > 6 * fit.total


def test_the_interval_does_not_depend_on_the_scale_of_the_search() -> None:
    """Korea, lists 1 and 3 independent given 2: from the closed form of the conditional table."""
    a, b, c = 6.0, 5.0, 41.0  # on both, on the first only, on the second only, among those not on list 2

    def height(x: float) -> float:
        n = a + b + c + x
        rows, columns = (a + b, c + x), (a + c, b + x)
        fitted = sum(r * log(r / n) for r in rows) + sum(q * log(q / n) for q in columns)
        rest = 54.0 + 5 + 12
        total = n + rest
        return fitted + n * log(n / total) - rest * log(total) + lgamma(total + 1) - lgamma(x + 1)

    top = minimize_scalar(lambda x: -height(x), bounds=(1, 500), method="bounded", options={"xatol": 1e-7})
    ends = [
        brentq(lambda x: height(x) + top.fun + 1.959963984540054**2 / 2, *span) for span in ((0.1, top.x), (top.x, 900))
    ]
    assert fit_model(KOREA, parse("[12,23]", 3)).interval() == pytest.approx((123 + ends[0], 123 + ends[1]), rel=1e-6)
