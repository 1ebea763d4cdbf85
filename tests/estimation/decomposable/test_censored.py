"""An over-counted cell is summed over every count it may truly have."""

from __future__ import annotations

import math

import numpy as np
import pytest

from testimonia.estimation.decomposable import decomposable, posterior
from testimonia.estimation.decomposable.censored import completions
from testimonia.estimation.examples import load
from testimonia.estimation.table import OverlapTable

COUNTS = np.array([0, 12, 9, 5, 20, 4, 3, 2])


def test_without_an_over_counted_cell_there_is_one_table() -> None:
    table = OverlapTable(("a", "b", "c"), COUNTS)
    ((counts, weight),) = completions(table)
    assert counts.tolist() == COUNTS.tolist()
    assert weight == 0.0


def test_a_small_cell_is_summed_over_every_count() -> None:
    table = OverlapTable(("a", "b", "c"), COUNTS, censored=frozenset({4}))
    found = list(completions(table))
    assert [int(counts[4]) for counts, _ in found] == list(range(21))
    assert all((np.delete(counts, 4) == np.delete(COUNTS, 4)).all() for counts, _ in found)
    for counts, weight in found:
        assert weight == pytest.approx(-math.lgamma(counts[4] + 1.0))


def test_a_large_cell_is_summed_by_widths_that_count_every_integer() -> None:
    table = OverlapTable(("a", "b", "c"), COUNTS + np.array([0, 0, 0, 0, 5000, 0, 0, 0]), censored=frozenset({4}))
    found = list(completions(table))
    widths = [math.exp(weight + math.lgamma(counts[4] + 1.0)) for counts, weight in found]
    assert sum(widths) == pytest.approx(5021)
    assert len(found) < 120


def test_the_posterior_is_the_sum_over_true_counts() -> None:
    """Each completed table's posterior mass at a total, times 1 / count!, added up; by hand over 21 tables."""
    table = OverlapTable(("a", "b", "c"), COUNTS, censored=frozenset({4}))
    sure = int(COUNTS.sum() - COUNTS[4])
    totals = np.arange(sure, sure + 400)
    masses = np.zeros(400)
    for count in range(21):
        counts = COUNTS.copy()
        counts[4] = count
        one = posterior(OverlapTable(("a", "b", "c"), counts), grid=np.arange(400.0 - count))
        masses[count:] += one.probabilities * math.exp(one.log_evidence - math.lgamma(count + 1.0))
    found = posterior(table, grid=np.arange(400.0))
    assert found.observed == sure
    assert (found.totals == totals).all()
    np.testing.assert_allclose(found.probabilities, masses / masses.sum(), rtol=1e-9, atol=1e-15)


def test_people_who_inject_drugs_in_scotland_are_fewer_than_the_count_taken_whole() -> None:
    """684 people are only in the diagnosis database, many no longer injecting (Overstall et al. 2014)."""
    table = load("scotpwid4")
    assert table.censored
    whole = decomposable(OverlapTable(table.lists, table.counts))
    censored = decomposable(table)
    assert censored.upper is not None
    assert whole.total is not None
    assert censored.upper < whole.total
