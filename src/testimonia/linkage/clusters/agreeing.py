"""Whether chains from different starts agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

__all__ = ["LIMIT", "disagreement", "split_rhat"]

LIMIT = 1.2
SMALL, SHARE = 3.0, 0.003  # persons, and of the number: chains whose means differ by less agree, whatever R-hat says


def split_rhat(chains: NDArray[np.float64]) -> float:
    """Split R-hat of draws, shape (chains, draws): the spread of all halves over that within them; 1 is agreement.

    Gelman et al. 2013, Bayesian Data Analysis, section 11.4. 1 where nothing varies.
    """
    half = chains.shape[1] // 2
    if half < 2:
        return 1.0
    parts = np.concatenate([chains[:, :half], chains[:, half : 2 * half]])
    within = float(parts.var(axis=1, ddof=1).mean())
    between = float(parts.mean(axis=1).var(ddof=1))
    if between <= 1e-12:
        return 1.0
    return float(np.sqrt((half - 1) / half + between / within)) if within > 0 else float("inf")


def disagreement(counts: NDArray[np.int64], lists: Sequence[str]) -> Mapping[str, float]:
    """R-hat of the persons, and of those on each two lists, over chains: `counts` int64[chains, draws, 2**K].

    Quantities whose halves of chains have means within a few persons of each other agree and count as 1.
    """
    cells = np.arange(counts.shape[-1])
    what = {"the number of persons": np.ones(len(cells), dtype=bool)}
    for one, two in combinations(range(len(lists)), 2):
        what[f"the people on both {lists[one]} and {lists[two]}"] = (cells >> one & cells >> two & 1) > 0
    return {name: _apart(counts[..., among].sum(axis=-1).astype(np.float64)) for name, among in what.items()}


def _apart(chains: NDArray[np.float64]) -> float:
    half = max(chains.shape[1] // 2, 1)
    means = np.concatenate([chains[:, :half].mean(axis=1), chains[:, -half:].mean(axis=1)])
    return 1.0 if np.ptp(means) <= SMALL + SHARE * means.mean() else split_rhat(chains)
