"""Scores of the pairs of one case: F1, recall by pair of scripts, calibration."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from evals.linkage.cases import Case
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared
from testimonia.linkage.lists import read_lists
from testimonia.linkage.model import compare_lists
from testimonia.linkage.values import prepare

__all__ = ["BINS", "Scores", "compared", "score"]

BINS = (1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0)
PRECISION = 0.9

Flags = NDArray[np.bool_]


@dataclass
class Scores:
    """What was measured on one case; recall is over all true pairs, found by a rule or not."""

    records: int
    true_pairs: int
    candidates: int
    found: float
    best_f1: float
    best_at: float
    f1: float
    expected: float
    true_found: int
    believed: float
    mixed_recall: float
    seconds: dict[str, float]
    scripts: dict[str, tuple[int, float]] = field(default_factory=dict)
    bins: list[tuple[float, float, int]] = field(default_factory=list)
    by_lists: dict[str, tuple[float, int]] = field(default_factory=dict)


def compared(case: Case, engine: str = "duckdb", seed: int = 1) -> tuple[Compared, dict[str, float]]:
    """The pairs of a case, and the seconds of processor time of each step."""
    clocks = [time.process_time()]
    records = [record for file in read_lists(case.lists) for record in file.records]
    clocks.append(time.process_time())
    table = prepare(records)
    clocks.append(time.process_time())
    pairs = compare_lists(table, engine=engine, seed=seed)  # type: ignore[arg-type]
    clocks.append(time.process_time())
    return pairs, dict(zip(("read", "prepare", "compare"), np.diff(clocks).round(1).tolist(), strict=True))


def score(case: Case, pairs: Compared, seconds: dict[str, float]) -> Scores:
    """All scores of the pairs of a case."""
    truth = {row["record_id"]: row for row in case.truth}
    rows = [truth[record] for record in pairs.record_ids]
    person = np.unique([row["person_id"] for row in rows], return_inverse=True)[1]
    same: Flags = person[pairs.left] == person[pairs.right]
    sizes = np.bincount(person)
    true = int((sizes * (sizes - 1) // 2).sum())
    order = np.argsort(-pairs.probability, kind="stable")
    f1 = 2 * np.cumsum(same[order]) / (np.arange(1, len(order) + 1) + true)
    best = int(f1.argmax())
    at_half = pairs.probability >= 0.5
    scripts = np.array([row["script"] or "none" for row in rows])
    recalls = _by_scripts(pairs, same, scripts, person)
    return Scores(
        records=len(rows),
        true_pairs=true,
        candidates=len(pairs.left),
        found=float(same.sum() / true),
        best_f1=float(f1[best]),
        best_at=float(pairs.probability[order[best]]),
        f1=float(2 * same[at_half].sum() / (at_half.sum() + true)),
        expected=float(pairs.probability.sum()),
        true_found=int(same.sum()),
        believed=float(pairs.prior * len(rows) * (len(rows) - 1) / 2),
        mixed_recall=recalls.pop("mixed")[1],
        seconds=seconds,
        scripts=recalls,
        bins=_bins(pairs.probability, same),
        by_lists=_by_lists(pairs, same),
    )


def _by_scripts(
    pairs: Compared, same: Flags, scripts: NDArray[np.str_], person: NDArray[np.intp]
) -> dict[str, tuple[int, float]]:
    """For each pair of scripts: true pairs, and recall at the threshold where precision is PRECISION."""
    true: Counter[str] = Counter()
    members: dict[int, list[int]] = defaultdict(list)
    for position, number in enumerate(person.tolist()):
        members[number].append(position)
    for group in members.values():
        true.update("~".join(sorted((scripts[a], scripts[b]))) for a, b in combinations(group, 2))
    names, codes = np.unique(scripts, return_inverse=True)
    low = names[np.minimum(codes[pairs.left], codes[pairs.right])]
    high = names[np.maximum(codes[pairs.left], codes[pairs.right])]
    kinds = np.char.add(np.char.add(low, "~"), high)
    named = (low != "none") & (high != "none")
    mixed = sum(n for kind, n in true.items() if len(set(kind.split("~"))) == 2 and "none" not in kind)
    out = {kind: (n, _recall(pairs.probability, same, kinds == kind, n)) for kind, n in sorted(true.items())}
    return out | {"mixed": (mixed, _recall(pairs.probability, same, named & (low != high), mixed))}


def _recall(probability: NDArray[np.float64], same: Flags, chosen: Flags, true: int) -> float:
    rows = np.flatnonzero(chosen)
    rows = rows[np.argsort(-probability[rows], kind="stable")]
    hits = np.cumsum(same[rows])
    good = np.flatnonzero(hits >= PRECISION * np.arange(1, len(rows) + 1))
    return float(hits[good[-1]] / true) if len(good) and true else float("nan")


def _bins(probability: NDArray[np.float64], same: Flags) -> list[tuple[float, float, int]]:
    """For each bin its lower end, the sum of the probabilities, and the number of true pairs."""
    of = np.clip(np.digitize(probability, BINS) - 1, 0, len(BINS) - 2)
    return [(BINS[k], float(probability[of == k].sum()), int(same[of == k].sum())) for k in range(len(BINS) - 1)]


def _by_lists(pairs: Compared, same: Flags) -> dict[str, tuple[float, int]]:
    """For each pair of lists the expected and the true matches among the candidates."""
    one, other = pairs.list_of[pairs.left], pairs.list_of[pairs.right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    out = {}
    for a in range(len(pairs.lists)):
        for b in range(a, len(pairs.lists)):
            chosen = (low == a) & (high == b)
            expected = float(pairs.probability[chosen].sum())
            out[f"{pairs.lists[a]}~{pairs.lists[b]}"] = (expected, int(same[chosen].sum()))
    return out
