"""How acts and figures are meant: whose word, what is feared, denied, ordered, planned."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Coder = Callable[..., list[Coding]]


@pytest.mark.parametrize(
    ("text", "code_", "modality"),
    [
        ("若协议不变，明年被遣返的人或将达到五百人。", "state.forced_return", "risk"),
        ("对于大规模遣返的指控，发言人一律予以否认。", "state.forced_return", "denied"),
        ("就有关边境城市遣返朝鲜公民的消息，发言人表示不了解情况。", "state.forced_return", "alleged"),
        ("一名女子回忆，她在村里住了三年。后来她被警察带走。", "state.arrest", "testimony"),
        ("一位不便透露姓名的边防官员证实，上月拦下偷渡人员三十人。", "state.arrest", "reported"),
        ("联合国官员敦促有关国家暂停一切遣返行动。", "state.forced_return", "policy"),
    ],
)
def test_acts(code: Coder, text: str, code_: str, modality: str) -> None:
    assert (code_, modality) in [(a.code, a.modality) for a in code(text, "act")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("上级下达的任务是每人每月查获三人。", "required"),
        ("各派出所每半年须走访四十户。", "required"),
        ("当局拟在江边新建十二处哨所。", "announced"),
        ("政府计划明年投入八百万元。", "announced"),
        ("介绍人许诺每月工资三千元。", "promise"),
        ("去年共查获三十人。", "reported"),
    ],
)
def test_figures_that_are_no_results_are_never_reported(code: Coder, text: str, modality: str) -> None:
    assert [f.modality for f in code(text, "figure")][-1] == modality


@pytest.mark.parametrize(
    "text", ["他获得国家对个人财产的承认。", "该制度受到外界的批评。", "一经发现，立即上报。", "他不便透露姓名。"]
)
def test_nouns_and_refusals_are_no_attributions(code: Coder, text: str) -> None:
    assert code(text, "attribution") == []
