"""Every way to write one name leads to the same syllables."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.names.lattice import Reading
from testimonia.linkage.names.reading import read
from testimonia.linkage.names.tables import tables


def best(name: str) -> tuple[str, ...]:
    """The likeliest syllables of the likeliest reading, in North Korean spelling; "-" where there is no surname."""
    return _row(read(name).readings[0])


def _row(reading: Reading) -> tuple[str, ...]:
    nodes = [reading.surname, *(reading.given or ())]
    return tuple("-" if one is None else _likeliest(one.syllables) for one in nodes)


def _likeliest(syllables: Mapping[int, float]) -> str:
    return tables().hangul(max(syllables, key=lambda one: syllables[one]))


# 리춘희, an invented name. The Korean forms by the rules of each system; 李春姬 is Li Chunji in pinyin.
FORMS = [
    "리춘희", "이춘희", "이 춘희", "李春姬", "李春姫", "Ri Chun Hui", "Ri Ch'un-hŭi", "Ri Ch’unhŭi", "I Chunhui",
    "Lee Choon-hee", "LEE CHOON HEE", "Lee, Choon-hee", "Choon-hee LEE", "Choonhee Lee", "Yi Chun-hee", "ri chun-hui",
]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_one_name_in_many_spellings(name: str) -> None:
    """Hangul of both states, characters, and every romanisation give 리, 춘, 희 as the likeliest syllables."""
    assert best(name) == ("리", "춘", "희")


@pytest.mark.parametrize(
    "name", ["Li Chunji", "LI CHUNJI", "Li Chun Ji", "Lǐ Chūnjī", "Li3 Chun1ji1", "Li Chun-ji", "Li Chun'ji"]
)
def test_pinyin_with_and_without_tones(name: str) -> None:
    """Li is pinyin of 李; Chun of 春; Ji is pinyin of 姬 (희) as well as of 吉 (길): 희 is among the readings."""
    surname, first, second = read(name).readings[0].surname, *(read(name).readings[0].given or ())
    assert surname is not None and _likeliest(surname.syllables) == "리"
    assert _likeliest(first.syllables) == "춘"
    assert second.syllables[ord("희") - 0xAC00] > 0.3


@pytest.mark.parametrize(
    "name", ["류설화", "유설화", "柳雪花", "柳雪花", "Ryu Sol Hwa", "Yoo Seol-hwa", "Liu Xuehua", "Ryu Sŏrhwa"]
)
def test_the_surname_ryu_in_north_and_south(name: str) -> None:
    """류 (柳) is 유 in the South and Liu in pinyin. 설화 is Sŏrhwa where sounds assimilate: that may also be read."""
    assert best(name)[0] == "류"


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("남궁보라", ("남궁", "보", "라")),
        ("南宮民秀", ("남궁", "민", "수")),
        ("南宫民秀", ("남궁", "민", "수")),
        ("Namgung Minsu", ("남궁", "민", "수")),
        ("Nam Gung Min-su", ("남궁", "민", "수")),
        ("황보금순", ("황보", "금", "순")),
        ("제갈춘희", ("제갈", "춘", "희")),
        ("선우은별", ("선우", "은", "별")),
        ("독고영희", ("독고", "영", "희")),
        ("사공철", ("사공", "철")),
        ("Huangfu Jinshun", ("황보", "금", "순")),
    ],
)
def test_a_surname_of_two_syllables(name: str, syllables: tuple[str, ...]) -> None:
    """Four syllables with a known compound at the start are 2 + 2: a given name of three is some fifty times rarer."""
    assert best(name) == syllables


def test_a_surname_of_one_syllable_before_a_given_name_of_three() -> None:
    """김빛나라 has no compound surname at its start: it is 김 and a given name of three syllables."""
    assert best("김빛나라") == ("김", "빛", "나", "라")


@pytest.mark.parametrize(
    ("name", "syllables"), [("김철", ("김", "철")), ("Kim Chol", ("김", "철")), ("金哲", ("김", "철"))]
)
def test_a_given_name_of_one_syllable(name: str, syllables: tuple[str, ...]) -> None:
    """A surname as common as 김 before one syllable is a surname: 김 begins a given name of two almost never."""
    assert best(name) == syllables


@pytest.mark.parametrize("name", ["춘희", "Ch'un-hŭi", "春姬"])
def test_a_given_name_alone(name: str) -> None:
    """춘 is no surname: the likeliest reading of two such syllables has none."""
    assert best(name) == ("-", "춘", "희")


def test_a_korean_name_that_is_in_no_table() -> None:
    """뷁 is neither surname nor given-name syllable of any table: it is read as itself, not dropped, not guessed at."""
    assert best("김뷁희") == ("김", "뷁", "희")
    assert ord("뷁") - 0xAC00 not in tables().prior[1]


@pytest.mark.parametrize(
    ("name", "syllables"), [("FENGCHUuN", ("-", "봉", "순")), ("Kim Yogn-hui", ("김", "영", "희"))]
)
def test_a_slip_of_the_hand_is_read_through(name: str, syllables: tuple[str, ...]) -> None:
    """One letter too many, two letters swapped: the syllables are found, though not always surely."""
    found = [_row(one) for one in read(name).readings]
    assert any(row[0] == syllables[0] and len(row) == len(syllables) for row in found)


@pytest.mark.parametrize("name", ["Jin Yingj1", "Jin Yingii", "Jin Ylngji", "Jin Y1ngji"])
def test_what_a_scanner_reads_for_a_letter(name: str) -> None:
    """1 and l stand for i, i for j: Jin Yingji is among the readings."""
    first, second = read(name).readings[0].given or ()
    assert "ying" in first.sounds and "ji" in second.sounds


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "unknown",
        "UNKNOWN",
        "(unknown)",
        "미상",
        "성명 미상",
        "不详",
        "姓名不详",
        "n/a",
        "?",
        "N.A.",
        "익명",
        "12",
        "…",
    ],
)
def test_no_name_is_no_name(name: str) -> None:
    """Words for a missing name, digits and punctuation have no reading, so that they can never agree."""
    assert not read(name)


@pytest.mark.parametrize(
    ("name", "same_as"), [("Ms. Kim Young-hee", "Kim Young-hee"), ("김영희 씨", "김영희"), ("김영희씨", "김영희")]
)
def test_titles_are_no_part_of_a_name(name: str, same_as: str) -> None:
    """Ms. and 씨 are left out."""
    assert best(name) == best(same_as)


def test_a_word_that_is_no_syllable_is_left_out() -> None:
    """A baptismal name before a Korean one."""
    assert best("Grace Young-hee Kim") == ("김", "영", "희")


@pytest.mark.parametrize("name", ["김모씨", "김모", "金某", "김○○", "Kim XX", "Ms. Kim", "김 씨", "김"])
def test_a_given_name_left_out_is_a_surname_alone(name: str) -> None:
    """김모 is a certain Kim; nothing is read into what stands for the given name."""
    reading = read(name).readings[0]
    assert _row(reading) == ("김",) and reading.given is None


def test_two_forms_in_one_cell_are_two_readings() -> None:
    """A name with another form in brackets can be read as either."""
    scripts = {one.surname.script for one in read("김영희 (Jin Yingji)").readings if one.surname}
    assert scripts == {"hangul", "pinyin"}


def test_a_foreign_name_is_kept_word_by_word() -> None:
    """What is no Korean or Chinese name is compared as it stands; nothing is guessed about whose it may be."""
    assert {node.script for node in read("Natalya Petrovskaya").readings[0].given or ()} == {"raw"}


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(name: str) -> None:
    """Nothing raises; the weights of the readings, and of each syllable, sum to one."""
    found = read(name)
    assert not found or sum(one.weight for one in found.readings) == pytest.approx(1)
    for reading in found.readings:
        for node in [reading.surname, *(reading.given or ())]:
            assert node is None or not node.syllables or sum(node.syllables.values()) == pytest.approx(1)


@given(st.text(alphabet="abcdeghijklmnoprstuwy'-ŏŭ ", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_latin_letters_can_be_read(name: str) -> None:
    """Words that are nearly names take bounded work too."""
    assert len(read(name).readings) <= 6


@given(st.sampled_from(FORMS), st.sampled_from(("NFC", "NFD", "NFKC")))
def test_the_form_of_unicode_does_not_matter(name: str, form: Literal["NFC", "NFD", "NFKC"]) -> None:
    """Composed or decomposed, a name reads the same."""
    assert best(unicodedata.normalize(form, name)) == best(name)
