"""Which pairs are worth a look, in which order, and when looking no longer pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared
from testimonia.linkage.review.decisions import Decision, Pair, pair_of, standing

__all__ = ["AUDIT_SHARE", "Ask", "Stop", "queue", "stop", "turns"]

AUDIT_SHARE = 0.1
SECOND_SHARE = 0.2
BINS = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)  # of probability, each audited alike
LOOKED_AHEAD = 25
Chosen = Literal["queue", "audit", "second", "adjudication"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A pair to be looked at, by the ids of its records, and why: what a look is expected to change, or an audit.

    `change` is in the unit of the expected change that the queue was made with.
    """

    a: str
    b: str
    change: float
    chosen: Chosen = "queue"

    @property
    def pair(self) -> Pair:
        """Its ids in order."""
        return pair_of(self.a, self.b)


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether looking at more pairs still pays, and the sentence that says why."""

    now: bool
    why: str


def queue(
    compared: Compared,
    change: NDArray[np.float64],
    decided: Iterable[Decision] = (),
    *,
    size: int = 1000,
    audit_share: float = AUDIT_SHARE,
    seed: int = 1,
) -> tuple[Ask, ...]:
    """The next `size` pairs: those whose decision is expected to change the estimate most, and a random share.

    `change`: float64[P], the expected change of the estimate for each candidate pair. `audit_share` of the places are
    pairs drawn at random, as many from each range of probabilities (`BINS`): with them probabilities are judged, which
    the doubtful pairs of the queue cannot do. Decided pairs are left out. The same seed gives the same order.
    """
    known = set(standing(decided))
    free = np.array([pair not in known for pair in _pairs(compared)], dtype=np.bool_)
    wanted = round(min(size, int(free.sum())) * audit_share)
    audits = _audits(compared, free, wanted, np.random.default_rng(seed))
    taken = np.zeros(len(free), dtype=np.bool_)
    taken[audits] = True
    order = np.argsort(-change, kind="stable")
    best = order[free[order] & ~taken[order] & (change[order] > 0)][: size - len(audits)]
    asked = [_ask(compared, change, at, "queue") for at in best]
    return tuple(_mixed(asked, [_ask(compared, change, at, "audit") for at in audits]))


def _pairs(compared: Compared) -> Iterator[Pair]:
    ids = compared.record_ids
    return (pair_of(ids[a], ids[b]) for a, b in zip(compared.left.tolist(), compared.right.tolist(), strict=True))


def _ask(compared: Compared, change: NDArray[np.float64], at: int, chosen: Chosen) -> Ask:
    a, b = compared.record_ids[compared.left[at]], compared.record_ids[compared.right[at]]
    return Ask(a, b, float(change[at]), chosen)


def _audits(compared: Compared, free: NDArray[np.bool_], wanted: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Pairs at random, as many from each range of probabilities as there are, in random order."""
    of = np.clip(np.searchsorted(BINS, compared.probability, side="right") - 1, 0, len(BINS) - 2)
    each = -(-wanted // (len(BINS) - 1))
    drawn = [rng.permutation(np.flatnonzero(free & (of == number)))[:each] for number in range(len(BINS) - 1)]
    return rng.permutation(np.concatenate(drawn))[:wanted]


def _mixed(first: Sequence[Ask], second: Sequence[Ask]) -> Iterator[Ask]:
    """The second evenly spread among the first, so that whoever stops early has looked at both."""
    total = len(first) + len(second)
    one, other = iter(first), iter(second)
    for place in range(total):
        due = (place + 1) * len(second) // total > place * len(second) // total if total else False
        yield next(other) if due else next(one)


def turns(
    asked: Sequence[Ask],
    decided: Sequence[Decision],
    who: str,
    *,
    adjudicate: bool = False,
    second_share: float = SECOND_SHARE,
) -> tuple[Ask, ...]:
    """What one person is asked now: what is left of the queue, and a share of what others have decided already.

    Somebody else's decisions come again for a second look (`second_share` of them, those of audits first), among the
    new pairs and without a word about the first look. With `adjudicate` only disputed pairs are asked.
    """
    stands = standing(decided)
    if adjudicate:
        disputed = [pair for pair, one in stands.items() if one.verdict == "disputed"]
        return tuple(Ask(*pair, 0.0, "adjudication") for pair in disputed)
    fresh = [one for one in asked if one.pair not in stands]
    others = [pair for pair, one in stands.items() if who not in one.by and not one.adjudicated]
    others.sort(key=lambda pair: not stands[pair].audited)
    wanted = round(second_share * sum(who not in one.by for one in stands.values()))
    looked = sum(who in one.by and len(one.by) > 1 for one in stands.values())
    again = [Ask(*pair, 0.0, "second") for pair in others if len(stands[pair].by) == 1]
    return tuple(_mixed(fresh, again[: max(0, wanted - looked)]))


def stop(asked: Sequence[Ask], spread: float, *, share: float = 0.02) -> Stop:
    """Whether to stop: the next pairs of the queue are together expected to change the estimate by less than `share`.

    `spread`: the width of the interval in the unit of `Ask.change`. What is compared is the mean expected change of
    the next 25 pairs times 25, an upper limit, since changes partly undo one another. Holds as far as the expected
    change is right: where probabilities are badly calibrated, the audit pairs say so and this rule cannot.
    """
    ahead = [one.change for one in asked if one.chosen == "queue"][:LOOKED_AHEAD]
    if not ahead:
        return Stop(True, "There is no pair left whose decision is expected to change the estimate.")
    moved = sum(ahead) / spread if spread > 0 else 0.0
    said = f"The next {len(ahead)} pairs are expected to move the interval by at most {moved:.1%} of its width"
    if moved < share:
        return Stop(True, f"{said}, less than {share:.0%}: more looking hardly pays.")
    return Stop(False, f"{said}: looking on pays.")
