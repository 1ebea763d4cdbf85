"""Verdicts and their reasons, each with the argument for what is expected."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.names import compare
from testimonia.linkage.names.deciding import reading


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("김영희", "Kim Young-hee"),
        ("김영희", "金英姬"),
        ("金英姬", "Jin Yingji"),
        ("김영희", "Jin Yingji"),
        ("이순희", "리순희"),
        ("Ri Sun Hui", "李順姬"),
        ("Young-hee Kim", "김영희"),
        ("KIM YOUNGHEE", "Kim Young Hee"),
        ("남궁민수", "南宫民秀"),
        ("남궁민수", "Namkoong Min-soo"),
        ("小红", "Xiaohong"),
        ("王秀英", "왕수영"),
        ("김철", "Kim Ch'ŏl"),
    ],
)  # fmt: skip
def test_forms_of_one_name_are_the_same(a: str, b: str) -> None:
    """One rule of writing leads from each to the other, and no other common name is written so."""
    assert compare(a, b).verdict == "same"


def test_a_name_in_no_table_agrees_with_itself_across_scripts_it_can_be_written_in() -> None:
    """뷁 is in no table. 김뷁희 is 김뷁희, and not 김북희: the vowel and the coda differ by more than one slip."""
    assert compare("김뷁희", "김뷁희").verdict == "same"
    assert compare("김뷁희", "김순희").verdict == "different"


def test_a_given_name_of_one_syllable() -> None:
    """김철 is Kim Chol. One-syllable given names are few, so that to share one says more than a syllable of two.

    김철수 is another name: a given name is seldom cut short.
    """
    assert compare("김철", "Kim Chol").verdict == "same"
    assert compare("황철", "황철").score > compare("황철수", "황철수").score - 0.05
    assert compare("김철", "김철수").verdict == "different"


def test_a_four_syllable_name_with_a_compound_surname() -> None:
    """독고영희 is 독고 + 영희: it agrees with Dokgo Young-hee and with a bare 영희 in part, not with 독 + 고영희."""
    assert compare("독고영희", "Dokgo Young-hee").verdict == "same"
    assert compare("독고영희", "獨孤英姬").verdict == "same"
    assert compare("독고영희", "고영희").verdict == "different"


def test_the_chinese_name_of_a_korean() -> None:
    """金英姬 read in Chinese is Jin Yingji: 김영희 agrees, 김철수 (金哲洙, Jin Zhezhu) does not."""
    found = compare("김영희", "Jin Yingji")
    assert found.verdict == "same"
    assert "Ying is pinyin of 英, read 영" in found.reason
    assert compare("김철수", "Jin Yingji").verdict == "different"


@pytest.mark.parametrize("nothing", ["unknown", "미상", "不详", "", "?"])
def test_no_name_says_nothing(nothing: str) -> None:
    """A missing name is no evidence for one person (score 0) and none against (ambiguous, not different)."""
    for found in (compare(nothing, "김영희"), compare("김영희", nothing), compare(nothing, nothing)):
        assert (found.score, found.verdict) == (0, "ambiguous")
        assert "nothing to compare" in found.reason


@pytest.mark.parametrize(
    ("latin", "one", "other"), [("Kim Yong Ho", "김영호", "김용호"), ("Kim Jong Ho", "김정호", "김종호")]
)
def test_what_north_korean_spelling_merges_stays_ambiguous(latin: str, one: str, other: str) -> None:
    """영 and 용 are both Yong, 정 and 종 both Jong: either may be meant, and the reason says so."""
    for name in (one, other):
        found = compare(latin, name)
        assert found.verdict == "ambiguous"
        assert found.score > 0.7
        assert "names alone cannot separate them" in found.reason
    assert compare(one, other).verdict != "same"


def test_other_characters_of_one_reading_stay_ambiguous() -> None:
    """성 is 聖 or 成: a clerk who writes by ear takes either, a man who knows his name does not."""
    found = compare("朴聖泰", "朴成泰")
    assert found.verdict == "ambiguous"
    assert "聖 and 成 both read 성 but are other characters" in found.reason


def test_a_slip_of_the_ear_is_not_the_same() -> None:
    """박성호 and 박성효 may be one name misheard, or two."""
    assert compare("박성호", "박성효").verdict == "ambiguous"


@pytest.mark.parametrize(("a", "b"), [("김", "Kim"), ("Kim", "김영희"), ("김", "김")])
def test_a_surname_alone_is_too_little(a: str, b: str) -> None:
    """One Korean in five is a Kim: that is neither the same nor different."""
    found = compare(a, b)
    assert found.verdict == "ambiguous"
    assert "too little to tell" in found.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("김영희", "박영희"),
        ("김영희", "김영숙"),
        ("Kim Young-hee", "Kim Young-sook"),
        ("金英姬", "金英淑"),
        ("Jin Yingji", "Jin Yingshu"),
    ],
)
def test_one_other_syllable_is_another_name(a: str, b: str) -> None:
    """희 and 숙, 김 and 박 are not misheard for one another."""
    found = compare(a, b)
    assert found.verdict == "different"
    assert " is not " in found.reason


def test_the_reason_names_the_readings() -> None:
    """What an investigator can check without knowing the scripts."""
    assert compare("金英姬", "김영희").reason == "金 = 김; 英 reads 영; 姬 reads 희"
    assert compare("이순희", "리순희").reason.startswith("이 is the South Korean spelling of 리")
    assert reading("Jin Yingji") == "김 영 희/길"
    assert reading("unknown") == ""


@given(st.text(max_size=320), st.text(max_size=320))
@settings(max_examples=150, deadline=None)
def test_any_two_texts_are_compared_alike_from_both_sides(a: str, b: str) -> None:
    """Never raises; score and verdict do not depend on the order."""
    one, other = compare(a, b), compare(b, a)
    assert one.verdict == other.verdict
    assert one.score == pytest.approx(other.score, abs=1e-6)
    assert one.reason


@pytest.mark.parametrize(
    "unit", ["김영희", "金英姬", "Yongyongyo", "ngonggung", "a-", "'o", "Kim Young-hee ", "ㄱ", "😀"]
)
def test_a_name_of_hundreds_of_characters_takes_bounded_time(unit: str) -> None:
    """Three hundred characters and more: what is beyond a name's length is not looked at."""
    name = unit * (900 // len(unit))
    start = time.process_time()
    compare(name, name)
    assert time.process_time() - start < 5
