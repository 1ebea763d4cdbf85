"""What is in a casebook, what waits for a person, what could not be read, and what was done last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testimonia.casebook import Casebook
from testimonia.casebook.values import Arrival, Logged, Waiting

__all__ = ["Overview", "overview", "tour_stops"]

ACTIONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The state of a casebook. `pairs` waiting for a look is None where no lists have been linked."""

    outcomes: Mapping[str, int]
    counts: Mapping[str, int]
    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    documents: Sequence[Waiting]
    unread: Sequence[Arrival]
    unconsented: int
    refused: Mapping[str, int]
    pairs: int | None
    actions: Sequence[Logged]

    @property
    def waiting(self) -> int:
        """How many proposals nobody has judged."""
        return sum(one.waiting for one in self.documents)

    @property
    def next(self) -> Waiting | None:
        """The first document in which something waits."""
        return next((one for one in self.documents if one.waiting), None)


def overview(casebook: Casebook) -> Overview:
    """Count everything; nothing of the texts is read."""
    last = casebook.linkage()
    decided = {frozenset((one.a, one.b)) for one in casebook.decisions() if one.who == casebook.who}
    queue = None if last is None else last.summary.get("queue", ())
    return Overview(
        outcomes=casebook.outcomes(),
        counts=casebook.summary(),
        kinds=casebook.kinds(),
        languages=casebook.languages(),
        documents=casebook.waiting(),
        unread=[one for one in casebook.arrivals() if one.outcome != "read"],
        unconsented=casebook.unconsented_sources(),
        refused=casebook.refused(),
        pairs=None if queue is None else sum(frozenset((a, b)) not in decided for a, b, *_ in queue),
        actions=casebook.last_actions(ACTIONS),
    )


def tour_stops(casebook: Casebook) -> Mapping[str, str]:
    """Where the tour stops in this casebook: a document with proposals, by name; nothing for what is not there."""
    documents = casebook.waiting()
    best = max(documents, key=lambda one: one.waiting, default=None)
    return {} if best is None else {"document": best.file_sha256}
