"""Encoded names weighed anew by how common their syllables are among the people of the lists at hand.

The tables know how common syllables are in South Korea as a whole. Women of one generation from one province have
other names. Where some hundred names are at hand, their own frequencies say better how much it means that two agree,
and which of two readings of a spelling is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from testimonia.linkage.names.comparing import with_itself
from testimonia.linkage.names.tables import COMPOUND, UNSEEN, tables

__all__ = ["adapted"]

Words = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Frequencies = npt.NDArray[np.float64]

TRUST = 300.0  # names of the tables that weigh as much as one place of the names at hand
ROUNDS = 3
SURNAMES_MOST = 64  # compound surnames


def adapted(codes: Sequence[bytes | None]) -> list[bytes]:
    """The same names with frequencies that lie between those of the tables and those of these names; b"" stays.

    The frequencies are found by expectation and maximisation over the readings (three rounds), with the tables' as
    300 names beforehand. Assumes that most names are of different people: where one person has very many records, her
    name is taken for a common one, and her records speak less for one another.
    """
    blobs = [one or b"" for one in codes]
    ends = np.cumsum([0, *map(len, blobs)])
    words = np.frombuffer(b"".join(blobs), dtype="<u4").copy()
    starts = (ends[:-1] // 4)[np.diff(ends) > 0]
    from testimonia.linkage.names.reweighing import reweigh

    before = _tables()
    for _ in range(ROUNDS if len(starts) else 0):
        after = _mixed(words, starts, before)
        reweigh(words, starts, before, after, _weights())
        before = after
    _with_themselves(words, starts)
    raw = words.tobytes()
    return [raw[start:end] for start, end in pairwise(ends)]


@cache
def _tables() -> Frequencies:
    """Frequencies of the tables, place by syllable."""
    known = tables()
    found = np.repeat(np.array(UNSEEN)[:, None], COMPOUND + SURNAMES_MOST, axis=1)
    for place, prior in enumerate(known.prior):
        for syllable, share in prior.items():
            found[place, syllable] = share
    found.setflags(write=False)
    return found


def _mixed(words: Words, starts: Positions, before: Frequencies) -> Frequencies:
    """Frequencies of the names at hand, with the tables' as so many names more."""
    from testimonia.linkage.names.reweighing import count

    counts = np.zeros_like(before)
    count(words, starts, before, _weights(), counts)
    totals = counts.sum(axis=1, keepdims=True)
    mixed: Frequencies = (counts + TRUST * _tables()) / (totals + TRUST)
    return mixed


def _weights() -> Floats:
    from testimonia.linkage.names.kernel import WEIGHTS

    return WEIGHTS


def _with_themselves(words: Words, starts: Positions) -> None:
    words.view(np.float32)[starts + 1] = with_itself(words, starts)
