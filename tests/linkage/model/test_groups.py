"""Pairs of lists."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pyarrow as pa

from testimonia.linkage.model.groups import groups_of


def test_each_pair_of_lists_has_a_number_and_its_count_of_pairs() -> None:
    """Counted one by one: a list makes a pair with itself, and which record comes first does not matter."""
    lists = ["a", "b", "a", "c", "b", "a"]
    groups = groups_of(pa.chunked_array([lists]))
    assert groups.lists == ("a", "b", "c")
    pairs = np.array(list(combinations(range(len(lists)), 2)), np.int32)
    numbers = groups.of(pairs[:, 0], pairs[:, 1])
    assert (numbers == groups.of(pairs[:, 1], pairs[:, 0])).all()
    kinds = {frozenset((lists[i], lists[j])) for i, j in pairs}
    assert len(set(numbers.tolist())) == len(kinds)
    np.testing.assert_array_equal(np.bincount(numbers, minlength=6), groups.pairs())
