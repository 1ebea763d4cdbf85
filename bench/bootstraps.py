"""Speed of the methods that resample or sample: stepwise and BIC bootstrap, Bayesian thresholding.

    python bench/bootstraps.py [--turns 5] [--replicates 1000] [--no-peers]

CPU seconds of one thread, medians; compiling into an empty cache is reported apart. Every bootstrap table is selected
or searched anew, jackknife included. R's SparseMSE and MultipleSystemsEstimation run beside where Rscript and they
are installed; otherwise their recorded figures are printed as recorded.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT.parent / "shared" / "mse"
sys.path.insert(0, str(ROOT / "src"))

from testimonia.estimation.bicboot import bic_bootstrap  # noqa: E402
from testimonia.estimation.results import Estimate  # noqa: E402
from testimonia.estimation.stepwise import stepwise  # noqa: E402
from testimonia.estimation.table import OverlapTable  # noqa: E402
from testimonia.estimation.thresholding import bayes_threshold  # noqa: E402

Run = Callable[[OverlapTable, int], Estimate]
# task, table, what runs, target in seconds, recorded figure of the peer
TASKS: tuple[tuple[str, str, Run, float | None, str], ...] = (
    ("stepwise", "uk5", lambda t, b: stepwise(t, replicates=b), 0.3, "SparseMSE 24.1, recorded"),
    ("stepwise", "netherlands5", lambda t, b: stepwise(t, replicates=b), 0.3, "SparseMSE 27.8, recorded"),
    ("stepwise", "neworleans8", lambda t, b: stepwise(t, replicates=b), None, ""),
    (
        "BIC bootstrap, all orders", "uk5", lambda t, b: bic_bootstrap(t, replicates=b), 64.0,
        "MultipleSystemsEstimation about 6,400, extrapolated, recorded",
    ),
    ("BIC bootstrap, all orders", "netherlands5", lambda t, b: bic_bootstrap(t, replicates=b), None, ""),
    ("BIC bootstrap, all orders", "korea3", lambda t, b: bic_bootstrap(t, replicates=b), None, ""),
    ("BIC bootstrap, order 2", "uk6", lambda t, b: bic_bootstrap(t, replicates=b), None, ""),
    ("BIC bootstrap, all orders", "uk6", lambda t, b: bic_bootstrap(t, replicates=b, full=True), None, ""),
    ("BIC bootstrap, order 2", "neworleans8", lambda t, b: bic_bootstrap(t, replicates=b), 15.0, ""),
    ("thresholding, 4 x 5,000 draws twice", "uk5", lambda t, _: bayes_threshold(t), None, ""),
    ("thresholding, 4 x 5,000 draws twice", "neworleans8", lambda t, _: bayes_threshold(t), None, ""),
)  # fmt: skip
PEER = """
suppressMessages(library(SparseMSE))
d <- read.csv("{table}")
cat(system.time(estimatepopulation(as.matrix(d), nboot={replicates}, pthresh=0.02))[["user.self"]])
"""


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def compiling() -> dict[str, float]:
    """CPU seconds of each method's first run on a machine: compiled into an empty cache, in a process of its own."""
    code = (
        "import json, time; from testimonia.estimation.table import OverlapTable; import numpy as np\n"
        "from testimonia.estimation.{module} import {name}\n"
        "table = OverlapTable(('A', 'B', 'C'), np.array([0, 60, 50, 12, 40, 9, 15, 4]))\n"
        "begun = time.process_time(); {name}(table); print(json.dumps(time.process_time() - begun))"
    )
    found = {}
    for module, name in (("stepwise", "stepwise"), ("bicboot", "bic_bootstrap"), ("thresholding", "bayes_threshold")):
        with tempfile.TemporaryDirectory() as cache:
            environment = os.environ | {
                "NUMBA_CACHE_DIR": cache,
                "OMP_NUM_THREADS": "1",
                "PYTHONPATH": str(ROOT / "src"),
            }
            command = [sys.executable, "-c", code.format(module=module, name=name)]
            done = subprocess.run(command, capture_output=True, env=environment, check=True)
        found[name] = float(json.loads(done.stdout))
    return found


def told(found: Estimate) -> str:
    """An answer in one line."""
    if found.total is None or found.lower is None or found.upper is None:
        return f"{found.verdict}: {found.reason}"
    return f"{found.total:,.0f} ({found.lower:,.0f} to {found.upper:,.0f})"


def peer(table: Path, replicates: int) -> str:
    """The CPU seconds of SparseMSE now, or that it is not here."""
    if not shutil.which("Rscript"):
        return "R is not installed"
    script = PEER.format(table=table, replicates=replicates)
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    return f"SparseMSE now {done.stdout.strip()} s" if done.returncode == 0 else "SparseMSE is not installed in R"


def measure(turns: int, replicates: int, peers: bool) -> None:
    """Print every figure."""
    for name, seconds in compiling().items():
        print(f"{name:16} first run with all compilation {seconds:6.1f} s")
    for task, name, run, target, recorded in TASKS:
        table = OverlapTable.read_csv(TABLES / f"{name}.csv")
        answer = run(table, replicates)
        seconds = median(cpu(lambda: run(table, replicates)) for _ in range(turns))  # noqa: B023 - called at once
        aim = "" if target is None else f"   target {target:g} s" + ("" if seconds <= target else ", missed")
        print(f"{task:36}{name:14}{seconds:8.3f} s{aim}   {recorded}   {told(answer)}", flush=True)
        if peers and task == "stepwise" and recorded:
            print(f"{'':36}{name:14}{peer(TABLES / f'{name}.csv', replicates)}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--turns", type=int, default=5)
    cli.add_argument("--replicates", type=int, default=1000)
    cli.add_argument("--no-peers", action="store_true")
    options = cli.parse_args()
    if not TABLES.is_dir():
        raise SystemExit("The published tables are not here (../shared/mse beside the project): nothing was measured.")
    measure(options.turns, options.replicates, not options.no_peers)


if __name__ == "__main__":
    main()
