"""Answers that rest on one model, as other rooms read them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.fits import independence, loglinear_aic, loglinear_bic
from testimonia.estimation.results import CAUTION, FINE, NO_MLE, REFUSED


def table(*counts: int) -> OverlapTable:
    return OverlapTable(tuple("abcd"[: len(counts).bit_length() - 1]), np.array(counts))


@pytest.mark.parametrize(
    ("name", "total", "bic"),
    [
        ("korea3", 157.1666667, 57.14080988),
        ("australia4", 6496.008695, 114.1275484),
        ("uk5", 25311.29061, 195.8791056),
        ("neworleans5", 1034.151065, 96.85152421),
        ("netherlands5", 148788.759, 219.1707295),
        ("anomaly5", 620.4703622, 200.1285452),
    ],
)
def test_the_best_model_by_bic_has_the_reference_total(published: Any, name: str, total: float, bic: float) -> None:
    found = loglinear_bic(published(name))
    assert (found.total, found.bic) == pytest.approx((total, bic), rel=5e-10)
    assert found.lower and found.upper and found.lower < total < found.upper


def test_the_best_model_by_aic_says_that_it_is_at_its_edge(published: Any) -> None:
    found = loglinear_aic(published("uk5"))
    assert (found.model, found.verdict) == ("[124,234,15,25,35,45]", CAUTION)
    assert "nobody can be on these lists together: LA and GP." in found.reason
    assert (found.models, found.admissible_models) == (6_893, 6_519)


def test_a_model_with_a_parameter_for_every_cell_is_a_caution(published: Any) -> None:
    found = loglinear_bic(published("gaza3"))
    assert (found.model, found.verdict, found.diagnostics["degrees_of_freedom"]) == ("[12,13,23]", CAUTION, 0)
    assert "nothing in the counts can speak against it" in found.reason


def test_independence_is_published(published: Any) -> None:
    """Binette & Steorts 2022, table 4: 13,444."""
    found = independence(published("uk5"))
    assert (round(found.total or 0), found.model, found.verdict) == (13_444, "[1,2,3,4,5]", FINE)


def test_lists_that_never_meet_have_no_answer() -> None:
    apart = table(0, 9, 9, 0, 9, 0, 0, 0)
    assert (independence(apart).verdict, independence(apart).total) == (NO_MLE, None)
    assert (loglinear_bic(apart).verdict, loglinear_bic(apart).total) == (REFUSED, None)
    assert "no model can be identified" in loglinear_bic(apart).reason


def test_the_level_sets_the_width(published: Any) -> None:
    narrow, wide = (independence(published("korea3"), level=level) for level in (0.5, 0.99))
    assert narrow.lower and wide.lower and narrow.upper and wide.upper
    assert wide.lower < narrow.lower < narrow.upper < wide.upper
