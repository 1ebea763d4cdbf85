"""What must hold for any text: verbatim quotes, offsets that shift with a prefix."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.coding.korean import code
from testimonia.model import Coding

from .conftest import passages_of

_PIECES = [
    "북한 여성 23명이", "2만 위안에", "팔려 갔다", "고 말했다", "에 따르면", "보고서", "제240조", "2019년 3월부터",
    "  만명", "(47)", '"', "”", "‘", "'", "\u00a0", "\r", "🙂", "도문", "지시", "열댓 명", "·", "~", "답: ", "문: ",
    "제1조(목적) ", "송환", "하지 않았다", ".", "다", " ", "\n", "대표는", "5일 이상 15일 이하", "3, 4명", "１２명",
]  # fmt: skip
_TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.text(max_size=120))


def _spans(codings: list[Coding]) -> list[tuple[int, int, str]]:
    found = []
    for coding in codings:
        found.append((coding.start, coding.end, coding.quote))
        found += [(part.start, part.end, part.quote) for part in coding.parts.values()]
    return found


@settings(max_examples=120, deadline=None)
@given(_TEXTS)
def test_every_quote_is_verbatim_at_its_offsets(text: str) -> None:
    for start, end, quote in _spans(list(code(passages_of(text)))):
        assert start <= end
        assert text[start:end] == quote


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.integers(min_value=1, max_value=50))
def test_a_prefix_shifts_every_offset(text: str, size: int) -> None:
    shifted = "\n" * size + text
    plain = _spans(list(code(passages_of(text))))
    moved = _spans(list(code(passages_of(shifted))))
    assert [(start + size, end + size, quote) for start, end, quote in plain] == moved


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
def test_a_lost_number_never_has_a_value(text: str) -> None:
    for coding in code(passages_of(text)):
        if coding.value_status == "lost" and coding.kind == "figure":
            assert (coding.value, coding.min, coding.max) == (None, None, None)
