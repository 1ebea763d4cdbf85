"""The Palermo matrix: what establishes an element, what never does, and when no means is needed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.release.samples import document, figure, said

from testimonia.model import Coding, OriginGraph
from testimonia.release.evidence import gather
from testimonia.release.palermo import Case, matrix

NO_GRAPH = OriginGraph(origins=(), edges=(), of_coding={})
TEXT = "sold deceived married aged 16"
SALE = said(TEXT, "sold", code="tip.act.sale")
DECEPTION = said(TEXT, "deceived", code="tip.means.deception")
MARRIAGE = said(TEXT, "married", code="tip.purpose.forced_marriage")
NEVER = (
    "denied",
    "risk",
    "policy",
    "legal_norm",
    "hypothetical",
    "required",
    "target",
    "announced",
    "promise",
)


def case(*codings: Coding, **more: Any) -> Case:
    found = matrix(gather([document(TEXT, *codings, **more)], NO_GRAPH))
    return found.cases[0]


def statuses(found: Case) -> tuple[str, ...]:
    return tuple(finding.status for finding in found.elements)


def altered(coding: Coding, **more: Any) -> Coding:
    return said(TEXT, coding.quote, code=coding.code, **more)


def test_three_stated_elements_establish_the_case() -> None:
    found = case(SALE, DECEPTION, MARRIAGE)
    assert statuses(found) == ("established",) * 3
    assert (found.status, found.missing, found.together) == ("established", (), 1)


def test_a_missing_element_is_named() -> None:
    found = case(SALE, DECEPTION)
    assert (found.status, found.missing) == ("partly", ("purpose",))


@pytest.mark.parametrize("modality", NEVER)
def test_what_did_not_happen_establishes_nothing(modality: str) -> None:
    found = case(altered(SALE, modality=modality))
    assert statuses(found)[0] == "not established"
    assert len(found.elements[0].uncounted) == 1


def test_a_negated_act_establishes_nothing() -> None:
    assert statuses(case(altered(SALE, polarity="negative")))[0] == "not established"


def test_an_allegation_a_title_and_a_damaged_text_establish_partly() -> None:
    assert statuses(case(altered(SALE, modality="alleged")))[0] == "partly"
    assert statuses(case(SALE, role="title"))[0] == "partly"
    assert statuses(case(SALE, flags=frozenset({"damaged_text"})))[0] == "partly"


@pytest.mark.parametrize(
    ("text", "quote"), [("Q: Were you sold?", "sold"), ("问：你被卖了吗？", "卖"), ("问：被抓的？", "被抓的？")]
)
def test_what_is_asked_establishes_nothing(text: str, quote: str) -> None:
    """The question of an interviewer is no statement."""
    found = matrix(gather([document(text, said(text, quote, code="tip.act.sale"))], NO_GRAPH))
    assert found.cases[0].elements[0].status == "not established"


def test_boilerplate_does_not_count() -> None:
    assert statuses(case(SALE, role="boilerplate"))[0] == "not established"


def test_what_a_person_rejected_is_gone() -> None:
    found = matrix(gather([document(TEXT, altered(SALE, state="rejected"))], NO_GRAPH))
    assert found.cases == ()


def test_a_minor_needs_no_means() -> None:
    found = case(SALE, MARRIAGE, figure(TEXT, "16", 16, "years_of_age"))
    assert statuses(found) == ("established", "not needed", "established")
    assert (found.status, len(found.minors)) == ("established", 1)


def test_a_minor_in_another_passage_changes_nothing() -> None:
    text = "sold, married\nA boy of 16 went to school."
    codings = (
        said(text, "sold", code="tip.act.sale"),
        said(text, "married", code="tip.purpose.forced_marriage"),
        figure(text, "16", 16, "years_of_age"),
    )
    found = matrix(gather([document(text, *codings)], NO_GRAPH)).cases[0]
    assert statuses(found)[1] == "not established"


@pytest.mark.parametrize(
    ("fields", "minor"),
    [
        ({"value": 17}, True),
        ({"value": 18}, False),
        ({"value": 18, "age_system": "korean"}, True),
        ({"value": 19, "age_system": "korean"}, False),
        ({"value": 18, "comparator": "<"}, True),
        ({"value": 12, "comparator": ">="}, False),
        ({"value": 12, "comparator": "min"}, True),
        ({"value": None, "min": 14.0, "max": 17.0}, True),
        ({"value": None, "min": 14.0, "max": 20.0}, False),
        ({"value": 16, "value_status": "lost"}, False),
        ({"value": 16, "modality": "legal_norm"}, False),
        ({"value": 16, "polarity": "negative"}, False),
    ],
)
def test_an_age_is_a_minor_s_only_if_no_reading_of_it_is_eighteen(fields: dict[str, object], minor: bool) -> None:
    age = figure(TEXT, "16", fields.pop("value"), "years_of_age", **fields)  # type: ignore[arg-type]
    assert bool(case(SALE, MARRIAGE, age).minors) is minor


def test_elements_of_different_documents_do_not_add_up() -> None:
    one, other = document(TEXT, SALE, DECEPTION, path="a"), document(TEXT, MARRIAGE, path="b")
    overall = matrix(gather([one, other], NO_GRAPH)).overall
    assert (overall.status, overall.missing) == ("partly", ())


@given(st.lists(st.sampled_from([SALE, DECEPTION, MARRIAGE]), max_size=3), st.sampled_from(NEVER))
def test_nothing_is_ever_established_by_what_did_not_happen(codings: list[Coding], modality: str) -> None:
    found = matrix(gather([document(TEXT, *(altered(c, modality=modality) for c in codings))], NO_GRAPH))
    assert found.overall.status == "not established"
