"""Names weighed by how common they are in the lists at hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.names import adapted, encode, evidence

# Twenty given names of two syllables, each ten times, all under one rare surname.
GIVEN = [
    "영희",
    "순옥",
    "춘화",
    "명숙",
    "금순",
    "혜경",
    "은별",
    "정란",
    "옥주",
    "설매",
    "철호",
    "광수",
    "성일",
    "명국",
    "동혁",
    "용철",
    "영남",
    "학철",
    "창길",
    "태성",
]
VILLAGE = [f"편{given}" for given in GIVEN for _ in range(10)]


def llr(codes: list[bytes], i: int, j: int) -> float:
    return float(evidence([codes[i]], [codes[j]])[0])


def test_a_rare_surname_that_all_bear_is_no_evidence() -> None:
    """편 is borne by 16,000 of 50 million; where all 200 names have it, it is worth the share of 200 among 500.

    Expected: log(1 / p) with p = (200 + 300 · prior) / 500 ≈ .4 for the surname instead of log(1 / .00028) = 8.2. A
    syllable that is no rarer here than in the tables keeps about what it had.
    """
    before = [encode(name) for name in VILLAGE]
    after = adapted(before)
    lost = llr(before, 0, 1) - llr(after, 0, 1)
    assert lost == pytest.approx(math.log(0.4 / 0.00028), abs=1.0)


def test_few_names_change_little() -> None:
    """Three names against the three hundred that the tables count for: a percent or so of a likelihood."""
    before = [encode(name) for name in ("김영희", "박순옥", "리춘화")]
    assert llr(adapted(before), 0, 0) == pytest.approx(llr(before, 0, 0), abs=0.15)


def test_an_ambiguous_spelling_is_read_as_the_names_at_hand_are() -> None:
    """Yong is 영 or 용. Where two hundred are called 용, Yong speaks more for 용 and less for 영 than before."""
    names = ["Kim Yong Ho", "김용호", "김영호", *(f"김용{given[1]}" for given in GIVEN for _ in range(10))]
    before = [encode(name) for name in names]
    after = adapted(before)
    assert llr(before, 0, 2) > llr(after, 0, 2)
    assert llr(after, 0, 1) - llr(after, 0, 2) > llr(before, 0, 1) - llr(before, 0, 2)


def test_no_name_stays_no_name() -> None:
    """Empty codes keep their places, and nothing at all is nothing."""
    assert adapted([]) == []
    assert adapted([b"", None]) == [b"", b""]
    found = adapted([b"", encode("김영희"), None])
    assert (found[0], found[2]) == (b"", b"") and len(found[1]) == len(encode("김영희"))


@given(
    st.lists(
        st.sampled_from([*GIVEN, "Kim Yong Ho", "Jin Yingji", "金英姬", "unknown", "Xiao Mei", "Ivan Petrov", "Kim"]),
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_list_of_names_can_be_adapted_to(names: list[str]) -> None:
    """Evidence stays finite and symmetric."""
    after = adapted([encode(name) for name in names])
    found = evidence(after, after[::-1])
    assert all(math.isfinite(value) for value in found)
    assert found == pytest.approx(found[::-1], abs=1e-4)
