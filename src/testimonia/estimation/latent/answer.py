"""The latent class estimate of a table, or why there is none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from testimonia.estimation.diagnostics import ESS_NEEDED, RHAT_ALLOWED
from testimonia.estimation.latent.modes import modes
from testimonia.estimation.latent.sampler import Chains, sample
from testimonia.estimation.results import CAUTION, FINE, REFUSED, Estimate
from testimonia.estimation.table import OverlapTable

__all__ = ["latent_class"]

METHOD = "latent-class"
NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 8: "Eight"}
WIDE = 5.0  # upper limit over lower limit from which the interval is called wide


def latent_class(
    table: OverlapTable,
    *,
    level: float = 0.95,
    seed: int | np.random.SeedSequence = 1,
    classes: int = 10,
    a: float = 0.25,
    b: float = 0.25,
    chains: int = 4,
    effort: float = 1.0,
) -> Estimate:
    """Posterior median and central interval of the total when people differ in kind (Manrique-Vallier 2016).

    People belong to at most `classes` unknown kinds; within a kind the lists are independent, each with its own
    chance of recording. Weights are broken from a stick, V_k ~ Beta(1, alpha), alpha ~ Gamma(a, rate b), chances are
    uniform, the total has prior 1/N. Identifying assumption: every dependence between lists comes from such kinds.
    If one list follows another (referral), or a kind of people is on no list at all, the answer is wrong and
    its interval does not show it; what lies in the upper end is decided by the prior more than by the data.

    The answer is refused where `chains` chains that began far apart do not agree within `effort` times the usual
    budget (20 to 40 s); see `sample`.
    """
    why = _impossible(table)
    if why:
        return Estimate(METHOD, level=level, verdict=REFUSED, reason=why)
    found = sample(
        table, level=level, seed=seed, classes=classes, a=a, b=b, chains=chains, effort=effort, wanted=2 * ESS_NEEDED
    )
    told = _told(found, classes, a, b)
    if not found.agreement.reached():
        return Estimate(METHOD, level=level, verdict=REFUSED, reason=_disagreement(found), diagnostics=told)
    lower, total, upper = (float(q) for q in np.quantile(found.total, [(1 - level) / 2, 0.5, (1 + level) / 2]))
    doubts = " ".join(filter(None, (_several(told["modes"]), _wide(lower, upper))))
    return Estimate(
        METHOD,
        model=f"{classes} classes at most",
        total=total,
        lower=lower,
        upper=upper,
        level=level,
        verdict=CAUTION if doubts else FINE,
        reason=doubts,
        diagnostics=told,
    )


def _impossible(table: OverlapTable) -> str:
    if table.overlap == 0:
        return "Nobody is on two lists: how many are on none cannot be told, and the prior alone would answer."
    if table.censored:
        return "A cell is over-counted (censored), and the sampler takes every count as it stands."
    return ""


def _disagreement(found: Chains) -> str:
    """Which of the conditions failed, with the numbers."""
    agreement, number, chains = found.agreement, found.notes["sweeps"], found.total.shape[0]
    medians = ", ".join(f"{median:,.0f}" for median in np.median(found.total, axis=1))
    said = f"{NUMBERS.get(chains, str(chains))} chains that began far apart were run for {number:,} sweeps"
    if agreement.rhat is None or agreement.rhat >= RHAT_ALLOWED:
        shown = "not known" if agreement.rhat is None else f"{agreement.rhat:.3f}"
        return f"{said} and do not agree: their medians are {medians} (R-hat {shown}, {RHAT_ALLOWED} is allowed)."
    size = min(agreement.ess_bulk or 0.0, agreement.ess_tail or 0.0)
    return f"{said} and are worth {size:,.0f} independent draws, where {ESS_NEEDED:,.0f} are needed; medians {medians}."


def _several(found: list[dict[str, float]]) -> str:
    if len(found) < 2:
        return ""
    parts = ", ".join(f"about {mode['total']:,.0f} ({mode['share']:.0%})" for mode in found)
    return (
        f"The table can be explained in {len(found)} ways that give different totals, {parts}; the interval spans all."
    )


def _wide(lower: float, upper: float) -> str:
    if upper <= WIDE * lower:
        return ""
    return f"The upper limit is {upper / lower:.1f} times the lower: the table says little, and the prior fills it in."


def _told(found: Chains, classes: int, a: float, b: float) -> dict[str, Any]:
    """JSON values only."""
    agreement, occupied = found.agreement, Counter(found.occupied.ravel().tolist())
    return {
        "classes": classes,
        "a": a,
        "b": b,
        "chains": found.total.shape[0],
        "draws": found.total.shape[1],
        "rhat": agreement.rhat,
        "ess_bulk": agreement.ess_bulk,
        "ess_tail": agreement.ess_tail,
        "medians_by_chain": [float(median) for median in np.median(found.total, axis=1)],
        "occupied_classes": {str(k): round(occupied[k] / found.total.size, 4) for k in sorted(occupied)},
        "modes": [{"total": total, "share": share} for total, share in modes(found.total, agreement.ess_bulk or 0.0)],
        "limit_of_unseen": None,
        **found.notes,
    }
