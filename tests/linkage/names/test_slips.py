"""Slips of one letter in a Latin syllable."""

from __future__ import annotations

import pytest

from testimonia.linkage.names.slips import slipped_pinyin, slipped_spelling
from testimonia.linkage.names.tables import FIRST, SURNAME


def has(text: str, syllable: str, place: int = FIRST) -> bool:
    """Whether a text is one slip from a spelling of a syllable."""
    found = slipped_spelling(text, place)
    return found is not None and any(ord(syllable) - 0xAC00 in parts for parts in found.likelihood.values())


@pytest.mark.parametrize("text", ["yogn", "yng", "youung", "y0ng", "yomg", "vong"])
def test_a_letter_swapped_dropped_doubled_misread_or_changed(text: str) -> None:
    """Yong and Young, each with one slip, are still 영."""
    assert has(text, "영")


def test_a_surname_with_a_slip() -> None:
    """Kirn is Kim on a bad scan."""
    assert has("kirn", "김", SURNAME)


def test_two_slips_are_too_many() -> None:
    """What is two letters away is not taken for a name."""
    assert slipped_spelling("xqzy", FIRST) is None


def test_likelier_slips_weigh_more() -> None:
    """Jni is Jin with two letters swapped sooner than Ji with one added."""
    found = slipped_pinyin("jni", 0)
    assert found["jin"] > found["ji"]


def test_a_right_syllable_is_not_its_own_slip() -> None:
    """The exact reading has its own weight."""
    assert "jin" not in slipped_pinyin("jin", 0)
