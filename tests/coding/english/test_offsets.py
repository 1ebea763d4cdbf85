"""What must never break, for any text: quotes are verbatim, and nothing depends on what stands before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.coding.english import code
from testimonia.model import Passage

PIECES = st.sampled_from(
    [
        "According to the Ministry of Labour, ",
        "between 300 and 450 people",
        " were sent back",
        " in May 2015. ",
        "“We met 64\u00a0women,” the charity said. ",
        "😀 ",
        "\r\n",
        "two-thirds of the ",
        "North Koreans ",
        "Camp 14 ",
        "$900,000 ",
        "hundreds of thousands, of ",
        "RFA’s sources believed ",
        "at least ",
        "(OHCHR) ",
        "the report ",
        "one in five ",
        "sold to farm owners ",
        "must file at least 25 orders per quarter",
        ", who ",
        "İstanbul ",
        "\u2028",
        "reported that ",
        "was estimated at ",
        "the ",
        "of ",
        "and ",
        ",",
        ".",
        "’s ",
        "a third of ",
        "said ",
        "12 or older",
        "may 2 ",
        "forcibly returned ",
        "Act of 2012 ",
        "detained in China",
        "No. 12 ",
        "1.2.3",
        "60% ",
        "½ ",
        "３人 ",
        "١٢ ",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join)


def coded(text: str, start: int = 0, damaged: bool = False) -> list[tuple[object, ...]]:
    flags = frozenset({"damaged_text"}) if damaged else frozenset[str]()
    passage = Passage(start, start + len(text), text, language="en", flags=flags)
    found: list[tuple[object, ...]] = []
    for coding in code([passage]):
        spans = [(coding.start, coding.end, coding.quote)]
        spans += [(part.start, part.end, part.quote) for part in coding.parts.values()]
        for begin, end, quote in spans:
            assert 0 <= begin - start < end - start <= len(text)
            assert text[begin - start : end - start] == quote
        found.append((coding.kind, coding.code, coding.start - start, coding.end - start, coding.value, coding.unit))
    return found


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.booleans())
def test_quotes_are_verbatim(text: str, damaged: bool) -> None:
    """Every quote and every part is exactly the characters at its offsets."""
    coded(text, damaged=damaged)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(0, 5000))
def test_offsets_shift_with_what_stands_before(text: str, start: int) -> None:
    """The same passage further down gives the same codings, shifted."""
    assert coded(text) == coded(text, start)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_lost_number_is_never_given(text: str) -> None:
    """In damaged text no figure without digits or number words carries a value."""
    passage = Passage(0, len(text), text, language="en", flags=frozenset({"damaged_text"}))
    for coding in code([passage]):
        if coding.kind == "figure" and coding.value_status == "lost":
            assert (coding.value, coding.min, coding.max) == (None, None, None)
