"""From a table of prepared records to compared pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import Linker

from testimonia.linkage.compared import Compared, Sampled
from testimonia.linkage.model.cases import CASE_RULES, CASE_STARTS, case_comparisons
from testimonia.linkage.model.database import Scorer, in_memory
from testimonia.linkage.model.levels import Comparison
from testimonia.linkage.model.refining import Fit, level_shares, refine, weigh
from testimonia.linkage.model.rules import Rule, rule_masks
from testimonia.linkage.model.settings import settings_of
from testimonia.linkage.model.training import first_m, quiet, set_u
from testimonia.linkage.model.vectors import Pairs, blocked_pairs, compare_pairs

__all__ = ["compare_lists"]

LEAST_PROBABILITY = 1e-4
RANDOM_PAIRS = 600_000


@dataclass(frozen=True, eq=False)
class Groups:
    """The pairs of lists: `of` a pair of records, and how many pairs of records each holds."""

    list_of: NDArray[np.int16]
    lists: tuple[str, ...]

    def of(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.intp]:
        """The number of the pair of lists that each pair of records is in."""
        one, other = self.list_of[left].astype(np.intp), self.list_of[right].astype(np.intp)
        low, high = np.minimum(one, other), np.maximum(one, other)
        number: NDArray[np.intp] = high * (high + 1) // 2 + low
        return number

    def pairs(self) -> NDArray[np.float64]:
        """Pairs of records in each pair of lists."""
        sizes = np.bincount(self.list_of, minlength=len(self.lists)).astype(float)
        return np.array(
            [
                sizes[low] * sizes[high] if low < high else sizes[low] * (sizes[low] - 1) / 2
                for high in range(len(sizes))
                for low in range(high + 1)
            ]
        )


def compare_lists(table: pa.Table, *, seed: int = 1) -> Compared:
    """Candidate pairs of prepared records, inside lists and across them, with probabilities of being one person.

    `table`: one row a record, in the columns of `values.prepare`. `seed`: of the random pairs.
    """
    return compared_with({"name_score": _names_score}, table, seed=seed)


def _names_score(left: pa.Array, right: pa.Array) -> pa.Array:
    from testimonia.linkage.names import compare_encoded

    return pa.array(compare_encoded(left, right), type=pa.float32())


def compared_with(functions: dict[str, Scorer], table: pa.Table, *, seed: int) -> Compared:
    """As `compare_lists`, with the scores of names that SQL calls given by name."""
    comparisons, rules = case_comparisons(), CASE_RULES
    groups = _groups(table)
    with quiet(), in_memory(functions) as api:
        linker = Linker(api.register(table), settings_of(comparisons, rules, 10), log_level=None)
        candidates = blocked_pairs(linker)
        left, right = _random_pairs(table.num_rows, np.random.default_rng(seed))
        chance = compare_pairs(linker, left, right)
        shares = level_shares(chance.levels, np.zeros(len(chance), dtype=np.intp), _sizes(comparisons), 1, strength=1.0)
        set_u(linker, tuple(share[0] for share in shares))
        starts = [m for columns in CASE_STARTS if (m := first_m(linker, columns)) is not None]
    return _scored(table, comparisons, rules, groups, candidates, chance, starts)


def _sizes(comparisons: tuple[Comparison, ...]) -> tuple[int, ...]:
    return tuple(comparison.size for comparison in comparisons)


def _groups(table: pa.Table) -> Groups:
    encoded = table.column("source_dataset").combine_chunks().dictionary_encode()
    return Groups(encoded.indices.to_numpy().astype(np.int16), tuple(encoded.dictionary.to_pylist()))


def _random_pairs(records: int, rng: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of two different records, every pair as likely as any other."""
    one = rng.integers(0, records, RANDOM_PAIRS)
    other = rng.integers(0, records - 1, RANDOM_PAIRS)
    other += other >= one
    return np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32)


def _scored(
    table: pa.Table,
    comparisons: tuple[Comparison, ...],
    rules: tuple[Rule, ...],
    groups: Groups,
    candidates: Pairs,
    chance: Pairs,
    starts: list[tuple[NDArray[np.float64], ...]],
) -> Compared:
    pairs = groups.pairs()
    of, of_chance = groups.of(candidates.left, candidates.right), groups.of(chance.left, chance.right)
    u = level_shares(chance.levels, of_chance, _sizes(comparisons), len(pairs), strength=200.0)
    prior = np.full(len(pairs), 0.1 * table.num_rows / pairs.sum())
    zeros = np.zeros(len(candidates))
    fits = []
    for m in starts:
        start = Fit(prior, tuple(np.repeat(share[None, :], len(pairs), axis=0) for share in m), u)
        fits.append(refine(start, candidates.levels, of, pairs, zeros))
    fit, odds = fits[0]
    probability = 1 / (1 + np.exp(-odds))
    pooled = Fit(
        np.array([(fit.prior * pairs).sum() / pairs.sum()]),
        tuple(np.average(m, axis=0, weights=fit.prior * pairs)[None, :] for m in fit.m),
        tuple(np.average(m, axis=0, weights=pairs)[None, :] for m in fit.u),
    )
    base = np.log(pooled.prior[0] / (1 - pooled.prior[0])) + weigh(
        pooled, candidates.levels, np.zeros(len(candidates), dtype=np.intp)
    )
    keep = probability > LEAST_PROBABILITY
    masks = rule_masks(table, rules, candidates.left[keep], candidates.right[keep])
    return Compared(
        record_ids=tuple(table.column("record_id").to_pylist()),
        lists=groups.lists,
        list_of=groups.list_of,
        left=candidates.left[keep],
        right=candidates.right[keep],
        levels=candidates.levels[keep],
        comparisons=tuple(comparison.name for comparison in comparisons),
        m=tuple(m[0] for m in pooled.m),
        u=tuple(u[0] for u in pooled.u),
        prior=float(pooled.prior[0]),
        extra=(odds - base)[keep],
        probability=probability[keep],
        rules=masks,
        rule_names=tuple(rule.meaning for rule in rules),
        sampled=Sampled(
            chance.left,
            chance.right,
            chance.levels,
            np.zeros(len(chance)),
            rule_masks(table, rules, chance.left, chance.right),
        ),
    )
