"""The verdict on two names, and its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from testimonia.linkage.names.codes import encode
from testimonia.linkage.names.comparing import compare_encoded

__all__ = ["DIFFERENT", "SAME", "Comparison", "Verdict", "compare", "verdict"]

Verdict = Literal["same", "different", "ambiguous"]
SAME, DIFFERENT = 0.8, 0.2


@dataclass(frozen=True)
class Comparison:
    """Score in [0, 1], verdict, and why."""

    score: float
    verdict: Verdict
    reason: str


def compare(a: str, b: str) -> Comparison:
    """Whether two written names can be the same name; symmetric, never raises."""
    left, right = encode(a), encode(b)
    if not left or not right:
        return Comparison(0.0, "ambiguous", "there is no name to compare")
    score = float(compare_encoded([left], [right])[0])
    return Comparison(score, verdict(score), "")


def verdict(score: float) -> Verdict:
    """The verdict at a score."""
    return "same" if score >= SAME else "different" if score < DIFFERENT else "ambiguous"
