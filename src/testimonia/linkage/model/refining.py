"""Expectation and maximisation over all candidate pairs, with parameters for each pair of lists.

Splink's estimate has one m for all pairs of lists. A list kept by ear and one kept from papers differ in how often
two records of one person agree, so m and the share of matches are estimated for each pair of lists here, shrunk
towards what holds for all. u comes from random pairs and stays as it is.

Assumption: given that two records are of the same person, or not, the comparisons are independent within a pair of
lists, but for what `extra` carries. Where it fails the probabilities are too near 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fit", "level_shares", "log_odds", "refine", "weigh"]

Floats = NDArray[np.float64]

SHRINK = 30.0  # matches that the pooled m is worth in each pair of lists
SHRINK_PRIOR = 5.0  # matches that the pooled share is worth in each pair of lists
HOPELESS = -14.0  # log odds under which a pair no longer takes part in the estimation
FLOOR = 0.5  # of a match, in each level


@dataclass(frozen=True, eq=False)
class Fit:
    """Parameters of a model of pairs: G groups (pairs of lists), C comparisons with L_c levels each.

    `prior`: float64[G], share of matches among all pairs of the group. `m`, `u`: for each comparison float64[G, L_c].
    `iterations`: how many were made; `settled`: whether the change fell under the limit.
    """

    prior: Floats
    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    iterations: int = 0
    settled: bool = False


def level_shares(
    levels: NDArray[np.int8],
    groups: NDArray[np.intp],
    sizes: tuple[int, ...],
    count: int,
    *,
    strength: float,
    weights: Floats | None = None,
    floor: float = FLOOR,
) -> tuple[Floats, ...]:
    """Share of each level in each group, shrunk towards the share over all groups.

    `strength`: how many pairs the pooled share is worth in a group. `floor`: pairs added to each level over all, so
    that no level is impossible.
    """
    shares = []
    for c, size in enumerate(sizes):
        known = levels[:, c] >= 0
        cells = groups[known] * size + levels[known, c]
        weight = None if weights is None else weights[known]
        table = np.bincount(cells, weights=weight, minlength=count * size).reshape(count, size).astype(float)
        pooled = table.sum(axis=0) + floor
        pooled /= pooled.sum()
        shares.append((table + strength * pooled) / (table.sum(axis=1, keepdims=True) + strength))
    return tuple(shares)


def weigh(fit: Fit, levels: NDArray[np.int8], groups: NDArray[np.intp]) -> Floats:
    """The sum over the comparisons of log(m / u): the logarithm of each pair's Bayes factor."""
    total = np.zeros(len(groups))
    for c in range(levels.shape[1]):
        ratio = np.log(fit.m[c]) - np.log(fit.u[c])
        padded = np.hstack([ratio, np.zeros((len(ratio), 1))])  # the last column is level -1
        total += padded[groups, levels[:, c]]
    return total


def refine(
    start: Fit,
    levels: NDArray[np.int8],
    groups: NDArray[np.intp],
    pairs: Floats,
    extra: Floats,
    *,
    known: Floats | None = None,
    most: int = 200,
    limit: float = 1e-4,
) -> tuple[Fit, Floats]:
    """The fit after expectation and maximisation, and the log odds of each candidate pair.

    `pairs`: float64[G], how many pairs of records there are in each group, compared or not. `known`: probability of
    each pair as far as reviewed, NaN elsewhere.
    """
    fit, active = start, np.arange(len(groups))
    for round_ in range(1, most + 1):
        odds = log_odds(fit, levels[active], groups[active], extra[active])
        weights = 1.0 / (1.0 + np.exp(-odds))
        if known is not None:
            weights = np.where(np.isnan(known[active]), weights, known[active])
        new = _maximised(fit, levels[active], groups[active], pairs, weights)
        change = float(np.max(np.abs(new.prior - fit.prior) / fit.prior))
        fit = replace(new, iterations=round_, settled=change < limit)
        if fit.settled:
            break
        if round_ == 3:
            active = np.flatnonzero((odds > HOPELESS) if known is None else (odds > HOPELESS) | ~np.isnan(known))
    return fit, log_odds(fit, levels, groups, extra)


def log_odds(fit: Fit, levels: NDArray[np.int8], groups: NDArray[np.intp], extra: Floats) -> Floats:
    """The log odds of each pair being a match."""
    return np.log(fit.prior / (1 - fit.prior))[groups] + weigh(fit, levels, groups) + extra


def _maximised(fit: Fit, levels: NDArray[np.int8], groups: NDArray[np.intp], pairs: Floats, weights: Floats) -> Fit:
    found = np.bincount(groups, weights=weights, minlength=len(pairs))
    pooled = (found.sum() + 0.5) / pairs.sum()
    prior = (found + SHRINK_PRIOR) / (pairs + SHRINK_PRIOR / pooled)
    sizes = tuple(m.shape[1] for m in fit.m)
    m = level_shares(levels, groups, sizes, len(pairs), strength=SHRINK, weights=weights)
    return replace(fit, prior=prior, m=m)
