#!/usr/bin/env python3
"""How many pairs must be judged until the links are nearly as good as judging all would make them.

    python -m evals.linkage_labels [--scenario generic cross_script] [--seeds 1-3]

The F1 of pairs, until it is within .01 of the most that judging all candidate pairs would give: judged in the order of
the queue, and in random order, of all candidate pairs and of the doubtful ones alone (probability .02 to .98). A judged
pair counts as judged, all others by their probability; what judged pairs teach about others is left out on all sides.
The F1 of a model that has learned from all pairs stands beside that of ours. The truth plays the reviewer.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from evals.linkage.cases import SCENARIOS, case, seeds
from evals.linkage_reviewed import Judged, Row, linked, people, table_of
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared
from testimonia.linkage.model import compare_lists
from testimonia.linkage.review import pair_of, queue
from testimonia.project.resolving import Resolved

WITHIN = 0.01
DOUBTFUL = (0.02, 0.98)
RANDOM_ORDERS = 20
QUEUE = 1000
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


def f1_after(order: Places, said: Flags, same: Flags, true: int) -> NDArray[np.float64]:
    """F1 of the pairs after each number of judged pairs, from none to all of `order`: float64[len(order) + 1].

    `said`: bool[P], whether a pair is called the same without a judgement; `same`: bool[P], whether it is. `true`: how
    many pairs are the same, candidates or not.
    """
    right = int((said & same).sum()) + np.concatenate([[0], np.cumsum(~said[order] & same[order])])
    called = int(said.sum()) + np.concatenate([[0], np.cumsum(same[order].astype(int) - said[order].astype(int))])
    return np.asarray(2 * right / np.maximum(called + true, 1))


def needed(f1: NDArray[np.float64], full: float) -> int | None:
    """After how many judgements F1 is within WITHIN of the full one; None where it never is."""
    there = np.flatnonzero(f1 >= full - WITHIN)
    return int(there[0]) if len(there) else None


def counted(scenario: str, seed: int) -> Row:
    """How many labels one case needs in each order."""
    made = case(scenario, seed)
    table, person = table_of(made.folder), people(made.folder)
    found = linked(table, (), 200)
    same, true = pairs_same(found.compared, person), pairs_of(person)
    said = found.probability >= 0.5
    full = 2 * int(same.sum()) / (int(same.sum()) + true)
    ours = queued(found)
    doubtful = np.flatnonzero((found.probability > DOUBTFUL[0]) & (found.probability < DOUBTFUL[1]))
    return {
        "candidates": len(same),
        "f1": float(f1_after(ours[:0], said, same, true)[0]),
        "full": full,
        "queue": needed(f1_after(ours, said, same, true), full),
        "random": at_random(np.arange(len(same)), said, same, true, full),
        "doubtful": at_random(doubtful, said, same, true, full),
        "doubtful_pairs": len(doubtful),
        "model": f1_of(found.compared, same, true),
        "learned": learned_f1(table, found.compared, same, person),
    }


def pairs_of(person: Mapping[str, str]) -> int:
    """How many pairs of records are of one person."""
    sizes = np.unique(list(person.values()), return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def queued(found: Resolved) -> Places:
    """The candidate pairs in the order in which the queue asks, which is made anew after every QUEUE pairs."""
    ids, pairs = found.compared.record_ids, zip(found.compared.left, found.compared.right, strict=True)
    place = {pair_of(ids[one], ids[other]): at for at, (one, other) in enumerate(pairs)}
    asked: list[Judged] = []
    while more := queue(found.compared, found.change, asked, size=QUEUE):
        asked += [Judged(one.a, one.b, "unsure", one.chosen) for one in more]
    return np.array([place[pair_of(one.a, one.b)] for one in asked], dtype=np.intp)


def pairs_same(found: Compared, person: Mapping[str, str]) -> Flags:
    """Whether each candidate pair is of one person."""
    of = np.array([person[record] for record in found.record_ids])
    return np.asarray(of[found.left] == of[found.right])


def at_random(among: Places, said: Flags, same: Flags, true: int, full: float) -> float | None:
    """The median of what random orders need; None where most never come there."""
    generator = np.random.default_rng(1)
    found = [needed(f1_after(generator.permutation(among), said, same, true), full) for _ in range(RANDOM_ORDERS)]
    known = sorted(one for one in found if one is not None)
    return statistics.median(known) if len(known) > RANDOM_ORDERS / 2 else None


def f1_of(found: Compared, same: Flags, true: int) -> float:
    """F1 of the pairs that the model calls the same."""
    said = found.probability >= 0.5
    return 2 * int((said & same).sum()) / (int(said.sum()) + true)


def learned_f1(table: pa.Table, found: Compared, same: Flags, person: Mapping[str, str]) -> float:
    """F1 of a model that was told what every candidate pair is: by what it learned, not by what it was told."""
    ids, verdicts = found.record_ids, ("different", "same")
    rows = zip(found.left.tolist(), found.right.tolist(), same.tolist(), strict=True)
    again = compare_lists(table, labels=[(ids[one], ids[other], verdicts[equal]) for one, other, equal in rows])
    return f1_of(again, pairs_same(again, person), pairs_of(person))


def shown(scenario: str, seed: int, row: Row) -> str:
    """One line a seed."""
    share = row["queue"] / row["random"] if row["queue"] and row["random"] else float("nan")
    return (
        f"{scenario:13} {seed:3}  F1 {row['f1']:.4f}, all judged {row['full']:.4f}; to come within {WITHIN}: queue "
        f"{row['queue']}, random {row['random']} of {row['candidates']:,} ({share:.3f} of it; target at most .5), "
        f"random among the {row['doubtful_pairs']} doubtful {row['doubtful']}; model alone {row['model']:.4f}, "
        f"the model that learned from all {row['learned']:.4f}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the seeds and print what they come to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scenario", nargs="+", choices=SCENARIOS, default=["generic", "cross_script"])
    parser.add_argument("--seeds", default="1-3")
    told = parser.parse_args(arguments)
    for scenario in told.scenario:
        for seed in seeds(told.seeds):
            print(shown(scenario, seed, counted(scenario, seed)), flush=True)


if __name__ == "__main__":
    main()
