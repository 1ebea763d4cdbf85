"""Stems of verbs as they stand before an ending."""

from __future__ import annotations

import pytest

from testimonia.coding.korean.conjugation import expand, stems


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("팔리다", {"팔리", "팔린", "팔릴", "팔려", "팔렸"}),
        ("송환되다", {"송환되", "송환된", "송환돼", "송환됐"}),
        ("건너다", {"건너", "건넌", "건널", "건넜"}),
        ("부르다", {"부르", "불러", "불렀"}),
        ("팔다", {"팔", "파는"}),
        ("듣다", {"듣", "들"}),
        ("돕다", {"돕", "도와", "도운"}),
        ("오다", {"오", "온", "와", "왔"}),
        ("때리다", {"때리", "때려", "때렸"}),
    ],
)
def test_a_verb_takes_these_shapes(verb: str, forms: set[str]) -> None:
    assert forms <= stems(verb)


@pytest.mark.parametrize("word", ["", "다", "사람", "abc다"])
def test_what_is_no_dictionary_form_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="dictionary form"):
        stems(word)


def test_particles_of_an_object_are_written_out() -> None:
    assert {"강을건너다", "강건너다", "강도건너다"} <= set(expand("강[을] 건너다"))
