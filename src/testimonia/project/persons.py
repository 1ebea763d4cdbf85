"""The persons of the last linkage: records that it holds for one, why, and how they will stand after what was decided.

What people decide is kept as decisions on pairs and takes effect in the next linkage. Until then the groups shown are
a look ahead: the probabilities of the last linkage with the links that must be and cannot be (`partition`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from testimonia.casebook import Casebook, Decision
from testimonia.errors import ChangedMeanwhile, NotDecided
from testimonia.project.partition import Pair, groups
from testimonia.project.resolving import linking

if TYPE_CHECKING:
    from testimonia.linkage.review import Standing

__all__ = ["Bond", "People", "Person", "merge", "people", "split", "withdraw"]

TOO_MANY = "{number} pairs at once are too many ({most} at most). Nothing was decided."
MOST_PAIRS = 400  # of one split or merge: more is no correction but another linkage


@dataclass(frozen=True, slots=True)
class Bond:
    """Two records: what the last linkage said of them, if anything, and how they stand after what people decided."""

    a: str
    b: str
    probability: float | None
    verdict: str | None
    by: Mapping[str, str]

    @property
    def pair(self) -> Pair:
        """Its ids."""
        return self.a, self.b


@dataclass(frozen=True, slots=True)
class Person:
    """Records that the last linkage holds for one person; `now` is how they will stand, in groups.

    The groups of `now` may hold records of other persons that people have joined to these. `weakest`: the chance of
    the link without which the records fall apart soonest, None for a single record.
    """

    records: tuple[str, ...]
    now: tuple[tuple[str, ...], ...]
    weakest: float | None

    @property
    def changed(self) -> bool:
        """Whether it will stand otherwise after the next linkage."""
        return self.now != (self.records,)


@dataclass(frozen=True)
class People:
    """All persons of a casebook: of the last linkage, and as they will stand.

    `at`: when the lists were linked; `known`: how many of the decisions, first to last, that linkage took in.
    """

    at: str
    records: tuple[str, ...]
    said: Mapping[Pair, float]
    decisions: Sequence[Decision]
    known: int

    @cached_property
    def stands(self) -> Mapping[Pair, Standing]:
        """How each decided pair stands now."""
        from testimonia.linkage.review import standing

        return standing(self.decisions)

    @cached_property
    def linked(self) -> list[tuple[str, ...]]:
        """The groups of the last linkage: with what had been decided by then."""
        from testimonia.linkage.review import standing

        before = standing(self.decisions[: self.known])
        return groups(self.records, self.said, *_bounds(before))

    @cached_property
    def now(self) -> Mapping[str, tuple[str, ...]]:
        """For each record the group in which it will stand."""
        found = groups(self.records, self.said, *_bounds(self.stands))
        return {record: group for group in found for record in group}

    @cached_property
    def near(self) -> Mapping[str, Mapping[str, float]]:
        """For each record the others that the linkage thought of, with the chance that it is the same person."""
        found: dict[str, dict[str, float]] = {}
        for (a, b), chance in self.said.items():
            found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = chance
        return found

    @cached_property
    def persons(self) -> list[Person]:
        """Every person of several records, or of whom something was decided, the most doubtful first."""
        found = [self._person(group) for group in self.linked]
        return sorted((one for one in found if len(one.records) > 1 or one.changed), key=_doubt)

    def of(self, record: str) -> Person:
        """The person that a record was linked to. Raises KeyError."""
        if record not in self.now:
            raise KeyError(f"No record called {record} is in this casebook.")
        return self._person(next(group for group in self.linked if record in group))

    def _person(self, group: tuple[str, ...]) -> Person:
        now = tuple(dict.fromkeys(self.now[record] for record in group))
        return Person(group, now, self._weakest(group))

    def _weakest(self, group: Sequence[str]) -> float | None:
        """The least chance along the likeliest way that joins all of a group."""
        if len(group) < 2:
            return None
        inside, weakest = {group[0]}, 1.0
        while len(inside) < len(group):
            chance, other = max(
                ((self.near.get(a, {}).get(b, 0.0), b) for a in inside for b in group if b not in inside),
                key=lambda one: one[0],
            )
            weakest = min(weakest, chance)
            inside.add(other)
        return weakest

    def bonds(self, group: Sequence[str]) -> list[Bond]:
        """Every pair within a group, the likeliest first."""
        pairs = [self._bond(a, b) for at, a in enumerate(group) for b in group[at + 1 :]]
        return sorted(pairs, key=lambda one: -(one.probability or 0.0))

    def _bond(self, a: str, b: str) -> Bond:
        pair = (a, b) if a < b else (b, a)
        stands = self.stands.get(pair)
        chance = self.near.get(a, {}).get(b)
        return Bond(*pair, chance, stands.verdict if stands else None, dict(stands.by) if stands else {})

    def neighbours(self, group: Sequence[str], most: int = 12) -> list[tuple[tuple[str, ...], Bond]]:
        """Other groups that may be the same person: each with its likeliest link to this one, likeliest first."""
        found: dict[tuple[str, ...], Bond] = {}
        for a in group:
            for b in self.near.get(a, {}):
                other = self.now.get(b, ())
                if other and b not in group and not set(other) & set(group):
                    bond = self._bond(a, b)
                    if other not in found or (found[other].probability or 0) < (bond.probability or 0):
                        found[other] = bond
        return sorted(found.items(), key=lambda one: -(one[1].probability or 0.0))[:most]

    def history(self, group: Iterable[str]) -> list[Decision]:
        """Every decision on pairs of which both records, or one, are in a group; the last first."""
        inside = set(group)
        return [one for one in reversed(self.decisions) if one.a in inside or one.b in inside]


def _bounds(stands: Mapping[Pair, Standing]) -> tuple[list[Pair], list[Pair]]:
    must = [pair for pair, one in stands.items() if one.verdict == "same"]
    return must, [pair for pair, one in stands.items() if one.verdict == "different"]


def _doubt(one: Person) -> tuple[bool, float, str]:
    return not one.changed, 1.0 if one.weakest is None else one.weakest, one.records[0]


def people(book: Casebook) -> People | None:
    """All persons of a casebook; None where its lists have not been linked. Raises MissingPart."""
    last = book.linkage()
    if last is None:
        return None
    with linking():
        from testimonia.linkage.review import pair_of

        records = tuple(one.record_id for one in book.listed())
        said = {pair_of(a, b): chance for a, b, chance in book.matches()}
        decisions = book.decisions()
        known = (last.summary.get("review") or {}).get("decisions", 0)
        return People(last.at, records, said, decisions, int(known))


# Splitting and merging -----------------------------------------------------------------------------------


def split(book: Casebook, out: Sequence[str], group: Sequence[str], seconds: float | None = None) -> list[Pair]:
    """Decide that some records of a group are other people than the rest; gives the pairs decided, in one act.

    `group` is the group as it was seen. Raises ChangedMeanwhile where it stands otherwise now, NotDecided where
    nothing or everything is taken out.
    """
    found = _current(book)
    _check(found, group)
    chosen = [record for record in group if record in set(out)]
    rest = [record for record in group if record not in set(out)]
    if not chosen or not rest:
        raise NotDecided("Choose at least one record, and leave at least one: a split parts some from the others.")
    return _keep(book, {(a, b): "different" for a in chosen for b in rest}, "split", found.said, seconds)


def merge(book: Casebook, one: Sequence[str], other: Sequence[str], seconds: float | None = None) -> list[Pair]:
    """Decide that two groups are one person: each record of the one with each of the other, in one act.

    Both as they were seen. Raises ChangedMeanwhile, NotDecided.
    """
    found = _current(book)
    _check(found, one)
    _check(found, other)
    if set(one) & set(other):
        raise NotDecided("These records stand together already; nothing was decided.")
    return _keep(book, {(a, b): "same" for a in one for b in other}, "merge", found.said, seconds)


def withdraw(book: Casebook, pairs: Sequence[Pair], *, restore: bool = False) -> list[Pair]:
    """Take back one's own decisions on pairs, in one act: a later "unsure" binds nothing; the first stays on record.

    With `restore`, what this person had said of a pair before holds again. Raises NotDecided where she has decided
    none of them.
    """
    found = _current(book)
    said = {pair: [one.verdict for one in found.decisions if one.who == book.who and {one.a, one.b} == set(pair)]
            for pair in pairs}  # fmt: skip
    own = {pair: verdicts for pair, verdicts in said.items() if verdicts and (restore or verdicts[-1] != "unsure")}
    if not own:
        raise NotDecided("You have decided none of these pairs; only one's own decisions can be taken back.")
    wanted = {pair: verdicts[-2] if restore and len(verdicts) > 1 else "unsure" for pair, verdicts in own.items()}
    return _keep(book, wanted, "withdrawn", found.said)


def _current(book: Casebook) -> People:
    found = people(book)
    if found is None:
        raise NotDecided("Nothing has been linked here yet; run `testimonia link` first.")
    return found


def _check(found: People, group: Sequence[str]) -> None:
    """Raise ChangedMeanwhile unless these records are just one group as it stands now."""
    if not group or group[0] not in found.now:
        raise NotDecided("These records are not in this casebook. Load the page again.")
    now = found.now[group[0]]
    if set(now) != set(group):
        last = next(iter(found.history({*now, *group})), None)
        raise ChangedMeanwhile(last.who if last else "", last.verdict if last else "", last.at if last else "")


def _keep(
    book: Casebook, wanted: Mapping[Pair, str], chosen: str, said: Mapping[Pair, float], seconds: float | None = None
) -> list[Pair]:
    """Keep verdicts on many pairs in one act. Raises NotDecided for too many."""
    if len(wanted) > MOST_PAIRS:
        raise NotDecided(TOO_MANY, number=len(wanted), most=MOST_PAIRS)
    ordered: dict[Pair, Any] = {(min(pair), max(pair)): verdict for pair, verdict in wanted.items()}
    with book.act("review", why=chosen) as write:
        for pair, verdict in ordered.items():
            write.decide(*pair, verdict, seconds=seconds, chosen=chosen, probability=said.get(pair))
    return list(ordered)
