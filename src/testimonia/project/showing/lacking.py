"""What findings lack beyond what could not be read: judgement, and a second origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from testimonia.project.showing.standing import Found

__all__ = ["Lacking", "lacking"]

KINDS = ("figure", "measure", "act")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What is open: proposals nobody has judged, by kind, and findings that rest on fewer than two origins.

    `single` of `acts` kinds of act, and `repeated` of `compared` sets of figures, have fewer than two independent
    origins; `undecided` origins are never counted.
    """

    suggested: Mapping[str, int]
    single: int
    acts: int
    repeated: int
    compared: int
    undecided: int


def lacking(found: Found) -> Lacking:
    """Count what is open in the findings."""
    told = found.findings
    kept = [e.coding for e in told.evidence if e.coding.kind in KINDS]
    stated = [act for act in told.acts if act.stated]
    return Lacking(
        suggested=Counter(coding.kind for coding in kept if coding.state == "suggested"),
        single=sum(act.support.independent < 2 for act in stated),
        acts=len(stated),
        repeated=sum(group.support.independent < 2 for group in told.figures.comparable),
        compared=len(told.figures.comparable),
        undecided=sum(speaker.origin.certainty == "undecided" for speaker in told.speakers),
    )
