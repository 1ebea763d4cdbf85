"""The compiled sums: special functions against the standard library, pruning against no pruning."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from testimonia.estimation.decomposable.graphs import decomposable_graphs, factor_sets
from testimonia.estimation.decomposable.sums import (
    POINTS,
    blocks_of,
    common_row,
    exponentials,
    factor_rows,
    log_gamma,
    log_gamma_ratio,
    subset_rows,
    sum_graphs,
)

Floats = NDArray[np.float64]
positive = st.floats(1e-3, 1e9)


@settings(deadline=None)
@given(positive)
def test_log_gamma_is_that_of_the_standard_library(x: float) -> None:
    assert math.isclose(log_gamma(x), math.lgamma(x), rel_tol=1e-13, abs_tol=1e-13)


@settings(deadline=None)
@given(positive, st.floats(0.0, 1e5))
def test_a_ratio_of_gammas_is_the_difference_of_their_logarithms(x: float, d: float) -> None:
    """As far as the difference of two large numbers holds."""
    expected = math.lgamma(x + d) - math.lgamma(x)
    assert math.isclose(log_gamma_ratio(x, d), expected, rel_tol=1e-11, abs_tol=1e-13 * (1.0 + abs(math.lgamma(x + d))))


def test_a_ratio_of_large_gammas_keeps_its_digits() -> None:
    """Gamma(x + 1) / Gamma(x) is x, where the plain difference would lose six digits."""
    assert math.isclose(log_gamma_ratio(1e12, 1.0), math.log(1e12), rel_tol=1e-15)
    assert math.isclose(log_gamma_ratio(1e12 + 3.0, -3.0), -sum(math.log(1e12 + i) for i in range(3)), rel_tol=1e-15)


@settings(deadline=None)
@given(st.lists(st.floats(-690.0, 690.0), min_size=1, max_size=POINTS), st.floats(-5.0, 5.0))
def test_exponentials_are_those_of_numpy(logs: list[float], scale: float) -> None:
    values = np.array(logs)
    parts, out = np.empty_like(values), np.empty_like(values)
    exponentials(values, scale, parts, out)
    np.testing.assert_allclose(out, np.exp(values - scale), rtol=2e-14)


def test_what_lies_far_below_the_scale_is_next_to_nothing() -> None:
    out = np.empty(1)
    exponentials(np.array([-1e300]), 0.0, np.empty(1), out)
    assert 0.0 <= out[0] < 1e-300


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=600, unique=True))
def test_blocks_cut_a_grid_into_all_its_points(points: list[int]) -> None:
    edges = blocks_of(np.sort(np.array(points, dtype=np.float64)))
    assert edges[0] == 0
    assert edges[-1] == len(points)
    assert (np.diff(edges) > 0).all()
    assert (np.diff(edges) <= POINTS).all()


def everything(
    counts: NDArray[np.int64], lists: int, unseen: Floats
) -> tuple[Floats, Floats, NDArray[np.int64], Floats]:
    """The same sums with every graph at every point, in plain NumPy."""
    graphs, sets = decomposable_graphs(lists), np.array(factor_sets(lists))
    rows = subset_rows(counts, lists, 2.0**-lists, unseen)
    common = common_row(int(counts.sum()), unseen, -np.log(counts.sum() + unseen))
    factors = np.empty((sets.shape[1], len(unseen)))
    factor_rows(rows, sets, 0, len(unseen), factors)
    logs: Floats = common + factors[graphs.factors[:-1]].sum(axis=1)
    return rows, common, sets, logs


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 400), min_size=15, max_size=15).filter(lambda counts: sum(counts) > 0),
    st.sampled_from(["integers", "even", "geometric"]),
)
def test_pruning_loses_less_than_it_promises(counts: list[int], kind: str) -> None:
    """Whatever the table and the spacing of the grid: leaving out graphs and blocks changes no share by 1e-12."""
    table = np.array([0, *counts])
    unseen = {
        "integers": np.arange(0.0, 700.0),
        "even": np.linspace(1.0, 30.0 * sum(counts) + 10.0, 300),
        "geometric": np.unique(np.round(1.05 ** np.arange(200.0))),
    }[kind]
    rows, common, sets, logs = everything(table, 4, unseen)
    graphs = decomposable_graphs(4)
    points, by_graph, scale, _ = sum_graphs(
        rows, common, sets, graphs.factors, len(graphs) - 1, unseen, blocks_of(unseen), 1e-12
    )
    top = logs.max()
    whole = np.exp(logs - top)
    assert math.isclose(scale + math.log(points.sum()), top + math.log(whole.sum()), rel_tol=0, abs_tol=1e-9)
    np.testing.assert_allclose(points / points.sum(), whole.sum(axis=0) / whole.sum(), rtol=1e-8, atol=2e-12)
    np.testing.assert_allclose(by_graph / by_graph.sum(), whole.sum(axis=1) / whole.sum(), rtol=1e-8, atol=2e-12)


def test_a_coarse_grid_over_a_sharp_posterior_does_not_overflow() -> None:
    """Blocks whose bounds are loose must not hide where the mass is: 40,000 people on both of two lists."""
    counts = np.array([0, 30_000, 20_000, 40_000, 3_000, 1_000, 5_000, 9_000])
    unseen = np.linspace(1.0, 3e6, 1_000)
    rows, common, sets, logs = everything(counts, 3, unseen)
    graphs = decomposable_graphs(3)
    points, _, scale, _ = sum_graphs(rows, common, sets, graphs.factors, 7, unseen, blocks_of(unseen), 1e-12)
    assert np.isfinite(points).all()
    assert math.isclose(scale + math.log(points.sum()), logs.max() + math.log(np.exp(logs - logs.max()).sum()))
