"""One method at a time: what is no possible answer is refused."""

from __future__ import annotations

import numpy as np

from testimonia.estimation import OverlapTable
from testimonia.estimation.methods import Settings, answer
from testimonia.estimation.results import REFUSED


def test_more_people_than_are_alive_are_no_answer() -> None:
    """A fit at the edge of what the overlaps determine: 10^11 people, with a tight interval around them."""
    counts = [0, 1, 0, 981, 53749, 0, 0, 3, 179, 3, 552, 0, 2046, 0, 0, 432520]
    found = answer(OverlapTable(tuple("ABCD"), np.array(counts)), "loglinear-aic", Settings())
    assert (found.verdict, found.total, found.upper) == (REFUSED, None, None)
    assert "more people than are alive" in found.reason
