"""The model with the least BIC among all hierarchical models, for many tables, by branch and bound, compiled.

A node of the search is a pair of hierarchical models: every model that contains the floor and lies in the ceiling.
No model between them has a higher likelihood than the ceiling, nor fewer terms than the floor: so

    -2 log L(ceiling) + |floor| log n

is at most the BIC of each of them, and the node is dropped where that is no better than the best model so far. The
floor is the model that is tried; where one term more at the same bound is no better, nothing else is left. Else a
term just above the floor is put into the floor, or taken out of the ceiling with all that contain it: first the term
whose margin the floor misses most, so that the first way down is forward selection.

The best model must be admissible (extended maximum-likelihood estimate, identifiable: see `loglinear.verdicts`); the
bound holds whether the ceiling is or not. Adding a term with a positive margin to a model without an estimate
leaves it without one (Chan, Silverman & Vincent 2021, section 2.7): such a floor ends its branch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import merged, njit
from testimonia.estimation.loglinear.kernel import (
    CONVERGED,
    Work,
    fit,
    start,
    subset_sums,
    superset_sums,
    workspace,
)
from testimonia.estimation.loglinear.scan import judged
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, margins, remaining
from testimonia.estimation.terms import order

__all__ = ["FOUND", "NONE", "UNPROVEN", "Best", "best_models"]

FOUND = 0
NONE = 1  # no admissible model
UNPROVEN = 2  # the search was longer than allowed: the best model seen, if any, may not be the best
EFFORT = 200_000_000  # nodes times cells; half a minute or so
SHARE = 20
FEWEST = 32  # nodes a table may always take: the way of forward selection, and a little more

TIGHT = 1e-9  # squared Newton decrement of a fit that is an answer
ROUGH = 1e-3  # of a fit that is a bound
SLACK = 20.0  # so many times it is added to the bound

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Best:
    """The best models of many tables of the same lists.

    `totals`: float64, infinite where there is none. `bic`: the BIC but for 2 sum(log count!). `models`: uint8, shape
    (tables, 2**k), 1 for each term of the model. `status`: FOUND, NONE or UNPROVEN; `nodes`: how long the searches
    were.
    """

    totals: Floats
    bic: Floats
    models: Flags
    status: NDArray[np.uint8]
    nodes: NDArray[np.int64]

    def terms(self, row: int) -> tuple[int, ...]:
        """The terms of the best model of a table, rising by order, then value."""
        return tuple(sorted((int(t) for t in np.flatnonzero(self.models[row])), key=lambda t: (order(t), t)))


class Stack(NamedTuple):
    """The nodes still to be looked at.

    `floor`, `ceiling`: models as flags. `fit`: coefficients of the floor. `value`: an upper bound of the ceiling's
    log-likelihood but for its constant. `tried`: 1 where the floor was tried, and the ceiling has become smaller
    than the bound knows.
    """

    floor: Flags
    ceiling: Flags
    fit: Floats
    value: Floats
    tried: Flags


class Desk(NamedTuple):
    """Scratch memory of the search."""

    used: Flags
    inside: Flags
    trial: Floats
    expected: Floats
    best: Floats
    work: Work


@njit
def _size(model: Flags) -> int:
    """How many terms a model has."""
    terms = 0
    for term in range(model.size):
        terms += model[term]
    return terms


@merged
def _saturated(counts: Floats) -> float:
    """The log-likelihood, but for its constant, that no model can exceed."""
    value = 0.0
    for cell in range(counts.size):
        if counts[cell] > 0.0:
            value += counts[cell] * (np.log(counts[cell]) - 1.0)
    return value


@njit
def _highest(counts: Floats, margin: Floats, model: Flags, beta: Floats, desk: Desk) -> float:
    """An upper bound of the log-likelihood of a model by a rough fit, `beta`; infinite where it does not settle.

    Value and squared decrement add up to a bound by Fenchel duality where the step leaves every mean positive (see
    `loglinear.kernel.bound`). On the way to infinity, where means vanish, 0.37 of the squared decrement is left to
    gain from each; `SLACK` is beyond anything seen. Every fit begins at the counts: one that begins where another
    ended, with means near zero, can seem settled far from its maximum.
    """
    beta[:] = 0.0
    if not remaining(margin, model, desk.used, desk.inside):
        return np.inf
    if not start(counts, desk.used, desk.inside, beta, desk.work):
        return np.inf
    value, decrement, status = fit(counts, desk.used, desk.inside, beta, desk.work, ROUGH, 60)
    people = 0.0
    for cell in range(counts.size):
        people += desk.work.mu[cell] if desk.used[cell] else 0.0
    settled = status == CONVERGED and abs(people - margin[0]) <= 1.0 + 0.01 * margin[0]  # the margin of the intercept
    return value + SLACK * decrement if settled and np.isfinite(value) else np.inf


@merged
def _expect(margin: Floats, model: Flags, beta: Floats, desk: Desk) -> None:
    """Write how many people a fit expects on all lists of each term, the unseen left out."""
    remaining(margin, model, desk.used, desk.inside)
    expected = desk.expected
    expected[:] = beta
    subset_sums(expected)
    for cell in range(expected.size):
        expected[cell] = np.exp(expected[cell]) if desk.used[cell] else 0.0
    superset_sums(expected)


@njit
def _addable(term: int, floor: Flags) -> bool:
    """Whether the floor holds every term just below this one."""
    bit = 1
    while bit <= term:
        if term & bit and not floor[term ^ bit]:
            return False
        bit *= 2
    return True


@njit
def _missed(margin: float, expected: float) -> float:
    """How badly a margin is missed: its Poisson deviance."""
    if expected <= 0.0:
        return 0.0
    return 2.0 * (expected - margin + (margin * np.log(margin / expected) if margin > 0.0 else 0.0))


@merged
def _branch(margin: Floats, floor: Flags, ceiling: Flags, terms: NDArray[np.int64], expected: Floats) -> int:
    """The term to decide next, the one whose margin is missed most; -1 where floor and ceiling are one."""
    chosen, worst = -1, -1.0
    for term in terms:
        if ceiling[term] and not floor[term] and _addable(term, floor):
            missed = _missed(margin[term], expected[term])
            if missed > worst:
                chosen, worst = term, missed
    return chosen


@merged
def _split(stack: Stack, top: int, term: int) -> None:
    """Turn a node into two: without the term, below, and with it, above."""
    floor, ceiling = stack.floor[top], stack.ceiling[top]
    stack.floor[top + 1] = floor
    stack.floor[top + 1, term] = 1
    stack.ceiling[top + 1] = ceiling
    stack.value[top + 1] = stack.value[top]
    stack.tried[top + 1] = 0
    for other in range(floor.size):
        if other & term == term:
            ceiling[other] = 0
    stack.tried[top] = 1


@njit
def _consider(counts: Floats, margin: Floats, model: Flags, beta: Floats, desk: Desk, chosen: Flags) -> bool:
    """Keep a model where it is admissible and the best so far; `beta` is its fit. False: it has no estimate."""
    penalty = _size(model) * np.log(margin[0])
    if penalty - 2.0 * _highest(counts, margin, model, beta, desk) >= desk.best[0]:
        return True
    identified = remaining(margin, model, desk.used, desk.inside)
    if not identified or not start(counts, desk.used, desk.inside, beta, desk.work):
        return True
    value, verdict = judged(counts, desk.used, desk.inside, beta, desk.work, TIGHT)
    if verdict == ADMISSIBLE and penalty - 2.0 * value < desk.best[0]:
        desk.best[0] = penalty - 2.0 * value
        desk.best[1] = np.exp(beta[0])
        chosen[:] = model
    return verdict == ADMISSIBLE


@merged
def _curable(margin: Floats, floor: Flags, ceiling: Flags, terms: NDArray[np.int64]) -> bool:
    """Whether a model without an estimate can get one by more terms: only one of zero margin takes cells away."""
    cures = 0
    for term in terms:
        cures += ceiling[term] and not floor[term] and margin[term] <= 0.0
    return cures > 0


@merged
def _worth_trying(margin: Floats, ceiling: Flags, term: int) -> bool:
    """Whether a term can be in the best model, by its margins alone.

    Not where a term below it has a zero margin (it changes no likelihood). Nor where everybody on all lists but one
    of it is on that one too: the means of the cells with those lists and without the other then add up to zero, and
    no zero margin takes away the first of these cells.
    """
    bit = 1
    while bit <= term:
        if term & bit:
            lower = margin[term ^ bit]
            if not ceiling[term ^ bit] or lower <= 0.0 or lower == margin[term]:
                return False
        bit *= 2
    return True


@merged
def _root(counts: Floats, margin: Floats, terms: NDArray[np.int64], stack: Stack, desk: Desk) -> bool:
    """Set up the node of all models; False where even independence has nothing to fit."""
    floor, ceiling = stack.floor[0], stack.ceiling[0]
    floor[:] = 0
    floor[0] = 1
    bit = 1
    while bit < floor.size:
        floor[bit] = 1
        bit *= 2
    ceiling[:] = floor
    for term in terms:
        ceiling[term] = 1 if _worth_trying(margin, ceiling, term) else 0
    stack.value[0] = _saturated(counts)
    stack.tried[0] = 0
    return remaining(margin, floor, desk.used, desk.inside)


@merged
def _expand(
    counts: Floats, margin: Floats, terms: NDArray[np.int64], stack: Stack, top: int, desk: Desk, chosen: Flags
) -> int:
    """Look at one node; the new top of the stack."""
    penalty = np.log(margin[0])
    floor, ceiling = stack.floor[top], stack.ceiling[top]
    size = _size(floor)
    if stack.value[top] <= 0.5 * (size * penalty - desk.best[0]):
        return top - 1
    if stack.tried[top] == 0:
        exists = _consider(counts, margin, floor, stack.fit[top], desk, chosen)
        if not exists and not _curable(margin, floor, ceiling, terms):
            return top - 1
    enough = 0.5 * ((size + 1) * penalty - desk.best[0])  # one term more has to be worth its penalty
    if stack.value[top] > enough and (stack.tried[top] or top == 0):
        stack.value[top] = min(stack.value[top], _highest(counts, margin, ceiling, desk.trial, desk))
    if stack.value[top] <= enough:
        return top - 1
    _expect(margin, floor, stack.fit[top], desk)
    term = _branch(margin, floor, ceiling, terms, desk.expected)
    if term < 0:
        return top - 1
    _split(stack, top, term)
    return top + 1


@merged
def _search(
    counts: Floats, terms: NDArray[np.int64], guess: Flags, stack: Stack, desk: Desk, limit: int, chosen: Flags
) -> int:
    """Search one table; the number of nodes, more than `limit` where it was given up.

    `desk.best` holds the least BIC but for its constant and the unseen there, `chosen` the model. `guess` is a model
    that may be good, tried first.
    """
    margin = margins(counts)
    desk.best[:] = np.inf
    if not margin[0] > 0.0 or not _root(counts, margin, terms, stack, desk):
        return 0
    if guess[0]:
        _consider(counts, margin, guess, desk.trial, desk, chosen)
    nodes, top = 0, 0
    while top >= 0:
        nodes += 1
        if nodes > limit:
            break
        top = _expand(counts, margin, terms, stack, top, desk, chosen)
    return nodes


@njit
def _search_all(
    tables: NDArray[np.int64],
    terms: NDArray[np.int64],
    stack: Stack,
    desk: Desk,
    pool: int,
    models: Flags,
    out: Floats,
    status: NDArray[np.uint8],
    nodes: NDArray[np.int64],
) -> None:
    """Search every table, beginning with the best model of the first.

    `pool`: nodes for all tables together; a table may take `SHARE` times the average of what is left, the first a
    tenth of it all.
    """
    for row in range(tables.shape[0]):
        counts = tables[row].astype(np.float64)
        limit = max(FEWEST, pool // 10 if row == 0 else SHARE * pool // (tables.shape[0] - row))
        nodes[row] = _search(counts, terms, models[0], stack, desk, limit, models[row])
        pool = max(0, pool - nodes[row])
        out[row, 0] = desk.best[0]
        out[row, 1] = counts.sum() + desk.best[1]
        status[row] = NONE if np.isinf(desk.best[0]) else FOUND
        if nodes[row] > limit:
            status[row] = UNPROVEN


def _memory(k: int, terms: int) -> tuple[Stack, Desk]:
    """Room for a search over so many terms."""
    deep, cells = terms + 2, 1 << k
    models = np.zeros((2, deep, cells), np.uint8)
    stack = Stack(models[0], models[1], np.zeros((deep, cells)), np.zeros(deep), np.zeros(deep, np.uint8))
    flags, floats = np.zeros((2, cells), np.uint8), np.zeros((2, cells))
    work = workspace(k, min(cells, 1 + k + terms))
    return stack, Desk(flags[0], flags[1], floats[0], floats[1], np.zeros(2), work)


def best_models(tables: NDArray[np.int64], max_order: int | None = None, effort: int = EFFORT) -> Best:
    """The admissible model with the least BIC of each table: int64, shape (tables, 2**k).

    `max_order`: no term joins more lists; None for all but the term of all lists. `effort`: how many nodes all
    searches together may look at, times 2**k; where it runs short, some tables are UNPROVEN. Nothing is random.
    """
    count, cells = tables.shape
    k = cells.bit_length() - 1
    highest = k - 1 if max_order is None else min(max_order, k - 1)
    terms = sorted((t for t in range(cells) if 2 <= order(t) <= highest), key=lambda t: (order(t), t))
    stack, desk = _memory(k, len(terms))
    chosen, out = np.zeros((count, cells), np.uint8), np.zeros((count, 2))
    status, nodes = np.zeros(count, np.uint8), np.zeros(count, np.int64)
    stacked = np.ascontiguousarray(tables, dtype=np.int64)
    _search_all(stacked, np.array(terms, np.int64), stack, desk, effort // cells, chosen, out, status, nodes)
    return Best(out[:, 1], out[:, 0], chosen, status, nodes)
