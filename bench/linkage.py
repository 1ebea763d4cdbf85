"""Time and memory of linking, beside Splink's own defaults on the same table in the same run.

    python bench/linkage.py [--persons 100000] [--korean] [--cases] [--threads 2]

`--cases` links one case of 20,000 persons on four lists instead. Each side runs in a process of its own; seconds are
of the processor and of the clock, memory is the most that the process held. Needs the generators and the baseline in
`../shared/linkage`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "linkage"
KEPT = ROOT / ".make" / "cases"

OURS = """
import json, sys
import numpy as np, pyarrow.parquet as pq
from testimonia.linkage.model import compare_persons
table = pq.read_table(sys.argv[1])
who = table.column("cluster").to_numpy()
found = compare_persons(table.drop_columns(["cluster"]))
likely = found.probability >= 0.5
sizes = np.bincount(who)
same = int((who[found.left] == who[found.right])[likely].sum())
f1 = 2 * same / (int(likely.sum()) + int((sizes * (sizes - 1) // 2).sum()))
print(json.dumps({"pairs": len(found.left), "F1 at .5": round(f1, 4)}))
"""

CASES = """
import json, sys, time
from pathlib import Path
from testimonia.linkage.lists import read_lists
from testimonia.linkage.model import compare_lists
from testimonia.linkage.values import prepare
records = [r for f in read_lists(sorted(Path(sys.argv[1], "lists").glob("*.csv"))) for r in f.records]
table = prepare(records)
before = time.process_time()
found = compare_lists(table)
print(json.dumps({"records": len(records), "pairs": len(found.left), "comparing": time.process_time() - before}))
"""


def run(name: str, command: list[str]) -> None:
    """Run one side and print what it took and what it said last."""
    start = time.perf_counter()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    lines = [line for line in said.splitlines() if line.startswith("{")]
    result = json.loads(lines[-1]) if lines else f"ended with {status}"
    kept = {k: v for k, v in result.items() if k not in ("file", "seconds")} if isinstance(result, dict) else result
    print(
        f"{name:8} CPU {used.ru_utime + used.ru_stime:7.1f} s  clock {time.perf_counter() - start:7.1f} s  "
        f"memory {used.ru_maxrss / 1024**2:5.2f} GB  {kept}",
        flush=True,
    )


def persons(count: int, korean: bool) -> Path:
    """The table of invented persons, made where it is not there yet."""
    path = KEPT / f"persons-{count}{'-korean' if korean else ''}.parquet"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        words = ["korean"] if korean else []
        subprocess.run([sys.executable, str(SHARED / "gen_persons.py"), str(count), "1", str(path), *words], check=True)
    return path


def main() -> None:
    """Read the options and run both sides."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--korean", action="store_true")
    parser.add_argument("--cases", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit("The generators of invented persons are not here: ../shared/linkage.")
    if options.cases:
        from evals.linkage.cases import case

        run("ours", [sys.executable, "-c", CASES, str(case("generic", 1).folder)])
        return
    path = str(persons(options.persons, options.korean))
    run("Splink", [sys.executable, str(SHARED / "splink_baseline.py"), path, str(options.threads)])
    run("ours", [sys.executable, "-c", OURS, path])


if __name__ == "__main__":
    main()
