"""The hidden cell under an assumption that can be moved: the total and its interval at each value.

Moving an untestable assumption multiplies the number of the people whom no list recorded and leaves the fit to the
people who were recorded as it is. So an answer is a function of one number, the logarithm of that factor, the shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log1p, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.intervals import quantile

__all__ = ["Answer", "Fitted", "Scaled", "from_replicates"]


class Answer(Protocol):
    """Totals as functions of the shift, the logarithm of the factor on the hidden cell; all three rise with it."""

    @property
    def n(self) -> float:
        """People recorded: no total is less."""

    def total(self, shift: float) -> float:
        """The point estimate."""

    def lower(self, shift: float) -> float:
        """The lower end of its interval."""

    def upper(self, shift: float) -> float:
        """The upper end of its interval; infinity where nothing bounds it."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A hidden cell estimated on the log scale, beside `counted` people who are certainly outside of it.

    `log_mean` is the logarithm of the cell's expectation at shift nil, `variance` that of its estimate. The interval
    is that of a lognormal with mean parameter `log_mean + shift` and variance `variance + log(1 + 1/h)`, h the
    expectation: the estimate is about normal on the log scale, and the people in the cell vary about h as Poisson
    counts do (Cormack & Jupp 1991, Biometrika 78, on the variance; with two lists and large h it is the transformed
    logit interval of Sadinle 2009, Communications in Statistics 38). It never falls below `counted`.
    """

    n: float
    counted: float
    log_mean: float
    variance: float
    level: float = 0.95

    def total(self, shift: float) -> float:
        """The people counted and the expectation of the hidden cell."""
        return self.counted + exp(self.log_mean + shift)

    def lower(self, shift: float) -> float:
        """The lower end of the interval."""
        return self.counted + exp(self.log_mean + shift - self._margin(shift))

    def upper(self, shift: float) -> float:
        """The upper end of the interval."""
        return self.counted + exp(self.log_mean + shift + self._margin(shift))

    def _margin(self, shift: float) -> float:
        return quantile(self.level) * sqrt(self.variance + log1p(exp(-self.log_mean - shift)))


@dataclass(frozen=True, slots=True)
class Scaled:
    """An answer of any method whose hidden part alone is multiplied.

    Valid for methods whose every replicate or draw rests on the same assumption: quantiles of the hidden part are
    carried along by a factor.
    """

    n: float
    point: float
    low: float
    high: float

    def total(self, shift: float) -> float:
        """The point estimate."""
        return self._moved(self.point, shift)

    def lower(self, shift: float) -> float:
        """The lower end of the interval."""
        return self._moved(self.low, shift)

    def upper(self, shift: float) -> float:
        """The upper end of the interval."""
        return self._moved(self.high, shift)

    def _moved(self, end: float, shift: float) -> float:
        return self.n + (end - self.n) * exp(shift)


def from_replicates(n: float, point: float, replicates: NDArray[np.float64], level: float) -> Scaled:
    """The percentile interval of bootstrap totals about a point; replicates without a finite total count as infinite.

    A quantile is one of the replicates, so that replicates at infinity never come into an average.
    """
    ends = np.where(np.isfinite(replicates), replicates, inf)
    tail = round((1.0 - level) / 2, 12)
    low, high = np.quantile(ends, [tail, 1.0 - tail], method="inverted_cdf")
    return Scaled(n, point, float(low), float(high))
