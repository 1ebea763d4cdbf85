"""Draws against oracles: closed forms, weighting of draws of the prior, the usual sampler, published figures."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from testimonia.errors import BadTable
from testimonia.estimation.latent import Chains, sample, sampler
from testimonia.estimation.table import OverlapTable

SHARED = Path(__file__).parents[4] / "shared" / "mse"
KOREA = OverlapTable(("b", "c", "d"), np.array([0, 5, 5, 54, 41, 6, 0, 12]))


def shared(name: str) -> OverlapTable:
    path = SHARED / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project: ../shared/mse holds the tables")
    return OverlapTable.read_csv(path)


def error_of_quantile(draws: NDArray[np.float64], effective: float, p: float) -> float:
    """Standard error of a quantile: that of its probability, through the draws' own quantiles."""
    width = math.sqrt(p * (1 - p) / effective)
    low, high = np.quantile(draws, [max(p - width, 0.0), min(p + width, 1.0)])
    return float(high - low) / 2


def effective(found: Chains) -> float:
    assert found.agreement.ess_bulk is not None and found.agreement.ess_tail is not None
    return min(found.agreement.ess_bulk, found.agreement.ess_tail)


# --- oracles ------------------------------------------------------------------------------


def exact_for_one_class(found: Chains) -> None:
    """K = 1: p(N | data) is N!/(N - n)! / N times the product over lists of Beta(n_j + 1, N - n_j + 1)."""
    people = np.arange(KOREA.n, 4_000, dtype=np.float64)
    log = gammaln(people + 1) - gammaln(people - KOREA.n + 1) - np.log(people)
    for j in range(3):
        log += betaln(KOREA.size(1 << j) + 1, people - KOREA.size(1 << j) + 1)
    exact = np.cumsum(np.exp(log - np.logaddexp.reduce(log)))
    for value in (130.0, 133.0, 137.0, 141.0):
        truth = exact[people <= value][-1]
        error = math.sqrt(truth * (1 - truth) / effective(found))
        assert (found.total <= value).mean() == pytest.approx(truth, abs=4 * error)


def test_one_class_is_independence_with_its_closed_form() -> None:
    exact_for_one_class(sample(KOREA, classes=1, seed=4, sweeps=1_000))


def test_a_small_table_by_weighting_draws_of_the_prior() -> None:
    """A million draws of weights and chances from the prior, each weighted by its likelihood: three classes."""
    table = OverlapTable(("A", "B", "C"), np.array([0, 4, 3, 2, 5, 0, 1, 1]))
    rng, classes, size = np.random.default_rng(8), 3, 1_000_000
    alpha = np.maximum(rng.gamma(0.25, 4.0, size=size), 1e-200)
    with np.errstate(over="ignore"):
        kept = np.exp(-rng.exponential(size=(classes - 1, size)) / alpha)
    rest = np.concatenate([np.ones((1, size)), np.cumprod(kept, axis=0)])
    weights = rest * np.concatenate([1 - kept, np.ones((1, size))])
    chance = rng.random((3, classes, size))
    cells = np.zeros((8, size))
    for pattern in range(8):
        each = np.ones((classes, size))
        for j in range(3):
            each *= chance[j] if pattern >> j & 1 else 1 - chance[j]
        cells[pattern] = (weights * each).sum(axis=0)
    seen = 1 - cells[0]
    fit = sum(table.counts[x] * np.log(cells[x]) for x in table.patterns) - table.n * np.log(seen)
    weight = np.exp(fit - fit.max())
    weight /= weight.sum()
    worth = 1 / (weight**2).sum()
    assert worth > 1_000
    found = sample(table, classes=classes, seed=5, sweeps=2_000)
    rates = table.n / found.seen
    for value in (20.0, 25.0, 35.0, 60.0):
        truth = float(weight[table.n / seen <= value].sum())
        error = math.sqrt(truth * (1 - truth) * (1 / worth + 1 / effective(found)))
        assert (rates <= value).mean() == pytest.approx(truth, abs=4 * error)


def usual_sampler(table: OverlapTable, classes: int, sweeps: int, seed: int) -> NDArray[np.float64]:
    """The data augmentation Gibbs sampler of Manrique-Vallier 2016, section 3, written out plainly."""
    rng, a, b = np.random.default_rng(seed), 0.25, 0.25
    bits = np.array([[x >> j & 1 for j in range(table.k)] for x in (0, *table.patterns)])
    counts = table.counts[[0, *table.patterns]].copy()
    chance, weights, alpha = rng.random((table.k, classes)), np.full(classes, 1 / classes), 1.0
    totals = np.zeros(sweeps)
    for sweep in range(sweeps):
        each = weights * np.where(bits[:, :, None] == 1, chance, 1 - chance).prod(axis=1)
        counts[0] = rng.negative_binomial(table.n, max(1 - each[0].sum(), 1e-12))
        people = rng.multinomial(counts, each / each.sum(axis=1, keepdims=True))
        held, caught = people.sum(axis=0), bits.T @ people
        chance = rng.beta(1 + caught, 1 + held - caught)
        later = np.cumsum(held[::-1])[::-1] - held
        breaks = np.clip(rng.beta(1 + held[:-1], alpha + later[:-1]), 1e-300, 1 - 1e-15)
        rest = np.concatenate([[1.0], np.cumprod(1 - breaks)])
        weights = rest * np.append(breaks, 1.0)
        alpha = max(rng.gamma(a + classes - 1) / (b - np.log1p(-breaks).sum()), 1e-3)
        totals[sweep] = table.n + counts[0]
    return totals


def test_it_agrees_with_the_usual_sampler_where_that_mixes() -> None:
    """korea3, four classes: 15,000 sweeps of data augmentation are worth about 250 independent draws."""
    usual = usual_sampler(KOREA, 4, 15_000, seed=6)[1_000:]
    found = sample(KOREA, classes=4, seed=7, sweeps=1_500)
    for value in (126.0, 132.0, 145.0, 170.0):
        truth = (usual <= value).mean()
        error = math.sqrt(truth * (1 - truth) * (1 / 200 + 1 / effective(found)))
        assert (found.total <= value).mean() == pytest.approx(truth, abs=4 * error)


REFERENCES = {
    "hiv4": (10_900, 9_325, 13_200),
    "neworleans5": (837, 565, 1_370),
    "korea3": (137, 124, 200),
    "hare6": (76, 70, 90),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_tables_where_the_usual_sampler_mixes_give_its_answers(name: str) -> None:
    """Posterior medians and limits of long runs of the usual sampler, K = 10, a = b = 0.25.

    Within three standard errors of the difference; the references are taken as worth 1,000 draws, and as rounded.
    """
    found = sample(shared(name), seed=2, wanted=1_000.0)
    assert found.agreement.reached(ess=1_000)
    for reference, p in zip(REFERENCES[name], (0.5, 0.025, 0.975), strict=True):
        ours = float(np.quantile(found.total, p))
        error = math.hypot(
            error_of_quantile(found.total, effective(found), p), error_of_quantile(found.total, 1_000, p)
        )
        assert ours == pytest.approx(reference, abs=3 * error + 0.005 * reference + 1)


@pytest.mark.slow
def test_uk5_agrees_with_the_usual_sampler_that_may_also_exchange_classes() -> None:
    """4 million sweeps of data augmentation, with exchange of neighbouring classes (`evals/hidden/usual.py`), worth
    2,800 draws: 22,246 (15,496 to 34,388), the largest class first in 92 %.

    Long runs without that exchange stay in an order for very long, and give 21,100 to 21,300 with upper ends of
    32,350 to 32,650. That is what the draws say where the largest class comes second, 8 % of them: 21,400.
    """
    found = sample(shared("uk5"), seed=3, sweeps=12_000)
    order = found.weights.argmax(axis=2)
    assert (order == 0).mean() == pytest.approx(0.92, abs=0.02)
    for reference, p in ((22_246, 0.5), (15_496, 0.025), (34_388, 0.975)):
        error = math.hypot(
            error_of_quantile(found.total, effective(found), p), error_of_quantile(found.total, 2_800, p)
        )
        assert np.quantile(found.total, p) == pytest.approx(reference, abs=3 * error)
    second = found.total[order == 1]
    assert np.median(second) == pytest.approx(21_200, rel=0.02)
    assert np.quantile(second, 0.975) == pytest.approx(32_500, rel=0.05)


@pytest.mark.slow
def test_where_two_answers_lie_far_apart_all_chains_hold_both_in_the_same_shares() -> None:
    """netherlands5: about 49,000 in a third of the draws, about 144,000 in the rest, whatever the seed."""
    for seed in (1, 2):
        found = sample(shared("netherlands5"), seed=seed, wanted=800.0)
        assert found.agreement.reached(ess=800)
        assert (found.total < 80_000).mean() == pytest.approx(0.33, abs=0.06)
        assert np.ptp(np.median(found.total, axis=1)) < 0.15 * np.median(found.total)


def test_draws_after_leaps_were_learnt_are_those_of_the_posterior(monkeypatch: pytest.MonkeyPatch) -> None:
    """K = 1, whose closed form is known; leaps are learnt at once."""
    monkeypatch.setattr(sampler, "PATIENCE", 200)
    found = sample(KOREA, classes=1, seed=4, wanted=5_000.0)
    assert found.notes["leaps"]
    exact_for_one_class(found)


# --- behaviour ----------------------------------------------------------------------------


def test_a_seed_gives_the_same_draws_and_another_seed_others() -> None:
    """A seed may be a number or a SeedSequence."""
    seeds = (1, np.random.SeedSequence(1), 2)
    one, two, three = (sample(KOREA, seed=seed, sweeps=60).total for seed in seeds)
    assert np.array_equal(one, two)
    assert not np.array_equal(one, three)


def test_draws_are_people_and_weights_are_shares() -> None:
    found = sample(KOREA, seed=1, sweeps=200)
    assert found.total.shape == found.n0.shape == found.seen.shape == found.occupied.shape
    assert found.total.shape[0] == 4
    assert (found.n0 >= 0).all() and np.array_equal(found.n0, np.round(found.n0))
    np.testing.assert_allclose(found.weights.sum(axis=2), 1.0, atol=1e-9)
    assert found.occupied.min() >= 1 and found.occupied.max() <= 10


def test_the_budget_ends_the_run() -> None:
    found = sample(KOREA, seed=1, effort=1e-9, wanted=1e9)
    assert not found.agreement.reached(ess=1e9)


def test_a_table_of_nobody_is_refused() -> None:
    with pytest.raises(BadTable, match="nobody"):
        sample(OverlapTable(("A", "B", "C"), np.zeros(8, dtype=np.int64)))


def test_a_list_that_recorded_nobody_does_no_harm() -> None:
    table = OverlapTable(("A", "B", "C"), np.array([0, 20, 15, 9, 0, 0, 0, 0]))
    assert np.isfinite(sample(table, seed=1, sweeps=200).total).all()


@pytest.mark.slow
def test_true_totals_fall_anywhere_in_their_posteriors() -> None:
    """Simulation-based calibration (Talts et al. 2018), given the number of people recorded.

    With prior 1/N the chance of n people recorded is 1/n whatever the weights and chances: given n they still have
    their prior, the patterns are multinomial and the missed negative binomial, so that no bound on N is needed.
    """
    rng, places = np.random.default_rng(17), []
    for turn in range(150):
        table, missed = simulated(rng, lists=3, classes=3, people=60)
        found = sample(table, classes=3, seed=turn, effort=0.05, wanted=300.0)
        if found.agreement.reached(ess=300):
            below, ties = (found.n0 < missed).mean(), (found.n0 == missed).mean()
            places.append(below + rng.random() * ties)
    assert len(places) > 130
    counts = np.histogram(places, bins=10, range=(0, 1))[0]
    assert ((counts - len(places) / 10) ** 2 / (len(places) / 10)).sum() < 33.7  # one in 10,000


def simulated(rng: np.random.Generator, lists: int, classes: int, people: int) -> tuple[OverlapTable, int]:
    """A table of so many recorded people from the prior, and how many were missed."""
    alpha = max(rng.gamma(0.25, 4.0), 1e-200)
    with np.errstate(over="ignore"):
        kept = np.exp(-rng.exponential(size=classes - 1) / alpha)
    weights = np.concatenate([[1.0], np.cumprod(kept)]) * np.append(1 - kept, 1.0)
    chance = rng.random((lists, classes))
    bits = np.arange(1 << lists)[:, None] >> np.arange(lists) & 1
    cells = np.where(bits[:, :, None] == 1, chance, 1 - chance).prod(axis=1) @ weights
    counts = np.append(0, rng.multinomial(people, cells[1:] / cells[1:].sum()))
    missed = int(rng.negative_binomial(people, 1 - cells[0]))
    return OverlapTable(tuple(f"list {i + 1}" for i in range(lists)), counts), missed
