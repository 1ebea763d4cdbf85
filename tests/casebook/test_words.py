"""Folding and cutting: what the index holds, and the way back to the characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.casebook.words import _fold_by_cluster, fold, index_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Forced return", "forced return"),
        ("강제북송", "강제 제북 북송 송"),
        ("김 영희는", "김영 영희 희는 는"),
        ("被遣返回国", "被遣 遣返 返回 回国 国"),
        ("군", "군"),
        ("G7정상 3명", "g7 정상 상 3 명"),
        ("北\n京", "北京 京"),
        ("북송, 인권", "북송 송 인권 권"),
        ("don't a_b", "don t a b"),
        ("—", ""),
    ],
)
def test_the_words_of_a_text(text: str, words: str) -> None:
    assert index_text(text) == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("STRASSE straße", "strasse strasse"),
        ("ﬁle Ⅳ １２", "file iv 12"),
        (unicodedata.normalize("NFD", "북송"), "북송"),
        ("북\u200b송\u00ad", "북송"),
    ],
)
def test_case_diacritics_and_forms_do_not_matter(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(st.characters(), max_size=30))
def test_folding_keeps_the_way_back(text: str) -> None:
    """Each folded character stands for a stretch of the text that lies where it was, and folds to it."""
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    for at, (start, end) in enumerate(spans):
        assert folded.text[at] in fold(text[start:end]).text


@given(st.text(st.characters(), max_size=30))
def test_text_and_its_decomposed_form_have_the_same_words(text: str) -> None:
    assert index_text(unicodedata.normalize("NFD", text)) == index_text(unicodedata.normalize("NFC", text))


@given(st.text(st.sampled_from("aÅé가ᄀ\u1161\u11a8ﬁ①国\u0301\u200dＡß한\u3000 "), max_size=12) | st.text(max_size=12))
def test_folding_character_by_character_is_folding_by_what_belongs_together(text: str) -> None:
    """The quick way and the slow way give the same words and lead back to the same characters."""
    quick, slow = fold(text), _fold_by_cluster(text)
    assert quick.text == slow.text
    spans = range(len(slow.text))
    assert [quick.span(at, at + 1) for at in spans] == [slow.span(at, at + 1) for at in spans]
