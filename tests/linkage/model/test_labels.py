"""Reviewed pairs as the estimation reads them."""

from __future__ import annotations

import numpy as np
import pytest

from testimonia.linkage.model.labels import known_pairs, known_weights

IDS = ("a-1", "a-2", "b-1")


def test_same_and_different_are_known_and_unsure_is_not() -> None:
    """Pairs come in the order of the records, whichever way round they were reviewed."""
    (left, right), said = known_pairs(
        [("b-1", "a-1", "same"), ("a-1", "a-2", "different"), ("a-2", "b-1", "unsure")], IDS
    )
    assert list(zip(left, right, strict=True)) == [(0, 1), (0, 2)]
    assert said[0] < 0.05 < 0.95 < said[1]


def test_the_last_review_of_a_pair_counts() -> None:
    """Same, then unsure: nothing is known."""
    (left, _), said = known_pairs([("a-1", "a-2", "same"), ("a-2", "a-1", "unsure")], IDS)
    assert len(left) == len(said) == 0


@pytest.mark.parametrize("label", [("a-1", "c-9", "same"), ("a-1", "a-1", "same"), ("a-1", "a-2", "maybe")])
def test_a_label_that_says_nothing_is_refused(label: tuple[str, str, str]) -> None:
    """An unknown record, a record with itself, an unknown verdict."""
    with pytest.raises(ValueError, match="a reviewed pair"):
        known_pairs([label], IDS)


def test_weights_stand_at_their_candidates() -> None:
    """The second of three candidates was reviewed; the others are not known."""
    left, right = np.array([0, 0, 1], np.int32), np.array([1, 2, 2], np.int32)
    known = known_weights((left[1:2], right[1:2]), np.array([0.99]), left, right)
    assert known is not None
    np.testing.assert_array_equal(known, [np.nan, 0.99, np.nan])
    assert known_weights((left[:0], right[:0]), np.zeros(0), left, right) is None
