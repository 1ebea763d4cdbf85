"""Chinese numerals are read as what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.coding.chinese.numbers import read_numeral, value_of

DIGITS = "零一二三四五六七八九"


def below_ten_thousand(number: int) -> str:
    """A numeral below 10,000, as it is written out in full."""
    out, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + sign
        gap = not digit
    return out


def written(number: int) -> str:
    """An independent writer: groups of four with 亿 and 万 between them."""
    groups, sign = [], ["", "万", "亿"]
    while number:
        number, low = divmod(number, 10_000)
        groups.append(low)
    out = ""
    for i in reversed(range(len(groups))):
        if groups[i]:
            pad = "零" if out and groups[i] < 1000 else ""
            out += pad + below_ten_thousand(groups[i]) + sign[i]
    return out


@given(st.integers(min_value=1, max_value=999_999_999_999))
def test_a_number_written_out_is_read_back(number: int) -> None:
    assert value_of(written(number)) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_ascii_digits_are_read_with_and_without_separators(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("四十七万", 470_000), ("四万八", 48_000), ("两千五", 2_500), ("四万零八", 40_008), ("廿五", 25),
        ("卅", 30), ("二〇二三", 2023), ("1.2万", 12_000), ("二点三", 2.3), ("一亿二千万", 120_000_000),
        ("壹佰贰拾", 120), ("十", 10), ("一十九", 19), ("3,400", 3_400),
    ],
)  # fmt: skip
def test_definite_numerals(numeral: str, value: float) -> None:
    assert value_of(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "low", "high", "kind"),
    [
        ("三十七八", 37, 38, "about"), ("两三", 2, 3, "about"), ("七八", 7, 8, "about"),
        ("三四百", 300, 400, "about"), ("十几", 11, 19, "vague"), ("数百", 200, 999, "vague"),
        ("几", 2, 9, "vague"), ("二十几万", 210_000, 290_000, "vague"), ("一百二十余", 120, 120, "more"),
        ("四十七万余", 470_000, 470_000, "more"), ("二十来", 20, 20, "about"), ("上千", 1_000, 1_000, "least"),
    ],
)  # fmt: skip
def test_indefinite_numerals_keep_their_bounds(numeral: str, low: float, high: float, kind: str) -> None:
    assert read_numeral(numeral) == (low, high, kind)


def test_what_is_no_numeral_has_no_value() -> None:
    assert read_numeral("人") is None and value_of("千万别") is None
