"""Counts that span many orders of magnitude: the fit has the observed margins, whatever rounding did on the way."""

from __future__ import annotations

import numpy as np
import pytest

from testimonia.estimation.loglinear.fits import fit_model

WIDE = [
    ((0, 20, 2, 1, 2, 1, 20, 0, 0, 1, 5000, 20, 10_000_000, 5000, 1, 1), (0b1110,)),
    ((0, 3, 5000, 3, 200, 200, 1, 20, 3, 0, 20, 0, 2, 0, 1_000_000, 1), (0b0111, 0b1001)),
    ((0, 20, 200, 5000, 5000, 3, 0, 10_000_000, 200, 3, 0, 1, 3, 5000, 3, 1), (0b0011, 0b1001, 0b1010)),
]


def margin(cells: np.ndarray, term: int) -> float:
    """People on all lists of a term."""
    return float(sum(cells[cell] for cell in range(1, cells.size) if cell & term == term))


@pytest.mark.parametrize(("counts", "terms"), WIDE)
def test_a_fit_has_the_margins_of_the_counts(counts: tuple[int, ...], terms: tuple[int, ...]) -> None:
    """At the maximum every fitted margin of the model equals the observed one: the likelihood equations themselves."""
    observed = np.array(counts, float)
    found = fit_model(observed, terms)
    assert found.verdict == "fine"
    for term in found.terms:
        assert margin(found.mu, term) == pytest.approx(margin(observed, term), rel=1e-6, abs=1e-6)
