"""What a person may choose from when coding, and what a coding leaves open."""

from __future__ import annotations

from typing import Any, get_args

from testimonia.coding.codebook import load_codebook
from testimonia.model import Kind
from testimonia.project import choices

BLANK: dict[str, Any] = {
    "kind": "act",
    "code": None,
    "modality": "reported",
    "comparator": None,
    "value_status": None,
    "polarity": "positive",
    "basis": None,
    "unit": None,
    "parts": {},
    "attributes": {},
}


def test_every_code_of_the_codebook_can_be_chosen_and_has_names_in_three_languages() -> None:
    told = choices.choices()
    for scheme, terms in load_codebook().schemes.items():
        if scheme in told["lists"]:
            assert [one["code"] for one in told["lists"][scheme]] == list(terms)
            assert all({"en", "ko", "zh"} <= set(one) for one in told["lists"][scheme])


def test_every_kind_that_can_be_chosen_is_a_kind_and_its_codes_are_a_list() -> None:
    told = choices.choices()
    assert set(told["kinds"]) <= set(get_args(Kind))
    assert {one["scheme"] for one in told["kinds"].values()} - {None} <= set(told["lists"])


def test_labels_are_those_of_the_codes_in_use_in_the_language_asked_for() -> None:
    coding = {**BLANK, "code": "tip.purpose.forced_marriage", "basis": "heard"}
    act = load_codebook().term("act", "tip.purpose.forced_marriage")
    for language in ("en", "ko", "zh"):
        told = choices.labels([coding], language)
        assert told["act"] == {"tip.purpose.forced_marriage": act.labels[language]}
        assert set(told) == {"act", "modality", "polarity", "basis"}


def test_a_code_that_the_codebook_no_longer_has_has_no_label() -> None:
    assert "act" not in choices.labels([{**BLANK, "code": "gone.since"}], "en")


def test_a_figure_without_claimant_place_or_period_says_so() -> None:
    figure = {**BLANK, "kind": "figure"}
    assert choices.lacking(figure) == ["claimant", "place", "period"]
    assert choices.lacking({**figure, "parts": {"claimant": {}}, "attributes": {"period": "2021"}}) == ["place"]


def test_a_claimant_who_is_only_known_in_normal_form_is_a_claimant() -> None:
    told = {**BLANK, "kind": "figure", "attributes": {"claimant_norm": "a ministry", "place": "CHN", "period": "2021"}}
    assert choices.lacking(told) == []


def test_a_place_leaves_nothing_open() -> None:
    assert choices.lacking({**BLANK, "kind": "place"}) == []
