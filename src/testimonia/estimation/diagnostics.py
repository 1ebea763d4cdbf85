"""Do several chains of a random walk tell the same story? Figures of arviz-stats, and one rule for all methods.

A chain that has not met the others says nothing about what it has not seen. So the figures need chains that began
far apart; they can prove that chains disagree, never that all of a distribution was visited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from arviz_stats.base.array import BaseArray
from numpy.typing import NDArray

__all__ = ["ESS_NEEDED", "RHAT_ALLOWED", "Convergence", "converge"]

_STATS: Any = BaseArray()  # its methods carry no types
RHAT_ALLOWED = 1.01
ESS_NEEDED = 400.0


@dataclass(frozen=True, slots=True)
class Convergence:
    """Agreement of chains on one quantity; None where chains stand still or hold too few draws to tell.

    `rhat` is the rank-normalised split R-hat, `ess_bulk` and `ess_tail` the effective sample sizes of the middle and
    of the two ends of the interval (Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021, Bayesian Analysis 16).
    """

    rhat: float | None
    ess_bulk: float | None
    ess_tail: float | None

    def reached(self, rhat: float = RHAT_ALLOWED, ess: float = ESS_NEEDED) -> bool:
        """R-hat below its limit, and both effective sample sizes at least at theirs."""
        if self.rhat is None or self.ess_bulk is None or self.ess_tail is None:
            return False
        return self.rhat < rhat and min(self.ess_bulk, self.ess_tail) >= ess


def converge(draws: NDArray[np.float64], level: float = 0.95) -> Convergence:
    """The agreement of chains: `draws` has shape (chains, draws); the tails are those of an interval at `level`.

    Middle and tail sizes use ranks, so any rising function of the draws gives the same. Chains that all stand still
    at one value, and chains of fewer than four draws, give None.
    """
    if draws.shape[1] < 4 or not np.isfinite(draws).all() or np.ptp(draws) == 0:
        return Convergence(None, None, None)
    ends = ((1 - level) / 2, (1 + level) / 2)
    with np.errstate(all="ignore"):
        return Convergence(
            _plain(_STATS.rhat(draws)),
            _plain(_STATS.ess(draws, method="bulk")),
            _plain(_STATS.ess(draws, method="tail", prob=ends)),
        )


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
