"""Matches that no blocking rule found: how many links are lost by them, and what that does to an overlap table.

Two estimates stand at the ends. Capture and recapture between two groups of rules that look at different things, such
as names and facts: if a match were found by either group independently, those found by both would be to those found
by one as those found by the other to those found by none. Records with little in them are missed by both, so this is
too low. The other is that of random pairs that no rule finds: the sum of their probabilities by the model, times how
many pairs each stands for. What makes fields agree by chance together makes it too high. A draw takes a value between
the two, or a little above the higher since both take records to be alike, on the scale of logarithms.

A missed pair splits a person only where no other pair holds the two parts together. So recapture is asked twice: of
pairs, and of links. A person of two records is lost as its pair is. Of a person of more, a record is lost if none of
its pairs there is found, so that what is captured by a group of rules is the record. What random pairs say of pairs
is turned into links in the proportion of the two. Assumes that this proportion is the same for pairs that are missed
for whatever makes recapture too low; were they all alone in their person, the links would be as many as the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.clusters.likelihood import pairs_of_lists
from testimonia.linkage.clusters.sweeps import weigh
from testimonia.linkage.compared import Compared, Sampled, pair_of_lists

__all__ = ["Missed", "by_chance", "links_by_recapture", "pairs_by_recapture", "rule_groups", "with_missed"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEW = 2.0  # pairs of all that stand beside those that a rule finds
UNEQUAL = 1.2  # the upper end in terms of the higher estimate: records differ in how much is in them
WIDER = 3.0  # without random pairs, the upper end in terms of the lower
PERSISTS = 0.1  # how much less likely a record is missed by two members of a cluster than by one
MOST = 0.5  # probability of a random pair, at most: what is above is a pair the rules should find


@dataclass(frozen=True)
class Missed:
    """Links lost, as a share of those found: by recapture, and by random pairs (None without)."""

    recapture: float
    chance: float | None

    def draw(self, generator: np.random.Generator) -> float:
        """A value from the lower estimate to a little above the higher, uniform in its logarithm; 0 where both are."""
        low = self.recapture
        high = self.chance if self.chance is not None else WIDER * low
        if max(low, high) <= 0:
            return 0.0
        ends = np.log(np.maximum([min(low, high), UNEQUAL * max(low, high)], 1e-6))
        return float(np.exp(generator.uniform(*ends)))


def rule_groups(compared: Compared) -> NDArray[np.bool_]:
    """Which rules make the second of two groups that look at different things, such as names and facts: bool[rules].

    What a rule looks at shows in random pairs: in those that it finds, the levels of some comparisons are unlike those
    of all pairs (Kullback-Leibler divergence). Rules that look at like things are joined, until two groups are left.
    Without random pairs, every rule is in the first.
    """
    names, sampled = len(compared.rule_names), compared.sampled
    if sampled is None or names < 2 or not len(sampled.left):
        return np.zeros(names, dtype=bool)
    looks = np.array([_looks_at(sampled, rule) for rule in range(names)])
    length = np.linalg.norm(looks, axis=1, keepdims=True)
    alike = (looks / np.maximum(length, 1e-9)) @ (looks / np.maximum(length, 1e-9)).T
    groups = [[rule] for rule in range(names)]
    while len(groups) > 2:
        pairs = [(one, two) for one in range(len(groups)) for two in range(one)]
        one, two = max(pairs, key=lambda pair: float(alike[np.ix_(groups[pair[0]], groups[pair[1]])].mean()))
        groups[two] += groups.pop(one)
    return np.isin(np.arange(names), min(groups, key=len))


def _looks_at(sampled: Sampled, rule: int) -> list[float]:
    """How far the pairs that a rule finds are from all, in each comparison."""
    found = (sampled.rules >> np.uint32(rule) & np.uint32(1)) > 0
    far = []
    for levels in sampled.levels.T.astype(np.int64):
        width = int(levels.max(initial=0)) + 2
        every = np.bincount(levels + 1, minlength=width) + 0.5
        every = every / every.sum()
        own = np.bincount(levels[found] + 1, minlength=width) + FEW * every
        own = own / own.sum()
        far.append(float((own * np.log(own / every)).sum()))
    return far


def pairs_by_recapture(rules: NDArray[np.uint32], second: Bools) -> float:
    """How many pairs of one person both groups of rules missed, from those that either found."""
    return _recaptured(*_by_group(rules, second))


def links_by_recapture(compared: Compared, clusters: NDArray[np.int32], inside: Bools, second: Bools) -> float:
    """How many links are lost for good, from the found pairs `inside` the clusters of a draw, int32[R].

    Persons of two records by their pairs; the records of persons of more by whether a group of rules finds any of
    their pairs there. That two records of a person are lost together, joined to each other, counts as two.
    """
    left, right = compared.left[inside], compared.right[inside]
    one, two = _by_group(compared.rules[inside], second)
    couple = np.bincount(clusters, minlength=len(clusters))[clusters[left]] == 2
    reached = []
    for found in (one & ~couple, two & ~couple):
        records = np.zeros(len(clusters), dtype=bool)
        records[left[found]] = records[right[found]] = True
        reached.append(records)
    return _recaptured(one[couple], two[couple]) + _recaptured(*reached)


def _by_group(rules: NDArray[np.uint32], second: Bools) -> tuple[Bools, Bools]:
    """Which pairs each of the two groups of rules finds."""
    bits = np.uint32(sum(1 << at for at in np.flatnonzero(second).tolist()))
    return np.asarray((rules & ~bits) > 0), np.asarray((rules & bits) > 0)


def _recaptured(one: Bools, two: Bools) -> float:
    """How many were found by neither (Chapman's form of Petersen's estimate)."""
    return float((one & ~two).sum() * (two & ~one).sum() / ((one & two).sum() + 1.0))


def by_chance(compared: Compared, ratios: Floats, extra: Floats, links: Floats) -> float | None:
    """How many matches there are among pairs that no rule finds, from random pairs; None without any.

    `ratios`: log likelihood ratios of levels by pair of lists; `extra`: float64[Q], what comes to them for each random
    pair. `links`: float64[classes], matches found.
    """
    sampled = compared.sampled
    if sampled is None or not len(sampled.left) or not links.sum():
        return None
    kind = pair_of_lists(compared.list_of, sampled.left, sampled.right)
    unfound = sampled.rules == 0
    pairs = pairs_of_lists(compared)
    score = weigh(sampled.levels[unfound], kind[unfound], ratios, extra[unfound])
    prior = (links + 0.5) / np.maximum(pairs, 1.0)
    odds = prior[kind[unfound]] * np.exp(np.minimum(score, 50.0))
    stands = pairs / np.maximum(np.bincount(kind, minlength=len(pairs)), 1)
    return float((np.minimum(odds / (1.0 + odds), MOST) * stands[kind[unfound]]).sum())


def with_missed(counts: NDArray[np.int64], links: Floats, generator: np.random.Generator) -> NDArray[np.int64]:
    """An overlap table with links added that no rule found: int64[2**K].

    `links`: float64[classes], how many are expected in each pair of lists. Each joins a person of one list and one of
    the other, taken at random among those not on the other list; persons of several lists are less likely, since each
    of their records would have been missed. Assumes that who is missed is on the other lists as others are.
    """
    out = counts.copy()
    cells = np.arange(len(counts))
    members = np.array([cell.bit_count() for cell in cells.tolist()])
    plain = np.where(members > 0, PERSISTS ** np.maximum(members - 1, 0), 0.0)
    high, low = np.tril_indices(len(counts).bit_length() - 1)
    for kind, number in enumerate(generator.poisson(np.maximum(links, 0.0))):
        first, second = 1 << int(low[kind]), 1 << int(high[kind])
        for _ in range(number):
            _join(out, plain, cells, first, second, generator)
    return out


def _join(
    counts: NDArray[np.int64],
    plain: Floats,
    cells: NDArray[np.int64],
    first: int,
    second: int,
    generator: np.random.Generator,
) -> None:
    """Join one person on the first list with one on the second, in place; nothing where there is none."""
    inside = first == second
    one = np.where((cells & first > 0) & (inside | (cells & second == 0)), counts * plain, 0.0)
    if one.sum() <= 0:
        return
    left = int(generator.choice(len(cells), p=one / one.sum()))
    counts[left] -= 1
    apart = (cells & left == 0) | (inside & (cells & left == first))
    two = np.where((cells & second > 0) & apart, counts * plain, 0.0)
    if two.sum() <= 0:
        counts[left] += 1
        return
    right = int(generator.choice(len(cells), p=two / two.sum()))
    counts[right] -= 1
    counts[left | right] += 1
