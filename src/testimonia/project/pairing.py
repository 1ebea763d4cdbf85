"""Pairs of records on a page: which one somebody is asked about, what is shown of it, and what is told afterwards.

Before she has judged a pair she is told neither what the linkage thinks of it nor what others said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from testimonia.casebook import Casebook, Decision
from testimonia.errors import ChangedMeanwhile, NotDecided
from testimonia.project.lists import listed_records
from testimonia.project.partition import Pair
from testimonia.project.resolving import linking

if TYPE_CHECKING:
    from testimonia.linkage.lists import ListRecord
    from testimonia.linkage.review import Ask, Card

__all__ = ["Afterwards", "Progress", "Shown", "Table", "decide", "progress", "records_of", "shown", "table"]

VERDICTS = ("same", "different", "unsure")
ENOUGH = 0.02  # share of the width of the interval below which looking on hardly pays
AHEAD = 25


@dataclass(frozen=True)
class Table:
    """The pairs that one person is asked about now, in their order, and what they are asked about for.

    `said`: what the linkage said of the pairs of its queue, which is shown to nobody before she has judged.
    """

    who: str
    asked: Sequence[Ask]
    said: Mapping[Pair, float]
    spread: float
    decisions: Sequence[Decision]

    def chance(self, book: Casebook, pair: Pair) -> float | None:
        """What the linkage said of a pair: also of the unlikely ones of the queue, which it keeps nowhere else."""
        return self.said[pair] if pair in self.said else book.chance(*pair)

    @property
    def own(self) -> list[Decision]:
        """What this person decided, the last first."""
        return [one for one in reversed(self.decisions) if one.who == self.who]

    def verdict(self, pair: Pair) -> str | None:
        """What this person last said of a pair."""
        return next((one.verdict for one in self.own if {one.a, one.b} == set(pair)), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair on the page: both records field by field, why it is asked about, and this person's own last verdict."""

    card: Card
    chosen: str
    own: str | None


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What is told of a pair once it has been judged: what the linkage thought of it, and what others said."""

    a: str
    b: str
    verdict: str
    probability: float | None
    others: Mapping[str, str]
    stands: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far review has come. `moved`: by what share of its width the interval is still expected to move by the next

    `ahead` pairs, None where that is not known; `enough`: looking on hardly pays.
    """

    waiting: int
    own: int
    pairs: int
    people: int
    disputed: int
    twice: int
    kappa: float | None
    alpha: float | None
    ahead: int
    moved: float | None
    enough: bool


def records_of(book: Casebook) -> Mapping[str, ListRecord]:
    """All records of lists, by id. It changes only when lists are taken in or their cells are corrected."""
    return {record.record_id: record for record in listed_records(book)}


def table(book: Casebook, who: str, records: Mapping[str, ListRecord], *, adjudicate: bool = False) -> Table | None:
    """What one person is asked about now; None where nothing has been linked. Raises MissingPart.

    With `adjudicate` the pairs about which two others disagree; nobody settles a quarrel of her own.
    """
    last = book.linkage()
    if last is None:
        return None
    with linking():
        from testimonia.linkage.review import Ask, standing, turns

        decisions = book.decisions()
        queue = last.summary.get("queue", ())
        waiting = [Ask(a, b, change, chosen) for a, b, change, chosen, _ in queue if a in records and b in records]
        asked = turns(waiting, decisions, who, adjudicate=adjudicate)
        if adjudicate:
            stands = standing(decisions)
            asked = tuple(one for one in asked if who not in stands[one.pair].by)
        said = {Ask(a, b, 0.0).pair: chance for a, b, _, _, chance in queue}
        kept = tuple(one for one in asked if one.a in records and one.b in records)
        spread = float((last.summary.get("totals") or {}).get("spread") or 0.0)
        return Table(who, kept, said, spread, decisions)


def shown(found: Table, records: Mapping[str, ListRecord], pair: Pair | None = None) -> Shown | None:
    """The pair that is named, or the next one; None where none is left. Raises NotDecided for records not here."""
    from testimonia.linkage.review import card

    if pair is None:
        if not found.asked:
            return None
        ask = found.asked[0]
        return Shown(card(records[ask.a], records[ask.b]), ask.chosen, found.verdict(ask.pair))
    if pair[0] not in records or pair[1] not in records or pair[0] == pair[1]:
        raise NotDecided("These two records are not in this casebook any more. Go on with the next pair.")
    return Shown(card(records[pair[0]], records[pair[1]]), _chosen(found, pair), found.verdict(pair))


def _chosen(found: Table, pair: Pair) -> str:
    """Why a pair is asked about; of one that is looked at again, why it was asked about before."""
    asked = next((one.chosen for one in found.asked if {one.a, one.b} == set(pair)), None)
    again = next((one.chosen for one in found.own if {one.a, one.b} == set(pair)), "")
    return asked or again


def decide(
    book: Casebook, found: Table, pair: Pair, verdict: str, *, known: str | None, seconds: float | None = None
) -> Afterwards:
    """Keep what one person says of a pair, durably, and tell what was held back until now.

    `known` is her own last verdict on it as the page knows it. Raises ChangedMeanwhile where she has judged it in
    another window, NotDecided for what is no verdict.
    """
    if verdict not in VERDICTS:
        raise NotDecided("Say same, different or unsure.")
    now = found.verdict(pair)
    if now != known:
        at = next((one.at for one in found.own if {one.a, one.b} == set(pair)), "")
        raise ChangedMeanwhile(found.who, str(now), at)
    ordered = (min(pair), max(pair))
    chosen, chance = _chosen(found, pair), found.chance(book, ordered)
    with book.act("review", why="pair") as write:
        write.decide(*ordered, verdict, seconds=seconds, chosen=chosen, probability=chance)  # type: ignore[arg-type]
    return told(book, found, ordered)


def told(book: Casebook, found: Table, pair: Pair) -> Afterwards:
    """What is told of a pair that this person has judged."""
    from testimonia.linkage.review import standing

    stands = standing(book.decisions())[min(pair), max(pair)]
    others = {who: verdict for who, verdict in stands.by.items() if who != found.who}
    return Afterwards(*pair, stands.by[found.who], found.chance(book, pair), others, stands.verdict)


def progress(found: Table) -> Progress:
    """How far review has come, and whether looking on pays.

    `moved` adds up what the next pairs are expected to change, which is an upper limit, and holds as far as the
    probabilities do: the pairs drawn at random among the others test them.
    """
    from testimonia.linkage.review import agreement, standing

    agreed, stands = agreement(found.decisions), standing(found.decisions)
    ahead = [one.change for one in found.asked if one.chosen == "queue"][:AHEAD]
    moved = sum(ahead) / found.spread if ahead and found.spread > 0 else None
    return Progress(
        waiting=len(found.asked),
        own=len({(one.a, one.b) for one in found.own}),
        pairs=len(stands),
        people=len({one.who for one in found.decisions}),
        disputed=sum(one.verdict == "disputed" for one in stands.values()),
        twice=agreed.pairs,
        kappa=agreed.kappa,
        alpha=agreed.alpha,
        ahead=len(ahead),
        moved=moved,
        enough=not ahead or (moved is not None and moved < ENOUGH),
    )


def plain(one: Shown) -> dict[str, Any]:
    """A pair as JSON values: ids, lists, fields as written, and nothing the person may not see yet."""
    return {
        "a": one.card.left,
        "b": one.card.right,
        "lists": list(one.card.lists),
        "lines": [{"field": line.field, "left": line.left, "right": line.right} for line in one.card.lines],
        "chosen": one.chosen if one.chosen == "adjudication" else "",
        "own": one.own,
    }
