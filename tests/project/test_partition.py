"""Groups of records: what must be and cannot be holds, no chain joins the unlikely, no step is better."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.project.partition import Pair, groups

RECORDS = ("a", "b", "c", "d", "e")
ALL_PAIRS = tuple(combinations(RECORDS, 2))


def loss(partition: list[tuple[str, ...]], pairs: dict[Pair, float]) -> float:
    """The expected number of wrong pairs, by the definition: together 1 - p, apart p."""
    of = {record: at for at, group in enumerate(partition) for record in group}
    chances = ((pair, pairs.get(pair, 0.0)) for pair in ALL_PAIRS)
    return sum(1 - chance if of[a] == of[b] else chance for (a, b), chance in chances)


@pytest.mark.parametrize(
    ("pairs", "must", "cannot", "expected"),
    [
        ({}, (), (), "a b c d e"),
        ({("a", "b"): 0.9}, (), (), "ab c d e"),
        ({("a", "b"): 0.4}, (), (), "a b c d e"),
        ({("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.9}, (), (), "abc d e"),
        ({("a", "b"): 0.9, ("b", "c"): 0.6}, (), (), "ab c d e"),  # a and c: 0, so .9 + .6 + 0 is no majority
        ({("a", "b"): 0.9}, (), [("a", "b")], "a b c d e"),
        ({("a", "b"): 0.1}, [("a", "b")], (), "ab c d e"),
        ({}, [("a", "b"), ("b", "c")], (), "abc d e"),
        ({}, [("a", "b"), ("b", "c")], [("c", "a")], "ab c d e"),
        ({("a", "b"): 0.9, ("a", "c"): 0.9, ("c", "d"): 0.9}, [("b", "c")], [("a", "d")], "abc d e"),
    ],
)
def test_groups(pairs: dict[Pair, float], must: list[Pair], cannot: list[Pair], expected: str) -> None:
    assert " ".join("".join(group) for group in groups(RECORDS, pairs, must, cannot)) == expected


def test_decisions_on_records_that_are_not_here_change_nothing() -> None:
    assert groups(("a", "b"), {("a", "z"): 0.9}, [("a", "y")], [("b", "x")]) == [("a",), ("b",)]


CHANCES = st.dictionaries(st.sampled_from(ALL_PAIRS), st.floats(0, 1, width=16), max_size=10)


@given(pairs=CHANCES)
def test_no_record_alone_is_better_elsewhere(pairs: dict[Pair, float]) -> None:
    """Moving any one record to any other group, or to one of its own, does not lower the expected loss."""
    found = groups(RECORDS, pairs)
    assert sorted(record for group in found for record in group) == list(RECORDS)
    now = loss(found, pairs)
    for record in RECORDS:
        rest = [tuple(one for one in group if one != record) for group in found]
        for at in range(len(rest)):
            moved = [(*group, record) if number == at else group for number, group in enumerate(rest)]
            assert loss(moved, pairs) >= now - 1e-9
        assert loss([*rest, (record,)], pairs) >= now - 1e-9


BOUNDS = st.lists(st.sampled_from(ALL_PAIRS), max_size=4)


@given(pairs=CHANCES, must=BOUNDS, cannot=BOUNDS)
def test_what_cannot_be_never_is_and_what_must_be_is_unless_it_cannot(
    pairs: dict[Pair, float], must: list[Pair], cannot: list[Pair]
) -> None:
    of = {record: group for group in groups(RECORDS, pairs, must, cannot) for record in group}
    assert not any(b in of[a] for a, b in cannot)
    for a, b in must:
        assert b in of[a] or cannot
