"""Answers in closed form: Chao's lower bound, sample coverage, and Lincoln-Petersen by pair of lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.intervals import lognormal
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["COVERAGE_NEEDED", "chao", "lincoln_petersen", "lincoln_petersen_pairs", "sample_coverage"]

COVERAGE_NEEDED = 0.55  # Chao et al. 2001, section 5
TURNS = 20_000
SENSIBLE = 1e9  # times the people recorded: beyond, the equation for sample coverage is singular but for rounding
Numbers = NDArray[Any]


def chao(table: OverlapTable, *, level: float = 0.95, seed: object = 1) -> Estimate:
    """Chao's lower bound: n + (k-1)/k f1^2 / (2 f2), of f1 people on exactly one list and f2 on exactly two.

    Chao 1987, Biometrics 43:783-791, with its lognormal interval; the factor (k-1)/k is that of few lists (Rivest &
    Baillargeon 2007, Biometrics 63:999-1006), without which the bound would overshoot even where lists are
    independent and alike. People may differ in how likely they are to be recorded. Where lists exclude each other, or
    differ in size while people do not, it is no bound: `diagnostics` gives the bound for lists of any size
    (`lists_differ`, the same paper) and the form for many lists. `seed` is not used. Refused where nobody is on
    exactly two lists.
    """
    once, twice = _captured(table, 1), _captured(table, 2)
    diagnostics: dict[str, Any] = {"on_one_list": once, "on_two_lists": twice}
    if twice == 0:
        why = "nobody is on exactly two lists, from whom the bound is computed."
        return Estimate("chao", level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)
    ratio, few = once / twice, (table.k - 1) / table.k
    total = table.n + few * once * ratio / 2
    variance = twice * (few * ratio**2 / 2 + few**2 * ratio**3 + few**2 * ratio**4 / 4)
    lower, upper = lognormal(table.n, total, variance, level)
    diagnostics["many_lists"] = table.n + once * ratio / 2
    diagnostics["lists_differ"] = unlike = _bound_of_unlike_lists(table)
    why = (
        "a lower bound, not an estimate: people may differ in how likely they are to be recorded, while no list "
        "excludes another and all are about equally long"
    )
    why += "." if unlike is None else f"; if lists may be of any length, the bound is {unlike:,.0f}."
    found = Estimate(
        "chao", total=total, lower=lower, upper=upper, level=level, standard_error=math.sqrt(variance),
        reason=why, diagnostics=diagnostics,
    )  # fmt: skip
    return _as_counted(found) if table.censored else found


def _bound_of_unlike_lists(table: OverlapTable) -> float | None:
    """Chao's bound with an effect for each list: independence fitted to those on one or two lists only.

    With the odds o_i of a list, unseen people u and cells u o_i and u o_i o_j, the likelihood equations are
    x_i = u o_i (1 + sum of the other o), solved by turns; None where they run off.
    """
    caught = [cell for cell in table.patterns if cell.bit_count() <= 2]
    on = np.array([sum(int(table.counts[c]) for c in caught if c >> i & 1) for i in range(table.k)], dtype=np.float64)
    people = float(sum(int(table.counts[cell]) for cell in caught))
    odds, unseen = np.full(table.k, 0.1), people
    for _ in range(TURNS):
        before = unseen
        joint = (odds.sum() ** 2 - (odds**2).sum()) / 2
        unseen = people / float(odds.sum() + joint)
        for i in range(table.k):
            odds[i] = on[i] / (unseen * (1 + odds.sum() - odds[i]))
        if abs(unseen - before) <= 1e-12 * unseen:
            return table.n + unseen if math.isfinite(unseen) else None
    return None


def _captured(table: OverlapTable, lists: int) -> int:
    """People on exactly so many lists."""
    return sum(int(table.counts[cell]) for cell in table.patterns if cell.bit_count() == lists)


def sample_coverage(table: OverlapTable, *, level: float = 0.95, seed: object = 1) -> Estimate:
    """The sample coverage estimate: how much of each list the others cover, allowing for dependence of pairs.

    Chao & Tsay 1998, JASA 93:283-293; Chao, Tsay, Lin, Shau & Chao 2001, Statistics in Medicine 20:3123-3157,
    section 5; for more than three lists, as in Tsay & Chao 2001, J. Appl. Statist. 28:25-36, the dependence of a
    list on several others is taken as the sum of its dependence on each. Assumes that dependence; where it fails the
    total is biased either way. Below a coverage of 0.55 the estimate is refused as those authors advise;
    `diagnostics` then still gives their one-step figure. The standard error is by the delta method for multinomial
    counts. `seed` is not used.
    """
    if not table.overlap:
        return _no_coverage(level, "nobody is on two lists or more.", {})
    counts = table.counts.astype(np.float64)
    with np.errstate(all="ignore"):
        found = {name: form(counts, table.k) for name, form in FORMS.items()}
        error = _delta(FORMS["dependent"], counts, table.k, float(found["dependent"]))
    diagnostics = {name: float(value) if math.isfinite(value) else None for name, value in found.items()}
    if not found["coverage"] >= COVERAGE_NEEDED:
        share = f"{max(found['coverage'], 0.0):.0%}" if math.isfinite(found["coverage"]) else "none"
        why = f"the lists cover {share} of one another, and {COVERAGE_NEEDED:.0%} is needed for this method."
        return _no_coverage(level, why, diagnostics)
    total = float(found["dependent"])
    if not (math.isfinite(total) and table.n <= total < SENSIBLE * table.n and error is not None):
        why = "the dependence between the lists is so strong that the equation has no sensible solution."
        return _no_coverage(level, why, diagnostics)
    lower, upper = lognormal(table.n, total, error**2, level)
    answer = Estimate(
        "sample-coverage", total=total, lower=lower, upper=upper, level=level, standard_error=error,
        reason=f"the lists cover {found['coverage']:.0%} of one another.", diagnostics=diagnostics,
    )  # fmt: skip
    return _as_counted(answer) if table.censored else answer


def _as_counted(found: Estimate) -> Estimate:
    """A caution: a closed form has no place for a count that is only an upper bound."""
    why = f"{found.reason.rstrip('.')}; the over-counted cells are taken as they stand, so that this is too high."
    return replace(found, verdict=CAUTION, reason=why)


def _no_coverage(level: float, why: str, diagnostics: dict[str, float | None]) -> Estimate:
    return Estimate("sample-coverage", level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)


def _coverage(counts: Numbers, k: int) -> Any:
    """The mean share of a list that is on another list as well."""
    return 1 - sum(counts[1 << i] / _size(counts, 1 << i) for i in range(k)) / k


def _size(counts: Numbers, lists: int) -> Any:
    cells = np.arange(counts.size)
    return counts[cells & lists == lists].sum()


def _shared(counts: Numbers, k: int) -> Any:
    """D: the mean number of people on the other lists, over the list left out."""
    return counts[1:].sum() - sum(counts[1 << i] for i in range(k)) / k


def _pairs(counts: Numbers, k: int) -> list[tuple[Any, Any]]:
    """For each pair: people on one of the two and on no third list, counted once a list; and its overlap ratio."""
    found = []
    for i, j in combinations((1 << i for i in range(k)), 2):
        near = counts[i] + counts[j] + 2 * counts[i | j]
        found.append((near, _size(counts, i | j) / (_size(counts, i) * _size(counts, j))))
    return found


def _independent(counts: Numbers, k: int) -> Any:
    return _shared(counts, k) / _coverage(counts, k)


def _one_step(counts: Numbers, k: int) -> Any:
    """The pairs' dependence taken from a first total, not solved for: the figure for low coverage, a lower bound."""
    pairs, coverage, alone = _pairs(counts, k), _coverage(counts, k), _independent(counts, k)

    def step(total: Any) -> Any:
        return alone + sum(near * (total * ratio - 1) for near, ratio in pairs) / (k * coverage)

    return step(step(alone))


def _dependent(counts: Numbers, k: int) -> Any:
    """The pairs' dependence solved together with the total: the figure for high coverage."""
    pairs, coverage = _pairs(counts, k), _coverage(counts, k)
    base = _shared(counts, k) - sum(near for near, _ in pairs) / k
    rest = 1 - sum(near * ratio for near, ratio in pairs) / (k * coverage)
    return base / coverage / rest


FORMS: dict[str, Callable[[Numbers, int], Any]] = {
    "coverage": _coverage,
    "independent": _independent,
    "one_step": _one_step,
    "dependent": _dependent,
}


def _delta(form: Callable[[Numbers, int], Any], counts: Numbers, k: int, total: float) -> float | None:
    """The standard error of a form that scales with its counts: sum g^2 m - N, gradients by complex steps."""
    step = 1e-30
    variance = -total
    for cell in np.flatnonzero(counts):
        moved = counts.astype(np.complex128)
        moved[cell] += step * 1j
        variance += float(np.imag(form(moved, k)) / step) ** 2 * float(counts[cell])
    return math.sqrt(variance) if math.isfinite(variance) and variance > 0 else None


def lincoln_petersen(table: OverlapTable, *, level: float = 0.95, seed: object = 1) -> Estimate:
    """The Lincoln-Petersen answer of the pair with the smallest relative error, all others in `diagnostics`.

    A pair whose answer is a caution stands for all only where every pair is one; see `lincoln_petersen_pairs`. The
    model is the independence of the two lists, `[1,2]`. `seed` is not used.
    """
    pairs = lincoln_petersen_pairs(table, level=level)
    told = [pair for pair in pairs if pair.total is not None]
    rows = [
        {"model": pair.model, **pair.diagnostics, "total": pair.total, "lower": pair.lower, "upper": pair.upper}
        for pair in pairs
    ]
    if not told:
        why = "no two lists have a person in common."
        return Estimate("lincoln-petersen", level=level, verdict=REFUSED, reason=why, diagnostics={"pairs": rows})
    fine = [pair for pair in told if pair.verdict == FINE] or told
    best = min(fine, key=lambda pair: (pair.standard_error or 0.0) / (pair.total or 1.0))
    return Estimate(
        "lincoln-petersen", best.model, best.total, best.lower, best.upper, level, best.standard_error,
        models=len(pairs), admissible_models=len(told), verdict=best.verdict, reason=best.reason,
        diagnostics={**best.diagnostics, "pairs": rows},
    )  # fmt: skip


def lincoln_petersen_pairs(table: OverlapTable, *, level: float = 0.95) -> tuple[Estimate, ...]:
    """One Lincoln-Petersen answer for each pair of lists, in Chapman's nearly unbiased form.

    Chapman 1951; variance Seber 1970, Biometrika 57:313-318; interval lognormal. Assumes that everybody has the same
    chance to be on each list and that being on one changes nothing for the other: lists that feed each other give too
    low a total, lists that exclude each other too high a one. A total below the people already recorded by all lists
    shows that, and is a caution.
    """
    return tuple(_pair(table, a, b, level) for a, b in combinations(range(table.k), 2))


def _pair(table: OverlapTable, a: int, b: int, level: float) -> Estimate:
    model = f"[{a + 1},{b + 1}]"
    one, two, both = table.size(1 << a), table.size(1 << b), table.size(1 << a | 1 << b)
    names = f"{table.lists[a]} and {table.lists[b]}"
    diagnostics = {"lists": [table.lists[a], table.lists[b]], "sizes": [one, two], "overlap": both}
    if both == 0:
        why = f"nobody is on both {names}."
        return Estimate("lincoln-petersen", model, level=level, verdict=REFUSED, reason=why, diagnostics=diagnostics)
    total = (one + 1) * (two + 1) / (both + 1) - 1
    variance = (one + 1) * (two + 1) * (one - both) * (two - both) / ((both + 1) ** 2 * (both + 2))
    lower, upper = lognormal(one + two - both, total, variance, level)
    below = total < table.n
    why = f"from {names} alone, taken as independent" + (
        f"; below the {table.n:,} people already recorded, so that they are not." if below else "."
    )
    found = Estimate(
        "lincoln-petersen", model, total, lower, upper, level, math.sqrt(variance),
        verdict=CAUTION if below else FINE, reason=why, diagnostics=diagnostics,
    )  # fmt: skip
    return _as_counted(found) if any(cell & (1 << a | 1 << b) for cell in table.censored) else found
