"""Where two coders differ, and what a third person, who is neither of them, decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from testimonia.casebook import Casebook, Writer
from testimonia.casebook.values import Adjudicated
from testimonia.errors import NotKept, Overtaken
from testimonia.model import Coding
from testimonia.project.agreement import matched
from testimonia.project.comparing import STANDS, Compared, comparisons

__all__ = ["Item", "adjudicate", "items"]

Side = Literal["left", "right", "both", "neither"]
Whose = Literal["first", "second", "both", "neither"]
DIFFER = ("code", "value", "unit", "modality", "polarity")


@dataclass(frozen=True, slots=True)
class Item:
    """A place where two coders differ, its sides in an order that says nothing of who is who.

    `kept` is what a third person decided (a side, both or neither), or None.
    """

    rendering_sha256: str
    file_sha256: str
    kind: str
    start: int
    end: int
    left: Coding | None
    right: Coding | None
    first: str
    second: str
    swapped: bool
    kept: Side | None = None
    by: str | None = None
    at: str | None = None

    @property
    def ids(self) -> dict[str, str]:
        """The ids of the codings by whose they are."""
        sides = (self.right, self.left) if self.swapped else (self.left, self.right)
        return {name: one.id for name, one in zip(("first", "second"), sides, strict=True) if one is not None}


def items(book: Casebook, done: Sequence[Compared]) -> list[Item]:
    """Every place where two coders differ, in the order of documents and text, with what was decided."""
    decided = {_key(one.codings): one for one in book.adjudications()}
    return [_decided(one, decided) for compared in done for one in _differences(book, compared)]


def _differences(book: Casebook, one: Compared) -> list[Item]:
    made: list[Item] = []
    for kind in sorted({coding.kind for coding in (*one.firsts, *one.seconds)}):
        firsts = [coding for coding in one.firsts if coding.kind == kind]
        seconds = [coding for coding in one.seconds if coding.kind == kind]
        pairs = matched([(c.start, c.end) for c in firsts], [(c.start, c.end) for c in seconds])
        left = {i for i, _ in pairs}
        right = {j for _, j in pairs}
        sides: list[tuple[Coding | None, Coding | None]] = [
            (firsts[i], seconds[j]) for i, j in pairs if _differ(firsts[i], seconds[j])
        ]
        sides += [(coding, None) for i, coding in enumerate(firsts) if i not in left]
        sides += [(None, coding) for j, coding in enumerate(seconds) if j not in right]
        made += [_item(book, one, a, b) for a, b in sides]
    return sorted(made, key=lambda item: (item.start, item.end, item.kind))


def _differ(first: Coding, second: Coding) -> bool:
    """Whether two codings of overlapping words say different things; other bounds alone are no dispute."""
    return any(getattr(first, name) != getattr(second, name) for name in DIFFER)


def _item(book: Casebook, one: Compared, first: Coding | None, second: Coding | None) -> Item:
    sides = [coding for coding in (first, second) if coding is not None]
    swapped = book.lot("side " + " ".join(coding.id for coding in sides)) < 0.5
    left, right = (second, first) if swapped else (first, second)
    return Item(
        rendering_sha256=one.document.rendering_sha256,
        file_sha256=one.document.file_sha256,
        kind=sides[0].kind,
        start=min(coding.start for coding in sides),
        end=max(coding.end for coding in sides),
        left=left,
        right=right,
        first=one.first,
        second=one.second,
        swapped=swapped,
    )


def _key(codings: object) -> frozenset[object]:
    return frozenset(dict(codings).items())  # type: ignore[call-overload]


def _decided(item: Item, decided: dict[frozenset[object], Adjudicated]) -> Item:
    told = decided.get(_key(item.ids))
    if told is None:
        return item
    sides: dict[str, Side] = {"both": "both", "neither": "neither", "first": "left", "second": "right"}
    if item.swapped:
        sides |= {"first": "right", "second": "left"}
    return replace(item, kept=sides[told.kept], by=told.who, at=told.at)


def adjudicate(book: Casebook, ids: Sequence[str], side: Side, *, seconds: float | None = None) -> Item:
    """Decide a place where two differ, named by the ids of their codings, and carry it out in one act.

    What is let stand of the second coder becomes a coding of the one who decides; what is not let stand of the first
    is rejected by her. Raises NotKept where she is one of the two, or the place is not in dispute, and Overtaken where
    somebody decided before.
    """
    with book.act("adjudicate", why=_side(side)) as write:
        item = _open_item(book, ids)
        if book.who in (item.second, *item.first.split(" + ")):
            raise NotKept("You are one of the two: a third person has to decide.")
        kept = _whose(item, side)
        write.adjudicate(
            Adjudicated(
                rendering=item.rendering_sha256,
                kind=item.kind,
                start=item.start,
                end=item.end,
                first=item.first,
                second=item.second,
                codings=item.ids,
                kept=kept,
                who=book.who,
                seconds=seconds,
            )
        )
        _carry_out(book, write, item, kept)
        last = book.adjudications()[-1]
        return replace(item, kept=side, by=last.who, at=last.at)


def _found(book: Casebook, ids: Sequence[str]) -> Item | None:
    """The place where the codings with these ids differ, or None."""
    judged = book.judged(ids[0]) if ids else None
    if judged is None:
        return None
    done, _ = comparisons(book, judged.coding.rendering_sha256)
    return next((one for one in items(book, done) if set(one.ids.values()) == set(ids)), None)


def _open_item(book: Casebook, ids: Sequence[str]) -> Item:
    item = _found(book, ids)
    if item is None:
        raise NotKept("The two do not differ there any more. Load the page again.")
    if item.by is not None:
        raise Overtaken(item.by, item.kept or "", item.at or "")
    return item


def _carry_out(book: Casebook, write: Writer, item: Item, kept: Whose) -> None:
    first, second = (book.judged(item.ids[name]) if name in item.ids else None for name in ("first", "second"))
    if first is not None:
        stands = first.coding.state in STANDS
        if kept in ("second", "neither") and first.coding.state != "rejected":
            write.review(first.coding, "rejected")
        if kept in ("first", "both") and not stands and (said := first.said(item.first)) is not None:
            write.review(first.coding, said.state, changes=said.changes or None)
    if second is not None and kept in ("second", "both"):
        write.own(second.coding)


def _side(side: str) -> Side:
    found = next((one for one in get_args(Side) if one == side), None)
    if found is None:
        raise NotKept("Choose one of the two sides, both, or neither.")
    return cast(Side, found)


def _whose(item: Item, side: Side) -> Whose:
    if side == "both" or side == "neither":
        return side
    if (item.left if side == "left" else item.right) is None:
        raise NotKept("One of the two has nothing there: keep what the other has, or neither.")
    return "second" if (side == "left") == item.swapped else "first"
