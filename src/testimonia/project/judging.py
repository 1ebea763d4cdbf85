"""Judging what coders propose, one durable act a judgement; and what a page needs to show it.

A coding is known by its stored id (`Coding.id` of what the casebook hands out). Whoever judges says which review of
it she has seen last; where somebody else was quicker, she is told who changed what and when, and nothing is kept.
No judgement reads a document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import Any, Literal

from testimonia.casebook import BLIND, Casebook, Judged, Vote, Writer
from testimonia.errors import NoSuchCoding, NotKept, Overtaken
from testimonia.model import Coding, State
from testimonia.project import owning

__all__ = [
    "MANY",
    "MANY_KINDS",
    "Kept",
    "judge",
    "judge_many",
    "mode",
    "own",
    "plain",
    "respan",
    "sheet_codings",
    "standing",
    "undo",
]

MANY = 200  # codings that one act may judge: about what a screen can hold
FAR = 500  # characters before a coding at which another that reaches into it can begin
MANY_KINDS = frozenset({"place", "org", "date", "law"})
STATES = ("accepted", "rejected", "corrected", "suggested")
Changes = Mapping[str, Any]
Mode = Literal["review", "blind"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement that is on the disk, and the coding as it stands with it."""

    now: Judged

    @property
    def coding(self) -> str:
        """The id of the coding."""
        return self.now.coding.id

    @property
    def state(self) -> State:
        """What stands: what was said, or, where somebody took her judgement back, what others said."""
        return self.now.coding.state

    @property
    def review(self) -> int:
        """The number of this judgement."""
        return self.now.review

    @property
    def by(self) -> str:
        """Who made it."""
        return self.now.votes[-1].who

    @property
    def at(self) -> str:
        """When, in UTC."""
        return self.now.votes[-1].at

    def plain(self) -> dict[str, Any]:
        """As JSON values; `now` is the coding as `plain` gives it."""
        told = {name: getattr(self, name) for name in ("coding", "state", "review", "by", "at")}
        return {**told, "now": plain(self.now)}


def judge(
    book: Casebook,
    coding: str,
    state: State,
    *,
    seen: int,
    changes: Changes | None = None,
    seconds: float | None = None,
    shown: bool = True,
) -> Kept:
    """Keep what the one who opened `book` says of a coding; "suggested" takes back what was said.

    `seen` is the number of the last review she knows of, 0 for none; `shown` whether the suggestion was shown to her.
    Raises Overtaken, NoSuchCoding, and NotKept where the gate refuses a correction; nothing is kept then.
    """
    with book.act("judge", why=_state(state)) as write:
        before = _current(book, coding, seen)
        said = _said(book, before, state, changes or {})
        return _keep(book, write, before, said, seconds=seconds, blind=not shown)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is written of a judgement; `back` is the number of the review that is taken back."""

    state: State
    changes: Changes = field(default_factory=dict)
    back: int | None = None


REJECTED = _Said("rejected")


def _said(book: Casebook, before: Judged, state: State, changes: Changes) -> _Said:
    """What a judgement says. Who accepts a coding that somebody corrected accepts it as corrected; who corrects it
    further keeps what was corrected; who takes her judgement back leaves what others said."""
    known = before.votes[-1].changes if before.coding.state == "corrected" else {}
    if state == "corrected":
        return _Said(state, {**known, **owning.corrected(book, before.coding, changes)})
    if state == "suggested":
        return _without(before, book.who)
    return _Said("corrected", known) if state == "accepted" and known else _Said(state)


def _without(before: Judged, who: str) -> _Said:
    """What stands without somebody's judgement. Raises NotKept where she has made none."""
    mine = before.said(who)
    if mine is None:
        raise NotKept("You have not judged this coding: there is nothing to take back.")
    others = [vote for vote in before.votes if vote.who != who and vote.holds]
    return _Said(others[-1].state, others[-1].changes, mine.review) if others else _Said("suggested")


def judge_many(
    book: Casebook, codings: Sequence[tuple[str, int]], state: State, *, seconds: float | None = None
) -> list[Kept]:
    """Judge many at once, (id, last review seen) each, in one act: all or nothing.

    For places, organisations, dates and laws only, and for no more than stand on a screen. Raises as `judge` does.
    """
    if not 0 < len(codings) <= MANY or state == "corrected":
        raise NotKept("Between one and {number} codings can be accepted, rejected or taken back together.", number=MANY)
    with book.act("judge-many", why=_state(state)) as write:
        before = [_current(book, coding, seen) for coding, seen in codings]
        if any(one.coding.kind not in MANY_KINDS for one in before):
            raise NotKept("Only places, organisations, dates and laws can be judged together; look at each other one.")
        each = seconds / len(before) if seconds is not None else None
        said = [_said(book, one, state, {}) for one in before]
        return [_keep(book, write, one, what, seconds=each) for one, what in zip(before, said, strict=True)]


def own(
    book: Casebook,
    rendering_sha256: str,
    told: Mapping[str, Any],
    *,
    replaces: str | None = None,
    seen: int = 0,
    seconds: float | None = None,
) -> Judged:
    """Keep a coding that the one who opened `book` made herself, checked by the gate as any other coder's.

    `told` holds kind, start, end, and whichever of code, value, min, max, unit, comparator, value_status, modality,
    polarity, basis, attributes and parts (role -> {start, end}). With `replaces`, the coding with that id is rejected
    in the same act. Raises NotKept with the reason of the gate, Overtaken and NoSuchCoding.
    """
    made = owning.made(book.text(rendering_sha256), rendering_sha256, told)
    return _add(book, made, replaces=replaces, seen=seen, seconds=seconds)


def respan(book: Casebook, coding: str, start: int, end: int, *, seen: int, seconds: float | None = None) -> Judged:
    """Keep a coding with other bounds in place of the one that stands: the old one is rejected, in one act."""
    before = _current(book, coding, seen).coding
    made = owning.respanned(book.text(before.rendering_sha256), before, start, end)
    return _add(book, made, replaces=coding, seen=seen, seconds=seconds)


def _add(book: Casebook, made: Coding, *, replaces: str | None, seen: int, seconds: float | None) -> Judged:
    blind = mode(book, made.rendering_sha256, book.who) == "blind"
    with book.act("code-own", why="blind" if blind else "") as write:
        if replaces is not None:
            before = _current(book, replaces, seen)
            if _is_seeded(book, replaces):
                return _in_place_of_seeded(book, write, made, replaces, seconds)
            made = owning.carried(made, before.coding)
            _keep(book, write, before, REJECTED, blind=blind)
        _check_new(book, made)
        kept, _ = write.own(made, seconds=seconds, blind=blind)
        return _found(book, kept.id)


def _in_place_of_seeded(book: Casebook, write: Writer, made: Coding, seeded: str, seconds: float | None) -> Judged:
    """She made a coding of her own out of a wrong suggestion: it is hers, and is remembered with the suggestion."""
    _check_new(book, made)
    kept, _ = write.own(replace(made, rule=None, cue=None), seconds=seconds)
    write.review_seeded(seeded, "corrected", own=kept.id, seconds=seconds)
    return _found(book, kept.id)


def _check_new(book: Casebook, made: Coding) -> None:
    """Raise NotKept where she has made the same coding before, and has not taken it back."""
    for one in book.judged_between(made.rendering_sha256, made.start, made.end):
        old = one.coding
        if old.coder == book.who and old.state != "rejected" and owning.same(old, made):
            raise NotKept("You have coded these words so already.")


def undo(book: Casebook, coding: str, *, replaces: str | None = None, seen: int | None = None) -> Judged | None:
    """Take back an own coding; give what stands in its place again, the coding that it had replaced, or None.

    Raises NoSuchCoding, and NotKept for a coding that somebody else made.
    """
    with book.act("code-own", why="undo") as write:
        mine = _found(book, coding)
        if mine.coding.coder != book.who:
            raise NotKept("{who} made this coding; reject it if you think that it is wrong.", who=mine.coding.coder)
        _check_seen(mine, mine.review if seen is None else seen)
        blind = mine.coding.coder_version == BLIND
        _keep(book, write, mine, REJECTED, blind=blind)
        if replaces is None:
            return None
        old = _found(book, replaces)
        _keep(book, write, old, _before(book, old), blind=blind)
        return _found(book, replaces)


def _before(book: Casebook, old: Judged) -> _Said:
    """What stood before the last review of a coding."""
    told = book.reviews(old.coding.id)
    if len(told) < 2:
        return _Said("suggested")
    last, before = told[-1], told[-2]
    return _Said(before.state, before.changes, None if before.who == book.who else last.review)


# What stands --------------------------------------------------------------------------------------------------


def _state(state: str) -> str:
    if state not in STATES:
        raise NotKept("A coding is accepted, rejected, corrected, or suggested again; not {state}.", state=repr(state))
    return state


def _found(book: Casebook, coding: str) -> Judged:
    """The coding with an id, if the one who opened `book` may see it. Raises NoSuchCoding."""
    found = book.judged(coding) or (book.seeded_one(coding) if _seeding(book) else None)
    if found is None or not _visible(found.coding, mode(book, found.coding.rendering_sha256, book.who), book.who):
        raise NoSuchCoding("This coding is not there any more: the text was coded again. Load the page again.")
    return found


def standing(book: Casebook, coding: str) -> Judged | None:
    """The coding with an id as it stands now, if the one who opened `book` may see it, or None."""
    try:
        return _found(book, coding)
    except NoSuchCoding:
        return None


def _current(book: Casebook, coding: str, seen: int) -> Judged:
    """The coding with an id, unless it was judged since review `seen`. Raises NoSuchCoding, Overtaken."""
    found = _found(book, coding)
    _check_seen(found, seen)
    return found


def _check_seen(found: Judged, seen: int) -> None:
    if found.review > seen:
        last = found.votes[-1]
        raise Overtaken(last.who, last.state, last.at, found.coding.id)


def _keep(
    book: Casebook,
    write: Writer,
    before: Judged,
    said: _Said,
    *,
    seconds: float | None = None,
    blind: bool = False,
) -> Kept:
    told: dict[str, Any] = {"changes": said.changes or None, "seconds": seconds, "back": said.back}
    if _is_seeded(book, before.coding.id):
        write.review_seeded(before.coding.id, said.state, **told)
    else:
        write.review(before.coding, said.state, blind=blind, **told)
    return Kept(_found(book, before.coding.id))


# What is shown ------------------------------------------------------------------------------------------------


def mode(book: Casebook, rendering_sha256: str, who: str | None) -> Mode:
    """How a person works on a text: "review", or "blind" where she codes it without seeing what others did."""
    double = book.double(rendering_sha256, who) if who is not None else None
    return "blind" if double is not None and double.finished_at is None else "review"


def _seeding(book: Casebook) -> bool:
    """Whether wrong suggestions are mixed in, and nobody has been told which."""
    told = book.double_plan()
    return told is not None and told.seeded > 0 and told.revealed_at is None


def _is_seeded(book: Casebook, coding: str) -> bool:
    return _seeding(book) and book.judged(coding) is None


def _visible(coding: Coding, how: str, who: str | None) -> bool:
    """Whether a person may see a coding: blind, she sees her own; and what was made blind is seen by no other."""
    if how == "blind" or coding.coder_version == BLIND:
        return how == "blind" and coding.coder == who and coding.coder_version == BLIND
    return True


def sheet_codings(book: Casebook, rendering_sha256: str, start: int, end: int, who: str | None) -> list[dict[str, Any]]:
    """The codings that reach into a stretch of a text, as `plain` gives them, in text order, for one person's eyes.

    Who has judged a coding sees among its votes that somebody who coded blind found the same; others are not led by it.
    """
    how = mode(book, rendering_sha256, who)
    every = book.judged_between(rendering_sha256, start, end)
    found = [one for one in every if _visible(one.coding, how, who)]
    if how == "review":
        blind = _blind_votes(book, rendering_sha256, every)
        found = [_with_blind(one, _near(blind, one.coding)) if who and one.said(who) else one for one in found]
        if _seeding(book):
            found += book.seeded_between(rendering_sha256, start, end)
    # By place and then by id, which is a hash: the order shows nobody what is seeded.
    return [plain(one) for one in sorted(found, key=lambda one: (one.coding.start, one.coding.end, one.coding.id))]


def _near(blind: Sequence[Judged], coding: Coding) -> Iterable[Judged]:
    """Those of codings in text order that begin before another ends, and not long before it begins."""
    first = bisect_left(blind, coding.start - FAR, key=lambda one: one.coding.start)
    return takewhile(lambda one: one.coding.start < coding.end, islice(blind, first, None))


def _blind_votes(book: Casebook, rendering_sha256: str, every: Iterable[Judged]) -> list[Judged]:
    """The codings of those who coded this text blind and are done with it, in text order."""
    made = [one for one in every if one.coding.coder_version == BLIND and one.coding.state != "rejected"]
    people = {one.coding.coder for one in made}
    doubles = {who: book.double(rendering_sha256, who) for who in people}
    done = {who for who, double in doubles.items() if double is not None and double.finished_at is not None}
    return [one for one in made if one.coding.coder in done]


def _with_blind(judged: Judged, blind: Iterable[Judged]) -> Judged:
    """The same coding, with the votes of those who found it by themselves, before the last vote: that one counts."""
    coding, known = judged.coding, {vote.who for vote in judged.votes}
    also = [
        vote
        for one in blind
        for vote in one.votes
        if vote.who not in known and _alike(coding, one.coding) and vote.who == one.coding.coder
    ]
    return replace(judged, votes=(*also, *judged.votes)) if also else judged


def _alike(one: Coding, other: Coding) -> bool:
    return (one.kind, one.code) == (other.kind, other.code) and one.start < other.end and other.start < one.end


def plain(judged: Judged) -> dict[str, Any]:
    """A coding as JSON values, with the last review and what each person said of it."""
    coding, last = judged.coding, judged.votes[-1] if judged.votes else None
    return {
        "id": coding.id,
        **{name: getattr(coding, name) for name in _SHOWN},
        "parts": {role: _part(part) for role, part in coding.parts.items()},
        "attributes": dict(coding.attributes),
        "review": judged.review,
        "by": last.who if last else None,
        "at": last.at if last else None,
        "votes": _votes(judged.votes),
    }


_SHOWN = (
    "kind", "code", "start", "end", "quote", "value", "min", "max", "unit", "comparator", "value_status", "modality",
    "polarity", "basis", "rule", "cue", "confidence_reason", "coder", "state",
)  # fmt: skip


def _part(part: Any) -> dict[str, Any]:
    return {"start": part.start, "end": part.end, "quote": part.quote, "value": part.value}


def _votes(votes: Iterable[Vote]) -> list[dict[str, Any]]:
    """What people said; who took her judgement back says nothing."""
    return [
        {"who": one.who, "state": one.state, "at": one.at, "changes": dict(one.changes)} for one in votes if one.holds
    ]
