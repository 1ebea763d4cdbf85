"""Everything that goes wrong on the machines of those who need this: end to end, through the command itself.

    python evals/hostile.py [--only WORD...] [--kills 40] [--seed 1] [--folder DIR]

Prints one row a case: what was given, what must happen, what happened. Ends with 1 if any case went wrong. Some
cases need root (to become another user, to mount a small disk) and are skipped with that reason elsewhere.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import hostile_crashes  # type: ignore[import-not-found]  # the scripts beside this one
import hostile_doors  # type: ignore[import-not-found]
import hostile_files  # type: ignore[import-not-found]
from hostile_tools import Case, Skipped  # type: ignore[import-not-found]

LONGEST = 110  # characters of what is shown of a finding


def judge(case: Case, place: Path) -> tuple[str, str]:
    """Try one case; gives `good`, `BAD` or `skipped`, and what happened."""
    place.mkdir(mode=0o755)
    try:
        found, good = case.trial(place)
    except Skipped as problem:
        return "skipped", str(problem)
    except Exception as problem:  # noqa: BLE001 - a case that fails is a finding like any other
        return "BAD", f"{type(problem).__name__}: {problem}"
    return ("good" if good else "BAD"), found


def shown(text: str) -> str:
    """A cell of the table: one line, nothing that would end it."""
    plain = " ".join(text.replace("|", "/").split())
    plain = "".join(character if character.isprintable() else "\ufffd" for character in plain)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", nargs="*", default=[""], help="run only cases whose group or name holds a word")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; a new temporary folder unless given")
    wanted = parser.parse_args()
    crashes = hostile_crashes.cases(wanted.kills, wanted.seed)
    cases = (*hostile_doors.CASES, *hostile_files.CASES, *crashes)
    root = Path(tempfile.mkdtemp(prefix="hostile-", dir=wanted.folder))
    root.chmod(0o755)
    counts: Counter[str] = Counter()
    print("| given | must happen | happened | |\n| --- | --- | --- | --- |", flush=True)
    for number, case in enumerate(cases):
        if not any(word in f"{case.group} {case.name}" for word in wanted.only):
            continue
        began = time.perf_counter()
        verdict, found = judge(case, root / f"case{number:02}")
        counts[verdict] += 1
        seconds = time.perf_counter() - began
        print(f"| {shown(case.name)} | {case.target} | {shown(found)} ({seconds:.0f} s) | {verdict} |", flush=True)
        shutil.rmtree(root / f"case{number:02}", ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)
    print("\n" + ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    return int(counts["BAD"] > 0)


if __name__ == "__main__":
    sys.exit(main())
