"""Can the data identify a model? Existence of the extended maximum-likelihood estimate, and identifiability.

A term whose observed margin is zero has its coefficient at minus infinity: it leaves the model, and the cells above
it leave the likelihood (Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021, section 3). On what remains:

- the model is identifiable where the matrix of the remaining terms over the remaining observable cells has full
  column rank. The only direction that can be lost is the indicator of the unseen cell, whose coefficients are +1 or
  -1 on every remaining cell taken as a term; so rank is lost exactly where every remaining cell is a term.
- the estimate exists where some strictly positive table on the remaining cells has the same margins. A Newton
  iterate proves it where its squared decrement is below every mean of an empty cell: along a direction of recession
  the squared decrement is at least the smallest of them. Otherwise a linear programme decides: over the directions
  that leave the means of all occupied cells alone, is there one that lowers empty cells only?
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit

__all__ = ["ADMISSIBLE", "NOT_EXISTING", "NOT_IDENTIFIED", "attainable", "exists", "margins", "remaining"]

ADMISSIBLE = 0
NOT_EXISTING = 1
NOT_IDENTIFIED = 2

SLACK = 1e-7  # what may be left of the infeasibility
EPSILON = 1e-9  # against integers of one or two digits

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@njit
def margins(counts: Floats) -> Floats:
    """For each term the people recorded by all of its lists: the superset sums of the counts."""
    sums = np.zeros(counts.size)
    for cell in range(counts.size):
        sums[cell] = counts[cell]
    bit = 1
    while bit < sums.size:
        for cell in range(sums.size):
            if not cell & bit:
                sums[cell] += sums[cell | bit]
        bit *= 2
    return sums


@njit
def remaining(margin: Floats, model: Flags, used: Flags, inside: Flags) -> bool:
    """Drop terms of zero margin and the cells above them; whether the rest is identifiable.

    Writes `used` (cell 0 is not) and `inside`.
    """
    surplus = 0
    for cell in range(model.size):
        used[cell] = 1 - model[cell] if margin[cell] <= 0.0 else 1
        bit = 1
        while bit <= cell:
            if cell & bit and not used[cell ^ bit]:
                used[cell] = 0
            bit *= 2
        inside[cell] = model[cell] & used[cell]
        surplus += used[cell] - inside[cell]
    used[0] = 0
    return surplus > 0


@njit
def _reduce(rows: Floats, occupied: int) -> int:
    """Bring the first `occupied` rows to echelon form by column operations; the number of columns used up.

    The columns left over are, on the other rows, the directions that leave the occupied cells alone.
    """
    rank = 0
    for row in range(occupied):
        best = rank
        for column in range(rank, rows.shape[1]):
            if abs(rows[row, column]) > abs(rows[row, best]):
                best = column
        if rank == rows.shape[1] or abs(rows[row, best]) < EPSILON:
            continue
        for other in range(row, rows.shape[0]):
            kept = rows[other, rank]
            rows[other, rank] = rows[other, best]
            rows[other, best] = kept
        for column in range(rank + 1, rows.shape[1]):
            factor = rows[row, column] / rows[row, rank]
            if factor != 0.0:
                for other in range(row, rows.shape[0]):
                    rows[other, column] -= factor * rows[other, rank]
        rank += 1
    return rank


@njit
def _entering(tableau: Floats) -> int:
    """Bland's rule: the first column that lowers the objective, or -1."""
    last = tableau.shape[0] - 1
    for column in range(tableau.shape[1] - 1):
        if tableau[last, column] < -EPSILON:
            return column
    return -1


@njit
def _leaving(tableau: Floats, basis: NDArray[np.int64], column: int) -> int:
    """The row that limits the column, the smallest variable among equals; -1 where none does."""
    chosen = -1
    least = np.inf
    for row in range(basis.size):
        if tableau[row, column] > EPSILON:
            ratio = tableau[row, tableau.shape[1] - 1] / tableau[row, column]
            tied = ratio <= least + EPSILON and chosen >= 0 and basis[row] < basis[chosen]
            if ratio < least - EPSILON or tied:
                least = ratio
                chosen = row
    return chosen


@njit
def _tableau(rows: Floats, needed: Flags, first: int, column: int) -> Floats:
    """Phase one for weights on the rows from `first` that add up to zero in the columns from `column`.

    Weights are at least one on the rows that are needed, at least zero on others; the objective is the last row.
    """
    cells, columns = rows.shape[0] - first, rows.shape[1] - column
    tableau = np.zeros((columns + 1, cells + 1))
    for i in range(columns):
        total = 0.0
        for cell in range(cells):
            total += rows[first + cell, column + i] * needed[first + cell]
        turn = -1.0 if total > 0.0 else 1.0
        for cell in range(cells):
            tableau[i, cell] = turn * rows[first + cell, column + i]
            tableau[columns, cell] -= tableau[i, cell]
        tableau[i, cells] = abs(total)
        tableau[columns, cells] -= abs(total)
    return tableau


@njit
def _pivot(tableau: Floats, row: int, column: int) -> None:
    """Bring a column into the basis."""
    inverse = 1.0 / tableau[row, column]
    for j in range(tableau.shape[1]):
        tableau[row, j] *= inverse
    for other in range(tableau.shape[0]):
        factor = tableau[other, column]
        if other != row and factor != 0.0:
            for j in range(tableau.shape[1]):
                tableau[other, j] -= factor * tableau[row, j]


@njit
def _balanced(rows: Floats, needed: Flags, first: int, column: int) -> bool:
    """Whether such weights (see `_tableau`) exist: the simplex method."""
    tableau = _tableau(rows, needed, first, column)
    columns, cells = tableau.shape[0] - 1, tableau.shape[1] - 1
    basis = np.arange(cells, cells + columns)
    for _ in range(1000):
        entering = _entering(tableau)
        if entering < 0 or -tableau[columns, cells] < EPSILON:
            break
        row = _leaving(tableau, basis, entering)
        if row < 0:
            break
        _pivot(tableau, row, entering)
        basis[row] = entering
    return bool(-tableau[columns, cells] < SLACK)


@njit
def _design(counts: Floats, used: Flags, inside: Flags, target: Flags, rows: Floats, needed: Flags) -> int:
    """The model's matrix over the used cells, occupied ones first, with their `target`; the number of those."""
    occupied = 0
    for cell in range(used.size):
        occupied += 1 if used[cell] and counts[cell] > 0.0 else 0
    full, empty = 0, occupied
    for cell in range(used.size):
        if not used[cell]:
            continue
        row = full if counts[cell] > 0.0 else empty
        full += 1 if counts[cell] > 0.0 else 0
        empty += 0 if counts[cell] > 0.0 else 1
        needed[row] = target[cell]
        column = 0
        for term in range(used.size):
            if inside[term]:
                rows[row, column] = 1.0 if term & cell == term else 0.0
                column += 1
    return occupied


@njit
def attainable(counts: Floats, used: Flags, inside: Flags, target: Flags) -> bool:
    """Whether some table on the used cells has the margins of the counts, is positive on `target`, and not negative.

    Occupied cells are positive anyhow: some table between the counts and any other with their margins is.
    """
    cells, parameters = 0, 0
    for cell in range(used.size):
        cells += 1 if used[cell] else 0
        parameters += 1 if inside[cell] else 0
    rows, needed = np.zeros((cells, parameters)), np.zeros(cells, np.uint8)
    occupied = _design(counts, used, inside, target, rows, needed)
    if occupied == cells:
        return True
    rank = _reduce(rows, occupied)
    return True if rank == parameters else _balanced(rows, needed, occupied, rank)


@njit
def exists(counts: Floats, used: Flags, inside: Flags) -> bool:
    """Whether the maximum-likelihood estimate on the used cells exists, decided by a linear programme."""
    return attainable(counts, used, inside, used)
