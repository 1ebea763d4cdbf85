"""Figures: a numeral counts only as a quantity, and keeps its unit and its bounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Figures = Callable[[str], list[tuple[str, object, str | None, str | None]]]
Coder = Callable[..., list[Coding]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("警方救出八十二名妇女。", ("八十二", 82, "persons", "=")),
        ("近百名村民参加。", ("百", 100, "persons", "<")),
        ("约有３５人受访。", ("３５", 35, "persons", "~")),
        ("费用超过1.2万元。", ("1.2万", 12_000, "CNY", ">")),
        ("罚款不超过三万元。", ("三万", 30_000, "CNY", "<=")),
        ("至少二十六起案件。", ("二十六", 26, "cases", ">=")),
        ("未满十五周岁。", ("十五", 15, "years_of_age", "<")),
        ("受访者七成以上是女性。", ("七成", 70, "percent", ">=")),
        ("占百分之三十四。", ("百分之三十四", 34, "percent", "=")),
        ("其中三分之二没有证件。", ("三分之二", 0.6667, "fraction", "=")),
        ("同比减少四成一。", ("四成一", 41, "percent", "=")),
        ("平均等了两个半月。", ("两个半月", 2.5, "months", "=")),
        ("不足一成的人有证。", ("一成", 10, "percent", "<")),
        ("半数家庭搬走了。", ("半数", 0.5, "fraction", "=")),
        ("过半受访者不愿回答。", ("半", 0.5, "fraction", ">")),
        ("男的三十七八岁。", ("三十七八", (37, 38), "years_of_age", "~")),
        ("屋里住了十几个人。", ("十几", (11, 19), "persons", ">")),
        ("装了数百个探头。", ("数百", (200, 999), "count", "~")),
        ("处三千元以上两万元以下罚款。", ("三千元以上两万", (3_000, 20_000), "CNY", "range")),
        ("关了七至四十天。", ("七至四十", (7, 40), "days", "range")),
        ("刑期为四年三个月。", ("四年三个月", 4.25, "years", "=")),
        ("他收了人家五万六。", ("五万六", 56_000, "CNY", "=")),
        ("路费要三百美元。", ("三百", 300, "USD", "=")),
        ("每人收取五百元。", ("五百", 500, "CNY/person", "=")),
        ("边防队每周三次巡江。", ("三", 3, "times/week", "=")),
        ("每年判处四百五十人。", ("四百五十", 450, "persons/year", "=")),
        ("等了半年。", ("半", 0.5, "years", "=")),
        ("走了二十来天。", ("二十来", 20, "days", "~")),
    ],
)
def test_a_quantity_is_read_with_unit_and_bound(
    figures: Figures, text: str, expected: tuple[str, object, str, str]
) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "依照刑法第二百四十条第一款第（六）项处理。",
        "第三条 本法适用于境内。",
        "一、加强管理",
        "一名受访者住在一个村子里。",
        "举报电话：110　0000-0000000",
        "多数人不愿说话。",
        "两国签署了协议。",
        "他们一起回家。",
        "1999年12月23日通过。",
        "（第7号）",
        "三是警力不足。",
        "你去过几个？",
    ],
)
def test_digits_that_state_no_quantity_are_left_alone(figures: Figures, text: str) -> None:
    assert figures(text) == []


def test_boilerplate_has_no_figures(code: Coder) -> None:
    assert code("阅读 12.8万　评论 356", "figure", role="boilerplate") == []


def test_lost_digits_give_no_number(code: Coder) -> None:
    found = code("全县共查获■■■余人次，遣返妇女 名，比例高达  %。", "figure")
    assert [f.value_status for f in found] == ["lost", "lost", "lost"]
    assert all((f.value, f.min, f.max) == (None, None, None) for f in found)


def test_half_a_range_is_partial(code: Coder) -> None:
    (figure,) = code("每人收取2.5万元至■万元。", "figure")
    assert (figure.value_status, figure.value, figure.min, figure.max) == ("partial", None, 25_000, None)


def test_scanned_letters_stand_for_digits(figures: Figures) -> None:
    assert figures("共走访l4 个乡镇，座谈群众7O余人。") == [
        ("l4", 14, "count", "="),
        ("7O余", 70, "persons", ">"),
    ]


def test_traditional_text_is_read_like_simplified(figures: Figures) -> None:
    assert figures("當中三十八人育有子女，價格在一萬五千元至七萬元人民幣之間。") == [
        ("三十八", 38, "persons", "="),
        ("一萬五千元至七萬", (15_000, 70_000), "CNY", "range"),
    ]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("第一条 拘留期限不得超过十日。\n\n第二条 本法自公布之日起施行。\n\n第三条 违者依法处理。", "required"),
        ("关于加强管理的通告\n\n现就有关事项通告如下：\n\n二、每查获一人奖励八百元。", "announced"),
        ("中介说，一个月能挣三千块。", "promise"),
        ("据报道，各站须每周查获二十人。", "required"),
        ("去年共有十八人被送走。", "reported"),
    ],
)
def test_limits_and_promises_are_no_results(code: Coder, text: str, modality: str) -> None:
    assert [f.modality for f in code(text, "figure")] == [modality]
