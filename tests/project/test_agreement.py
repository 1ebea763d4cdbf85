"""Agreement between coders, held against published figures and against counting by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.project.agreement import alpha, alpha_of, coincidences, found_by_both

# Four observers, twelve units, with values missing: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011),
# section C; he gives 0.743 for nominal values.
FOUR = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")


def test_alpha_is_that_of_krippendorffs_example_with_missing_values() -> None:
    """The table of section C of the paper."""
    rows = [row.split() for row in FOUR]
    units = [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert alpha(coincidences(units)) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_two_observers_and_two_values_is_that_of_the_paper() -> None:
    """Section A: ten articles, two observers, four disagreements; he gives 0.095.

    By hand: 4 of 10 units differ. Of 20 values 14 are 0 and 6 are 1, so expected disagreement is 2·14·6/(20·19), and
    alpha = 1 - (8/20) / (168/380) = 1 - 0.9048 = 0.0952.
    """
    units = zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True)
    assert alpha(coincidences(units)) == pytest.approx(1 - (8 / 20) / (168 / 380))


def test_where_nothing_varies_there_is_no_alpha() -> None:
    """Nobody saw it anywhere: that is no agreement on it."""
    assert alpha(coincidences([(0, 0)] * 50)) is None
    assert alpha(coincidences([])) is None
    assert alpha(coincidences([(1,)])) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_alpha_is_what_counting_all_pairs_of_values_gives(units: list[tuple[bool, bool]]) -> None:
    """Observed: the share of units that differ. Expected: the share of all pairs of two values that differ."""
    values = [value for unit in units for value in unit]
    pairs = list(permutations(values, 2))
    expected = sum(a != b for a, b in pairs) / len(pairs)
    observed = sum(a != b for a, b in units) / len(units)
    found = alpha(coincidences(units))
    assert (found is None) == (expected == 0)
    if found is not None:
        assert found == pytest.approx(1 - observed / expected)


def test_alpha_is_refused_with_its_reason_where_it_would_mean_nothing() -> None:
    """Too few passages, too rare a code, nothing to differ on; and no interval from four documents."""

    def told(*documents: Sequence[tuple[bool, bool]]) -> tuple[bool, str]:
        found = alpha_of("act:state.arrest", "en", documents)
        return found.value is None, found.why

    assert told([(True, True)] * 19) == (True, "few-passages")
    assert told([(True, True)] * 4 + [(False, False)] * 40) == (True, "rare")
    assert told([(True, True)] * 25) == (True, "no-variation")
    assert told(*[[(True, True)] * 3 + [(False, False)] * 5] * 4) == (False, "few-documents")


def test_the_interval_holds_whole_documents_together() -> None:
    """Ten documents of which two are coded quite differently: the interval reaches far below the estimate."""
    good = [(True, True)] * 4 + [(False, False)] * 16
    bad = [(True, False)] * 4 + [(False, False)] * 16
    found = alpha_of("place", "ko", [good] * 8 + [bad] * 2)
    assert found.value is not None and found.low is not None and found.high is not None
    assert found.low < found.value - 0.15
    assert found.value < found.high <= 1
    assert (found.documents, found.passages, found.coded) == (10, 200, 40)
    same = alpha_of("place", "ko", [good] * 10)
    assert (same.value, same.low, same.high) == (1.0, 1.0, 1.0)


def test_spans_are_found_exactly_or_overlapping_each_once_at_most() -> None:
    """One long span of the other takes one of two short ones, not both."""
    found = found_by_both([(0, 5), (10, 14), (20, 30)], [(0, 5), (9, 31)])
    assert (found.first, found.second, found.exact, found.overlapping) == (3, 2, 1, 2)
    assert found.exact_f1 == pytest.approx(2 * 1 / 5)
    assert found.overlap_f1 == pytest.approx(2 * 2 / 5)


def test_spans_that_touch_do_not_overlap_and_nothing_has_no_f1() -> None:
    """Half-open bounds."""
    assert found_by_both([(0, 5)], [(5, 9)]).overlapping == 0
    assert found_by_both([], []).exact_f1 is None


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda s: (s[0], s[0] + s[1])), max_size=6)


@given(SPANS, SPANS)
def test_who_is_called_first_does_not_matter(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """And exact matches are matches; no more than the fewer has."""
    there, back = found_by_both(one, other), found_by_both(other, one)
    assert (there.exact, there.exact_f1) == (back.exact, back.exact_f1)
    assert there.exact <= there.overlapping <= min(len(one), len(other))
