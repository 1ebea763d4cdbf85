"""The second reading of numbers, by a route of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.coding.reread import derivable, is_bound, is_rest, numbers


@pytest.mark.parametrize(
    ("quote", "values"),
    [
        ("1,317", [1317]),
        ("36.7 percent", [36.7]),
        ("280 million", [280_000_000]),
        ("$3.2 billion", [3_200_000_000]),
        ("twenty-one", [21]),
        ("two hundred and five", [205]),
        ("three hundred thousand", [300_000]),
        ("a dozen", [12]),
        ("one in five", [20, 0.2]),
        ("four out of every ten", [40]),
        ("a third", [33.33]),
        ("two-thirds", [66.67]),
        ("half a million", [500_000]),
        ("5,000 and 50,000", [5000, 50_000]),
        ("doubled", [2]),
        ("in their 70s", [70, 79]),
        ("1천240명", [1240]),
        ("3만 4천여 명", [34_000]),
        ("스물세 살", [23]),
        ("네댓 명", [4, 5]),
        ("열 명 중 일곱 명", [70]),
        ("3분의 2", [66.67]),
        ("보름", [15]),
        ("석 달", [3]),
        ("2시간 30분", [2.5, 150]),
        ("만 19세에서 64세", [19, 64]),
        ("5천만 원대", [50_000_000, 59_999_999]),
        ("2주에서 한 달", [14, 30]),
        ("四十七万余", [470_000]),
        ("七成", [70]),
        ("百分之六十二", [62]),
        ("二〇一六", [2016]),
        ("三十七八", [37, 38]),
        ("四万八", [48_000]),
        ("二點三", [2.3]),
        ("六年六个月", [6.5, 78]),
        ("二千元以上一万", [2000, 10_000]),
        ("三个月以上二", [0.25, 2]),
        ("one-fourth", [25, 0.25]),
        ("l 40余", [140]),
        ("9O余", [90]),
        ("１２名", [12]),
    ],
)
def test_what_the_words_say_is_derivable(quote: str, values: list[float]) -> None:
    """Digits, words, mixed scales, shares, pairs, day words and letters misread for digits, in three languages."""
    for value in values:
        assert derivable(value, quote), sorted(numbers(quote))


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("1,317", 1318),
        ("280 million", 280),
        ("280 million", 281_000_000),
        ("one in five", 25),
        ("1천240명", 1000),
        ("3만 4천여 명", 4000),
        ("스물세 살", 203),
        ("석 달", 4),
        ("四十七万余", 47_000),
        ("七成", 7.5),
        ("hundreds", 400),
        ("no digits at all", 1),
        ("", 0),
    ],
)
def test_what_the_words_do_not_say_is_not(quote: str, value: float) -> None:
    """A neighbour, a power of ten too many, a part of a number: none is derivable."""
    assert not derivable(value, quote), sorted(numbers(quote))


def test_bounds_of_vague_words_are_round_or_multiples() -> None:
    """hundreds is bounded by 200 and 999, dozens by 24; 237 bounds nothing."""
    assert is_bound(200, "hundreds") and is_bound(999, "hundreds") and is_bound(24, "dozens")
    assert not is_bound(237, "hundreds") and not is_bound(0, "hundreds")


def test_what_is_left_of_a_damaged_number_bounds_it() -> None:
    """Two hundred and something ten lies between 210 and 290."""
    assert is_rest(210, "二百■十") and is_rest(290, "二百■十") and not is_rest(310, "二百■十")


@given(st.integers(min_value=0, max_value=10**12))
def test_every_whole_number_is_read_back_from_its_digits(number: int) -> None:
    """With and without thousands separators."""
    assert numbers(str(number)) >= {float(number)}
    assert numbers(f"{number:,}") >= {float(number)}


ONES = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """The Chinese numeral of 1 to 99,999,999, written here on its own."""
    if number >= 10_000:
        rest = number % 10_000
        return chinese(number // 10_000) + "万" + (("零" if rest < 1000 else "") + chinese(rest) if rest else "")
    out, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("零" if zero and out else "") + ONES[digit] + word
        zero = not digit
    return out


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_chinese_numeral_is_read_back(number: int) -> None:
    """Numerals written out by a generator of the test's own."""
    assert derivable(number, chinese(number))


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    """Any text has a finite set of numbers, empty for most."""
    assert all(value == value for value in numbers(text))


@pytest.mark.parametrize("piece", ["두세백", "两三百二三十", "one in two hundred ", "1 ", "1,2,3.", "스물두세만"])
def test_endless_numerals_have_few_readings(piece: str) -> None:
    """A page of numerals without end neither hangs nor fills the memory; it is read at its beginning."""
    assert len(numbers(piece * 5000)) < 100_000
