"""Dates and places as a reader says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.release.readable import is_named, period_text, place_text


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2019", "2019"),
        ("2019/2022", "2019 to 2022"),
        ("2023-01/2023-06", "January to June 2023"),
        ("2022-11/2023-02", "November 2022 to February 2023"),
        ("2022-09/..", "since September 2022"),
        ("../2019", "until 2019"),
        ("2019-23", "autumn 2019"),
        ("2003~", "about 2003"),
        ("199X", "1990s"),
        ("2021-05-03", "3 May 2021"),
        ("2021-13", "2021-13"),
        ("a year earlier", "a year earlier"),
        ("", ""),
    ],
)
def test_a_date_is_said_in_words(edtf: str, said: str) -> None:
    assert period_text(edtf) == said


@given(st.text(max_size=24))
def test_no_text_is_too_strange_for_a_date_or_a_place(text: str) -> None:
    """What is not read stays, and nothing is raised."""
    assert isinstance(period_text(text), str)
    assert place_text(text) or not text


def test_a_place_is_named_by_province_and_country_and_never_finer() -> None:
    assert place_text("CHN/220000/222400/222404") == "Jilin Province, China"
    assert place_text("PRK") == "North Korea"
    assert place_text("a village") == "a village"


def test_a_country_is_known_by_its_names_in_three_languages() -> None:
    assert all(is_named(name, "PRK") for name in ("North Korea", "북한", "朝鲜"))
    assert not is_named("women", "PRK")
