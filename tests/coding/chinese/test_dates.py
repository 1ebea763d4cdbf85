"""Dates, periods, rates and relative times, in EDTF where a calendar date can be told."""

from __future__ import annotations

import pytest

from testimonia.coding.chinese.dates import find_dates


@pytest.mark.parametrize(
    ("text", "quote", "norm"),
    [
        ("2017年1月1日起施行", "2017年1月1日", "2017-01-01"),
        ("自2023年下半年起，当地装了探头", "2023年下半年起", "2023-07/.."),
        ("2016年5月至2018年11月", "2016年5月至2018年11月", "2016-05/2018-11"),
        ("二〇一四年三月离开", "二〇一四年三月", "2014-03"),
        ("二十世纪九十年代中期", "二十世纪九十年代中期", "199X~"),
        ("2017年秋天", "2017年秋天", "2017-23"),
        ("2019年之前", "2019年之前", "../2019"),
        ("发布时间：2024-03-01 08:47", "2024-03-01 08:47", "2024-03-01T08:47"),
        ("每隔两三个月就来一次", "每隔两三个月", "rate:P1M"),
        ("去年以来", "去年以来", "relative:P1Y before document date"),
        ("过去三年间有人失踪", "过去三年间", "relative:过去三年间"),
    ],
)
def test_a_date_is_found_and_written_in_edtf(text: str, quote: str, norm: str) -> None:
    found = find_dates(text)
    assert [(text[w.start : w.end], w.norm) for w in found] == [(quote, norm)]


def test_a_bare_day_takes_the_month_before_it() -> None:
    assert [w.norm for w in find_dates("3月14日抵达，15日离开")] == ["XXXX-03-14", "XXXX-03-15"]


@pytest.mark.parametrize("text", ["一至五年内不准入境", "拘留十五日", "三个月", "青年代表", "日本媒体"])
def test_terms_and_words_are_no_dates(text: str) -> None:
    assert find_dates(text) == []
