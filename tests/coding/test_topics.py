"""The same figure in three languages is about the same thing."""

from __future__ import annotations

import pytest

from testimonia.coding.rules import RuleCoder
from testimonia.model import Coding, Passage


def figures(text: str, language: str) -> list[Coding]:
    passage = Passage(0, len(text), text, "body", language)
    return [coding for coding in RuleCoder().code([passage]) if coding.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In 2021 police sent back 42 women who had been forcibly repatriated from China.", "en"),
        ("2021년 북한 여성 42명이 강제송환됐다.", "ko"),
        ("2021年有42名朝鲜女性被强制遣返。", "zh-Hans"),
    ],
)
def test_what_is_counted_and_what_happened_are_the_same_in_each_language(text: str, language: str) -> None:
    """Women, forced return, in English, Korean and Chinese."""
    found = [f for f in figures(text, language) if f.value == 42]
    assert [(f.attributes.get("counted_norm"), f.attributes.get("topic")) for f in found] == [
        ("women", "state.forced_return")
    ]


def test_the_nearest_word_of_the_same_sentence_wins() -> None:
    """Each of two numbers is about its own noun, and a word of the next sentence is about neither."""
    found = figures("The group spoke with 64 women and 12 children. Officers refused.", "en")
    assert [(f.value, f.attributes.get("counted_norm")) for f in found] == [(64, "women"), (12, "children")]


def test_nothing_is_guessed_where_nothing_is_named() -> None:
    """A number of unnamed things has no concept."""
    assert all("counted_norm" not in f.attributes for f in figures("There were 17 of them.", "en"))


def test_a_number_takes_no_word_of_another_clause_or_of_another_sort() -> None:
    """Days are not camps, and who is named after a comma is not who was counted."""
    found = figures("She was held for 19 days in two camps, and brokers took 300 yuan from her.", "en")
    assert {f.unit: f.attributes.get("counted_norm") for f in found if f.unit != "count"} == {
        "days": None,
        "CNY": None,
    }
