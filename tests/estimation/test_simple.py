"""Closed forms: published examples, derivations by hand, and what happens at the edges."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from testimonia.estimation.examples import load
from testimonia.estimation.intervals import lognormal
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.simple import chao, lincoln_petersen, lincoln_petersen_pairs, sample_coverage
from testimonia.estimation.table import OverlapTable

# Chao et al. 2001, Statistics in Medicine 20:3123, Table II: an outbreak of hepatitis A, three sources.
HEPATITIS = OverlapTable.from_counts(
    {"111": 28, "110": 21, "101": 17, "100": 69, "011": 18, "010": 55, "001": 63}, ["P", "Q", "E"]
)
MSE = Path(__file__).parents[2].parent / "shared" / "mse"


def expected(odds: list[float], unseen: float) -> OverlapTable:
    """The table that independent lists with these odds would give on average, rounded to people."""
    k = len(odds)
    counts = [round(unseen * math.prod(odds[i] for i in range(k) if cell >> i & 1)) for cell in range(1 << k)]
    return OverlapTable(tuple("ABCDEFGH"[:k]), np.array([0, *counts[1:]]))


def test_sample_coverage_of_hepatitis_a_is_as_published() -> None:
    """Coverage 51.3 %, 407 under independence, 508 in one step, 971 solved for; refused below 55 %."""
    found = sample_coverage(HEPATITIS)
    assert found.verdict == REFUSED and found.total is None and "51%" in found.reason
    assert found.diagnostics["coverage"] == pytest.approx(0.513, abs=5e-4)
    rounded = [round(found.diagnostics[name]) for name in ("independent", "one_step", "dependent")]
    assert rounded == [407, 508, 971]


def test_sample_coverage_of_independent_lists_is_their_total() -> None:
    """With independent lists every version of the estimate is the true total."""
    table = expected([2.0, 1.0, 3.0, 1.5], 10_000)
    found = sample_coverage(table)
    assert found.verdict == FINE
    assert found.total == pytest.approx(table.n + 10_000, rel=1e-3)
    for name in ("independent", "one_step", "dependent"):
        assert found.diagnostics[name] == pytest.approx(table.n + 10_000, rel=1e-3)


def test_the_standard_error_of_sample_coverage_is_that_of_repeated_tables() -> None:
    """Delta method against 4,000 multinomial tables."""
    table = expected([2.0, 1.0, 3.0], 200)
    total = table.n + 200
    shares = np.array([200, *table.counts[1:]]) / total
    drawn = np.random.default_rng(7).multinomial(total, shares, size=4_000)
    totals = [sample_coverage(table.with_counts(np.array([0, *row[1:]]))).total for row in drawn]
    found = sample_coverage(table).standard_error
    assert found == pytest.approx(np.std([one for one in totals if one is not None]), rel=0.1)


def test_chao_is_n_plus_f1_squared_over_twice_f2_for_few_lists() -> None:
    """By hand: f1 = 69 + 55 + 63 = 187, f2 = 21 + 17 + 18 = 56, and two thirds of f1^2 / (2 f2)."""
    found = chao(HEPATITIS)
    assert found.total == pytest.approx(271 + 2 / 3 * 187**2 / 112)
    assert found.diagnostics["many_lists"] == pytest.approx(271 + 187**2 / 112)
    assert "lower bound" in found.reason


@pytest.mark.skipif(not MSE.exists(), reason="the published tables are not beside this project")
def test_chao_of_the_hares_is_as_published() -> None:
    """79.8 (Baillargeon & Rivest 2007, J. Statist. Softw. 19(5), lower bound of the heterogeneity model)."""
    assert chao(OverlapTable.read_csv(MSE / "hare6.csv")).total == pytest.approx(79.8, abs=0.05)


@pytest.mark.parametrize("odds", [[0.3, 0.3, 0.3], [0.2, 0.2, 0.2, 0.2, 0.2]])
def test_chao_is_exact_where_lists_are_independent_and_alike(odds: list[float]) -> None:
    """Then f1 = k u o and f2 = k (k-1) / 2 u o^2, so that the bound is n + u."""
    table = expected(odds, 100_000)
    assert chao(table).total == pytest.approx(table.n + 100_000, rel=1e-3)


def test_the_bound_for_unlike_lists_is_exact_where_lists_are_independent() -> None:
    """The plain bound overshoots lists of different size; the one with an effect a list does not."""
    table = expected([0.5, 0.05, 0.2, 0.1], 1_000_000)
    found = chao(table)
    assert found.diagnostics["lists_differ"] == pytest.approx(table.n + 1_000_000, rel=1e-3)
    assert found.total is not None and found.total > table.n + 1_000_000


def test_the_bound_for_unlike_lists_is_the_maximum_of_its_likelihood() -> None:
    """Against SciPy: Poisson cells of those on one or two lists."""

    def deviance(x: np.ndarray) -> float:
        means = {c: math.exp(x[0] + sum(x[1 + i] for i in range(3) if c >> i & 1)) for c in (1, 2, 4, 3, 5, 6)}
        return sum(mean - int(HEPATITIS.counts[cell]) * math.log(mean) for cell, mean in means.items())

    best = minimize(
        deviance, np.array([5.0, -1, -1, -1]), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-11}
    )
    assert chao(HEPATITIS).diagnostics["lists_differ"] == pytest.approx(271 + math.exp(best.x[0]), rel=1e-5)


def test_chao_without_people_on_exactly_two_lists_refuses() -> None:
    """There is nothing to divide by."""
    found = chao(OverlapTable.from_counts({"100": 5, "010": 5, "001": 5, "111": 1}))
    assert found.verdict == REFUSED and found.total is None and "exactly two" in found.reason


def test_lincoln_petersen_by_hand() -> None:
    """P and Q: 135 and 122 people, 49 on both: Chapman 136 * 123 / 50 - 1 and Seber's variance."""
    first = lincoln_petersen_pairs(HEPATITIS)[0]
    assert first.model == "[1,2]"
    assert first.total == pytest.approx(136 * 123 / 50 - 1)
    assert first.standard_error == pytest.approx(math.sqrt(136 * 123 * 86 * 73 / (50**2 * 51)))
    seen = 135 + 122 - 49
    unseen = 136 * 123 / 50 - 1 - seen
    assert first.standard_error is not None
    factor = math.exp(1.959963985 * math.sqrt(math.log(1 + first.standard_error**2 / unseen**2)))
    assert (first.lower, first.upper) == pytest.approx((seen + unseen / factor, seen + unseen * factor))


def test_the_pair_to_stand_for_all_is_the_one_known_best() -> None:
    """The smallest relative standard error; all pairs stand in the diagnostics."""
    found = lincoln_petersen(HEPATITIS)
    pairs = lincoln_petersen_pairs(HEPATITIS)
    assert {pair.verdict for pair in pairs} == {FINE}
    errors = {pair.model: (pair.standard_error or 0) / (pair.total or 1) for pair in pairs}
    assert found.model == min(errors, key=lambda model: errors[model])
    assert [row["model"] for row in found.diagnostics["pairs"]] == ["[1,2]", "[1,3]", "[2,3]"]


def test_a_pair_that_estimates_fewer_than_were_recorded_is_a_caution() -> None:
    """Two lists that feed each other say 20; 100 more are on the third."""
    table = OverlapTable.from_counts({"110": 18, "100": 1, "010": 1, "001": 100, "111": 1})
    first = lincoln_petersen_pairs(table)[0]
    assert first.verdict == CAUTION and "already recorded" in first.reason


def test_lists_without_a_common_person_give_no_pair() -> None:
    """Each pair refuses, and so does the whole."""
    apart = OverlapTable.from_counts({"100": 5, "010": 5, "001": 5})
    assert {pair.verdict for pair in lincoln_petersen_pairs(apart)} == {REFUSED}
    assert lincoln_petersen(apart).total is None
    assert sample_coverage(apart).verdict == REFUSED


def test_an_overcounted_cell_is_a_caution_wherever_it_enters() -> None:
    """Scotland's fourth list: pairs without it are fine, and one of them stands for all."""
    table = load("scotpwid4")
    assert chao(table).verdict == CAUTION and "too high" in chao(table).reason
    pairs = {pair.model: pair.verdict for pair in lincoln_petersen_pairs(table)}
    assert {model for model, verdict in pairs.items() if verdict == CAUTION} == {"[1,4]", "[2,4]", "[3,4]"}
    assert lincoln_petersen(table).model == "[1,3]"


def test_identical_lists_leave_nobody_unseen() -> None:
    """Zero variance is an interval of one point, not a division by zero."""
    same = OverlapTable.from_counts({"111": 10})
    found = lincoln_petersen(same)
    assert (found.total, found.lower, found.upper) == (10, 10, 10)


@pytest.mark.parametrize("counts", [{"100": 1, "011": 1}, {"100": 14, "010": 11, "001": 3, "101": 1_000_000}])
def test_a_singular_sample_coverage_equation_is_refused(counts: dict[str, int]) -> None:
    """The factor of the total is nil, exactly or but for rounding: no division by zero, no total of 10^21 people."""
    found = sample_coverage(OverlapTable.from_counts(counts))
    assert found.verdict == REFUSED and found.total is None and "no sensible solution" in found.reason


def test_a_lognormal_interval_never_falls_below_those_seen() -> None:
    """Chao 1987: the unseen part is lognormal; by hand for variance e - 1 and one person unseen."""
    lower, upper = lognormal(100, 101, math.e - 1, 0.95)
    assert (lower, upper) == pytest.approx((100 + math.exp(-1.959963985), 100 + math.exp(1.959963985)))
    assert lognormal(100, 100, 5.0, 0.95) == (100, 100)


@given(
    st.integers(3, 5).flatmap(lambda k: st.lists(st.integers(0, 1000), min_size=(1 << k) - 1, max_size=(1 << k) - 1))
)
def test_no_table_gives_nonsense(counts: list[int]) -> None:
    """Every number is finite; an interval holds its estimate; a refusal has a reason and no number."""
    table = OverlapTable(tuple("ABCDE"[: (len(counts) + 1).bit_length() - 1]), np.array([0, *counts]))
    for found in (chao(table), sample_coverage(table), lincoln_petersen(table), *lincoln_petersen_pairs(table)):
        assert sane(found)


def sane(found: Estimate) -> bool:
    numbers = (found.total, found.lower, found.upper)
    if found.verdict == REFUSED:
        return numbers == (None, None, None) and bool(found.reason)
    total, lower, upper = numbers
    assert total is not None and lower is not None and upper is not None
    return math.isfinite(total) and math.isfinite(upper) and lower <= total * (1 + 1e-12) <= upper * (1 + 1e-9)
