"""Estimations that come to different ends are refused."""

from __future__ import annotations

import pytest

from testimonia.errors import StartsDisagree
from testimonia.linkage.model.agreeing import chosen


def test_the_start_in_the_middle_is_reported() -> None:
    """Of 100, 104 and 98 the median is the first."""
    assert chosen([100.0, 104.0, 98.0], [True] * 3) == 0


def test_starts_apart_by_more_than_their_share_are_refused_with_the_numbers() -> None:
    """100 and 130 lie 30 apart, more than 15 in a hundred; both are named."""
    with pytest.raises(StartsDisagree, match=r"expects 100, 130 matching pairs"):
        chosen([100.0, 130.0], [True, True])


def test_a_handful_of_matches_may_always_differ() -> None:
    """Two and six matches differ by less than anybody can estimate."""
    assert chosen([2.0, 6.0], [True, True]) in (0, 1)


def test_an_estimation_that_did_not_come_to_rest_is_refused() -> None:
    """Equal numbers do not help where the search was cut off."""
    with pytest.raises(StartsDisagree, match="did not come to rest"):
        chosen([100.0, 100.0], [True, False])
