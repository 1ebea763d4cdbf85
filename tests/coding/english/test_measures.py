"""Measures in the words of government; rules, warnings and months around acts and figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Coder = Callable[..., list[Coding]]


@pytest.mark.parametrize(
    "text",
    [
        "Authorities restricted the sale of radios.",
        "The government denied some pupils a place at school.",
        "Police in the border town closed the ferry landing.",
        "The directive lowered the goal to forty files.",
        "The law provides for nine years of schooling.",
        "Article 9 caps questioning at 12 hours.",
        "The governor has suspended the licences of two agencies.",
        "Residents must surrender their telephones at the gate.",
        "Every third household was to be searched by the new patrols.",
        "Officials did not allow relatives to visit.",
        "The ministry refused to issue travel papers.",
    ],
)
def test_what_a_body_does_or_lays_down_is_a_measure(code: Coder, text: str) -> None:
    """Whatever the verb, a body that restricts, orders, provides or refuses takes a measure."""
    assert code(text, "measure")


def test_the_closer_word_names_the_kind_of_a_measure(code: Coder) -> None:
    """“authorities set up …” alone is law and policy; a shelter in it is a shelter."""
    (measure,) = code("The government opened two shelters in the capital.", "measure")
    assert measure.code == "shelter"


def test_a_month_is_no_possibility(code: Coder) -> None:
    """May 2031 is a month: what is told of it happened."""
    (figure,) = code("In May officers detained 30 teachers.", "figure")
    (act, *_) = code("In May officers detained 30 teachers.", "act")
    assert (figure.modality, act.modality) == ("reported", "reported")


def test_what_was_done_after_a_goal_is_no_goal(code: Coder) -> None:
    """The goal is required; what was reached of it is reported."""
    goal, done = code("The office set a goal of 300 files; Dunhua completed 41.", "figure")
    assert (goal.modality, done.modality) == ("required", "reported")


def test_what_requires_leave_is_a_rule(code: Coder) -> None:
    """Detention that requires approval is spoken of by a rule."""
    assert "policy" in {act.modality for act in code("Criminal detention requires approval of a court.", "act")}
