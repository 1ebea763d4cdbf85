"""Every hierarchical model of a table at once, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.loglinear.censored import known
from testimonia.estimation.loglinear.kernel import workspace
from testimonia.estimation.loglinear.models import every, terms_of
from testimonia.estimation.loglinear.scan import scan
from testimonia.estimation.loglinear.single import cells, saturated
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE
from testimonia.estimation.table import OverlapTable

__all__ = ["AllFits", "fit_all"]

TOLERANCE = 1e-7  # squared Newton decrement before the last step: deviances are then right to about 1e-12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class AllFits:
    """Every model of a search, one row each in arrays of shape (models,).

    `n`: people recorded; `certain`: those of them in cells that are not censored, on which `total` builds (see
    `censored`). `codes`: see `models.code`. `verdicts`: 0 admissible, 1 no extended MLE, 2 not identifiable; where
    it is not 0, `unseen` and `variance` (of the logarithm of the unseen) are NaN, and the deviance is that of the
    supremum of the likelihood. Definitions as in `single.Fit`.
    """

    n: float
    certain: float
    codes: NDArray[np.uint64]
    parameters: NDArray[np.int64]
    deviance: Floats
    loglik: Floats
    unseen: Floats
    variance: Floats
    verdicts: NDArray[np.uint8]

    @property
    def admissible(self) -> NDArray[np.bool_]:
        """Which models the data can identify."""
        return np.equal(self.verdicts, ADMISSIBLE)

    @property
    def aic(self) -> Floats:
        """Akaike's criterion."""
        return -2.0 * self.loglik + 2.0 * self.parameters

    @property
    def aicc(self) -> Floats:
        """Akaike's criterion for small samples, n people; infinite where n is at most the parameters and one."""
        room = self.n - self.parameters - 1.0
        return np.where(room > 0, -2.0 * self.loglik + 2.0 * self.parameters * self.n / np.maximum(room, 1e-9), np.inf)

    @property
    def bic(self) -> Floats:
        """Schwarz's criterion, log n for every term."""
        return -2.0 * self.loglik + log(max(self.n, 1.0)) * self.parameters

    @property
    def total(self) -> Floats:
        """People seen and unseen."""
        return self.certain + self.unseen

    @property
    def standard_error(self) -> Floats:
        """Of the total, by the delta method."""
        return np.sqrt(self.unseen + self.unseen**2 * self.variance)

    def weights(self, criterion: Floats) -> Floats:
        """exp(-criterion / 2) over the admissible models, adding up to one (all zero where none is)."""
        if not self.admissible.any():
            return np.zeros_like(criterion)
        least = criterion[self.admissible].min()
        found: Floats = np.where(self.admissible, np.exp(-0.5 * np.maximum(criterion - least, 0.0)), 0.0)
        weights: Floats = found / found.sum()
        return weights

    def terms(self, index: int) -> tuple[int, ...]:
        """The terms of one model."""
        return terms_of(int(self.codes[index]))


def fit_all(table: OverlapTable | Floats, max_order: int | None = None) -> AllFits:
    """Fit every hierarchical model with all main effects and no term above `max_order`, for 3 to 6 lists.

    There are 8, 113, 6,893 and 7,785,061 of them on 3, 4, 5 and 6 lists, and 32,768 of order two on 6. Raises
    ValueError for more lists: see `search` for those.
    """
    counts, censored = cells(table)
    k = counts.size.bit_length() - 1
    codes = every(k, max_order)
    out = np.empty((4, codes.size))
    verdicts = np.empty(codes.size, np.uint8)
    scan(counts, censored, codes, workspace(k, counts.size), TOLERANCE, out, verdicts)
    certain = known(counts, censored)
    return AllFits(
        n=float(counts.sum()),
        certain=float(certain.sum()),
        codes=codes,
        parameters=out[1].astype(np.int64),
        deviance=np.maximum(2.0 * (saturated(certain) - out[0]), 0.0),
        loglik=out[0] - sum(lgamma(count + 1.0) for count in certain),
        unseen=out[2],
        variance=out[3],
        verdicts=verdicts,
    )
