"""What people decided holds; what contradicts it is named."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.clusters.constraints import blocks_of

IDS = tuple("abcdefgh")


def test_what_is_the_same_as_the_same_is_one_block() -> None:
    blocks = blocks_of(IDS, must=[(0, 3), (3, 5)])
    groups = [set(blocks.records[a:b].tolist()) for a, b in zip(blocks.start, blocks.start[1:], strict=False)]
    assert {0, 3, 5} in groups
    assert len(groups) == 6


def test_a_decision_that_others_speak_against_is_named_with_the_chain_that_does_and_left_out() -> None:
    blocks = blocks_of(IDS, must=[(0, 1), (1, 2)], cannot=[(0, 2), (0, 4)])
    assert blocks.contradictions == (
        "a and c were decided to be different people, but other decisions make them the same (a = b = c); the decision "
        "that they are different was left out.",
    )
    assert blocks.apart_other[blocks.apart_start[0] : blocks.apart_start[1]].tolist() == [4]
    assert blocks.apart_other[blocks.apart_start[4] : blocks.apart_start[5]].tolist() == [0]


def test_without_decisions_every_record_is_its_own_block() -> None:
    blocks = blocks_of(IDS)
    assert blocks.records.tolist() == list(range(8))
    assert not blocks.contradictions


couples = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1]), max_size=12)


@given(couples, couples)
def test_blocks_part_the_records_and_no_forbidden_pair_is_inside_one(
    must: list[tuple[int, int]], cannot: list[tuple[int, int]]
) -> None:
    blocks = blocks_of(IDS, must, cannot)
    block_of = blocks.block_of
    assert sorted(blocks.records.tolist()) == list(range(8))
    assert all(block_of[one] == block_of[two] for one, two in must)
    for record in range(8):
        for other in blocks.apart_other[blocks.apart_start[record] : blocks.apart_start[record + 1]]:
            assert block_of[record] != block_of[other]
    inside = [pair for pair in cannot if block_of[pair[0]] == block_of[pair[1]]]
    assert len(blocks.contradictions) == len(inside)


def test_blocks_count_every_record_once() -> None:
    blocks = blocks_of(IDS, must=np.array([[6, 7]]))
    assert blocks.start.tolist() == [0, 1, 2, 3, 4, 5, 6, 8]
