"""The logarithmic frame of a picture: where its axis begins and ends, its ticks, and what lies beyond."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from testimonia.release.hidden.view import Answer

__all__ = ["Frame", "frame", "ticks"]

FAR = 25.0  # an interval that ends beyond so many times the middle total runs off the plot, with an arrow


@dataclass(frozen=True, slots=True)
class Frame:
    """An axis from `low` to `high` with its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def holds(self, value: float | None) -> bool:
        """Whether a value lies on the axis."""
        return value is not None and self.low <= value <= self.high

    def end(self, value: float) -> float:
        """The value, or the end of the axis before it."""
        return min(max(value, self.low), self.high)


def frame(answers: Iterable[Answer], also: Sequence[float | None] = ()) -> Frame:
    """The axis that holds these answers and the values in `also`; ends that lie very far off are left outside."""
    told = [a for a in answers if a.total is not None]
    marks = [float(value) for value in also if value]
    totals = [a.total for a in told if a.total is not None] or marks or [1.0]
    most = FAR * median(totals)
    ends = [end for a in told for end in (a.lower, a.total, a.upper) if end is not None and end > 0]
    high = max([*(min(end, most) for end in ends), *marks], default=2.0)
    low = min([*(end for end in ends if end <= high), *marks], default=1.0)
    low, high = low * 0.94, max(high * 1.08, low * 1.2)
    return Frame(low, high, ticks(low, high))


def ticks(low: float, high: float, most: int = 7) -> tuple[float, ...]:
    """Round numbers between two ends of a logarithmic axis: 1, 2, 5 times powers of ten, or even steps."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        found = tuple(s * 10.0**p for p in powers for s in steps if low <= s * 10.0**p <= high)
        if len(found) <= most:
            break
    return found if len(found) >= 3 else _even(low, high)


def _even(low: float, high: float) -> tuple[float, ...]:
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * s for s in (1, 2, 5, 10) if unit * s >= rough)
    first = math.ceil(low / step)
    return tuple(step * at for at in range(first, math.floor(high / step) + 1))
