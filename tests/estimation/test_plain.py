"""A report as JSON: every key of the contract, numbers as they are, and never NaN."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.estimation import Report, as_plain, estimate
from testimonia.estimation.examples import load
from testimonia.estimation.plain import COLUMNS, clean, estimate_rows, pattern
from testimonia.estimation.results import Draws, Estimate

SIMPLE = ("chao", "sample-coverage", "lincoln-petersen")


@pytest.fixture(scope="module")
def report() -> Report:
    """The simple methods on the table of Palembang."""
    return estimate(load("korea3"), methods=SIMPLE, seed=3)


def test_the_document_has_the_keys_that_were_promised(report: Report) -> None:
    """Those of the command's `--json`."""
    plain = as_plain(report)
    assert {"table", "headline", "estimates", "sensitivity", "seed", "version"} <= set(plain)
    assert {"lists", "n_observed", "patterns"} <= set(plain["table"])
    assert set(plain["headline"]) == {"method", "total", "lower", "upper", "level", "refused", "why"}
    keys = "method model total lower upper level aic bic models admissible_models verdict reason diagnostics seconds"
    assert all(set(keys.split()) <= set(one) for one in plain["estimates"])
    assert [one["method"] for one in plain["estimates"]] == list(SIMPLE)
    assert plain["seed"] == 3


def test_the_table_is_told_by_pattern(report: Report) -> None:
    """One 0 or 1 a list, only patterns that somebody has."""
    table = as_plain(report)["table"]
    assert table["lists"] == ["b", "c", "d"]
    assert table["n_observed"] == 123
    assert table["patterns"] == {"100": 5, "010": 5, "110": 54, "001": 41, "101": 6, "111": 12}
    assert pattern(0b110, 3) == "011"


def test_it_is_json_without_nan(report: Report) -> None:
    """Numbers survive, missing ones are null."""
    odd: dict[Any, Any] = {"a": np.array([1.0, np.nan]), "b": (1, None), 3: {"x"}, "n": np.int64(4)}
    nasty = Estimate("chao", total=float("inf"), lower=float("nan"), upper=np.float64(3.5), diagnostics=odd)
    text = json.dumps(as_plain(replace(report, estimates=(nasty,))), allow_nan=False)
    one = json.loads(text)["estimates"][0]
    assert (one["total"], one["lower"], one["upper"]) == (None, None, 3.5)
    assert one["diagnostics"] == {"a": [1.0, None], "b": [1, None], "3": ["x"], "n": 4}


def test_draws_add_what_only_they_have(report: Report) -> None:
    """People recorded as an interval, and the two variances apart."""
    draws = Draws(10, 0, 120, 126, (), {"bic-bootstrap": 4.0}, {"bic-bootstrap": 1.0})
    head = replace(report.headline, within=4.0, between=1.0, n_observed_lower=120, n_observed_upper=126)
    plain = as_plain(replace(report, draws=draws, headline=head))["headline"]
    assert (plain["within"], plain["between"]) == (4.0, 1.0)
    assert (plain["n_observed_lower"], plain["n_observed_upper"]) == (120, 126)


def test_rows_have_a_cell_a_column(report: Report) -> None:
    """One row an estimate."""
    rows = list(estimate_rows(report))
    assert len(rows) == 3 and all(len(row) == len(COLUMNS) for row in rows)
    assert rows[0][0] == "chao" and rows[0][COLUMNS.index("aic")] is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_cleaned_can_be_written(value: object) -> None:
    """No NaN is left at any depth."""
    json.dumps(clean(value), allow_nan=False)


def test_what_is_no_plain_value_is_refused() -> None:
    """Rather than written as its name."""
    with pytest.raises(TypeError, match="no plain value"):
        clean(object())
