"""What people decided about pairs, and what follows from it: links that must be, links that cannot be, labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["ADJUDICATION", "Decision", "Labels", "Pair", "Standing", "constraints", "labels", "pair_of", "standing"]

ADJUDICATION = "adjudication"
Pair = tuple[str, str]
Settled = Literal["same", "different", "unsure", "disputed"]


class Decision(Protocol):
    """A person's decision on two records: who, about which, how, and why the pair was asked about."""

    @property
    def a(self) -> str:
        """Id of a record."""

    @property
    def b(self) -> str:
        """Id of another."""

    @property
    def verdict(self) -> Literal["same", "different", "unsure"]:
        """What was decided."""

    @property
    def who(self) -> str:
        """Pseudonym of the person."""

    @property
    def chosen(self) -> str:
        """Why the pair was asked about: queue, audit, second, adjudication."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stands after all decisions on it: the last of each person counts, an adjudication above all.

    "disputed" where two people hold different verdicts of which neither is "unsure" and nobody has adjudicated.
    """

    verdict: Settled
    by: Mapping[str, str]
    adjudicated: bool
    audited: bool


@dataclass(frozen=True, eq=False)
class Labels:
    """Decided pairs as the model takes them: positions of two records, whether they are one person, whether at random.

    `audited` pairs were drawn at random; only they may be used to judge probabilities, since the others were asked
    about because they were doubtful.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    same: NDArray[np.bool_]
    audited: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.left)


def pair_of(a: str, b: str) -> Pair:
    """Two ids in the order in which a pair is known."""
    return (a, b) if a < b else (b, a)


def standing(decisions: Iterable[Decision]) -> dict[Pair, Standing]:
    """How each pair stands; `decisions` first to last. Pairs in the order in which they were first decided."""
    last: dict[Pair, dict[str, str]] = {}
    adjudicated: dict[Pair, str] = {}
    audited: set[Pair] = set()
    for one in decisions:
        pair = pair_of(one.a, one.b)
        last.setdefault(pair, {})[one.who] = one.verdict
        if one.chosen == ADJUDICATION:
            adjudicated[pair] = one.verdict
        if one.chosen == "audit":
            audited.add(pair)
    return {pair: _stands(by, adjudicated.get(pair), pair in audited) for pair, by in last.items()}


def _stands(by: Mapping[str, str], adjudicated: str | None, audited: bool) -> Standing:
    held = {verdict for verdict in by.values() if verdict != "unsure"}
    found = adjudicated or ("disputed" if len(held) > 1 else next(iter(held), "unsure"))
    return Standing(found, dict(by), adjudicated is not None, audited)  # type: ignore[arg-type]


def constraints(
    decisions: Iterable[Decision], record_ids: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of record positions that must be one person, and that cannot be: each int32[n, 2], left < right.

    Unsure and disputed pairs bind nothing. Decisions on records that are not among `record_ids` are passed over.
    """
    found = labels(decisions, record_ids)
    pairs = np.stack([found.left, found.right], axis=1)
    return pairs[found.same], pairs[~found.same]


def labels(decisions: Iterable[Decision], record_ids: Sequence[str]) -> Labels:
    """The pairs that are decided as same or different, by the positions of their records."""
    place = {record_id: at for at, record_id in enumerate(record_ids)}
    kept = [
        (*sorted((place[a], place[b])), stands.verdict == "same", stands.audited)
        for (a, b), stands in standing(decisions).items()
        if stands.verdict in ("same", "different") and a in place and b in place
    ]
    columns = list(zip(*kept, strict=True)) if kept else [(), (), (), ()]
    return Labels(
        np.array(columns[0], dtype=np.int32),
        np.array(columns[1], dtype=np.int32),
        np.array(columns[2], dtype=np.bool_),
        np.array(columns[3], dtype=np.bool_),
    )
