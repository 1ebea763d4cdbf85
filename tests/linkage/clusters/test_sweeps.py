"""Sweeps draw partitions with the probabilities that the model gives, against every partition written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import exp, log

import numpy as np
import pytest

from testimonia.linkage.clusters.constraints import blocks_of
from testimonia.linkage.clusters.drawing import lowest
from testimonia.linkage.clusters.likelihood import chance_of
from testimonia.linkage.clusters.sampling import UNFOUND, Chain, scene_of
from testimonia.linkage.clusters.sweeps import LARGEST, sweep, tally, together, weigh
from testimonia.linkage.compared import Compared

Partition = tuple[tuple[int, ...], ...]


def partitions(records: list[int]) -> Iterator[Partition]:
    """Every way to part some records into clusters."""
    if not records:
        yield ()
        return
    first, rest = records[0], records[1:]
    for parts in partitions(rest):
        yield ((first,), *parts)
        for at in range(len(parts)):
            yield (*parts[:at], (first, *parts[at]), *parts[at + 1 :])


def star(edges: dict[tuple[int, int], float | None], records: tuple[int, ...]) -> float:
    """The log of the mean, over the centres, of the exponential of the sum of the edges at it, in plain Python.

    None: both were compared but a value is missing. A pair that is not there was never compared.
    """

    def edge(one: int, two: int) -> float | str | None:
        return edges.get((min(one, two), max(one, two)), "unknown")

    known = [value for value in (edge(a, b) for a in records for b in records if a < b) if isinstance(value, float)]
    worst = min([0.0, *known])
    values = []
    for centre in records:
        around = [edge(centre, other) for other in records if other != centre]
        if any(isinstance(value, float) for value in around):
            values.append(sum(value if isinstance(value, float) else worst if value else 0.0 for value in around))
    return log(sum(exp(value) for value in values) / len(values)) if values else 0.0


def compared_five(make: Callable[..., Compared]) -> Compared:
    pairs = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)]
    levels = [[2, 1], [2, -1], [0, 1], [1, -1], [1, 1], [2, 0], [-1, 1], [1, 2], [0, 0], [1, -1]]
    return make([0, 1, 0, 1, 0], pairs, levels)


@pytest.fixture
def chain(make: Callable[..., Compared]) -> Chain:
    compared = compared_five(make)
    return Chain(scene_of(compared, chance_of(compared), blocks_of(compared.record_ids)), np.random.default_rng(5))


def likelihood(chain: Chain, ratios: np.ndarray, records: tuple[int, ...]) -> float:
    compared = chain.scene.compared
    if len(records) < 2:
        return 0.0
    place = {(int(a), int(b)): at for at, (a, b) in enumerate(zip(compared.left, compared.right, strict=True))}
    inside = {pair: at for pair, at in place.items() if pair[0] in records and pair[1] in records}
    total, everyone = 0.0, len(records) * (len(records) - 1) // 2
    for comparison in range(compared.levels.shape[1]):
        edges = {
            pair: None
            if compared.levels[at, comparison] < 0
            else float(ratios[chain.scene.kind[at], comparison, compared.levels[at, comparison]])
            for pair, at in inside.items()
        }
        total += star(edges, records)
    return total + UNFOUND * (everyone - len(inside)) * 2 / len(records)


def prior(chain: Chain, records: tuple[int, ...]) -> float:
    held = Counter(int(chain.scene.compared.list_of[record]) for record in records)
    total = float(chain.patterns[sum(1 << which for which in held)])
    for which, times in held.items():
        total += log(1 - chain.again[which])
        total += sum(log(chain.again[which] * again) for again in range(2, times + 1))
    return total


def test_three_records_speak_as_a_star_around_the_likeliest(make: Callable[..., Compared], chain: Chain) -> None:
    ratios, scene = chain.ratios(), chain.scene
    for records in ((0, 1), (0, 1, 2), (1, 2, 3), (0, 1, 2, 3), (0, 1, 3)):
        given = np.array(records, dtype=np.int32)
        room = np.empty((LARGEST, LARGEST), dtype=np.int64), np.empty((LARGEST, LARGEST))
        graph = scene.graph
        found = together(
            given,
            len(given),
            graph.start,
            graph.other,
            graph.pair,
            scene.levels,
            scene.kind,
            ratios,
            scene.base,
            UNFOUND,
            *room,
        )
        assert found == pytest.approx(likelihood(chain, ratios, records), abs=0.02)


def test_sweeps_visit_partitions_as_often_as_they_are_probable(chain: Chain) -> None:
    """4,000 sweeps against all 52 partitions of five records, within five standard errors of dependent draws."""
    scene, ratios = chain.scene, chain.ratios()
    weights = {
        tuple(sorted(tuple(sorted(part)) for part in partition)): exp(
            sum(likelihood(chain, ratios, tuple(sorted(part))) + prior(chain, part) for part in partition)
            + sum(log(at) for at in range(1, len(partition) + 1))
        )
        for partition in partitions(list(range(5)))
    }
    whole, seen, sweeps = sum(weights.values()), Counter[Partition](), 4_000
    graph, blocks = scene.graph, scene.blocks
    weight = weigh(scene.levels, scene.kind, ratios, scene.base)
    for _ in range(sweeps):
        state = (chain.patterns, chain.again, chain.cluster_of, chain.members, chain.sizes, chain.free, chain.state)
        sweep(
            chain.generator.permutation(5).astype(np.int32),
            *(blocks.start, blocks.records, graph.start, graph.other, graph.pair),
            *(blocks.apart_start, blocks.apart_other, scene.compared.list_of, scene.levels, scene.kind),
            *(ratios, scene.base, weight, UNFOUND, -1e9, *state, chain.generator),  # type: ignore[arg-type]
        )
        first = lowest(chain.cluster_of)
        seen[tuple(tuple(np.flatnonzero(first == at).tolist()) for at in np.unique(first))] += 1
    for partition, expected in weights.items():
        share = expected / whole
        assert abs(seen[partition] / sweeps - share) < 5 * np.sqrt(3 * share * (1 - share) / sweeps) + 0.004, partition


def test_the_pairs_of_a_cluster_count_as_one_fewer_than_its_records(chain: Chain) -> None:
    scene, graph = chain.scene, chain.scene.graph
    chain.cluster_of[:], chain.sizes[:] = [0, 0, 0, 1, 1], [3, 2, 0, 0, 0]
    counts = np.zeros_like(chain.matches.levels)
    linked = np.zeros_like(counts)
    tally(chain.cluster_of, chain.sizes, graph.start, graph.other, graph.pair, scene.levels, scene.kind, counts, linked)
    assert counts[:, 0].sum() == pytest.approx(2 + 1)
    assert linked[:, 0].sum() == 3 + 1
    assert linked[:, 1].sum() == 2, "of the four pairs, two lack the second value"


@pytest.mark.parametrize("threshold", [2.0, 0.9, 0.4])
def test_a_chain_keeps_its_books_from_any_start(make: Callable[..., Compared], threshold: float) -> None:
    compared = compared_five(make)
    scene = scene_of(compared, chance_of(compared), blocks_of(compared.record_ids))
    chain = Chain(scene, np.random.default_rng(5), threshold=threshold)
    for _ in range(50):
        chain.step()
        assert chain.state.sum() == 5
        assert chain.sizes.sum() == 5
        for record, cluster in enumerate(chain.cluster_of):
            assert record in chain.members[cluster, : chain.sizes[cluster]]
