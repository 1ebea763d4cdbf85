"""From levels to probabilities: estimation from several starts, and what is handed on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared, Sampled, level_counts, pair_of_lists
from testimonia.linkage.model.agreeing import chosen
from testimonia.linkage.model.chance import Chance
from testimonia.linkage.model.groups import Groups, groups_of
from testimonia.linkage.model.levels import Design
from testimonia.linkage.model.material import Material
from testimonia.linkage.model.rarity import Rarity
from testimonia.linkage.model.refining import Fit, Told, log_odds, refine
from testimonia.linkage.model.rules import rule_masks
from testimonia.linkage.model.vectors import Pairs

__all__ = ["LEAST_PROBABILITY", "nothing", "scored"]

LEAST_PROBABILITY = 1e-4
LEAST_TOLD = 0.02  # share of the pairs that are told of enough, under which all count
MATCHES_A_RECORD = (0.1, 0.03, 0.3)  # where the starts begin
AGREEING = 5.0  # how much likelier each next level is among matches, where no rule gives a start

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]


def scored(table: pa.Table, design: Design, material: Material, known: Floats | None = None) -> Compared:
    """The candidates with their probabilities; those under LEAST_PROBABILITY are left out.

    `known`: what reviewers said of each candidate, NaN where nothing.
    """
    groups = groups_of(table.column("source_dataset"))
    candidates, random, pairs = material.candidates, material.random, groups.pairs()
    of, of_random = groups.of(candidates.left, candidates.right), groups.of(random.left, random.right)
    found = rule_masks(table, material.rules, random.left, random.right)
    chance = Chance(random.levels, of_random, found > 0, candidates.levels, of, pairs, design.sizes, design.tied)
    told = _told(design, candidates.levels, random.levels, of_random, pairs)
    rarity = Rarity(table, design, random)
    shared = rarity.of(candidates)
    fits = [
        refine(start, chance, candidates.levels, of, told, shared, known=known)
        for start in _starts(design, material, chance, pairs, table.num_rows)
    ]
    odds = [log_odds(fit, candidates.levels, of, shared) for fit in fits]
    best = chosen([float(_probability(each).sum()) for each in odds], [fit.settled for fit in fits])
    sampled = Sampled(random.left, random.right, random.levels, _own(rarity, fits[best], random), found)
    return _compared(table, design, material, rarity, fits[best], odds[best], sampled)


def _probability(odds: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-odds))
    return probability


def _compared(
    table: pa.Table, design: Design, material: Material, rarity: Rarity, fit: Fit, odds: Floats, sampled: Sampled
) -> Compared:
    keep = _probability(odds) > LEAST_PROBABILITY
    candidates = material.candidates
    kept = Pairs(candidates.left[keep], candidates.right[keep], candidates.levels[keep])
    groups = groups_of(table.column("source_dataset"))
    pooled = _pooled(fit, groups.pairs())
    base = log_odds(pooled, kept.levels, np.zeros(len(kept), dtype=np.intp), np.zeros(1))
    return Compared(
        record_ids=tuple(table.column("record_id").to_pylist()),
        lists=groups.lists,
        list_of=groups.list_of,
        left=kept.left,
        right=kept.right,
        levels=kept.levels,
        comparisons=tuple(comparison.name for comparison in design.comparisons),
        m=tuple(m[0] for m in pooled.m),
        u=tuple(u[0] for u in pooled.u),
        prior=float(pooled.prior[0]),
        extra=odds[keep] - base,
        probability=_probability(odds[keep]),
        rules=rule_masks(table, material.rules, kept.left, kept.right),
        rule_names=tuple(rule.meaning for rule in material.rules),
        sampled=sampled,
        rarity=_own(rarity, fit, kept),
        dropped=_dropped(groups, candidates, ~keep, max(design.sizes)),
    )


def _dropped(groups: Groups, candidates: Pairs, gone: NDArray[np.bool_], width: int) -> Floats:
    """The levels of the candidates that are left out, by pair of lists."""
    kind = pair_of_lists(groups.list_of, candidates.left[gone], candidates.right[gone])
    lists = len(groups.lists)
    return level_counts(candidates.levels[gone], kind, lists * (lists + 1) // 2, width)


def _own(rarity: Rarity, fit: Fit, pairs: Pairs) -> Floats:
    """What goes by the pair alone and not by its lists: rarity of what is shared, and ties between comparisons."""
    total = rarity.of(pairs)
    for tie in fit.ties:
        total += tie.weigh(pairs.levels)
    return total


def _starts(design: Design, material: Material, chance: Chance, pairs: Floats, records: int) -> Iterator[Fit]:
    """m of each of Splink's starts, and one that knows nothing, each with another share of matches."""
    nobody = np.zeros(0, dtype=np.intp)
    u = chance.shares(material.candidates.levels[:0], nobody, np.zeros(0))
    plain = tuple(_rising(size) for size in design.sizes)
    for position, m in enumerate((*material.starts, plain)):
        prior = np.full(len(pairs), MATCHES_A_RECORD[position % 3] * records / pairs.sum())
        yield Fit(np.minimum(prior, 0.5), tuple(np.repeat(share[None, :], len(pairs), axis=0) for share in m), u)


def _rising(size: int) -> Floats:
    share = AGREEING ** np.arange(size, dtype=float)
    rising: Floats = share / share.sum()
    return rising


def _told(design: Design, candidates: Levels, random: Levels, groups: NDArray[np.intp], pairs: Floats) -> Told:
    """The pairs told of enough, or all candidates where too few are."""
    rows = design.told(candidates)
    drawn = np.maximum(np.bincount(groups, minlength=len(pairs)), 1)
    share = np.bincount(groups, weights=design.told(random), minlength=len(pairs)) / drawn
    if (share * pairs).sum() < LEAST_TOLD * pairs.sum():
        return Told(np.ones_like(rows), pairs)
    return Told(rows, np.maximum(share * pairs, 1.0))


def _pooled(fit: Fit, pairs: Floats) -> Fit:
    """One set of parameters for all pairs of lists: m weighted by matches, u by pairs."""
    matches = fit.prior * pairs
    return Fit(
        np.array([matches.sum() / pairs.sum()]),
        tuple(np.average(m, axis=0, weights=matches)[None, :] for m in fit.m),
        tuple(np.average(u, axis=0, weights=pairs)[None, :] for u in fit.u),
    )


def nothing(table: pa.Table, design: Design) -> Compared:
    """No pairs: fewer than two records, or none that share anything."""
    groups = groups_of(table.column("source_dataset"))
    none, count = np.zeros(0), len(design.comparisons)
    even = tuple(np.full(size, 1 / size) for size in design.sizes)
    ids, levels = np.zeros(0, dtype=np.int32), np.zeros((0, count), dtype=np.int8)
    return Compared(
        record_ids=tuple(table.column("record_id").to_pylist()),
        lists=groups.lists,
        list_of=groups.list_of,
        left=ids,
        right=ids,
        levels=levels,
        comparisons=tuple(comparison.name for comparison in design.comparisons),
        m=even,
        u=even,
        prior=0.0,
        extra=none,
        probability=none,
        rules=np.zeros(0, dtype=np.uint32),
        rule_names=tuple(rule.meaning for rule in design.rules),
    )
