"""The name tables keep their own rules."""

from __future__ import annotations

from collections import defaultdict

import pytest

from testimonia import vocabulary
from testimonia.linkage.names.codes import sound_number
from testimonia.linkage.names.jamo import is_syllable, reduced
from testimonia.linkage.names.spelling import SYSTEMS, spelled
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables


def number(syllable: str) -> int:
    return ord(syllable) - 0xAC00


def test_surnames_are_unreduced_and_their_southern_form_follows_the_rule() -> None:
    """리 is 이 in the South, 류 is 유; a compound reduces its first syllable."""
    for row in vocabulary.rows("names/surnames"):
        assert row["south"] == reduced(row["north"][0]) + row["north"][1:]


def test_the_surnames_shares_are_those_of_the_census() -> None:
    """김, 리 and 박: 21.5, 14.7 and 8.4 % of people in South Korea in 2015, times the nine tenths that are Korean."""
    known = tables()
    for surname, share in (("김", 0.215), ("리", 0.147), ("박", 0.084)):
        assert known.frequency(SURNAME, number(surname)) == pytest.approx(0.9 * share, rel=0.08)


@pytest.mark.parametrize("place", [SURNAME, FIRST, LATER])
def test_frequencies_sum_to_one(place: int) -> None:
    """Of surnames nearly: a Chinese surname without a Korean reading is left out."""
    assert sum(tables().prior[place].values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("place", [SURNAME, FIRST, LATER])
def test_every_syllable_of_names_can_be_spelt(place: int) -> None:
    """None has no Latin form."""
    written = {one for entry in spelled(place).values() for parts in entry.likelihood.values() for one in parts}
    assert set(tables().prior[place]) <= written


def test_the_spellings_of_a_syllable_in_a_system_sum_to_one_or_less() -> None:
    """P(text | syllable, system) over all texts; free spellings overlap by a tenth."""
    shares: defaultdict[tuple[int, int], float] = defaultdict(float)
    for entry in spelled(FIRST).values():
        for system, parts in entry.likelihood.items():
            for one, share in parts.items():
                shares[system, one] += share
    assert max(shares.values()) < 1.15
    assert min(shares[SYSTEMS.index("rr"), number(one)] for one in "영희철순옥화") == pytest.approx(1)


@pytest.mark.parametrize(
    ("char", "reading", "pinyin"),
    [
        ("李", "리", "li"),
        ("女", "녀", "nv"),
        ("英", "영", "ying"),
        ("姬", "희", "ji"),
        ("哲", "철", "zhe"),
        ("龍", "룡", "long"),
    ],
)
def test_characters_have_their_unreduced_reading_and_usual_pinyin_first(char: str, reading: str, pinyin: str) -> None:
    """Common characters of names, by any dictionary."""
    found = tables().characters[char]
    assert next(iter(found.readings)) == number(reading) and next(iter(found.pinyin)) == pinyin


@pytest.mark.parametrize(
    ("char", "surname", "pinyin"),
    [("金", "김", "jin"), ("朴", "박", "piao"), ("單", "단", "shan"), ("任", "임", "ren")],
)
def test_a_character_may_read_otherwise_as_a_surname(char: str, surname: str, pinyin: str) -> None:
    """金 is 김 as a surname and 금 in a given name; 朴 is Piao, 單 Shan."""
    shape = tables().characters[char].shape
    assert max(tables().pinyin_of[0][shape], key=lambda one: tables().pinyin_of[0][shape][one]) == pinyin
    if char in "金朴任":
        assert number(surname) in tables().shapes[0][shape]


@pytest.mark.parametrize("pair", ["愛爱", "榮荣", "眞真", "裵裴", "姸妍", "鎭镇", "兌兑", "龍龙", "羅罗", "盧卢"])
def test_variants_are_one_shape(pair: str) -> None:
    """Traditional, simplified and Korean shapes of one character."""
    one, other = (tables().characters[char].shape for char in pair)
    assert one == other


def test_every_character_allowed_in_names_by_the_supreme_court_is_there() -> None:
    """More than nine thousand characters with a Korean reading."""
    assert sum(bool(one.readings) for one in tables().characters.values()) > 9000


def test_pinyin_syllables_have_numbers_of_their_own() -> None:
    """Twenty bits are enough for some four hundred of them: none meets another."""
    sounds = {sound for part in tables().sound_prior for sound in part}
    assert len({sound_number(one) for one in sounds}) == len(sounds)


def test_no_table_holds_a_whole_name() -> None:
    """Surnames, single characters, single syllables: nothing in the tables is the name of a person."""
    for row in vocabulary.rows("names/characters"):
        assert len(row["char"]) == 1
    for row in vocabulary.rows("names/given"):
        assert len(row["syllable"]) == 1 and is_syllable(row["syllable"])
    assert all(len(row["north"]) <= 2 for row in vocabulary.rows("names/surnames"))
