"""Keys to block on: equal for forms of one name, stable, and marked where they are coarse."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.names import best_key, families, keys, partial_keys

FORMS = [
    "김영희",
    "Kim Yong Hui",
    "Kim Young-hee",
    "Kim Yŏng-hŭi",
    "金英姬",
    "Jin Yingji",
    "Young-hee Kim",
    "JIN YING JI",
]
KEYS = (-2657307595794451991, 1501289073748783588, 7609956522856585401)


@pytest.mark.parametrize(("a", "b"), list(itertools.combinations(FORMS, 2)))
def test_forms_of_one_name_share_a_key(a: str, b: str) -> None:
    """Whatever the script, at least one key is the same."""
    assert set(keys(a)) & set(keys(b))


def test_a_given_name_alone_shares_a_key_with_the_full_name() -> None:
    """The family `given` leaves the surname out."""
    assert set(families("영희")["given"]) & set(families("Kim Young-hee")["given"])


def test_a_misheard_name_shares_a_rough_key() -> None:
    """영 and 용 have one rough sound; 숙 has another."""
    assert set(families("김영희")["near"]) & set(families("김용희")["near"])
    assert not set(families("김영희")["near"]) & set(families("김영숙")["near"])


def test_other_names_share_no_key_but_a_partial_one() -> None:
    """김영희 and 김영숙 share 김 and 영: that is a partial key, which is not among the keys to block on alone."""
    assert not set(keys("김영희")) & set(keys("김영숙"))
    assert set(partial_keys("김영희")) & set(partial_keys("김영숙"))
    assert not set(partial_keys("김영희")) & set(keys("김영희"))


def test_keys_do_not_change_between_runs_and_machines() -> None:
    """Lists linked today are linked with the same keys next year: a change here is a new version of the codes."""
    assert keys("김영희") == KEYS


def test_no_name_has_no_key() -> None:
    """All who are unknown must not meet in one block."""
    for name in ("", "unknown", "미상", "不详"):
        assert keys(name) == partial_keys(name) == ()
        assert best_key(name) == (None, None)


def test_best_keys_count_names_whatever_their_form() -> None:
    """Surname and given name of the likeliest reading, for counting how common they are in a list."""
    assert best_key("이순옥") == best_key("리순옥") == best_key("Ri Sun Ok") == best_key("李順玉")
    assert best_key("순옥")[0] is None


@given(st.text(max_size=330))
@settings(max_examples=150, deadline=None)
def test_any_text_has_few_keys_of_64_bits(name: str) -> None:
    """Never more than a few dozen, each a signed 64-bit integer."""
    found = (*keys(name), *partial_keys(name))
    assert len(found) < 50
    assert all(-(2**63) <= key < 2**63 for key in found)
