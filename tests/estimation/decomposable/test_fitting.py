"""A graph fitted in closed form agrees with the log-linear engine, which knows nothing of graphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from testimonia.estimation.decomposable import decomposable, decomposable_graphs
from testimonia.estimation.decomposable.fitting import chi_squared_tail, fit_graph
from testimonia.estimation.examples import load
from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import parse


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=15, max_size=15), st.integers(0, 59))
def test_total_deviance_and_degrees_are_those_of_the_log_linear_model(counts: list[int], graph: int) -> None:
    table = OverlapTable(("a", "b", "c", "d"), np.array([0, *counts]))
    graphs = decomposable_graphs(4)
    terms = parse(graphs.bracket(graph), 4)
    found, other = fit_graph(table, graphs, graph), fit_model(table, terms)
    if other.total is None or other.total > 1e6:
        return
    assert found.total == pytest.approx(other.total, rel=1e-5)
    assert found.deviance == pytest.approx(other.deviance, rel=1e-6, abs=1e-6)
    assert found.degrees == 15 - len(terms)


def test_a_published_total_comes_out_in_closed_form() -> None:
    """uk5, [123,25,34]: 25,311.29061 (Silverman, Chan & Vincent 2024)."""
    graphs = decomposable_graphs(5)
    graph = next(g for g in range(len(graphs)) if graphs.bracket(g) == "[123,25,34]")
    assert f"{fit_graph(load('uk5'), graphs, graph).total:.5f}" == "25311.29061"


def test_lists_that_never_meet_have_no_finite_total() -> None:
    graphs = decomposable_graphs(3)
    table = OverlapTable(("a", "b", "c"), np.array([0, 20, 30, 5, 40, 0, 0, 0]))
    graph = next(g for g in range(8) if graphs.bracket(g) == "[12,3]")
    assert fit_graph(table, graphs, graph).total is None


def test_everyone_on_every_list_leaves_nobody_unseen() -> None:
    graphs = decomposable_graphs(3)
    found = fit_graph(OverlapTable(("a", "b", "c"), np.array([0, 0, 0, 0, 0, 0, 0, 50])), graphs, 0)
    assert found.total == pytest.approx(50.0)
    assert found.deviance == pytest.approx(0.0, abs=1e-9)


@settings(deadline=None)
@given(st.floats(0, 500), st.integers(1, 130))
def test_the_tail_is_that_of_scipy(deviance: float, degrees: int) -> None:
    assert chi_squared_tail(deviance, degrees) == pytest.approx(chi2.sf(deviance, degrees), rel=1e-9)


def test_without_degrees_of_freedom_there_is_no_tail() -> None:
    assert chi_squared_tail(3.0, 0) is None


def test_a_table_that_the_leading_graph_describes_badly_is_cautioned() -> None:
    """Gaza, three lists: deviance 13.4 on one degree of freedom for the leading graph."""
    gaza = OverlapTable(("hospital", "survey", "media"), np.array([0, 19_048, 5_104, 1_929, 1_469, 1_173, 351, 197]))
    found = decomposable(gaza)
    assert "[13,23] describes the table badly (deviance 13.4 on 1 degree of freedom)" in found.reason
    assert found.diagnostics["fit"]["degrees"] == 1
