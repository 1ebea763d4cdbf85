"""Acts with modality and polarity; measures."""

from __future__ import annotations

import pytest

from .conftest import Coded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("여성은 단둥에서 북송됐다.", "state.forced_return"),
        ("여성은 신의주로 넘겨졌다.", "state.forced_return"),
        ("여성은 브로커에게 넘겨졌다.", "tip.act.transfer"),
        ("여성은 2만 위안에 넘겨졌다.", "tip.act.sale"),
        ("한족 농가에 팔려 갔다.", "tip.act.sale"),
        ("공안에 체포됐다.", "state.arrest"),
        ("변방 구류소를 거쳤다.", "state.detention"),
        ("로동단련대로 보내졌다.", "state.forced_labour_camp"),
        ("보위부에서 취조를 받았다.", "state.interrogation"),
        ("일자리를 준다는 말에 속았다.", "tip.means.deception"),
        ("방에 감금된 채 지냈다.", "tip.means.restricting_movement"),
        ("밖에서 문을 걸어 잠갔다.", "tip.means.restricting_movement"),
        ("여권을 모두 빼앗겼다.", "tip.means.document_confiscation"),
        ("두만강을 건넜다.", "journey.escape"),
        ("강제결혼을 겪었다.", "tip.purpose.forced_marriage"),
        ("화상채팅 업소에서 일했다.", "tip.purpose.online_sexual_exploitation"),
        ("임금 없이 일했다.", "tip.purpose.forced_labour"),
        ("강제로 낙태당했다.", "state.forced_abortion"),
        ("난민으로 인정하지 않는다.", "state.denial_of_refugee_status"),
    ],
)
def test_words_carry_an_act(coded: Coded, text: str, code: str) -> None:
    assert code in {act.code for act in coded(text, "act")}


@pytest.mark.parametrize("text", ["물건을 팔았다.", "판결문을 읽었다.", "서류를 넘겼다.", "판로지원에 나섰다."])
def test_ordinary_words_carry_none(coded: Coded, text: str) -> None:
    assert coded(text, "act") == []


def test_acts_are_found_where_spaces_are_lost(coded: Coded) -> None:
    text = "공안에체포된여성은도문구류소를거쳐북한으로송환되며그이후의사정은알수가없게되었다"
    codes = {act.code for act in coded(text, "act", flags=frozenset({"damaged_text"}))}
    assert codes == {"state.arrest", "state.detention", "state.forced_return"}


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("남자는 나를 때리지 않았다.", "negative", "denied"),
        ("송환을 중단하라고 요구했다.", "negative", "policy"),
        ("강제송환될 위험이 크다.", "positive", "risk"),
        ("강제 낙태를 당했다는 주장이 있다.", "positive", "alleged"),
        ("여성은 송환됐다.", "positive", "reported"),
        ("답: 나는 잡혀가 북송됐습니다.\n답: 그렇습니다.", "positive", "testimony"),
        ("제1조(뜻) 이 법이다.\n제2조(송환) 월경자는 송환한다.", "positive", "policy"),
    ],
)
def test_whether_it_happened_is_read_from_the_words_around(
    coded: Coded, text: str, polarity: str, modality: str
) -> None:
    acts = [act for act in coded(text, "act") if act.code in _LOOKED_AT]
    assert {(act.polarity, act.modality) for act in acts} == {(polarity, modality)}


_LOOKED_AT = {"state.forced_return", "state.forced_abortion", "tip.means.physical_violence"}


def test_questions_and_titles_give_no_acts(coded: Coded) -> None:
    assert coded("문: 언제 북송됐습니까?\n답: 모릅니다.", "act") == []
    assert coded("강제송환 뒤 소식 끊겨", "act", role="title") == []


@pytest.mark.parametrize(
    ("text", "mtype"),
    [
        ("중국은 1982년 난민협약에 가입했다.", "treaty_ratification"),
        ("강변에 철조망이 설치됐다.", "fence"),
        ("마을마다 감시카메라를 달았다.", "surveillance_camera"),
        ("공안이 주민의 지문을 채취하고 있다.", "biometric_collection"),
        ("들어오는 사람을 사격하라고 지시했다.", "shoot_order"),
        ("국경에 완충지대를 정했다.", "buffer_zone"),
        ("신고자에게 포상금을 준다.", "informer_reward"),
    ],
)
def test_words_carry_a_measure(coded: Coded, text: str, mtype: str) -> None:
    assert mtype in {measure.code for measure in coded(text, "measure")}


def test_a_rule_that_is_proposed_is_no_practice(coded: Coded) -> None:
    (measure,) = coded("피해자에게 임시체류자격을 부여할 것을 권고했다.", "measure")
    assert measure.attributes["status"] == "proposed"
