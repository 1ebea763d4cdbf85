"""The samplers that C9 holds against their own priors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from evals.hidden import priors
from numpy.typing import NDArray

from testimonia.estimation.table import OverlapTable

__all__ = ["SAMPLERS", "Sampler"]

DRAWS, WORTH = 999, 400.0
Draws = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Sampler:
    """`draw` makes a truth and a table; `posterior` gives draws by quantity, nearly independent, or None: refused."""

    about: str
    draw: Callable[[np.random.Generator], tuple[priors.Truth, OverlapTable]]
    posterior: Callable[[OverlapTable, np.random.SeedSequence], Draws | None]
    tables: int = 1000


def of_graphs(table: OverlapTable, seed: np.random.SeedSequence, delta: float) -> Draws:
    """The exact posterior on every total that the prior allows."""
    from testimonia.estimation.decomposable import posterior

    grid = np.arange(float(priors.LARGEST - table.n + 1))
    found = posterior(table, delta=delta, prior=priors.log_prior, grid=grid)
    shares = found.probabilities / found.probabilities.sum()
    return {"total": np.random.default_rng(seed).choice(found.totals, size=DRAWS, p=shares)}


def graphs(k: int, delta: float) -> Sampler:
    """Decomposable graphs on k lists with `delta` prior people a cell."""
    about = f"{k} lists, any graph but the complete one, {delta:g} prior people a cell"
    return Sampler(about, partial(priors.decomposable, k=k, delta=delta), partial(of_graphs, delta=delta))


def of_pairs(table: OverlapTable, seed: np.random.SeedSequence) -> Draws | None:
    """Draws of the model with all pairs, before any is dropped, kept where they lie in the box of the prior.

    The sampler's prior is flat; cutting its posterior off at a box gives the posterior under the prior that is flat
    inside the box and nothing outside. Refused where less than a fiftieth of the draws lies inside.
    """
    from testimonia.estimation.thresholding import posterior

    rng, *others = (np.random.default_rng(child) for child in seed.spawn(5))
    terms = [term for term in range(1 << table.k) if term.bit_count() <= 2]
    found = posterior(table, terms, draws=2000, randoms=others)
    draws = found.coefficients[:, ::4].reshape(-1, found.terms.size)
    box = [priors.INTERCEPT, *[priors.MAIN] * table.k]
    flat = [list(found.terms).index(term) for term in (0, *(1 << i for i in range(table.k)))]
    low, high = np.transpose(box)
    kept = draws[((draws[:, flat] >= low) & (draws[:, flat] <= high)).all(axis=1)]
    if len(kept) < len(draws) / 50:
        return None
    totals = table.n + rng.poisson(np.exp(kept[:, flat[0]]))
    return {"total": totals.astype(np.float64), "pair": kept[:, list(found.terms).index(3)]}


CLASSES, A, B = 5, 0.25, 0.25


def of_classes(table: OverlapTable, seed: np.random.SeedSequence) -> Draws | None:
    """Draws of the total and of the largest class's weight, thinned, and cut off where the prior of the truths is.

    Refused where nobody is on two lists, or where the chains do not agree within a tenth of the usual budget.
    """
    from testimonia.estimation.latent import sample

    if not table.overlap:
        return None
    found = sample(table, seed=seed, classes=CLASSES, a=A, b=B, effort=0.1, wanted=WORTH)
    if not found.agreement.reached(ess=WORTH):
        return None
    thin = slice(None, None, max(1, round(found.total.size / WORTH)))
    totals, largest = found.total[:, thin].ravel(), found.weights.max(axis=2)[:, thin].ravel()
    inside = (totals >= priors.SMALLEST) & (totals <= priors.LARGEST)
    return {"total": totals[inside], "largest": largest[inside]} if inside.sum() > WORTH / 20 else None


SAMPLERS: dict[str, Sampler] = {
    "decomposable-3": graphs(3, 0.5),
    "decomposable-5": graphs(5, 2.0**-5),
    "bayes-threshold": Sampler("3 lists, all pairs, before any is dropped", partial(priors.log_linear, k=3), of_pairs),
    "latent-class": Sampler(
        f"4 lists, at most {CLASSES} classes, concentration Gamma({A}, {B})",
        partial(priors.latent, k=4, classes=CLASSES, a=A, b=B),
        of_classes,
        600,
    ),
}
