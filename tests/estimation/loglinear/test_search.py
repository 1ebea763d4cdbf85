"""The exact search against fitting every model, and the published best models."""

from __future__ import annotations

from math import lgamma, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.estimation.loglinear.fits import fit_all, fit_model
from testimonia.estimation.loglinear.kernel import workspace
from testimonia.estimation.loglinear.models import flags, interactions, terms_of
from testimonia.estimation.loglinear.search import prepare, search
from testimonia.estimation.loglinear.verdicts import margins
from testimonia.estimation.terms import bracket, main_effects


def best(counts: Any, cost: float, max_order: int | None = None, first: Any = None) -> tuple[str, float]:
    """The best model in brackets and its score; no brackets where none is admissible."""
    k = counts.size.bit_length() - 1
    found, scores = np.zeros((256, counts.size), np.uint8), np.full(256, np.inf)
    task, begin = prepare(counts, workspace(k, counts.size)), flags(main_effects(k), k) if first is None else first
    done = search(task, interactions(k, max_order), cost, 0.0, 1 << 40, begin, found, scores)
    assert done.complete
    last = int(scores.argmin())
    return bracket(np.flatnonzero(found[last]).tolist()) if done.written else "", float(scores[last])


def near(counts: Any, cost: float, window: float) -> tuple[set[tuple[int, ...]], Any]:
    """The models within a window of the best, and the search's account of itself."""
    k = counts.size.bit_length() - 1
    found, scores = np.zeros((8_000, counts.size), np.uint8), np.zeros(8_000)
    first = flags(main_effects(k), k)
    task = prepare(counts, workspace(k, counts.size))
    done = search(task, interactions(k), cost, window, 1 << 40, first, found, scores)
    kept = [i for i in range(done.written) if scores[i] <= done.best + window]
    return {tuple(np.flatnonzero(found[i]).tolist()) for i in kept}, done


def tables(k: int) -> Any:
    """Tables from full to nearly empty, with people on every list."""
    cells = st.lists(st.sampled_from([0, 0, 1, 2, 5, 40]), min_size=1 << k, max_size=1 << k)
    return cells.map(lambda x: np.array([0, *x[1:]], float)).filter(
        lambda x: all(margins(x)[1 << i] > 0 for i in range(k))
    )


@settings(max_examples=150, deadline=None)
@given(counts=st.one_of(tables(3), tables(4)), cost=st.sampled_from([0.5, 2.0, 6.0]))
def test_no_admissible_model_scores_better_than_the_one_found(counts: Any, cost: float) -> None:
    fits = fit_all(counts)
    scores = np.where(fits.admissible, fits.deviance + cost * fits.parameters, np.inf)
    model, score = best(counts, cost)
    assert bool(model) == bool(fits.admissible.any())
    assert score == pytest.approx(scores.min(), abs=1e-5)


@settings(max_examples=12, deadline=None)
@given(counts=tables(5), cost=st.sampled_from([2.0, 6.0]))
def test_nor_does_one_of_6893_on_five_lists(counts: Any, cost: float) -> None:
    fits = fit_all(counts)
    scores = np.where(fits.admissible, fits.deviance + cost * fits.parameters, np.inf)
    assert not fits.admissible.any() or best(counts, cost)[1] == pytest.approx(scores.min(), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(counts=tables(4), window=st.sampled_from([0.7, 3.3, 9.1]))
def test_a_window_holds_exactly_the_models_that_come_so_close(counts: Any, window: float) -> None:
    fits = fit_all(counts)
    found, done = near(counts, 2.0, window)
    if not fits.admissible.any():
        assert not found
        return
    scores = np.where(fits.admissible, fits.deviance + 2.0 * fits.parameters, np.inf) - done.best
    surely = {tuple(sorted(fits.terms(int(i)))) for i in np.flatnonzero(scores < window - 1e-4)}
    maybe = {tuple(sorted(fits.terms(int(i)))) for i in np.flatnonzero(scores < window + 1e-4)}
    assert surely <= found <= maybe
    assert done.complete


@pytest.mark.parametrize(
    ("name", "max_order", "model"),
    [
        ("uk5", None, "[123,25,34]"),
        ("netherlands5", None, "[135,12,24,34]"),
        ("neworleans5", None, "[1,2,3,4,5]"),
        ("uk6", 2, "[12,13,25,35,36,45]"),
        ("uk6", None, "[12,13,25,35,36,45]"),
        ("neworleans8", 2, "[45,1,2,3,6,7,8]"),
    ],
)
def test_published_best_models_by_bic_are_found(published: Any, name: str, max_order: int | None, model: str) -> None:
    """Reference runs; uk6 of all orders searches 7,785,061 models, neworleans8 2^28."""
    counts = published(name).counts.astype(float)
    assert best(counts, log(counts.sum()), max_order)[0] == model


def test_on_six_lists_the_search_agrees_with_all_models_of_pairs(published: Any) -> None:
    counts = published("netherlands6").counts.astype(float)
    fits = fit_all(counts, 2)
    index = int(np.where(fits.admissible, fits.bic, np.inf).argmin())
    model, score = best(counts, log(counts.sum()), 2)
    assert model == bracket(terms_of(fits.codes[index]))
    fit = fit_model(counts, terms_of(fits.codes[index]))
    saturated = sum(y * (log(y) - 1) for y in counts if y) - sum(lgamma(y + 1) for y in counts)
    assert score - 2 * saturated == pytest.approx(fit.bic, rel=1e-9)


def test_a_model_to_begin_with_changes_nothing_but_the_time(published: Any) -> None:
    counts = published("uk5").counts.astype(float)
    everything = flags([t for t in range(32) if t != 31], 5)
    (model, score), (other, same) = best(counts, log(2744), first=everything), best(counts, log(2744))
    assert model == other
    assert score == pytest.approx(same)


def test_a_search_that_is_stopped_says_so(published: Any) -> None:
    counts = published("uk5").counts.astype(float)
    found, scores = np.zeros((9, 32), np.uint8), np.zeros(9)
    task = prepare(counts, workspace(5, 32))
    assert not search(task, interactions(5), 2.0, 0.0, 3, flags(main_effects(5), 5), found, scores).complete
