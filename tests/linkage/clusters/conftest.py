"""Invented compared records whose truth is known, made by the model that the draws assume."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from testimonia.linkage.compared import Compared, Sampled

M = (0.05, 0.15, 0.8)  # of levels 0, 1, 2 among matches
U = (0.9, 0.09, 0.01)


def compared_of(
    list_of: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    levels: Sequence[Sequence[int]],
    *,
    lists: int = 2,
    probability: Sequence[float] | None = None,
    m: Sequence[float] = M,
    u: Sequence[float] = U,
) -> Compared:
    """Compared records with these candidate pairs and levels; every comparison has the same m and u."""
    found = np.array(levels, dtype=np.int8)
    found = found.reshape(len(pairs), found.shape[-1])
    both = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Compared(
        record_ids=tuple(f"r{at}" for at in range(len(list_of))),
        lists=tuple(f"list {at}" for at in range(lists)),
        list_of=np.array(list_of, dtype=np.int16),
        left=both[:, 0].copy(),
        right=both[:, 1].copy(),
        levels=found,
        comparisons=tuple(f"c{at}" for at in range(found.shape[1])),
        m=tuple(np.array(m) for _ in range(found.shape[1])),
        u=tuple(np.array(u) for _ in range(found.shape[1])),
        prior=0.01,
        extra=np.zeros(len(both)),
        probability=np.full(len(both), 0.5) if probability is None else np.array(probability, dtype=float),
        rules=np.ones(len(both), dtype=np.uint32),
        rule_names=("all",),
    )


def invented(
    seed: int, persons: int = 400, lists: int = 3, comparisons: int = 5, on: float = 0.35
) -> tuple[Compared, np.ndarray]:
    """Lists of persons, every two records compared, levels drawn given who is who; the person of each record.

    Records of one person agree with each other through the person's own value, so that agreement is as consistent
    within a cluster as it is in life. Two rules look at different comparisons.
    """
    generator = np.random.default_rng(seed)
    held = np.argwhere(generator.random((persons, lists)) < on)
    person, list_of = held[:, 0], held[:, 1].astype(np.int16)
    values = generator.integers(0, 40, (persons, comparisons))
    shape = (len(person), comparisons)
    told = np.where(generator.random(shape) < 0.9, values[person], -generator.integers(1, 4000, shape))
    told = np.where(generator.random(told.shape) < 0.05, 10**6, told)  # missing
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(person), 1))

    def compare(one: np.ndarray, two: np.ndarray) -> np.ndarray:
        missing = (told[one] == 10**6) | (told[two] == 10**6)
        return np.where(missing, -1, (told[one] == told[two]).astype(int)).astype(np.int8)

    levels = compare(left, right)
    first = (levels[:, 0] == 1) & (levels[:, 1] == 1)
    second = (levels[:, 2] == 1) & ((levels[:, 3] == 1) | (levels[:, 4] == 1))
    rules = first.astype(np.uint32) | second.astype(np.uint32) << np.uint32(1)
    found = rules > 0
    m, u = np.array([0.2, 0.8]), np.array([1 - 0.025, 0.025])
    ratio = np.log(m / u)
    score = np.where(levels >= 0, ratio[np.maximum(levels, 0)], 0.0).sum(axis=1)
    prior = 1.0 / len(person)
    chosen = generator.choice(len(left), min(len(left), 20_000), replace=False)
    compared = Compared(
        record_ids=tuple(f"r{at}" for at in range(len(person))),
        lists=tuple(f"list {at}" for at in range(lists)),
        list_of=list_of,
        left=left[found],
        right=right[found],
        levels=levels[found],
        comparisons=tuple(f"c{at}" for at in range(comparisons)),
        m=tuple(m for _ in range(comparisons)),
        u=tuple(u for _ in range(comparisons)),
        prior=prior,
        extra=np.zeros(int(found.sum())),
        probability=1 / (1 + np.exp(-(np.log(prior) + score[found]))),
        rules=rules[found],
        rule_names=("first", "second"),
        sampled=Sampled(left[chosen], right[chosen], levels[chosen], np.zeros(len(chosen)), rules[chosen]),
    )
    return compared, person


@pytest.fixture
def make() -> Callable[..., Compared]:
    """Compared records from candidate pairs and levels."""
    return compared_of


@pytest.fixture(scope="session")
def small() -> tuple[Compared, np.ndarray]:
    """Three invented lists of about 420 records, and the person of each."""
    return invented(1)
