#!/usr/bin/env python3
"""Hidden totals from linked lists: how far off, and how often the interval holds the truth, which is known.

    python -m evals.linkage_totals --scenario generic [cross_script ...] --seeds 1-20 [--careless .25] [--draws 200]

Lists are made by the generator beside the project, read, compared, drawn and estimated as `testimonia link` and
`testimonia estimate` do. Every answer stands beside that of the true links of the same seed, so that what linkage adds
shows, and beside that of the best clusters taken as if they were known. The truth is read to score, never to link.
`--careless .25` mixes two ways of writing the same people down, so that errors go together: a quarter of the records
have three times the errors and more than twice the gaps, the others half of both. Answers are kept in
`.make/linkage_totals`, so
that a run goes on where it was stopped; `--again` asks anew.
"""

from __future__ import annotations

import argparse
import csv
import json
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from evals.linkage.cases import ROOT, SCENARIOS, SHARED, seeds

from testimonia.linkage.compared import Compared

KEPT = ROOT / ".make" / "linkage_totals"
METHOD = "bic-bootstrap"
Row = dict[str, Any]


def generated(scenario: str, seed: int, careless: float, folder: Path) -> Path:
    """The lists and their truth, made by the generator."""
    if not careless:
        return _made(scenario, seed, None, folder)
    careful, sloppy = (_made(scenario, seed, factors, folder / str(factors[0])) for factors in ((0.5, 0.5), (3.0, 2.4)))
    return _mixed(careful, sloppy, careless, seed, folder)


def _made(scenario: str, seed: int, factors: tuple[float, float] | None, folder: Path) -> Path:
    program = SHARED / "gen_cases.py"
    if not program.exists():
        sys.exit(f"The generator of invented cases is missing ({program}).")
    command = [sys.executable, str(program), "--seed", str(seed), "--population", "20000", "--lists", "4"]
    command += ["--scenario", scenario, "--out", str(folder)]
    if factors:
        sys.path.insert(0, str(SHARED))  # the generator imports its neighbours
        defaults = runpy.run_path(str(program), run_name="generator")["DEFAULTS"]
        scaled = zip(("errors", "missing"), factors, strict=True)
        params = {part: {name: rate * factor for name, rate in defaults[part].items()} for part, factor in scaled}
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "params.json").write_text(json.dumps(params), encoding="utf-8")
        command += ["--params", str(folder / "params.json")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def _mixed(careful: Path, sloppy: Path, share: float, seed: int, folder: Path) -> Path:
    """All records of a person on a list from one of two ways of writing them; the same people are on the same lists."""
    (folder / "lists").mkdir(parents=True)
    (folder / "truth").mkdir()
    for file in sorted((careful / "lists").glob("*.csv")):
        kept: list[dict[str, str]] = []
        for source, wanted in ((careful, False), (sloppy, True)):
            person = {row["record_id"]: row["person_id"] for row in _rows(source / "truth" / "records.csv")}
            for row in _rows(source / "lists" / file.name):
                chance = crc32(f"{seed}|{file.stem}|{person[row['record_id']]}".encode()) / 2**32
                if (chance < share) == wanted:
                    kept.append({**row, "record_id": f"{row['record_id']}-{int(wanted)}"})
        with (folder / "lists" / file.name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(kept[0]))
            writer.writeheader()
            writer.writerows(kept)
    for name in ("capture_table.csv", "summary.json"):
        (folder / "truth" / name).write_bytes((careful / "truth" / name).read_bytes())
    return folder


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def estimated(lists: Sequence[str], counts: np.ndarray, draws: np.ndarray | None = None) -> Row:
    """The headline of a table, with the draws where there are any; empty numbers where it is refused."""
    from testimonia.estimation import OverlapTable, estimate

    tables = () if draws is None else tuple(OverlapTable(tuple(lists), row) for row in draws)
    found = estimate(OverlapTable(tuple(lists), counts, draws=tables), methods=(METHOD,)).headline
    if found.refused:
        return {"total": "", "lower": "", "upper": "", "why": found.why}
    return {"total": found.total, "lower": found.lower, "upper": found.upper, "why": ""}


def true_counts(folder: Path, lists: Sequence[str], column: str) -> np.ndarray:
    """The overlap table of the true links; people on no list left out."""
    counts = np.zeros(1 << len(lists), dtype=np.int64)
    for row in _rows(folder / "truth" / "capture_table.csv"):
        counts[sum(int(row[name]) << at for at, name in enumerate(lists))] = int(row[column])
    counts[0] = 0
    return counts


def answer(scenario: str, seed: int, careless: float, draws: int) -> Row:
    """One seed from lists to total, beside the true links and the best clusters without uncertainty."""
    from testimonia.linkage.clusters import best_clusters, draw, persons
    from testimonia.linkage.clusters.tables import overlap_counts
    from testimonia.linkage.lists import read_list
    from testimonia.linkage.model import compare_lists
    from testimonia.linkage.values import prepare

    with tempfile.TemporaryDirectory() as made:
        folder = generated(scenario, seed, careless, Path(made))
        started = time.process_time()
        records = [record for file in sorted((folder / "lists").glob("*.csv")) for record in read_list(file).records]
        table = prepare(records)
        compared: Compared = compare_lists(table)
        linked = time.process_time()
        found = draw(compared, table=table, draws=draws)
        best = best_clusters(compared, found).clusters
        drawn = time.process_time()
        point = overlap_counts(best[None], compared.list_of, len(compared.lists))[0]
        ours = estimated(compared.lists, point, found.counts)
        if found.refusal:
            ours = {"total": "", "lower": "", "upper": "", "why": found.refusal}
        done = time.process_time()
        truth = json.loads((folder / "truth" / "summary.json").read_text(encoding="utf-8"))
        origins = true_counts(folder, compared.lists, "count_origin")
        number = persons(found)
        return {
            "scenario": scenario,
            "seed": seed,
            "truth": truth["population"],
            **ours,
            **_named("true_", estimated(compared.lists, origins)),
            **_named("point_", estimated(compared.lists, point)),
            "observed": truth["observed_persons"],
            "persons": number.middle,
            "persons_lower": number.lower,
            "persons_upper": number.upper,
            "splink_persons": _splink_persons(compared),
            "several": statistics.median(several(row) for row in found.counts),
            "true_several": several(origins),
            "missed": float(np.median(found.missed)),
            "agreement": max(found.disagreement.values()),
            "seconds_link": linked - started,
            "seconds_draw": drawn - linked,
            "seconds_estimate": done - drawn,
        }


def several(counts: np.ndarray) -> int:
    """Persons on two lists or more."""
    return int(sum(count for cell, count in enumerate(counts.tolist()) if cell.bit_count() > 1))


def _named(prefix: str, row: Row) -> Row:
    return {prefix + name: value for name, value in row.items()}


def _splink_persons(compared: Compared) -> int:
    """Persons by the components of pairs at .95, as Splink's clusters are usually made."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    sure = compared.probability >= 0.95
    size = len(compared.record_ids)
    graph = coo_array((np.ones(int(sure.sum())), (compared.left[sure], compared.right[sure])), shape=(size, size))
    return int(connected_components(graph, directed=False)[0])


def covers(row: Row, prefix: str = "") -> bool:
    """Whether the interval holds the truth; a refusal does not."""
    return bool(
        row[prefix + "lower"] != "" and float(row[prefix + "lower"]) <= row["truth"] <= float(row[prefix + "upper"])
    )


def shown(row: Row) -> str:
    """One line a seed."""

    def part(prefix: str) -> str:
        if row[prefix + "total"] == "":
            return "refused"
        total, low, high = (float(row[prefix + end]) for end in ("total", "lower", "upper"))
        return f"{total:,.0f} ({low:,.0f}-{high:,.0f}){'' if covers(row, prefix) else ' MISSES'}"

    return (
        f"{row['scenario']:13} {row['seed']:3}  ours {part('')}  true links {part('true_')}  clusters alone "
        f"{part('point_')}  persons {row['persons']:.0f} ({row['persons_lower']:.0f}-{row['persons_upper']:.0f}) of "
        f"{row['observed']}  several {row['several']:.0f} of {row['true_several']}  missed {row['missed']:.3f}  CPU s "
        f"{row['seconds_link']:.0f} + {row['seconds_draw']:.0f} + {row['seconds_estimate']:.0f}"
    )


def summary(rows: Sequence[Row]) -> str:
    """What the seeds come to."""
    lines = []
    for prefix, name in (("", "with uncertainty"), ("true_", "true links"), ("point_", "clusters alone")):
        told = [row for row in rows if row[prefix + "total"] != ""]
        if not told:
            lines.append(f"  {name:17} refused in all {len(rows)}")
            continue
        error = statistics.median(abs(float(row[prefix + "total"]) / row["truth"] - 1) for row in told)
        bias = statistics.median(float(row[prefix + "total"]) / row["truth"] - 1 for row in told)
        ratio = statistics.median(float(row[prefix + "upper"]) / float(row[prefix + "lower"]) for row in told)
        held = sum(covers(row, prefix) for row in rows)
        lines.append(
            f"  {name:17} median error {error:.1%}, median bias {bias:+.1%}, covers {held} of {len(rows)}, "
            f"refused {len(rows) - len(told)}, median upper/lower {ratio:.2f}"
        )
    both = [row for row in rows if covers(row, "true_")]
    held = sum(row["persons_lower"] <= row["observed"] <= row["persons_upper"] for row in rows)
    ours = statistics.mean(row["persons"] / row["observed"] - 1 for row in rows)
    splink = statistics.mean(row["splink_persons"] / row["observed"] - 1 for row in rows)
    lines.append(f"  where the true links cover: ours covers {sum(map(covers, both))} of {len(both)}")
    lines.append(f"  distinct persons: covers {held} of {len(rows)}, bias {ours:+.2%}; components at .95 {splink:+.2%}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the seeds and print what they come to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scenario", nargs="+", choices=SCENARIOS, default=["generic"])
    parser.add_argument("--seeds", default="1-5")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--careless", type=float, default=0.0, help="the share of careless records")
    parser.add_argument("--again", action="store_true")
    told = parser.parse_args(arguments)
    KEPT.mkdir(parents=True, exist_ok=True)
    for scenario in told.scenario:
        rows = []
        for seed in seeds(told.seeds):
            variant = f"-careless{told.careless:g}" if told.careless else ""
            kept = KEPT / f"{scenario}{variant}-{seed}.json"
            if told.again or not kept.exists():
                kept.write_text(json.dumps(answer(scenario, seed, told.careless, told.draws)), encoding="utf-8")
            rows.append(json.loads(kept.read_text(encoding="utf-8")))
            print(shown(rows[-1]), flush=True)
        print(f"{scenario}{variant}, {len(rows)} seeds\n{summary(rows)}", flush=True)


if __name__ == "__main__":
    main()
