"""Copied passages are found by the fingerprints of their characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linkage.origins.texts import document

from testimonia.linkage.origins.copies import copies, fingerprints, plain

ENGLISH = (
    "The survey asked 112 people who had been sent back what they were told at the bridge, how long they were "
    "held and whether anybody wrote down their names. Seven in ten had been questioned for over a month."
)
KOREAN = (
    "이 조사는 되돌려 보내진 사람 백열두 명에게 다리에서 무슨 말을 들었는지, 얼마나 오래 갇혀 있었는지, "
    "이름을 적은 사람이 있었는지를 물었다. 열 명 중 일곱 명은 한 달 넘게 조사를 받았다."
)
CHINESE = (
    "这项调查询问了一百一十二名被送回的人，在桥上听到了什么，被关押了多久，"
    "有没有人记下她们的姓名。七成的人被讯问超过一个月。"
)


def pairs(*texts: str) -> int:
    return len(copies([document(f"{i}.txt", text) for i, text in enumerate(texts)]))


def test_an_equal_passage_is_a_copy_in_each_language() -> None:
    """The same passage in two documents is found."""
    for text in (ENGLISH, KOREAN, CHINESE):
        (copy,) = copies([document("a.txt", text), document("b.txt", f"Another line.\n{text}")])
        assert (copy.a.document, copy.b.document, copy.share) == (0, 1, 1.0)


def test_a_passage_with_a_few_words_changed_is_still_a_copy() -> None:
    """Editing some words does not hide a copy."""
    assert pairs(ENGLISH, ENGLISH.replace("112 people", "one hundred persons").replace("anybody", "someone")) == 1
    assert pairs(KOREAN, KOREAN.replace("백열두 명", "112명")) == 1
    assert pairs(CHINESE, CHINESE.replace("一百一十二", "112")) == 1


def test_different_passages_on_one_subject_are_not_copies() -> None:
    """Stock phrases do not make a copy."""
    other = (
        "Two shelters told the committee that the people who had been sent back rarely knew where they were held, "
        "and that nobody could say how many of them had been questioned before the winter."
    )
    assert pairs(ENGLISH, other) == 0
    assert pairs(KOREAN, CHINESE) == 0


def test_layout_does_not_matter() -> None:
    """Case, punctuation and line breaks leave the fingerprints as they are."""
    assert fingerprints(ENGLISH) == fingerprints(ENGLISH.upper().replace(" ", "\n").replace(".", ""))


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="abcdefgh ", min_size=0, max_size=80), st.text(alphabet="abcdefgh ", max_size=80))
def test_a_long_copied_stretch_is_always_seen(before: str, after: str) -> None:
    """Winnowing misses no stretch of at least window + n - 1 letters."""
    stretch = "wheretheriverturnsthereisahousewithtwodoors"
    assert fingerprints(f"{before} {stretch} {after}") & fingerprints(stretch + "z" * 60)
    assert plain(stretch) == stretch


def test_many_copies_cost_no_pairs() -> None:
    """Sixty equal documents give fifty-nine pairs, each with the first."""
    assert pairs(*[ENGLISH] * 60) == 59
