"""Bootstrap tables, the jackknife, and BCa limits that refuse rather than hide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from testimonia.estimation.resampling import acceleration, bca, leave_one_out, resample, spread, streams
from testimonia.estimation.table import OverlapTable


def table(*counts: int) -> OverlapTable:
    return OverlapTable(("A", "B", "C"), np.array([0, *counts], np.int64))


SMALL = table(20, 12, 5, 9, 3, 0, 1)
SCORE = np.array([0.0, 1.0, 2.0, 0.5, 3.0, 1.5, 4.0, 2.5])


def mean_score(counts: np.ndarray) -> np.ndarray:
    """A smooth statistic of a table: the mean of a score given to each pattern."""
    return np.asarray(counts @ SCORE / counts.sum(axis=-1))


def test_replicates_keep_the_people_and_never_invent_a_pattern() -> None:
    drawn = resample(SMALL, 500, np.random.default_rng(1))
    assert drawn.shape == (500, 8)
    assert (drawn.sum(axis=1) == SMALL.n).all()
    assert (drawn[:, SMALL.counts == 0] == 0).all()
    assert np.allclose(drawn.mean(axis=0), SMALL.counts, atol=5 * np.sqrt(SMALL.n / 4 / 500))


def test_the_jackknife_leaves_out_one_person_of_each_pattern() -> None:
    left = leave_one_out(SMALL)
    assert left.weights.tolist() == [20, 12, 5, 9, 3, 1]
    assert (left.tables.sum(axis=1) == SMALL.n - 1).all()
    assert ((SMALL.counts - left.tables).sum(axis=0) == (SMALL.counts > 0)).all()


def test_acceleration_by_pattern_equals_acceleration_by_person() -> None:
    people = np.repeat(SCORE, SMALL.counts)
    each = (people.sum() - people) / (people.size - 1)
    deviations = each.mean() - each
    by_person = (deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5)
    left = leave_one_out(SMALL)
    assert acceleration(mean_score(left.tables), left.weights) == pytest.approx(by_person, rel=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_limits_are_those_of_scipy_on_the_same_replicates(level: float) -> None:
    people = np.repeat(SCORE, SMALL.counts)
    result = stats.bootstrap(
        (people,),
        np.mean,
        vectorized=True,
        n_resamples=2000,
        confidence_level=level,
        method="BCa",
        rng=np.random.default_rng(3),
    )
    left = leave_one_out(SMALL)
    ours = bca(
        float(people.mean()),
        result.bootstrap_distribution,
        mean_score(left.tables),
        left.weights,
        level,
        np.random.default_rng(4),
    )
    assert (ours.lower, ours.upper) == pytest.approx(tuple(result.confidence_interval), rel=1e-12)


def test_the_standard_errors_of_the_limits_match_repeated_runs() -> None:
    left = leave_one_out(SMALL)
    total = float(mean_score(SMALL.counts))
    found = []
    for random in streams(7, 60):
        replicates = mean_score(resample(SMALL, 1000, random))
        found.append(bca(total, replicates, mean_score(left.tables), left.weights, 0.95, random))
    seen = np.array([(one.lower, one.upper) for one in found], float).std(axis=0, ddof=1)
    said = np.array([one.errors for one in found], float).mean(axis=0)
    assert np.all(np.abs(seen / said - 1) < 0.4), (seen, said)


def test_infinite_replicates_stay_in_the_upper_tail() -> None:
    values = np.concatenate([np.arange(1.0, 981.0), np.full(20, np.inf)])
    interval = bca(500.0, values, np.array([1.0, 2.0]), np.array([5, 5]), 0.9, np.random.default_rng(0))
    without = bca(500.0, values[:980], np.array([1.0, 2.0]), np.array([5, 5]), 0.9, np.random.default_rng(0))
    assert interval.infinite == 20
    assert interval.upper is not None and without.upper is not None
    assert interval.upper > without.upper


def test_a_limit_among_infinite_replicates_is_refused() -> None:
    values = np.concatenate([np.arange(1.0, 961.0), np.full(40, np.inf)])
    interval = bca(480.0, values, np.array([1.0, 2.0]), np.array([5, 5]), 0.95, np.random.default_rng(0))
    assert interval.lower is None and interval.upper is None
    assert interval.percentile[0] == pytest.approx(25.975) and interval.percentile[1] is None
    assert "no finite estimate" in interval.reason


def test_more_than_a_twentieth_without_estimate_is_refused_and_said() -> None:
    values = np.concatenate([np.arange(1.0, 950.0), np.full(51, np.nan)])
    interval = bca(480.0, values, np.array([1.0]), np.array([5]), 0.5, np.random.default_rng(0))
    assert interval.upper is None
    assert interval.reason.startswith("51 of 1000 bootstrap tables have no finite estimate")


def test_an_estimate_beyond_every_replicate_is_refused() -> None:
    interval = bca(-1.0, np.arange(100.0), np.array([1.0]), np.array([5]), 0.95, np.random.default_rng(0))
    assert interval.bias is None and interval.lower is None
    assert "one side" in interval.reason


def test_equal_totals_have_no_acceleration() -> None:
    assert acceleration(np.array([5.0, 5.0, 5.0]), np.array([1, 2, 3])) == 0.0


def test_infinite_jackknife_totals_enter_by_their_limit() -> None:
    weights = np.array([50, 30, 2])
    large = acceleration(np.array([10.0, 12.0, 1e12]), weights)
    assert acceleration(np.array([10.0, 12.0, np.inf]), weights) == pytest.approx(large, rel=1e-9)


def test_the_spread_of_replicates_with_an_infinite_one_is_not_a_number_to_give() -> None:
    assert spread(np.array([1.0, np.inf])) is None
    assert spread(np.array([1.0, 3.0])) == pytest.approx(np.sqrt(2))


def test_a_seed_sequence_gives_the_same_streams_twice() -> None:
    seed = np.random.SeedSequence(5)
    first, second = streams(seed, 2), streams(seed, 2)
    assert [r.integers(10**9) for r in first] == [r.integers(10**9) for r in second]


@given(st.lists(st.integers(0, 40), min_size=7, max_size=7).filter(any), st.integers(0, 2**32 - 1))
def test_every_replicate_has_n_people_on_observed_patterns(counts: list[int], seed: int) -> None:
    drawn = resample(table(*counts), 5, np.random.default_rng(seed))
    assert (drawn.sum(axis=1) == sum(counts)).all()
    assert (drawn[:, [0, *counts] == np.zeros(8, int)] == 0).all()


@given(
    st.lists(st.floats(1, 1e6) | st.just(float("inf")), min_size=20, max_size=60),
    st.floats(1, 1e6),
    st.lists(st.floats(1, 1e6) | st.just(float("inf")), min_size=3, max_size=3),
)
def test_limits_are_finite_and_ordered_or_refused_with_a_reason(
    values: list[float], total: float, jackknife: list[float]
) -> None:
    random = np.random.default_rng(1)
    interval = bca(total, np.array(values), np.array(jackknife), np.array([4, 5, 6]), 0.95, random)
    if interval.lower is None or interval.upper is None:
        assert interval.reason and interval.lower is interval.upper is None
    else:
        assert not interval.reason and np.isfinite([interval.lower, interval.upper]).all()
        assert interval.lower <= interval.upper
