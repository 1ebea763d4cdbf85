"""The search for the least BIC against enumeration in SciPy, and the bootstrap on it against published intervals."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from itertools import chain, combinations
from math import lgamma
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from testimonia.estimation.bicboot import bic_bootstrap, replicate_totals
from testimonia.estimation.bicboot.search import FOUND, NONE, UNPROVEN, best_models
from testimonia.estimation.loglinear.every import fit_all
from testimonia.estimation.results import CAUTION, FINE, REFUSED
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import bracket, closure, generators

SHARED = Path(__file__).resolve().parents[3] / "shared" / "mse"
published = pytest.mark.skipif(not SHARED.is_dir(), reason="the published tables (../shared/mse) are not here")


def read(name: str) -> OverlapTable:
    """A published table."""
    with (SHARED / f"{name}.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    counts = np.zeros(1 << (len(header) - 1), np.int64)
    for *lists, count in rows:
        counts[sum(1 << i for i, one in enumerate(lists) if one == "1")] += int(count)
    return OverlapTable(tuple(header[:-1]), counts)


def of(*counts: int) -> OverlapTable:
    return OverlapTable(tuple("ABCDE"[: (len(counts) + 1).bit_length() - 1]), np.array([0, *counts], np.int64))


@cache
def all_models(k: int) -> tuple[tuple[int, ...], ...]:
    """Every hierarchical model with all main effects on k lists, each once, by closing every set of generators."""
    interactions = [term for term in range(1 << k) if 2 <= term.bit_count() < k]
    families = chain.from_iterable(combinations(interactions, size) for size in range(k + 3))
    return tuple({closure(chosen, k) for chosen in families if len(generators(chosen)) == len(chosen)})


def admissible(cells: list[int], live: list[int], counts: Any) -> bool:
    """Full column rank, and a strictly positive table with the same margins (a linear programme)."""
    matrix = np.array([[float(cell & term == term) for term in live] for cell in cells])
    if not cells or np.linalg.matrix_rank(matrix) < len(live):
        return False
    rows, columns = matrix.shape
    result = linprog(
        np.r_[np.zeros(rows), -1.0],
        A_ub=np.c_[-np.eye(rows), np.ones(rows)],
        b_ub=np.zeros(rows),
        A_eq=np.c_[matrix.T, np.zeros(columns)],
        b_eq=matrix.T @ counts[cells],
        bounds=[(0, None)] * rows + [(None, 1)],
    )
    return bool(result.status == 0 and -result.fun > 1e-9)


def fitted(cells: list[int], live: list[int], counts: Any) -> tuple[float, float]:
    """Log-likelihood but for its constant, and the unseen, by iteratively weighted least squares."""
    matrix = np.array([[float(cell & term == term) for term in live] for cell in cells])
    seen = counts[cells]
    eta = np.log(seen + 0.5)
    for _ in range(200):
        mean = np.exp(eta)
        weight = np.sqrt(mean)
        beta = np.linalg.lstsq(weight[:, None] * matrix, weight * (eta + (seen - mean) / mean), rcond=None)[0]
        eta, before = matrix @ beta, eta
        if np.abs(eta - before).max() < 1e-11:
            break
    return float(seen @ eta - np.exp(eta).sum()), float(np.exp(beta[0]))


def enumerated(counts: Any) -> tuple[float, float]:
    """The least BIC but for its constant over all admissible models, and its total, by brute force."""
    k = len(counts).bit_length() - 1
    seen = np.array(counts, float)
    on_all = [sum(seen[c] for c in range(1, len(seen)) if c & term == term) for term in range(len(seen))]
    best, total = np.inf, np.inf
    for model in all_models(k):
        dead = [term for term in model if on_all[term] == 0]
        cells = [c for c in range(1, len(seen)) if not any(c & term == term for term in dead)]
        live = [term for term in model if term not in dead]
        if admissible(cells, live, seen):
            value, unseen = fitted(cells, live, seen)
            if len(model) * np.log(seen.sum()) - 2 * value < best - 1e-9:
                best, total = len(model) * np.log(seen.sum()) - 2 * value, seen.sum() + unseen
    return best, total


def test_the_brute_force_has_every_model() -> None:
    assert [len(all_models(k)) for k in (3, 4)] == [8, 113]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any))
def test_three_lists_are_searched_as_by_brute_force(counts: list[int]) -> None:
    found = best_models(np.array([[0, *counts]]))
    best, total = enumerated([0, *counts])
    assert found.bic[0] == pytest.approx(best, abs=1e-6)
    assert found.status[0] == (NONE if np.isinf(total) else FOUND)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=15, max_size=15).filter(any))
def test_four_lists_are_searched_as_by_brute_force(counts: list[int]) -> None:
    found = best_models(np.array([[0, *counts]]))
    assert found.bic[0] == pytest.approx(enumerated([0, *counts])[0], abs=1e-6)


def scanned(tables: Any, k: int, max_order: int | None = None) -> Any:
    """The least BIC but for its constant of each table, by fitting every model."""
    least = []
    for table in tables:
        fits = fit_all(table.astype(float), max_order)
        constant = 2 * sum(lgamma(count + 1) for count in table)
        least.append(np.where(fits.verdicts == 0, fits.bic - constant, np.inf).min())
    return np.array(least)


@pytest.mark.parametrize(("k", "largest", "count"), [(4, 3, 150), (4, 40, 100), (5, 2, 12), (5, 30, 12)])
def test_random_tables_are_searched_as_by_fitting_every_model(k: int, largest: int, count: int) -> None:
    tables = np.random.default_rng(k * largest).integers(0, largest, (count, 1 << k))
    tables[:, 0] = 0
    assert best_models(tables).bic == pytest.approx(scanned(tables, k), abs=1e-6)


@published
@pytest.mark.parametrize("name", ["uk5", "neworleans5", "australia4", "artificial3"])
def test_bootstrap_tables_are_searched_as_by_fitting_every_model(name: str) -> None:
    table = read(name)
    drawn = np.random.default_rng(4).multinomial(table.n, table.counts / table.n, size=15)
    assert best_models(drawn).bic == pytest.approx(scanned(drawn, table.k), abs=1e-6)
    assert best_models(drawn, 2).bic == pytest.approx(scanned(drawn, table.k, 2), abs=1e-6)


# Totals of the models with the least BIC, recorded from an exhaustive fit of all models by other programs.
BEST = [
    ("korea3", None, "[12,23]", 157.1666667),
    ("australia4", None, "[12,23,24]", 6496.008695),
    ("uk5", None, "[123,25,34]", 25311.29061),
    ("neworleans5", None, "[1,2,3,4,5]", 1034.151065),
    ("netherlands5", None, "[135,12,24,34]", 148788.759),
    ("anomaly5", None, "[12,13,45]", 620.4703622),
    ("uk6", 2, "[12,13,25,35,36,45]", 12349.58695),
]


@published
@pytest.mark.parametrize(("name", "max_order", "model", "total"), BEST)
def test_the_best_models_of_published_tables(name: str, max_order: int | None, model: str, total: float) -> None:
    found = best_models(read(name).counts[None, :], max_order)
    assert bracket(found.terms(0)) == model
    assert found.totals[0] == pytest.approx(total, rel=1e-9)


@published
def test_every_order_of_six_lists_is_searched_exactly() -> None:
    found = best_models(read("uk6").counts[None, :])
    assert (bracket(found.terms(0)), found.status[0]) == ("[12,13,25,35,36,45]", FOUND)


# 95 % limits in Silverman, Chan & Vincent 2024 (tables 2 to 6), of 1,000 bootstraps. The last column: the standard
# deviation of our limits over 40 runs or more with different seeds.
INTERVALS: list[tuple[str, int | None, tuple[float | None, float], tuple[float, float]]] = [
    ("korea3", None, (128, 349), (0.72, 12.5)),
    ("uk5", None, (11_168, 56_052), (154, 3_423)),
    ("uk5", 2, (11_456, 43_894), (110, 4_484)),
    ("neworleans5_186", None, (None, 1_547), (46, 58)),
]


@published
@pytest.mark.parametrize(("name", "order", "limits", "errors"), INTERVALS)
def test_published_intervals_within_three_standard_errors(
    name: str, order: int | None, limits: tuple[float | None, float], errors: tuple[float, float]
) -> None:
    found = bic_bootstrap(read(name), max_order=order, seed=1)
    for ours, theirs, error in zip((found.lower, found.upper), limits, errors, strict=True):
        assert ours is not None
        assert theirs is None or abs(ours - theirs) < 3 * np.sqrt(2) * error


@published
def test_the_estimate_says_what_it_did() -> None:
    found = bic_bootstrap(read("uk5"), replicates=200, seed=3)
    assert (found.method, found.model, found.models, found.verdict) == ("bic-bootstrap", "[123,25,34]", 6_893, FINE)
    assert found.bic == pytest.approx(195.8791056, abs=1e-6)
    assert found.diagnostics["bootstraps"] == 200
    assert (found.diagnostics["refused_bootstraps"], found.diagnostics["unproven"]) == (0, 0)
    assert found.diagnostics["chosen"][0]["share"] > 0.1


@published
def test_six_lists_are_of_order_two_unless_all_are_asked_for() -> None:
    table = read("uk6")
    two, all_orders = bic_bootstrap(table, replicates=20), bic_bootstrap(table, replicates=20, full=True)
    assert (two.diagnostics["order"], two.models) == (2, 32_768)
    assert (all_orders.diagnostics["order"], all_orders.models) == (5, 7_785_061)


@published
def test_eight_lists_are_answered() -> None:
    found = bic_bootstrap(read("neworleans8"), replicates=40)
    assert found.model == "[45,1,2,3,6,7,8]" and found.total == pytest.approx(1_184, abs=0.5)


def test_a_search_stopped_early_is_a_caution_and_counted() -> None:
    drawn = np.random.default_rng(1).random((900, 6)) < 0.3
    counts = np.bincount(drawn @ (1 << np.arange(6)), minlength=64)
    counts[0] = 0
    full = best_models(counts[None, :])
    short = best_models(np.repeat(counts[None, :], 4, axis=0), effort=0)
    assert full.status[0] == FOUND
    assert (short.status == UNPROVEN).all()
    assert (short.bic >= full.bic[0] - 1e-9).all()


def test_unproven_searches_reach_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "testimonia.estimation.bicboot.best_models", lambda tables, order: best_models(tables, order, 0)
    )
    table = of(60, 50, 12, 40, 9, 15, 4, 30, 8, 6, 5, 7, 4, 3, 2)
    found = bic_bootstrap(table, replicates=30)
    if found.diagnostics["unproven"]:
        assert found.verdict in (CAUTION, REFUSED)
        assert "stopped early" in found.reason


def test_lists_that_never_meet_have_no_admissible_model() -> None:
    found = bic_bootstrap(of(10, 12, 0, 9, 0, 0, 0))
    assert (found.verdict, found.admissible_models, found.total, found.upper) == (REFUSED, 0, None, None)
    assert "none of the hierarchical models" in found.reason


def test_overlaps_too_few_for_the_bootstrap_are_refused_and_counted() -> None:
    found = bic_bootstrap(of(40, 40, 1, 40, 1, 0, 0), replicates=400)
    assert found.verdict == REFUSED and found.lower is None and found.upper is None
    assert str(found.diagnostics["refused_bootstraps"]) in found.reason


def test_the_same_seed_gives_the_same_answer() -> None:
    table = of(60, 50, 12, 40, 9, 15, 4)
    seed = np.random.SeedSequence(11)
    assert bic_bootstrap(table, seed=seed, replicates=50) == bic_bootstrap(table, seed=seed, replicates=50)
    assert bic_bootstrap(table, seed=1, replicates=50) != bic_bootstrap(table, seed=2, replicates=50)


def test_raw_totals_are_those_of_the_interval() -> None:
    table = of(60, 50, 12, 40, 9, 15, 4)
    raw = replicate_totals(table, seed=4, replicates=300)
    found = bic_bootstrap(table, seed=4, replicates=300)
    assert found.standard_error == pytest.approx(float(np.std(raw, ddof=1)))


def test_a_table_searched_among_others_is_the_table_alone() -> None:
    tables = np.random.default_rng(5).integers(0, 6, (40, 16))
    tables[:, 0] = 0
    together = best_models(tables)
    for row, table in enumerate(tables):
        assert best_models(table[None, :]).bic[0] == pytest.approx(together.bic[row], abs=1e-9)


def test_an_over_counted_cell_is_a_bound_in_every_bootstrap_table() -> None:
    table = replace(of(60, 50, 12, 40, 9, 15, 4), censored=frozenset({4}))
    found = bic_bootstrap(table, replicates=100)
    fits = fit_all(table)
    scores = np.where(fits.verdicts == 0, fits.bic, np.inf)
    assert found.total == pytest.approx(float(fits.total[scores.argmin()]), rel=1e-6)
    assert found.bic == pytest.approx(float(scores.min()), abs=1e-6)
    assert found.lower is not None and table.n - 40 <= found.lower


def test_an_over_counted_cell_of_many_lists_is_refused() -> None:
    counts = np.ones(64, np.int64)
    counts[0] = 0
    found = bic_bootstrap(OverlapTable(tuple("ABCDEF"), counts, frozenset({1})))
    assert found.verdict == REFUSED and found.total is None
    assert "over-counted" in found.reason
