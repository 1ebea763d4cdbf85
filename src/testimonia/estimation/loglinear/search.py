"""The best hierarchical model, exactly: branch and bound on the deviance, which only falls as models grow.

A node of the search stands for every model between two: the terms already in, and the terms still allowed. No model
among them can score below the deviance of the larger with the penalty of the smaller. The larger one's deviance is
replaced by a proven lower bound of it (`kernel.bound`), so that a pruned node provably holds nothing better. A term
whose removal from the larger model alone lifts the bound over the best known is in every better model (Furnival &
Wilson 1974 prune subsets of regressors alike).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.compiled import merged, njit
from testimonia.estimation.loglinear.kernel import Work, bound, start
from testimonia.estimation.loglinear.scan import judged
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE, NOT_IDENTIFIED, attainable, margins, remaining

__all__ = ["Search", "Task", "evaluate", "prepare", "search"]

PRECISE = 1e-8  # squared Newton decrement before the last step of a model that may be the best
ROUGH = 1e-2  # the same for a bound, whose slack it is
TIE = 1e-7  # two scores so close are the same
LEAF = -1
OUT = -2

Floats = NDArray[np.float64]
Flags = NDArray[np.uint8]


class Task(NamedTuple):
    """A table to search and the memory to do so; `ceiling` is the saturated log-likelihood without its constant."""

    counts: Floats
    margin: Floats
    used: Flags
    inside: Flags
    beta: Floats
    ceiling: float
    work: Work


class Search(NamedTuple):
    """What a search did: models within the window, fitted, bounds computed, nodes, least score, did it see all."""

    written: int
    fitted: int
    bounds: int
    nodes: int
    best: float
    complete: bool


@njit
def prepare(counts: Floats, work: Work) -> Task:
    """A table of 2**k counts, cell 0 zero, made ready to search."""
    ceiling = 0.0
    for cell in range(counts.size):
        if counts[cell] > 0.0:
            ceiling += counts[cell] * (np.log(counts[cell]) - 1.0)
    used = np.zeros(counts.size, np.uint8)
    inside = np.zeros(counts.size, np.uint8)
    return Task(counts, margins(counts), used, inside, np.zeros(counts.size), ceiling, work)


@njit
def evaluate(task: Task, model: Flags) -> tuple[float, int]:
    """Deviance and verdict of a model; `task.beta` and `task.work.mu` then hold its fit."""
    if not remaining(task.margin, model, task.used, task.inside):
        return 0.0, NOT_IDENTIFIED
    start(task.counts, task.used, task.inside, task.beta, task.work)
    value, verdict = judged(task.counts, task.used, task.inside, task.beta, task.work, PRECISE)
    return 2.0 * (task.ceiling - value), verdict


@merged
def _least(task: Task, model: Flags, enough: float) -> float:
    """A proven lower bound of the deviance of a model, which need not be sharper than `enough`."""
    if not remaining(task.margin, model, task.used, task.inside):
        return 0.0
    start(task.counts, task.used, task.inside, task.beta, task.work)
    highest = bound(task.counts, task.used, task.inside, task.beta, task.work, task.ceiling - 0.5 * enough, ROUGH)
    return max(0.0, 2.0 * (task.ceiling - highest))


@merged
def _ready(term: int, allowed: Flags, chosen: Flags) -> bool:
    """Whether a term is undecided and every term below it is in."""
    if chosen[term] or not allowed[term]:
        return False
    bit = 1
    while bit <= term:
        if term & bit and not chosen[term ^ bit]:
            return False
        bit *= 2
    return True


@merged
def _without(term: int, source: Flags, target: Flags) -> None:
    """Copy a model without a term and those above it."""
    for other in range(source.size):
        target[other] = 0 if other & term == term else source[other]


@merged
def _grown(task: Task, terms: NDArray[np.int64], cost: float, allowed: Flags, model: Flags) -> int:
    """Add to `model` the term that lowers the score most, while one does; the number of models fitted."""
    deviance, verdict = evaluate(task, model)
    current = deviance if verdict == ADMISSIBLE else np.inf
    fits = 1
    while True:
        pick = -1
        for term in terms:
            if not _ready(term, allowed, model):
                continue
            model[term] = 1
            deviance, verdict = evaluate(task, model)
            model[term] = 0
            fits += 1
            if verdict == ADMISSIBLE and deviance + cost < current - 1e-9:
                current = deviance + cost
                pick = term
        if pick < 0:
            return fits
        model[pick] = 1
        current -= cost


@merged
def _root(terms: NDArray[np.int64], allowed: Flags, chosen: Flags) -> None:
    """The largest and the smallest model of the search."""
    chosen[0] = allowed[0] = 1
    bit = 1
    while bit < chosen.size:
        chosen[bit] = allowed[bit] = 1
        bit *= 2
    for term in terms:
        allowed[term] = 1


@merged
def _idle(term: int, margin: Floats) -> bool:
    """Whether a term below it has no data: then this one changes no fit, and only costs."""
    bit = 1
    while bit <= term:
        if term & bit and margin[term ^ bit] <= 0.0:
            return True
        bit *= 2
    return False


@merged
def _hopeless(task: Task, allowed: Flags, chosen: Flags, target: Flags) -> bool:
    """Whether every model between two is inadmissible for a reason that the smaller already has.

    A model that is not identifiable stays so as it grows. A direction of recession of the smaller model is one of
    every larger one, unless terms without data remove all cells that it lowers; those that none removes are left
    by the largest model.
    """
    remaining(task.margin, allowed, target, task.inside)
    if not remaining(task.margin, chosen, task.used, task.inside):
        return True
    return not attainable(task.counts, task.used, task.inside, target)


@merged
def _settle(
    task: Task,
    terms: NDArray[np.int64],
    cost: float,
    limit: float,
    lean: bool,
    node: Floats,
    allowed: Flags,
    chosen: Flags,
    scratch: Flags,
    least: Floats,
) -> tuple[int, int]:
    """Force in what every better model needs; the undecided term that is hardest to do without (or LEAF, or OUT).

    `node` holds the deviance bound of the node and the number of terms in; `least` what each removal is known to
    cost at least, -1 where not yet asked. Also returns the number of bounds computed.
    """
    bounds = 0
    while True:
        pick = LEAF
        forced = False
        for term in terms:
            if not _ready(term, allowed, chosen):
                continue
            if lean and _idle(term, task.margin):
                _without(term, allowed, allowed)
                continue
            if least[term] < 0.0:
                _without(term, allowed, scratch)
                least[term] = max(node[0], _least(task, scratch, limit - cost * node[1]))
                bounds += 1
            if least[term] + cost * node[1] > limit:
                chosen[term] = 1
                node[1] += 1.0
                forced = True
            elif pick < 0 or least[term] > least[pick]:
                pick = term
        if node[0] + cost * node[1] > limit:
            return OUT, bounds
        if not forced:
            return pick, bounds


@merged
def _opening(task: Task, terms: NDArray[np.int64], cost: float, allowed: Flags, model: Flags) -> tuple[int, float]:
    """Grow the first model; the number of models fitted and the score to beat."""
    fitted = _grown(task, terms, cost, allowed, model) + 1
    score, verdict = evaluate(task, model)
    for term in range(model.size):
        score += cost * model[term]
    return fitted, score + TIE if verdict == ADMISSIBLE else np.inf


@merged
def _descend(depth: int, pick: int, node: Floats, least: Floats, allowed: Flags, chosen: Flags) -> None:
    """Set up the node without the picked term; on the way back, the term is in."""
    _without(pick, allowed[depth], allowed[depth + 1])
    for term in range(chosen.shape[1]):
        chosen[depth + 1, term] = chosen[depth, term]
        least[depth + 1, term] = -1.0
    node[depth + 1, 0] = least[depth, pick]
    node[depth + 1, 1] = node[depth, 1]
    chosen[depth, pick] = 1
    node[depth, 1] += 1.0


@njit
def search(
    task: Task,
    terms: NDArray[np.int64],
    cost: float,
    window: float,
    patience: int,
    first: Flags,
    found: Flags,
    scores: Floats,
) -> Search:
    """The admissible models with the least deviance + cost * parameters, made of main effects and these terms.

    `terms`: interactions, rising by order. `first`: the model to begin with, as flags by term, replaced by what it is
    grown to, term by term, before the search. `patience`: bounds and fits after which to give up. Every admissible
    model whose score is within `window` of the best is written to `found`, shape (room, 2**k), and its score to
    `scores`, shape (room,), unsorted; models that the best later outdid are among them, and with no window models
    that only add terms without data to a better one are not.
    """
    size, room = task.counts.size, scores.size
    depths = terms.size + 2
    allowed, chosen = np.zeros((depths, size), np.uint8), np.zeros((depths, size), np.uint8)
    node, least = np.zeros((depths, 2)), np.full((depths, size), -1.0)
    scratch = np.zeros(size, np.uint8)
    _root(terms, allowed[0], chosen[0])
    for term in range(size):
        node[0, 1] += chosen[0, term]
    fitted, best = _opening(task, terms, cost, allowed[0], first)
    depth, written, bounds, nodes, doubt = 0, 0, 0, 0, False
    while depth >= 0 and bounds + fitted < patience:
        limit = best + window
        nodes += 1
        pick, asked = OUT, 0
        if doubt:
            doubt = _hopeless(task, allowed[depth], chosen[depth], scratch)
        if not doubt and node[depth, 0] + cost * node[depth, 1] <= limit:
            lean = window == 0.0
            pick, asked = _settle(
                task, terms, cost, limit, lean, node[depth], allowed[depth], chosen[depth], scratch, least[depth]
            )
        bounds += asked
        if pick >= 0:
            _descend(depth, pick, node, least, allowed, chosen)
            depth += 1
            continue
        if pick == LEAF:
            score, verdict = evaluate(task, allowed[depth])
            score += cost * node[depth, 1]
            fitted += 1
            doubt = verdict != ADMISSIBLE
            if not doubt and score <= limit:
                best = min(best, score)
                if written < room:
                    scores[written] = score
                    for term in range(size):
                        found[written, term] = allowed[depth, term]
                written += 1
        depth -= 1
    return Search(written, fitted, bounds, nodes, best, depth < 0 and written <= room)
