"""Text whose digits, capitals, punctuation and small words are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder, Said


STRIPPED = "crew work hours day days week families paid usd brokers trade worth million per year"


def test_a_lost_number_stays_lost(code: Coder) -> None:
    """Units without their numbers are figures whose value is lost, never a number."""
    found = code(STRIPPED, "figure", damaged=True)
    assert {figure.unit for figure in found} >= {"hours/day", "days/week", "USD", "currency lost"}
    assert {figure.value_status for figure in found} == {"lost"}
    assert all((figure.value, figure.min, figure.max) == (None, None, None) for figure in found)


def test_vague_words_survive(code: Coder) -> None:
    """“Thousands” lost nothing."""
    (figure,) = code("thousands remain unregistered", "figure", damaged=True)
    assert (figure.value_status, figure.value, figure.parts["number"].quote) == ("verbal", None, "thousands")


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("harbour rights watch reported thai navy freed fishers", "harbour rights watch", "reported"),
        ("according harbour workers union million people depend", "harbour workers union", "according"),
        ("even thai government claimed forced labour case years", "thai government", "claimed"),
    ],
)
def test_sources_without_capitals(said: Said, code: Coder, text: str, source: str, cue: str) -> None:
    """The words beside the cue are its source."""
    (statement,) = code(text, "attribution", damaged=True)
    assert (statement.parts["source"].quote, statement.parts["cue"].quote) == (source, cue)


def test_places_are_found_without_capitals(code: Coder) -> None:
    """Country names need no capital here; short acronyms are left alone."""
    assert [p.quote for p in code("boats come myanmar us cambodia", "place", damaged=True)] == ["myanmar", "cambodia"]
