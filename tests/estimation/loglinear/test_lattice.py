"""Sums over subsets and supersets against their definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation.compiled import njit
from testimonia.estimation.loglinear import lattice

VALUES = st.integers(2, 6).flatmap(lambda k: st.lists(st.integers(-9, 9), min_size=1 << k, max_size=1 << k))


def compiled(function: Any) -> Callable[[Any], None]:
    """What is compiled into its callers, as one of them."""

    @njit
    def caller(x: Any) -> None:
        function(x)

    return caller


SUBSETS, SUPERSETS, INVERSE = map(compiled, (lattice.subset_sums, lattice.superset_sums, lattice.moebius))


@settings(deadline=None)
@given(VALUES)
def test_every_cell_holds_the_sum_over_its_subsets(values: list[int]) -> None:
    x = np.array(values, float)
    SUBSETS(x)
    assert x.tolist() == [sum(v for s, v in enumerate(values) if s & c == s) for c in range(len(values))]


@settings(deadline=None)
@given(VALUES)
def test_every_cell_holds_the_sum_over_its_supersets(values: list[int]) -> None:
    x = np.array(values, float)
    SUPERSETS(x)
    assert x.tolist() == [sum(v for s, v in enumerate(values) if s & c == c) for c in range(len(values))]


@settings(deadline=None)
@given(VALUES)
def test_the_moebius_transform_takes_subset_sums_back(values: list[int]) -> None:
    x = np.array(values, float)
    SUBSETS(x)
    INVERSE(x)
    assert x.tolist() == values


@pytest.mark.parametrize("k", [7, 10])
def test_more_lists_than_registers(k: int) -> None:
    x = np.ones(1 << k)
    SUBSETS(x)
    assert x.tolist() == [2.0 ** c.bit_count() for c in range(1 << k)]
