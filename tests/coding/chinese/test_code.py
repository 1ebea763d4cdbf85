"""What must never break, whatever the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.coding import codebook, gate
from testimonia.coding.chinese import code
from testimonia.coding.chinese.reading import read
from testimonia.model import Coding, Passage

Coder = Callable[..., list[Coding]]

PIECES = [
    "三万五千元至六万元", "约", "不满十四周岁", "■■■余人次", " 名", "l40余人", "，", "。", "「",
    "」", "“", "”", "\n", " ", "　", "被告人张某", "据", "称", "表示", "朝鲜族", "延邊朝鮮族自治州",
    "中国外交部", "2024年4月1日", "第二百四十条", "《", "》", "刑法", "百分之", "％", "七成",
    "遣返", "被卖到", "拐卖妇女", "說", "12.8万", "1,200", "１２", "每人", "至少", "以上", "两三",
    "（", "）", "\u00a0", "\r\n", "😀", "A", "的", "在", "华", "一名", "受访者", "否认", "警方",
    "己被", "末满",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def passage(text: str, start: int = 0) -> Passage:
    return Passage(start, start + len(text), text, language="zh-Hans")


@given(TEXTS)
def test_every_quote_and_part_is_verbatim(text: str) -> None:
    for coding in code([passage(text)]):
        assert text[coding.start : coding.end] == coding.quote
        for part in coding.parts.values():
            assert text[part.start : part.end] == part.quote


@given(TEXTS, st.integers(min_value=1, max_value=5_000))
def test_offsets_move_with_the_passage(text: str, shift: int) -> None:
    here = [(c.kind, c.start + shift, c.end + shift, c.value) for c in code([passage(text)])]
    there = [(c.kind, c.start, c.end, c.value) for c in code([passage(text, shift)])]
    assert here == there


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    assert all(text[c.start : c.end] == c.quote for c in code([passage(text)]))


@given(TEXTS)
def test_a_reading_leads_back_to_its_characters(text: str) -> None:
    reading = read(passage(text))
    assert len(reading.at) == len(reading.text) + 1
    assert all(a <= b for a, b in zip(reading.at, reading.at[1:], strict=False))


@given(TEXTS)
@settings(max_examples=60)
def test_a_lost_figure_never_has_a_number(text: str) -> None:
    for figure in code([passage(text)]):
        if figure.value_status == "lost":
            assert (figure.value, figure.min, figure.max) == (None, None, None)


def test_the_gate_has_nothing_to_refuse(code: Coder) -> None:
    text = (
        "县公安局表示，去年约有四十七万余元赃款被追缴，二十来人被遣返，半数为妇女，近六成没有证件，最长关押三至六个月。"
    )
    kept, refused = gate.check(code(text), text, codebook.load_codebook(), "0" * 64)
    assert kept and not refused


@pytest.mark.parametrize("sign", ["一", "据", "“", "（", "■", "年", "说", "第", "《", "在"])
def test_endless_signs_come_to_an_end(sign: str) -> None:
    text = sign * 20_000
    assert all(text[c.start : c.end] == c.quote for c in code([passage(text)]))
