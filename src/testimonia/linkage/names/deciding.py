"""The verdict on two names, with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from testimonia.linkage.names.aligning import aligned
from testimonia.linkage.names.codes import encode
from testimonia.linkage.names.comparing import compare_encoded
from testimonia.linkage.names.reading import read
from testimonia.linkage.names.reasons import explained, spoken

__all__ = ["DIFFERENT", "SAME", "Comparison", "Verdict", "compare", "decided", "reading"]

Verdict = Literal["same", "different", "ambiguous"]
SAME, DIFFERENT = 0.7, 0.3


@dataclass(frozen=True)
class Comparison:
    """How far two names speak for the same person: score in [0, 1], verdict, and why."""

    score: float
    verdict: Verdict
    reason: str


def compare(a: str, b: str) -> Comparison:
    """Compare two names as written; symmetric, never raises.

    `same` says that the names agree and that few people share them, not that the persons are one. Where one is no
    name the score is 0 and the verdict ambiguous: nothing speaks for the same person, and nothing against it.
    """
    return decided(a, b, float(compare_encoded([encode(a)], [encode(b)])[0]))


def decided(a: str, b: str, score: float) -> Comparison:
    """The verdict and its reason for two names whose score is known."""
    left, right = read(a), read(b)
    if not left or not right:
        return Comparison(0.0, "ambiguous", _absent(bool(left), bool(right)))
    best = aligned(left, right)
    said, left_open = explained(best)
    if score < DIFFERENT and not best.agree:
        return Comparison(score, "different", said)
    if score < SAME:
        return Comparison(score, "ambiguous", f"{said}; that is too little to tell")
    return Comparison(score, "same" if best.agree and not left_open else "ambiguous", said)


def _absent(left: bool, right: bool) -> str:
    which = "neither is" if not left and not right else "the first is not" if right else "the second is not"
    return f"{which} a name, so that there is nothing to compare"


def reading(name: str) -> str:
    """The readings of a name in Hangul, likeliest first; "" where there is no name."""
    return spoken(read(name))
