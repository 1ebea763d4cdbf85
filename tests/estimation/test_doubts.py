"""What is unusual about a table is said before anything is fitted."""

from __future__ import annotations

import pytest

from testimonia.estimation.doubts import cautions
from testimonia.estimation.examples import load
from testimonia.estimation.table import OverlapTable

TABLES = {
    "no overlap": ({"100": 5, "010": 5, "001": 5}, "Nobody is on two lists or more"),
    "one overlap": ({"100": 5, "010": 5, "001": 5, "111": 1}, "Only 1 person is on two lists"),
    "few overlaps": ({"100": 5, "010": 5, "001": 5, "111": 9}, "Only 9 people are on two lists"),
    "contained": ({"100": 50, "110": 20, "101": 5, "001": 9, "111": 8}, "Everybody on the list L2 is also on L1"),
    "identical": ({"110": 20, "001": 50, "111": 8}, "The lists L1 and L2 hold the same people"),
    "apart": ({"100": 50, "010": 50, "001": 9, "101": 10, "110": 11}, "Nobody is on both lists of one pair: L2 and L3"),
    "two apart": ({"100": 5, "010": 50, "001": 9, "101": 10}, "of 2 pairs: L1 and L2; L2 and L3"),
    "alone": ({"100": 50, "010": 50, "001": 9, "110": 11}, "Nobody on the list L3 is on another list"),
    "nearly all": ({"100": 880, "010": 5, "001": 4, "111": 20}, "The list L1 alone holds 99% of all people"),
}  # fmt: skip


@pytest.mark.parametrize("what", TABLES)
def test_each_doubt_is_one_sentence(what: str) -> None:
    """With the names of the lists."""
    counts, words = TABLES[what]
    found = cautions(OverlapTable.from_counts(counts))
    assert [caution for caution in found if caution.startswith(words) or words in caution]
    assert all(caution.endswith(".") for caution in found)


def test_identical_lists_are_not_also_called_contained() -> None:
    """One doubt, one sentence."""
    found = cautions(OverlapTable.from_counts({"110": 20, "001": 50, "111": 8}))
    assert not [caution for caution in found if caution.startswith("Everybody")]


def test_a_dense_table_has_no_doubts() -> None:
    """Every pair overlaps, no list is special."""
    counts = {"100": 50, "010": 60, "001": 70, "110": 20, "101": 30, "011": 25, "111": 10}
    assert cautions(OverlapTable.from_counts(counts)) == ()


def test_an_overcounted_cell_and_the_notes_of_the_reader_are_among_them() -> None:
    """Scotland: the fourth list alone."""
    assert cautions(load("scotpwid4")) == ("The count of people on S4 only is taken as an upper bound, as asked.",)
