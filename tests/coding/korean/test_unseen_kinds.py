"""Kinds of expression met late: holes, limits and budgets, speech without 고, bodies by the shape of their name."""

from __future__ import annotations

import pytest

from .conftest import Coded

LIST = (
    "○○군 공고 제12호\n"
    "다음과 같이 공고합니다.\n"
    "1. 지원 내용\n"
    "가. 생계비: 월 50만원씩 최장 3개월간 지급한다.\n"
    "나. 상담: 주 2회 이내로 한다.\n"
    "다. 환수: 받은 금액의 2배를 돌려받는다."
)


@pytest.mark.parametrize(
    "text",
    [
        "수용된여성은   명이며송환된사람은5 명으로파악됨.조사에응한여성의농장노동은 9퍼센트였음.",
        "면담자 (판독 불가)명 가운데 일부가 송환됐다. 벌금은 XX만 원이었다.",
        "몸값은 ?천 위안이었다. 여성 2?명이 붙잡혔다.",
    ],
)
def test_a_number_with_a_hole_is_never_given_a_value(coded: Coded, text: str) -> None:
    assert all(c.value is None and c.value_status == "lost" for c in coded(text, "figure"))


def test_points_of_a_notice_with_letters_are_rules(coded: Coded) -> None:
    figures = coded(LIST, "figure")
    assert len(figures) >= 3
    assert {c.modality for c in figures} == {"required"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("국회에 제출된 법안은 쉼터를 5곳 이상 두도록 했다.", "required"),
        ("지원금은 500만 원까지 받을 수 있다.", "required"),
        ("예산안에는 12억 원이 반영됐다.", "announced"),
        ("도는 올해 15억 원을 들여 쉼터를 새로 연다고 밝혔다.", "announced"),
        ("경찰은 지난해 여성 12명을 구조했다.", "reported"),
    ],
)
def test_what_is_to_be_is_told_from_what_was(coded: Coded, text: str, modality: str) -> None:
    assert {c.modality for c in coded(text, "figure")} == {modality}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("여성은 모두 돌려보내진 것으로전해짐.", "것으로전해짐"),
        ("태국 이민국이 집계한 입국자는 크게 줄었다.", "이 집계한"),
        ("판결문에는 피해자가 많았다고 적혀 있다.", "고 적혀 있다"),
        ("여권을 회사가 보관하고 있다는 점이 확인되었다.", "이 확인되었다"),
        ("인권침해 우려가 제기됐다.", "우려가 제기됐다"),
    ],
)
def test_more_words_of_speech(coded: Coded, text: str, cue: str) -> None:
    assert cue in [c.quote for c in coded(text, "attribution")]


@pytest.mark.parametrize("cue", ["그러더라고요", "이러는 거예요", "캐물었습니다"])
def test_an_answer_carries_speech_without_a_particle(coded: Coded, cue: str) -> None:
    found = coded(f"문: 그다음은요?\n답: 그 남자가 너는 팔려 왔다 {cue}.\n문: 네.\n답: 그랬습니다.", "attribution")
    assert cue in [c.quote for c in found]


def test_bodies_by_the_shape_of_their_name(coded: Coded) -> None:
    quotes = {c.quote for c in coded("수원지방법원은 형을 정했고 기획재정부는 예산을 짰다.", "org")}
    assert {"수원지방법원", "기획재정부"} <= quotes


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("회사는 노동자의 임금을 체불했다.", "tip.means.wage_withholding"),
        ("작업장을 이탈한 노동자가 강제 귀국당했다.", "state.forced_return"),
        ("피고인은 피해자를 간음하였다.", "tip.means.sexual_violence"),
    ],
)
def test_acts_abroad_and_before_courts(coded: Coded, text: str, act: str) -> None:
    assert act in {c.code for c in coded(text, "act")}


def test_a_word_is_not_read_across_two_others(coded: Coded) -> None:
    assert "state.torture" not in {c.code for c in coded("피해자를 방에 가두고 문을 잠갔다.", "act")}
