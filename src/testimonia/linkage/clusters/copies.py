"""Records that were copied from another list: they are of the same person, and add no capture.

A list that cites another is known to copy from it; a record that cites says so itself. Of the records that do not, some
are copies too. What copies look like beside their originals is learned from those that cite: what is missing there is
missing here, values agree to the letter, the report follows within a year or two. What two independent records of one
person look like is learned from all the rest. Whether a record is a copy is then drawn with its probability.

Assumes that copies that cite and copies that do not are alike, and that a list copies only from lists that it cites at
least `CITATIONS` times. A list that copies and never cites is not noticed: its overlap with the copied list is then too
large and the total too small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared

__all__ = ["Copies", "Judged", "copies_of", "draw_copies", "judged"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Columns = Sequence[NDArray[np.int64]]

CITATIONS = 3
FIELDS: tuple[tuple[str, ...], ...] = (
    ("name_code",),
    ("alias_code",),
    ("sex",),
    ("birth_low", "birth_high"),
    ("origin_county", "origin_province"),
    ("crossing_low", "crossing_high"),
    ("crossing_route", "crossing_from", "crossing_to"),
    ("dest_county", "dest_prefecture", "dest_province"),
    ("exploitation",),
    ("forced_return", "return_year"),
)
BOTH_MISSING, COPY_ONLY, ORIGINAL_ONLY, EQUAL, COARSER, OTHER = range(6)
LAGS = (-1, 0, 1, 2, 5)  # years from the original's report to the copy's: up to each of these, or more
KINDS = 6
SMOOTH = 1.0
POOLED = 50.0  # pairs' worth of all lists together, beside those of two lists
ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Copies:
    """What is known of copying before anything is linked.

    `cited`: bool[R], records that say they are from another list. `pairs`: int64[n], candidate pairs of a record and
    one of a list that its own list cites; `copy`: int32[n], which record would be the copy; `said`: bool[n], whether
    it cites that list. `direction`: int16[n], copying list * K + copied list. `looks`: int8[n, F], how they agree.
    `other_looks`: int8[q, F] and `other_pairs`: the same of pairs between lists of which neither cites the other.
    """

    cited: Bools
    pairs: NDArray[np.int64]
    copy: NDArray[np.int32]
    said: Bools
    direction: NDArray[np.int16]
    looks: NDArray[np.int8]
    other_pairs: NDArray[np.int64]
    other_looks: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Judged:
    """How much more each of the pairs of `Copies` looks like a copy than like an independent record.

    `score`: float64[n], log ratio. `share`: float64[K * K], the share of copies among linked pairs by direction, and
    `pairs`: how many such pairs there are.
    """

    score: Floats
    share: Floats
    pairs: Floats

    def draw_share(self, generator: np.random.Generator) -> Floats:
        """A draw of the shares."""
        found = self.share * self.pairs
        return np.clip(generator.beta(found + 0.5, self.pairs - found + 0.5), 1e-4, 1 - 1e-4)


def copies_of(compared: Compared, table: pa.Table) -> Copies | None:
    """What the records say of copying; None where no list cites another often enough.

    `table`: the records as plain columns, in the order of `compared.record_ids`.
    """
    said = table.column("derived_from").to_pylist()
    number = {name.casefold(): at for at, name in enumerate(compared.lists)}
    source = np.array([number.get((text or "").strip().casefold(), -1) for text in said], dtype=np.int64)
    source[source == compared.list_of] = -1
    lists = len(compared.lists)
    direction = compared.list_of * lists + source
    times = np.bincount(direction[source >= 0], minlength=lists * lists)
    cites = (times >= CITATIONS).reshape(lists, lists)
    if not cites.any():
        return None
    return _gathered(compared, _columns(table), source, cites)


def _gathered(compared: Compared, columns: Columns, source: NDArray[np.int64], cites: Bools) -> Copies:
    lists = len(compared.lists)
    left, right = compared.left.astype(np.int64), compared.right.astype(np.int64)
    pairs = np.tile(np.arange(len(left)), 2)
    copy, original = np.concatenate([left, right]), np.concatenate([right, left])
    one, two = compared.list_of[copy].astype(np.int64), compared.list_of[original].astype(np.int64)
    own = (source[copy] < 0) | (source[copy] == two)  # a record that cites one list is no copy of another
    among = cites[one, two] & own
    apart = (one != two) & ~cites[one, two] & ~cites[two, one] & (source[copy] < 0) & (source[original] < 0)
    return Copies(
        cited=source >= 0,
        pairs=pairs[among],
        copy=copy[among].astype(np.int32),
        said=source[copy[among]] == two[among],
        direction=(one * lists + two)[among].astype(np.int16),
        looks=_looks(columns, copy[among], original[among]),
        other_pairs=pairs[apart],
        other_looks=_looks(columns, copy[apart], original[apart]),
    )


def _columns(table: pa.Table) -> Columns:
    """Every field of FIELDS as codes, int64[R, parts], -1 where missing; last the year of the report."""
    out = []
    for field in FIELDS:
        parts = [table.column(name).combine_chunks().dictionary_encode().indices for name in field]
        codes = [part.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) for part in parts]
        out.append(np.stack(codes, axis=1))
    year = table.column("report_year").combine_chunks().fill_null(-1).to_numpy(zero_copy_only=False)
    return [*out, year.astype(np.int64)[:, None]]


def _looks(
    columns: Sequence[NDArray[np.int64]], copy: NDArray[np.int64], original: NDArray[np.int64]
) -> NDArray[np.int8]:
    """How each pair agrees in each field, int8[n, F], and how long after the original the copy was reported."""
    out = np.full((len(copy), len(columns)), -1, dtype=np.int8)
    for at, values in enumerate(columns[:-1]):
        one, two = values[copy], values[original]
        has_one, has_two = (one >= 0).any(axis=1), (two >= 0).any(axis=1)
        equal, within = (one == two).all(axis=1), ((one < 0) | (one == two)).all(axis=1)
        out[:, at] = np.select(
            [~has_one & ~has_two, has_one & ~has_two, ~has_one & has_two, equal, within],
            [BOTH_MISSING, COPY_ONLY, ORIGINAL_ONLY, EQUAL, COARSER],
            OTHER,
        )
    year = columns[-1][:, 0]
    known = (year[copy] >= 0) & (year[original] >= 0)
    out[:, -1] = np.where(known, np.searchsorted(LAGS, year[copy] - year[original]), -1)
    return out


def judged(copies: Copies, probability: Floats, lists: int) -> Judged:
    """Learn what copies look like, and how many there are, from pairs weighted by the probability of one person."""
    weight = probability[copies.pairs]
    independent = _shares(copies.other_looks, probability[copies.other_pairs], None)
    copied = _shares(copies.looks[copies.said], weight[copies.said], None)
    share = np.full(lists * lists, 0.3)
    open_ = ~copies.said
    looks, direction = copies.looks[open_], copies.direction[open_]
    base, like, unlike = independent, copied, independent
    whole = np.bincount(direction, weights=weight[open_], minlength=lists * lists).astype(np.float64)
    for _ in range(ROUNDS):
        odds = np.log(share[direction] / (1 - share[direction])) + _log_ratio(looks, like, unlike)
        responsible = weight[open_] / (1.0 + np.exp(-np.clip(odds, -50, 50)))
        own = np.concatenate([weight[copies.said], responsible])
        like = _shares(np.concatenate([copies.looks[copies.said], looks]), own, None)
        unlike = _shares(looks, weight[open_] - responsible, base)
        found = np.bincount(direction, weights=responsible, minlength=lists * lists)
        share = np.clip((found + 0.5) / (whole + 1.0), 1e-4, 1 - 1e-4)
    return Judged(_log_ratio(copies.looks, like, unlike), share, whole)


def _shares(looks: NDArray[np.int8], weight: Floats, pooled: Floats | None) -> Floats:
    """The share of each look in each field: float64[F, KINDS]."""
    out = np.full((looks.shape[1], KINDS), SMOOTH / KINDS)
    if pooled is not None:
        out = out + POOLED * pooled
    for field in range(looks.shape[1]):
        there = looks[:, field] >= 0
        out[field] += np.bincount(looks[there, field], weights=weight[there], minlength=KINDS)
    return np.asarray(out / out.sum(axis=1, keepdims=True))


def _log_ratio(looks: NDArray[np.int8], like: Floats, unlike: Floats) -> Floats:
    ratio = np.hstack([np.log(like) - np.log(unlike), np.zeros((len(like), 1))])  # the last is for -1
    return np.asarray(ratio[np.arange(looks.shape[1]), looks].sum(axis=1))


def draw_copies(
    copies: Copies, judged: Judged, inside: Bools, records: int, generator: np.random.Generator
) -> tuple[Bools, NDArray[np.int64]]:
    """Which records are copies in one draw, bool[records], and the pairs of a copy and its original among `inside`.

    `inside`: bool[P], the candidate pairs that are of one person in the draw. A record with several possible
    originals is as likely a copy as its likeliest says. A record that cites is one whether or not its original is
    linked.
    """
    linked = inside[copies.pairs] & ~copies.said
    share = judged.draw_share(generator)[copies.direction[linked]]
    score = np.full(records, -np.inf)
    np.maximum.at(score, copies.copy[linked], judged.score[linked] + np.log(share / (1.0 - share)))
    chosen = generator.random(records) < 1.0 / (1.0 + np.exp(-np.clip(score, -700, 700)))
    copied = copies.cited | chosen
    return copied, copies.pairs[inside[copies.pairs] & copied[copies.copy]]
