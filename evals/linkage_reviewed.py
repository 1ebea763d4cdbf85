#!/usr/bin/env python3
"""Hidden totals after people have looked at the pairs that the queue puts first; the truth plays the reviewer.

    python -m evals.linkage_reviewed [--scenario generic cross_script] [--seeds 1-5] [--labels 500] [--rounds 1]
    python -m evals.linkage_reviewed --wrong .02 --unsure .03

The first pairs of the queue are judged, then all is linked again with these decisions and the hidden total is
estimated, as `testimonia link`, `link review` and `estimate` do; in `--rounds`, with linking after each. `--wrong` and
`--unsure` are shares of the judgements. Beside it stands the total of the true links and, with `--beside`, that without
decisions, which takes half as long again (`evals.linkage_totals` has it for the same seeds).
Answers are kept in `.make/linkage_reviewed`, so that a run goes on where it was stopped; `--again` asks anew.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from evals.linkage.cases import ROOT, SCENARIOS, Case, seeds
from evals.linkage_totals import estimated, generated, true_counts
from numpy.typing import NDArray

from testimonia.linkage.lists import read_lists
from testimonia.linkage.review import Ask, queue
from testimonia.linkage.values import prepare
from testimonia.project.resolving import Resolved, compared, resolved

KEPT = ROOT / ".make" / "linkage_reviewed"
TARGETS = {"generic": 0.05, "cross_script": 0.08}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision of the invented reviewer."""

    a: str
    b: str
    verdict: Literal["same", "different", "unsure"]
    chosen: str
    who: str = "R1"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Knows who is who, and is `wrong` or `unsure` about these shares of the pairs, whichever they are."""

    person: Mapping[str, str]
    wrong: float
    unsure: float

    def judges(self, asked: Sequence[Ask], generator: np.random.Generator) -> list[Judged]:
        """A decision on each pair, in order."""
        return [
            self._judged(one, float(chance)) for one, chance in zip(asked, generator.random(len(asked)), strict=True)
        ]

    def _judged(self, one: Ask, chance: float) -> Judged:
        same = (self.person[one.a] == self.person[one.b]) != (chance < self.wrong)
        unsure = self.wrong <= chance < self.wrong + self.unsure
        return Judged(one.a, one.b, "unsure" if unsure else "same" if same else "different", one.chosen)


def people(folder: Path) -> dict[str, str]:
    """Whose record each is."""
    return {row["record_id"]: row["person_id"] for row in Case(folder).truth}


def table_of(folder: Path) -> pa.Table:
    """The records of all lists as plain columns."""
    files = read_lists(sorted((folder / "lists").glob("*.csv")))
    return prepare([record for file in files for record in file.records])


def answer(scenario: str, seed: int, told: argparse.Namespace) -> Row:
    """One seed: the total without decisions, with them, and of the true links."""
    with tempfile.TemporaryDirectory() as made:
        folder = generated(scenario, seed, 0.0, Path(made))
        truth = json.loads((folder / "truth" / "summary.json").read_text(encoding="utf-8"))
        reviewer = Reviewer(people(folder), told.wrong, told.unsure)
        table = table_of(folder)
        started = time.process_time()
        first, last, decisions = reviewed(table, reviewer, told)
        lists = last.compared.lists
        spent = time.process_time() - started
        origins = true_counts(folder, lists, "count_origin")
    same = [one.verdict for one in decisions]
    return {
        "scenario": scenario,
        "seed": seed,
        "truth": truth["population"],
        **total(last),
        **(_named("plain_", total(first)) if told.beside else {}),
        **_named("true_", estimated(lists, origins)),
        "observed": truth["observed_persons"],
        "persons": statistics.median(sum(row.values()) for row in last.draws),
        "plain_persons": statistics.median(sum(row.values()) for row in first.draws),
        "verdicts": {verdict: same.count(verdict) for verdict in ("same", "different", "unsure")},
        "seconds": spent,
    }


def reviewed(table: pa.Table, reviewer: Reviewer, told: argparse.Namespace) -> tuple[Resolved, Resolved, list[Judged]]:
    """The links without decisions, those with all of them, and the decisions; linked again after each round."""
    generator = np.random.default_rng(1)
    decisions: list[Judged] = []
    first = found = linked(table, decisions, told.draws)
    for left in range(told.rounds, 0, -1):
        size = -(-(told.labels - len(decisions)) // left)
        asked = queue(found.compared, found.change, decisions, size=size)
        decisions += reviewer.judges(asked, generator)
        found = linked(table, decisions, told.draws)
    return first, found, decisions


def linked(table: pa.Table, decisions: Sequence[Judged], draws: int) -> Resolved:
    """Who is who under these decisions, as `testimonia link` has it."""
    return resolved(compared(table, decisions, seed=1, engine="duckdb"), table, decisions, seed=1, draws=draws)


def total(found: Resolved) -> Row:
    """The hidden total of some links, or why there is none."""
    if found.refusal:
        return {"total": "", "lower": "", "upper": "", "why": found.refusal}
    lists = found.compared.lists
    draws = np.array([cells(row, len(lists)) for row in found.draws])
    return estimated(lists, cells(found.counts, len(lists)), draws)


def cells(counts: Mapping[int, int], lists: int) -> NDArray[np.int64]:
    """People by pattern of lists, as an array."""
    out = np.zeros(1 << lists, dtype=np.int64)
    for pattern, number in counts.items():
        out[pattern] = number
    return out


def _named(prefix: str, row: Row) -> Row:
    return {prefix + name: value for name, value in row.items()}


def error(row: Row, prefix: str) -> float | None:
    """How far a total is from the truth; None where it was refused."""
    return None if row[prefix + "total"] == "" else float(row[prefix + "total"]) / row["truth"] - 1


def covers(row: Row, prefix: str) -> bool:
    """Whether the interval holds the truth; a refusal does not."""
    return error(row, prefix) is not None and row[prefix + "lower"] <= row["truth"] <= row[prefix + "upper"]


def shown(row: Row) -> str:
    """One line a seed."""

    def part(prefix: str) -> str:
        if error(row, prefix) is None:
            return "refused"
        numbers = (float(row[prefix + end]) for end in ("total", "lower", "upper"))
        return "{:,.0f} ({:,.0f}-{:,.0f})".format(*numbers) + ("" if covers(row, prefix) else " MISSES")

    plain = f"no decisions {part('plain_')}  " if "plain_total" in row else ""
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in row["verdicts"].items())
    return (
        f"{row['scenario']:13} {row['seed']:3}  reviewed {part('')}  {plain}true links "
        f"{part('true_')}  persons {row['persons']:.0f}, before {row['plain_persons']:.0f}, of {row['observed']}  "
        f"({verdicts})  CPU s {row['seconds']:.0f}"
    )


def summary(scenario: str, rows: Sequence[Row]) -> str:
    """What the seeds come to, beside the target."""
    lines = []
    for prefix, name in (("", "reviewed"), ("plain_", "no decisions"), ("true_", "true links")):
        asked = [row for row in rows if f"{prefix}total" in row]
        known = [row for row in asked if error(row, prefix) is not None]
        if not known:
            lines += [f"  {name:13} refused in all {len(asked)}"] if asked else []
            continue
        errors = [error(row, prefix) or 0.0 for row in known]
        ratio = statistics.median(row[prefix + "upper"] / row[prefix + "lower"] for row in known)
        lines.append(
            f"  {name:13} median error {statistics.median(map(abs, errors)):.1%}, median bias "
            f"{statistics.median(errors):+.1%}, covers {sum(covers(row, prefix) for row in known)} of {len(asked)}, "
            f"refused {len(asked) - len(known)}, median upper/lower {ratio:.2f}"
        )
    target = f" (target: median error at most {TARGETS[scenario]:.0%})" if scenario in TARGETS else ""
    return f"{scenario}, {len(rows)} seeds{target}\n" + "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the seeds and print what they come to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scenario", nargs="+", choices=SCENARIOS, default=["generic", "cross_script"])
    parser.add_argument("--seeds", default="1-5")
    parser.add_argument("--labels", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=1, help="linked again after each")
    parser.add_argument("--wrong", type=float, default=0.0, help="share of judgements that are wrong")
    parser.add_argument("--unsure", type=float, default=0.0, help="share of pairs that are left open")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--beside", action="store_true", help="the total without decisions too")
    parser.add_argument("--again", action="store_true")
    told = parser.parse_args(arguments)
    KEPT.mkdir(parents=True, exist_ok=True)
    how = f"{told.labels}-{told.rounds}-{told.wrong:g}-{told.unsure:g}"
    for scenario in told.scenario:
        rows = []
        for seed in seeds(told.seeds):
            kept = KEPT / f"{scenario}-{how}-{seed}.json"
            if told.again or not kept.exists():
                kept.write_text(json.dumps(answer(scenario, seed, told)), encoding="utf-8")
            rows.append(json.loads(kept.read_text(encoding="utf-8")))
            print(shown(rows[-1]), flush=True)
        print(summary(scenario, rows), flush=True)


if __name__ == "__main__":
    main()
