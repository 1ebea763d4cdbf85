"""Methods over the draws of a linkage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from testimonia.estimation import estimate
from testimonia.estimation.examples import load
from testimonia.estimation.linked import SLOW, over_draws, thinned, together
from testimonia.estimation.methods import Settings, answer
from testimonia.estimation.table import OverlapTable

SIMPLE = ("chao", "sample-coverage", "lincoln-petersen")


def drawn(number: int) -> OverlapTable:
    """Palembang with a few people more or fewer on all three lists."""
    table = load("korea3")
    tables = []
    for draw in range(number):
        moved = draw % 5 - 2
        counts = table.counts + np.array([0, -moved, 0, 0, 0, 0, 0, moved])
        tables.append(table.with_counts(counts))
    return replace(table, draws=tuple(tables))


def test_a_method_over_draws_pools_all_of_them() -> None:
    """The pooled bound lies among those of the draws, and both variances are there."""
    table = drawn(10)
    pooled, draws = over_draws(table, "chao", Settings())
    alone = [answer(draw, "chao", Settings()).total for draw in table.draws]
    assert draws is not None and draws.draws == 10 and draws.refused == 0
    assert min(one for one in alone if one) <= (pooled.total or 0) <= max(one for one in alone if one)
    assert draws.between["chao"] == pytest.approx(np.var([one for one in alone if one], ddof=1))
    assert pooled.diagnostics["draws_used"] == pooled.diagnostics["draws"] == 10


def test_slow_methods_are_asked_about_evenly_spaced_draws() -> None:
    """The first is among them, and none comes twice."""
    table = drawn(1000)
    some = thinned(table.draws, SLOW["latent-class"])
    places = [next(place for place, draw in enumerate(table.draws) if draw is one) for one in some]
    assert places == [0, 250, 500, 750]
    assert thinned(table.draws, 1000) == tuple(table.draws)


def test_the_report_shows_the_draws_of_the_headline_and_the_variances_of_all() -> None:
    """Whichever method comes first."""
    table = drawn(5)
    pooled = [over_draws(table, method, Settings()) for method in SIMPLE]
    draws = together(pooled, "lincoln-petersen")
    assert draws is not None
    assert {estimate.method for estimate in draws.estimates} == {"lincoln-petersen"}
    assert set(draws.within) == set(draws.between) == set(SIMPLE)
    assert together([], "chao") is None


def test_a_report_of_draws_has_one_answer_a_method() -> None:
    """And says between which numbers of people the linkage leaves the recorded ones."""
    found = estimate(drawn(5), methods=SIMPLE)
    assert [one.method for one in found.estimates] == list(SIMPLE)
    assert found.draws is not None
    assert (found.draws.n_observed_lower, found.draws.n_observed_upper) == (123, 123)


@pytest.mark.parametrize("name", ["korea3", "australia4"])
def test_draws_that_agree_are_the_table_itself(name: str) -> None:
    """The same table fifty times has its own estimate, and limits near its own."""
    table = load(name)
    alone = answer(table, "bic-bootstrap", Settings(seed=3))
    pooled, _ = over_draws(replace(table, draws=(table,) * 50), "bic-bootstrap", Settings(seed=3))
    assert pooled.total == pytest.approx(alone.total, rel=1e-9)
    assert alone.lower is not None and alone.upper is not None
    assert pooled.lower == pytest.approx(alone.lower, rel=0.2)
    assert pooled.upper == pytest.approx(alone.upper, rel=0.35)
