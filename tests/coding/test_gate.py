"""The gate: what it lets pass, and what it refuses with which reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.coding.codebook import load_codebook
from testimonia.coding.gate import check
from testimonia.model import Coding, Part

TEXT = "In 2019 about 1,240 people were returned, officials said; the quota was 1,500."
BOOK = load_codebook()


def coding(quote: str, text: str = TEXT, **more: Any) -> Coding:
    start = text.index(quote)
    return Coding(start=start, end=start + len(quote), quote=quote, **{"kind": "figure", **more})


def gate(*codings: Coding, text: str = TEXT) -> tuple[list[Coding], Counter[str]]:
    return check(codings, text, BOOK, "f" * 64)


def refusal(given: Coding, text: str = TEXT) -> str:
    kept, refused = gate(given, text=text)
    assert not kept
    (reason,) = refused
    return reason


def test_what_holds_passes_in_order_with_the_rendering_filled_in() -> None:
    """Two good codings come back as they were, each with the hash of its rendering."""
    first = coding("1,240 people", value=1240.0, unit="persons", comparator="~", value_status="present")
    second = coding("returned", kind="act", code="state.forced_return")
    kept, refused = gate(first, second)
    assert [k.quote for k in kept] == ["1,240 people", "returned"]
    assert {k.rendering_sha256 for k in kept} == {"f" * 64}
    assert not refused


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (-1, 0), (len(TEXT), len(TEXT))])
def test_a_quote_that_is_not_verbatim_at_its_offsets_is_refused(shift: tuple[int, int]) -> None:
    """One character off at either end, or past the end of the text."""
    start = TEXT.index("returned")
    moved = Coding(kind="act", code="state.forced_return", quote="returned",
                   start=start + shift[0], end=start + 8 + shift[1])  # fmt: skip
    assert refusal(moved) == "the quote is not verbatim at its offsets"


def test_an_empty_span_and_a_negative_one_are_refused() -> None:
    """Nothing can be said by no characters."""
    assert "verbatim" in refusal(Coding(kind="act", start=3, end=3, quote=""))
    assert "verbatim" in refusal(Coding(kind="act", start=-3, end=-1, quote=TEXT[-3:-1]))


def test_a_part_that_is_not_verbatim_is_refused() -> None:
    """The quote may be right and a part wrong."""
    parts = {"source": Part(0, 9, "officials")}
    assert refusal(coding("said", kind="attribution", parts=parts)) == "a part is not verbatim at its offsets"


def test_a_value_that_the_quote_does_not_say_is_refused() -> None:
    """1,240 is neither 1,340 nor 12.4 nor a range from 1,000."""
    wrongs: list[dict[str, Any]] = [{"value": 1340.0}, {"value": 12.4}, {"min": 1000.0, "max": 1240.0}]
    for wrong in wrongs:
        given = coding("1,240 people", unit="persons", value_status="present", **wrong)
        assert refusal(given) == "the value cannot be read from the quote"


def test_the_number_part_decides_not_the_whole_quote() -> None:
    """A value from elsewhere in the quote does not pass as that of the number."""
    number = Part(TEXT.index("1,240"), TEXT.index("1,240") + 5, "1,240")
    given = coding("2019 about 1,240 people", value=2019.0, parts={"number": number}, value_status="present")
    assert refusal(given) == "the value cannot be read from the quote"


def test_a_lost_figure_carries_no_number() -> None:
    """Lost digits are never guessed, not even rightly."""
    assert refusal(coding("people", value=1240.0, value_status="lost")) == "a number is given for a lost figure"
    assert gate(coding("people", value_status="lost", unit="persons"))[0]


def test_a_vague_word_has_bounds_but_no_value() -> None:
    """hundreds: 200 to 999, never 400."""
    text = "hundreds of women"
    good = coding("hundreds", text, min=200.0, max=999.0, value_status="verbal", comparator="~")
    assert gate(good, text=text)[0]
    assert "vague word" in refusal(coding("hundreds", text, value=400.0, value_status="verbal"), text)
    assert "not round" in refusal(coding("hundreds", text, min=237.0, value_status="verbal"), text)


def test_a_figure_without_number_or_status_is_refused() -> None:
    """Present without a value is an omission, said as such."""
    assert "without a number" in refusal(coding("people", value_status="present"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "1240"])
def test_values_that_are_no_numbers_are_refused(value: float | str) -> None:
    """NaN, infinity and text are not values of a figure."""
    assert refusal(coding("1,240", value=value)) == "the value of a figure is not a number"


def test_a_range_upside_down_is_refused() -> None:
    """The least value never exceeds the greatest."""
    text = "between 300 and 450"
    assert "greater" in refusal(coding("300 and 450", text, min=450.0, max=300.0), text)


def test_a_quota_is_never_a_result() -> None:
    """A figure whose cue says quota is refused as reported, and passes as required."""
    more: dict[str, Any] = {"value": 1500.0, "cue": "the quota was", "value_status": "present"}
    assert refusal(coding("1,500", **more)) == "a quota or target is given as a result"
    assert gate(coding("1,500", modality="required", **more))[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "act", "code": "state.nothing"}, "act code not in the codebook: state.nothing"),
        ({"kind": "act"}, "act code not in the codebook: None"),
        ({"kind": "measure", "code": "nothing"}, "measure code not in the codebook: nothing"),
        ({"kind": "attribution", "code": "loud"}, "attribution code not in the codebook: loud"),
        ({"kind": "rumour"}, "unknown kind: rumour"),
        ({"kind": "act", "code": "state.arrest", "modality": "sure"}, "unknown modality: sure"),
        ({"kind": "act", "code": "state.arrest", "polarity": "maybe"}, "unknown polarity or basis: maybe, None"),
        ({"value_status": "some"}, "unknown value status or comparator: some, None"),
        ({"comparator": "?"}, "unknown value status or comparator: None, ?"),
        ({"value": 1.0, "unit": "furlongs"}, "unit not in the codebook: furlongs"),
        (
            {"kind": "measure", "code": "fine", "attributes": {"status": "sung"}},
            "unknown status of a measure: sung",
        ),
    ],
)
def test_what_is_in_no_closed_list_is_refused_by_name(more: dict[str, Any], said: str) -> None:
    """Kinds, codes, modality, polarity, status, comparator and unit."""
    assert refusal(coding("returned", **more)) == said


def test_the_year_of_a_date_is_in_the_quote() -> None:
    """2019 may be read as 2019, 201X or an interval from 2019, not as 2018."""
    for value in ("2019", "2019-05", "201X", "2018/2019", "2019~"):
        assert gate(coding("In 2019", kind="date", value=value))[0], value
    assert refusal(coding("In 2019", kind="date", value="2018")) == "the year of a date is not in the quote"


def test_a_date_whose_year_stands_elsewhere_passes() -> None:
    """A relative date, or a year taken from the document, cannot be checked against the quote."""
    assert gate(coding("about", kind="date", value="2019-05-10"))[0]


def test_refusals_are_counted_by_reason() -> None:
    """Nothing is dropped silently."""
    bad = [coding("1,240", value=1.0, value_status="present") for _ in range(3)]
    kept, refused = gate(*bad)
    assert (kept, sum(refused.values())) == ([], 3)


@given(st.text(max_size=30), st.integers(-3, 33), st.integers(-3, 33), st.text(max_size=5))
def test_only_verbatim_quotes_ever_pass(text: str, start: int, end: int, quote: str) -> None:
    """Whatever is proposed, what passes is the text at its offsets."""
    given_ = Coding(kind="place", start=start, end=end, quote=quote)
    for kept in check([given_], text, BOOK, "x")[0]:
        assert text[kept.start : kept.end] == kept.quote != ""
