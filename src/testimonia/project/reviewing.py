"""Pairs for a human look, out of a casebook and back into it: what a terminal or a page needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from testimonia.casebook import Casebook
from testimonia.errors import BadTable
from testimonia.project.pairing import Table, records_of, table

if TYPE_CHECKING:
    from testimonia.linkage.lists import ListRecord
    from testimonia.linkage.review import Ask, Card

__all__ = ["Desk", "review_desk"]


class Desk:
    """The pairs one person is asked about, one after the other; each decision is kept as soon as it is made."""

    def __init__(self, casebook: Casebook, found: Table, records: Mapping[str, ListRecord]) -> None:
        """Sit down with the pairs of a table."""
        self._book, self._found, self._records = casebook, found, records
        self._asked = list(found.asked)
        self._at = 0
        self.decided = 0

    @property
    def left(self) -> int:
        """How many pairs are waiting, the one on the table included."""
        return len(self._asked) - self._at

    def next(self) -> Ask | None:
        """The pair to be looked at, or None when there is none left."""
        return self._asked[self._at] if self._at < len(self._asked) else None

    def card(self, ask: Ask) -> Card:
        """Both records side by side, without an opinion."""
        from testimonia.linkage.review import card

        return card(self._records[ask.a], self._records[ask.b])

    def decide(self, ask: Ask, verdict: Any, seconds: float | None = None) -> None:
        """Keep a decision, durably, and go on to the next pair.

        What the linkage said of the pair is kept beside it, and shown to nobody.
        """
        with self._book.act("review", why="pair") as write:
            chance = self._found.chance(self._book, ask.pair)
            write.decide(ask.a, ask.b, verdict, seconds=seconds, chosen=ask.chosen, probability=chance)
        self.decided += 1
        self._at += 1

    def back(self, ask: Ask) -> None:
        """Ask about a pair again: the next decision on it counts, the one before stays in the record."""
        self._at = self._asked.index(ask)

    def told(self) -> dict[str, Any]:
        """How far it has come: decisions, agreement, and whether looking on pays."""
        from testimonia.linkage.review import agreement, standing, stop

        decisions = self._book.decisions()
        found = agreement(decisions)
        stands = standing(decisions)
        waiting = stop(self._asked[self._at :], self._found.spread)
        return {
            "decided": self.decided,
            "decisions": len(decisions),
            "pairs": len(stands),
            "twice": found.pairs,
            "observed": found.observed,
            "kappa": found.kappa,
            "alpha": found.alpha,
            "disputed": sum(one.verdict == "disputed" for one in stands.values()),
            "waiting": self.left,
            "stop": waiting.why,
            "enough": waiting.now,
        }


def review_desk(casebook: Casebook, *, adjudicate: bool = False) -> Desk:
    """The desk of the person who opened the casebook. Raises BadTable where its lists have not been linked.

    With `adjudicate` only the pairs about which two others disagree: nobody settles a quarrel of her own.
    """
    records = records_of(casebook)
    found = table(casebook, casebook.who, records, adjudicate=adjudicate)
    if found is None:
        raise BadTable(f"{casebook.path}: nothing has been linked here yet; run `testimonia link` first.")
    return Desk(casebook, found, records)
