"""Acts and measures by what stands around their triggers, with modality and polarity."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Coder = Callable[..., list[Coding]]


@pytest.mark.parametrize(
    ("text", "code_", "modality"),
    [
        ("去年有三人被强制遣返。", "state.forced_return", "reported"),
        ("一名受访者说，她被卖到河北的一个村子。", "tip.act.sale", "testimony"),
        ("公诉机关指控，被告人李某将妇女诱骗至外地。", "tip.means.deception", "alleged"),
        ("中国外交部发言人否认存在大规模遣返。", "state.forced_return", "denied"),
        ("她的护照被老板没收。", "tip.means.document_confiscation", "reported"),
        ("被遣返者可能被送往劳动锻炼队。", "state.forced_labour_camp", "risk"),
        ("公安人员对她反复盘问。", "state.interrogation", "reported"),
        ("她們在違背本人意願的情況下與當地男子同居。", "tip.purpose.forced_marriage", "reported"),
    ],
)
def test_acts_with_their_modality(code: Coder, text: str, code_: str, modality: str) -> None:
    assert (code_, modality) in [(a.code, a.modality) for a in code(text, "act")]


def test_a_negated_act_is_negative(code: Coder) -> None:
    assert [a.polarity for a in code("其余妇女未被遣返。", "act")] == ["negative"]


@pytest.mark.parametrize("text", ["遣返场所", "被遣返者住在哪里", "她在药店买卖药品", "公司转让设备"])
def test_persons_places_and_trade_are_no_acts(code: Coder, text: str) -> None:
    assert code(text, "act") == []


def test_a_title_states_no_act(code: Coder) -> None:
    assert code("拐卖妇女案裁判要旨", "act", role="title") == []


def test_a_law_describes_and_reports_nothing(code: Coder) -> None:
    text = "第一条 拐卖妇女的，依法追究刑事责任。\n\n第二条 外国人可以遣送出境。\n\n第三条 本法自公布之日起施行。"
    assert {a.modality for a in code(text, "act")} == {"legal_norm"}
    assert {m.attributes["status"] for m in code(text, "measure")} == {"in_force"}


@pytest.mark.parametrize(
    ("text", "mtype"),
    [
        ("边防部门在江边安装了摄像头。", "surveillance_camera"),
        ("当局去年关闭边境。", "border_closure"),
        ("县政府为孩子们补办了户口。", "household_registration"),
        ("警方解救了七名妇女。", "victim_rescue"),
        ("每抓到一人奖励五百元，鼓励群众举报。", "informer_reward"),
    ],
)
def test_measures(code: Coder, text: str, mtype: str) -> None:
    assert mtype in [m.code for m in code(text, "measure")]


@pytest.mark.parametrize(
    ("text", "code_"),
    [
        ("护照一到厂就被管理员收走了。", "tip.means.document_confiscation"),
        ("厂里开两千，到我手上只有二百。", "tip.purpose.forced_labour"),
        ("宿舍的窗户焊着铁条。", "tip.means.restricting_movement"),
        ("她病了三天，老板不让送医院。", "tip.means.deprivation"),
        ("她以二万元卖给邻省一户农家。", "tip.act.sale"),
        ("三人被移交边境口岸，都是朝鲜籍。", "state.forced_return"),
        ("他被选上出国做工。", "tip.act.recruitment"),
        ("我妈给管事的送了两条烟。", "state.complicity"),
        ("每周六开会学习，要当着大家检讨。", "state.indoctrination"),
    ],
)
def test_acts_in_the_words_of_those_who_worked_abroad_or_were_sold(code: Coder, text: str, code_: str) -> None:
    assert code_ in [a.code for a in code(text, "act")]


@pytest.mark.parametrize("text", ["舅舅卖了房子。", "该国发布《贩运人口报告》。", "她以二百元卖了一头猪。"])
def test_houses_and_titles_of_reports_are_no_sale_of_people(code: Coder, text: str) -> None:
    assert "tip.act.sale" not in [a.code for a in code(text, "act")]


def test_an_expert_is_no_witness_because_of_the_name_of_a_country(code: Coder) -> None:
    found = code("据老挝律师坎蓬介绍，当地警方拘押了十名朝鲜人。", "act")
    assert {a.modality for a in found} == {"reported"}
