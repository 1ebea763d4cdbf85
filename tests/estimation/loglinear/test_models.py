"""Enumeration of hierarchical models against brute force and the published numbers of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from testimonia.estimation.loglinear.models import (
    _steps,
    _walk,
    code,
    every,
    every_count,
    flags,
    interactions,
    terms_of,
)
from testimonia.estimation.terms import closure, main_effects, order, parse


@pytest.mark.parametrize(("k", "number"), [(3, 8), (4, 113), (5, 6_893)])
def test_there_are_as_many_models_as_published(k: int, number: int) -> None:
    """Silverman, Chan & Vincent 2024, section 2."""
    assert len(every(k)) == len(set(every(k).tolist())) == every_count(k) == number


def test_six_lists_have_7_785_061_models() -> None:
    steps = _steps(6, None)
    assert _walk(*steps, code(main_effects(6)), np.zeros(0, np.uint64)) == every_count(6) == 7_785_061


@pytest.mark.parametrize(("k", "limit", "number"), [(5, 3, 6_212), (5, 2, 1_024), (6, 2, 32_768), (12, 2, 2**66)])
def test_orders_can_be_limited(k: int, limit: int, number: int) -> None:
    assert every_count(k, limit) == number


def test_on_four_lists_they_are_all_closures_of_sets_of_interactions() -> None:
    some = interactions(4).tolist()
    sets = (c for size in range(len(some) + 1) for c in combinations(some, size))
    assert set(every(4).tolist()) == {code(closure(c, 4)) for c in sets}


def test_a_model_comes_after_the_one_it_extends_by_its_last_term() -> None:
    path: dict[int, int] = {}
    for number in every(5).tolist():
        terms = terms_of(number)
        assert terms == main_effects(5) or path[len(terms) - 1] == number ^ 1 << terms[-1]
        path[len(terms)] = number


def test_interactions_rise_by_order_and_leave_out_the_one_of_all_lists() -> None:
    assert interactions(3).tolist() == [0b011, 0b101, 0b110]
    assert [order(t) for t in interactions(5).tolist()] == [2] * 10 + [3] * 10 + [4] * 5
    assert interactions(12, 2).size == 66


def test_a_number_and_its_terms_are_the_same_model() -> None:
    terms = parse("[123,25,34]", 5)
    assert terms_of(code(terms)) == terms
    assert np.flatnonzero(flags(terms, 5)).tolist() == sorted(terms)


def test_more_than_six_lists_have_no_numbers() -> None:
    with pytest.raises(ValueError, match="7 lists are not numbered"):
        every(7, 2)
