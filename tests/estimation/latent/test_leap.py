"""Leaps leave the posterior as it is: against the prior where there are no data, and against a closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import betaln, gammaln
from scipy.stats import ks_2samp

from testimonia.estimation.latent.data import Cells, cells_of
from testimonia.estimation.latent.density import SEEN, measure
from testimonia.estimation.latent.leap import leap, place_of, put, size_of
from testimonia.estimation.latent.mixture import Mixture, fit, nothing
from testimonia.estimation.table import OverlapTable

A, B = 0.25, 0.25
KOREA = OverlapTable(("b", "c", "d"), np.array([0, 5, 5, 54, 41, 6, 0, 12]))
Room = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def room(cells: Cells) -> Room:
    return np.zeros(cells.classes), np.zeros((cells.lists, cells.classes)), np.zeros(4)


def places(where: NDArray[np.float64], cells: Cells) -> NDArray[np.float64]:
    """Coordinates of all lanes that stand where leaps are possible."""
    logs, top = np.zeros(cells.classes), np.zeros(min(3, cells.classes), dtype=np.int64)
    found = np.zeros((where.shape[2], size_of(cells.lists, cells.classes)))
    possible = [place_of(where, lane, logs, top, found[lane]) for lane in range(where.shape[2])]
    return found[possible]


def leaps(
    where: NDArray[np.float64], lane: int, tries: int, mixture: Mixture, cells: Cells, rng: np.random.Generator
) -> int:
    space, standing = room(cells), np.zeros(4)
    measure(where, lane, cells, *space[:2], standing)
    return leap(where, lane, standing, (A, B), tries, mixture, cells, rng, space)


def from_the_prior(lanes: int, cells: Cells, rng: np.random.Generator) -> NDArray[np.float64]:
    """Log sticks and log odds from the prior, alpha from Gamma(A, rate B)."""
    where = rng.logistic(size=(cells.lists + 1, cells.classes, lanes))
    alpha = np.maximum(rng.gamma(A, 1 / B, size=lanes), 1e-200)
    where[0, :-1] = np.log(rng.exponential(size=(cells.classes - 1, lanes))) - np.log(alpha)
    return where


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_without_data_draws_of_the_prior_stay_draws_of_the_prior(classes: int) -> None:
    """3,000 draws before and after 15 tries each: sticks and odds of every class keep their distribution."""
    cells, rng = (
        cells_of(OverlapTable(("A", "B"), np.zeros(4, dtype=np.int64)), classes),
        np.random.default_rng(classes),
    )
    before, where = (from_the_prior(3_000, cells, rng) for _ in range(2))
    mixture = fit(places(from_the_prior(4_000, cells, rng), cells), rng)
    done = [leaps(where, lane, 15, mixture, cells, rng) for lane in range(3_000)]
    assert np.mean(np.array(done) > 0) > 0.2
    for row, k in np.ndindex(3, classes):
        if row > 0 or k < classes - 1:
            assert ks_2samp(before[row, k], where[row, k]).pvalue > 1e-3, (row, k)
    assert ks_2samp(before[1:].max(axis=(0, 1)), where[1:].max(axis=(0, 1))).pvalue > 1e-3


def test_leaps_alone_give_the_closed_form_of_one_class() -> None:
    """K = 1: p(N | data) is N!/(N - n)! / N times the product over lists of Beta(n_j + 1, N - n_j + 1)."""
    cells, rng = cells_of(KOREA, 1), np.random.default_rng(3)
    chances = np.array([KOREA.size(1 << j) for j in range(3)]) / 132
    mixture = fit(np.log(chances / (1 - chances)) + 0.3 * rng.normal(size=(1_000, 3)), rng)
    where, space, totals = np.zeros((4, 1, 1)), room(cells), []
    where[1:, 0, 0] = np.log(chances / (1 - chances))
    for _ in range(6_000):
        leaps(where, 0, 4, mixture, cells, rng)
        measure(where, 0, cells, *space[:2], space[2])
        totals.append(KOREA.n + rng.poisson(rng.gamma(KOREA.n) * (1 - space[2][SEEN]) / space[2][SEEN]))
    people = np.arange(KOREA.n, 4_000, dtype=np.float64)
    log = gammaln(people + 1) - gammaln(people - KOREA.n + 1) - np.log(people)
    for j in range(3):
        log += betaln(KOREA.size(1 << j) + 1, people - KOREA.size(1 << j) + 1)
    exact = np.cumsum(np.exp(log - np.logaddexp.reduce(log)))
    for value in (130.0, 133.0, 137.0, 141.0):
        truth = exact[people <= value][-1]
        assert np.mean(np.array(totals) <= value) == pytest.approx(
            truth, abs=4 * math.sqrt(truth * (1 - truth) / 2_000)
        )


def test_coordinates_lead_back_to_where_they_were_taken() -> None:
    where = np.random.default_rng(4).normal(size=(4, 5, 1))
    held = where.copy()
    logs, top = np.zeros(5), np.zeros(3, dtype=np.int64)
    place = np.zeros(size_of(3, 5))
    assert place_of(where, 0, logs, top, place)
    put(where, 0, logs, top, place)
    np.testing.assert_allclose(where[1:], held[1:])
    np.testing.assert_allclose(where[0, :-1], held[0, :-1], rtol=1e-9)


def test_the_first_class_is_the_one_that_holds_most_of_the_recorded() -> None:
    """A small class that everybody sees goes before a large one that nobody sees."""
    where = np.zeros((4, 2, 1))
    where[0, 0, 0], where[1:, 0, 0], where[1:, 1, 0] = math.log(-math.log(0.1)), -9.0, 2.0
    place = np.zeros(size_of(3, 2))
    assert place_of(where, 0, np.zeros(2), np.zeros(2, dtype=np.int64), place)
    np.testing.assert_allclose(place, [2, 2, 2, -9, -9, -9, math.log(9)])


def test_nobody_leaps_before_anything_was_learnt() -> None:
    cells, rng = cells_of(KOREA, 3), np.random.default_rng(5)
    where = rng.normal(size=(4, 3, 1))
    held = where.copy()
    assert leaps(where, 0, 10, nothing(size_of(3, 3)), cells, rng) == 0
    np.testing.assert_array_equal(where, held)
