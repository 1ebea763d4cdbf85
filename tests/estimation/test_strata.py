"""Strata apart and together: the sum, its interval, and what is never dropped."""

from __future__ import annotations

from dataclasses import replace
from math import prod, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.estimation.loglinear.fits import fit_model
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate, StratumEstimate
from testimonia.estimation.strata import compare, stratified, summed, summed_replicates
from testimonia.estimation.table import OverlapTable


def independent(*chances: float, people: int = 10_000) -> OverlapTable:
    """Expected counts of independent lists, rounded: the estimate of independence finds the people again."""
    counts = [
        round(people * prod(p if cell >> i & 1 else 1 - p for i, p in enumerate(chances)))
        for cell in range(1 << len(chances))
    ]
    return OverlapTable(tuple("ABCDEF"[: len(chances)]), np.array([0, *counts[1:]]))


def stratum(name: str, total: float | None, lower: float | None, upper: float | None, n: int = 50) -> StratumEstimate:
    verdict, reason = (FINE, "") if total is not None else (REFUSED, "nobody is on two lists.")
    return StratumEstimate(
        name, n, Estimate("stub", total=total, lower=lower, upper=upper, verdict=verdict, reason=reason)
    )


def joined(*parts: OverlapTable) -> OverlapTable:
    counts = np.sum([part.counts for part in parts], axis=0)
    names = ("women", "men", "children")
    return replace(parts[0], counts=counts, strata=dict(zip(names, parts, strict=False)))


def independence(table: OverlapTable) -> Estimate:
    fit = fit_model(table, ())
    if fit.total is None or fit.standard_error is None:
        return Estimate("independence", verdict=fit.verdict, reason=fit.reason)
    margin = 1.96 * fit.standard_error
    return Estimate(
        "independence",
        total=fit.total,
        lower=fit.total - margin,
        upper=fit.total + margin,
        standard_error=fit.standard_error,
    )


def test_symmetric_intervals_add_up_like_standard_errors() -> None:
    """Distances 30 and 40 on either side: sqrt(900 + 1600) = 50."""
    found = summed([stratum("a", 100, 70, 130), stratum("b", 200, 160, 240)])
    assert (found.total, found.lower, found.upper) == (300, 250, 350)


def test_skewed_intervals_stay_skewed() -> None:
    found = summed([stratum("a", 100, 90, 160), stratum("b", 200, 180, 280)])
    assert found.lower == pytest.approx(300 - sqrt(100 + 400))
    assert found.upper == pytest.approx(300 + sqrt(3600 + 6400))


def test_a_stratum_that_refuses_is_named_and_takes_the_sum_with_it() -> None:
    found = summed([stratum("women", 100, 70, 130, n=60), stratum("men", None, None, None, n=20)])
    assert (found.total, found.verdict) == (None, REFUSED)
    assert found.reason == (
        "1 of 2 strata have no estimate (men: nobody is on two lists.). The others hold 75.0% of the people recorded; "
        "their sum is not the total."
    )


def test_an_open_end_of_one_stratum_is_an_open_end_of_the_sum() -> None:
    found = summed([stratum("a", 100, 70, None), stratum("b", 200, 160, 240)])
    assert (found.lower, found.upper) == (250, None)


def test_without_strata_there_is_nothing_to_add() -> None:
    assert summed([]).reason == "the table has no strata."


def test_a_caution_of_one_stratum_is_one_of_the_sum() -> None:
    doubtful = stratum("a", 100, 70, 130)
    doubtful = replace(doubtful, estimate=replace(doubtful.estimate, verdict=CAUTION))
    assert summed([doubtful, stratum("b", 200, 160, 240)]).verdict == CAUTION


def test_replicates_of_the_strata_are_convolved() -> None:
    """Two normal strata: the percentiles of the sum are those of sqrt(30^2 + 40^2) = 50."""
    rng = np.random.default_rng(5)
    strata = [stratum("a", 1000, 940, 1060), stratum("b", 2000, 1920, 2080)]
    draws = {"a": rng.normal(1000, 30, 40_000), "b": rng.normal(2000, 40, 40_000)}
    found = summed_replicates(strata, draws)
    assert found.total == 3000
    assert found.lower == pytest.approx(3000 - 1.96 * 50, abs=2)
    assert found.upper == pytest.approx(3000 + 1.96 * 50, abs=2)


def test_a_replicate_without_a_total_in_any_stratum_counts_as_infinite() -> None:
    strata = [stratum("a", 100, 70, 130), stratum("b", 200, 160, 240)]
    draws = {"a": np.full(100, 100.0), "b": np.where(np.arange(100) < 4, np.nan, 200.0)}
    found = summed_replicates(strata, draws)
    assert (found.lower, found.upper) == (300, None)
    refused = [stratum("a", None, None, None), strata[1]]
    assert summed_replicates(refused, draws).verdict == REFUSED


def test_strata_with_the_same_chances_agree_with_all_pooled() -> None:
    parts = independent(0.5, 0.4, 0.3), independent(0.5, 0.4, 0.3, people=4000)
    found = compare(joined(*parts), independence)
    assert [one.stratum for one in found.strata] == ["women", "men"]
    assert found.total.total == pytest.approx(14_000, rel=1e-3)
    assert found.pooled.total == pytest.approx(14_000, rel=1e-3)
    assert found.cautions == ()


def test_strata_with_other_chances_are_told_from_lists_that_depend_on_each_other() -> None:
    """Lists are independent within each stratum, and the pooled table makes them look dependent: too few people."""
    parts = independent(0.6, 0.5, 0.5), independent(0.1, 0.1, 0.05)
    found = compare(joined(*parts), independence)
    assert found.total.total == pytest.approx(20_000, rel=1e-2)
    assert found.pooled.total is not None and found.pooled.total < 15_000
    assert len(found.cautions) == 1
    assert "there are more people" in found.cautions[0]
    assert "their intervals do not meet" in found.cautions[0]


def test_people_without_a_stratum_are_missed_in_the_open() -> None:
    part = independent(0.5, 0.4, 0.3)
    table = replace(joined(part, part), strata={"women": part})
    cautions = compare(table, independence).cautions
    assert cautions[0].startswith("The strata hold 7,900 people and the table 15,800")


def test_the_pooled_estimate_can_be_handed_over() -> None:
    part = independent(0.5, 0.4, 0.3)
    pooled = Estimate("given", total=1.0)
    assert compare(joined(part), independence, pooled=pooled).pooled is pooled


def test_a_stratum_with_nothing_in_common_refuses_the_sum_not_the_comparison() -> None:
    lone = OverlapTable.from_counts({"100": 5, "010": 6, "001": 7}, "ABC")
    found = compare(joined(independent(0.5, 0.4, 0.3), lone), independence)
    assert found.total.verdict == REFUSED
    assert found.total.reason.startswith("1 of 2 strata have no estimate (men: ")
    assert found.pooled.total is not None
    assert stratified(joined(lone), independence)[0].estimate.total is None


ends = st.tuples(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e5))


@given(st.lists(ends, min_size=1, max_size=5))
def test_the_interval_of_the_sum_holds_the_sum_and_is_no_wider_than_ends_added(parts: list[tuple[float, ...]]) -> None:
    """Never below the people recorded: the hidden part cannot lose more than all of it."""
    strata = [stratum(str(i), 50 + low + up, 50 + low, 50 + low + up + high) for i, (low, up, high) in enumerate(parts)]
    found = summed(strata)
    assert found.total is not None and found.lower is not None and found.upper is not None
    assert sum(one.estimate.lower or 0 for one in strata) <= found.lower + 1e-6
    assert found.lower <= found.total <= found.upper
    assert found.upper <= sum(one.estimate.upper or 0 for one in strata) + 1e-6
    assert found.lower >= 50 * len(strata) - 1e-6
