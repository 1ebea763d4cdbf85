"""Every hierarchical model with all main effects, as numbers.

A model of at most six lists is one unsigned 64-bit number: bit t is set where the term with mask t is in it. There
are 8, 113, 6,893 and 7,785,061 of them on 3 to 6 lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit
from testimonia.estimation.terms import main_effects, order

__all__ = ["CODED", "code", "every", "every_count", "flags", "interactions", "terms_of"]

COUNTS = {3: 8, 4: 113, 5: 6_893, 6: 7_785_061}  # models without the term of all lists
CODED = 6  # lists: the terms of more do not fit into 64 bits

Codes = NDArray[np.uint64]


def code(terms: Iterable[int]) -> int:
    """The number of a model: `code((0, 1, 2, 4, 3)) == 0b11111`."""
    return sum(1 << term for term in set(terms))


def terms_of(number: int) -> tuple[int, ...]:
    """The terms of a model, rising by order, then value."""
    number = int(number)
    return tuple(sorted((t for t in range(number.bit_length()) if number >> t & 1), key=lambda t: (order(t), t)))


def flags(terms: Iterable[int], k: int) -> NDArray[np.uint8]:
    """The model as one flag a term, shape (2**k,)."""
    found = np.zeros(1 << k, np.uint8)
    found[list(terms)] = 1
    return found


def interactions(k: int, max_order: int | None = None) -> NDArray[np.int64]:
    """The terms of two lists and more, up to an order and never of all k lists: rising by order, then value."""
    limit = k - 1 if max_order is None else min(max_order, k - 1)
    return np.array([sum(1 << i for i in c) for size in range(2, limit + 1) for c in _chosen(k, size)], np.int64)


def _chosen(k: int, size: int) -> list[tuple[int, ...]]:
    """The sets of `size` lists, by the value of their mask."""
    return sorted(combinations(range(k), size), key=lambda lists: lists[::-1])


@njit
def _walk(terms: NDArray[np.int64], below: Codes, root: int, out: Codes) -> int:
    """Write every model depth first, each after the one it extends by its last term; their number.

    With an empty `out` the models are only counted.
    """
    path = np.zeros(terms.size + 1, np.int64)
    codes = np.zeros(terms.size + 1, np.uint64)
    codes[0] = np.uint64(root)
    depth, found = 0, 1
    if out.size:
        out[0] = codes[0]
    while depth >= 0:
        place = path[depth]
        path[depth] += 1
        if place >= terms.size:
            depth -= 1
            continue
        if codes[depth] & below[place] != below[place]:
            continue
        codes[depth + 1] = codes[depth] | (np.uint64(1) << np.uint64(terms[place]))
        depth += 1
        path[depth] = place + 1
        if out.size:
            out[found] = codes[depth]
        found += 1
    return found


def every_count(k: int, max_order: int | None = None) -> int:
    """How many models `every` lists; beyond six lists those of order two only can be counted."""
    if k in COUNTS and (max_order is None or max_order >= k - 1):
        return COUNTS[k]
    if max_order == 2:
        return 1 << (k * (k - 1) // 2)
    return _walk(*_steps(k, max_order), code(main_effects(k)), np.zeros(0, np.uint64))


def _steps(k: int, max_order: int | None) -> tuple[NDArray[np.int64], Codes]:
    """The interactions, and for each the code of the terms just below it."""
    if not 2 <= k <= CODED:
        raise ValueError(f"models on {k} lists are not numbered: 2 to {CODED} are")
    terms = interactions(k, max_order)
    below = [code(int(t) ^ (1 << i) for i in range(k) if t >> i & 1) for t in terms]
    return terms, np.array(below, np.uint64)


def every(k: int, max_order: int | None = None) -> Codes:
    """Every hierarchical model on k lists, 3 to 6, with all main effects and no term above `max_order`.

    Depth first: a model comes after the one that it extends by its last term (by order, then value). The term of all
    k lists is in none: nothing observed could tell its coefficient from the unseen cell.
    """
    terms, below = _steps(k, max_order)
    root = code(main_effects(k))
    out = np.zeros(_walk(terms, below, root, np.zeros(0, np.uint64)), np.uint64)
    _walk(terms, below, root, out)
    return out
