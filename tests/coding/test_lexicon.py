"""The matcher that finds all forms of a lexicon in one pass."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.coding.lexicon import Lexicon, fold
from testimonia.errors import VocabularyError


def forms(lexicon: Lexicon, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in lexicon.find(text)]


def lexicon(*words: str, **more: object) -> Lexicon:
    return Lexicon([{"form": word} for word in words], **more)  # type: ignore[arg-type]


def test_the_longest_form_wins_and_hits_do_not_overlap() -> None:
    """`forced labor camp` is found whole, not as `forced labor` or `labor`."""
    assert forms(lexicon("labor", "forced labor", "forced labor camp"), "in a forced labor camp, labor") == [
        "forced labor camp",
        "labor",
    ]


def test_find_all_gives_overlapping_hits_too() -> None:
    """Every form that ends anywhere is given, inside longer ones too."""
    assert len(list(lexicon("labor", "forced labor").find_all("forced labor"))) == 2


def test_latin_forms_end_at_word_boundaries() -> None:
    """`Lao` is not in `Laos`; a digit or letter beside a form forbids it, Chinese characters do not."""
    assert forms(lexicon("Lao", "law"), "Laos, lawful, Lao law去law法") == ["Lao", "law", "law"]


def test_apostrophes_spaces_hyphens_and_line_breaks_are_equal() -> None:
    """Curly and straight apostrophes, U+00A0 and a single line break stand for one another."""
    found = forms(lexicon("women's rights", "re-education camp"), "Women’s\u00a0rights; re\u2011education\ncamp")
    assert found == ["Women’s\u00a0rights", "re\u2011education\ncamp"]


def test_a_paragraph_break_is_not_a_space() -> None:
    """Forms never run across an empty line."""
    assert forms(lexicon("forced labor"), "forced\n\nlabor") == []


def test_breves_may_be_left_out() -> None:
    """Hyesan with McCune-Reischauer marks is found by the plain form."""
    assert forms(lexicon("Sinuiju"), "in Sinŭiju") == ["Sinŭiju"]


def test_case_is_demanded_only_where_a_row_says_so() -> None:
    """`exact` rows need the letters as written, `title` rows a capital, others nothing."""
    rows = [{"form": "US", "case": "exact"}, {"form": "Reading", "case": "title"}, {"form": "China", "case": ""}]
    found = forms(Lexicon(rows), "us US reading Reading china")
    assert found == ["US", "Reading", "china"]


def test_korean_words_may_carry_particles_but_not_prefixes() -> None:
    """북송 is found before particles, not inside 강제북송, unless its row allows it."""
    assert forms(lexicon("북송", words="ko"), "북송을 강제북송") == ["북송"]
    free = Lexicon([{"form": "북송", "boundary": "none"}], words="ko")
    assert forms(free, "북송을 강제북송") == ["북송", "북송"]
    closed = Lexicon([{"form": "대", "boundary": "both"}], words="ko")
    assert forms(closed, "대 대표 3대") == ["대", "대"]


def test_chinese_needs_no_boundaries() -> None:
    """A Chinese form is found between other characters."""
    assert forms(lexicon("拐卖", "被拐卖妇女", words=False), "解救被拐卖妇女拐卖") == ["被拐卖妇女", "拐卖"]


def test_groups_of_a_merged_lexicon_do_not_shadow_one_another() -> None:
    """One pass, each hit with its group; the longest wins only inside a group."""
    merged = Lexicon.merged({"act": [{"form": "arrest"}], "cue": [{"form": "arrest warrant"}]})
    assert [(hit.group, hit.end) for hit in merged.find("arrest warrant")] == [("cue", 14), ("act", 6)]


def test_rows_that_share_a_form_are_all_given() -> None:
    """Two codes for one form are two hits on one span."""
    rows = [{"form": "sold", "code": "a"}, {"form": "sold", "code": "b"}]
    assert [hit.row["code"] for hit in Lexicon(rows).find("sold")] == ["a", "b"]


def test_an_empty_form_is_refused() -> None:
    """A row without a form raises VocabularyError."""
    with pytest.raises(VocabularyError, match="empty form"):
        Lexicon([{"form": ""}])


def test_an_empty_lexicon_finds_nothing() -> None:
    """No rows, no hits, no error."""
    assert list(Lexicon([]).find("anything")) == []


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """The folded text is exactly as long as the text, whatever it holds."""
    assert len(fold(text)) == len(text)


WORDS = st.lists(st.text(alphabet="abc", min_size=1, max_size=3), min_size=1, max_size=6, unique=True)


@given(WORDS, st.text(alphabet="abc ", max_size=30))
def test_all_hits_equal_a_search_by_brute_force(words: list[str], text: str) -> None:
    """Without boundaries, the overlapping hits are those of trying every form at every place."""
    found = {(hit.start, hit.end) for hit in lexicon(*words, words=False).find_all(text)}
    brute = {(i, i + len(w)) for w in words for i in range(len(text)) if text.startswith(w, i)}
    assert found == brute


@given(WORDS, st.text(alphabet="abc ", max_size=30))
def test_hits_are_in_text_order_and_disjoint(words: list[str], text: str) -> None:
    """Each hit begins where the one before has ended, or later."""
    hits = list(lexicon(*words, words=False).find(text))
    assert all(a.end <= b.start for a, b in pairwise(hits))
