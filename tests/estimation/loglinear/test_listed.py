"""The lists of models and verdicts that the report prints."""

from __future__ import annotations

from typing import Any

import pytest

from testimonia.estimation.loglinear.fits import fit_model, top_models, verdict_counts
from testimonia.estimation.terms import parse


def test_the_best_models_have_their_weights_and_numbers(published: Any) -> None:
    table = published("uk5")
    first, *others = top_models(table, 5)
    fit = fit_model(table, parse("[123,25,34]", 5))
    assert first.model == "[123,25,34]" and len(others) == 4
    assert (first.bic, first.total, first.aicc) == pytest.approx((fit.bic, fit.total, fit.aicc), rel=1e-6)
    assert first.weight_bic == pytest.approx(0.209, abs=5e-4)
    assert [m.bic for m in others] == sorted(m.bic or 0 for m in others)


def test_by_aic_the_order_is_another(published: Any) -> None:
    assert top_models(published("uk5"), 1, "aic")[0].model == "[124,234,15,25,35,45]"


def test_where_models_are_too_many_the_best_come_from_a_window(published: Any) -> None:
    found = top_models(published("neworleans8"), 3)
    assert found[0].model == "[45,1,2,3,6,7,8]"
    assert found[0].weight_bic and found[0].weight_aic is None
    assert verdict_counts(published("neworleans8")) == ()


def test_verdicts_are_counted(published: Any) -> None:
    counts = {row.verdict: row.models for row in verdict_counts(published("uk5"))}
    assert counts == {"fine": 6_519, "no extended MLE": 338, "not identifiable": 36}
    assert all(row.reason for row in verdict_counts(published("artificial3")))
