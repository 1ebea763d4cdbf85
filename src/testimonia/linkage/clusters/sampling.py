"""A chain: a partition of the records and everything that is drawn with it, by Gibbs sampling.

Given the partition, the levels among matches, how common each pattern of lists is and how often a list holds a person
twice are drawn; given these, every record chooses its cluster again. The prior of a partition is exchangeable in the
records of a list: a person's pattern of lists is one draw from the patterns' probabilities (Aleshin-Guendel & Sadinle
2023, JASA 118:1786-1795), the records within each list are geometric in number.

Errors that go together make the model's odds too sure, in a way that cannot be seen without reviewed pairs: all log
odds are moved by one number, normal around 0, that is drawn along.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.clusters.constraints import Blocks
from testimonia.linkage.clusters.likelihood import (
    Chance,
    Matches,
    draw_matches,
    start_of_matches,
)
from testimonia.linkage.clusters.neighbours import Graph, graph_of
from testimonia.linkage.clusters.sweeps import LARGEST, sweep, tally, tally_patterns, weigh
from testimonia.linkage.clusters.writing import Ways, ways_of
from testimonia.linkage.compared import Compared, level_counts, pair_of_lists

__all__ = ["Chain", "Scene", "scene_of"]

Floats = NDArray[np.float64]

AGAIN = (1.0, 12.0)  # prior of the chance of one more record of a person in a list: about .08
ONE_LIST, MORE_LISTS = 1.0, 0.5  # prior weight of a pattern of one list, and of several
UNFOUND = -2.3  # log likelihood ratio of a pair not being found by any rule
WORTHLESS = -6.0  # clusters of several whose best pair alone has smaller log odds are not looked at
HOPELESS = 1e-4  # pairs of a smaller probability by the model are not looked at
FULL, HELD = 10, 5  # sweeps at the start that visit all, and that leave the levels among matches as the model has them
LEARN = (12, 20, 28, 36)  # steps at which the ways of writing are learned; fixed before the first draw is kept
DOUBT = (-0.15, -0.02, -0.003)  # tiers of doubt, negative: the most open first
EVERY = (1, 3, 8, 24)  # sweeps from one visit of each tier to the next
TILT, LASTS = 0.25, 0.4  # calibration: sd of what is added to all log odds, and how much of it lasts a step
LIKELY = 0.5  # probability of pairs from which the first patterns are taken


@dataclass(frozen=True, eq=False)
class Scene:
    """All that the chains share and do not change.

    `left`, `right`, `levels`, `kind`, `base`: the candidate pairs that are not hopeless, their levels, their pairs of
    lists and the part of the log likelihood ratio that is not in the levels; `graph` is of these. `turns`: the
    blocks by how open it is with whom they go, most open first; those of tier t are visited every `EVERY[t]` sweeps.
    """

    compared: Compared
    chance: Chance
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.int8]
    kind: NDArray[np.int16]
    base: Floats
    graph: Graph
    blocks: Blocks
    turns: tuple[NDArray[np.int32], ...]


def scene_of(compared: Compared, chance: Chance, blocks: Blocks) -> Scene:
    """Put together what chains share."""
    kept = compared.probability >= HOPELESS
    left, right = compared.left[kept], compared.right[kept]
    base = compared.extra if compared.rarity is None else compared.rarity
    return Scene(
        compared,
        chance,
        left,
        right,
        np.ascontiguousarray(compared.levels[kept]),
        pair_of_lists(compared.list_of, left, right),
        np.ascontiguousarray(base[kept], dtype=np.float64),
        graph_of(left, right, len(compared.record_ids)),
        blocks,
        _turns(compared, blocks),
    )


def _turns(compared: Compared, blocks: Blocks) -> tuple[NDArray[np.int32], ...]:
    """The blocks by how unsure the model is of the pair of theirs that it is least sure of."""
    doubt = np.minimum(compared.probability, 1.0 - compared.probability)
    worst = np.zeros(len(blocks.start) - 1)
    block_of = blocks.block_of
    for side in (compared.left, compared.right):
        np.maximum.at(worst, block_of[side], doubt)
    tier = np.searchsorted(DOUBT, -worst, side="left")
    return tuple(np.flatnonzero(tier == at).astype(np.int32) for at in range(len(EVERY)))


class Chain:
    """A partition with the values drawn with it; `step` draws the next.

    `cluster_of`: int32[R]. `counts`: persons by pattern of lists. `patterns`: log probabilities of the patterns.
    `again`: the chance of one more record of a person in each list. `matches`: the levels among matches.
    `tilt`: what is added to all log odds. `ways`: how errors go together among matches, None where they do not.
    """

    def __init__(self, scene: Scene, generator: np.random.Generator, *, threshold: float = 1.0) -> None:
        self.scene, self.generator = scene, generator
        records, lists = len(scene.compared.record_ids), len(scene.compared.lists)
        self.matches: Matches = start_of_matches(scene.compared, scene.chance)
        self.chance = scene.chance.levels(_expected(scene))
        self.again = np.full(lists, AGAIN[0] / sum(AGAIN))
        self.cluster_of = np.empty(records, dtype=np.int32)
        self.members = np.zeros((records, LARGEST), dtype=np.int32)
        self.sizes = np.zeros(records, dtype=np.int32)
        self.free = np.zeros(records, dtype=np.int32)
        self.state = np.zeros(2, dtype=np.int64)
        self._steps, self.tilt = 0, 0.0
        self.ways: Ways | None = None
        self._base = scene.base
        self._place(_joined(scene, LIKELY))
        self.draw_patterns()
        self._place(_joined(scene, threshold))

    def _place(self, blocks: list[list[int]]) -> None:
        """Put the blocks of each group into one cluster."""
        given = self.scene.blocks
        self.sizes[:] = 0
        for cluster, group in enumerate(blocks):
            inside = np.concatenate([given.records[given.start[block] : given.start[block + 1]] for block in group])
            self.cluster_of[inside] = cluster
            self.members[cluster, : len(inside)] = inside
            self.sizes[cluster] = len(inside)
        empty = np.arange(len(blocks), len(self.sizes), dtype=np.int32)
        self.free[: len(empty)] = empty
        self.state[:] = len(empty), len(blocks)

    def ratios(self) -> Floats:
        """The log likelihood ratio of every level, by pair of lists: float64[classes, C, L]."""
        matches = self.matches.levels
        return np.where(matches > 0, np.log(np.maximum(matches, 1e-12)), 0.0) - self.chance

    def step(self) -> None:
        """One sweep over the records, then everything else is drawn given the partition."""
        scene, graph, blocks = self.scene, self.scene.graph, self.scene.blocks
        levels, ratios = scene.levels, self.ratios()
        self.tilt = LASTS * self.tilt + TILT * np.sqrt(1.0 - LASTS**2) * self.generator.standard_normal()
        base = self._base + self.tilt
        sweep(
            order=self._order(),
            block_start=blocks.start,
            block_records=blocks.records,
            start=graph.start,
            other=graph.other,
            pair=graph.pair,
            apart_start=blocks.apart_start,
            apart_other=blocks.apart_other,
            list_of=scene.compared.list_of,
            levels=levels,
            kind=scene.kind,
            ratios=ratios,
            base=base,
            weight=weigh(levels, scene.kind, ratios, base),
            unfound=UNFOUND,
            worthless=WORTHLESS,
            patterns=self.patterns,
            again=self.again,
            cluster_of=self.cluster_of,
            members=self.members,
            sizes=self.sizes,
            free=self.free,
            state=self.state,
            generator=self.generator,
        )
        self.draw_patterns()
        if self._steps > HELD:
            self.draw_matches()
        if self._steps in LEARN:
            self._learn_ways()

    def _learn_ways(self) -> None:
        """Learn from the pairs inside the clusters what errors go together; a cluster of n counts as n - 1 pairs."""
        scene, classes = self.scene, self.matches.levels.shape[0]
        inside = self.cluster_of[scene.left] == self.cluster_of[scene.right]
        weight = 2.0 / self.sizes[self.cluster_of[scene.left[inside]]]
        width = self.matches.levels.shape[2]
        self.ways = ways_of(scene.levels[inside], scene.kind[inside], weight, classes, width)
        self._base = scene.base if self.ways is None else scene.base + self.ways.surplus(scene.levels, scene.kind)

    def of_random(self) -> Floats:
        """The part of the log likelihood ratio of the random pairs that is not in their levels; empty without any."""
        compared, sampled = self.scene.compared, self.scene.compared.sampled
        if sampled is None:
            return np.empty(0)
        if self.ways is None:
            return sampled.extra
        kind = pair_of_lists(compared.list_of, sampled.left, sampled.right)
        return sampled.extra + self.ways.surplus(sampled.levels, kind)

    def _order(self) -> NDArray[np.int32]:
        """The blocks to visit, in random order: how often a block is visited does not depend on the partition."""
        turn, self._steps = self._steps, self._steps + 1
        every = (1,) * len(EVERY) if self._steps <= FULL else EVERY
        parts = [part[turn % apart :: apart] for part, apart in zip(self.scene.turns, every, strict=True)]
        return self.generator.permutation(np.concatenate(parts))

    def draw_patterns(self) -> None:
        """Draw how common each pattern of lists is, and how often a list holds a person again."""
        lists = len(self.again)
        self.counts = np.zeros(1 << lists, dtype=np.int64)
        held, more = np.zeros(lists, dtype=np.int64), np.zeros(lists, dtype=np.int64)
        tally_patterns(self.members, self.sizes, self.scene.compared.list_of, self.counts, held, more)
        several = np.array([cell.bit_count() > 1 for cell in range(1 << lists)])
        drawn = self.generator.standard_gamma(self.counts + np.where(several, MORE_LISTS, ONE_LIST))
        drawn[0] = 0.0
        self.patterns = np.log(np.maximum(drawn / drawn.sum(), 1e-300))
        self.again = self.generator.beta(AGAIN[0] + more, AGAIN[1] + held)

    def draw_matches(self) -> None:
        """Draw the levels among matches, given the pairs inside the clusters."""
        scene, graph = self.scene, self.scene.graph
        counts = np.zeros_like(self.matches.levels)
        levels = scene.levels
        linked = np.zeros_like(counts)
        tally(self.cluster_of, self.sizes, graph.start, graph.other, graph.pair, levels, scene.kind, counts, linked)
        self.chance = scene.chance.levels(linked)
        self.matches = draw_matches(scene.compared, scene.chance, self.matches, counts, self.generator)


def _expected(scene: Scene) -> Floats:
    """The levels of the pairs that the model takes to be linked."""
    shape = scene.chance.pairs.shape
    kind = pair_of_lists(scene.compared.list_of, scene.compared.left, scene.compared.right)
    return level_counts(scene.compared.levels, kind, shape[0], shape[2], scene.compared.probability)


def _joined(scene: Scene, threshold: float) -> list[list[int]]:
    """The blocks each on its own, but for pairs of blocks, none twice, that reach a probability: the best first."""
    compared, blocks = scene.compared, scene.blocks
    block_of = blocks.block_of
    partner = np.full(len(blocks.start) - 1, -1)
    for pair in np.argsort(-compared.probability, kind="stable"):
        if compared.probability[pair] < threshold:
            break
        one, two = block_of[compared.left[pair]], block_of[compared.right[pair]]
        if one != two and partner[one] < 0 and partner[two] < 0 and not len(blocks.apart_other):
            partner[one], partner[two] = two, one
    return [
        [at] if partner[at] < 0 else [at, int(partner[at])] for at in range(len(partner)) if not 0 <= partner[at] < at
    ]
