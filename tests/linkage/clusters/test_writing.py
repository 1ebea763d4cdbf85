"""Two ways of writing: the surplus by brute force, recovery where there are two, and none where there is one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from testimonia.linkage.clusters.writing import Ways, ways_of

SHARE = np.array([[0.75, 0.25]])
GAP = np.array([[0.05, 0.05, 0.05, 0.05, 0.05, 0.05], [0.3, 0.3, 0.3, 0.3, 0.3, 0.3]])
LEVELS = np.array([[[0.03, 0.97]] * 6, [[0.35, 0.65]] * 6])
TRUE = Ways(SHARE, GAP, LEVELS)


def _written(number: int, ways: Ways, seed: int) -> NDArray[np.int8]:
    """Levels of matches written in these ways, int8[number, C]."""
    generator = np.random.default_rng(seed)
    way = (generator.random(number) < ways.share[0, 1]).astype(int)
    levels = generator.random((number, ways.gap.shape[1])) < ways.levels[way][:, :, 1]
    return np.where(generator.random(levels.shape) < ways.gap[way], -1, levels).astype(np.int8)


def _by_hand(levels: tuple[int, ...], ways: Ways) -> float:
    """The log of P(levels | which are missing) over the product of P(level | it is not missing)."""
    whole, gaps, product_ = 0.0, 0.0, 1.0
    for way in range(2):
        both = pattern = ways.share[0, way]
        for at, level in enumerate(levels):
            gap = ways.gap[way, at]
            both *= gap if level < 0 else (1 - gap) * ways.levels[way, at, level]
            pattern *= gap if level < 0 else 1 - gap
        whole, gaps = whole + both, gaps + pattern
    for at, level in enumerate(levels):
        if level >= 0:
            there = ways.share[0] * (1 - ways.gap[:, at])
            product_ *= (there * ways.levels[:, at, level]).sum() / there.sum()
    return float(np.log(whole / gaps / product_))


def test_the_surplus_is_that_of_the_mixture_by_hand() -> None:
    every = list(product((-1, 0, 1), repeat=6))
    found = TRUE.surplus(np.array(every, dtype=np.int8), np.zeros(len(every), dtype=np.int16))
    assert found == pytest.approx([_by_hand(levels, TRUE) for levels in every])


def test_several_disagreements_together_speak_less_against_one_person_most_beside_gaps() -> None:
    """One disagreement alone is rarer than by itself; three together, or beside gaps, are a careless hand."""
    levels = np.array([[0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, -1, -1]], dtype=np.int8)
    one, three, gaps = TRUE.surplus(levels, np.zeros(3, dtype=np.int16))
    assert one < 0 < three < gaps
    assert gaps > 1.0


def test_what_goes_together_is_recovered_from_matches() -> None:
    """The surplus learned from 4,000 matches is that of the truth, up to .15 on average."""
    levels, kind = _written(4000, TRUE, 1), np.zeros(4000, dtype=np.int16)
    found = ways_of(levels, kind, np.ones(4000), 1, 2)
    assert found is not None
    assert np.abs(found.surplus(levels, kind) - TRUE.surplus(levels, kind)).mean() < 0.15


@pytest.mark.parametrize("seed", range(5))
def test_one_way_of_writing_is_left_as_it_is(seed: int) -> None:
    one = Ways(SHARE, np.repeat(GAP[:1], 2, axis=0), np.repeat(LEVELS[1:], 2, axis=0))
    assert ways_of(_written(1500, one, seed), np.zeros(1500, dtype=np.int16), np.ones(1500), 1, 2) is None


def test_a_few_matches_show_no_ways() -> None:
    assert ways_of(_written(30, TRUE, 1), np.zeros(30, dtype=np.int16), np.ones(30), 1, 2) is None
    assert ways_of(np.zeros((0, 6), dtype=np.int8), np.zeros(0, dtype=np.int16), np.ones(0), 1, 2) is None


@given(st.integers(0, 10**6), st.integers(1, 300))
def test_any_levels_have_a_finite_surplus(seed: int, number: int) -> None:
    """Also where a comparison is never made, or a level never seen."""
    generator = np.random.default_rng(seed)
    levels = generator.integers(-1, 3, (number, 4)).astype(np.int8)
    levels[:, 0] = -1
    kind = generator.integers(0, 3, number).astype(np.int16)
    found = ways_of(np.minimum(levels, 1), kind, np.ones(number), 3, 3)
    if found is not None:
        assert np.isfinite(found.surplus(levels, kind)).all()
