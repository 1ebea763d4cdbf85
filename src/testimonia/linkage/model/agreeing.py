"""Whether the estimation comes to the same end from wherever it starts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import StartsDisagree

__all__ = ["MOST_APART", "chosen"]

MOST_APART = 0.15  # between the least and the most expected matches, relative to their median
NEGLIGIBLE = 5.0  # matches by which starts may always differ


def chosen(expected: Sequence[float], settled: Sequence[bool]) -> int:
    """Which of several estimations to report: that whose expected number of matches is the median.

    `expected`: the expected number of matches from each start, `settled`: whether it came to rest. Starts disagree
    where some came to rest nowhere, or where the expected numbers lie further apart than MOST_APART of their median
    (and more than NEGLIGIBLE matches): the likelihood then has several tops, and which of them is reported would
    depend on where the search began. Raises StartsDisagree with the numbers.
    """
    found: NDArray[np.float64] = np.asarray(expected, dtype=float)
    middle = int(np.argsort(found)[(len(found) - 1) // 2])
    apart = float(found.max() - found.min())
    if apart > max(MOST_APART * found[middle], NEGLIGIBLE):
        numbers = ", ".join(f"{number:.0f}" for number in sorted(found))
        raise StartsDisagree(
            f"The estimation depends on where it starts: it expects {numbers} matching pairs. The lists say too little "
            "to tell which is right. Review some pairs, add fields that several lists share, or leave out a list of "
            "which little is known."
        )
    if not all(settled):
        raise StartsDisagree(
            "The estimation did not come to rest. Review some pairs, or add fields that several lists share."
        )
    return middle
