"""How often the intervals for hidden totals are right: every study, resumable, seeded.

    python -m evals.hidden [STUDY or SCENARIO ...] [--tables 1000] [--jobs 2] [--quick] [--fresh]

Rows are kept in `.make/study` as they come, so that a run which was stopped goes on where it was. A whole run puts
its summary into docs/estimation/results and the tables of docs/estimation/coverage.md in step. `--quick` runs a few
tables with few bootstraps to see that everything works, and writes nothing into the docs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.hidden import calibration, pages
from evals.hidden.methods import Effort
from evals.hidden.runner import kept, run
from evals.hidden.studies import Scenario, chosen
from evals.hidden.summary import Line, read, summarise, write

ROOT = Path(__file__).parents[2]
RAW = ROOT / ".make" / "study"
QUICK = Effort(replicates=50, stepwise=50, effort=0.1)
QUICK_TABLES = 10


def lines(scenarios: tuple[Scenario, ...], folder: Path, tables: int) -> list[Line]:
    """One line for each method of each scenario that has rows."""
    found = []
    for scenario in scenarios:
        rows = kept(folder, scenario.name)
        for method in scenario.methods:
            own = [row for row in rows if row.method == method and row.table < tables]
            if own:
                found.append(summarise(scenario.study, scenario.targets.get(method), own))
    return found


def show(found: list[Line], judged: bool) -> None:
    """Print one line a method; what was promised is judged where there are tables enough."""
    print(f"{'scenario':27}{'method':20}{'tables':>7}{'refused':>9}{'coverage':>10}{'± MC':>7}{'width':>8}{'CPU s':>8}")
    for line in found:
        covered = "" if line.coverage is None or line.error is None else f"{line.coverage:10.3f}{line.error:7.3f}"
        width = "" if line.width is None else f"{line.width:8.2f}"
        missed = judged and line.target is not None and (line.coverage or 0.0) < line.target
        told = f" missed {line.target}" if missed else ""
        print(f"{line.scenario:27}{line.method:20}{line.tables:7}{line.refused:9.3f}{covered:>17}{width:>8}"
              f"{line.seconds:8.3f}{told}")  # fmt: skip


def merged(new: list[Line], path: Path) -> list[Line]:
    """The new lines in the place of the old ones, in the order of the studies."""
    old = read(path) if path.exists() else []
    known = {(line.scenario, line.method): line for line in (*old, *new)}
    order = [(scenario.name, method) for scenario in chosen(()) for method in scenario.methods]
    return [known[key] for key in order if key in known]


def forget(folder: Path, scenarios: tuple[Scenario, ...], samplers: bool) -> None:
    """Delete the rows of these scenarios, and those of the samplers if asked."""
    for scenario in scenarios:
        (folder / f"{scenario.name}.csv").unlink(missing_ok=True)
    for path in folder.glob("C9-*.jsonl") if samplers else ():
        path.unlink()


def main() -> int:
    """Run what was asked for; 1 where a histogram of the calibration broke its budget."""
    parser = argparse.ArgumentParser(prog="python -m evals.hidden", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("only", nargs="*", help="C1 to C6, C9, or names of scenarios; everything without")
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="forget what was kept of these")
    options = parser.parse_args()
    effort, tables, folder = Effort(), options.tables, RAW
    if options.quick:
        effort, tables, folder = QUICK, min(options.tables, QUICK_TABLES), RAW.with_name("study-quick")
    names = [name for name in options.only if name != "C9"]
    scenarios = chosen(names) if names or not options.only else ()
    if options.fresh or options.quick:
        forget(folder, scenarios, "C9" in options.only or not options.only)
    for told in run(scenarios, tables, effort, folder, options.jobs):
        print(told, file=sys.stderr, flush=True)
    found = lines(scenarios, folder, tables)
    show(found, judged=not options.quick)
    kept_budget = True
    if "C9" in options.only or not options.only:
        kept_budget = calibration.study(tables, folder, options.jobs, pages.RESULTS if not options.quick else folder)
    if not options.quick:
        if found:
            write(pages.RESULTS / "coverage.csv", merged(found, pages.RESULTS / "coverage.csv"))
        pages.main()
    return int(not kept_budget)


if __name__ == "__main__":
    sys.exit(main())
