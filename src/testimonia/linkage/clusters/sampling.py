"""Draws of who is the same as whom, with all that is unknown drawn too: Gibbs sampling over partitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.clusters.constraints import Blocks
from testimonia.linkage.clusters.likelihood import Chance, Matches, draw_matches, start_of_matches
from testimonia.linkage.clusters.neighbours import Graph, classes_of, graph_of
from testimonia.linkage.clusters.sweeps import LARGEST, sweep, tally
from testimonia.linkage.compared import Compared

__all__ = ["Chain", "Scene"]

Floats = NDArray[np.float64]
AGAIN = (1.0, 12.0)  # prior of the chance of one more record of a person in a list: about .08
ONE_LIST, MORE_LISTS = 1.0, 0.5  # prior weight of a pattern of one list, and of several


@dataclass(frozen=True, eq=False)
class Scene:
    """All that the chains share and do not change."""

    compared: Compared
    chance: Chance
    graph: Graph
    kind: NDArray[np.int16]
    base: Floats
    blocks: Blocks
    unfound: float


def scene_of(compared: Compared, chance: Chance, blocks: Blocks, *, unfound: float = -2.3) -> Scene:
    """Put together what chains share."""
    graph = graph_of(compared.left, compared.right, len(compared.record_ids))
    kind = classes_of(compared, compared.left, compared.right)
    return Scene(compared, chance, graph, kind, np.ascontiguousarray(compared.extra), blocks, unfound)


class Chain:
    """A partition and the values drawn with it."""

    def __init__(self, scene: Scene, generator: np.random.Generator, *, threshold: float) -> None:
        self.scene, self.generator = scene, generator
        compared, lists = scene.compared, len(scene.compared.lists)
        records = len(compared.record_ids)
        self.cluster_of = np.empty(records, dtype=np.int32)
        self.members = np.zeros((records, LARGEST), dtype=np.int32)
        self.sizes = np.zeros(records, dtype=np.int32)
        self.free = np.zeros(records, dtype=np.int32)
        self.state = np.zeros(2, dtype=np.int64)
        self.matches: Matches = start_of_matches(compared, scene.chance)
        self.again = np.full(lists, AGAIN[0] / sum(AGAIN))
        self._start(threshold)
        self.patterns = np.zeros(1 << lists)
        self.draw_patterns()

    def _start(self, threshold: float) -> None:
        """Every block on its own, or joined with the first other whose pair reaches a probability."""
        blocks = self.scene.blocks
        for block in range(len(blocks.start) - 1):
            inside = blocks.records[blocks.start[block] : blocks.start[block + 1]]
            self.cluster_of[inside] = block
            self.members[block, : len(inside)] = inside
            self.sizes[block] = len(inside)
        used = len(blocks.start) - 1
        rest = np.arange(used, len(self.sizes), dtype=np.int32)
        self.free[: len(rest)] = rest
        self.state[:] = len(rest), used

    def ratios(self) -> Floats:
        """Log likelihood ratio of every level, by pair of lists."""
        return (
            np.where(self.matches.levels > 0, np.log(np.maximum(self.matches.levels, 1e-12)), 0.0)
            - self.scene.chance.levels
        )

    def step(self) -> None:
        """One sweep, then everything else is drawn given the partition."""
        scene = self.scene
        ratios = self.ratios()
        weight = weights(scene.compared.levels, scene.kind, ratios, scene.base)
        order = self.generator.permutation(len(scene.blocks.start) - 1).astype(np.int32)
        sweep(
            order,
            scene.blocks.start,
            scene.blocks.records,
            scene.graph.start,
            scene.graph.other,
            scene.graph.pair,
            scene.blocks.apart_start,
            scene.blocks.apart_other,
            scene.compared.list_of,
            scene.compared.levels,
            scene.kind,
            ratios,
            scene.base,
            weight,
            scene.unfound,
            self.patterns,
            self.again,
            self.cluster_of,
            self.members,
            self.sizes,
            self.free,
            self.state,
            self.generator,
        )
        self.draw_patterns()
        self.draw_matches()

    def draw_patterns(self) -> None:
        """Draw how common each pattern of lists is, and how often a list holds a person again."""
        lists = len(self.again)
        held = self.held()
        seen = held[held.any(axis=1)]
        pattern = ((seen > 0) << np.arange(lists)).sum(axis=1)
        counts = np.bincount(pattern, minlength=1 << lists).astype(float)
        several = np.array([cell.bit_count() > 1 for cell in range(1 << lists)])
        weights_ = counts + np.where(several, MORE_LISTS, ONE_LIST)
        drawn = self.generator.standard_gamma(weights_)
        drawn[0] = 0.0
        self.counts = counts
        self.patterns = np.log(np.maximum(drawn / drawn.sum(), 1e-300))
        more = np.maximum(seen - 1, 0).sum(axis=0)
        self.again = self.generator.beta(AGAIN[0] + more, AGAIN[1] + (seen > 0).sum(axis=0))

    def held(self) -> NDArray[np.int64]:
        """How many records each list has in each cluster: int64[clusters, K], empty ones included."""
        lists = len(self.again)
        cell = self.cluster_of.astype(np.int64) * lists + self.scene.compared.list_of
        return np.bincount(cell, minlength=len(self.sizes) * lists).reshape(-1, lists)

    def draw_matches(self) -> None:
        """Draw the levels among matches, given the pairs inside the clusters."""
        scene = self.scene
        counts = np.zeros_like(self.matches.levels)
        tally(
            self.cluster_of,
            self.members,
            self.sizes,
            scene.graph.start,
            scene.graph.other,
            scene.graph.pair,
            scene.compared.levels,
            scene.kind,
            counts,
        )
        self.matches = draw_matches(scene.compared, scene.chance, self.matches, counts, self.generator)


def weights(levels: NDArray[np.int8], kind: NDArray[np.int16], ratios: Floats, base: Floats) -> Floats:
    """The log likelihood ratio of every pair."""
    total = base.copy()
    for comparison in range(levels.shape[1]):
        level = levels[:, comparison]
        total += np.where(level >= 0, ratios[kind, comparison, np.maximum(level, 0)], 0.0)
    return total
