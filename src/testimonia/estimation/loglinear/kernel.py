"""Poisson fits of hierarchical log-linear models, compiled.

Terms and cells are bit masks, and term T enters the linear predictor of cell c where T is a subset of c. So the
linear predictor is the subset-sum transform of the coefficients, the score the superset-sum transform of the
residuals, and the information matrix a look-up: its entry (S, T) is Z[S | T], Z the superset sums of the means.
Where a model has more parameters than degrees of freedom, the Newton step is found from its constraints (the
coefficients that must be zero) instead: their matrix is a look-up too, of the subset sums of 1 / mean.

Arrays of 2**k float64 or uint8, k lists. `used[c]`: cell c is in the likelihood; cell 0, the people whom no list
recorded, normally is not. `inside[T]`: term T is a finite parameter; a term whose margin is zero is at minus
infinity: it is not inside, and the cells above it are not used (see `verdicts`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import njit

__all__ = [
    "CONVERGED",
    "SINGULAR",
    "UNSETTLED",
    "Work",
    "fit",
    "moebius",
    "start",
    "subset_sums",
    "superset_sums",
    "variance",
    "workspace",
]

CONVERGED = 0
UNSETTLED = 1  # the steps never became small: the supremum of the likelihood lies at infinity, or nearly so
SINGULAR = 2  # the cells do not determine the coefficients

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


class Work(NamedTuple):
    """Scratch memory of one fit: arrays over the 2**k cells, and the Newton system."""

    eta: Floats
    mu: Floats
    residual: Floats
    sums: Floats
    score: Floats
    step: Floats
    sign: Floats
    terms: NDArray[np.int64]
    matrix: Floats
    vector: Floats


def workspace(k: int, parameters: int) -> Work:
    """Scratch memory for models of at most `parameters` terms on k lists."""
    size = 1 << k
    rows = max(1, min(parameters, size))
    sign = np.array([(-1.0) ** cell.bit_count() for cell in range(size)])
    eta, mu, residual, sums, score, step = np.zeros((6, size))
    terms = np.zeros(size, np.int64)
    return Work(eta, mu, residual, sums, score, step, sign, terms, np.zeros((rows, rows)), np.zeros(rows))


@njit
def subset_sums(x: Floats) -> None:
    """In place: x[c] becomes the sum of x over the subsets of c."""
    bit = 1
    while bit < x.size:
        for block in range(bit, x.size, 2 * bit):
            for j in range(block, block + bit):
                x[j] += x[j - bit]
        bit *= 2


@njit
def superset_sums(x: Floats) -> None:
    """In place: x[c] becomes the sum of x over the supersets of c."""
    bit = 1
    while bit < x.size:
        for block in range(0, x.size, 2 * bit):
            for j in range(block, block + bit):
                x[j] += x[j + bit]
        bit *= 2


@njit
def moebius(x: Floats) -> None:
    """In place: the inverse of the subset sums, from linear predictors to coefficients."""
    bit = 1
    while bit < x.size:
        for block in range(bit, x.size, 2 * bit):
            for j in range(block, block + bit):
                x[j] -= x[j - bit]
        bit *= 2


@njit
def _factor(matrix: Floats, vector: Floats, rows: int) -> bool:
    """Eliminate a symmetric positive matrix (upper triangle) with its right side; False where it is singular."""
    for j in range(rows):
        pivot = matrix[j, j]
        if not pivot > 0.0:
            return False
        for i in range(j + 1, rows):
            factor = matrix[j, i] / pivot
            vector[i] -= factor * vector[j]
            for t in range(i, rows):
                matrix[i, t] -= factor * matrix[j, t]
    return True


@njit
def _back(matrix: Floats, vector: Floats, rows: int) -> None:
    """Solve the eliminated system in place."""
    for j in range(rows - 1, -1, -1):
        total = vector[j]
        for i in range(j + 1, rows):
            total -= matrix[j, i] * vector[i]
        vector[j] = total / matrix[j, j]


@njit
def _parameters(inside: Flags, terms: NDArray[np.int64]) -> int:
    """List the terms of a model, the intercept last; their number."""
    rows = 0
    for term in range(1, inside.size):
        if inside[term]:
            terms[rows] = term
            rows += 1
    terms[rows] = 0
    return rows + 1


@njit
def _constraints(used: Flags, inside: Flags, terms: NDArray[np.int64]) -> int:
    """List the coefficients that must be zero, among the cells that matter; their number."""
    rows = 0
    for term in range(inside.size):
        if used[term] and not inside[term]:
            terms[rows] = term
            rows += 1
    return rows


@njit
def _newton(inside: Flags, work: Work, rows: int) -> float:
    """The Newton step by the information matrix; the squared decrement, or -1 where it is singular."""
    terms, sums, score, step, matrix, vector = work.terms, work.sums, work.score, work.step, work.matrix, work.vector
    sums[:] = work.mu
    score[:] = work.residual
    superset_sums(sums)
    superset_sums(score)
    for a in range(rows):
        vector[a] = score[terms[a]]
        for b in range(a, rows):
            matrix[a, b] = sums[terms[a] | terms[b]]
    if not _factor(matrix, vector, rows):
        return -1.0
    decrement = 0.0
    for a in range(rows):
        decrement += vector[a] * vector[a] / matrix[a, a]
    _back(matrix, vector, rows)
    step[:] = 0.0
    for a in range(rows):
        step[terms[a]] = vector[a]
    return decrement


@njit
def _dual_system(used: Flags, work: Work, rows: int) -> int:
    """Fill the system of the constraints; the number of its rows.

    Constraint T says that the alternating sum of the linear predictors below T is zero. Where cell 0 is not used,
    its linear predictor is free and one constraint, the pivot, is spent on it.
    """
    terms, sums, score, matrix, vector = work.terms, work.sums, work.score, work.matrix, work.vector
    for cell in range(used.size):
        inverse = 1.0 / work.mu[cell] if used[cell] else 0.0
        sums[cell] = inverse
        score[cell] = work.sign[cell] * work.residual[cell] * inverse
    subset_sums(sums)
    subset_sums(score)
    if used[0]:
        for a in range(rows):
            vector[a] = score[terms[a]]
            for b in range(a, rows):
                matrix[a, b] = sums[terms[a] & terms[b]]
        return rows
    pivot = terms[rows - 1]
    for a in range(rows - 1):
        vector[a] = score[terms[a]] - score[pivot]
        shared = sums[pivot] - sums[terms[a] & pivot]
        for b in range(a, rows - 1):
            matrix[a, b] = sums[terms[a] & terms[b]] - sums[terms[b] & pivot] + shared
    return rows - 1


@njit
def _dual(used: Flags, inside: Flags, work: Work, rows: int) -> float:
    """The Newton step by the constraints; the squared decrement, or -1 where it is singular."""
    terms, score, step, vector = work.terms, work.score, work.step, work.vector
    solved = _dual_system(used, work, rows)
    if not _factor(work.matrix, vector, solved):
        return -1.0
    _back(work.matrix, vector, solved)
    score[:] = 0.0
    total = 0.0
    for a in range(solved):
        score[terms[a]] = vector[a]
        total += vector[a]
    pivot = terms[rows - 1]
    if not used[0]:
        score[pivot] = -total
    superset_sums(score)
    decrement = 0.0
    unseen = 0.0
    for cell in range(used.size):
        change = 0.0
        if used[cell]:
            change = (work.residual[cell] - work.sign[cell] * score[cell]) / work.mu[cell]
            decrement += work.residual[cell] * change
            if cell & pivot == cell:
                unseen -= work.sign[cell] * change
        step[cell] = change
    if not used[0]:
        step[0] = unseen
    moebius(step)
    for term in range(inside.size):
        if not inside[term]:
            step[term] = 0.0
    return max(decrement, 0.0)


@njit
def _means(counts: Floats, used: Flags, beta: Floats, work: Work) -> float:
    """Linear predictors, means and residuals at these coefficients; the log-likelihood but for its constant."""
    eta, mu, residual = work.eta, work.mu, work.residual
    eta[:] = beta
    subset_sums(eta)
    total = 0.0
    for cell in range(used.size):
        if used[cell]:
            mean = np.exp(eta[cell])
            total += counts[cell] * eta[cell] - mean
            mu[cell] = mean
            residual[cell] = counts[cell] - mean
        else:
            mu[cell] = 0.0
            residual[cell] = 0.0
    return total


@njit
def _prepare(counts: Floats, used: Flags, work: Work) -> None:
    """Means half a person above the counts: a start that needs no fit before."""
    for cell in range(used.size):
        work.mu[cell] = 0.0
        work.residual[cell] = 0.0
        if used[cell]:
            mean = counts[cell] + 0.5
            work.mu[cell] = mean
            work.residual[cell] = mean * np.log(mean) - 0.5


@njit
def _direction(used: Flags, inside: Flags, work: Work, parameters: int, degrees: int, rows: int) -> float:
    """The Newton step by the smaller of the two systems."""
    if parameters <= degrees:
        return _newton(inside, work, rows)
    return _dual(used, inside, work, rows)


@njit
def _sizes(used: Flags, inside: Flags, work: Work) -> tuple[int, int, int]:
    """Parameters, degrees of freedom and listed rows of the smaller system."""
    parameters = 0
    cells = 0
    for cell in range(used.size):
        parameters += inside[cell]
        cells += used[cell]
    degrees = cells - parameters
    if parameters <= degrees:
        return parameters, degrees, _parameters(inside, work.terms)
    rows = _constraints(used, inside, work.terms)
    return parameters, degrees, rows


@njit
def start(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work) -> bool:
    """Coefficients to begin with where no neighbouring model is at hand; False where they are not determined."""
    parameters, degrees, rows = _sizes(used, inside, work)
    beta[:] = 0.0
    if degrees < 0:
        return False
    _prepare(counts, used, work)
    if _direction(used, inside, work, parameters, degrees, rows) < 0.0:
        return False
    beta[:] = work.step
    return True


@njit
def _advance(counts: Floats, used: Flags, beta: Floats, work: Work, value: float, scale: float) -> float:
    """Go along the step, half as far while the likelihood falls; the new log-likelihood."""
    step = work.step
    for cell in range(beta.size):
        beta[cell] += scale * step[cell]
    new = _means(counts, used, beta, work)
    while not new >= value - 1e-9 * (1.0 + abs(value)) and scale > 1e-6:
        scale *= 0.5
        for cell in range(beta.size):
            beta[cell] -= scale * step[cell]
        new = _means(counts, used, beta, work)
    return new


@njit
def fit(
    counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, tolerance: float, limit: int
) -> tuple[float, float, int]:
    """Maximise the likelihood from the coefficients in `beta`, which are replaced.

    Returns the log-likelihood without its constant, sum(count * eta - mu) over the used cells, the last squared
    Newton decrement, and a status. The fit ends with the step whose squared decrement is below `tolerance`; the
    log-likelihood is then below its supremum by about the square of that. `work.mu` holds the means of the used
    cells; the unseen cell is exp(beta[0]).
    """
    parameters, degrees, rows = _sizes(used, inside, work)
    if degrees < 0:
        return -np.inf, np.inf, SINGULAR
    value = _means(counts, used, beta, work)
    last, decrement = np.inf, np.inf
    for turn in range(limit):
        last = decrement
        decrement = _direction(used, inside, work, parameters, degrees, rows)
        if decrement < 0.0 or not np.isfinite(decrement):
            return value, np.inf, SINGULAR
        # Towards infinity every step lowers the logarithm of a vanishing mean by one only: lengthen the stride.
        creeping = turn > 5 and decrement > 0.2 * last
        value = _advance(counts, used, beta, work, value, 3.0 if creeping else 1.0)
        if decrement < tolerance:
            return value, decrement, CONVERGED
    return value, decrement, UNSETTLED


@njit
def variance(used: Flags, inside: Flags, work: Work) -> float:
    """The variance of the logarithm of the unseen cell at the means in `work.mu`; NaN where it is singular."""
    rows = _parameters(inside, work.terms)
    work.residual[:] = 0.0
    if rows > work.matrix.shape[0]:
        return np.nan
    if _newton(inside, work, rows) < 0.0:
        return np.nan
    return float(1.0 / work.matrix[rows - 1, rows - 1])
