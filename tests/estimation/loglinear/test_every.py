"""All models at once are the single fits; weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.fits import fit_all, fit_model
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_EXISTING, NOT_IDENTIFIED
from testimonia.estimation.results import FINE, NO_MLE, NOT_IDENTIFIABLE

SAID = {ADMISSIBLE: FINE, NOT_EXISTING: NO_MLE, NOT_IDENTIFIED: NOT_IDENTIFIABLE}
TABLES = st.lists(st.sampled_from([0, 0, 1, 3, 20, 400]), min_size=15, max_size=15)


@settings(max_examples=25, deadline=None)
@given(TABLES)
@example([0, 400, 1, 1, 0, 400, 400, 0, 0, 400, 0, 3, 0, 0, 1])  # one stops at 2.77, the other at 2.86 on the way
def test_the_batch_equals_the_single_fits(values: list[int]) -> None:
    """Each model from its neighbour's fit, or alone from the counts; a supremum at infinity is only approached."""
    counts = np.array([0, *values], float)
    fits = fit_all(counts)
    for i in range(0, len(fits.codes), 3):
        fit = fit_model(counts, fits.terms(i))
        assert SAID[fits.verdicts[i]] == fit.verdict
        at_the_edge = fit.verdict != FINE
        assert fits.deviance[i] == pytest.approx(fit.deviance, abs=0.25 if at_the_edge else 1e-5, rel=1e-6)
        if not at_the_edge:
            assert (fits.total[i], fits.standard_error[i]) == pytest.approx((fit.total, fit.standard_error), rel=2e-3)
            assert (fits.aic[i], fits.bic[i]) == pytest.approx((fit.aic, fit.bic), abs=1e-4)
            assert fit.aicc is None or fits.aicc[i] == pytest.approx(fit.aicc, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(TABLES)
def test_weights_add_up_to_one_over_the_admissible_models(values: list[int]) -> None:
    fits = fit_all(np.array([0, *values], float))
    weights = fits.weights(fits.bic)
    assert weights.sum() == pytest.approx(1.0 if fits.admissible.any() else 0.0)
    assert not weights[~fits.admissible].any()
    assert np.isnan(fits.total[~fits.admissible]).all()
    assert np.isfinite(fits.total[fits.admissible]).all()


def test_the_best_of_all_models_is_the_reference_one(published: Any) -> None:
    """uk5: BIC [123,25,34], AIC among the admissible [124,234,15,25,35,45]."""
    table = published("uk5")
    fits = fit_all(table)
    by_bic = int(np.where(fits.admissible, fits.bic, np.inf).argmin())
    by_aic = int(np.where(fits.admissible, fits.aic, np.inf).argmin())
    assert (fits.total[by_bic], fits.bic[by_bic]) == pytest.approx((25311.29061, 195.8791056), rel=1e-7)
    assert (fits.total[by_aic], fits.aic[by_aic]) == pytest.approx((5551.769, 123.6134641), rel=1e-6)


def test_models_of_pairs_on_six_lists(published: Any) -> None:
    fits = fit_all(published("uk6"), 2)
    best = int(np.where(fits.admissible, fits.bic, np.inf).argmin())
    assert len(fits.codes) == 32_768
    assert (fits.total[best], fits.bic[best]) == pytest.approx((12349.58695, 244.1193457), rel=1e-7)


def test_a_table_of_draws_and_strata_is_fitted_as_it_stands() -> None:
    table = OverlapTable(("a", "b", "c"), np.array([0, 5, 5, 54, 41, 6, 0, 12]))
    assert fit_all(table).n == 123
