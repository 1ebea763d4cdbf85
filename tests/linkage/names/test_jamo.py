"""Hangul taken apart and put together; South and North spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.names.jamo import is_syllable, join, near, reduced, split, unreduced

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)


@given(SYLLABLES)
def test_a_syllable_is_its_parts(syllable: str) -> None:
    """Taking apart and putting together gives the syllable back."""
    assert join(*split(syllable)) == syllable


@pytest.mark.parametrize(
    ("north", "south"),
    [("리", "이"), ("로", "노"), ("류", "유"), ("녀", "여"), ("련", "연"), ("라", "나"), ("룡", "용"), ("김", "김")],
)
def test_the_initial_sound_rule(north: str, south: str) -> None:
    """South Korean orthography, article 10 to 12: initial ㄹ and ㄴ fall before i and y, ㄹ is ㄴ elsewhere."""
    assert reduced(north) == south
    assert north in unreduced(south)


@given(SYLLABLES)
def test_what_is_unreduced_reduces_to_the_same(syllable: str) -> None:
    """Each unreduced form of a syllable reduces to that syllable's own reduced form."""
    assert {reduced(one) for one in unreduced(syllable)} == {reduced(syllable)}


@given(SYLLABLES)
def test_slips_are_shares_of_other_syllables(syllable: str) -> None:
    """What is heard for a syllable is another syllable; the shares of all sum to one."""
    found = near(syllable)
    assert syllable not in found
    assert all(is_syllable(one) for one in found)
    assert not found or sum(found.values()) == pytest.approx(1)
