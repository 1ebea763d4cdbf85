"""People look at pairs: which ones, how they are shown, what follows from what was decided, and when to stop."""

from testimonia.linkage.review.agreement import Agreement, agreement
from testimonia.linkage.review.cards import Card, Line, card
from testimonia.linkage.review.decisions import (
    Decision,
    Labels,
    Standing,
    constraints,
    labels,
    pair_of,
    standing,
)
from testimonia.linkage.review.queue import Ask, Stop, queue, stop, turns

__all__ = [
    "Agreement",
    "Ask",
    "Card",
    "Decision",
    "Labels",
    "Line",
    "Standing",
    "Stop",
    "agreement",
    "card",
    "constraints",
    "labels",
    "pair_of",
    "queue",
    "standing",
    "stop",
    "turns",
]
