"""What the estimate says of a posterior: the numbers, and when there are none."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation.decomposable import decomposable, distribution, posterior
from testimonia.estimation.examples import load
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

# Deaths from traumatic injury, Gaza Strip, 7 October 2023 to 30 June 2024: hospital, survey, social media.
# Jamaluddine et al. 2025, Lancet 405:469-477 (counts over all ages, places and months).
GAZA = [0, 19_048, 5_104, 1_929, 1_469, 1_173, 351, 197]
ARTIFICIAL = [0, 40, 30, 6, 20, 0, 0, 0]


def table_of(counts: list[int], lists: int = 3) -> OverlapTable:
    return OverlapTable(tuple(f"list {i + 1}" for i in range(lists)), np.array(counts))


def is_a_refusal(found: Estimate) -> bool:
    return found.verdict == REFUSED and found.reason != "" and found.total is found.lower is found.upper is None


def test_the_total_is_the_median_of_the_posterior() -> None:
    table = load("uk5")
    found, held = decomposable(table), posterior(table)
    assert found.method == "decomposable"
    assert found.total == held.quantile(0.5)
    assert (found.lower, found.upper) == held.interval(0.95)
    assert (found.models, found.admissible_models) == (822, 820)
    assert found.diagnostics["top_graphs"][0]["graph"] == "[123,25,34]"


def test_the_saturated_graph_does_not_answer_for_gaza() -> None:
    """An R package answers 29,272 for 29,271 recorded, without a warning: all weight on the complete graph.

    Left out, as here, one pair must be independent given the third list, and three lists cannot say whether that is
    so: the answer carries what weight the complete graph would have taken.
    """
    found = decomposable(table_of(GAZA))
    assert found.verdict == CAUTION
    assert found.total is not None
    assert found.total > 50_000
    assert found.diagnostics["saturated_weight"] > 0.5
    assert "76 %" in found.reason
    assert "only if some pair of lists is independent" in found.reason


def test_the_saturated_graph_is_flagged_when_asked_for() -> None:
    found = decomposable(table_of(GAZA), saturated=True)
    assert found.verdict == CAUTION
    assert "because it was asked for" in found.reason


def test_a_table_that_only_the_saturated_graph_describes_is_refused() -> None:
    """Every pair depends on each other, differently with and without the third list, in 200,000 people."""
    found = decomposable(table_of([0, 30_000, 30_000, 9_000, 30_000, 9_000, 9_000, 90_000]))
    assert is_a_refusal(found)
    assert "complete graph" in found.reason
    assert found.diagnostics["without_saturated"]["total"] > 207_000


def test_an_upper_end_that_rests_on_the_prior_is_said() -> None:
    """Chan, Silverman & Vincent 2021, table 2: 96 people, 6 overlaps; most models have no finite estimate."""
    found = decomposable(table_of(ARTIFICIAL))
    assert found.verdict == CAUTION
    assert "rests on the prior" in found.reason
    assert "no upper end" in found.reason
    assert found.diagnostics["variations"][-1] == {
        "prior": "a flat prior on the total",
        "total": None,
        "lower": None,
        "upper": None,
    }


def test_an_answer_that_other_priors_move_is_said() -> None:
    """Netherlands: 50,460, but 158,863 with a quarter of the prior's weight; which graph leads depends on it."""
    found = decomposable(load("netherlands5"))
    assert found.verdict == CAUTION
    assert "Other reasonable priors move the answer from" in found.reason


def test_a_dense_table_is_fine() -> None:
    found = decomposable(load("spinabifida3"))
    assert (found.verdict, found.reason) == (FINE, "")


REFUSED_TABLES: list[tuple[list[int], int, str]] = [
    (list(range(256)), 8, "merge lists"),
    ([0, 3, 4, 2], 2, "three lists"),
    ([0, 5, 6, 2, 0, 0, 0, 0], 3, "list 3 records nobody"),
    ([0, 5, 6, 0, 7, 0, 0, 0], 3, "No person is on two lists"),
    ([0] * 8, 3, "records nobody"),
]


@pytest.mark.parametrize(("counts", "lists", "why"), REFUSED_TABLES)
def test_what_cannot_be_answered_is_refused_with_the_reason(counts: list[int], lists: int, why: str) -> None:
    counts[0] = 0
    found = decomposable(table_of(counts, lists))
    assert is_a_refusal(found)
    assert why in found.reason


def test_two_over_counted_cells_are_refused() -> None:
    found = decomposable(OverlapTable(("a", "b", "c"), np.array(GAZA), censored=frozenset({1, 2})))
    assert is_a_refusal(found)
    assert "one over-counted cell" in found.reason


def test_a_posterior_that_runs_off_the_grid_is_refused() -> None:
    found = decomposable(load("korea3"), prior="uniform")
    assert is_a_refusal(found)
    assert "set by that limit and by the prior" in found.reason


def test_one_overlap_between_two_of_three_lists_rests_on_the_prior() -> None:
    """A single repeat is no evidence: most graphs that the data favour bound nothing."""
    found = decomposable(table_of([0, 40, 50, 0, 60, 1, 0, 0]))
    assert found.verdict in {CAUTION, REFUSED}
    assert "prior" in found.reason


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=15, max_size=15), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_numbers_are_whole_or_none_and_the_whole_answer_is_json(counts: list[int], level: float) -> None:
    """Never NaN, never infinity, never a bound on the wrong side, whatever the table."""
    found = decomposable(table_of([0, *counts], 4), level=level, variations=False)
    json.dumps(dict(found.diagnostics), allow_nan=False)
    if found.total is None:
        assert is_a_refusal(found)
        return
    assert found.lower is not None
    assert found.upper is not None
    assert sum(counts) <= found.lower <= found.total <= found.upper
    assert found.verdict in {FINE, CAUTION}
    assert (found.verdict == FINE) == (found.reason == "")


def test_a_higher_level_gives_a_wider_interval() -> None:
    table = load("uk5")
    narrow, wide = decomposable(table, level=0.8), decomposable(table, level=0.99)
    assert (wide.lower or 0) < (narrow.lower or 0) < (narrow.upper or 0) < (wide.upper or 0)


def test_seed_and_repetition_change_nothing() -> None:
    table = load("korea3")
    assert decomposable(table, seed=1) == decomposable(table, seed=2)


def test_the_distribution_is_the_posterior_and_none_when_refused() -> None:
    found, held = distribution(load("korea3"))
    assert held is not None
    assert held.quantile(0.5) == found.total
    refused, nothing = distribution(table_of([0, 5, 6, 0, 7, 0, 0, 0]))
    assert is_a_refusal(refused)
    assert nothing is None


def shares(found: Estimate, key: str) -> Any:
    return found.diagnostics[key]


def test_diagnostics_tell_what_the_answer_rests_on() -> None:
    found = decomposable(load("uk5"))
    assert shares(found, "graphs") == 822
    assert 1.0 <= shares(found, "effective_graphs") <= 822
    assert shares(found, "delta") == 2.0**-5
    assert shares(found, "prior") == "reciprocal"
    assert shares(found, "saturated_weight") < 1e-9
    assert set(shares(found, "edges")) == {"12", "13", "14", "15", "23", "24", "25", "34", "35", "45"}
    assert [row["prior"] for row in shares(found, "variations")] == [
        "a quarter of the prior weight on cells",
        "four times the prior weight on cells",
        "a flat prior on the total",
    ]
