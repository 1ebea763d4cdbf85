"""Pages and sentences are found as their definitions say, however they lie in one another."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from testimonia.model import Page
from testimonia.release.locating import Pages, Sentences

SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)|[。！？]|\n")
spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@given(st.lists(spans, max_size=8), st.integers(0, 14))
def test_the_innermost_page_is_the_shortest_that_holds_the_character(found: list[list[int]], offset: int) -> None:
    pages = [Page(start, end, str(number)) for number, (start, end) in enumerate(found)]
    holding = [page for page in pages if page.start <= offset < page.end]
    assert Pages(pages).at(offset) == min(holding, key=lambda page: page.end - page.start, default=None)


@given(st.text(alphabet="ab .!?。\n”')", max_size=24), st.data())
def test_a_sentence_begins_after_the_last_end_before_it(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    sentences = Sentences(text)
    for offset in range(low, high):
        ends = [found.end() for found in SENTENCE_END.finditer(text, low, offset)]
        assert sentences.start(low, high, offset) == (ends[-1] if ends else low)
