"""Where the posterior is evaluated: unseen counts with their share of the sum, and the prior on the total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from testimonia.errors import BadTable

__all__ = ["RATIO", "Grid", "Points", "Prior", "as_grid", "geometric_grid", "log_prior"]

RATIO = 1.002  # step of the unseen count, once the integers lie closer than this
Prior = Literal["reciprocal", "uniform"] | Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Grid:
    """Unseen counts, rising, and how many integers each stands for (`widths`).

    `atoms`: the points are all the values that the unseen count may take, so quantiles are points of the grid;
    otherwise the points stand for the integers around them, and quantiles are interpolated between.
    """

    unseen: NDArray[np.float64]
    widths: NDArray[np.float64]
    atoms: bool = False


Points = Grid | Sequence[float] | NDArray[Any]


def geometric_grid(observed: int, multiple: float = 1_000.0) -> Grid:
    """Every integer to 500, then steps of 0.2 % or less, to `multiple` times the people observed.

    The widths are those of the trapezoid rule summed over integers, exact for what is linear between two points.
    The spread of the unseen count is never below its square root, so steps shrink where counts are in millions.
    """
    top = max(float(observed), 100.0) * multiple
    step = min(RATIO - 1.0, 0.5 / float(np.sqrt(max(observed, 1))))
    bend = np.ceil(1.0 / step)
    tail = bend * (1.0 + step) ** np.arange(1, max(2, int(np.ceil(np.log(top / bend) / np.log1p(step))) + 1))
    unseen = np.unique(np.round(np.concatenate([np.arange(bend + 1.0), tail])))
    gaps = np.diff(unseen)
    widths = np.concatenate([[gaps[0] + 1.0], gaps[:-1] + gaps[1:], [gaps[-1] + 1.0]]) / 2.0
    return Grid(unseen, widths)


def as_grid(unseen: Sequence[float] | NDArray[Any]) -> Grid:
    """The unseen counts of a caller as the only possible ones; raises BadTable unless they rise from zero or more.

    `np.linspace(1, 30 * n, 1000)` is the grid of the published analyses of Binette & Steorts 2022.
    """
    points = np.asarray(unseen, dtype=np.float64)
    if points.ndim != 1 or not len(points) or not np.isfinite(points).all():
        raise BadTable("The grid of unseen counts must be a row of finite numbers; give at least one.")
    if points[0] < 0 or (np.diff(points) <= 0).any():
        raise BadTable("The grid of unseen counts must rise and begin at zero or more; sort it and drop repeats.")
    return Grid(points, np.ones(len(points)), atoms=True)


def log_prior(prior: Prior, totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the prior, up to a constant, at these totals; minus infinity where it excludes a total."""
    if callable(prior):
        return np.asarray(prior(totals), dtype=np.float64)
    if prior == "reciprocal":
        return np.asarray(-np.log(totals))
    if prior == "uniform":
        return np.zeros(len(totals))
    raise BadTable(f"The prior {prior!r} is not known; use 'reciprocal', 'uniform' or a function of the total.")
