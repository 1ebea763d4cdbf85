"""Who says what."""

from __future__ import annotations

import pytest

from .conftest import Coded


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ('김아라 대표는 "모두 돌려보내졌다"고 말했다.', "고 말했다", "김아라 대표"),
        ("단체는 피해가 더 크다고 밝혔다.", "고 밝혔다", "단체"),
        ("보고서에 따르면 여성이 많았다.", "에 따르면", "보고서"),
        ("통일부 통계를 보면 여성이 많았다.", "를 보면", "통일부 통계"),
        ("벌금을 물린다고 이 마을 주민은 설명했다.", "설명했다", "이 마을 주민"),
        ("유죄 판결이 나왔다고 현지 매체가 15일 보도했다.", "보도했다", "현지 매체"),
        ("유엔난민기구는 송환이 위험하다는 견해를 밝혔다.", "는 견해를 밝혔다", "유엔난민기구"),
        ("연구진은 규모를 5만 명으로 추산했다.", "으로 추산했다", "연구진"),
    ],
)
def test_a_cue_has_its_source(coded: Coded, text: str, cue: str, source: str) -> None:
    (attribution,) = coded(text, "attribution")
    assert attribution.quote == attribution.parts["cue"].quote == cue
    assert attribution.parts["source"].quote == source


@pytest.mark.parametrize(
    "text",
    [
        "통제가 강화된 것으로 알려졌다.",
        "국경이 닫힌 것으로 전해졌다.",
        "수만 명에 이르는 것으로 추정된다.",
        "여성이 다수인 것으로 파악됐다.",
        "강제로 팔려 갔다는 주장이 제기되었다.",
    ],
)
def test_agentless_words_have_no_source(coded: Coded, text: str) -> None:
    (attribution,) = coded(text, "attribution")
    assert "source" not in attribution.parts


def test_a_pronoun_stands_for_the_speaker_named_before(coded: Coded) -> None:
    text = "김아라 대표는 피해가 크다고 말했다. 그는 조사가 더 필요하다고 덧붙였다."
    assert [a.parts["source"].quote for a in coded(text, "attribution")] == ["김아라 대표", "김아라 대표"]


def test_a_quotation_carried_on_is_two_cues_of_one_speaker(coded: Coded) -> None:
    text = '소장은 "호적이 없다"며 "학교에 못 간다"고 전했다.'
    assert [(a.quote, a.parts["source"].quote) for a in coded(text, "attribution")] == [
        ("며", "소장"),
        ("고 전했다", "소장"),
    ]


@pytest.mark.parametrize(
    "text", ["떠나려고 했다.", "강을 건너고 말았다.", "그는 집을 팔고 갔다.", "국경이라고 불리는 곳이다."]
)
def test_other_uses_of_these_endings_are_no_cues(coded: Coded, text: str) -> None:
    assert coded(text, "attribution") == []


def test_only_what_the_witness_passes_on_is_an_attribution(coded: Coded) -> None:
    text = "문: 누가 그렇게 말했습니까?\n답: 제가 강을 건넜습니다.\n답: 옆집에서 신고했답니다."
    (attribution,) = coded(text, "attribution")
    assert attribution.parts["source"].quote == "옆집"
    assert attribution.modality == "testimony"


def test_headings_and_laws_say_nothing_of_anybody(coded: Coded) -> None:
    assert coded('단체 "피해 크다"고 밝혀', "attribution", role="title") == []
    law = "제1조(목적) 필요하다고 인정하는 때에는 알린다.\n제2조(뜻) 이를 신고라고 한다."
    assert coded(law, "attribution") == []
