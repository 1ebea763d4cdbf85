"""The posterior worded as an estimate: what it rests on, and when the data do not carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from testimonia.errors import BadTable
from testimonia.estimation.decomposable.fitting import fit_graph
from testimonia.estimation.decomposable.graphs import COUNTS
from testimonia.estimation.decomposable.grids import Points, Prior
from testimonia.estimation.decomposable.posteriors import NEGLIGIBLE, Posterior, conditional_overlaps, posterior
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["decomposable", "distribution"]

METHOD = "decomposable"
SATURATED_CAUTION, SATURATED_REFUSED = 0.05, 0.95
BADLY = 0.001  # chance of so poor a fit, were the leading graph true, below which a reader must be told
MOVED = 1.5  # ratio of the answers under other priors that a reader must be told
VARIED_LISTS = 6  # up to here the answer is also given under other priors, which takes four times as long


def decomposable(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int | np.random.SeedSequence = 1,
    delta: float | None = None,
    prior: Prior = "reciprocal",
    grid: Points | None = None,
    saturated: bool = False,
    variations: bool = True,
) -> Estimate:
    """The total averaged over all decomposable graphs on 3 to 7 lists (Madigan & York 1997), posterior median.

    Assumes that some pair of lists is independent given the others, in a way that a chordal graph can say, and that
    the chance of being on a list varies between people only through the other lists. Where three or more lists
    truly depend on each other all at once, no table can show it, and the answer is wrong with a narrow interval.
    The prior (`posterior` says which) matters where overlaps are few: `diagnostics["variations"]` gives the answer
    with a quarter of and four times its weight and with a flat prior on the total.

    Refuses fewer than 3 and more than 7 lists, an empty list, no overlap, a posterior whose median rests on the prior
    alone or lies past the grid, and a table for which the complete graph, which says nothing about the total, would
    take 95 % of the weight. Cautions from 5 % on, where the upper end rests on the prior, where other priors move the
    answer by half, and where even the leading graph describes the table badly. `seed` is not used: nothing is random.
    Never raises for what the data cannot say.
    """
    return distribution(
        table,
        level=level,
        seed=seed,
        delta=delta,
        prior=prior,
        grid=grid,
        saturated=saturated,
        variations=variations,
    )[0]


def distribution(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int | np.random.SeedSequence = 1,
    delta: float | None = None,
    prior: Prior = "reciprocal",
    grid: Points | None = None,
    saturated: bool = False,
    variations: bool = False,
) -> tuple[Estimate, Posterior | None]:
    """The estimate with the posterior it summarises (None where refused), for averaging over linkages."""
    why = _unusable(table)
    if why:
        return _refusal(level, why), None
    found = posterior(table, delta=delta, prior=prior, grid=grid, saturated=saturated)
    diagnostics = _diagnostics(table, found, delta, prior)
    if variations and table.k <= VARIED_LISTS:
        diagnostics["variations"] = _variations(table, level, delta, prior, grid)
    why = _unanswered(found, level)
    if why:
        return _refusal(level, why, diagnostics | _conditional(found, level), len(found.graphs)), None
    lower, upper = found.interval(level)
    cautions = _cautions(found, level, saturated) + _badly(diagnostics["fit"])
    cautions += _moved(found.quantile(0.5), diagnostics.get("variations", []))
    estimate = Estimate(
        method=METHOD,
        total=found.quantile(0.5),
        lower=lower,
        upper=upper,
        level=level,
        standard_error=found.standard_deviation,
        models=len(found.graphs),
        admissible_models=int(np.count_nonzero(conditional_overlaps(table, found.graphs) > 0)),
        verdict=CAUTION if cautions else FINE,
        reason=" ".join(cautions),
        diagnostics=diagnostics,
    )
    return estimate, found


def _unusable(table: OverlapTable) -> str:
    """Why decomposable graphs have nothing to say about this table, or nothing."""
    if table.k > max(COUNTS):
        return (
            f"There are too many decomposable graphs on {table.k} lists to average over; merge lists of the same "
            f"kind until at most {max(COUNTS)} are left."
        )
    if table.k < min(COUNTS):
        return f"Averaging over graphs needs three lists and there are {table.k}; with two, use lincoln-petersen."
    if len(table.censored) > 1:
        return "Decomposable graphs take one over-counted cell at most; merge lists or give one cell."
    empty = [name for i, name in enumerate(table.lists) if not table.size(1 << i)]
    if empty:
        return f"The list {empty[0]} records nobody; leave it out."
    if not table.overlap:
        return "No person is on two lists, so nothing in the data bounds the total from above."
    return ""


def _refusal(
    level: float, why: str, diagnostics: Mapping[str, Any] | None = None, models: int | None = None
) -> Estimate:
    return Estimate(
        METHOD, level=level, models=models, verdict=REFUSED, reason=why, diagnostics=dict(diagnostics or {})
    )


def _percent(share: float) -> str:
    """A share as a percentage that never rounds to all or nothing."""
    for digits in range(0, 4):
        text = f"{100 * share:.{digits}f}"
        if 0.0 < float(text) < 100.0:
            return f"{text} %"
    return "almost all" if share > 0.5 else "almost none"


def _unanswered(found: Posterior, level: float) -> str:
    """Why the posterior is no answer, or nothing."""
    if found.beyond > (1.0 - level) / 2.0:
        share = _percent(found.beyond).capitalize()
        return (
            f"{share} of the posterior lies above {found.totals[-1]:,.0f}, the largest total looked at: the upper end "
            "is set by that limit and by the prior, not by the data."
        )
    if found.unbounded_weight > 0.5:
        share = _percent(found.unbounded_weight).capitalize()
        return (
            f"{share} of the weight is on graphs under which the lists overlap nowhere that matters: the "
            "prior alone bounds the total."
        )
    if found.saturated_weight >= SATURATED_REFUSED:
        return (
            "The complete graph, in which all lists depend on each other, would take "
            f"{_percent(found.saturated_weight)} of the weight; under it the data say nothing about people whom no "
            "list recorded."
        )
    return ""


def _cautions(found: Posterior, level: float, saturated: bool) -> list[str]:
    """What a reader must know before using the answer."""
    said = []
    if saturated:
        said.append(
            f"The complete graph, which leaves the unseen count to the prior, is among the models with "
            f"{_percent(found.saturated_weight)} of the weight, because it was asked for."
        )
    elif found.saturated_weight >= SATURATED_CAUTION:
        said.append(
            f"The complete graph, in which all lists depend on each other, is left out because it says nothing about "
            f"the total; it would have taken {_percent(found.saturated_weight)} of the weight. The answer holds only "
            "if some pair of lists is independent given the others."
        )
    if found.unbounded_weight > (1.0 - level) / 2.0:
        share = _percent(found.unbounded_weight).capitalize()
        said.append(
            f"{share} of the weight is on graphs under which nothing in the data bounds the total from above, "
            "so the upper end rests on the prior."
        )
    if found.beyond > NEGLIGIBLE:
        said.append(f"{_percent(found.beyond)} of the posterior lies above the grid's end, {found.totals[-1]:,.0f}.")
    return said


def _moved(total: float, answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whether other priors would give quite another answer."""
    said = []
    totals = [total] + [answer["total"] for answer in answers if answer["total"] is not None]
    if max(totals) > MOVED * min(totals):
        said.append(f"Other reasonable priors move the answer from {min(totals):,.0f} to {max(totals):,.0f}.")
    said += [f"With {answer['prior']} the data set no upper end." for answer in answers if answer["total"] is None]
    return said


def _conditional(found: Posterior, level: float) -> dict[str, Any]:
    """The numbers that a refusal withholds, for those who want to see what the models without it would say."""
    lower, upper = found.interval(level)
    return {"without_saturated": {"total": found.quantile(0.5), "lower": lower, "upper": upper}}


def _diagnostics(table: OverlapTable, found: Posterior, delta: float | None, prior: Prior) -> dict[str, Any]:
    edges = found.edge_weights()
    return {
        "graphs": len(found.graphs),
        "effective_graphs": found.effective_graphs,
        "top_graphs": [{"graph": graph, "probability": weight} for graph, weight in found.top_graphs()],
        "edges": {
            f"{i + 1}{'' if table.k < 10 else '.'}{j + 1}": float(edges[i, j])
            for i in range(table.k)
            for j in range(i + 1, table.k)
        },
        "delta": 2.0**-table.k if delta is None else delta,
        "prior": prior if isinstance(prior, str) else "function of the total",
        "grid_points": len(found.grid.unseen),
        "grid_top": float(found.totals[-1]),
        "beyond_grid": found.beyond,
        "fit": _fit(table, found),
        "saturated_weight": found.saturated_weight,
        "unbounded_weight": found.unbounded_weight,
    }


def _fit(table: OverlapTable, found: Posterior) -> dict[str, Any]:
    """How well the leading graph describes the observed cells, by maximum likelihood."""
    leading = int(np.argmax(found.graph_weights[:-1]))
    return {"graph": found.graphs.bracket(leading), **asdict(fit_graph(table, found.graphs, leading))}


def _badly(fit: Mapping[str, Any]) -> list[str]:
    """Whether even the leading graph describes the table badly."""
    if fit["tail"] is None or fit["tail"] >= BADLY:
        return []
    degrees = f"{fit['degrees']} degree{'' if fit['degrees'] == 1 else 's'} of freedom"
    return [
        f"Even the leading graph {fit['graph']} describes the table badly (deviance {fit['deviance']:.1f} on "
        f"{degrees}): what these graphs leave out matters here."
    ]


def _variations(
    table: OverlapTable,
    level: float,
    delta: float | None,
    prior: Prior,
    grid: Points | None,
) -> list[dict[str, Any]]:
    """The answer under other priors; None where a tail has no end."""
    usual = 2.0**-table.k if delta is None else delta
    changed: list[tuple[str, float, Prior]] = [
        ("a quarter of the prior weight on cells", usual / 4.0, prior),
        ("four times the prior weight on cells", usual * 4.0, prior),
        ("a flat prior on the total", usual, "uniform"),
    ]
    answers = []
    for name, weight, other in changed:
        try:
            found = posterior(table, delta=weight, prior=other, grid=grid)
        except BadTable:
            continue
        bounded = found.beyond <= (1.0 - level) / 2.0
        lower, upper = found.interval(level)
        answers.append(
            {
                "prior": name,
                "total": found.quantile(0.5) if bounded else None,
                "lower": lower if bounded else None,
                "upper": upper if bounded else None,
            }
        )
    return answers
