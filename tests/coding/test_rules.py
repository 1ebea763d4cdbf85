"""The rule coder as a whole: protocol, order, context, languages it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import vocabulary
from testimonia.coding import rules
from testimonia.coding.codebook import load_codebook
from testimonia.coding.coder import Coder
from testimonia.coding.gate import check
from testimonia.coding.rules import CONTEXT, RuleCoder
from testimonia.model import Coding, Passage

TEXT = "In March 2019, police in Yanji detained 12 women from North Korea, a relative said."


def passages(text: str, language: str = "en") -> list[Passage]:
    return [Passage(0, len(text), text, language=language)]


def test_it_is_a_coder() -> None:
    """Name, version, languages and all eleven kinds."""
    coder: Coder = RuleCoder()
    assert coder.languages == {"en", "ko", "zh"}
    assert len(coder.kinds) == 11
    assert coder.name and coder.version


def test_every_coding_says_who_made_it_with_which_vocabulary() -> None:
    """Coder, version, codebook hash; and up to twenty characters of context that are the text's."""
    found = list(RuleCoder().code(passages(TEXT)))
    assert found
    for coding in found:
        assert (coding.coder, coding.codebook_sha256) == ("rules", vocabulary.sha256())
        assert coding.coder_version
        assert coding.prefix == TEXT[max(0, coding.start - CONTEXT) : coding.start]
        assert coding.suffix == TEXT[coding.end : coding.end + CONTEXT]


def test_codings_are_in_text_order_over_all_languages() -> None:
    """Passages of several languages, given in any order, come back as one ordered stream."""
    korean = "2019년 3월 연길에서 북한 여성 12명이 체포됐다."
    second = Passage(len(TEXT) + 1, len(TEXT) + 1 + len(korean), korean, language="ko")
    found = list(RuleCoder().code([second, *passages(TEXT)]))
    assert all(a.start <= b.start for a, b in pairwise(found))


def test_other_languages_are_left_alone() -> None:
    """A passage in French, or of unknown language, is not coded and no error."""
    assert list(RuleCoder().code(passages(TEXT, "fr"))) == []
    assert list(RuleCoder().code(passages(TEXT, "und"))) == []
    assert list(RuleCoder().code([])) == []


def test_a_regional_tag_counts_as_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """zh-Hant goes to the Chinese rules, whole."""
    seen: list[str] = []

    def code(given: Sequence[Passage]) -> Iterator[Coding]:
        seen.extend(passage.language for passage in given)
        return iter(())

    monkeypatch.setattr(rules, "_language_coder", lambda language: code if language == "zh" else None)
    list(RuleCoder().code(passages("圖們", "zh-Hant")))
    assert seen == ["zh-Hant"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["en", "ko", "zh"]))
def test_whatever_the_text_every_quote_is_verbatim(text: str, language: str) -> None:
    """The gate refuses nothing for its offsets, whatever characters the text holds."""
    if text:
        _, refused = check(RuleCoder().code(passages(text, language)), text, load_codebook(), "x")
        assert not [reason for reason in refused if "verbatim" in reason]


PIECES = st.sampled_from(
    ["police", "1,240 people", "were returned", "about", "hundreds", "in 2019", "said", "North Korea",
     "quota", "여성 12명이", "강제송환됐다", "약 3만", "위안", "고 말했다", "에 따르면", "2019년", "연길에서",
     "수백 명", "警方", "遣返", "约", "四十七万余元", "据", "称", "图们", "七成", "2019年", "■■", ",", ".",
     "\u00a0", "’", "\r\n", "🙂"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["en", "ko", "zh"]), st.integers(0, 500))
def test_mixed_pieces_give_verbatim_quotes_at_any_offset(pieces: list[str], language: str, base: int) -> None:
    """Currency, quotes, emoji and line ends before a span never shift it; nor does a passage deep in a text."""
    body = " ".join(pieces)
    if not body:
        return
    text = "x" * base + body
    given_ = [Passage(base, len(text), body, language=language)]
    _, refused = check(RuleCoder().code(given_), text, load_codebook(), "x")
    assert not [reason for reason in refused if "verbatim" in reason]


def proposes(kind: str, quote: str, **more: object) -> rules.LanguageCoder:
    def code(given: Sequence[Passage]) -> Iterator[Coding]:
        for passage in given:
            at = passage.start + passage.text.index(quote)
            yield Coding(kind=kind, start=at, end=at + len(quote), quote=quote, **more)  # type: ignore[arg-type]

    return code


def test_boilerplate_states_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure proposed in a menu is dropped, a body named there is kept."""
    menu = [Passage(0, 9, "12,345 UN", role="boilerplate", language="en")]
    monkeypatch.setattr(rules, "_language_coder", lambda language: proposes("figure", "12,345", value=12345.0))
    assert list(RuleCoder().code(menu)) == []
    monkeypatch.setattr(rules, "_language_coder", lambda language: proposes("org", "UN"))
    assert [coding.quote for coding in RuleCoder().code(menu)] == ["UN"]


def test_a_place_is_a_path_whatever_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """An English code and a Korean id of one county end in one value."""
    for language, name, value in (("en", "Hoeryong", "PRK-Hoeryong"), ("ko", "회령", "KP0203")):
        coder = proposes("place", name, value=value)
        monkeypatch.setattr(rules, "_language_coder", lambda _, coder=coder: coder)
        (found,) = RuleCoder().code(passages(f"{name}.", language))
        assert found.value == "PRK/KP02/KP0203"
