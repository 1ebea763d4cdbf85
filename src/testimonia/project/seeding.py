"""Wrong suggestions, mixed in among the true ones, that measure how many each reviewer misses.

They are kept in a table of their own: they are no codings, are exported nowhere and counted nowhere, and what is said
of them goes to that table alone. They are made so that they cannot be right: another act or measure than the one the
words say, a number taken from a date, the place of another name. So they measure attention; the share of *hard* cases
that a reviewer gets wrong is said by coding twice, not by them.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from testimonia.casebook import PERSON, Casebook
from testimonia.casebook.values import BLIND, Seeded
from testimonia.coding import gate
from testimonia.coding.codebook import Codebook, load_codebook
from testimonia.errors import NotKept
from testimonia.model import NO_PARTS, Coding

__all__ = ["SHARES", "Missed", "missed", "reveal", "seed"]

SHARES = (0.02, 0.05)
FEW = 10  # judgements below which a rate says nothing
NUMBER = re.compile(r"\d{2,4}")
SWAPPED = ("act", "measure")


@dataclass(frozen=True, slots=True)
class Missed:
    """What one reviewer did with the wrong suggestions she judged.

    `rate` is accepted / judged with its exact 95 % interval, None where she judged fewer than ten. `own` lists the
    codings that she made in place of one: they stand in the casebook, and should be looked at.
    """

    who: str
    judged: int
    accepted: int
    corrected: int
    rate: float | None
    low: float | None
    high: float | None
    own: tuple[str, ...] = ()


# Making them --------------------------------------------------------------------------------------------------


def seed(book: Casebook, share: float) -> int:
    """Mix in wrong suggestions, a share of two to five in a hundred; gives how many. Once for a casebook.

    Which and where is drawn by a keyed hash, by document. Raises NotKept.
    """
    if not SHARES[0] <= share <= SHARES[1]:
        raise NotKept("Between two and five in a hundred suggestions can be seeded (0.02 to 0.05).")
    told = book.double_plan()
    if told is not None and told.seeded:
        raise NotKept("Wrong suggestions are mixed in already.")
    donors = _Donors(book, load_codebook())
    number = 0
    with book.act("seed", why="seeded") as write:
        write.double_plan(told.share if told else 0.0, told.least if told else 0, seeded=share)
        for rendering, text, codings in donors.documents():
            made = _of_document(book, donors, rendering, text, codings, share)
            write.seeded(rendering, made)
            number += len(made)
    return number


class _Donors:
    """All suggestions of a casebook: a wrong one borrows its looks from true ones."""

    def __init__(self, book: Casebook, codebook: Codebook) -> None:
        self.book, self.codebook = book, codebook
        self.by_code: dict[tuple[str, str, str | None], Coding] = {}
        self.places: list[Coding] = []
        self.figures: dict[str, Coding] = {}
        self._renderings = [one.rendering_sha256 for one in book.laid_out()]
        for rendering in self._renderings:
            for coding in self._machine(rendering):
                self._learn(coding)

    def _learn(self, coding: Coding) -> None:
        self.by_code.setdefault((_tongue(coding), coding.kind, coding.code), coding)
        if coding.kind == "place" and coding.value:
            self.places.append(coding)
        if coding.kind == "figure" and coding.value_status == "present" and coding.unit == "persons":
            self.figures.setdefault(_tongue(coding), coding)

    def _machine(self, rendering: str) -> list[Coding]:
        found = (one.proposed for one in self.book.judged_codings(rendering))
        return [coding for coding in found if coding.coder_version not in (PERSON, BLIND)]

    def documents(self) -> Iterator[tuple[str, str, list[Coding]]]:
        """Each rendering with its text and the suggestions in it."""
        for rendering in self._renderings:
            if codings := self._machine(rendering):
                yield rendering, self.book.text(rendering), codings


def _of_document(
    book: Casebook, donors: _Donors, rendering: str, text: str, codings: Sequence[Coding], share: float
) -> list[Seeded]:
    wanted = math.floor(share * len(codings) + book.lot(f"seeds of {rendering}"))
    by_kind: dict[str, list[Seeded]] = defaultdict(list)
    for coding in sorted(codings, key=lambda one: book.lot(f"seed {one.id}")):
        for made in _wrong(book, donors, coding, codings):
            if gate.check([replace(made.coding)], text, donors.codebook, rendering)[0]:
                by_kind[made.wrong].append(made)
    return _mixed(list(by_kind.values()))[:wanted]


def _mixed(lists: Sequence[list[Seeded]]) -> list[Seeded]:
    """One of each sort in turn, as long as there are any, and never two on the same words."""
    longest = max(map(len, lists), default=0)
    turns = [each[at] for at in range(longest) for each in lists if at < len(each)]
    once: dict[tuple[int, int], Seeded] = {}
    for one in turns:
        once.setdefault((one.coding.start, one.coding.end), one)
    return list(once.values())


def _wrong(book: Casebook, donors: _Donors, coding: Coding, codings: Sequence[Coding]) -> Iterator[Seeded]:
    if coding.kind in SWAPPED:
        yield from _other_code(book, donors, coding, codings)
    elif coding.kind == "place" and coding.value:
        yield from _other_place(book, donors, coding)
    elif coding.kind == "date":
        yield from _number_of_date(donors, coding, codings)


def _other_code(book: Casebook, donors: _Donors, coding: Coding, codings: Sequence[Coding]) -> Iterator[Seeded]:
    """The same words under a code of another branch, one that no suggestion at these words has."""
    here = {one.code for one in codings if one.start < coding.end and coding.start < one.end}
    branches = {_branch(code) for code in here}
    alike = [code for tongue, kind, code in donors.by_code if (tongue, kind) == (_tongue(coding), coding.kind)]
    known = [code for code in alike if code and _branch(code) not in branches]
    if known:
        code = min(known, key=lambda one: book.lot(f"code {coding.id} {one}"))
        donor = donors.by_code[_tongue(coding), coding.kind, code]
        yield _seeded(replace(coding, code=code, rule=donor.rule, confidence_reason=donor.confidence_reason), "code")


def _tongue(coding: Coding) -> str:
    """The family of rules that made a coding, which is one for each language: its name is shown."""
    return (coding.rule or "").partition(".")[0]


def _branch(code: str | None) -> str:
    """An act's family is what stands before the dot; a measure has none, and is its own."""
    return (code or "").partition(".")[0] if "." in (code or "") else (code or "")


def _other_place(book: Casebook, donors: _Donors, coding: Coding) -> Iterator[Seeded]:
    first = str(coding.value).partition("/")[0]
    others = {str(one.value) for one in donors.places if one.quote != coding.quote}
    apart = [one for one in others if one != coding.value and not one.startswith(str(coding.value)) and one != first]
    if apart:
        value = min(apart, key=lambda one: book.lot(f"place {coding.id} {one}"))
        yield _seeded(replace(coding, value=value), "value")


def _number_of_date(donors: _Donors, coding: Coding, codings: Sequence[Coding]) -> Iterator[Seeded]:
    """A number of a date, taken for a number of people."""
    found = NUMBER.search(coding.quote)
    donor = donors.figures.get(_tongue(coding))
    if found is None or donor is None:
        return
    start, end = coding.start + found.start(), coding.start + found.end()
    if any(one.kind == "figure" and one.start < end and start < one.end for one in codings):
        return
    figure = replace(
        donor,
        start=start,
        end=end,
        quote=found[0],
        value=float(found[0]),
        min=None,
        max=None,
        comparator="=",
        cue=found[0],
        parts=NO_PARTS,
        attributes={},
        rendering_sha256=coding.rendering_sha256,
        modality="reported",
    )
    yield _seeded(figure, "number")


def _seeded(coding: Coding, wrong: str) -> Seeded:
    bare = replace(coding, identity="", state="suggested")
    identity = hashlib.sha256(f"seeded {bare.id} {bare.value}".encode()).hexdigest()[:16]
    return Seeded(coding=replace(bare, identity=identity), wrong=wrong)


# What became of them ------------------------------------------------------------------------------------------


def reveal(book: Casebook) -> None:
    """Say which suggestions were wrong on purpose: they are shown no more, and nobody judges them. Raises NotKept."""
    told = book.double_plan()
    if told is None or not told.seeded:
        raise NotKept("No wrong suggestions were mixed in.")
    if told.revealed_at is not None:
        raise NotKept("{who} has revealed them already.", who=told.revealed_by)
    with book.act("seed", why="reveal") as write:
        write.reveal()


def missed(found: Iterable[Seeded], own: Mapping[str, Sequence[str]]) -> list[Missed]:
    """For each reviewer how many of the wrong suggestions she judged she took for right.

    `own` holds by seeded suggestion the codings that were made in its place. A corrected one counts as noticed. What
    she has taken back is not judged.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    made: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for vote in one.votes:
            if vote.holds:
                votes[vote.who][vote.state] += 1
                made[vote.who] += own.get(f"{one.coding.id} {vote.who}", ())
    return [_missed(who, states, made[who]) for who, states in sorted(votes.items())]


def _missed(who: str, states: Counter[str], own: Sequence[str]) -> Missed:
    judged, accepted = states.total(), states["accepted"]
    low, high = _exact(accepted, judged) if judged >= FEW else (None, None)
    rate = accepted / judged if judged >= FEW else None
    return Missed(who, judged, accepted, states["corrected"], rate, low, high, tuple(own))


def _exact(hits: int, number: int, tail: float = 0.025) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934): the shares at which this few or many are rare."""
    low = _solve(lambda share: 1 - _at_most(hits - 1, number, share) - tail) if hits else 0.0
    high = _solve(lambda share: tail - _at_most(hits, number, share)) if hits < number else 1.0
    return low, high


def _at_most(hits: int, number: int, share: float) -> float:
    return sum(math.comb(number, k) * share**k * (1 - share) ** (number - k) for k in range(hits + 1))


def _solve(rising: Callable[[float], float]) -> float:
    """Where a function that rises through zero on [0, 1] is zero."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2
