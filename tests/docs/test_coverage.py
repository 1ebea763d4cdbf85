"""The page on coverage says what the results say, and the invented populations are what they are said to be."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import product
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from evals.hidden.calibration import chi_square, place  # noqa: E402
from evals.hidden.methods import Effort  # noqa: E402
from evals.hidden.populations import classes, heterogeneous, independent, with_interaction, with_pairs  # noqa: E402
from evals.hidden.runner import Row, kept, run  # noqa: E402
from evals.hidden.studies import SCENARIOS  # noqa: E402
from evals.hidden.summary import read, summarise, write  # noqa: E402


def test_the_page_is_made_from_the_results() -> None:
    """docs/estimation/coverage.md holds the tables of docs/estimation/results."""
    command = [sys.executable, "-m", "evals.hidden.pages", "--check"]
    checked = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert checked.returncode == 0, "run: python -m evals.hidden.pages"


def test_a_population_of_independent_lists_is_the_product_of_their_chances() -> None:
    """Pattern by pattern, against the product written out."""
    chances = (0.3, 0.2, 0.1)
    cells = independent(100, chances).cells
    for states in product((0, 1), repeat=3):
        expected = np.prod([c if on else 1 - c for c, on in zip(chances, states, strict=True)])
        assert cells[sum(on << i for i, on in enumerate(states))] == pytest.approx(expected)


def test_an_interaction_changes_the_unseen_only() -> None:
    """The alternating sum of the logarithms is the value asked for; the observed cells keep their expectation."""
    base = with_pairs(10_000, (0.3, 0.2, 0.1, 0.2), {(0, 1): 2.0})
    for value in (-0.5, 0.25, 1.0):
        moved = with_interaction(base, value)
        signs = [(-1) ** (4 - cell.bit_count()) for cell in range(16)]
        assert sum(s * log(c) for s, c in zip(signs, moved.cells, strict=True)) == pytest.approx(value)
        assert moved.total * moved.cells[1:] == pytest.approx(base.total * base.cells[1:], rel=1e-3)
        assert moved.cells[0] * moved.total == pytest.approx(base.cells[0] * base.total * exp(value), rel=1e-3)


def test_a_pair_has_the_odds_ratio_asked_for() -> None:
    """At every state of the third list."""
    cells = with_pairs(1, (0.3, 0.2, 0.1), {(0, 1): 3.0}).cells
    for third in (0, 4):
        assert cells[third] * cells[third + 3] / (cells[third + 1] * cells[third + 2]) == pytest.approx(3.0)


def test_one_class_is_independence_and_no_spread_is_too() -> None:
    """The mixtures fall back to what they are made of."""
    plain = independent(1, (0.3, 0.2, 0.1)).cells
    assert classes(1, [0.4, 0.6], [(0.3, 0.2, 0.1)] * 2).cells == pytest.approx(plain)
    logits = [log(c / (1 - c)) for c in (0.3, 0.2, 0.1)]
    assert heterogeneous(1, logits, 0.0).cells == pytest.approx(plain)


def test_the_normal_effect_is_integrated_as_by_simulation() -> None:
    """A million people drawn one by one, within five standard errors in every cell."""
    rng, logits = np.random.default_rng(1), np.array([-1.0, -2.0, 0.0])
    effect = rng.normal(0, 1.5, size=(10**6, 1))
    on = rng.random((10**6, 3)) < 1 / (1 + np.exp(-(logits + effect)))
    shares = np.bincount(on @ [1, 2, 4], minlength=8) / 10**6
    expected = heterogeneous(1, list(logits), 1.5).cells
    assert np.all(np.abs(shares - expected) < 5 * np.sqrt(expected / 10**6))


def test_what_rows_come_to() -> None:
    """Four tables, one refused, one interval too low: two of three cover; the median width is that of the middle."""

    def row(number: int, lower: float | None, upper: float | None) -> Row:
        return Row("x", number, "m", 100, 50, None if lower is None else 90.0, lower, upper, "fine", 0.5)

    line = summarise("C1", 0.9, [row(0, 80, 120), row(1, 60, 99), row(2, 50, 150), row(3, None, None)])
    assert (line.tables, line.answered, line.covered, line.below, line.above) == (4, 3, 2, 1, 0)
    assert (line.width, line.middle, line.refused) == (0.4, 0.9, 0.25)
    assert line.coverage == pytest.approx(2 / 3)


def test_a_summary_survives_its_file(tmp_path: Path) -> None:
    """What was written is read again, missing values included."""
    line = summarise("C1", None, [Row("x", 0, "m", 100, 50, None, None, None, "refused", 0.5)])
    write(tmp_path / "lines.csv", [line])
    assert read(tmp_path / "lines.csv") == [line]


def test_a_run_that_was_stopped_goes_on_and_gives_the_same_rows(tmp_path: Path) -> None:
    """Three tables, the last line cut off, then five: the rows are those of one undisturbed run."""
    short = [replace(next(one for one in SCENARIOS if one.name == "independent-3"), methods=("chao",))]
    list(run(short, 3, Effort(), tmp_path / "stopped", 1))
    file = tmp_path / "stopped" / "independent-3.csv"
    file.write_bytes(file.read_bytes()[:-9])
    list(run(short, 5, Effort(), tmp_path / "stopped", 1))
    list(run(short, 5, Effort(), tmp_path / "whole", 1))
    stopped, whole = (kept(tmp_path / name, "independent-3") for name in ("stopped", "whole"))
    assert [replace(row, seconds=0.0) for row in stopped] == [replace(row, seconds=0.0) for row in whole]
    assert [row.table for row in whole] == [0, 1, 2, 3, 4]


def test_a_right_posterior_has_uniform_places_and_a_narrow_one_has_not() -> None:
    """A normal mean with a normal prior: its exact posterior passes, half its spread does not."""
    rng = np.random.default_rng(3)
    truths = rng.normal(size=2000)
    seen = truths + rng.normal(size=2000)
    wide = [place(t, s / 2 + rng.normal(0, 0.5**0.5, 99), rng) for t, s in zip(truths, seen, strict=True)]
    narrow = [place(t, s / 2 + rng.normal(0, 0.5**1.5, 99), rng) for t, s in zip(truths, seen, strict=True)]
    assert chi_square(wide)[2] > 0.001
    assert chi_square(narrow)[2] < 1e-6
