"""The posterior against published figures, against formulas written out for three lists, and against integration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.stats import beta as beta_distribution
from scipy.stats import betabinom, dirichlet_multinomial

from testimonia.errors import BadTable
from testimonia.estimation.decomposable import Grid, posterior
from testimonia.estimation.decomposable.grids import geometric_grid
from testimonia.estimation.examples import load
from testimonia.estimation.table import OverlapTable

SMALL = np.array([0, 3, 2, 2, 4, 1, 2, 1])
tables = st.lists(st.integers(0, 60), min_size=7, max_size=7).filter(lambda counts: sum(counts) > 0)


def table_of(counts: list[int] | NDArray[np.int64], lists: int = 3) -> OverlapTable:
    return OverlapTable(tuple(f"list {i + 1}" for i in range(lists)), np.asarray(counts, dtype=np.int64))


PUBLISHED = [
    # Binette & Steorts 2022, JRSS A 185:640-676: delta 2**-k, prior 1/N, 1,000 totals evenly spaced to 30 n.
    # Their graphs hold the complete one; in these four tables its weight is below 3e-5 and moves no printed digit.
    ("uk5", 23_016, 10_408, 33_481),
    ("netherlands5", 50_270, 41_616, 203_328),
    ("neworleans5", 869, 514, 1_763),
    ("australia4", 2_255, 1_186, 7_314),
]


@pytest.mark.parametrize(("name", "total", "lower", "upper"), PUBLISHED)
@pytest.mark.parametrize("saturated", [False, True])
def test_published_posteriors_come_out_on_their_grid(
    name: str, total: int, lower: int, upper: int, saturated: bool
) -> None:
    table = load(name)
    found = posterior(table, grid=np.linspace(1, 30 * table.n, 1_000), saturated=saturated)
    assert round(found.quantile(0.5)) == total
    assert [round(end) for end in found.interval()] == [lower, upper]


def test_a_grid_that_ends_early_says_what_it_leaves_out() -> None:
    """The published grid of netherlands5 ends at 247,000 people; our own goes on, and the upper end with it."""
    table = load("netherlands5")
    short = posterior(table, grid=np.linspace(1, 30 * table.n, 1_000))
    assert 0.005 < short.beyond < 0.05
    long = posterior(table)
    assert long.beyond < 1e-6
    assert long.interval()[1] > short.interval()[1]


def log_beta_binomial(recorded: float, of: float, weight: float) -> float:
    return (
        float(betabinom.logpmf(recorded, of, weight, weight))
        - math.lgamma(of + 1)
        + math.lgamma(recorded + 1)
        + math.lgamma(of - recorded + 1)
    )


def by_hand(counts: NDArray[np.int64], unseen: int, model: str, delta: float) -> float:
    """The log probability of a complete 2 x 2 x 2 table under five graphs, each written out for itself.

    Beta-binomial and Dirichlet-multinomial distributions of SciPy, their coefficients taken away, for the lists and
    for lists given others; then the coefficient of the whole table.
    """
    cells = counts.copy()
    cells[0] = unseen
    whole = cells.sum()
    bit = [np.array([cell >> i & 1 for cell in range(8)], dtype=bool) for i in range(3)]
    coefficient = math.lgamma(whole + 1) - sum(math.lgamma(count + 1) for count in cells)
    if model == "[123]":
        return float(dirichlet_multinomial.logpmf(cells, np.full(8, delta), whole))
    one, two, three = (float(cells[of].sum()) for of in bit)
    first = log_beta_binomial(one, whole, 4 * delta)
    second = log_beta_binomial(two, whole, 4 * delta)
    third = log_beta_binomial(three, whole, 4 * delta)
    if model == "[1,2,3]":
        return coefficient + first + second + third
    second_given_first = sum(
        log_beta_binomial(cells[side & bit[1]].sum(), cells[side].sum(), 2 * delta) for side in (bit[0], ~bit[0])
    )
    third_given_first = sum(
        log_beta_binomial(cells[side & bit[2]].sum(), cells[side].sum(), 2 * delta) for side in (bit[0], ~bit[0])
    )
    if model == "[12,3]":
        return coefficient + first + second_given_first + third
    if model == "[13,2]":
        return coefficient + first + third_given_first + second
    assert model == "[12,13]"
    return coefficient + first + second_given_first + third_given_first


@pytest.mark.parametrize("delta", [0.125, 0.5, 1.3])
def test_graphs_weigh_as_formulas_written_out_for_each(delta: float) -> None:
    """Ratios of evidence over all totals from n to n + 60, prior 1/N."""
    totals = SMALL.sum() + np.arange(61)
    found = posterior(table_of(SMALL), delta=delta, grid=np.arange(61.0), saturated=True)
    weights = {found.graphs.bracket(g): w for g, w in enumerate(found.graph_weights)}
    logs = {
        model: np.array([by_hand(SMALL, unseen, model, delta) for unseen in range(61)]) - np.log(totals)
        for model in ("[1,2,3]", "[12,3]", "[13,2]", "[12,13]", "[123]")
    }
    evidence = {model: np.exp(log).sum() for model, log in logs.items()}
    for model, mass in evidence.items():
        assert weights[model] / weights["[1,2,3]"] == pytest.approx(mass / evidence["[1,2,3]"], rel=1e-9)


def test_the_saturated_graph_has_the_posterior_of_its_dirichlet_multinomial() -> None:
    totals = SMALL.sum() + np.arange(200)
    logs = np.array([by_hand(SMALL, unseen, "[123]", 0.125) for unseen in range(200)]) - np.log(totals)
    with_it = posterior(table_of(SMALL), grid=np.arange(200.0), saturated=True)
    without = posterior(table_of(SMALL), grid=np.arange(200.0))
    share = with_it.graph_weights[-1]
    assert share == pytest.approx(without.saturated_weight)
    shape = np.exp(logs - logs.max())
    expected = share * shape / shape.sum() + (1.0 - share) * without.probabilities
    np.testing.assert_allclose(with_it.probabilities, expected, rtol=1e-9)


def test_independence_is_the_integral_over_list_probabilities() -> None:
    """Numerical integration of the likelihood over each list's chance, Beta(1/2, 1/2) in all for one prior person."""
    n = int(SMALL.sum())
    sizes = [int(sum(SMALL[cell] for cell in range(8) if cell >> i & 1)) for i in range(3)]

    def evidence(total: int) -> float:
        coefficient = math.comb(total, n)
        chances = [
            quad(lambda p, m=size: p**m * (1 - p) ** (total - m) * beta_distribution.pdf(p, 0.5, 0.5), 0, 1)[0]
            for size in sizes
        ]
        return float(coefficient * math.prod(chances) / total)

    found = posterior(table_of(SMALL), grid=np.arange(30.0), saturated=True)
    rows = [posterior(table_of(SMALL), grid=[float(unseen)]) for unseen in (0, 7, 19)]
    masses = [math.exp(one.log_evidence) * one.graph_weights[0] for one in rows]
    expected = [evidence(n + unseen) for unseen in (0, 7, 19)]
    for mass, value in zip(masses[1:], expected[1:], strict=True):
        assert mass / masses[0] == pytest.approx(value / expected[0], rel=1e-6)
    assert found.graph_weights.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["korea3", "spinabifida3"])
def test_the_wide_grid_gives_the_quantiles_of_all_integers(name: str) -> None:
    """Steps of 0.2 % of the unseen count against every whole number to the same end."""
    table = load(name)
    found = posterior(table)
    whole = posterior(table, grid=np.arange(found.grid.unseen[-1] + 1.0))
    for share in (0.025, 0.25, 0.5, 0.75, 0.975):
        assert found.quantile(share) == pytest.approx(whole.quantile(share), abs=0.5, rel=5e-4)
    assert found.log_evidence == pytest.approx(whole.log_evidence, abs=1e-5)
    np.testing.assert_allclose(found.graph_weights, whole.graph_weights, atol=1e-6)


@settings(deadline=None)
@given(st.integers(1, 10**6), st.sampled_from([10.0, 1e3]))
def test_the_widths_of_the_grid_count_every_integer(observed: int, multiple: float) -> None:
    grid = geometric_grid(observed, multiple)
    assert grid.unseen[0] == 0
    assert (np.diff(grid.unseen) >= 1).all()
    assert grid.widths.sum() == pytest.approx(grid.unseen[-1] + 1.0)
    assert (np.diff(grid.unseen) <= 0.002 * grid.unseen[1:] + 1.0).all()


def test_a_flat_prior_on_a_table_with_few_overlaps_has_no_upper_end() -> None:
    """Korea: with no prior weight against large totals the posterior does not end on any grid."""
    assert posterior(load("korea3"), prior="uniform").beyond > 0.5
    assert posterior(load("korea3")).beyond < 1e-3


def test_a_prior_with_an_end_leaves_nothing_beyond() -> None:
    table = load("korea3")
    found = posterior(table, prior=lambda totals: np.where(totals <= 300, -np.log(totals), -np.inf))
    assert found.beyond == 0.0
    assert found.quantile(0.9999) <= 300


def test_nobody_unseen_may_be_the_answer() -> None:
    """All of 400 people are on all three lists or on all but one: there is no room for others."""
    found = posterior(table_of([0, 0, 0, 20, 0, 20, 20, 340]))
    assert found.quantile(0.5) == 400
    assert found.interval()[0] == 400


@settings(max_examples=40, deadline=None)
@given(tables, st.permutations(range(3)))
def test_the_order_of_the_lists_does_not_matter(counts: list[int], order: list[int]) -> None:
    table = table_of([0, *counts])
    moved = np.zeros(8, dtype=np.int64)
    for cell in range(8):
        moved[sum(1 << order[i] for i in range(3) if cell >> i & 1)] = table.counts[cell]
    one, other = posterior(table), posterior(table_of(moved))
    np.testing.assert_allclose(one.probabilities, other.probabilities, rtol=1e-7, atol=1e-13)
    np.testing.assert_allclose(np.sort(one.graph_weights), np.sort(other.graph_weights), rtol=1e-7, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_a_posterior_is_a_distribution_on_totals_of_at_least_n(counts: list[int]) -> None:
    found = posterior(table_of([0, *counts]))
    assert found.probabilities.sum() == pytest.approx(1.0)
    assert (found.probabilities >= 0).all()
    assert found.graph_weights.sum() == pytest.approx(1.0)
    assert found.totals[0] == sum(counts)
    assert 0.0 <= found.beyond <= 1.0
    assert 0.0 <= found.saturated_weight <= 1.0
    shares = [0.0, 0.025, 0.5, 0.975, 1.0]
    ends = [found.quantile(share) for share in shares]
    assert ends == sorted(ends)
    assert ends[0] >= sum(counts)


def test_strong_dependence_of_a_pair_shows_in_the_weight_of_its_edge() -> None:
    """Two lists kept by the same office, the third apart: 2 and 3 joined, neither to 1."""
    joined = np.zeros((8,), dtype=np.int64)
    for cell in range(1, 8):
        one, two, three = cell & 1, cell >> 1 & 1, cell >> 2 & 1
        joined[cell] = round(2000 * (0.4 if one else 0.6) * (0.3 if two == three else 0.1) * (1.0 if two else 1.4))
    edges = posterior(table_of(joined)).edge_weights()
    assert edges[1, 2] > 0.99
    assert edges[0, 1] < 0.1
    assert (edges == edges.T).all()


@pytest.mark.parametrize("first", [0.0, 40.0])
def test_a_chosen_grid_may_begin_and_end_anywhere(first: float) -> None:
    found = posterior(load("korea3"), grid=Grid(np.array([first, first + 50.0]), np.array([1.0, 3.0])))
    assert found.probabilities.sum() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("grid", "why"),
    [([], "at least one"), ([3.0, 2.0], "must rise"), ([-1.0, 2.0], "zero or more"), ([1.0, np.inf], "finite")],
)
def test_a_grid_that_is_none_is_refused_in_one_sentence(grid: list[float], why: str) -> None:
    with pytest.raises(BadTable, match=why):
        posterior(load("korea3"), grid=grid)


def test_an_unknown_prior_is_refused() -> None:
    with pytest.raises(BadTable, match="'reciprocal', 'uniform' or a function"):
        posterior(load("korea3"), prior="jeffreys")  # type: ignore[arg-type]


def test_a_prior_without_weight_on_the_grid_is_refused() -> None:
    with pytest.raises(BadTable, match="no weight"):
        posterior(load("korea3"), prior=lambda totals: np.full(len(totals), -np.inf))


@pytest.mark.parametrize("lists", [2, 8])
def test_too_few_and_too_many_lists_are_refused(lists: int) -> None:
    with pytest.raises(BadTable, match="3 to 7 lists"):
        posterior(table_of(np.arange(1 << lists), lists))


def test_nobody_recorded_is_refused() -> None:
    with pytest.raises(BadTable, match="Nobody"):
        posterior(table_of(np.zeros(8, dtype=np.int64)))
