"""Dates in EDTF."""

from __future__ import annotations

import pytest

from testimonia.coding.korean.dates import find_dates


@pytest.mark.parametrize(
    ("text", "quote", "edtf"),
    [
        ("2011년 4월 2일에 떠났다", "2011년 4월 2일", "2011-04-02"),
        ("2011년 4월경 떠났다", "2011년 4월경", "2011-04~"),
        ("2008년 겨울에 떠났다", "2008년 겨울", "2008-24"),
        ("98년 봄에 떠났다", "98년 봄", "1998-21"),
        ("구십팔년도에 떠났다", "구십팔년도", "1998"),
        ("1990년대 중반이다", "1990년대 중반", "199X"),
        ("2016년부터 2019년까지 살았다", "2016년부터 2019년까지", "2016/2019"),
        ("2019~2021년 집계", "2019~2021년", "2019/2021"),
        ("2017년 이후 늘었다", "2017년 이후", "2017/.."),
        ("14일 서울에서 만났다", "14일", "XXXX-XX-14"),
        ("2022. 5. 3. 시행", "2022. 5. 3.", "2022-05-03"),
        ("20○○년에 들어왔다", "20○○년", "20XX"),
    ],
)
def test_a_date_is_given_in_edtf(text: str, quote: str, edtf: str) -> None:
    (moment,) = find_dates(text)
    assert (text[moment.start : moment.end], moment.edtf) == (quote, edtf)


@pytest.mark.parametrize(
    "text", ["15일 있다가 나왔다", "징역 12년을 선고했다", "40일가량 머물렀다", "30일 이내에 보낸다"]
)
def test_a_length_of_time_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_that_year_is_the_year_last_named() -> None:
    text = "2015년 6월에 나와 그해 10월에 도착했다"
    assert [moment.edtf for moment in find_dates(text)] == ["2015-06", "2015-10"]
