"""How long `testimonia estimate` takes, from the command to the report: cold, warm, and on every published table.

    python bench/estimate.py [--turns 5] [--only uk5 ...]

CPU seconds of the whole process tree, one thread, medians. *Cold* is the first run on a machine: everything is
compiled into an empty cache, which the other runs then use. Peak memory is that of the largest process. No other
program does the whole, so there is no peer to run: what the programs of the field take for the parts they have was
recorded and is printed as recorded, with the figures of the benches of the parts beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

TABLES = Path(__file__).parents[2] / "shared" / "mse"
IMPORT, COMMAND, EACH = 0.3, 30.0, 60.0  # targets in seconds
RECORDED = (
    ("all 6,893 models of uk5 with verdicts", "MultipleSystemsEstimation 6.4, Rcapture 19.7 (no verdicts)"),
    ("stepwise and 1,000 BCa bootstraps, uk5", "SparseMSE 24.1"),
    ("BIC bootstrap over all models, uk5, 1,000", "MultipleSystemsEstimation about 6,400, extrapolated"),
    ("decomposable graphs, uk5", "dga 0.47"),
    ("latent class, 110,000 iterations a chain", "LCMCR 0.49 to 1.2; its chains do not agree on uk5"),
    ("table to report", "no peer"),
)


def spent(command: Sequence[str], cache: Path) -> tuple[float, bytes]:
    """CPU seconds of a command and its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"OMP_NUM_THREADS": "1", "NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def importing(turns: int, cache: Path) -> float:
    """CPU seconds that the import of the package adds to an empty Python."""
    commands = [[sys.executable, "-c", text] for text in ("import testimonia.estimation", "pass")]
    full, empty = (median(spent(command, cache)[0] for _ in range(turns)) for command in commands)
    return full - empty


def estimate(table: Path, folder: Path, cache: Path) -> tuple[float, dict[str, object]]:
    """CPU seconds of the whole command with its report, and the headline."""
    out = folder / table.stem
    command = [sys.executable, "-m", "testimonia", "estimate", str(table), "--out", str(out), "--json"]
    seconds, printed = spent(command, cache)
    found: dict[str, object] = json.loads(printed)["headline"]
    return seconds, found


def told(seconds: float, target: float) -> str:
    """A figure beside its target."""
    return f"{seconds:8.2f} s   target {target:g} s{'' if seconds <= target else '   missed'}"


def answer(found: dict[str, object]) -> str:
    """The headline in one line."""
    if found["refused"]:
        return f"refused: {found['why']}"
    return f"{found['total']:,.0f} ({found['lower']:,.0f} to {found['upper']:,.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[], help="names of tables; all of them without")
    options = parser.parse_args()
    if not TABLES.is_dir():
        raise SystemExit(f"The published tables are not there: {TABLES.name} was looked for beside the project.")
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), options.turns, options.only)


def measure(folder: Path, turns: int, only: Sequence[str]) -> None:
    """Print every figure."""
    cache, uk5 = folder / "cache", TABLES / "uk5.csv"
    print(f"import of testimonia.estimation {told(importing(turns, cache), IMPORT)}")
    cold, _ = estimate(uk5, folder / "cold", cache)
    print(f"uk5, whole command, cold        {cold:8.2f} s   with all compilation")
    warm = median(estimate(uk5, folder / f"warm{turn}", cache)[0] for turn in range(turns))
    print(f"uk5, whole command              {told(warm, COMMAND)}")
    for table in sorted(TABLES.glob("*.csv")):
        if table.stem.endswith("_strata") or (only and table.stem not in only):
            continue
        seconds, found = estimate(table, folder / "each", cache)
        print(f"{table.stem:32}{told(seconds, EACH)}   {answer(found)}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"largest process {peak} MB\n\nrecorded of other programs, CPU s:")
    for task, figure in RECORDED:
        print(f"  {task:44}{figure}")


if __name__ == "__main__":
    main()
