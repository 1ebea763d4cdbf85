"""Linkage averaging against mixtures made by hand, the law of total variance and a linkage whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from testimonia.errors import BadTable
from testimonia.estimation.averaging import (
    Distribution,
    Weighted,
    approximate,
    average,
    combine,
    equal_weights,
)
from testimonia.estimation.decomposable import distribution
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

Seed = np.random.SeedSequence


def table_of(n: int) -> OverlapTable:
    """A table with n people on the first list: enough for estimators that look at n alone."""
    return OverlapTable(("a", "b", "c"), np.array([0, n, 0, 0, 0, 0, 0, 0]))


def drawn(*sizes: int) -> OverlapTable:
    return OverlapTable(("a", "b", "c"), table_of(sizes[0]).counts, draws=[table_of(n) for n in sizes])


class Fake:
    """An estimator that looks its answers up by the number of people and remembers what it was asked."""

    def __init__(self, answers: dict[int, Estimate | tuple[Estimate, Distribution | None]]) -> None:
        self.answers = answers
        self.asked: list[tuple[int, float, Seed]] = []

    def __call__(
        self, table: OverlapTable, /, *, level: float, seed: Seed
    ) -> Estimate | tuple[Estimate, Distribution | None]:
        self.asked.append((table.n, level, seed))
        return self.answers[table.n]


def answer(
    total: float, values: Sequence[float], model: str | None = None, chances: Sequence[float] = ()
) -> tuple[Estimate, Distribution]:
    weights = np.array(chances) if chances else np.full(len(values), 1 / len(values))
    return Estimate("decomposable", model, total, min(values), max(values)), Weighted(np.array(values), weights)


REFUSAL = Estimate("decomposable", verdict=REFUSED, reason="No person is on two lists.")


def test_the_pooled_answer_is_that_of_the_mixture() -> None:
    """Draws 10, 10, 20: the mixture has 100, 200 with chance 1/3 each and 300, 500 with 1/6 each.

    Its median is 200; its central half, of level 0.5, from its quartiles: 100 and 300 (1/3 + 1/3 < 3/4 < 5/6).
    """
    found, draws = average(
        drawn(10, 20, 10), Fake({10: answer(150, [100, 200]), 20: answer(400, [300, 500])}), level=0.5
    )
    assert (found.total, found.lower, found.upper) == (200, 100, 300)
    assert (found.verdict, found.reason, found.level) == (FINE, "", 0.5)
    assert (draws.draws, draws.refused) == (3, 0)
    assert [one.total for one in draws.estimates] == [150, 400, 150]


def test_unequal_probabilities_count() -> None:
    """0.9 on 100 and 0.1 on 1,000 in both draws: the median is 100, the upper end of 95 % is 1,000."""
    both = answer(100, [100, 1000], chances=[0.9, 0.1])
    found, _ = average(drawn(10, 20), Fake({10: both, 20: both}))
    assert (found.total, found.lower, found.upper) == (100, 100, 1000)


def test_within_and_between_are_the_parts_of_the_variance() -> None:
    """By hand: variances 2,500 and 10,000, each table half of the draws; totals 150, 150, 400, 400."""
    found, draws = average(drawn(10, 20, 10, 20), Fake({10: answer(150, [100, 200]), 20: answer(400, [300, 500])}))
    within, between = (2500 + 10_000) / 2, np.var([150, 150, 400, 400], ddof=1)
    assert draws.within == {"decomposable": pytest.approx(within)}
    assert draws.between == {"decomposable": pytest.approx(between)}
    assert found.standard_error == pytest.approx(np.sqrt(within + 1.25 * between))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.floats(1, 1e6), st.floats(0, 1e5)), min_size=2, max_size=6))
def test_within_and_between_add_to_the_variance_of_the_mixture(parts: list[tuple[int, float, float]]) -> None:
    """The law of total variance: every draw has two equally likely values around its total."""
    answers = {i + 1: answer(total, [total - wide, total + wide]) for i, (_, total, wide) in enumerate(parts)}
    sizes = [i + 1 for i, (times, _, _) in enumerate(parts) for _ in range(times)]
    _, draws = average(drawn(*sizes), Fake(dict(answers)))
    values = [value for n in sizes for value in answers[n][1].totals]
    within, between = draws.within["decomposable"], draws.between["decomposable"]
    assert within is not None
    assert between is not None
    share = (len(sizes) - 1) / len(sizes)
    assert within + share * between == pytest.approx(np.var(values), rel=1e-6, abs=1e-6)


def test_identical_tables_are_computed_once_each_with_its_own_seed() -> None:
    fake = Fake({10: answer(1, [1]), 20: answer(2, [2]), 30: answer(3, [3])})
    found, _ = average(drawn(10, 20, 10, 10, 30, 20), fake, level=0.9, seed=4)
    assert [(n, level) for n, level, _ in fake.asked] == [(10, 0.9), (20, 0.9), (30, 0.9)]
    assert len({tuple(seed.generate_state(4)) for _, _, seed in fake.asked}) == 3
    assert found.diagnostics["distinct_tables"] == 3


def test_the_same_seed_gives_the_same_answer_and_a_used_seed_sequence_too() -> None:
    def random(table: OverlapTable, /, *, level: float, seed: Seed) -> tuple[Estimate, Distribution]:
        values = np.random.default_rng(seed).normal(100 + table.n, 5, 50)
        return Estimate("bic-bootstrap", None, 100, 90, 110, level), equal_weights(values)

    root = Seed(9)
    root.spawn(3)
    same = [average(drawn(10, 20), random, seed=seed)[0] for seed in (9, Seed(9), root)]
    assert same[0] == same[1] == same[2]
    assert average(drawn(10, 20), random, seed=10)[0] != same[0]


def test_tables_on_other_lists_are_not_confused() -> None:
    """The same counts under other names are another table: the key holds the names."""
    other = OverlapTable(("x", "y", "z"), table_of(10).counts)
    fake = Fake({10: answer(1, [1])})
    average(OverlapTable(("a", "b", "c"), table_of(10).counts, draws=[table_of(10), other]), fake)
    assert len(fake.asked) == 2


# --- refused draws ------------------------------------------------------------------------


def many(refused: int, of: int) -> tuple[OverlapTable, Fake]:
    """`refused` draws without an answer, the others with totals 1, 2, 3, ..."""
    answers: dict[int, Estimate | tuple[Estimate, Distribution | None]] = {
        n: answer(n, [n]) for n in range(1, of - refused + 1)
    }
    answers[of + 1] = REFUSAL
    return drawn(*range(1, of - refused + 1), *([of + 1] * refused)), Fake(answers)


def test_above_five_per_cent_of_refused_draws_the_answer_is_refused() -> None:
    found, draws = average(*many(6, 100))
    assert found.verdict == REFUSED
    assert found.total is found.lower is found.upper is None
    assert found.reason == "6.0 % of 100 linkage draws gave no answer: No person is on two lists."
    assert (draws.draws, draws.refused, len(draws.estimates)) == (100, 6, 100)


def test_at_five_per_cent_the_interval_is_all_that_was_answered() -> None:
    """95 answered draws of 100 are just the 95 % that the interval must hold, wherever the others lie."""
    found, _ = average(*many(5, 100))
    assert (found.lower, found.upper) == (1, 95)
    assert found.verdict == CAUTION
    assert "5 of 100 linkage draws gave no answer (No person is on two lists); the interval allows" in found.reason


def test_refused_draws_widen_the_interval() -> None:
    """Of 1,000 draws 20 refused: (1 - 0.02 - 0.95) / 2 = 1.5 % of all draws lie on either side, not 2.5 %."""
    found, _ = average(*many(20, 1000))
    assert (found.lower, found.upper) == (15, 980 - 15)


def test_a_level_that_refused_draws_leave_out_of_reach_is_refused() -> None:
    """At level 0.99 two refused draws of 100 could hold more than what may lie outside."""
    assert average(*many(2, 100), level=0.99)[0].verdict == REFUSED
    assert average(*many(2, 100), level=0.95)[0].verdict == CAUTION


@pytest.mark.parametrize("verdict", ["refused", "no extended MLE", "not identifiable"])
def test_every_verdict_without_an_estimate_is_a_refusal(verdict: str) -> None:
    no = Estimate("loglinear-bic", verdict=verdict, reason="why")
    found, draws = average(drawn(10, 20), Fake({10: no, 20: no}))
    assert found.verdict == REFUSED
    assert draws.refused == 2
    assert draws.within == {"loglinear-bic": None}
    json.dumps(dict(found.diagnostics), allow_nan=False)


# --- methods that give less than a distribution --------------------------------------------


def test_limits_alone_are_matched_by_a_lognormal_on_either_side() -> None:
    estimate = Estimate("stepwise", None, 1000.0, 600.0, 3000.0, 0.95)
    values = np.sort(approximate(estimate, 200).totals)
    assert np.median(values) == pytest.approx(1000, rel=1e-3)
    assert np.quantile(values, [0.025, 0.975]) == pytest.approx([600, 3000], rel=1e-2)
    assert values[0] > 199
    z = NormalDist().inv_cdf(0.975)
    assert np.std(np.log(values[values > 1000] - 199.5) - np.log(800.5)) < np.log(2800.5 / 800.5) / z


@settings(deadline=None)
@given(st.integers(0, 500), st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e6))
def test_any_limits_in_order_have_a_distribution(n: int, below: float, unseen: float, above: float) -> None:
    estimate = Estimate("chao", None, n + below + unseen, n + below, n + below + unseen + above)
    values = approximate(estimate, n).totals
    assert np.isfinite(values).all()
    assert (values > n - 1).all()


def test_an_estimate_without_limits_has_no_distribution() -> None:
    with pytest.raises(ValueError, match="without limits"):
        approximate(Estimate("chao", None, 10.0), 5)


def test_points_alone_carry_only_the_doubt_about_the_linkage() -> None:
    points: dict[int, Estimate | tuple[Estimate, Distribution | None]] = {
        n: Estimate("loglinear-bic", "[12,3]", 10.0 * n) for n in range(1, 101)
    }
    found, draws = average(drawn(*range(1, 101)), Fake(points))
    assert (found.total, found.lower, found.upper) == (500, 30, 980)
    assert found.verdict == CAUTION
    assert "only" in found.reason
    assert draws.within == {"loglinear-bic": None}
    assert found.standard_error is None
    assert found.model == "[12,3]"


def test_models_of_the_draws_are_told_by_their_shares() -> None:
    found, _ = average(drawn(10, 10, 10, 20), Fake({10: answer(1, [1], "[12,3]"), 20: answer(2, [2], "[13,2]")}))
    assert found.model is None
    assert found.diagnostics["models"] == [{"model": "[12,3]", "share": 0.75}, {"model": "[13,2]", "share": 0.25}]


def test_infinite_replicates_refuse_an_upper_end_and_never_a_number() -> None:
    """A bootstrap replicate without an estimate is infinitely large: 10 % of them leave no upper end."""
    few = answer(5, [5.0] * 99 + [np.inf])
    lots = answer(5, [5.0] * 90 + [np.inf] * 10)
    assert average(drawn(10, 10), Fake({10: few}))[0].upper == 5.0
    found, draws = average(drawn(10, 10), Fake({10: lots}))
    assert found.verdict == REFUSED
    assert "infinite" in found.reason
    assert draws.within == {"decomposable": None}
    json.dumps(dict(found.diagnostics), allow_nan=False)


def test_cautions_of_the_draws_are_passed_on() -> None:
    told = Estimate("decomposable", None, 5.0, 4.0, 6.0, verdict=CAUTION, reason="The upper end rests on the prior.")
    found, _ = average(drawn(10, 10, 20), Fake({10: told, 20: answer(5, [4, 6])}))
    assert found.verdict == CAUTION
    assert found.reason == "A caution holds for 2 of 3 linkage draws: The upper end rests on the prior."


# --- people observed, several methods, wrong input -----------------------------------------


def test_the_people_observed_vary_with_the_linkage() -> None:
    fake = Fake({n: answer(n, [n]) for n in range(101, 201)})
    _, draws = average(drawn(*range(101, 201)), fake)
    assert (draws.n_observed_lower, draws.n_observed_upper) == (103, 198)


def test_several_methods_share_one_value() -> None:
    table = drawn(10, 20)
    first = average(table, Fake({10: answer(1, [1]), 20: answer(3, [3])}))
    one = Estimate("chao", None, 7.0, 6.0, 8.0)
    second = average(table, Fake({10: one, 20: one}))
    both = combine([first, second])
    assert set(both.within) == set(both.between) == {"decomposable", "chao"}
    assert both.estimates == first[1].estimates


def test_a_table_without_draws_is_one_sentence() -> None:
    with pytest.raises(BadTable, match="no draws"):
        average(table_of(10), Fake({}))


def test_draws_on_other_numbers_of_lists_are_one_sentence() -> None:
    four = OverlapTable(("a", "b", "c", "d"), np.arange(16))
    with pytest.raises(BadTable, match="different numbers of lists"):
        average(OverlapTable(("a", "b", "c"), table_of(10).counts, draws=[table_of(10), four]), Fake({}))


# --- a linkage whose truth is known ---------------------------------------------------------


def split(counts: NDArray[np.int64], chance: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Links missed: a person on two lists or more is, with this chance, taken for one person a list."""
    found = counts.copy()
    for cell in range(len(counts)):
        if cell.bit_count() > 1:
            lost = rng.binomial(counts[cell], chance)
            found[cell] -= lost
            for i in range(3):
                if cell >> i & 1:
                    found[1 << i] += lost
    return found


def test_averaging_finds_a_known_total_where_one_wrong_linkage_does_not() -> None:
    """2,000 people on three independent lists; the linkage misses 0 to 20 % of links, so its draws span the truth."""
    rng = np.random.default_rng(8)
    seen = rng.random((2_000, 3)) < 0.3
    counts = np.bincount(seen @ np.array([1, 2, 4]), minlength=8)
    counts[0] = 0
    lists = ("a", "b", "c")
    worst = OverlapTable(lists, split(counts, 0.2, rng))
    alone, _ = distribution(worst)
    assert alone.lower is not None
    assert alone.lower > 2_000
    draws = [OverlapTable(lists, split(counts, rng.uniform(0.0, 0.2), rng)) for _ in range(60)]
    found, about = average(OverlapTable(lists, worst.counts, draws=draws), distribution)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 2_000 < found.upper
    between, within = about.between["decomposable"], about.within["decomposable"]
    assert between is not None
    assert within is not None
    assert found.upper - found.lower > 2 * 1.96 * np.sqrt(within)
    assert found.diagnostics["distributions"] == {"distribution": 60}
    assert about.n_observed_upper > counts.sum()
