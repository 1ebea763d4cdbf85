"""The main job over the 59 real files of the shared corpus: outcomes, seconds, memory.

    python evals/corpus.py [--folder DIR] [--keep OUT]

Prints one line a file that was not fully read, then the table. Memory is the largest sum of resident pages over the
whole process tree, looked at ten times a second.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE_SIZE = 4096


def tree_rss(pid: int) -> int:
    """Return the resident bytes of a process and everything below it."""
    total = 0
    try:
        total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_SIZE
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += tree_rss(int(child))
    except (OSError, IndexError):
        return total
    return total


def measured_run(folder: Path, out: Path) -> tuple[int, float, int]:
    """Run the main job; return exit code, seconds and the peak of resident bytes of the tree."""
    secret = out.parent / "passphrase"
    secret.write_text("an invented passphrase\n")
    command = [sys.executable, "-m", "testimonia", "run", str(folder), "--out", str(out)]
    started, peak = time.perf_counter(), 0
    with (out.parent / "log").open("w") as log:
        process = subprocess.Popen([*command, "--passphrase-file", str(secret)], stdout=log, stderr=log)
        while process.poll() is None:
            peak = max(peak, tree_rss(process.pid))
            time.sleep(0.1)
    return process.returncode, time.perf_counter() - started, peak


def report(out: Path, code: int, seconds: float, peak: int) -> bool:
    """Print the ledger's unhappy rows and the table; return whether the targets are met."""
    rows = list(csv.DictReader((out / "ledger.csv").open(encoding="utf-8")))
    top = [row for row in rows if "!/" not in row["path"]]
    empties = [row for row in rows if row["outcome"] == "read" and not int(row["characters"] or 0)]
    silent = [row for row in rows if row["outcome"] != "read" and not (row["reason"] and row["remedy"])]
    for row in rows:
        if row["outcome"] != "read":
            print(f"{row['outcome']:7} {row['path']}: {row['reason']} {row['remedy']}")
    outcomes = Counter(row["outcome"] for row in rows)
    print(f"\n{'files found':34}{len(top):8}   target 59")
    print(f"{'outcomes, children included':34}{len(rows):8}   {dict(outcomes)}")
    print(f"{'read without a character':34}{len(empties):8}   target 0")
    print(f"{'no reason or no remedy':34}{len(silent):8}   target 0")
    print(f"{'exit code':34}{code:8}   target 0")
    print(f"{'seconds':34}{seconds:8.1f}   target < 120")
    print(f"{'peak memory of the tree, MB':34}{peak / 1e6:8.0f}   target < 600")
    return not (empties or silent or code) and seconds < 120 and peak < 600e6


def main() -> int:
    """Run and report; exit 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=CORPUS)
    parser.add_argument("--keep", type=Path, help="keep the output here")
    args = parser.parse_args()
    if not args.folder.exists():
        print(f"skipped: {args.folder} is not here")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        out = args.keep or Path(scratch) / "out"
        code, seconds, peak = measured_run(args.folder, out)
        if code and not (out / "ledger.csv").exists():
            print((out.parent / "log").read_text())
            return 1
        return 0 if report(out, code, seconds, peak) else 1


if __name__ == "__main__":
    sys.exit(main())
