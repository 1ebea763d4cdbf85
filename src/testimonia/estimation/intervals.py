"""Intervals in closed form, shared by the simple methods."""

from __future__ import annotations

import math
from statistics import NormalDist

__all__ = ["corrected", "lognormal", "quantile"]


def quantile(level: float) -> float:
    """The standard normal quantile of a two-sided interval: 1.96 at level 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def lognormal(seen: float, total: float, variance: float, level: float) -> tuple[float, float]:
    """The interval of a total whose unseen part is taken as lognormal, so that it never falls below those seen.

    Chao 1987, Biometrics 43:783-791, section 3: seen + T/C and seen + T*C, where T = total - seen and
    C = exp(z sqrt(log(1 + variance / T^2))).
    """
    unseen = total - seen
    if unseen <= 0:
        return seen, seen
    factor = math.exp(quantile(level) * math.sqrt(math.log1p(variance / unseen**2)))
    return seen + unseen / factor, seen + unseen * factor


def corrected(below: float, tail: float) -> tuple[float, float]:
    """The shares of bootstrap replicates at which bias-corrected limits are read off (Efron 1987, section 3).

    `below` is the share of replicates below the estimate, `tail` what is left out at either end. No more is corrected
    than a bias of one standard deviation: where more replicates lie on one side, their share says little.
    """
    if tail <= 0.0:
        return 0.0, 1.0
    normal = NormalDist()
    bias, reach = normal.inv_cdf(min(max(below, 0.16), 0.84)), normal.inv_cdf(tail)
    return normal.cdf(2.0 * bias + reach), normal.cdf(2.0 * bias - reach)
