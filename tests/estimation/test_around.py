"""What stands around the answers: models, the assumption, changed tables, parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from testimonia.estimation import OverlapTable, Report, around, estimate
from testimonia.estimation.examples import load, path


@pytest.fixture(scope="module")
def report() -> Report:
    """All of Palembang."""
    return estimate(load("korea3"), methods=("loglinear-bic", "bic-bootstrap"), replicates=200)


def test_the_best_models_are_listed_and_all_are_judged(report: Report) -> None:
    """Of 8 models 6 are fine; the best by BIC is the published one, 157.17."""
    assert {verdict.verdict: verdict.models for verdict in report.verdicts}["fine"] == 6
    assert report.models[0].model == "[12,23]" and report.models[0].total == pytest.approx(157.1666667)


def test_each_assumption_moves_the_answer_of_the_headline(report: Report) -> None:
    """The first is the headline's own, and its point at nil is the headline."""
    own = report.sensitivity[0]
    nil = next(point for point in own.points if point.value == 0)
    assert nil.total == pytest.approx(report.headline.total)
    assert own.band_lower is not None and own.band_lower <= (report.headline.lower or 0)


def test_every_list_is_left_out_every_pair_merged_and_every_list_estimated(report: Report) -> None:
    """Three of each for three lists; with two lists left there is no estimate of the whole."""
    assert len(report.variations) == 6 and len(report.consistency) == 3
    assert {one.list_name for one in report.consistency} == {"b", "c", "d"}
    assert all(one.estimate.total is None and one.estimate.reason for one in report.variations)


def test_a_threshold_has_its_tipping_point() -> None:
    """The value of what cannot be tested at which the total passes it."""
    found = estimate(load("korea3"), methods=("loglinear-bic", "bic-bootstrap"), replicates=50, thresholds=[200])
    assert any(200 in tip.values() for tip in found.sensitivity[0].tipping)


def test_parts_are_estimated_beside_the_whole(tmp_path: Path) -> None:
    """In the order of the file."""
    text = path("korea3").read_text().splitlines()
    rows = [f"{row},{part}" for part in ("north", "south") for row in text[1:]]
    (tmp_path / "parts.csv").write_text("\n".join(["b,c,d,count,part", *rows]))
    table = OverlapTable.read_csv(tmp_path / "parts.csv", strata=["part"])
    found = estimate(table, methods=("bic-bootstrap",), replicates=100)
    assert [(one.stratum, one.n_observed) for one in found.strata] == [("north", 123), ("south", 123)]
    assert all(one.estimate.total == pytest.approx(157.1666667) for one in found.strata)


def test_a_part_that_breaks_down_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others stay."""

    def singular(*_arguments: object) -> None:
        raise np.linalg.LinAlgError("Singular matrix")

    monkeypatch.setattr(around, "_assumptions", singular)
    found = estimate(load("korea3"), methods=("bic-bootstrap",), replicates=50)
    assert found.sensitivity == () and found.models
    assert any("sensitivity" in caution and "Singular" in caution for caution in found.cautions)


def test_without_the_method_of_the_headline_there_is_nothing_around_it() -> None:
    """Nor is anything compiled for it."""
    found = estimate(load("korea3"), methods=("chao",))
    assert found.headline.refused and not (found.models or found.sensitivity or found.variations)


def test_draws_are_averaged_into_the_headline() -> None:
    """The same table drawn twenty times is the table, with no variance between."""
    table = load("korea3")
    found = estimate(replace(table, draws=(table,) * 20), methods=("bic-bootstrap",), replicates=200)
    assert found.headline.between == pytest.approx(0, abs=1e-9) and (found.headline.within or 0) > 0
    assert (found.headline.n_observed_lower, found.headline.n_observed_upper) == (123, 123)
    assert found.headline.lower == pytest.approx(130, abs=4) and not found.headline.refused
