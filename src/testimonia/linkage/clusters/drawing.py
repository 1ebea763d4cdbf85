"""Draws of who is the same as whom: several chains from different starts, which must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from testimonia.linkage.clusters.agreeing import LIMIT, disagreement
from testimonia.linkage.clusters.constraints import Blocks, blocks_of
from testimonia.linkage.clusters.likelihood import chance_of
from testimonia.linkage.clusters.missed import Missed, by_chance, by_recapture, rule_groups, with_missed
from testimonia.linkage.clusters.sampling import Chain, scene_of
from testimonia.linkage.clusters.tables import overlap_counts
from testimonia.linkage.compared import Compared, pair_of_lists

__all__ = ["Draws", "draw"]

CHAINS = 4
SETTLING = 40  # steps of each chain that are not kept
APART = 2  # steps from one draw to the next
STARTS = (2.0, 0.5, 0.9, 0.2)  # probabilities from which pairs start together; nobody reaches 2
LONGER = 3  # times as many steps where the chains do not agree yet


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws from the posterior of the partition, of all chains one after another.

    `clusters`: int32[D, R], for each draw the lowest record of each record's cluster. `counts`: int64[D, 2**K],
    distinct persons by pattern of lists (bit 0 the first list), matches that no rule found included. `missed`:
    float64[D], how many those are, as a share of the links found. `disagreement`: how far the chains are apart, by
    quantity (split R-hat; 1 is none). `refusal`: why the draws must not be used, "" where they may.
    `contradictions`: decisions left out.
    """

    lists: tuple[str, ...]
    clusters: NDArray[np.int32]
    counts: NDArray[np.int64]
    missed: NDArray[np.float64]
    disagreement: Mapping[str, float]
    refusal: str = ""
    contradictions: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many draws."""
        return len(self.clusters)


def draw(compared: Compared, *, must: ArrayLike = (), cannot: ArrayLike = (), draws: int = 200, seed: int = 1) -> Draws:
    """Draw the partition of the records into persons, with everything unknown drawn too.

    `must`, `cannot`: positions of pairs of records, shape (n, 2), that people decided to be one person and to be two:
    they hold in every draw. Assumes that given who is the same, comparisons are independent of one another within
    each pair of lists, but for what the model's `rarity` carries: where they are not, the draws are too sure.
    """
    blocks = blocks_of(compared.record_ids, must, cannot)
    each = -(-draws // CHAINS)
    chains = _chains(compared, blocks, seed)
    runs = [_run(chain, each) for chain in chains]
    found = np.stack([overlap_counts(run, compared.list_of, len(compared.lists)) for run in runs])
    apart = disagreement(found, compared.lists)
    shares, counts = _with_missed(compared, chains, runs, found)
    return Draws(
        compared.lists,
        np.concatenate(runs)[:draws],
        counts[:draws],
        shares[:draws],
        apart,
        _refusal(apart),
        blocks.contradictions,
    )


def _chains(compared: Compared, blocks: Blocks, seed: int) -> list[Chain]:
    scene = scene_of(compared, chance_of(compared), blocks)
    streams = np.random.SeedSequence(seed).spawn(CHAINS)
    return [
        Chain(scene, np.random.default_rng(stream), threshold=start)
        for stream, start in zip(streams, STARTS, strict=True)
    ]


def _run(chain: Chain, draws: int) -> NDArray[np.int32]:
    for _ in range(SETTLING):
        chain.step()
    out = np.empty((draws, len(chain.cluster_of)), dtype=np.int32)
    for at in range(draws):
        for _ in range(APART):
            chain.step()
        out[at] = lowest(chain.cluster_of)
    return out


def lowest(cluster_of: NDArray[np.int32]) -> NDArray[np.int32]:
    """The lowest record of each record's cluster: the same for the same partition, whatever its numbers."""
    first = np.full(int(cluster_of.max()) + 1, len(cluster_of), dtype=np.int32)
    np.minimum.at(first, cluster_of, np.arange(len(cluster_of), dtype=np.int32))
    return np.asarray(first[cluster_of])


def _with_missed(
    compared: Compared, chains: list[Chain], runs: list[NDArray[np.int32]], found: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The share of missed matches of every draw, and its table with them added."""
    shares, tables = [], []
    for chain, run, counts in zip(chains, runs, found, strict=True):
        second = rule_groups(compared.rules[_inside(compared, run[-1])], len(compared.rule_names))
        chance = by_chance(compared, chain.ratios(), _links(compared, run[-1]))
        for row, table in zip(run, counts, strict=True):
            known = Missed(by_recapture(compared.rules[_inside(compared, row)], second), chance)
            share = known.draw(chain.generator)
            shares.append(share)
            tables.append(with_missed(table, share * _links(compared, row), chain.generator))
    return np.array(shares), np.array(tables)


def _inside(compared: Compared, row: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which candidate pairs are of one person in a draw."""
    return np.asarray(row[compared.left] == row[compared.right])


def _links(compared: Compared, row: NDArray[np.int32]) -> NDArray[np.float64]:
    """The links of a draw in each pair of lists, a cluster of n records counting as n - 1."""
    inside = _inside(compared, row)
    lists = len(compared.lists)
    sizes = np.bincount(row, minlength=len(row))[row[compared.left[inside]]]
    kind = pair_of_lists(compared.list_of, compared.left[inside], compared.right[inside])
    return np.asarray(np.bincount(kind, weights=2.0 / sizes, minlength=lists * (lists + 1) // 2), dtype=np.float64)


def _refusal(apart: Mapping[str, float]) -> str:
    worst = max(apart, key=lambda name: apart[name], default="")
    if not worst or apart[worst] <= LIMIT:
        return ""
    return (
        f"Chains from different starts do not agree on {worst} (R-hat {apart[worst]:.2f}, at most {LIMIT} is asked "
        "for): the records do not say which are the same, and any number drawn from them would depend on the start."
    )
