"""Existence and identifiability against a rank and a linear programme, and the published numbers of models."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.estimation.loglinear.fits import fit_all, fit_model
from testimonia.estimation.loglinear.models import every, flags, terms_of
from testimonia.estimation.loglinear.verdicts import exists, margins, remaining
from testimonia.estimation.results import FINE, NO_MLE, NOT_IDENTIFIABLE
from testimonia.estimation.terms import order, parse

SPARSE = st.sampled_from([0, 0, 0, 1, 2, 30])
ARTIFICIAL = np.array([0, 40, 30, 6, 20, 0, 0, 0], float)  # Chan, Silverman & Vincent 2021, table 2


def sparse(k: int) -> Any:
    """Tables with many empty cells in which every list has people."""
    cells = st.lists(SPARSE, min_size=1 << k, max_size=1 << k).map(lambda x: np.array([0, *x[1:]], float))
    return cells.filter(lambda x: all(margins(x)[1 << i] > 0 for i in range(k)))


def compiled(counts: Any, terms: tuple[int, ...]) -> int:
    """The verdict without a fit."""
    model = flags(terms, counts.size.bit_length() - 1)
    used, inside = np.zeros_like(model), np.zeros_like(model)
    if not remaining(margins(counts), model, used, inside):
        return 2
    return 0 if exists(counts, used, inside) else 1


@pytest.mark.parametrize(
    ("model", "verdict"),
    [
        ("[12,13,23]", NOT_IDENTIFIABLE),
        ("[12,3]", NO_MLE),
        ("[12,13]", NO_MLE),
        ("[12,23]", NO_MLE),
        ("[1,2,3]", FINE),
        ("[13,2]", FINE),
        ("[23,1]", FINE),
        ("[13,23]", FINE),
    ],
)
def test_the_artificial_table_has_its_published_verdicts(model: str, verdict: str) -> None:
    """Chan, Silverman & Vincent 2021, table 2 and section 3."""
    assert fit_model(ARTIFICIAL, parse(model, 3)).verdict == verdict


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=sparse(3))
def test_on_three_lists_every_verdict_is_that_of_the_linear_programme(counts: Any, judge: Any) -> None:
    for number in every(3).tolist():
        terms = terms_of(number)
        assert compiled(counts, terms) == judge(counts, terms)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=sparse(4), data=st.data())
def test_on_four_lists_too(counts: Any, data: Any, judge: Any) -> None:
    for number in data.draw(st.lists(st.sampled_from(every(4).tolist()), min_size=5, max_size=5)):
        terms = terms_of(number)
        assert compiled(counts, terms) == judge(counts, terms)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=sparse(5), data=st.data())
def test_and_on_five(counts: Any, data: Any, judge: Any) -> None:
    for number in data.draw(st.lists(st.sampled_from(every(5).tolist()), min_size=4, max_size=4)):
        terms = terms_of(number)
        assert compiled(counts, terms) == judge(counts, terms)


@settings(max_examples=20, deadline=None)
@given(counts=sparse(4))
def test_what_a_fit_proves_is_what_the_linear_programme_says(counts: Any) -> None:
    """The fits judge most models by their Newton decrement alone."""
    fits = fit_all(counts)
    assert [compiled(counts, terms_of(number)) for number in fits.codes.tolist()] == fits.verdicts.tolist()


@settings(max_examples=100, deadline=None)
@given(counts=sparse(4), data=st.data())
def test_a_model_without_estimate_gains_none_by_a_term_with_data(counts: Any, data: Any) -> None:
    """Chan, Silverman & Vincent 2021, section 2.7."""
    terms = terms_of(data.draw(st.sampled_from(every(4).tolist())))
    margin = margins(counts)
    more = [
        t for t in range(15) if t not in terms and margin[t] > 0 and all(t ^ b in terms for b in (1, 2, 4, 8) if t & b)
    ]
    if more and compiled(counts, terms):
        assert compiled(counts, (*terms, data.draw(st.sampled_from(more))))


@pytest.mark.parametrize(
    ("name", "everything", "to_third"),
    [
        ("uk5", 6_519, 6_084),
        ("netherlands5", 6_568, 6_083),
        ("neworleans5", 6_327, 5_925),
        ("anomaly5", 6_575, 6_212),
        ("australia4", 92, None),
        ("korea3", 6, None),
    ],
)
def test_as_many_models_are_admissible_as_published(
    published: Any, name: str, everything: int, to_third: int | None
) -> None:
    """Of 6,893 models on five lists (6,212 up to order three), 113 on four, 8 on three: reference runs."""
    fits = fit_all(published(name))
    low = [max(order(t) for t in terms_of(number)) <= 3 for number in fits.codes.tolist()]
    assert int(fits.admissible.sum()) == everything
    assert to_third is None or int((fits.admissible & np.array(low)).sum()) == to_third
