"""From a table of prepared records to compared pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker

from testimonia.linkage.compared import Compared, Sampled
from testimonia.linkage.model.cases import case_design, prepare_cases
from testimonia.linkage.model.chance import Chance, counted
from testimonia.linkage.model.database import Scorer, in_memory
from testimonia.linkage.model.groups import Groups, groups_of
from testimonia.linkage.model.levels import Design
from testimonia.linkage.model.rarity import rarity
from testimonia.linkage.model.refining import Fit, Told, log_odds, refine
from testimonia.linkage.model.rules import Rule, rule_masks, within_bounds
from testimonia.linkage.model.settings import settings_of
from testimonia.linkage.model.training import first_m, quiet, set_u
from testimonia.linkage.model.vectors import Pairs, blocked_pairs, compare_pairs
from testimonia.linkage.names import evidence

__all__ = ["compare_lists", "compare_with"]

LEAST_PROBABILITY = 1e-4
RANDOM_PAIRS = 600_000
LEAST_TOLD = 0.02  # share of the pairs that are told of enough, under which all count

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class _Material:
    """What Splink gave: candidate pairs, pairs taken at random, and m from each start that found pairs."""

    rules: tuple[Rule, ...]
    candidates: Pairs
    random: Pairs
    starts: tuple[tuple[Floats, ...], ...]


def compare_lists(table: pa.Table, *, seed: int = 1) -> Compared:
    """Candidate pairs of prepared records, inside lists and across them, with probabilities of being one person.

    `table`: one row a record, in the columns of `values.prepare`. `seed`: of the random pairs.
    """
    return compare_with(case_design(), {"name_evidence": _evidence}, prepare_cases(table), seed=seed)


def _evidence(left: pa.Array, right: pa.Array) -> pa.Array:
    return pa.array(evidence(_whole(left), _whole(right)), type=pa.float32())


def _whole(column: pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def compare_with(design: Design, functions: dict[str, Scorer], table: pa.Table, *, seed: int) -> Compared:
    """As `compare_lists`, for a table of any design, with the functions that its conditions call by name."""
    groups = groups_of(table.column("source_dataset"))
    material = _material(design, functions, table, seed)
    return _scored(table, design, groups, material)


def _material(design: Design, functions: dict[str, Scorer], table: pa.Table, seed: int) -> _Material:
    rules = within_bounds(table, design.rules)
    with quiet(), in_memory(functions) as api:
        settings = settings_of(design.comparisons, rules)
        linker = Linker(api.register(table), settings, log_level=None, validate_settings=False)
        candidates = blocked_pairs(linker, design.measures)
        left, right = _random_pairs(table.num_rows, np.random.default_rng(seed))
        random = compare_pairs(linker, left, right, design.measures)
        set_u(linker, tuple(_shares(random.levels[:, c], size) for c, size in enumerate(design.sizes)))
        starts = (first_m(linker, table, candidates, columns) for columns in design.starts)
        return _Material(rules, candidates, random, tuple(m for m in starts if m is not None))


def _shares(levels: NDArray[np.int8], size: int) -> Floats:
    counts = counted(levels, np.zeros(len(levels), dtype=np.intp), size, 1)[0] + 0.5
    share: Floats = counts / counts.sum()
    return share


def _random_pairs(records: int, rng: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of two different records, every pair as likely as any other."""
    one = rng.integers(0, records, RANDOM_PAIRS)
    other = rng.integers(0, records - 1, RANDOM_PAIRS)
    other += other >= one
    return np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32)


def _scored(table: pa.Table, design: Design, groups: Groups, material: _Material) -> Compared:
    candidates, random = material.candidates, material.random
    pairs, of = groups.pairs(), groups.of(candidates.left, candidates.right)
    found = rule_masks(table, material.rules, random.left, random.right)
    chance = Chance(
        random.levels,
        groups.of(random.left, random.right),
        found > 0,
        candidates.levels,
        of,
        pairs,
        design.sizes,
        design.tied,
    )
    shared = rarity(table, design.comparisons, candidates)
    told = _told(design, candidates.levels, random.levels, groups.of(random.left, random.right), pairs)
    fits = [
        refine(start, chance, candidates.levels, of, told, shared)
        for start in _starts(material, chance, pairs, table.num_rows)
    ]
    fit = fits[0]
    odds = log_odds(fit, candidates.levels, of, shared)
    probability = 1 / (1 + np.exp(-odds))
    keep = probability > LEAST_PROBABILITY
    pooled = _pooled(fit, pairs)
    base = log_odds(pooled, candidates.levels[keep], np.zeros(int(keep.sum()), dtype=np.intp), np.zeros(1))
    return Compared(
        record_ids=tuple(table.column("record_id").to_pylist()),
        lists=groups.lists,
        list_of=groups.list_of,
        left=candidates.left[keep],
        right=candidates.right[keep],
        levels=candidates.levels[keep],
        comparisons=tuple(comparison.name for comparison in design.comparisons),
        m=tuple(m[0] for m in pooled.m),
        u=tuple(u[0] for u in pooled.u),
        prior=float(pooled.prior[0]),
        extra=odds[keep] - base,
        probability=probability[keep],
        rules=rule_masks(table, material.rules, candidates.left[keep], candidates.right[keep]),
        rule_names=tuple(rule.meaning for rule in material.rules),
        sampled=Sampled(random.left, random.right, random.levels, _shared(table, design, fit, random), found),
        rarity=(shared + sum((tie.weigh(candidates.levels) for tie in fit.ties), np.zeros(1)))[keep],
    )


def _shared(table: pa.Table, design: Design, fit: Fit, pairs: Pairs) -> Floats:
    """What goes by the pair alone: rarity of what is shared, and ties between comparisons."""
    total = rarity(table, design.comparisons, pairs)
    for tie in fit.ties:
        total += tie.weigh(pairs.levels)
    return total


def _told(design: Design, candidates: Levels, random: Levels, groups: NDArray[np.intp], pairs: Floats) -> Told:
    """The pairs told of enough, or all candidates where too few are."""
    rows = design.told(candidates)
    drawn = np.maximum(np.bincount(groups, minlength=len(pairs)), 1)
    share = np.bincount(groups, weights=design.told(random), minlength=len(pairs)) / drawn
    if (share * pairs).sum() < LEAST_TOLD * pairs.sum():
        return Told(np.ones_like(rows), pairs)
    return Told(rows, np.maximum(share * pairs, 1.0))


def _starts(material: _Material, chance: Chance, pairs: Floats, records: int) -> Iterator[Fit]:
    """What estimation starts from: m of each of Splink's starts for all pairs of lists, a tenth of a match a record."""
    none = np.zeros(0)
    u = chance.shares(material.candidates.levels[:0], np.zeros(0, dtype=np.intp), none)
    prior = np.full(len(pairs), 0.1 * records / pairs.sum())
    for m in material.starts:
        yield Fit(prior, tuple(np.repeat(share[None, :], len(pairs), axis=0) for share in m), u)


def _pooled(fit: Fit, pairs: Floats) -> Fit:
    """One set of parameters for all pairs of lists: m weighted by matches, u by pairs."""
    matches = fit.prior * pairs
    return Fit(
        np.array([matches.sum() / pairs.sum()]),
        tuple(np.average(m, axis=0, weights=matches)[None, :] for m in fit.m),
        tuple(np.average(u, axis=0, weights=pairs)[None, :] for u in fit.u),
    )
