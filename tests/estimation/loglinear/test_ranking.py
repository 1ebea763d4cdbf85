"""The best models of a table, and what is said about how they were found."""

from __future__ import annotations

from typing import Any

import numpy as np

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.ranking import highest_order, rank, within
from testimonia.estimation.terms import bracket


def test_averaging_is_of_order_two_beyond_five_lists_unless_all_is_asked_for() -> None:
    assert [highest_order(k, None, False) for k in (3, 5, 6, 8)] == [2, 4, 2, 2]
    assert [highest_order(6, None, True), highest_order(6, 3, False), highest_order(4, 9, False)] == [5, 3, 3]


def test_the_best_models_come_best_first(published: Any) -> None:
    found = rank(published("uk5"), "bic", 4)
    assert [fit.model for fit in found.fits][:2] == ["[123,25,34]", "[123,34,5]"]
    assert [fit.bic for fit in found.fits] == sorted(fit.bic for fit in found.fits)
    assert (found.models, found.admissible, found.max_order, found.proved) == (6_893, 6_519, 4, True)


def test_on_six_lists_the_best_of_all_orders_is_proved(published: Any) -> None:
    found = rank(published("uk6"), "bic")
    assert found.fits[0].model == "[12,13,25,35,36,45]"
    assert (found.models, found.admissible, found.max_order, found.proved) == (7_785_061, None, 5, True)
    assert "prove that no other model is as good" in found.how


def test_the_window_of_a_search_is_that_of_all_fits(published: Any) -> None:
    table = published("uk6")
    chosen, proved, how = within(table, "bic", 3.0, 2)
    fits = rank(table, "bic", 40, 2).fits
    assert [bracket(terms) for terms in chosen] == [fit.model for fit in fits if fit.bic <= fits[0].bic + 3.0]
    assert proved and "comes within 3 of the best" in how


def test_a_search_out_of_patience_falls_back_and_says_so(published: Any) -> None:
    chosen, proved, how = within(published("uk6"), "aic", 0.0, 5, effort=2_000.0)
    assert len(chosen) <= 1 and not proved
    assert how.endswith("a better model may exist.")


def test_where_no_model_is_admissible_there_is_no_best() -> None:
    table = OverlapTable(("a", "b", "c"), np.array([0, 9, 9, 0, 9, 0, 0, 0]))
    assert rank(table, "bic").fits == ()
