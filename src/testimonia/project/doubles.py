"""Documents that are coded twice, the second time without seeing what others did: which, and by whom.

Which documents is drawn by a keyed hash of file and casebook, so that nobody picks, and a document that comes later
changes nothing for those before it. The second person sees only her own codings until she says that she is done;
nobody sees hers until then, and they count nowhere until a third, who is neither of the two, has let them stand
(`comparing`, `adjudicating`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from testimonia.casebook import Casebook
from testimonia.casebook.values import Double, DoublePlan, Laid
from testimonia.errors import NotKept

__all__ = ["LEAST", "SHARE", "Offer", "begin", "finish", "offers", "plan"]

SHARE, LEAST = 0.2, 10
Standing = Literal["open", "yours", "taken", "finished", "known"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that was drawn: how it stands for one person, and who codes it blind, if anybody.

    open: she may take it; yours: she codes it now; taken: somebody else does; finished; known: she has judged in it.
    """

    file_sha256: str
    path: str
    language: str
    characters: int
    standing: Standing
    second: str | None = None
    finished_at: str | None = None


def plan(book: Casebook, *, share: float = SHARE, least: int = LEAST) -> DoublePlan:
    """Begin, with a share of the documents and at least some of each language. Once for a casebook; raises NotKept."""
    told = book.double_plan()
    if told is not None and told.least:
        raise NotKept("Documents are drawn in this casebook already; drawing again would let somebody pick.")
    if not 0 < share <= 1 or not 1 <= least <= 1000:
        raise NotKept("The share lies between 0 and 1 (0.2 is a fifth), the least number between 1 and 1,000.")
    with book.act("double", why="plan") as write:
        write.double_plan(share, least, seeded=told.seeded if told else 0.0)
        told = book.double_plan()
    if told is None:
        raise RuntimeError("A plan that was kept is not there.")
    return told


def drawn(book: Casebook, told: DoublePlan) -> list[Laid]:
    """The documents that were drawn: those whose lot is below the share, and more of a language until it has enough."""
    by_language: dict[str, list[tuple[float, Laid]]] = defaultdict(list)
    for laid in book.laid_out():
        by_language[laid.language].append((book.lot(f"double {laid.file_sha256}"), laid))
    chosen: list[Laid] = []
    for _, lots in sorted(by_language.items()):
        lots.sort(key=lambda one: one[0])
        below = sum(lot < told.share for lot, _ in lots)
        chosen += [laid for _, laid in lots[: max(below, told.least)]]
    return chosen


def offers(book: Casebook, who: str | None) -> list[Offer]:
    """The documents that were drawn, and how each stands for one person; none before it was begun."""
    told = book.double_plan()
    if told is None or not told.least:
        return []
    people, taken = book.reviewers(), {one.rendering_sha256: one for one in book.doubles()}
    paths: dict[str, str] = {}
    for arrival in book.arrivals():
        if arrival.file_sha256 is not None:
            paths.setdefault(arrival.file_sha256, arrival.path)
    return [
        _offer(one, paths.get(one.file_sha256, ""), taken.get(one.rendering_sha256), people, who)
        for one in drawn(book, told)
    ]


def _offer(laid: Laid, path: str, double: Double | None, people: dict[str, frozenset[str]], who: str | None) -> Offer:
    standing: Standing = "open"
    if double is not None:
        mine = double.coder == who
        standing = "finished" if double.finished_at else "yours" if mine else "taken"
    elif who in people.get(laid.rendering_sha256, ()):
        standing = "known"
    second, finished = (double.coder, double.finished_at) if double else (None, None)
    return Offer(laid.file_sha256, path, laid.language, laid.characters, standing, second, finished)


def begin(book: Casebook, file_sha256: str) -> None:
    """Take a document that was drawn, to code it blind. Raises NotKept where that is not possible, with the reason."""
    with book.act("double", why="begin") as write:
        offer = next((one for one in offers(book, book.who) if one.file_sha256 == file_sha256), None)
        if offer is None:
            raise NotKept("This document was not drawn; nobody picks which are coded twice.")
        if offer.standing == "known":
            raise NotKept("You have judged suggestions in this document: somebody else has to code it blind.")
        if offer.second is not None:
            raise NotKept("{who} has taken this document already.", who=offer.second)
        write.begin_double(book.document(file_sha256, codings=False).rendering_sha256)


def finish(book: Casebook, file_sha256: str) -> None:
    """Declare a document finished: from now on others see these codings, and she sees theirs. Raises NotKept."""
    rendering = book.document(file_sha256, codings=False).rendering_sha256
    with book.act("double", why="finish") as write:
        double = book.double(rendering, book.who)
        if double is None or double.finished_at is not None:
            raise NotKept("You are not coding this document blind.")
        write.finish_double(rendering)
