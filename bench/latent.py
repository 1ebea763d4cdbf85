#!/usr/bin/env python3
"""Latent classes: what an iteration costs, what it is worth, and how long four chains take to agree.

    python bench/latent.py [--tables DIR] [--turns 5] [--only uk5 ...] [--compile]

The R package LCMCR was recorded at 0.49 to 1.2 CPU seconds for 110,000 iterations of a chain. An iteration of it moves
every parameter once and draws the class of every person. Ours has no such step, so three figures stand beside it:

- *passes*: 110,000 leapfrog steps of one copy; each goes once through the table and moves every weight and chance.
- *sweeps*: 110,000 sweeps of one chain; each moves all 18 copies of it by a glide of several passes, accepts or
  refuses them, exchanges labels and neighbours. Far more is done in one, and far fewer are needed.
- *usual*: 110,000 iterations of the usual sampler (data augmentation, Manrique-Vallier 2016, section 3), written for
  this bench and compiled as the rest is; with an exchange of neighbouring classes, without which it stays in one
  order of them. *Draws a second* are effective draws of the total, of both, on one core.

CPU seconds of one thread after the compiled code is loaded. What is promised is at most half of the recorded time on
every table: the lower recorded figure is taken for each, since it is not recorded which table it belongs to.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402
from evals.hidden.usual import usual_sampler  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from testimonia.estimation.diagnostics import converge  # noqa: E402
from testimonia.estimation.latent import latent_class, sample  # noqa: E402
from testimonia.estimation.latent.data import cells_of  # noqa: E402
from testimonia.estimation.latent.ensemble import Ensemble  # noqa: E402
from testimonia.estimation.results import REFUSED  # noqa: E402
from testimonia.estimation.table import OverlapTable  # noqa: E402

TABLES = ROOT.parent / "shared" / "mse"
ITERATIONS, RECORDED = 110_000, (0.49, 1.2)
NAMES = (
    "korea3",
    "hare6",
    "neworleans5",
    "hiv4",
    "australia4",
    "lesbian4",
    "uk5",
    "scotpwid4",
    "gaza3",
    "netherlands5",
)
PROMISED = {"uk5": 10.0, "netherlands5": 60.0, "gaza3": 60.0, "scotpwid4": 60.0}
FRESH = """
import pathlib, re, sys, time
from testimonia.estimation.latent import latent_class
from testimonia.estimation.table import OverlapTable
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
latent_class(OverlapTable.read_csv(sys.argv[1]), effort=1e-9)
before = peak()
if len(sys.argv) > 2:
    latent_class(OverlapTable.read_csv(sys.argv[2]))
print(before, peak(), time.process_time())
"""


def iterations(table: OverlapTable) -> tuple[float, float]:
    """CPU seconds of 110,000 passes of one copy and of 110,000 sweeps of one chain, from 300 sweeps of four."""
    ensemble = Ensemble(cells_of(table, 10), shape=0.25, rate=0.25, chains=4, rng=np.random.default_rng(1))
    ensemble.warm_up()
    passes, started = ensemble.gradients, time.process_time()
    ensemble.run(300)
    spent = time.process_time() - started
    return ITERATIONS * spent / (ensemble.gradients - passes), ITERATIONS * spent / (4 * 300)


def usual(table: OverlapTable) -> tuple[float, float, float | None]:
    """CPU seconds of 110,000 iterations of the usual sampler, its effective draws a second and its R-hat."""
    started = time.process_time()
    chains = [usual_sampler(table, sweeps=ITERATIONS, thin=11, exchange=True, seed=seed) for seed in (1, 2)]
    spent = (time.process_time() - started) / 2
    found = converge(np.log(np.array(chains)[:, 1_000:]))
    return spent, min(found.ess_bulk or 0.0, found.ess_tail or 0.0) / (2 * spent), found.rhat


def worth(table: OverlapTable) -> float:
    """Effective draws of the total in a CPU second, warm-up included, when 1,600 are asked for."""
    started = time.process_time()
    found = sample(table, seed=1, wanted=1_600.0).agreement
    return min(found.ess_bulk or 0.0, found.ess_tail or 0.0) / (time.process_time() - started)


def costs(tables: dict[str, OverlapTable]) -> None:
    """What 110,000 iterations cost, and what they are worth."""
    print(f"110,000 iterations, CPU s; recorded of the R package: {RECORDED[0]} to {RECORDED[1]}")
    print(
        f"{'':14}{'passes':>8}{'ratio':>8}{'sweeps':>9}{'usual':>8}   draws a second{'ours':>8}{'usual':>8}{'ratio':>8}"
    )
    for name, table in tables.items():
        one, sweep = iterations(table)
        gibbs, draws, rhat = usual(table)
        ours = worth(table)
        kept = "met" if one <= RECORDED[0] / 2 else "missed"
        mixed = (
            "" if rhat is not None and rhat < 1.01 else f"   usual chains disagree, R-hat {rhat:.2f}" if rhat else ""
        )
        print(
            f"{name:14}{one:8.3f}{RECORDED[0] / one:7.1f}x{sweep:9.1f}{gibbs:8.2f}{'':19}{ours:8.0f}{draws:8.0f}"
            f"{ours / max(draws, 1e-9):7.0f}x   {kept}{mixed}",
            flush=True,
        )


def agreements(tables: dict[str, OverlapTable], turns: int) -> None:
    """How long four chains that began far apart take to R-hat below 1.01 and 800 effective draws, seed by seed."""
    print("\nuntil four chains agree (R-hat < 1.01, 800 effective draws in the middle and the tails), CPU s")
    for name, table in tables.items():
        spent, answers = [], []
        for seed in range(1, turns + 1):
            started = time.process_time()
            answers.append(latent_class(table, seed=seed))
            spent.append(time.process_time() - started)
        refused = sum(answer.verdict == REFUSED for answer in answers)
        totals = [answer.total for answer in answers if answer.total is not None]
        ends = [[getattr(answer, end) or 0.0 for answer in answers if answer.total] for end in ("lower", "upper")]
        rhats = [answer.diagnostics["rhat"] or np.inf for answer in answers]
        target = PROMISED.get(name)
        told = "" if target is None else f"   target {target:g}: {'met' if max(spent) <= target else 'missed'}"
        print(
            f"{name:14}{median(spent):7.2f} (most {max(spent):.1f}){told}; refused {refused} of {turns}; R-hat at most "
            f"{max(rhats):.4f}; medians {span(totals)}, ends {span(ends[0])} and {span(ends[1])}",
            flush=True,
        )


def span(values: Sequence[float]) -> str:
    """Lowest to highest."""
    return f"{min(values):,.0f} to {max(values):,.0f}" if values else "none"


def fresh(cache: Path, *tables: Path) -> list[float]:
    """Peak MB before and after, and CPU seconds, of a new process that answers these tables."""
    found = subprocess.run(
        [sys.executable, "-c", FRESH, *map(str, tables)], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NUMBA_CACHE_DIR": str(cache)},
    )  # fmt: skip
    return [float(value) for value in found.stdout.split()]


def compiling(folder: Path) -> None:
    """Compile time and memory, in new processes."""
    with tempfile.TemporaryDirectory() as name:
        cold, warm = (fresh(Path(name), folder / "korea3.csv")[2] for _ in range(2))
        before, after, _ = fresh(Path(name), folder / "korea3.csv", folder / "netherlands5.csv")
    print(f"\ncompiling everything from nothing {cold - warm:.1f} CPU s")
    print(f"memory of netherlands5 {after - before:.0f} MB over {before:.0f} MB loaded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, help="the folder of published tables")
    parser.add_argument("--turns", type=int, default=5, help="seeds for the time to agreement")
    parser.add_argument("--only", nargs="*", default=NAMES, help="names of tables")
    parser.add_argument("--compile", action="store_true", help="measure compiling and memory too")
    options: Any = parser.parse_args()
    tables = {name: OverlapTable.read_csv(options.tables / f"{name}.csv") for name in options.only}
    warm: NDArray[np.float64] = np.zeros(8)
    warm[1:] = 5, 5, 54, 41, 6, 1, 12
    first = OverlapTable(("a", "b", "c"), warm.astype(np.int64))
    sample(first, seed=1, sweeps=10)
    usual_sampler(first, sweeps=10, thin=1, exchange=True, seed=1)
    costs(tables)
    agreements(tables, options.turns)
    if options.compile:
        compiling(options.tables)


if __name__ == "__main__":
    main()
