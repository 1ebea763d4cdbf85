"""Korean numerals: what words say, and words for what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.coding.korean.numerals import native_words, read, sino_words


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("1,240", 1240, 1240),
        ("1천240", 1240, 1240),
        ("3만 4천", 34000, 34000),
        ("138만", 1_380_000, 1_380_000),
        ("1억 2천만", 120_000_000, 120_000_000),
        ("백오십", 150, 150),
        ("만 오천", 15000, 15000),
        ("스물두", 22, 22),
        ("네댓", 4, 5),
        ("예닐곱", 6, 7),
        ("이삼십", 20, 30),
        ("2.5", 2.5, 2.5),
    ],
)
def test_a_numeral_says_these_bounds(words: str, low: float, high: float) -> None:
    reading = read(words)
    assert reading is not None
    assert (reading.low, reading.high) == (low, high)


@pytest.mark.parametrize(("words", "low", "high"), [("수백", 200, 999), ("몇", 2, 9), ("수천", 2000, 9999)])
def test_a_vague_word_gives_bounds_and_says_that_it_is_vague(words: str, low: float, high: float) -> None:
    reading = read(words)
    assert reading is not None
    assert (reading.low, reading.high, reading.manner) == (low, high, "vague")


def test_about_fifteen_lies_around_fifteen() -> None:
    reading = read("열댓")
    assert reading is not None
    assert (reading.low + reading.high) / 2 == 15
    assert reading.manner == "about"


@pytest.mark.parametrize("words", ["", "나라", "명", "이런"])
def test_what_is_no_numeral_is_not_read(words: str) -> None:
    assert read(words) is None


@given(st.integers(min_value=0, max_value=10**15))
def test_sino_korean_words_read_back_to_their_number(value: int) -> None:
    reading = read(sino_words(value))
    assert reading is not None
    assert reading.low == value


@given(st.integers(min_value=1, max_value=99))
def test_native_words_read_back_to_their_number(value: int) -> None:
    reading = read(native_words(value))
    assert reading is not None
    assert (reading.low, reading.high) == (value, value)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_separators_read_back_to_their_number(value: int) -> None:
    reading = read(f"{value:,}")
    assert reading is not None
    assert reading.low == value


@pytest.mark.parametrize("value", [-1, 10**16])
def test_words_are_refused_for_numbers_out_of_range(value: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        sino_words(value)
