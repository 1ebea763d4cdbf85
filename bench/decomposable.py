#!/usr/bin/env python3
"""Speed and memory of averaging over decomposable graphs: five, six and seven lists.

    python bench/decomposable.py [--tables DIR] [--compile]

CPU seconds of one thread, medians of five (of one, above five seconds), after the compiled code is loaded; memory is
the peak of a fresh process, and what of it came after the import. `--compile` also measures compiling from nothing.
The peer is the R package dga, run where R has it; otherwise the recorded figures are printed as recorded.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402

from testimonia.estimation.decomposable import decomposable, decomposable_graphs, posterior  # noqa: E402
from testimonia.estimation.table import OverlapTable  # noqa: E402

TABLES = ROOT.parent / "shared" / "mse"
RECORDED = (0.47, 437)  # dga on uk5, 27,440 points: CPU seconds, MB
TARGET = {"uk5 on the grid of the peer": 0.1, "six lists": 1.0, "seven lists": 60.0}
MEMORY = """
import pathlib, re, sys
import numpy as np
from testimonia.estimation.decomposable import posterior
from testimonia.estimation.table import OverlapTable
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
table = OverlapTable.read_csv(sys.argv[1])
small = OverlapTable(("a", "b", "c"), np.arange(8))
posterior(small)
before = peak()
posterior(table, grid=np.arange(1.0, 10 * table.n + 1))
print(before, peak())
"""
PEER = """
suppressMessages(library(dga)); data(graphs5)
rows <- read.csv(commandArgs(TRUE)[1]); Y <- array(0, dim = rep(2, 5))
for (i in seq_len(nrow(rows))) Y[matrix(as.integer(rows[i, 1:5]) + 1, 1)] <- rows$count[i]
spent <- system.time(bma.cr(Y, 1:(10 * sum(Y)), 2^-5, graphs5))
cat(spent[["user.self"]] + spent[["sys.self"]], sum(gc()[, 6]))
"""


def cpu(run: Callable[[], object]) -> float:
    """The median of five runs, of one where it is long."""
    spent: list[float] = []
    while len(spent) < 5 and sum(spent) < 5.0:
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def merged(table: OverlapTable, one: int, other: int) -> OverlapTable:
    """Two lists become one; `other` is the later."""
    counts = np.zeros(1 << (table.k - 1), dtype=np.int64)
    for cell, count in enumerate(table.counts):
        left = cell & ((1 << other) - 1) | cell >> (other + 1) << other
        counts[left | (cell >> other & 1) << one] += count
    return OverlapTable(tuple(name for i, name in enumerate(table.lists) if i != other), counts)


def dense(lists: int, people: int) -> OverlapTable:
    """An invented table: people of two kinds, one easier to record than the other."""
    dice = np.random.default_rng(1)
    seen = dice.random((people, lists)) < np.where(dice.random(people) < 0.3, 0.35, 0.1)[:, None]
    counts = np.bincount(seen @ (1 << np.arange(lists)), minlength=1 << lists)
    counts[0] = 0
    return OverlapTable(tuple(f"L{i + 1}" for i in range(lists)), counts)


def peer(path: Path) -> tuple[float, float, str]:
    """CPU seconds and MB of the R package, or what was recorded."""
    if shutil.which("Rscript"):
        found = subprocess.run(["Rscript", "-e", PEER, str(path)], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            seconds, megabytes = map(float, found.stdout.split())
            return seconds, megabytes, "now"
    return *RECORDED, "recorded"


def memory(path: Path) -> tuple[float, float]:
    """Peak MB of a fresh process before and after the posterior on the grid of the peer."""
    out = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True, env=own()
    )
    before, after = map(float, out.stdout.split())
    return before, after


def own(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


def compiling(path: Path) -> float:
    """CPU seconds of a process that compiles everything anew, less those of one that finds it compiled."""
    spent = []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(2):
            code = f"import time\n{MEMORY}\nprint(time.process_time())"
            found = subprocess.run(
                [sys.executable, "-c", code, str(path)],
                capture_output=True, text=True, check=True, env=own(NUMBA_CACHE_DIR=cache),
            )  # fmt: skip
            spent.append(float(found.stdout.split()[-1]))
    return spent[0] - spent[1]


def say(label: str, seconds: float) -> None:
    target = TARGET.get(label.split(",")[0])
    verdict = "" if target is None else f"   target {target:g}: {'met' if seconds <= target else 'missed'}"
    print(f"{label:58}{seconds:9.3f} s{verdict}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, help="the folder of published tables")
    parser.add_argument("--compile", action="store_true", help="measure compiling too")
    args = parser.parse_args()
    uk5, uk6 = (OverlapTable.read_csv(args.tables / f"{name}.csv") for name in ("uk5", "uk6"))
    orleans = OverlapTable.read_csv(args.tables / "neworleans8.csv")
    started = time.process_time()
    decomposable_graphs(7)
    print(
        f"{'seven lists enumerated: 617,675 graphs':58}{time.process_time() - started:9.3f} s (code loading included)"
    )
    posterior(uk5)
    posterior(uk6)
    grid = np.arange(1.0, 10 * uk5.n + 1)
    say("uk5 on the grid of the peer, 27,440 points", cpu(lambda: posterior(uk5, grid=grid)))
    seconds, megabytes, when = peer(args.tables / "uk5.csv")
    print(f"{'   R package dga (' + when + ')':58}{seconds:9.3f} s, {megabytes:.0f} MB")
    before, after = memory(args.tables / "uk5.csv")
    verdict = "met" if after - before <= 100 else "missed"
    print(f"{'   memory, the same':58}{after - before:9.1f} MB over {before:.0f} MB loaded   target 100: {verdict}")
    say("uk5, its own grid", cpu(lambda: posterior(uk5)))
    say("uk5, the estimate with other priors", cpu(lambda: decomposable(uk5)))
    say("six lists, uk6", cpu(lambda: posterior(uk6)))
    say("seven lists, neworleans8 with two lists merged (sparse)", cpu(lambda: posterior(merged(orleans, 6, 7))))
    say("seven lists, invented (dense)", cpu(lambda: posterior(dense(7, 6_000))))
    if args.compile:
        say("compiling everything from nothing", compiling(args.tables / "uk5.csv"))


if __name__ == "__main__":
    main()
