#!/usr/bin/env python3
"""Linkage averaging: 1,000 draws of a five-list table, the best of all models by BIC searched anew in each.

    python bench/averaging.py [--tables DIR] [--draws 1000] [--table uk5]

Draws are invented: in each, some links are missed (a person on several lists becomes one person a list) and some
are false (people of two lists become one), at rates that vary from draw to draw. CPU seconds of one thread, after
the compiled code is loaded. The R figure was recorded: one all-model search of uk5, times 1,000.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from testimonia.estimation.averaging import Estimator, average  # noqa: E402
from testimonia.estimation.bicboot.search import FOUND, best_models  # noqa: E402
from testimonia.estimation.decomposable import distribution  # noqa: E402
from testimonia.estimation.intervals import lognormal  # noqa: E402
from testimonia.estimation.loglinear.fits import fit_model  # noqa: E402
from testimonia.estimation.results import NO_MLE, Estimate  # noqa: E402
from testimonia.estimation.table import OverlapTable  # noqa: E402
from testimonia.estimation.terms import bracket  # noqa: E402

TABLES = ROOT.parent / "shared" / "mse"
RECORDED, TARGET = 6_400.0, 100.0


def linked(counts: NDArray[np.int64], dice: np.random.Generator) -> NDArray[np.int64]:
    """One draw of the linkage: links missed at up to 8 %, false ones at up to 1 %."""
    found = counts.copy()
    missed, false = dice.uniform(0.0, 0.08), dice.uniform(0.0, 0.01)
    single = [1 << i for i in range(len(counts).bit_length() - 1)]
    for cell in np.flatnonzero(counts):
        if cell.bit_count() > 1:
            lost = dice.binomial(counts[cell], missed)
            found[cell] -= lost
            found[[one for one in single if one & int(cell)]] += lost
    for one in single:
        for other in single:
            if one < other:
                joined = dice.binomial(min(counts[one], counts[other]), false / len(single))
                found[[one, other]] -= joined
                found[one | other] += joined
    return found


def best_by_bic(table: OverlapTable, /, *, level: float, seed: np.random.SeedSequence) -> Estimate:
    """The admissible model with the least BIC of all hierarchical models, with the limits of its own fit."""
    found = best_models(table.counts[None, :])
    if found.status[0] != FOUND:
        return Estimate("loglinear-bic", verdict=NO_MLE, reason="No model has an estimate.")
    terms = found.terms(0)
    fit = fit_model(table, terms)
    if fit.total is None or fit.standard_error is None:
        return Estimate("loglinear-bic", verdict=NO_MLE, reason="No model has an estimate.")
    lower, upper = lognormal(table.n, fit.total, fit.standard_error**2, level)
    return Estimate("loglinear-bic", bracket(terms), fit.total, lower, upper, level, fit.standard_error)


def timed(label: str, table: OverlapTable, method: Estimator) -> float:
    started = time.process_time()
    found, draws = average(table, method)
    spent = time.process_time() - started
    if found.total is None:
        answer = f"refused: {found.reason}"
    else:
        answer = f"{found.total:,.0f} ({found.lower:,.0f} to {found.upper:,.0f})"
    within, between = draws.within[found.method], draws.between[found.method]
    spreads = " ".join(
        f"{name} {np.sqrt(value):,.0f}"
        for name, value in (("within", within), ("between", between))
        if value is not None
    )
    print(f"{label:34}{spent:8.2f} s   {answer}; sd {spreads}; {found.diagnostics['distinct_tables']} distinct tables")
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, help="the folder of published tables")
    parser.add_argument("--table", default="uk5", help="the table whose linkage is drawn")
    parser.add_argument("--draws", type=int, default=1_000)
    args = parser.parse_args()
    table = OverlapTable.read_csv(args.tables / f"{args.table}.csv")
    dice = np.random.default_rng(1)
    draws = [OverlapTable(table.lists, linked(table.counts, dice)) for _ in range(args.draws)]
    for method in (best_by_bic, distribution):
        method(table, level=0.95, seed=np.random.SeedSequence(1))
    many = OverlapTable(table.lists, table.counts, draws=draws)
    print(f"{args.table}, {args.draws} draws")
    spent = timed("best BIC of all models", many, best_by_bic) * 1_000 / args.draws
    print(f"   R, recorded (extrapolated): {RECORDED:,.0f} s; target {TARGET:g} s for 1,000: ", end="")
    print("met" if spent <= TARGET else "missed")
    timed("decomposable graphs", many, distribution)
    timed(
        "decomposable, ten tables repeated",
        OverlapTable(table.lists, table.counts, draws=draws[:10] * 100),
        distribution,
    )


if __name__ == "__main__":
    main()
