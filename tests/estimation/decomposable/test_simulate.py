"""Populations from the prior have its moments and its independences; true totals fall anywhere in their posteriors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare, kstest

from testimonia.estimation.decomposable import decomposable_graphs, posterior, rank, ranks, simulate_prior
from testimonia.estimation.decomposable.simulate import _cells

FAILURE = 1e-4  # chance that one of these tests fails on a right program, were its seed not fixed


def test_a_population_is_counted_by_its_table() -> None:
    drawn = simulate_prior(4, 100, 200, np.random.default_rng(3))
    assert 100 <= drawn.total <= 200
    assert drawn.table.n <= drawn.total
    assert drawn.graph < len(decomposable_graphs(4)) - 1
    assert drawn.cells.sum() == pytest.approx(1.0)


def test_cells_keep_the_independences_of_their_graph() -> None:
    """[12,23]: lists 1 and 3 are independent given list 2; the odds ratio of each layer is one."""
    graphs = decomposable_graphs(3)
    graph = next(g for g in range(8) if graphs.bracket(g) == "[12,23]")
    cells = _cells(3, graphs.factors[graph], 2.0, np.random.default_rng(1))
    for layer in (0b000, 0b010):
        odds = cells[layer] * cells[layer | 0b101] / cells[layer | 0b001] / cells[layer | 0b100]
        assert odds == pytest.approx(1.0)


def test_every_clique_has_its_dirichlet_margin() -> None:
    """The margin of a clique of two under delta = 1/2: Dirichlet(1, 1, 1, 1), mean 1/4 and variance 3/80 a cell."""
    graphs = decomposable_graphs(3)
    graph = next(g for g in range(8) if graphs.bracket(g) == "[12,13]")
    rng = np.random.default_rng(5)
    draws = np.array([_cells(3, graphs.factors[graph], 0.5, rng) for _ in range(4_000)])
    for joined in (0b011, 0b101):
        margin = np.array([draws[:, np.arange(8) & joined == value].sum(axis=1) for value in (0, joined)])
        np.testing.assert_allclose(margin.mean(axis=1), 0.25, atol=4 * np.sqrt(3 / 80 / 4_000))
        np.testing.assert_allclose(margin.var(axis=1), 3 / 80, rtol=0.12)


def test_the_rank_of_an_atom_is_anywhere_inside_it() -> None:
    drawn = simulate_prior(3, 50, 90, np.random.default_rng(11))
    found = posterior(drawn.table, grid=np.arange(max(50 - drawn.table.n, 0), 91 - drawn.table.n))
    at = int(np.argmax(found.probabilities))
    below = found.probabilities[:at].sum()
    for seed in range(20):
        value = rank(found, int(found.totals[at]), np.random.default_rng(seed))
        assert below <= value <= below + found.probabilities[at]


@pytest.mark.parametrize(("lists", "delta"), [(3, None), (4, None), (3, 1.0)])
def test_ranks_of_true_totals_are_uniform(lists: int, delta: float | None) -> None:
    """Simulation-based calibration on 400 tables; fails by chance in one of 10,000 seeds, and the seed is fixed."""
    found = ranks(lists, 400, 20, 300, seed=7, delta=delta)
    assert kstest(found, "uniform").pvalue > FAILURE
    assert chisquare(np.histogram(found, bins=10, range=(0, 1))[0]).pvalue > FAILURE


@pytest.mark.slow
@pytest.mark.parametrize("lists", [3, 4, 5])
def test_ranks_of_true_totals_are_uniform_in_a_long_run(lists: int) -> None:
    found = ranks(lists, 4_000, 20, 400, seed=23)
    assert kstest(found, "uniform").pvalue > FAILURE
    assert chisquare(np.histogram(found, bins=20, range=(0, 1))[0]).pvalue > FAILURE
