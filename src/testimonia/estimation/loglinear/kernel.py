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

from testimonia.estimation.compiled import inlined, njit
from testimonia.estimation.loglinear.lattice import moebius, subset_sums, superset_sums

__all__ = [
    "CONVERGED",
    "SINGULAR",
    "UNSETTLED",
    "Work",
    "arrange",
    "begin",
    "bound",
    "delta_variance",
    "direction",
    "fit",
    "means",
    "start",
    "subset_sums",
    "superset_sums",
    "variance",
    "workspace",
]

CONVERGED = 0
UNSETTLED = 1  # the steps never became small: the supremum of the likelihood lies at infinity, or nearly so
SINGULAR = 2  # the cells do not determine the coefficients
VANISHED = 1e-10  # squared decrement at which what still creeps is rounding, or a mean without weight

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]
Terms = NDArray[np.uint64]


# Rows of `Work.cells`, functions on the 2**k cells.
ETA, RESIDUAL, INVERSE, SUMS, SCORE, STEP, CHANGE, LIVE, SIGN, GRADIENT = range(10)


class Work(NamedTuple):
    """Scratch memory of one fit: functions on the 2**k cells, the means, and the Newton system.

    In `cells`, row LIVE is 1 for used cells and 0 for others, whose `mu` is 0; row SIGN is -1 for cells of an odd
    number of lists.
    """

    cells: Floats
    mu: Floats
    terms: Terms
    matrix: Floats
    vector: Floats


def workspace(k: int, parameters: int) -> Work:
    """Scratch memory for models of at most `parameters` terms on k lists."""
    size = 1 << k
    rows = max(1, min(parameters, size))
    cells = np.zeros((10, size))
    cells[SIGN] = [(-1.0) ** cell.bit_count() for cell in range(size)]
    return Work(cells, np.zeros(size), np.zeros(size, np.uint64), np.zeros((rows, rows)), np.zeros(rows))


@inlined
def _factor(matrix: Floats, vector: Floats, rows: int) -> bool:
    """Eliminate a symmetric positive matrix (upper triangle) with its right side; False where it is singular."""
    for j in range(rows):
        pivot = matrix[j, j]
        if not pivot > 0.0:
            return False
        inverse = 1.0 / pivot
        for i in range(j + 1, rows):
            factor = matrix[j, i] * inverse
            vector[i] -= factor * vector[j]
            for t in range(i, rows):
                matrix[i, t] -= factor * matrix[j, t]
    return True


@inlined
def _back(matrix: Floats, vector: Floats, rows: int) -> None:
    """Solve the eliminated system in place."""
    for j in range(rows - 1, -1, -1):
        total = vector[j]
        for i in range(j + 1, rows):
            total -= matrix[j, i] * vector[i]
        vector[j] = total / matrix[j, j]


@njit
def arrange(used: Flags, inside: Flags, work: Work) -> tuple[bool, int, int]:
    """Set `live` and list the terms of the smaller system: is it the constraints', its rows, degrees of freedom.

    The intercept is the last of the parameters. The constraints are the coefficients that must be zero among the
    cells that matter.
    """
    parameters = 0
    cells = 0
    for cell in range(used.size):
        work.cells[LIVE, cell] = used[cell]
        cells += used[cell]
        parameters += inside[cell]
    dual = parameters > cells - parameters
    rows = 0
    for cell in range(1, used.size):
        if inside[cell] if not dual else used[cell] and not inside[cell]:
            work.terms[rows] = cell
            rows += 1
    if not dual:
        work.terms[rows] = 0
        rows += 1
    return dual, rows, cells - parameters


@inlined
def _newton(work: Work, rows: int) -> float:
    """The Newton step by the information matrix; the squared decrement, or -1 where it is singular."""
    terms, matrix, vector = work.terms, work.matrix, work.vector
    sums, score, step = work.cells[SUMS], work.cells[SCORE], work.cells[STEP]
    for cell in range(sums.size):
        sums[cell] = work.mu[cell]
        score[cell] = work.cells[RESIDUAL, cell]
    superset_sums(sums)
    superset_sums(score)
    for a in range(rows):
        term = terms[a]
        vector[a] = score[term]
        for b in range(a, rows):
            matrix[a, b] = sums[term | terms[b]]
    if not _factor(matrix, vector, rows):
        return -1.0
    decrement = 0.0
    for a in range(rows):
        decrement += vector[a] * vector[a] / matrix[a, a]
    _back(matrix, vector, rows)
    for cell in range(step.size):
        step[cell] = 0.0
    for a in range(rows):
        step[terms[a]] = vector[a]
    return decrement


@inlined
def _constraints(work: Work, rows: int, closed: bool) -> int:
    """Fill the system of the constraints; the number of its rows.

    Constraint T says that the alternating sum of the linear predictors below T is zero. Where cell 0 is not used
    (the system is not `closed`), its linear predictor is free and one constraint, the last, is spent on it.
    """
    terms, matrix, vector = work.terms, work.matrix, work.vector
    sums, score = work.cells[SUMS], work.cells[SCORE]
    for cell in range(sums.size):
        inverse = 1.0 / work.mu[cell] if work.cells[LIVE, cell] > 0.0 else 0.0
        work.cells[INVERSE, cell] = inverse
        sums[cell] = inverse
        score[cell] = work.cells[SIGN, cell] * work.cells[RESIDUAL, cell] * inverse
    subset_sums(sums)
    subset_sums(score)
    if closed:
        for a in range(rows):
            term = terms[a]
            vector[a] = score[term]
            for b in range(a, rows):
                matrix[a, b] = sums[term & terms[b]]
        return rows
    pivot = terms[rows - 1]
    for a in range(rows - 1):
        term = terms[a]
        vector[a] = score[term] - score[pivot]
        shared = sums[pivot] - sums[term & pivot]
        for b in range(a, rows - 1):
            matrix[a, b] = sums[term & terms[b]] - sums[terms[b] & pivot] + shared
    return rows - 1


@inlined
def _dual(used: Flags, inside: Flags, work: Work, rows: int) -> float:
    """The Newton step by the constraints; the squared decrement, or -1 where it is singular."""
    terms, vector, score, step = work.terms, work.vector, work.cells[SCORE], work.cells[STEP]
    solved = _constraints(work, rows, used[0] == 1)
    if not _factor(work.matrix, vector, solved):
        return -1.0
    _back(work.matrix, vector, solved)
    for cell in range(score.size):
        score[cell] = 0.0
    total = 0.0
    for a in range(solved):
        score[terms[a]] = vector[a]
        total += vector[a]
    pivot = terms[rows - 1]
    if not used[0]:
        score[pivot] = -total
    superset_sums(score)
    decrement = 0.0
    for cell in range(step.size):
        step[cell] = (work.cells[RESIDUAL, cell] - work.cells[SIGN, cell] * score[cell]) * work.cells[INVERSE, cell]
        decrement += work.cells[RESIDUAL, cell] * step[cell]
    moebius(step)
    unseen = 0.0 if used[0] else -work.cells[SIGN, pivot] * step[pivot]
    for term in range(step.size):
        step[term] = step[term] + work.cells[SIGN, term] * unseen if inside[term] else 0.0
    return abs(decrement)  # below zero is rounding, whose size it tells


@njit
def direction(used: Flags, inside: Flags, work: Work, dual: bool, rows: int) -> float:
    """The Newton step, for the coefficients and for the linear predictors; the squared decrement."""
    decrement = _dual(used, inside, work, rows) if dual else _newton(work, rows)
    change = work.cells[CHANGE]
    for cell in range(change.size):
        change[cell] = work.cells[STEP, cell]
    subset_sums(change)
    return decrement


@inlined
def means(counts: Floats, work: Work) -> float:
    """Means and residuals at the linear predictors; the log-likelihood but for its constant."""
    total = 0.0
    for cell in range(counts.size):
        eta = work.cells[ETA, cell] if work.cells[LIVE, cell] > 0.0 else 0.0
        mean = np.exp(eta) * work.cells[LIVE, cell]
        work.mu[cell] = mean
        work.cells[RESIDUAL, cell] = counts[cell] - mean
        total += counts[cell] * eta - mean
    return total


@njit
def _advance(counts: Floats, beta: Floats, work: Work, value: float, scale: float) -> tuple[float, bool]:
    """Go along the step, half as far while the likelihood falls; the new log-likelihood, and whether it moved."""
    eta, change = work.cells[ETA], work.cells[CHANGE]
    for cell in range(beta.size):
        eta[cell] += scale * change[cell]
    new = means(counts, work)
    going = scale
    while not new >= value - 1e-9 * (1.0 + abs(value)):
        less = 0.5 * going if going > 1e-6 * scale else 0.0
        for cell in range(beta.size):
            eta[cell] += (less - going) * change[cell]
        going = less
        new = means(counts, work)
        if going == 0.0:
            return new, False
    for cell in range(beta.size):
        beta[cell] += going * work.cells[STEP, cell]
    return new, True


@njit
def start(counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work) -> bool:
    """Coefficients to begin with where no neighbouring model is at hand; False where they are not determined.

    One weighted regression of the logarithms of the counts, half a person above them.
    """
    dual, rows, degrees = arrange(used, inside, work)
    for term in range(beta.size):
        beta[term] = 0.0
    if degrees < 0:
        return False
    for cell in range(used.size):
        mean = counts[cell] + 0.5
        work.mu[cell] = mean if used[cell] else 0.0
        work.cells[RESIDUAL, cell] = mean * np.log(mean) - 0.5 if used[cell] else 0.0
    if direction(used, inside, work, dual, rows) < 0.0:
        return False
    for term in range(beta.size):
        beta[term] = work.cells[STEP, term]
    return True


@njit
def begin(counts: Floats, beta: Floats, work: Work) -> float:
    """Linear predictors, means and residuals at these coefficients; the log-likelihood but for its constant."""
    eta = work.cells[ETA]
    for cell in range(eta.size):
        eta[cell] = beta[cell]
    subset_sums(eta)
    return means(counts, work)


@njit
def fit(
    counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, tolerance: float, limit: int
) -> tuple[float, float, int]:
    """Maximise the likelihood from the coefficients in `beta`, which are replaced.

    Returns the log-likelihood without its constant, sum(count * eta - mu) over the used cells, the last squared
    Newton decrement, and a status. The fit ends with the step whose squared decrement is below `tolerance`; the
    log-likelihood is then below its supremum by about the square of that. `work.mu` holds the means of the used
    cells; the unseen cell is exp(beta[0]). Counts of cells that are not used must be zero.
    """
    dual, rows, degrees = arrange(used, inside, work)
    if degrees < 0:
        return -np.inf, np.inf, SINGULAR
    value = begin(counts, beta, work)
    last, decrement = np.inf, np.inf
    for turn in range(limit):
        last = decrement
        decrement = direction(used, inside, work, dual, rows)
        if decrement < 0.0 or not np.isfinite(decrement):
            return value, np.inf, SINGULAR
        # Towards infinity every step lowers the logarithm of a vanishing mean by one only: lengthen the stride.
        creeping = turn > 5 and decrement > 0.2 * last
        value, moved = _advance(counts, beta, work, value, 3.0 if creeping else 1.0)
        if decrement < tolerance or (creeping and decrement < VANISHED):
            return value, decrement, CONVERGED
        if not moved:
            break
    return value, decrement, UNSETTLED


@njit
def bound(
    counts: Floats, used: Flags, inside: Flags, beta: Floats, work: Work, enough: float, tolerance: float
) -> float:
    """An upper bound of the log-likelihood without its constant, proven; stops once it is below `enough`.

    With d the relative change of the means in a Newton step, the means mu (1 + d) have the margins of the counts;
    where none is negative, Fenchel duality puts the supremum at most sum(mu ((1 + d) log(1 + d) - d)), which is at
    most the squared decrement, above the log-likelihood. `beta` is replaced by the coefficients reached.
    """
    dual, rows, degrees = arrange(used, inside, work)
    if degrees < 0:
        return np.inf
    value = begin(counts, beta, work)
    best = np.inf
    for _ in range(60):
        decrement = direction(used, inside, work, dual, rows)
        if decrement < 0.0 or not np.isfinite(decrement):
            return best
        least = 0.0
        for cell in range(used.size):
            least = min(least, work.cells[CHANGE, cell] * work.cells[LIVE, cell])
        if least >= -1.0:
            best = min(best, value + decrement)
        if best < enough or (decrement < tolerance and least > -1.5):
            return best
        value, moved = _advance(counts, beta, work, value, 1.0)
        if not moved:
            break
    return best


@njit
def delta_variance(used: Flags, inside: Flags, work: Work, gradient: Floats) -> float:
    """The variance of a function of the linear predictors, by its gradient; NaN where it is singular.

    The means in `work.mu` are the information of each cell. The entry of the unseen cell is moved to cells that
    are seen: where a term is not in the model, the alternating sum of the linear predictors below it is zero. The
    variance is then the squared decrement of the gradient taken as a residual.
    """
    dual, rows, degrees = arrange(used, inside, work)
    if degrees < 0:
        return np.nan
    pivot = np.int64(work.terms[rows - 1])
    residual = work.cells[RESIDUAL]
    residual[0] = 0.0 if dual else gradient[0]
    for cell in range(1, used.size):
        residual[cell] = gradient[cell]
        if dual and cell & pivot == cell:
            residual[cell] -= work.cells[SIGN, cell] * gradient[0]
    spread = direction(used, inside, work, dual, rows)
    return float(spread) if spread >= 0.0 else np.nan


@njit
def variance(used: Flags, inside: Flags, work: Work) -> float:
    """The variance of the logarithm of the unseen cell at the means in `work.mu`; NaN where it is singular."""
    gradient = work.cells[GRADIENT]
    for cell in range(1, used.size):
        gradient[cell] = 0.0
    gradient[0] = 1.0
    return delta_variance(used, inside, work, gradient)
