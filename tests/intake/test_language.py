"""The language of a passage is told by its script first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.intake.language import dominant, identify
from testimonia.intake.split import passages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The women were moved to the county seat in spring.", "en"),
        ("estimated migrant fishers boats men recruited villages brokers promising factory jobs", "en"),
        ("Le rapport est publié par les familles dans une lettre", "und"),
        ("Der Bericht ist von den Familien und nicht von der Stadt", "und"),
        ("여성들은 봄에 현 소재지로 옮겨졌다.", "ko"),
        ("北韓 여성의 中國 내 人身賣買 實態", "ko"),
        ("她们在春天被送到县城，随后被转卖。", "zh-Hans"),
        ("她們在春天被送到縣城，隨後被轉賣。", "zh-Hant"),
        ("中山", "zh"),
        ("女性たちは春に町へ移された。", "ja"),
        ("Женщин перевезли весной.", "und"),
        ("2031", "und"),
        ("", "und"),
        ("A group called 새벽강기록모임 said that it had heard of the list in March.", "en"),
        ("据“새벽강기록모임”的报告，她们被送到县城，其余的人留在原地。", "zh-Hans"),
    ],
)
def test_languages(text: str, expected: str) -> None:
    """Hangul, kana and Han decide; Latin letters need English words or endings."""
    assert identify(text) == expected


@given(st.text(max_size=200))
def test_any_text_has_a_language_code(text: str) -> None:
    """No text is refused."""
    assert identify(text) in {"en", "ko", "ja", "zh", "zh-Hans", "zh-Hant", "und"}


def test_a_row_of_numbers_has_the_language_of_its_document() -> None:
    """A passage without letters follows the document."""
    found = passages("她们在春天被送到县城，随后被转卖。\n\n2031\n")
    assert [p.language for p in found] == ["zh-Hans", "zh-Hans"]


def test_dominant_counts_characters() -> None:
    """The language with the most text speaks for the document; undetermined text does not count."""
    assert dominant([("en", 10), ("ko", 40), ("und", 900)]) == "ko"
    assert dominant([]) == "und"
