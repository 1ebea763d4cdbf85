"""The vocabulary knows every method and verdict of the statistics, and every work it cites."""

from __future__ import annotations

import pytest

from testimonia import vocabulary
from testimonia.estimation import METHODS, results
from testimonia.release.hidden.terms import assumptions, citation, glossary, method, verdict

VERDICTS = (results.FINE, results.CAUTION, results.NO_MLE, results.NOT_IDENTIFIABLE, results.REFUSED)


@pytest.mark.parametrize("id_", METHODS)
def test_every_method_is_named_explained_and_cited(id_: str) -> None:
    known = method(id_)
    assert known.name != id_
    assert known.interval in ("confidence", "credible")
    assert known.plain
    assert known.exact
    assert known.assumption
    assert citation([known.citation])


def test_the_vocabulary_names_no_method_that_is_not_there() -> None:
    assert {row["id"] for row in vocabulary.rows("release/estimators")} == set(METHODS)


@pytest.mark.parametrize("id_", VERDICTS)
def test_every_verdict_is_explained_in_plain_words_and_exactly(id_: str) -> None:
    known = verdict(id_)
    assert known.name
    assert known.plain
    assert known.exact


def test_what_the_vocabulary_does_not_know_stands_as_it_is() -> None:
    assert method("new-method").name == "new method"
    assert verdict("odd").name == "odd"
    assert citation(["nobody1900"]) == ()


def test_no_cell_of_the_vocabulary_is_empty() -> None:
    assert all(row[key] for row in assumptions() for key in ("plain", "fails"))
    assert all(row[key] for row in glossary() for key in ("term", "plain", "exact"))


def test_a_confidence_interval_is_never_called_a_probability() -> None:
    """Words such as "95 % probability" are wrong for a confidence interval, and stand nowhere."""
    told = [" ".join(row.values()).lower() for name in ("estimators", "glossary", "assumptions", "verdicts")
            for row in vocabulary.rows(f"release/{name}")]  # fmt: skip
    assert not [text for text in told if "probability that the" in text or "% probability" in text]
