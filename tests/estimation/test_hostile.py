"""What must never break, whatever the table: no method answers with an error, with NaN, or with an interval that
does not hold its estimate; the order of rows and lists changes nothing but names.
"""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from testimonia.errors import BadTable
from testimonia.estimation import OverlapTable, as_plain, estimate
from testimonia.estimation.methods import Settings, answer
from testimonia.estimation.plain import clean
from testimonia.estimation.results import METHODS, Estimate

QUICK = ("independence", "chao", "sample-coverage", "lincoln-petersen", "loglinear-aic", "loglinear-bic", "stepwise")
BOUNDS = {"chao", "lincoln-petersen"}  # of a part of the table, or a bound: not held to the people recorded
SETTINGS = Settings(seed=1, replicates=40)
usual = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 200), st.integers(0, 5_000), st.integers(0, 1_000_000))
sparse = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[int] = usual) -> OverlapTable:
    """Tables on three lists or more, sparse to dense, whose every list recorded somebody."""
    k = draw(st.integers(3, 4))
    counts = np.array([0, *draw(st.lists(cells, min_size=(1 << k) - 1, max_size=(1 << k) - 1))])
    for place in range(k):
        if not any(counts[cell] for cell in range(1 << k) if cell >> place & 1):
            counts[1 << place] = 1
    return OverlapTable(tuple("ABCDE"[:k]), counts)


def table(**cells: int) -> OverlapTable:
    """A table by pattern, `c100=5`."""
    return OverlapTable.from_counts({name[1:]: count for name, count in cells.items()})


def complaints(found: Estimate, n: int) -> list[str]:
    """What is wrong with an answer; empty for one that is in order."""
    numbers = [found.total, found.lower, found.upper, found.standard_error, found.aic, found.bic]
    wrong = [f"{number} is no number" for number in numbers if number is not None and not math.isfinite(number)]
    json.dumps(clean(found), allow_nan=False)
    if found.total is None:
        return [*wrong, *(["a refusal without a reason"] if not found.reason or found.upper is not None else [])]
    if found.method not in BOUNDS and found.total < n * (1 - 1e-9):
        wrong.append("fewer people than were recorded")
    if found.lower is not None and found.lower > found.total * (1 + 1e-9):
        wrong.append("the interval begins above the estimate")
    if found.upper is not None and found.upper < found.total * (1 - 1e-9):
        wrong.append("the interval ends below the estimate")
    return wrong


@pytest.mark.parametrize("method", QUICK)
@given(tables())
@example(table(c100=1, c010=1, c001=1))
@example(table(c111=500))
@example(table(c100=1, c011=1))
@example(table(c110=1, c001=2))
@example(table(c100=14, c010=11, c001=3, c101=1_000_000))
@sparse
def test_no_table_breaks_a_quick_method(method: str, drawn: OverlapTable) -> None:
    """Warnings are errors here, so that a division by zero is one too."""
    assert complaints(answer(drawn, method, SETTINGS), drawn.n) == []


@given(tables(), st.randoms(use_true_random=False))
@sparse
def test_the_order_of_the_lists_changes_only_names(drawn: OverlapTable, random: object) -> None:
    """Renumbering the lists renumbers the models and moves no number."""
    order = list(range(drawn.k))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = np.zeros_like(drawn.counts)
    for cell in range(1 << drawn.k):
        moved[sum(1 << new for new, old in enumerate(order) if cell >> old & 1)] = drawn.counts[cell]
    other = OverlapTable(tuple(drawn.lists[old] for old in order), moved)
    for method in ("independence", "chao", "sample-coverage"):
        here, there = answer(drawn, method, SETTINGS), answer(other, method, SETTINGS)
        assert here.verdict == there.verdict
        assert (here.total is None) == (there.total is None)
        if here.total is not None:
            assert there.total == pytest.approx(here.total, rel=1e-4 if here.total > 1e6 else 1e-6)
    here, there = answer(drawn, "loglinear-bic", SETTINGS), answer(other, "loglinear-bic", SETTINGS)
    assert (here.bic is None) == (there.bic is None)
    if here.bic is not None:
        assert there.bic == pytest.approx(here.bic, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "drawn",
    [
        table(c100=1, c010=1, c001=1),
        table(c111=500),
        table(c100=10, c010=20, c110=0, c001=5, c111=4),
        table(c100=20, c010=30, c110=6, c001=40),
        table(c100=40, c010=30, c110=9, c001=40, c101=8, c011=7, c111=3),
    ],
    ids=["nobody shared", "all on all", "one way in", "one pair", "ordinary"],
)
def test_a_whole_report_is_plain_and_stands_by_its_headline(drawn: OverlapTable) -> None:
    """One JSON document; a headline has both ends or is refused with a reason; twice the same seed, twice the same."""
    asked = tuple(method for method in METHODS if method != "latent-class")
    once, twice = (as_plain(estimate(drawn, seed=3, methods=asked, replicates=60)) for _ in range(2))
    json.dumps(once, allow_nan=False)
    head = once["headline"]
    ends = (head["total"], head["lower"], head["upper"])
    assert ends == (None, None, None) if head["refused"] else head["lower"] <= head["total"] <= head["upper"]
    assert head["why"]
    assert without_time(once) == without_time(twice)


def without_time(value: object) -> object:
    """A plain report but for how long things took."""
    if isinstance(value, dict):
        return {key: without_time(one) for key, one in value.items() if key != "seconds"}
    return [without_time(one) for one in value] if isinstance(value, list) else value


@given(st.sets(st.sampled_from([f"{cell:03b}" for cell in range(8)]), min_size=1), st.integers(-2, 3))
@sparse
def test_a_table_of_counts_is_read_or_refused(patterns: set[str], count: int) -> None:
    """Whatever is given: a table, or the one error a caller can act on."""
    try:
        made = OverlapTable.from_counts(dict.fromkeys(sorted(patterns), count))
    except BadTable as error:
        assert str(error).endswith(".")
    else:
        assert made.n == count * len(patterns - {"000"})
