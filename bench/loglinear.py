#!/usr/bin/env python3
"""Speed and memory of log-linear models: all of five lists, pairs of six, the exact best of 7,785,061.

    python bench/loglinear.py [--tables DIR] [--compile]

CPU seconds of one thread, medians of five (of one, above five seconds), after the compiled code is loaded; memory is
the peak of a fresh process, what of that the runtime of the compiled code takes by itself, and what is the process's
own and not the shared pages of libraries. `--compile` also measures compiling from nothing. The peers are R packages;
their figures are printed as recorded.
"""

from __future__ import annotations

import argparse
import os
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

from testimonia.estimation import OverlapTable  # noqa: E402
from testimonia.estimation.loglinear.fits import fit_all, loglinear_average, top_models  # noqa: E402
from testimonia.estimation.loglinear.ranking import rank  # noqa: E402

TABLES = ROOT.parent / "shared" / "mse"
ALL, PAIRS, SEARCH, MEMORY = 0.13, 0.5, 120.0, 150.0  # targets: seconds, and MB
RUN = """
import pathlib, re, sys
import numba, numpy
status = lambda name: int(re.search(name + r":\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
numba.njit(lambda x: x)(1)
runtime = status("VmHWM")
from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.every import fit_all
fit_all(OverlapTable.read_csv(sys.argv[1]), 2)
print(runtime, status("VmHWM"), status("RssAnon"))
"""
EVERYTHING = """
import sys, time
from testimonia.estimation import OverlapTable
from testimonia.estimation.loglinear.fits import fit_all, independence, loglinear_bic
table = OverlapTable.read_csv(sys.argv[1])
independence(table), loglinear_bic(table), fit_all(table, 2)
print(time.process_time())
"""


def cpu(run: Callable[[], object]) -> float:
    """The median of five runs, of one where it is long."""
    spent: list[float] = []
    while len(spent) < 5 and sum(spent) < 5.0:
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def fresh(code: str, path: Path, **more: str) -> list[float]:
    """The numbers that a process of its own prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}
    command = [sys.executable, "-c", code, str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return [float(number) for number in out.stdout.split()]


def compiling(path: Path) -> float:
    """CPU seconds of a process that compiles everything anew, less those of one that finds it compiled."""
    with tempfile.TemporaryDirectory() as cache:
        first, second = (fresh(EVERYTHING, path, NUMBA_CACHE_DIR=cache)[0] for _ in range(2))
    return first - second


def say(label: str, value: float, unit: str, target: float | None = None, peer: str = "") -> None:
    verdict = "" if target is None else f"   target {target:g}: {'met' if value <= target else 'missed'}"
    print(f"{label:58}{value:9.3f} {unit}{verdict}{'   ' + peer if peer else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, help="the folder of published tables")
    parser.add_argument("--compile", action="store_true", help="measure compiling too")
    args = parser.parse_args()
    names = ("uk5", "netherlands5", "neworleans5", "anomaly5", "uk6", "netherlands6", "hare6", "neworleans8")
    tables = {name: OverlapTable.read_csv(args.tables / f"{name}.csv") for name in names}
    fit_all(tables["uk5"], 2)
    rank(tables["uk6"], "bic", 1, 2)
    recorded = {"uk5": "recorded: MultipleSystemsEstimation 6.4 s, Rcapture 19.7 s"}
    for name in names[:4]:
        seconds = cpu(lambda name=name: fit_all(tables[name]))  # type: ignore[misc]
        say(f"{name}, all 6,893 models with verdicts", seconds, "s", ALL, recorded.get(name, ""))
    peer = "recorded: MultipleSystemsEstimation 47.8 s, Rcapture over 300 s"
    say("uk6, 32,768 models of pairs", cpu(lambda: fit_all(tables["uk6"], 2)), "s", PAIRS, peer)
    runtime, peak, private = fresh(RUN, args.tables / "uk6.csv")
    say("the same, peak of the process", peak, "MB", MEMORY, "recorded: 844 MB")
    say("  of which the runtime before any of ours", runtime, "MB")
    say("  of the process's own, without pages of libraries", private, "MB")
    for name in ("uk6", "netherlands6", "hare6"):
        seconds = cpu(lambda name=name: rank(tables[name], "bic"))  # type: ignore[misc]
        say(f"{name}, best BIC of all 7,785,061 models, proved", seconds, "s", SEARCH, "not offered")
    say("neworleans8, best BIC of 2^28 models of pairs, proved", cpu(lambda: rank(tables["neworleans8"], "bic")), "s")
    say("uk5, average over all models", cpu(lambda: loglinear_average(tables["uk5"])), "s")
    say("uk5, the ten best models with weights", cpu(lambda: top_models(tables["uk5"])), "s")
    if args.compile:
        say("compiling all of it from nothing", compiling(args.tables / "uk6.csv"), "s")


if __name__ == "__main__":
    main()
