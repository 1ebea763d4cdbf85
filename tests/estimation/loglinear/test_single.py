"""One fit: published values, definitions, what a change of names must not change."""

from __future__ import annotations

from itertools import permutations
from math import inf, lgamma, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.loglinear.models import every, terms_of
from testimonia.estimation.results import FINE, NOT_IDENTIFIABLE
from testimonia.estimation.terms import closure, parse

KOREA = np.array([0, 5, 5, 54, 41, 6, 0, 12], float)  # Ball, Shin & Yang 2018, figure 1


@pytest.mark.parametrize(
    ("name", "model", "total", "criterion", "value"),
    [
        ("korea3", "[12,23]", 157.1666667, "bic", 57.14080988),
        ("australia4", "[12,23,24]", 6496.008695, "bic", 114.1275484),
        ("uk5", "[123,25,34]", 25311.29061, "bic", 195.8791056),
        ("uk5", "[124,234,15,25,35,45]", 5551.769, "aic", 123.6134641),
        ("neworleans5", "[1,2,3,4,5]", 1034.151065, "bic", 96.85152421),
        ("netherlands5", "[135,12,24,34]", 148788.759, "bic", 219.1707295),
        ("anomaly5", "[12,13,45]", 620.4703622, "bic", 200.1285452),
        ("uk6", "[12,13,25,35,36,45]", 12349.58695, "bic", 244.1193457),
    ],
)
def test_reference_fits_are_met_to_the_digits_printed(
    published: Any, name: str, model: str, total: float, criterion: str, value: float
) -> None:
    """Totals and criteria of Poisson fits with factorials, BIC with log n, n people observed: reference runs in R."""
    table = published(name)
    fit = fit_model(table, parse(model, table.k))
    assert fit.model == model
    assert fit.total == pytest.approx(total, rel=5e-10 if total != 5551.769 else 5e-7)
    assert getattr(fit, criterion) == pytest.approx(value, rel=5e-10)


@pytest.mark.parametrize(("name", "total"), [("uk5", 13_444), ("netherlands5", 52_924), ("australia4", 827)])
def test_independence_is_as_published(published: Any, name: str, total: int) -> None:
    """Binette & Steorts 2022, table 4."""
    assert round(fit_model(published(name), ()).total or 0) == total


def test_the_numbers_of_a_fit_follow_from_its_means() -> None:
    fit = fit_model(KOREA, parse("[12,23]", 3))
    seen, mu = KOREA[1:], fit.mu[1:]
    poisson = sum(y * log(m) - m - lgamma(y + 1) for y, m in zip(seen, mu, strict=True))
    away = 2 * sum((y * log(y / m) if y else 0) - y + m for y, m in zip(seen, mu, strict=True))
    assert (fit.loglik, fit.deviance) == pytest.approx((poisson, away))
    assert (fit.aic, fit.bic) == pytest.approx((-2 * poisson + 12, -2 * poisson + 6 * log(123)))
    assert fit.aicc == pytest.approx(fit.aic + 2 * 6 * 7 / (123 - 7))
    assert (fit.degrees, fit.parameters, fit.infinite) == (1, 6, ())


def test_the_standard_error_is_that_of_two_lists_where_the_rest_does_not_matter() -> None:
    """n1 n3 (n1 + n13) (n3 + n13) / n13^3 among those not on list 2 (Sekar & Deming 1949)."""
    fit = fit_model(KOREA, parse("[12,23]", 3))
    assert fit.standard_error == pytest.approx(sqrt(5 * 41 * (5 + 6) * (41 + 6) / 6**3))


def test_a_term_without_data_is_at_minus_infinity_and_still_counts() -> None:
    counts = np.array([0, 40, 30, 6, 20, 0, 0, 0], float)
    fit = fit_model(counts, parse("[13,23]", 3))
    assert (fit.infinite, fit.parameters, fit.degrees) == ((5, 6), 6, 0)
    assert [fit.beta[5], fit.beta[6], fit.mu[5], fit.mu[6], fit.mu[7]] == [-inf, -inf, 0, 0, 0]
    assert fit.total == pytest.approx(96 + 40 * 30 / 6)


def test_what_the_verdict_does_not_allow_is_not_given() -> None:
    fit = fit_model(np.array([0, 40, 30, 6, 20, 0, 0, 0], float), parse("[12,13,23]", 3))
    assert (fit.verdict, fit.total, fit.unseen, fit.standard_error, fit.variance) == (NOT_IDENTIFIABLE, *[None] * 4)
    assert fit.interval() is None
    assert "nothing observed says" in fit.reason


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 50), min_size=15, max_size=15).map(lambda x: np.array([0, *x], float)),
    model=st.sampled_from(every(4).tolist()).map(terms_of),
    names=st.permutations(range(4)),
)
def test_the_order_of_the_lists_does_not_matter(counts: Any, model: Any, names: Any) -> None:
    def moved(mask: int) -> int:
        return sum(1 << names[i] for i in range(4) if mask >> i & 1)

    other = np.zeros(16)
    for cell in range(16):
        other[moved(cell)] = counts[cell]
    first, second = fit_model(counts, model), fit_model(other, [moved(term) for term in model])
    assert first.verdict == second.verdict
    assert first.deviance == pytest.approx(second.deviance, rel=1e-6, abs=1e-5)
    if first.verdict == FINE:
        assert first.total == pytest.approx(second.total, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(0, 50), min_size=7, max_size=7).map(lambda x: np.array([0, *x], float)))
def test_no_number_is_ever_nan(counts: Any) -> None:
    if not counts.any():
        return
    for number in every(3).tolist():
        fit = fit_model(counts, terms_of(number))
        numbers = [fit.deviance, fit.loglik, fit.aic, fit.bic, fit.total, fit.standard_error, *(fit.interval() or ())]
        assert all(x is None or np.isfinite(x) for x in numbers)


def test_adding_a_term_never_raises_the_deviance() -> None:
    for first, second in permutations((0b011, 0b101, 0b110), 2):
        smaller, larger = fit_model(KOREA, (first,)), fit_model(KOREA, closure((first, second), 3))
        assert larger.deviance <= smaller.deviance + 1e-6


def test_a_table_of_eight_lists_can_be_fitted(published: Any) -> None:
    """Chan, Silverman & Vincent 2021: [45] is the only pair that stepwise takes up; total 1,184."""
    fit = fit_model(published("neworleans8"), parse("[45]", 8))
    assert round(fit.total or 0) == 1_184


def test_counts_of_the_unseen_cell_are_ignored() -> None:
    counts = KOREA.copy()
    counts[0] = 999
    table = OverlapTable(("b", "c", "d"), KOREA.astype(np.int64))
    assert fit_model(counts, ()).total == fit_model(table, ()).total
