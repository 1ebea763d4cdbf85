"""How good the links of invented case lists are.

    python -m evals.linkage pairs [--scenario generic ...] [--seeds 1-5] [--lists 4] [--population 20000]

Cases are made by the generator beside the project and kept in `.make/cases`. The truth is read to score, never to link.
`pairs` prints a line for each case, then over the seeds recall by pair of scripts, calibration, matches by pair of
lists. `--engine spark` has Spark block and compare.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict

from evals.linkage.cases import SCENARIOS, case, seeds
from evals.linkage.pairs import Scores, compared, score


def show(name: str, scores: Scores) -> None:
    """One line a case."""
    clock = " ".join(f"{step} {seconds:.1f}" for step, seconds in scores.seconds.items())
    print(
        f"{name:20} pairs {scores.candidates:7,} of true found {scores.found:.3f}  F1 best {scores.best_f1:.3f} (at "
        f"{scores.best_at:.2f}) at .5 {scores.f1:.3f}  mixed scripts {scores.mixed_recall:.3f}  expected "
        f"{scores.expected:.0f} true {scores.true_found}  all {scores.believed:.0f} true {scores.true_pairs}  "
        f"CPU s {clock}",
        flush=True,
    )


def tables(found: list[Scores]) -> None:
    """Over all seeds: recall by pair of scripts, calibration, and matches by pair of lists."""
    recalls: dict[str, list[tuple[int, float]]] = defaultdict(list)
    lists: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for scores in found:
        for kind, recall in scores.scripts.items():
            recalls[kind].append(recall)
        for names, matches in scores.by_lists.items():
            lists[names].append(matches)
    print("  recall at precision .9 by pair of scripts:")
    for kind, rows in sorted(recalls.items()):
        true = sum(n for n, _ in rows)
        known = [(n, recall) for n, recall in rows if not math.isnan(recall)]
        print(f"    {kind:16} {true:6} true pairs, recall {sum(n * r for n, r in known) / max(true, 1):.3f}")
    print("  calibration, probability from: expected, true")
    for k, (low, _, _) in enumerate(found[0].bins):
        believed, real = (sum(float(scores.bins[k][part]) for scores in found) for part in (1, 2))
        print(f"    {low:8.4f} {believed:9.1f} {real:7.0f}")
    print("  matches among the candidates by pair of lists: expected, true")
    for names, counts in sorted(lists.items()):
        print(f"    {names:24} {sum(e for e, _ in counts):9.1f} {sum(t for _, t in counts):7}")


def pairs(options: argparse.Namespace) -> None:
    """Score the pairs of every case that was asked for."""
    for scenario in options.scenario or SCENARIOS:
        found = []
        for seed in seeds(options.seeds):
            made = case(scenario, seed, population=options.population, lists=options.lists)
            found.append(score(made, *compared(made, options.engine)))
            show(f"{scenario} {seed}", found[-1])
        tables(found)


def main() -> None:
    """Read the options and run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("pairs", help="score the pairs")
    command.add_argument("--scenario", nargs="*", choices=SCENARIOS)
    command.add_argument("--seeds", default="1-5")
    command.add_argument("--lists", type=int, default=4)
    command.add_argument("--population", type=int, default=20_000)
    command.add_argument("--engine", default="duckdb", choices=("duckdb", "spark"))
    command.set_defaults(run=pairs)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
