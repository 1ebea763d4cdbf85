"""What the method answers, and when it refuses to."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.estimation.latent import latent_class
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

SHARED = Path(__file__).parents[4] / "shared" / "mse"
KOREA = OverlapTable(("b", "c", "d"), np.array([0, 5, 5, 54, 41, 6, 0, 12]))


def shared(name: str) -> OverlapTable:
    path = SHARED / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project: ../shared/mse holds the tables")
    return OverlapTable.read_csv(path)


def holds_together(found: Estimate, table: OverlapTable) -> None:
    """Numbers in order and never below the people recorded, or none and a reason; JSON without NaN."""
    json.dumps(dict(found.diagnostics), allow_nan=False)
    if found.verdict == REFUSED:
        assert (found.total, found.lower, found.upper) == (None, None, None)
        assert found.reason.endswith(".")
        return
    assert found.total is not None and found.lower is not None and found.upper is not None
    assert table.n <= found.lower <= found.total <= found.upper < np.inf


@pytest.fixture(scope="module")
def korea() -> Estimate:
    return latent_class(KOREA, seed=1)


def test_korea_is_answered_with_its_published_interval(korea: Estimate) -> None:
    """Ball, Shin & Yang 2018 used this model: 14 undocumented, so 137, 95 % 124 to 198."""
    found = korea
    holds_together(found, KOREA)
    assert found.verdict == FINE
    assert found.total == pytest.approx(137, abs=2)
    assert found.lower == pytest.approx(124, abs=1)
    assert found.upper == pytest.approx(198, abs=12)


def test_what_the_sampler_saw_of_itself_is_told(korea: Estimate) -> None:
    told = korea.diagnostics
    assert told["rhat"] < 1.01 and min(told["ess_bulk"], told["ess_tail"]) >= 400
    assert told["chains"] == 4 and len(told["medians_by_chain"]) == 4
    assert sum(told["occupied_classes"].values()) == pytest.approx(1.0, abs=0.002)
    assert len(told["acceptance"]) == len(told["heat"]) == len(told["swap_rates"]) + 1
    assert told["limit_of_unseen"] is None


def test_a_level_is_an_interval(korea: Estimate) -> None:
    wide, narrow = korea, latent_class(KOREA, seed=1, level=0.5)
    assert wide.level == 0.95 and narrow.level == 0.5
    assert wide.lower is not None and narrow.lower is not None and wide.lower < narrow.lower
    assert wide.upper is not None and narrow.upper is not None and narrow.upper < wide.upper


def test_chains_that_do_not_agree_within_the_budget_give_no_number() -> None:
    """netherlands5 has two answers, about 49,000 and about 144,000; after a moment chains have not met."""
    found = latent_class(shared("netherlands5"), seed=1, effort=1e-6)
    holds_together(found, shared("netherlands5"))
    assert found.verdict == REFUSED
    assert "began far apart" in found.reason
    assert found.diagnostics["medians_by_chain"]


def test_nobody_on_two_lists_is_refused() -> None:
    table = OverlapTable(("A", "B", "C"), np.array([0, 20, 15, 0, 9, 0, 0, 0]))
    found = latent_class(table)
    holds_together(found, table)
    assert found.verdict == REFUSED and "Nobody is on two lists" in found.reason


def test_a_table_that_says_little_is_a_caution() -> None:
    """One person on two lists of three: the upper limit is many times the lower."""
    table = OverlapTable(("A", "B", "C"), np.array([0, 12, 9, 1, 7, 0, 0, 0]))
    found = latent_class(table, seed=1)
    holds_together(found, table)
    assert found.verdict in (CAUTION, REFUSED)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 300), min_size=7, max_size=7), st.integers(0, 2**32 - 1))
def test_any_table_has_an_answer_or_a_reason(counts: list[int], seed: int) -> None:
    table = OverlapTable(("A", "B", "C"), np.array([0, *counts]))
    holds_together(latent_class(table, seed=seed, effort=1e-6), table)
