"""Does the posterior of the total have one answer or several?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["modes"]

GRID = 400
LEAST = 0.05  # share of the draws that an answer of its own must hold
VALLEY = 0.7  # the density between two answers falls below this part of the lower peak


def modes(totals: NDArray[np.float64], effective: float) -> list[tuple[float, float]]:
    """Separate answers as (total, share of the draws), rising; a single one where nothing parts them.

    Peaks of a kernel density of log total (Silverman's bandwidth, for `effective` independent draws), parted where
    the density sinks to 70 % of the lower peak or less, and each with at least 5 % of the draws.
    """
    logs = np.log(totals).ravel()
    grid, density = _density(logs, effective)
    if grid.size == 1:
        return [(float(totals.flat[0]), 1.0)]
    cuts = _valleys(density)
    while True:
        edges = np.concatenate([[-np.inf], grid[cuts], [np.inf]])
        shares = np.histogram(logs, edges)[0] / logs.size
        if len(shares) == 1 or shares.min() >= LEAST:
            break
        cuts.pop(min(int(shares.argmin()), len(cuts) - 1))
    parts = np.split(np.arange(grid.size), cuts)
    return [(float(np.exp(grid[p[density[p].argmax()]])), float(s)) for p, s in zip(parts, shares, strict=True)]


def _density(logs: NDArray[np.float64], effective: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kernel density on a grid, from a histogram smoothed by a Gaussian."""
    low, high = np.quantile(logs, [0.001, 0.999])
    spread = min(float(logs.std()), float(np.ptp(np.quantile(logs, [0.25, 0.75]))) / 1.34)
    width = 0.9 * spread * max(effective, 10.0) ** -0.2
    if not width > 0 or not high > low:
        return np.zeros(1), np.ones(1)
    grid = np.linspace(low - 3 * width, high + 3 * width, GRID)
    step = grid[1] - grid[0]
    counts = np.histogram(logs, np.append(grid - step / 2, grid[-1] + step / 2))[0]
    reach = min(GRID // 2 - 1, int(4 * width / step) + 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / width) ** 2)
    return grid, np.convolve(counts, kernel, mode="same")


def _valleys(density: NDArray[np.float64]) -> list[int]:
    """Places of the lowest density between peaks that a valley parts."""
    inner = density[1:-1]
    peaks = list(np.flatnonzero((inner > density[:-2]) & (inner >= density[2:])) + 1)
    while len(peaks) > 1:
        between = [int(a + density[a:b].argmin()) for a, b in pairwise(peaks)]
        lower = [min(density[a], density[b]) for a, b in pairwise(peaks)]
        depths = density[between] / np.array(lower)
        worst = int(depths.argmax())
        if depths[worst] <= VALLEY:
            return between
        peaks.pop(worst if density[peaks[worst]] < density[peaks[worst + 1]] else worst + 1)
    return []
