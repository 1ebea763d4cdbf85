"""Figures: value, unit, comparator, modality, claimant; and what is no figure."""

from __future__ import annotations

import pytest

from testimonia.model import Coding

from .conftest import Coded


def only(codings: list[Coding]) -> Coding:
    assert len(codings) == 1, [c.quote for c in codings]
    return codings[0]


@pytest.mark.parametrize(
    ("text", "number", "value", "unit", "comparator"),
    [
        ("여성 1만 2천여 명이 들어왔다.", "1만 2천여 명", 12000, "persons", ">"),
        ("열댓 명이 모였다.", "열댓 명", 15, "persons", "~"),
        ("한 스무 명이 모였다.", "스무 명", 20, "persons", "~"),
        ("그는 스물두 살이었다.", "스물두 살", 22, "years_of_age", "="),
        ("절반이 넘는 사람이 답했다.", "절반", 50, "percent", ">"),
        ("열 명 중 일곱 명이 답했다.", "열 명 중 일곱 명", 70, "percent", "="),
        ("면담자의 3분의 2가 답했다.", "3분의 2", 66.67, "percent", "="),
        ("값의 3할을 챙겼다.", "3할", 30, "percent", "="),
        ("열에 아홉은 그렇게 말한다.", "열에 아홉", 90, "percent", "="),
        ("보름 동안 갇혀 있었다.", "보름", 15, "days", "="),
        ("석 달 일했다.", "석 달", 3, "months", "="),
        ("반년을 살았다.", "반년", 6, "months", "="),
        ("삼 년 반을 살았다.", "삼 년 반", 3.5, "years", "="),
        ("2시간 30분이 걸렸다.", "2시간 30분", 2.5, "hours", "="),
        ("2박3일 동안 걸었다.", "2박3일", 3, "days", "="),
        ("약 1천400킬로미터이다.", "1천400킬로미터", 1400, "km", "~"),
        ("최소 40명이 갇혔다.", "40명", 40, "persons", ">="),
        ("5명 이하로 제한했다.", "5명", 5, "persons", "<="),
        ("12세 미만의 아이가 있다.", "12세", 12, "years_of_age", "<"),
        ("500명을 웃돌았다.", "500명", 500, "persons", ">"),
        ("3천 위안을 밑돌았다.", "3천 위안", 3000, "CNY", "<"),
        ("60명쯤 있었다.", "60명", 60, "persons", "~"),
        ("여자 다섯이 한집에 살았다.", "다섯", 5, "persons", "="),
        ("두 배 늘었다.", "두 배", 2, "ratio", "="),
        ("한 달에 1천500위안을 받았다.", "1천500위안", 1500, "CNY/month", "="),
        ("하루에 옥수수 150그람을 받았다.", "150그람", 150, "grams/day", "="),
        ("하루 3차례 순찰했다.", "3차례", 3, "times/day", "="),
    ],
)
def test_a_number_has_value_unit_and_comparator(
    coded: Coded, text: str, number: str, value: float, unit: str, comparator: str
) -> None:
    figure = only(coded(text, "figure"))
    assert figure.parts["number"].quote == number
    assert (figure.value, figure.unit, figure.comparator) == (value, unit, comparator)
    assert figure.value_status == "present"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "comparator"),
    [
        ("네댓 명이 왔다.", 4, 5, "persons", "~"),
        ("대여섯 명이 왔다.", 5, 6, "persons", "~"),
        ("2주에서 한 달 걸렸다.", 14, 30, "days", "range"),
        ("5천 위안에서 3만 위안 사이였다.", 5000, 30000, "CNY", "range"),
        ("1~2킬로미터 안이다.", 1, 2, "km", "range"),
        ("5~6만 원을 냈다.", 50000, 60000, "KRW", "range"),
        ("3, 4명이 있었다.", 3, 4, "persons", "~"),
        ("최소 1만 명에서 최대 5만 명이다.", 10000, 50000, "persons", "range"),
        ("피해자는 만 19세에서 64세까지였다.", 19, 64, "years_of_age", "range"),
        ("대부분 20대였다.", 20, 29, "years_of_age", "range"),
        ("값이 5천만 원대로 뛰었다.", 50_000_000, 59_999_999, "KRW", "~"),
    ],
)
def test_two_bounds_are_kept_as_two(
    coded: Coded, text: str, low: float, high: float, unit: str, comparator: str
) -> None:
    figure = only(coded(text, "figure"))
    assert (figure.value, figure.min, figure.max) == (None, low, high)
    assert (figure.unit, figure.comparator) == (unit, comparator)


def test_full_years_are_no_ten_thousands(coded: Coded) -> None:
    figure = only(coded("그는 만 19세였다.", "figure"))
    assert figure.value == 19
    assert figure.attributes["age_system"] == "international"


def test_an_age_in_korean_counting_says_so(coded: Coded) -> None:
    figure = only(coded("그때 우리 나이로 스물세 살이였습니다.", "figure"))
    assert figure.attributes["age_system"] == "korean_counting"


def test_vague_words_get_bounds_but_no_value(coded: Coded) -> None:
    figure = only(coded("수백 명이 모였다.", "figure"))
    assert (figure.value, figure.min, figure.max, figure.value_status) == (None, 200, 999, "verbal")


def test_a_group_and_its_part_are_two_counts(coded: Coded) -> None:
    values = [figure.value for figure in coded("97명 중 63명이 답했다.", "figure")]
    assert values == [97, 63]


@pytest.mark.parametrize(
    "text",
    [
        "제33조는 이를 금지한다.",
        "14호 관리소에서 나왔다.",
        "문의 02-000-1234로 하라.",
        "오전 10시 30분에 만났다.",
        "한 주민이 말렸다.",
        "선교사 한 분이 도왔다.",
        "세대 구성이 바뀌었다.",
        "이사회가 열렸다.",
        "만일 그렇다면 어떻게 하나.",
        "열차를 타고 갔다.",
        "2.1 이동 경로를 본다.",
        "순위는 1위였다.",
    ],
)
def test_these_are_no_figures(coded: Coded, text: str) -> None:
    assert coded(text, "figure") == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("북한 돈으로 3천 원을 벌었다.", "KPW"),
        ("중국 돈 8천 원을 주었다.", "CNY"),
        ("집값이 3억 원이다.", "KRW"),
        ("답: 브로커한테 250만 원을 줬습니다.\n답: 그때입니다.", "KRW"),
        ("답: 심양에서 시어머니가 8천 원을 주고 나를 데려왔습니다.\n답: 그때입니다.", "CNY"),
    ],
)
def test_won_is_the_money_of_the_place_spoken_of(coded: Coded, text: str, unit: str) -> None:
    assert only(coded(text, "figure")).unit == unit


def test_a_target_is_required_and_a_result_is_reported(coded: Coded) -> None:
    target, result = coded("올해 목표를 30명으로 잡았으나, 실제로는 12명에 그쳤다. ", "figure")
    assert target.modality == "required"
    assert only(coded("각 초소는 매달 20건을 적발하라는 할당을 받았다.", "figure")).modality == "required"
    assert only(coded("여성 23명이 송환됐다.", "figure")).modality == "reported"
    assert result.value == 12


def test_what_a_recruiter_holds_out_is_a_promise(coded: Coded) -> None:
    figure = only(coded("한 달에 2천 위안을 벌게 해 주겠다고 꾀었다.", "figure"))
    assert figure.modality == "promise"


def test_the_claimant_of_a_report_holds_for_its_paragraph(coded: Coded) -> None:
    text = "보고서에 따르면 여성이 72퍼센트였다. 미성년자도 83명이었다."
    assert [figure.parts["claimant"].quote for figure in coded(text, "figure")] == ["보고서", "보고서"]


@pytest.mark.parametrize(
    "text",
    [
        "북한을이탈하여중국에체류하는여성의수는  만명에이르는것으로추정된다",
        "면담자1 4명중여성은다음과같이답하였으며그내용을요약하면이러하다고본다",
        "2019년부터2021년사이  9명의송환사례가확인되었다그외의내용은불명이다",
        "송환된여성은   퍼센트에이르렀다고보이며나머지의수는알수가없게되어있다",
    ],
)
def test_a_number_whose_digits_are_lost_has_no_value(coded: Coded, text: str) -> None:
    figure = only(coded(text, "figure", flags=frozenset({"damaged_text"})))
    assert figure.value_status == "lost"
    assert (figure.value, figure.min, figure.max) == (None, None, None)


@pytest.mark.parametrize(
    "text", ["북한 주민 천명이 있었다.", "나이는 만 세에서 시작한다.", "평균 만 천 위안이었다.", "주에서 한 달 걸렸다."]
)
def test_what_is_left_of_a_damaged_number_is_no_number(coded: Coded, text: str) -> None:
    for figure in coded(text, "figure", flags=frozenset({"damaged_text"})):
        assert (figure.value, figure.min, figure.max, figure.value_status) == (None, None, None, "lost")


def test_a_number_that_survived_the_damage_is_kept(coded: Coded) -> None:
    text = "그나이는평균26세였으며중개인은그중3할을챙긴다고한다그밖의것은알수없다"
    figures = coded(text, "figure", flags=frozenset({"damaged_text"}))
    assert [(f.value, f.unit) for f in figures] == [(26, "years_of_age"), (30, "percent")]


def test_titles_and_boilerplate_give_no_figures(coded: Coded) -> None:
    assert coded("송환자 600명 넘어", "figure", role="title") == []
    assert coded("조회 12,408 | 댓글 57개", role="boilerplate") == []
