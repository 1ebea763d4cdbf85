"""Pairs that people have reviewed, as the estimation reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Label", "known_pairs", "known_weights"]

Label = tuple[str, str, str]
"""Two record ids and what a reviewer said: same, different or unsure."""

CERTAINTY = {"same": 0.99, "different": 0.01}  # reviewers err, too
Positions = NDArray[np.int32]


def known_pairs(
    labels: Iterable[Label], record_ids: Sequence[str]
) -> tuple[tuple[Positions, Positions], NDArray[np.float64]]:
    """Positions of the two records of each label, and the probability of a match; unsure ones are left out.

    The last label of a pair counts. Raises ValueError for an unknown record id or another verdict.
    """
    place = {record: position for position, record in enumerate(record_ids)}
    said: dict[tuple[int, int], float] = {}
    for one, other, verdict in labels:
        if verdict not in {*CERTAINTY, "unsure"}:
            raise ValueError(f"a reviewed pair is same, different or unsure, not {verdict!r}")
        missing = [record for record in (one, other) if record not in place]
        if missing or one == other:
            raise ValueError(f"a reviewed pair names two records of the lists; {missing or one!r} does not")
        pair = (min(place[one], place[other]), max(place[one], place[other]))
        said.pop(pair, None)
        if verdict in CERTAINTY:
            said[pair] = CERTAINTY[verdict]
    pairs = np.array(sorted(said), dtype=np.int32).reshape(-1, 2)
    return (pairs[:, 0], pairs[:, 1]), np.array([said[one, other] for one, other in pairs.tolist()])


def known_weights(
    asked: tuple[Positions, Positions], said: NDArray[np.float64], left: Positions, right: Positions
) -> NDArray[np.float64] | None:
    """For each candidate what is known of it, NaN where nothing is; None where nothing is known of any.

    Every asked pair must be among the candidates, which are in the order of their records.
    """
    if not len(said):
        return None
    keys = left.astype(np.int64) << 32 | right
    known = np.full(len(left), np.nan)
    known[np.searchsorted(keys, asked[0].astype(np.int64) << 32 | asked[1])] = said
    return known
