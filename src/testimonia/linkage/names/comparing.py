"""Whether two written names can be the same: likelihood ratio, score, verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from testimonia.linkage.names.codes import encode

__all__ = [
    "Codes",
    "compare_encoded",
    "evidence",
    "given_evidence",
    "logs",
    "score_many",
    "surname_evidence",
    "with_itself",
]

Scores = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.int64]
Codes: TypeAlias = Sequence[bytes | None] | Any  # or a pyarrow array of binary

# score = 1 / (1 + exp(-(INTERCEPT + FIT * shortfall + RARITY * evidence)))
INTERCEPT, FIT, RARITY = -2.7, 0.5, 0.7


def compare_encoded(left: Codes, right: Codes) -> Scores:
    """Score in [0, 1] of each pair of encoded names; 0 where one is empty."""
    found = logs(left, right)
    return _scores(found)


def _scores(found: npt.NDArray[np.float64]) -> Scores:
    own = (found[:, 2] + found[:, 3]) / 2
    shortfall = np.minimum(found[:, 0] - own, 0.0)
    scores = 1 / (1 + np.exp(-(INTERCEPT + FIT * shortfall + RARITY * found[:, 0])))
    scores[(found[:, 2] == 0) & (found[:, 3] == 0)] = 0.0
    return scores.astype(np.float32)


def score_many(left: Iterable[str], right: Iterable[str]) -> Scores:
    """Score in [0, 1] of each pair of names as written."""
    return compare_encoded([encode(one) for one in left], [encode(one) for one in right])


def evidence(left: Codes, right: Codes) -> Scores:
    """Log likelihood ratio (natural) of each pair: the same person's name against two persons'; 0 where one is empty.

    Assumes that both names are drawn and written independently given the person, with the shares of `codes`. Where
    writers copy from one another it is too large.
    """
    return logs(left, right)[:, 0].astype(np.float32)


def given_evidence(left: Codes, right: Codes) -> Scores:
    """The part of `evidence` that the given names carry."""
    return logs(left, right)[:, 1].astype(np.float32)


def surname_evidence(left: Codes, right: Codes) -> Scores:
    """What the surnames add to the given names: `evidence` less `given_evidence`."""
    found = logs(left, right)
    return (found[:, 0] - found[:, 1]).astype(np.float32)


def logs(left: Codes, right: Codes) -> npt.NDArray[np.float64]:
    """Per pair: evidence of the whole name, of the given name, of each name with itself (n by 4)."""
    from testimonia.linkage.names.kernel import LENGTHS, WEIGHTS, ratios

    words, starts = _words(left)
    others, positions = (words, starts) if right is left else _words(right)
    if len(starts) != len(positions):
        raise ValueError(f"{len(starts)} names on the left, {len(positions)} on the right")
    return ratios(words, starts, others, positions, WEIGHTS, LENGTHS)


def with_itself(words: Words, starts: Positions) -> Scores:
    """Evidence of each name beside itself."""
    from testimonia.linkage.names.kernel import LENGTHS, WEIGHTS, ratios

    return ratios(words, starts, words, starts, WEIGHTS, LENGTHS)[:, 0].astype(np.float32)


def _words(codes: Any) -> tuple[Words, Positions]:
    """All codes in one row of words, and where each begins (-1: empty)."""
    if hasattr(codes, "combine_chunks"):
        codes = codes.combine_chunks()
    if hasattr(codes, "buffers"):
        return _of_arrow(codes)
    blobs = [one or b"" for one in codes]
    ends = np.cumsum([0, *map(len, blobs)])
    return _placed(b"".join(blobs), ends)


def _of_arrow(codes: Any) -> tuple[Words, Positions]:
    """The buffers of a binary array as they are; a null has length nought."""
    _, offsets, data = codes.buffers()
    if data is None or not len(codes):
        return _placed(b"", np.zeros(len(codes) + 1, dtype=np.int64))
    wide = np.int64 if str(codes.type).startswith("large") else np.int32
    ends = np.frombuffer(offsets, dtype=wide)[codes.offset : codes.offset + len(codes) + 1].astype(np.int64)
    return _placed(memoryview(data)[: ends[-1]], ends)


def _placed(data: bytes | memoryview, ends: Positions) -> tuple[Words, Positions]:
    words = np.frombuffer(data if len(data) else b"\0\0\0\0", dtype="<u4")
    return words, np.where(np.diff(ends) > 0, ends[:-1] // 4, -1)
