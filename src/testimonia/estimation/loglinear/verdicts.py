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

__all__ = ["ADMISSIBLE", "NOT_EXISTING", "NOT_IDENTIFIED", "exists", "margins", "remaining"]

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
    sums = counts.copy()
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
def _reduced(rows: Floats, occupied: int) -> tuple[Floats, int]:
    """Directions of the coefficients that leave the first `occupied` rows at zero, seen on the other rows.

    Column operations bring the occupied rows to echelon form; the columns left over span those directions.
    Returns the other rows in these columns and the number of columns used up.
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
    return rows, rank


@njit
def _entering(objective: Floats) -> int:
    """Bland's rule: the first column that lowers the objective, or -1."""
    for column in range(objective.size - 1):
        if objective[column] < -EPSILON:
            return column
    return -1


@njit
def _leaving(tableau: Floats, basis: NDArray[np.int64], column: int) -> int:
    """The row that limits the column, the smallest variable among equals; -1 where none does."""
    chosen = -1
    least = np.inf
    for row in range(basis.size):
        if tableau[row, column] > EPSILON:
            ratio = tableau[row, -1] / tableau[row, column]
            tied = ratio <= least + EPSILON and chosen >= 0 and basis[row] < basis[chosen]
            if ratio < least - EPSILON or tied:
                least = ratio
                chosen = row
    return chosen


@njit
def _balanced(rows: Floats) -> bool:
    """Whether weights of at least one on the rows add up to zero in every column: phase one of the simplex method."""
    cells, columns = rows.shape
    tableau = np.zeros((columns + 1, cells + 1))
    basis = np.arange(cells, cells + columns)
    for column in range(columns):
        total = rows[:, column].sum()
        turn = -1.0 if total > 0.0 else 1.0
        for cell in range(cells):
            tableau[column, cell] = turn * rows[cell, column]
        tableau[column, -1] = abs(total)
        tableau[columns] -= tableau[column]
    for _ in range(1000):
        column = _entering(tableau[columns])
        if column < 0 or -tableau[columns, -1] < EPSILON:
            break
        row = _leaving(tableau, basis, column)
        if row < 0:
            break
        tableau[row] /= tableau[row, column]
        for other in range(columns + 1):
            if other != row and tableau[other, column] != 0.0:
                tableau[other] -= tableau[other, column] * tableau[row]
        basis[row] = column
    return bool(-tableau[columns, -1] < SLACK)


@njit
def exists(counts: Floats, used: Flags, inside: Flags) -> bool:
    """Whether the maximum-likelihood estimate on the used cells exists, decided by a linear programme."""
    occupied, cells, parameters = 0, 0, 0
    for cell in range(used.size):
        cells += used[cell]
        parameters += inside[cell]
        occupied += used[cell] and counts[cell] > 0.0
    if occupied == cells:
        return True
    rows = np.zeros((cells, parameters))
    full, empty = 0, occupied
    for cell in range(used.size):
        if not used[cell]:
            continue
        row = full if counts[cell] > 0.0 else empty
        full += counts[cell] > 0.0
        empty += counts[cell] <= 0.0
        column = 0
        for term in range(used.size):
            if inside[term]:
                rows[row, column] = 1.0 if term & cell == term else 0.0
                column += 1
    reduced, rank = _reduced(rows, occupied)
    if rank == parameters:
        return True
    return _balanced(np.ascontiguousarray(reduced[occupied:, rank:]))
