"""Every method on one table: seeds, order, refusals, and what a report always holds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from testimonia.errors import BadTable, TooFewLists
from testimonia.estimation import METHODS, OverlapTable, Report, estimate, methods
from testimonia.estimation.examples import load
from testimonia.estimation.results import FINE, REFUSED, Estimate

SIMPLE = ("chao", "sample-coverage", "lincoln-petersen")


def without_time(report: Report) -> list[Estimate]:
    return [replace(one, seconds=0.0) for one in report.estimates]


def test_every_method_answers_or_says_why_not() -> None:
    """All twelve, on the table of Palembang: an interval that holds its estimate, or a reason."""
    found = estimate(load("korea3"), replicates=200)
    assert tuple(one.method for one in found.estimates) == METHODS
    for one in found.estimates:
        if one.total is None:
            assert one.reason and one.verdict != FINE
        else:
            assert (one.lower or 0) <= one.total <= (one.upper or float("inf"))
    assert not found.headline.refused


def test_methods_come_in_their_order_whatever_was_asked_first() -> None:
    """Each once."""
    found = estimate(load("korea3"), methods=("lincoln-petersen", "chao", "chao"))
    assert [one.method for one in found.estimates] == ["chao", "lincoln-petersen"]


def test_the_seed_of_a_method_is_its_own() -> None:
    """It depends on the seed and the name, and on nothing else."""
    states = {
        (seed, method): tuple(methods.seed_of(seed, method).generate_state(4)) for seed in (1, 2) for method in METHODS
    }
    assert len(set(states.values())) == 2 * len(METHODS)
    assert states[1, "stepwise"] == tuple(methods.seed_of(1, "stepwise").generate_state(4))


def test_leaving_out_a_method_changes_no_other() -> None:
    """A random method gives the same numbers alone and among others."""
    table = load("korea3")
    alone = estimate(table, methods=("stepwise",), seed=5, replicates=100)
    among = estimate(table, methods=("chao", "stepwise", "decomposable"), seed=5, replicates=100)
    assert without_time(alone)[0] in without_time(among)


def test_a_method_that_breaks_down_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A numerical failure is a refusal with its reason; another error is a fault of ours, and is not hidden."""

    def singular(_table: OverlapTable, **_settings: object) -> Estimate:
        raise np.linalg.LinAlgError("Singular matrix")

    def fault(_table: OverlapTable, **_settings: object) -> Estimate:
        raise KeyError("a fault")

    monkeypatch.setattr("testimonia.estimation.simple.chao", singular)
    found = {one.method: one for one in estimate(load("korea3"), methods=SIMPLE).estimates}
    assert found["chao"].verdict == REFUSED and "Singular matrix" in found["chao"].reason
    assert found["sample-coverage"].total is not None
    monkeypatch.setattr("testimonia.estimation.simple.chao", fault)
    with pytest.raises(KeyError):
        estimate(load("korea3"), methods=SIMPLE)


def test_a_table_that_cannot_be_estimated_is_refused_before_anything_runs() -> None:
    """Also one that was not read from a file."""
    with pytest.raises(TooFewLists, match="a third list"):
        estimate(OverlapTable(("A", "B"), np.array([0, 5, 6, 7])))
    with pytest.raises(BadTable, match="the list C recorded nobody"):
        estimate(OverlapTable(("A", "B", "C"), np.array([0, 5, 6, 7, 0, 0, 0, 0])))


@pytest.mark.parametrize("setting", [{"level": 1.0}, {"level": float("nan")}, {"methods": ("guess",)}])
def test_a_setting_out_of_range_is_an_error(setting: dict[str, object]) -> None:
    """With what it takes."""
    with pytest.raises(ValueError, match=r"0\.95 is usual|the methods are"):
        estimate(load("korea3"), **setting)  # type: ignore[arg-type]


def test_a_report_says_by_which_versions_and_how_long() -> None:
    """Steps are told as they begin."""
    steps: list[tuple[int, int, str]] = []
    found = estimate(load("korea3"), methods=SIMPLE, report=lambda *step: steps.append(step))
    assert {"testimonia", "python", "numpy", "scipy", "numba"} <= set(found.versions)
    assert found.seconds > 0 and all(one.seconds > 0 for one in found.estimates)
    assert [text for _, _, text in steps][:3] == list(SIMPLE)
    assert steps[-1][0] == steps[-1][1]


def test_the_import_loads_no_compiler() -> None:
    """Only a method that needs one does."""
    script = (
        "import sys; from testimonia.estimation import OverlapTable, estimate;"
        "print([name for name in ('numba', 'scipy', 'arviz_stats') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
