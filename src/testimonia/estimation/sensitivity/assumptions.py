"""Identifying assumptions: each turns a fit to the people who were recorded into a hidden cell.

The highest-order interaction of k lists is the alternating sum of the logarithms of all 2**k expected counts, with
the sign of `(-1)**(k - |pattern|)`. It is the only quantity of a saturated table that the hidden cell alone decides:
solved for the hidden cell,

    log m0 = sum over odd patterns of log m - sum over even patterns of log m  +/-  xi,

plus for an even number of lists and minus for an odd one (Aleshin-Guendel, Sadinle & Wakefield 2024, Biometrics 80;
Bishop, Fienberg & Holland 1975, chapter 6). With two lists it is their log odds ratio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.sensitivity.hidden import Fitted
from testimonia.estimation.table import OverlapTable
from testimonia.estimation.terms import members

__all__ = ["Cells", "as_observed", "contrast", "in_words", "least", "of_interaction", "two_lists"]

Cells = Mapping[int, float]


def of_interaction(lists: int) -> int:
    """How a positive highest-order interaction moves the hidden cell: up for an even number of lists, else down."""
    return 1 if lists % 2 == 0 else -1


def contrast(n: float, model: Sequence[int], means: NDArray[np.float64], cells: Cells, level: float) -> Fitted:
    """The hidden cell as a product of fitted means, each to the power given, with the variance of that product.

    `model` holds the finite terms of a log-linear model, `means` (2**k,) its fitted means, nil outside the
    likelihood. The variance is that of a linear combination of the coefficients under Poisson sampling, by the
    inverse of the information matrix.
    """
    used = np.flatnonzero(means > 0)
    used = used[used > 0]
    terms = np.asarray(model)
    design = ((used[:, None] & terms) == terms).astype(np.float64)
    wanted = sum(weight * ((cell & terms) == terms) for cell, weight in cells.items())
    information = (design.T * means[used]) @ design
    variance = float(np.asarray(wanted) @ np.linalg.solve(information, np.asarray(wanted, dtype=np.float64)))
    log_mean = sum(weight * float(np.log(means[cell])) for cell, weight in cells.items())
    return Fitted(n, n, log_mean, variance, level)


def as_observed(table: OverlapTable, level: float) -> Fitted | str:
    """The hidden cell without a highest-order interaction, from the counts as they are; or why there is none.

    Every pattern must have been observed: a count of nil makes the product nil or infinite. The variance of its
    logarithm is the sum of the reciprocals of the counts.
    """
    if table.censored:
        return f"The counts as observed cannot be used: {in_words(table, table.censored)} is over-counted."
    empty = [pattern for pattern in range(1, 1 << table.k) if not table.counts[pattern]]
    if empty:
        return (
            f"Every combination of lists must have recorded somebody; nobody was recorded by {in_words(table, empty)}."
        )
    counts = table.counts[1:].astype(np.float64)
    signs = np.array([1.0 if pattern.bit_count() % 2 else -1.0 for pattern in range(1, 1 << table.k)])
    return Fitted(table.n, table.n, float(signs @ np.log(counts)), float((1 / counts).sum()), level)


def two_lists(table: OverlapTable, first: int, second: int, level: float) -> Fitted | str:
    """The people on neither of two lists if both were independent, from the margin of the two; or why not.

    Lincoln-Petersen: the table of the two lists alone, whoever else recorded the people in it. Those whom another
    list recorded are part of its hidden cell, so that a total below the people recorded contradicts the assumption.
    """
    a, b = 1 << first, 1 << second
    blurred = [pattern for pattern in table.censored if pattern & (a | b)]
    if blurred:
        return f"The table of the two lists cannot be used: {in_words(table, blurred)} is over-counted."
    both = table.size(a | b)
    only_a, only_b = table.size(a) - both, table.size(b) - both
    names = f"{table.lists[first]} and {table.lists[second]}"
    if not both:
        return f"Nobody is on both {names}: if they were independent, nothing would bound the total."
    if not only_a or not only_b:
        return f"Of {names} one holds everybody that the other holds: independence cannot be told from that."
    logs = np.log([only_a, only_b, both])
    variance = 1 / only_a + 1 / only_b + 1 / both
    return Fitted(least(table), only_a + only_b + both, float(logs[0] + logs[1] - logs[2]), variance, level)


def least(table: OverlapTable) -> int:
    """People recorded for certain: an over-counted cell may hold nobody."""
    return table.n - sum(int(table.counts[pattern]) for pattern in table.censored)


def in_words(table: OverlapTable, patterns: Sequence[int] | frozenset[int]) -> str:
    """A few capture patterns in words: the names of their lists, and how many more there are."""
    shown = [" with ".join(table.lists[i] for i in members(pattern)) for pattern in sorted(patterns)[:3]]
    exact = [f"{words} only" if " with " not in words else f"exactly {words}" for words in shown]
    more = len(patterns) - len(exact)
    return ", ".join(exact) + (f" and {more} more" if more > 0 else "")
