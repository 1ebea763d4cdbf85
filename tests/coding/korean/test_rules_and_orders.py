"""Rules, orders, plans and promises are told apart from what happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.coding.korean import code
from testimonia.model import Coding, Passage

Coded = Callable[..., list[Coding]]

NOTICE = (
    "도 안전국 포고 제3호",
    "비법월경을 막기 위하여 다음과 같이 포고한다.",
    "1. 국경선에서 3키로메터안에는 승인없이 들어가지 못한다.",
    "2. 월경자를 숨겨준 자는 6개월까지의 로동단련형에 처하며 20만원까지의 벌금을 물린다.",
    "3. 신고한 공민에게는 30만원의 상금을 준다.",
    "4. 세대는 2시간안에 인민반에 등록하여야 한다.",
)
STATUTE = (
    "제1조(목적) 이 법은 인신매매 피해자를 보호함을 목적으로 한다.",
    "제2조(정의) 인신매매란 사람을 모집, 운송, 은닉하는 것을 말한다.",
    "제3조(벌칙) 사람을 감금한 자는 3년 이하의 징역에 처한다. 「가정폭력방지법」 제2조는 그대로 둔다.",
)


def read(lines: tuple[str, ...]) -> list[Coding]:
    passages, place = [], 0
    for line in lines:
        passages.append(Passage(place, place + len(line), line, language="ko"))
        place += len(line) + 1
    return list(code(passages))


def test_figures_of_a_notice_in_numbered_points_are_required_and_northern_money() -> None:
    figures = [c for c in read(NOTICE) if c.kind == "figure"]
    assert len(figures) >= 5
    assert {c.modality for c in figures} == {"required"}
    assert {c.unit for c in figures if c.unit and c.unit.startswith("K")} == {"KPW"}


def test_acts_of_a_notice_are_policy_and_its_clauses_are_measures() -> None:
    codings = read(NOTICE)
    assert {c.modality for c in codings if c.kind == "act"} == {"policy"}
    assert sum(c.kind == "measure" for c in codings) >= 4


def test_numbered_points_that_tell_what_happened_are_no_rules() -> None:
    told = (
        "조사 결과를 알리는 공고",
        "1. 여성 3명이 체포됐다.",
        "2. 여성 4명이 송환됐다.",
        "3. 여성 5명이 구금됐다.",
    )
    assert {c.modality for c in read(told) if c.kind in ("figure", "act")} == {"reported"}


def test_acts_of_a_statute_are_norms_and_names_of_laws_are_no_acts() -> None:
    acts = [c for c in read(STATUTE) if c.kind == "act"]
    assert {c.modality for c in acts} == {"legal_norm"}
    assert {"tip.act.recruitment", "tip.means.restricting_movement"} <= {c.code for c in acts}
    assert not any("가정폭력" in c.quote for c in acts)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("세대마다 파철 20킬로그램을 바치라고 했다.", "required"),
        ("초소마다 한 달에 15건을 단속하도록 지시했다.", "required"),
        ("통일부는 내년에 상담원을 12명으로 늘릴 계획이다.", "announced"),
        ('거간은 "한 달에 3천 위안을 준다"며 여성을 꾀었다.', "promise"),
        ("중국 공안은 지난달 여성 12명을 체포했다.", "reported"),
    ],
)
def test_orders_plans_and_promises_are_no_results(coded: Coded, text: str, modality: str) -> None:
    assert {c.modality for c in coded(text, "figure") if c.unit != "months"} == {modality}


def test_a_change_from_one_number_to_another_is_two_figures(coded: Coded) -> None:
    assert [c.value for c in coded("쉼터를 4곳에서 7곳으로 늘렸다.", "figure")] == [4, 7]


def test_a_hole_inside_a_number_leaves_no_value(coded: Coded) -> None:
    found = coded("몸값은 3□00위안이었다. 모두 2□명이 송환됐다.", "figure")
    assert [c.value_status for c in found] == ["lost", "lost"]
    assert all(c.value is None and c.min is None for c in found)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("조사에서 북한 여성 30명이 확인됐다.", "북한 여성"),
        ("모두 12명의 피해자가 구조됐다.", "피해자"),
        ("이 자료에 따르면 30명이 송환됐다.", None),
    ],
)
def test_what_is_counted_is_a_noun_phrase_or_nothing(coded: Coded, text: str, counted: str | None) -> None:
    assert coded(text, "figure")[0].attributes.get("counted") == counted


@pytest.mark.parametrize(
    "text",
    [
        '대변인은 "사실이 아니다"라고 거듭 강조했다.',
        '대변인은 "조사하겠다"는 뜻을 내비쳤다.',
        "단체는 중단을 중국에 촉구한 바 있다.",
        "그는 아직도 무섭다고 털어놨다.",
        "아이는 77명으로 조사됐다.",
    ],
)
def test_more_ways_of_saying_are_attributions(coded: Coded, text: str) -> None:
    assert len(coded(text, "attribution")) == 1


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("그 여성은 억지로 혼인했다.", "tip.purpose.forced_marriage"),
        ("그 여성은 억지로 살게 됐다.", "tip.purpose.forced_marriage"),
        ("여성들을 홀아비한테 넘겼다.", "tip.act.sale"),
        ("브로커가 여성을 봉고차에 태워 갔다.", "tip.act.transport"),
        ("초소 군인에게 300딸라를 찔러 줬다.", "state.complicity"),
        ("재판도 없이 교화소로 보냈다.", "state.denial_of_fair_trial"),
    ],
)
def test_ordinary_wordings_carry_their_act(coded: Coded, text: str, act: str) -> None:
    assert act in {c.code for c in coded(text, "act")}


@pytest.mark.parametrize("text", ["장마당에서 쌀을 거래했다.", "회사는 사무를 인계했다.", "기차표를 사 왔다."])
def test_goods_and_affairs_are_no_trafficking(coded: Coded, text: str) -> None:
    assert coded(text, "act") == []


def test_local_bodies_and_short_states_are_named(coded: Coded) -> None:
    assert [c.quote for c in coded("지린성 공안청과 주한 중국대사관은 답하지 않았다.", "org")] == [
        "지린성 공안청",
        "주한 중국대사관",
    ]
    assert [c.value for c in coded("미 국무부는 보고서를 냈다.", "place")] == ["USA"]
