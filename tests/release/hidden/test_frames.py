"""The logarithmic axis: it holds the answers, leaves out what lies absurdly far, and has round ticks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.release.hidden.frames import frame, ticks
from testimonia.release.hidden.view import Answer


def answer(total: float, lower: float | None = None, upper: float | None = None) -> Answer:
    return Answer(total=total, lower=lower, upper=upper)


def test_an_interval_that_runs_far_off_is_cut_and_the_others_keep_their_room() -> None:
    """25 times the middle total of 1,000 is 25,000: an end of 10^9 lies outside of the axis."""
    within = frame([answer(1000.0, 500.0, 2000.0), answer(900.0), answer(1100.0, 600.0, 1e9)])
    assert within.high == pytest.approx(25000 * 1.08)
    assert not within.holds(1e9)
    assert within.end(1e9) == within.high
    assert within.holds(500.0)


def test_without_any_answer_the_axis_holds_what_is_known() -> None:
    within = frame([Answer()], [96.0])
    assert within.holds(96.0)
    assert within.low < within.high


@given(st.lists(st.tuples(st.floats(1, 1e7), st.floats(1, 3), st.floats(1, 3)), min_size=1, max_size=8))
def test_an_axis_is_never_empty_and_holds_the_middle_total(rows: list[tuple[float, float, float]]) -> None:
    answers = [answer(t, t / low, t * high) for t, low, high in rows]
    within = frame(answers)
    assert 0 < within.low < within.high
    middle = sorted(t for t, _, _ in rows)[len(rows) // 2]
    assert within.holds(middle)
    assert within.ticks
    assert all(within.low <= tick <= within.high for tick in within.ticks)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (2579.0, 60000.0, (5000.0, 10000.0, 20000.0, 50000.0)),
        (116.0, 470.0, (200.0, 300.0, 400.0)),
        (5200.0, 56000.0, (10000.0, 20000.0, 50000.0)),
        (90.0, 110000.0, (100.0, 300.0, 1000.0, 3000.0, 10000.0, 30000.0, 100000.0)),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert ticks(low, high) == expected
