#!/usr/bin/env python3
"""How fast partitions of records into persons are drawn.

    python bench/partitions.py [--records 100000] [--draws 100]

The records are invented already compared: four lists whose overlaps are those of case lists, two candidate pairs a
record, of which one in nine is a match and the others agree in two of five comparisons. Measured is the time of
the processor, of one chain that has settled, and of `draw` with its four chains. Compilation is not counted.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from testimonia.linkage.clusters import draw
from testimonia.linkage.clusters.constraints import blocks_of
from testimonia.linkage.clusters.likelihood import chance_of
from testimonia.linkage.clusters.sampling import Chain, scene_of
from testimonia.linkage.compared import Compared

ON = (0.14, 0.08, 0.11, 0.07)
AGAIN = 0.07
M, U = np.array([0.06, 0.12, 0.82]), np.array([0.88, 0.09, 0.03])
COMPARISONS = 10


def invented(records: int, seed: int) -> Compared:
    """Compared records of persons, and of pairs that agree in half."""
    generator = np.random.default_rng(seed)
    held = np.argwhere(generator.random((4 * records, len(ON))) < ON)
    held = np.concatenate([held, held[generator.random(len(held)) < AGAIN]])[:records]
    held = held[generator.permutation(len(held))]
    order = np.argsort(held[:, 0], kind="stable")
    person, lists = held[:, 0], held[:, 1].astype(np.int16)
    pairs = []
    for step in (1, 2, 3):
        same = person[order[step:]] == person[order[:-step]]
        pairs.append(np.stack([order[:-step][same], order[step:][same]], axis=1))
    match = np.sort(np.concatenate(pairs), axis=1)
    other = np.sort(generator.integers(0, len(held), (2 * records, 2)), axis=1)
    other = np.unique(other[other[:, 0] < other[:, 1]], axis=0)
    half = generator.random((len(other), COMPARISONS)) < 0.4
    levels = np.concatenate(
        [
            generator.choice(3, (len(match), COMPARISONS), p=M),
            np.where(
                half,
                generator.choice(3, (len(other), COMPARISONS), p=M),
                generator.choice(3, (len(other), COMPARISONS), p=U),
            ),
        ]
    ).astype(np.int8)
    levels[generator.random(levels.shape) < 0.15] = -1
    both = np.concatenate([match, other]).astype(np.int32)
    ratio = np.append(np.log(M / U), 0.0)
    prior = len(match) / (len(held) * (len(held) - 1) / 2)
    probability = 1 / (1 + np.exp(-(np.log(prior) + ratio[levels].sum(axis=1))))
    return Compared(
        record_ids=tuple(f"r{at}" for at in range(len(held))),
        lists=("a", "b", "c", "d"),
        list_of=lists,
        left=both[:, 0].copy(),
        right=both[:, 1].copy(),
        levels=levels,
        comparisons=tuple(f"c{at}" for at in range(COMPARISONS)),
        m=(M,) * COMPARISONS,
        u=(U,) * COMPARISONS,
        prior=prior,
        extra=np.zeros(len(both)),
        probability=probability,
        rules=np.ones(len(both), dtype=np.uint32),
        rule_names=("any",),
    )


def main() -> None:
    """Print the seconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--draws", type=int, default=100)
    told = parser.parse_args()
    draw(invented(2_000, 1), draws=8)
    compared = invented(told.records, 1)
    chain = Chain(
        scene_of(compared, chance_of(compared), blocks_of(compared.record_ids)), np.random.default_rng(1), threshold=0.5
    )
    for _ in range(12):
        chain.step()
    started = time.process_time()
    for _ in range(told.draws):
        chain.step()
    settled = time.process_time() - started
    started = time.process_time()
    draw(compared, draws=told.draws)
    whole = time.process_time() - started
    print(
        f"{told.records:,} records, {len(compared.left):,} candidate pairs: {told.draws} draws of a settled chain "
        f"{settled:.2f} s; draw() with four chains and their settling {whole:.1f} s (CPU)"
    )


if __name__ == "__main__":
    main()
