"""Draws of who is the same as whom: several chains from different starts, which must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from testimonia.linkage.clusters.agreeing import LIMIT, disagreement
from testimonia.linkage.clusters.constraints import Blocks, blocks_of
from testimonia.linkage.clusters.copies import copies_of
from testimonia.linkage.clusters.counting import count
from testimonia.linkage.clusters.likelihood import chance_of
from testimonia.linkage.clusters.sampling import Chain, scene_of
from testimonia.linkage.clusters.tables import overlap_counts
from testimonia.linkage.compared import Compared

__all__ = ["Draws", "draw"]

CHAINS = 4
SETTLING = 40  # steps of each chain that are not kept
APART = 2  # steps from one draw to the next
STARTS = (2.0, 0.5, 0.9, 0.2)  # probabilities from which pairs start together; nobody reaches 2
MOST_MISSED = 0.15  # matches that no rule finds, for each that was found; beyond, what is added decides the answer


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws from the posterior of the partition, of all chains one after another.

    `clusters`: int32[D, R], for each draw the lowest record of each record's cluster. `counts`: int64[D, 2**K],
    distinct persons by pattern of lists (bit 0 the first list), matches that no rule found included. `missed`:
    float64[D], how many those are, as a share of the links found. `copied`: float64[R], the share of
    draws in which each record is a copy from another list. `disagreement`: how far the chains are apart, by
    quantity (split R-hat; 1 is none). `refusal`: why the draws must not be used, "" where they may.
    `contradictions`: decisions left out.
    """

    lists: tuple[str, ...]
    clusters: NDArray[np.int32]
    counts: NDArray[np.int64]
    missed: NDArray[np.float64]
    copied: NDArray[np.float64]
    disagreement: Mapping[str, float]
    refusal: str = ""
    contradictions: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many draws."""
        return len(self.clusters)


def draw(
    compared: Compared,
    *,
    table: pa.Table | None = None,
    must: ArrayLike = (),
    cannot: ArrayLike = (),
    draws: int = 200,
    seed: int = 1,
) -> Draws:
    """Draw the partition of the records into persons, with everything unknown drawn too.

    `table`: the records as plain columns; with it, records copied from a list that their own list cites add no
    capture. `must`, `cannot`: positions of pairs of records, shape (n, 2), that people decided to be one person and
    to be two: they hold in every draw. Assumes that given who is the same, comparisons are independent of one another
    within each pair of lists, but for what the model's `rarity` carries: where they are not, the draws are too sure.
    """
    blocks = blocks_of(compared.record_ids, must, cannot)
    chains = _chains(compared, blocks, seed)
    runs = [_run(chain, -(-draws // CHAINS)) for chain in chains]
    found = np.stack([overlap_counts(run, compared.list_of, len(compared.lists)) for run in runs])
    apart = disagreement(found, compared.lists)
    copies = None if table is None else copies_of(compared, table)
    counted = [
        count(compared, copies, run, chain.ratios(), chain.of_random(), chain.generator)
        for chain, run in zip(chains, runs, strict=True)
    ]
    return Draws(
        compared.lists,
        np.concatenate(runs)[:draws],
        np.concatenate([one.counts for one in counted])[:draws],
        np.concatenate([one.missed for one in counted])[:draws],
        np.mean([one.copied for one in counted], axis=0),
        apart,
        _refusal(apart, max(one.most_missed for one in counted)),
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


def _refusal(apart: Mapping[str, float], missed: float) -> str:
    worst = max(apart, key=lambda name: apart[name], default="")
    if worst and apart[worst] > LIMIT:
        return (
            f"Chains from different starts do not agree on {worst} (R-hat {apart[worst]:.2f}, at most {LIMIT} is "
            "asked for): the records do not say which are the same, and any number drawn from them would depend on "
            "the start."
        )
    if missed > MOST_MISSED:
        return (
            f"For every 100 pairs of records that were found to be the same person, up to {100 * missed:.0f} more may "
            f"share so little that no rule compares them (at most {100 * MOST_MISSED:.0f} is taken): too much is "
            "missing in the records for the overlap of the lists to be known."
        )
    return ""
