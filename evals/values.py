"""How well the cells of invented lists are read, and how far true pairs agree beyond chance, level by level.

Run: python evals/values.py [--scenarios generic,cross_script,heavy_missing] [--seeds 201,202] [--levels] [--show 20].
Lists come from ../shared/linkage/gen_cases.py, which also says what is true: read here only to score. A value is
right if the truth lies in what was read and no depth is lost, shallow if depth is lost (a county written and only
its province read), wrong if the truth lies outside; unread is a cell that says something and gave nothing. Errors
that the generator itself put into a value are counted beside them and left out of the others.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import itertools
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from testimonia.linkage.lists import ListRecord, read_lists
from testimonia.linkage.values import LEVELS, ValueComparison, prepare, unread

GENERATOR = Path(__file__).resolve().parents[1].parent / "shared" / "linkage" / "gen_cases.py"
POPULATION, LISTS = 20_000, 4
RANDOM_PAIRS = 300_000
OUTCOMES = ("right", "shallow", "wrong", "unread", "own error")
CELLS = {
    "origin": ("origin_place",),
    "birth": ("birth_year", "age"),
    "crossing": ("crossing_date",),
    "route": ("crossing_place",),
    "destination": ("destination",),
}
Row = dict[str, Any]
PROVINCES = re.compile("[咸平黄][镜安海][北南]道|[两慈]江道|江原道|南浦市|平壤市")


@dataclass(frozen=True)
class Case:
    """One set of lists: records, what was read of them, and what is true of each."""

    records: Sequence[ListRecord]
    table: pa.Table
    truth: Sequence[Row]

    def true_pairs(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """All pairs of records of one person."""
        of: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(self.truth):
            of[row["person_id"]].append(i)
        return np.array([pair for places in of.values() for pair in itertools.combinations(places, 2)])


def case(scenario: str, seed: int) -> Case:
    """Generate and read one set of lists."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(GENERATOR), "--seed", str(seed), "--population", str(POPULATION)]
        command += ["--lists", str(LISTS), "--scenario", scenario, "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        files = read_lists(sorted(Path(folder, "lists").glob("*.csv")))
        people = {row["person_id"]: row for row in _csv(Path(folder, "truth", "persons.csv"))}
        told = {row["record_id"]: row for row in _csv(Path(folder, "truth", "records.csv"))}
    records = [record for file in files for record in file.records]
    truth = [
        {**people[told[r.record_id]["person_id"]], **told[r.record_id], "written": r.origin_place} for r in records
    ]
    return Case(records, prepare(records), truth)


def _csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


# ------------------------------------------------------------------ read right, or not


def outcome(field: str, read: Row, true: Row, missed: bool) -> str:
    """One of OUTCOMES."""
    flag = {"crossing": "date"}.get(field, field)
    if missed:
        return "unread"
    if flag in true["errors"].split(";"):
        return "own error"
    return {"origin": _origin, "birth": _birth, "crossing": _crossing, "route": _route, "destination": _destination}[
        field
    ](read, true)


def _origin(read: Row, true: Row) -> str:
    county = true["heard_origin_county"]
    if county and read["origin_county"]:
        return "right" if read["origin_county"] == county else "wrong"
    if read["origin_province"] and read["origin_province"] != true["origin_county"][:4]:
        return "wrong"
    return "shallow" if county and not _no_county_written(true) else "right"


def _no_county_written(true: Row) -> bool:
    """Where the generator has no Chinese name of a county it writes the province; Pyongyang is both."""
    return PROVINCES.fullmatch(true["written"]) is not None or true["origin_county"].startswith("KP10")


def _birth(read: Row, true: Row) -> str:
    if read["birth_low"] is None:
        return "unread"
    inside = read["birth_low"] <= int(true["birth_year"]) <= read["birth_high"]
    return "right" if inside else "wrong"


def _crossing(read: Row, true: Row) -> str:
    year, month = int(true["crossing_year"]), int(true["crossing_month"])
    first = date(year, month, 1).toordinal() - date(1970, 1, 1).toordinal()
    inside = read["crossing_low"] <= first <= read["crossing_high"] and read["crossing_months"] >> (month - 1) & 1
    return "right" if inside else "wrong"


def _route(read: Row, true: Row) -> str:
    left, reached = importlib.import_module("gen_cases").ROUTES[true["route"]]
    if read["crossing_from"] not in (None, left) or read["crossing_to"] not in (None, reached):
        return "wrong"
    return "right" if read["crossing_from"] or read["crossing_to"] else "shallow"


def _destination(read: Row, true: Row) -> str:
    code = true["destination_county"]
    expected = {"dest_province": f"{code[:2]}0000", "dest_prefecture": f"{code[:4]}00", "dest_county": code}
    return "wrong" if any(read[column] not in (None, value) for column, value in expected.items()) else "right"


def scored(of: Case) -> Iterator[tuple[str, str, str, ListRecord]]:
    """(list, field, outcome, record) for every cell in which something is written."""
    missed = {(cell.record, cell.field) for cell in unread(of.records)}
    for i, (record, read, true) in enumerate(zip(of.records, of.table.to_pylist(), of.truth, strict=True)):
        for field, cells in CELLS.items():
            written = [cell for cell in cells if getattr(record, cell)]
            if written:
                lost = any((i, cell) in missed for cell in written)
                yield record.list, field, outcome(field, read, true, lost), record


def show_reading(scenario: str, seeds: Sequence[int], show: int) -> None:
    """Print the outcomes of one scenario by field and list, and some cells that were read wrong."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    odd: list[str] = []
    for seed in seeds:
        for name, field, found, record in scored(case(scenario, seed)):
            counts[field, name][found] += 1
            if found in ("wrong", "unread", "shallow"):
                odd.append(f"{found} {field}: {[getattr(record, cell) for cell in CELLS[field]]} {record.record_id}")
    print(f"\n{scenario}, seeds {', '.join(map(str, seeds))}: percent of the cells in which something is written")
    print(f"{'field':12s} {'list':11s} {'cells':>6s}" + "".join(f"{o:>11s}" for o in OUTCOMES))
    for (field, name), by in sorted(counts.items()):
        total = by.total()
        print(f"{field:12s} {name:11s} {total:6d}" + "".join(f"{100 * by[o] / total:11.2f}" for o in OUTCOMES))
    for line in odd[:show]:
        print("  ", line)


# ------------------------------------------------------------------ agreement beyond chance


def level_sql(comparison: ValueComparison) -> str:
    """The number of the level of a row of `pairs`: -1 not comparable, 0 agreeing least."""
    last = len(comparison.levels) - 1
    cases = " ".join(f"when {level.sql} then {last - i}" for i, level in enumerate(comparison.levels[:-1]))
    return f"case when {comparison.null_sql} then -1 {cases} else 0 end"


def levels_of(table: pa.Table, pairs: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, Counter[int]]:
    """How often each level holds in the pairs, by comparison."""
    columns = sorted({column for comparison in LEVELS for column in comparison.columns})
    sides = [table.select(columns).take(pa.array(pairs[:, side])) for side in (0, 1)]
    named = [
        side.rename_columns([f"{column}_{end}" for column in columns]) for side, end in zip(sides, "lr", strict=True)
    ]
    with duckdb.connect(":memory:") as connection:
        arrays = {column: side[column] for side in named for column in side.column_names}
        connection.register("pairs", pa.table(arrays))
        wanted = ", ".join(f'{level_sql(comparison)} as "{comparison.name}"' for comparison in LEVELS)
        found = connection.execute(f"select {wanted} from pairs").fetchnumpy()  # noqa: S608
    return {name: Counter(np.asarray(values).tolist()) for name, values in found.items()}


def show_levels(scenario: str, seeds: Sequence[int]) -> None:
    """Print share among true pairs (m), among random pairs (u) and the weight in bits of every level."""
    m: dict[str, Counter[int]] = defaultdict(Counter)
    u: dict[str, Counter[int]] = defaultdict(Counter)
    for seed in seeds:
        of = case(scenario, seed)
        chance = np.random.default_rng(seed).integers(0, len(of.records), (RANDOM_PAIRS, 2))
        for into, pairs in ((m, of.true_pairs()), (u, chance[chance[:, 0] != chance[:, 1]])):
            for name, found in levels_of(of.table, pairs).items():
                into[name].update(found)
    print(f"\n{scenario}, seeds {', '.join(map(str, seeds))}: levels among true and among random pairs")
    for comparison in LEVELS:
        _show_comparison(comparison, m[comparison.name], u[comparison.name])


def _show_comparison(comparison: ValueComparison, m: Counter[int], u: Counter[int]) -> None:
    known_m, known_u = m.total() - m[-1], u.total() - u[-1]
    print(f"{comparison.name}: comparable {known_m / m.total():.3f} of true, {known_u / u.total():.3f} of random pairs")
    information = 0.0
    for i, level in enumerate(comparison.levels):
        number = len(comparison.levels) - 1 - i
        of_m, of_u = (m[number] + 0.5) / known_m, (u[number] + 0.5) / known_u
        bits = math.log2(of_m / of_u)
        information += of_m * bits
        print(f"  {number} {level.label:22s} m {of_m:.4f}  u {of_u:.5f}  {bits:+7.2f} bits")
    print(f"    {information:.2f} bits a true pair")


def main() -> None:
    """Print the tables asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scenarios", default="generic,cross_script,heavy_missing")
    arguments.add_argument("--seeds", default="201,202")
    arguments.add_argument("--levels", action="store_true", help="also the levels among true and random pairs")
    arguments.add_argument("--show", type=int, default=0, help="print so many cells that were not read right")
    options = arguments.parse_args()
    if not GENERATOR.exists():
        sys.exit(f"{GENERATOR.name} is missing: nothing to measure")
    sys.path.insert(0, str(GENERATOR.parent))
    seeds = [int(seed) for seed in options.seeds.split(",")]
    for scenario in options.scenarios.split(","):
        show_reading(scenario, seeds, options.show)
        if options.levels:
            show_levels(scenario, seeds)


if __name__ == "__main__":
    main()
