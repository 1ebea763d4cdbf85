"""The least BIC where a cell is over-counted: every model fitted, up to five lists.

The count of such a cell is an upper bound (see `loglinear.censored`), which the search of `search` does not know.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from testimonia.estimation.bicboot.search import FOUND, NONE, Best
from testimonia.estimation.loglinear.kernel import workspace
from testimonia.estimation.loglinear.models import every
from testimonia.estimation.loglinear.scan import scan
from testimonia.estimation.loglinear.verdicts import ADMISSIBLE

__all__ = ["LISTS", "best_bounded"]

LISTS = 5
TOLERANCE = 1e-8


def best_bounded(tables: NDArray[np.int64], censored: frozenset[int], max_order: int | None = None) -> Best:
    """The admissible model with the least BIC of each table: int64, shape (tables, 2**k), k at most `LISTS`.

    `totals` count those who are sure, the unseen, and those of the censored cells who belong there by the fit.
    """
    count, cells = tables.shape
    k = cells.bit_length() - 1
    codes = every(k, max_order)
    flags = np.zeros(cells, np.uint8)
    flags[list(censored)] = 1
    out, verdicts, work = np.empty((4, codes.size)), np.empty(codes.size, np.uint8), workspace(k, cells)
    totals, bic = np.full(count, np.inf), np.full(count, np.inf)
    models = np.zeros((count, cells), np.uint8)
    for row in range(count):
        counts = tables[row].astype(np.float64)
        scan(counts, flags, codes, work, TOLERANCE, out, verdicts)
        scores = np.where(verdicts == ADMISSIBLE, out[1] * np.log(counts.sum()) - 2 * out[0], np.inf)
        best = int(np.argmin(scores))
        if np.isfinite(scores[best]):
            totals[row], bic[row] = counts[flags == 0].sum() + out[2, best], scores[best]
            models[row] = codes[best] >> np.arange(cells, dtype=np.uint64) & np.uint64(1)
    status = np.where(np.isfinite(totals), FOUND, NONE).astype(np.uint8)
    return Best(totals, bic, models, status, np.full(count, codes.size))
