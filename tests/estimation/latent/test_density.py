"""The density and its slope, against sums over the missed people and against finite differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import gammaln

from testimonia.estimation.latent.data import Cells, cells_of, lanes_for
from testimonia.estimation.latent.density import LENGTH, LIKELIHOOD, PRIOR, SEEN, measure
from testimonia.estimation.latent.force import slope
from testimonia.estimation.table import OverlapTable

COUNTS = np.array([0, 7, 5, 2, 4, 1, 0, 3, 6, 0, 2, 0, 1, 0, 0, 1])
FOUR = OverlapTable(("A", "B", "C", "D"), COUNTS)


def a_place(cells: Cells, seed: int, lanes: int = 1) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.5, size=(cells.lists + 1, cells.classes, lanes))


def measured(where: NDArray[np.float64], cells: Cells, lane: int = 0) -> NDArray[np.float64]:
    out = np.zeros(4)
    measure(where, lane, cells, np.zeros(cells.classes), np.zeros((cells.lists, cells.classes)), out)
    return out


def parameters(where: NDArray[np.float64], lane: int = 0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Class weights and capture chances by the definition: V = 1 - exp(-stick), logistic of the log odds."""
    kept = np.exp(-np.exp(where[0, :-1, lane]))
    rest = np.concatenate([[1.0], np.cumprod(kept)])
    weights = rest * np.concatenate([1 - kept, [1.0]])
    return weights, 1 / (1 + np.exp(-where[1:, :, lane]))


def patterns(where: NDArray[np.float64], lists: int) -> NDArray[np.float64]:
    """The chance of each of the 2**lists patterns."""
    weights, chance = parameters(where)
    bits = np.arange(1 << lists)[:, None] >> np.arange(lists) & 1
    each = np.where(bits[:, :, None] == 1, chance[None], 1 - chance[None]).prod(axis=1)
    return np.asarray(each @ weights)


def summed_over_missed(table: OverlapTable, chances: NDArray[np.float64]) -> float:
    """log of the sum over n0 of prior 1/N times the multinomial of all N people, term by term."""
    n0 = np.arange(20_000)
    people = n0 + table.n
    terms = -np.log(people) + gammaln(people + 1) - gammaln(n0 + 1) + n0 * math.log(chances[0])
    rest = float(table.counts[1:] @ np.log(chances[1:])) - float(gammaln(table.counts + 1).sum())
    return float(np.logaddexp.reduce(terms)) + rest


@pytest.mark.parametrize("seed", range(4))
def test_the_likelihood_is_the_sum_over_the_missed_people_up_to_a_constant(seed: int) -> None:
    """Differences between two places, since the constant of the conditional multinomial is left out."""
    cells = cells_of(FOUR, 3)
    one, two = a_place(cells, seed), a_place(cells, seed + 100)
    exact = summed_over_missed(FOUR, patterns(one, 4)) - summed_over_missed(FOUR, patterns(two, 4))
    assert measured(one, cells)[LIKELIHOOD] - measured(two, cells)[LIKELIHOOD] == pytest.approx(exact, abs=1e-8)


def test_the_share_seen_is_one_less_the_empty_pattern() -> None:
    cells = cells_of(FOUR, 5)
    where = a_place(cells, 7)
    assert measured(where, cells)[SEEN] == pytest.approx(1 - patterns(where, 4)[0], rel=1e-12)


def test_the_share_seen_keeps_its_digits_when_hardly_anybody_is_seen() -> None:
    """Chances of 1e-9: one less the empty pattern would have lost them."""
    cells = cells_of(FOUR, 1)
    where = np.full((5, 1, 1), math.log(1e-9))
    assert measured(where, cells)[SEEN] == pytest.approx(4e-9, rel=1e-8)


def test_the_prior_is_uniform_on_chances_and_counts_the_stretch_to_log_odds_and_log_sticks() -> None:
    """sum of log p (1 - p) over chances, and of the log sticks; alpha's part is kept apart with the sticks' sum."""
    cells = cells_of(FOUR, 4)
    where = a_place(cells, 11)
    _, chance = parameters(where)
    expected = np.log(chance * (1 - chance)).sum() + where[0, :-1, 0].sum()
    found = measured(where, cells)
    assert found[PRIOR] == pytest.approx(expected, rel=1e-12)
    assert found[LENGTH] == pytest.approx(np.exp(where[0, :-1, 0]).sum(), rel=1e-12)


@pytest.mark.parametrize("classes", [1, 2, 10])
def test_the_force_is_the_slope_of_the_density_to_single_precision(classes: int) -> None:
    """Central differences of the exact density; heat and prior differ from lane to lane."""
    cells = cells_of(FOUR, classes)
    lanes = 3
    at, where = lanes_for(cells, lanes), a_place(cells, 3, lanes)
    heat, shape, rate = np.array([1.0, 0.4, 0.05]), np.array([0.25, 1.0, 5.0]) + classes - 1, np.array([0.25, 1.0, 5.0])
    tempers = np.array([heat, heat * cells.people, shape, rate], dtype=np.float32)
    slope(where.reshape(cells.lists + 1, -1), cells, at, *tempers)

    def log_density(lane: int) -> float:
        found = measured(where, cells, lane)
        return float(heat[lane] * found[LIKELIHOOD] + found[PRIOR] - shape[lane] * math.log(rate[lane] + found[LENGTH]))

    for lane in range(lanes):
        slopes = np.zeros((cells.lists + 1, classes))
        for place in np.ndindex(slopes.shape):
            held = where[(*place, lane)]
            where[(*place, lane)] = held + 1e-5
            up = log_density(lane)
            where[(*place, lane)] = held - 1e-5
            slopes[place] = (up - log_density(lane)) / 2e-5
            where[(*place, lane)] = held
        found = at.force3[:, :, lane]
        np.testing.assert_allclose(found, slopes, rtol=1e-4, atol=1e-4 * np.abs(slopes).max())


def test_the_force_stays_finite_in_far_corners() -> None:
    """Sticks of e**200, chances within e**-60 of nil and of one: no overflow in single precision."""
    cells = cells_of(FOUR, 6)
    at = lanes_for(cells, 4)
    tempers = np.ones((4, 4), dtype=np.float32)
    for value in (-200.0, -60.0, 60.0, 200.0):
        where = a_place(cells, 5, 4) * 10 + value
        slope(where.reshape(5, -1), cells, at, *tempers)
        assert np.isfinite(at.force).all()


@pytest.mark.parametrize("long", [(9.0, 2.0), (45.0, 3.0), (74.0, 106.0)])
def test_the_force_brings_back_sticks_that_took_everything(long: tuple[float, float]) -> None:
    """Sticks e**9 to e**106 long: beyond single precision the force still points the way the exact density rises.

    Where both are longer than can be told apart, only their joint pull is known: it is that of the density.
    """
    cells = cells_of(FOUR, 4)
    at, where = lanes_for(cells, 1), a_place(cells, 9)
    where[0, :2, 0] = long
    tempers = np.array([[1.0], [cells.people], [3.25], [0.25]], dtype=np.float32)
    slope(where.reshape(5, -1), cells, at, *tempers)

    def log_density(shift: float) -> float:
        where[0, :2, 0] = np.array(long) + shift
        found = measured(where, cells)
        return float(found[LIKELIHOOD] + found[PRIOR] - 3.25 * math.log(0.25 + found[LENGTH]))

    joint = (log_density(1e-3) - log_density(-1e-3)) / 2e-3
    assert float(at.force3[0, :2, 0].sum()) == pytest.approx(joint, abs=1e-3)
    assert joint < 0
