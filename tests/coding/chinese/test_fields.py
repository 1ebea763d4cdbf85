"""What an article of a law is about, where a story stands, and what stands around a page's text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Coder = Callable[..., list[Coding]]

CODE = "\n\n".join(
    (
        "第一条 出卖、转让枪支、发票或者血液的，处三年以下有期徒刑。",
        "第二条 隐匿、毁弃他人信件的，处一年以下有期徒刑或者拘役。",
        "第三条 拐卖妇女的，处五年以上十年以下有期徒刑，并处罚金。",
        "第四条 使用暴力抢夺财物的，处三年以上有期徒刑。",
    )
)


def test_only_articles_of_the_field_are_read_for_trafficking(code: Coder) -> None:
    assert [a.quote for a in code(CODE, "act") if (a.code or "").startswith("tip.")] == ["拐卖妇女"]


def test_a_penalty_for_any_other_crime_is_a_penalty(code: Coder) -> None:
    assert {m.code for m in code(CODE, "measure")} <= {"penalty", "fine"}


def test_a_regulation_of_the_field_orders_in_any_words(code: Coder) -> None:
    text = (
        "边境村屯涉外人员服务管理办法\n\n第一条 本办法所称涉外人员，是指外国籍人员。\n\n"
        "第二条 乡镇应当配备二名协管员，每季度上报边境人员变动情况。\n\n第三条 有证据表明可能遭受酷刑的，应当暂缓遣返。"
    )
    quotes = [m.quote for m in code(text, "measure")]
    assert any("协管员" in quote for quote in quotes)
    assert not any("所称" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("text", "code_"),
    [
        ("在看守所里，她挨了棍子。", "state.ill_treatment"),
        ("婆婆不高兴，她就挨了棍子。", "tip.means.physical_violence"),
        ("集结所天不亮就叫我们修路。", "state.forced_labour"),
        ("我在图们的拘留所待了四十天。", "state.detention"),
    ],
)
def test_the_setting_tells_custody_from_a_household(code: Coder, text: str, code_: str) -> None:
    assert code_ in [a.code for a in code(text, "act")]


def test_a_stay_elsewhere_is_no_detention(code: Coder) -> None:
    assert code("我在山里的亲戚家待了四十天。", "act") == []


@pytest.mark.parametrize("text", ["阅读 3600 评论 12", "限时特惠 满300减50", "第3页 共12页", "多云 8℃"])
def test_counters_offers_and_page_numbers_are_no_figures(code: Coder, text: str) -> None:
    assert code(text, "figure") == []
