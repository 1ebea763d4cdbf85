"""The overlap table: cells by bit mask, lists left out, merged, and taken as populations."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.errors import BadTable
from testimonia.estimation.table import OverlapTable

MSE = Path(__file__).parents[2].parent / "shared" / "mse"
ABC = OverlapTable(("A", "B", "C"), np.array([0, 1, 2, 4, 8, 16, 32, 64]))


@st.composite
def tables(draw: st.DrawFn) -> OverlapTable:
    """Tables of 3 to 5 lists, empty lists among them."""
    k = draw(st.integers(3, 5))
    counts = draw(st.lists(st.integers(0, 50), min_size=(1 << k) - 1, max_size=(1 << k) - 1))
    return OverlapTable(tuple("ABCDE"[:k]), np.array([0, *counts]))


def people(table: OverlapTable) -> list[tuple[int, ...]]:
    """The table person by person."""
    cells = (cell for cell in range(1 << table.k) for _ in range(int(table.counts[cell])))
    return [tuple(cell >> place & 1 for place in range(table.k)) for cell in cells]


def again(rows: list[tuple[int, ...]], k: int) -> list[int]:
    """Counts of people by bit mask; those on no list are unseen."""
    counts = [0] * (1 << k)
    for row in rows:
        if any(row):
            counts[sum(mark << place for place, mark in enumerate(row))] += 1
    return counts


def test_people_of_several_lists_are_the_overlap() -> None:
    """n counts everybody once; the overlap those with two marks or more; size those with all of these."""
    assert ABC.n == 127
    assert ABC.overlap == 4 + 16 + 32 + 64
    assert ABC.size(0b001) == 1 + 4 + 16 + 64
    assert ABC.size(0b011) == 4 + 64
    assert ABC.patterns == (1, 2, 3, 4, 5, 6, 7)


def test_a_list_left_out_takes_those_whom_it_alone_recorded_with_it() -> None:
    """Without C: A alone is A and AC, B alone B and BC, both AB and ABC; the 8 on C only are unseen."""
    less = ABC.drop("C")
    assert less.lists == ("A", "B")
    assert less.counts.tolist() == [0, 1 + 16, 2 + 32, 4 + 64]


def test_two_lists_merged_hold_whoever_was_on_either() -> None:
    """A and C as one: those on A, C or both, with and without B."""
    merged = ABC.merge("A", "C")
    assert merged.lists == ("A+C", "B")
    assert merged.counts.tolist() == [0, 1 + 8 + 16, 2, 4 + 32 + 64]
    assert merged.n == ABC.n


def test_within_a_list_its_own_people_are_the_population() -> None:
    """Of the 85 on A, 1 is on no other list."""
    inside = ABC.within("A")
    assert inside.lists == ("B", "C")
    assert inside.counts.tolist() == [0, 4, 16, 64]
    assert ABC.size(0b001) - inside.n == 1


@given(tables(), st.integers(0, 4), st.integers(0, 4))
def test_the_helpers_agree_with_counting_person_by_person(table: OverlapTable, first: int, second: int) -> None:
    """Dropping, merging and conditioning are the same on cells as on people."""
    first, second = first % table.k, second % table.k
    rows, less = people(table), table.k - 1
    assert table.drop(first).counts.tolist() == again([row[:first] + row[first + 1 :] for row in rows], less)
    own = [row[:first] + row[first + 1 :] for row in rows if row[first]]
    assert table.within(first).counts.tolist() == again(own, less)
    if first == second:
        with pytest.raises(BadTable, match="with itself"):
            table.merge(first, second)
        return
    low, high = sorted((first, second))
    joined = [(*row[:low], row[low] | row[high], *row[low + 1 : high], *row[high + 1 :]) for row in rows]
    assert table.merge(second, first).counts.tolist() == again(joined, less)


def test_strata_draws_and_censoring_go_along() -> None:
    """What is done to the table is done to its parts."""
    table = OverlapTable(ABC.lists, ABC.counts, frozenset({4, 6}), strata={"north": ABC}, draws=(ABC, ABC))
    less = table.drop("A")
    assert less.censored == {0b10, 0b11}
    assert less.strata["north"].counts.tolist() == less.counts.tolist()
    assert [draw.k for draw in less.draws] == [2, 2]
    assert table.drop("C").censored == {0b10}


def test_a_list_that_is_not_there_is_named() -> None:
    """The sentence lists those that are."""
    with pytest.raises(BadTable, match="no list 'D'; its lists are A, B, C"):
        ABC.drop("D")
    with pytest.raises(BadTable, match="no list 3"):
        ABC.within(3)


@pytest.mark.parametrize("counts", [[0, 1, 2], [1, 1, 1, 1], [0, -1, 2, 3]])
def test_counts_that_are_no_table_are_refused(counts: list[int]) -> None:
    """A wrong number of cells, people on no list, a negative count."""
    with pytest.raises(BadTable):
        OverlapTable(("A", "B"), np.array(counts))


@pytest.mark.skipif(not MSE.exists(), reason="the published tables are not beside this project")
def test_the_police_and_the_crime_agency_merged_are_the_table_of_five_lists() -> None:
    """uk5 is uk6 with PF and NCA merged (Bales, Hesketh & Silverman 2015)."""
    six, five = OverlapTable.read_csv(MSE / "uk6.csv"), OverlapTable.read_csv(MSE / "uk5.csv")
    merged = six.merge("PF", "NCA")
    assert merged.lists == ("LA", "NG", "PF+NCA", "GO", "GP")
    assert merged.counts.tolist() == five.counts.tolist()


@pytest.mark.skipif(not MSE.exists(), reason="the published tables are not beside this project")
@pytest.mark.parametrize("name", ["uk5", "uk6", "neworleans8", "anomaly5", "hare6", "gaza3", "scotpwid4_strata"])
def test_sizes_and_overlaps_are_those_published(name: str) -> None:
    """n and the people on two or more lists, as the list of the tables gives them."""
    known = {"uk5": (2744, 221), "uk6": (2744, 252), "neworleans8": (185, 13), "anomaly5": (537, 289),
             "hare6": (68, 43), "gaza3": (29271, 3650), "scotpwid4_strata": (5670, 489)}  # fmt: skip
    table = OverlapTable.read_csv(MSE / f"{name}.csv")
    assert (table.n, table.overlap) == known[name]


def test_every_pattern_has_one_cell() -> None:
    """The first list is the lowest bit."""
    counts = {"".join(map(str, marks)): 1 + i for i, marks in enumerate(product((0, 1), repeat=3)) if any(marks)}
    table = OverlapTable.from_counts(counts, ["A", "B", "C"])
    assert table.counts[0b001] == counts["100"] and table.counts[0b110] == counts["011"]
