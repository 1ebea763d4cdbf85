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

DRAWS = 999
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


SAMPLERS: dict[str, Sampler] = {
    "decomposable-3": graphs(3, 0.5),
    "decomposable-5": graphs(5, 2.0**-5),
}
