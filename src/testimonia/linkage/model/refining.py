"""Expectation and maximisation over all candidate pairs, with parameters for each pair of lists.

Splink's estimate has one m for all pairs of lists. A list kept by ear and one kept from papers differ in how often
two records of one person agree, so m and the share of matches are estimated for each pair of lists here, shrunk
towards what holds for all. Chance agreement (u) is estimated beside them, see `chance`.

Assumption: given that two records are of the same person, or not, the comparisons are independent within a pair of
lists, but for the ties of `chance` and for what `extra` carries. Where it fails (relatives who cross together share
surname, origin and date; a copied record repeats its errors) the probabilities are too near 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.compiled import njit
from testimonia.linkage.model.chance import Chance, Tie, counted

__all__ = ["Fit", "Told", "log_odds", "refine", "weigh"]

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Groups = NDArray[np.intp]

SHRINK = 100.0  # matches that the pooled m is worth in each pair of lists
SHRINK_PRIOR = 5.0  # matches that the pooled share is worth in each pair of lists
HOPELESS = -14.0  # log odds under which a pair no longer takes part in the estimation
FLOOR = 0.5  # of a match, in each level


@dataclass(frozen=True, eq=False)
class Fit:
    """Parameters of a model of pairs: G groups (pairs of lists), C comparisons with L_c levels each.

    `prior`: float64[G], share of matches among all pairs of the group. `m`, `u`: for each comparison float64[G, L_c].
    `ties`: which comparisons depend on another by chance. `iterations`: how many were made; `settled`: whether the
    change fell under the limit.
    """

    prior: Floats
    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    ties: tuple[Tie, ...] = ()
    iterations: int = 0
    settled: bool = False


@dataclass(frozen=True, eq=False)
class Told:
    """The pairs of which enough is said for the rules to find them if they match: the share of matches is theirs.

    `rows`: bool[P], which candidates they are. `pairs`: float64[G], how many there are in each group, found or not.
    Assumption: whether something is said does not depend on whether two records match. Where all candidates were
    taken instead, matches of which little is said, which the rules do not find, would count as none: the share of
    matches came out two fifths too low on lists with a third of the values missing.
    """

    rows: NDArray[np.bool_]
    pairs: Floats


def weigh(fit: Fit, levels: Levels, groups: Groups) -> Floats:
    """The sum over the comparisons of log(m / u): the logarithm of each pair's Bayes factor."""
    total = np.zeros(len(groups))
    for c in range(levels.shape[1]):
        _add_ratio(total, np.log(fit.m[c]) - np.log(fit.u[c]), groups, levels[:, c])
    for tie in fit.ties:
        total += tie.weigh(levels)
    return total


@njit
def _add_ratio(total: Floats, ratio: Floats, groups: Groups, levels: Levels) -> None:
    """Add what the level of each pair says, nothing where it is missing."""
    for pair in range(len(total)):
        if levels[pair] >= 0:
            total[pair] += ratio[groups[pair], levels[pair]]


def log_odds(fit: Fit, levels: Levels, groups: Groups, extra: Floats) -> Floats:
    """The log odds of each pair being a match."""
    odds: Floats = np.log(fit.prior / (1 - fit.prior))[groups] + weigh(fit, levels, groups) + extra
    return odds


def refine(
    start: Fit,
    chance: Chance,
    levels: Levels,
    groups: Groups,
    told: Told,
    extra: Floats,
    *,
    known: Floats | None = None,
    most: int = 200,
    limit: float = 1e-4,
) -> Fit:
    """The fit after expectation and maximisation over the candidates.

    `known`: probability of each pair as far as reviewed, NaN elsewhere.
    """
    fit, active = start, np.arange(len(groups))
    for round_ in range(1, most + 1):
        now, of = levels[active], groups[active]
        odds = log_odds(fit, now, of, extra[active])
        weights = _weights(odds, None if known is None else known[active])
        new = _maximised(fit, chance, now, of, Told(told.rows[active], told.pairs), weights)
        change = float(np.max(np.abs(new.prior - fit.prior) / fit.prior))
        fit = replace(new, iterations=round_, settled=change < limit)
        if fit.settled:
            break
        if round_ == 3:
            active = np.flatnonzero((odds > HOPELESS) if known is None else (odds > HOPELESS) | ~np.isnan(known))
    return fit


def _weights(odds: Floats, known: Floats | None) -> Floats:
    """Probability of each pair being a match: the model's, or the reviewer's."""
    weights = 1.0 / (1.0 + np.exp(-odds))
    return weights if known is None else np.where(np.isnan(known), weights, known)


def _maximised(fit: Fit, chance: Chance, levels: Levels, groups: Groups, told: Told, weights: Floats) -> Fit:
    found = np.bincount(groups, weights=weights * told.rows, minlength=len(told.pairs))
    pooled = (found.sum() + FLOOR) / told.pairs.sum()
    return replace(
        fit,
        prior=(found + SHRINK_PRIOR) / (told.pairs + SHRINK_PRIOR / pooled),
        m=tuple(_m(levels[:, c], groups, m.shape, weights) for c, m in enumerate(fit.m)),
        u=chance.shares(levels, groups, weights),
        ties=chance.tied(levels, weights),
    )


def _m(levels: Levels, groups: Groups, shape: tuple[int, ...], weights: Floats) -> Floats:
    """Share of each level among the matches of each group, shrunk towards that over all groups."""
    table = counted(levels, groups, shape[1], shape[0], weights)
    pooled = table.sum(axis=0) + FLOOR
    pooled /= pooled.sum()
    shares: Floats = (table + SHRINK * pooled) / (table.sum(axis=1, keepdims=True) + SHRINK)
    return shares
