"""Pairs for a human look, out of a casebook and back into it: what a terminal or a page needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from testimonia.casebook import Casebook
from testimonia.errors import BadTable
from testimonia.project.lists import listed_records
from testimonia.project.resolving import linking

if TYPE_CHECKING:
    from testimonia.linkage.lists import ListRecord
    from testimonia.linkage.review import Ask, Card

__all__ = ["Desk", "review_desk"]


class Desk:
    """The pairs one person is asked about, one after the other; each decision is kept as soon as it is made."""

    def __init__(
        self,
        casebook: Casebook,
        asked: Sequence[Ask],
        records: Mapping[str, ListRecord],
        spread: float,
        said: Mapping[tuple[str, str], float],
    ) -> None:
        """Sit down with the pairs of `turns`; `spread` is the width of the interval of the estimate.

        `said` is what the linkage said of pairs: it is kept beside each decision, and shown to nobody.
        """
        self._book, self._asked, self._records, self._spread = casebook, list(asked), records, spread
        self._said = said
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
        """Keep a decision, durably, and go on to the next pair."""
        with self._book.act("review", why="pair") as write:
            chance = self._said.get(ask.pair)
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
        waiting = stop(self._asked[self._at :], self._spread)
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
    """The desk of the person who opened the casebook. Raises BadTable where its lists have not been linked."""
    with linking():
        from testimonia.linkage.review import Ask, turns

        last = casebook.linkage()
        if last is None:
            raise BadTable(f"{casebook.path}: nothing has been linked here yet; run `testimonia link` first.")
        records = {record.record_id: record for record in listed_records(casebook)}
        queue = last.summary.get("queue", ())
        waiting = [Ask(a, b, change, chosen) for a, b, change, chosen, _ in queue]
        said = {Ask(a, b, 0.0).pair: chance for a, b, _, _, chance in queue}
        known = [one for one in waiting if one.a in records and one.b in records]
        asked = turns(known, casebook.decisions(), casebook.who, adjudicate=adjudicate)
        kept = [one for one in asked if one.a in records and one.b in records]
        spread = float((last.summary.get("totals") or {}).get("spread") or 0.0)
        return Desk(casebook, kept, records, spread, said)
