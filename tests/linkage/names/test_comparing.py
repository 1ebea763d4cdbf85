"""Likelihood ratios and scores of encoded names."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.names import codes, compare_encoded, encode, evidence, given_evidence, surname_evidence
from testimonia.linkage.names.comparing import score_many
from testimonia.linkage.names.lattice import Node, Reading
from testimonia.linkage.names.letters import GIVEN_LENGTH
from testimonia.linkage.names.reading import read
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables

NAMES = [
    "김영희",
    "Kim Yong Hui",
    "Kim Young-hee",
    "金英姬",
    "金英姫",
    "Jin Yingji",
    "Young-hee Kim",
    "영희",
    "리춘희",
    "李春姬",
    "Li Chunji",
    "남궁보라",
    "Namgung Bora",
    "김철",
    "Kim Chol",
    "金哲",
    "Xiao Mei",
    "小美",
    "Kim",
    "김",
    "박순옥",
    "Pak Sun Ok",
    "FENGCHUuN",
    "",
    "unknown",
    "Natalya Petrovskaya",
    "王秀英",
    "Wang Xiuying",
    "김영희 (Jin Yingji)",
]


# ------------------------------------------------------------------ the oracle: the model in plain words


def ratio_by_hand(a: str, b: str) -> float:
    """Log likelihood ratio straight from the lattices, with dictionaries and loops.

    P(b | a, same person) / P(b) is the sum over the readings of both; of two syllables, the sum over what both may be
    of P(it | a) P(it | b) / P(it). Of two given names in characters or pinyin the characters may have been kept.
    """
    total = 0.0
    for one in read(a).readings:
        for other in read(b).readings:
            total += one.weight * other.weight * _surnames(one, other) * _given(one, other)
    return math.log((1 - codes.WRONG_NAME) * total + codes.WRONG_NAME)


def _surnames(one: Reading, other: Reading) -> float:
    if one.surname is None or other.surname is None:
        return 1.0
    sound, character = _syllables(one.surname, other.surname, SURNAME)
    if character is not None:
        sound = (1 - codes.SAME_SURNAME_CHARACTER) * sound + codes.SAME_SURNAME_CHARACTER * character
    return (1 - codes.WRONG_SYLLABLE) * sound + codes.WRONG_SYLLABLE


def _given(one: Reading, other: Reading) -> float:
    if one.given is None or other.given is None:
        return 1.0
    if len(one.given) != len(other.given):
        return codes.OTHER_LENGTH
    pairs = [
        _syllables(x, y, LATER if i else FIRST) for i, (x, y) in enumerate(zip(one.given, other.given, strict=True))
    ]
    length = 1 / GIVEN_LENGTH.get(len(pairs), 1e-3)
    wrong = codes.WRONG_SYLLABLE
    by_sound = length * math.prod((1 - wrong) * sound + wrong for sound, _ in pairs)
    kept = [character for _, character in pairs if character is not None]
    if len(kept) < len(pairs):
        return by_sound
    by_character = length * math.prod((1 - wrong) * character + wrong for character in kept)
    return (1 - codes.CHARACTERS_KEPT) * by_sound + codes.CHARACTERS_KEPT * by_character


def _syllables(x: Node, y: Node, place: int) -> tuple[float, float | None]:
    known, role = tables(), min(place, 1)
    sound = sum(share * y.syllables.get(s, 0.0) / known.frequency(place, s) for s, share in x.syllables.items())
    if not (x.shapes or x.sounds) or not (y.shapes or y.sounds):
        return sound, None
    pinyin = sum(share * y.sounds.get(s, 0.0) / known.sound_prior[role].get(s, 1e-5) for s, share in x.sounds.items())
    if not (x.shapes and y.shapes):
        return sound, pinyin
    same = sum(share * y.shapes.get(c, 0.0) / known.shape_prior[role].get(c, 2e-6) for c, share in x.shapes.items())
    return sound, (1 - codes.SLIP_OF_CHARACTER) * same + codes.SLIP_OF_CHARACTER * pinyin


def is_raw(name: str) -> bool:
    return any(node.script == "raw" for one in read(name).readings for node in one.given or ())


PAIRS = [(a, b) for a in NAMES for b in NAMES if read(a) and read(b) and not is_raw(a) and not is_raw(b)]


def test_the_compiled_ratio_is_the_one_by_hand() -> None:
    """All pairs of names above: the words of 32 bits lose less than one per cent of a likelihood."""
    found = evidence([encode(a) for a, _ in PAIRS], [encode(b) for _, b in PAIRS])
    wanted = [ratio_by_hand(a, b) for a, b in PAIRS]
    np.testing.assert_allclose(found, wanted, atol=0.03)


# ------------------------------------------------------------------ what evidence says


def llr(a: str, b: str) -> float:
    return float(evidence([encode(a)], [encode(b)])[0])


def test_one_common_name_is_as_much_evidence_as_it_is_rare() -> None:
    """김영희 with itself: about one over the frequency of 김 (.19), of 영 first (.05) and of 희 later (.055)."""
    frequency = 0.193 * 0.051 * 0.055
    assert llr("김영희", "김영희") == pytest.approx(math.log(1 / frequency), abs=0.4)


def test_a_rare_name_is_more_evidence_than_a_common_one() -> None:
    """편 (16,000 bearers), 남궁 (21,000), 박 (4.2 million) and 김 (10.7 million) in that order."""
    assert llr("편영희", "편영희") > llr("남궁영희", "남궁영희") > llr("박영희", "박영희") > llr("김영희", "김영희")


def test_a_common_surname_and_one_common_syllable_are_no_evidence() -> None:
    """김영희 and 김영숙: what agrees is common, what differs speaks against it."""
    assert llr("김영희", "김영숙") < 1


def test_no_name_is_no_evidence() -> None:
    """Nothing in favour, nothing against."""
    for name in ("", "unknown", "미상"):
        assert llr(name, "김영희") == llr("김영희", name) == llr(name, name) == 0


def test_a_wrong_name_has_a_bounded_cost() -> None:
    """Two records of one person may bear two names: never less than the log of that share."""
    assert llr("김영희", "박철수") >= math.log(codes.WRONG_NAME) - 1e-6


def test_surname_and_given_name_add_up() -> None:
    """The evidence of the whole is what the given names say and what the surnames add."""
    left, right = [encode(a) for a, _ in PAIRS], [encode(b) for _, b in PAIRS]
    whole = given_evidence(left, right) + surname_evidence(left, right)
    np.testing.assert_allclose(whole, evidence(left, right), atol=1e-5)


@pytest.mark.parametrize("other", ["Kim Yong Hui", "Kim Young-hee", "金英姬", "Jin Yingji", "Young-hee Kim", "김용희"])
def test_each_form_of_a_name_speaks_for_it(other: str) -> None:
    """All but the misheard 김용희 with more than a factor of e^6; that one with less than the true name."""
    assert llr("김영희", other) > (6 if other != "김용희" else 2)
    assert llr("김영희", other) <= llr("김영희", "김영희") + 0.1


# ------------------------------------------------------------------ scores


def test_scores_are_symmetric_and_between_nought_and_one() -> None:
    """Left and right do not matter."""
    left, right = [a for a in NAMES for _ in NAMES], [b for _ in NAMES for b in NAMES]
    found = score_many(left, right)
    np.testing.assert_allclose(found, score_many(right, left), atol=1e-6)
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("name", [one for one in NAMES if len(one) > 1 and one != "Kim" and read(one)])
def test_a_full_name_agrees_with_itself(name: str) -> None:
    """.7 is where the verdict is `same`; a given name alone, 영희, hardly gets there."""
    assert score_many([name], [name])[0] > 0.75


@given(st.text(max_size=330), st.text(max_size=330))
@settings(max_examples=150, deadline=None)
def test_any_two_texts_have_a_score(a: str, b: str) -> None:
    """Symmetric, in [0, 1], never NaN, whatever is compared."""
    one, other = score_many([a, b], [b, a])
    assert 0 <= one <= 1 and one == pytest.approx(other, abs=1e-6)


def test_an_arrow_array_and_a_list_give_the_same() -> None:
    """Binary arrays, chunked, sliced and with nulls."""
    blobs = [encode(name) for name in NAMES]
    array = pa.chunked_array([pa.array(blobs[:7], pa.binary()), pa.array(blobs[7:], pa.binary())])
    wanted = compare_encoded(blobs, blobs[::-1])
    np.testing.assert_array_equal(compare_encoded(array, pa.array(blobs[::-1])), wanted)
    np.testing.assert_array_equal(compare_encoded(array.slice(3, 9), pa.array(blobs[::-1]).slice(3, 9)), wanted[3:12])
    assert compare_encoded(pa.array([None, blobs[0]]), pa.array([blobs[0], None])).tolist() == [0, 0]


def test_lists_of_unequal_length_are_refused() -> None:
    """A pair has two sides."""
    with pytest.raises(ValueError, match="2 names on the left, 1 on the right"):
        compare_encoded([b"", b""], [b""])
