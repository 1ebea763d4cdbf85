"""A kin word is no name, and several names are a set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.values.called import Called, read_called, read_kin


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("어머니", "mother"),
        ("김영희의 딸", "daughter"),
        ("철수 엄마", "mother"),
        ("리명국네 며느리", "daughter-in-law"),
        ("母亲", "mother"),
        ("王某之女", "daughter"),
        ("金英姬的丈夫", "husband"),
        ("Mother", "mother"),
        ("daughter of Kim Yong Hui", "daughter"),
        ("the wife of Ri", "wife"),
        ("Kim's son", "son"),
        ("baby", "child"),
    ],
)
def test_kin_words_stand_in_place_of_a_name(text: str, kin: str) -> None:
    """Alone or with the name of the one they belong to: the person's own name is not known then."""
    assert read_called(text) == Called("", (), kin)


@pytest.mark.parametrize("name", ["손정순", "Son Hae", "Hae-sheel Son", "Son", "김영희", "모은정", "이모란", "王子"])
def test_names_that_only_look_like_kin_stay_names(name: str) -> None:
    """Son (손) is a surname, 모 too."""
    assert read_kin(name) is None
    assert read_called(name).name == name


@pytest.mark.parametrize("text", ["", "unknown", "미상", "不详", "N/A", "이름 없음", "无名"])
def test_an_unknown_name_is_none(text: str) -> None:
    """Two unknowns are no agreement."""
    assert read_called(text) == Called("")


def test_other_names_are_a_set() -> None:
    """From the alias cell, from brackets, from behind "also known as"; each once, the own name not again."""
    assert read_called("김금순", "Xiao Mei; 小美; Xiao Mei").aliases == ("Xiao Mei", "小美")
    assert read_called("김금순 (장춘매)") == Called("김금순", ("장춘매",))
    assert read_called("Kim Kum Sun a.k.a. Xiao Mei") == Called("Kim Kum Sun", ("Xiao Mei",))
    assert read_called("金今顺，又名张春梅").aliases == ("张春梅",)
    assert read_called("김금순", "김금순") == Called("김금순")
    assert read_called("Kim, Kum Sun").name == "Kim, Kum Sun"


def test_an_assumed_name_is_marked() -> None:
    """By the note of the list, or by the word in brackets, which is no other name."""
    assert read_called("김금순", note="pseudonym") == Called("김금순", assumed=True)
    assert read_called("김금순(가명)") == Called("김금순", assumed=True)
    assert read_called("李英（化名）") == Called("李英", assumed=True)


def test_a_name_of_300_characters_is_not_compared() -> None:
    """It is a note, or several cells run together; the list reader says so by row."""
    assert read_called("김" * 300) == Called("")


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_nothing_raises_and_no_alias_is_empty(name: str, alias: str, note: str) -> None:
    """Any cells are read."""
    found = read_called(name, alias, note)
    assert all(other.strip() for other in found.aliases)
    assert len(set(found.aliases)) == len(found.aliases)
