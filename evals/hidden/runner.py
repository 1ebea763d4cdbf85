"""Runs the tables of a study, keeps one row for each answer, and goes on where it was stopped.

Everything is seeded by the names of the study, the scenario and the table's number, so that the order of the runs,
the number of processes and an interruption change nothing.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from zlib import crc32

import numpy as np
from evals.hidden.methods import METHODS, Effort
from evals.hidden.studies import SCENARIOS, Scenario

__all__ = ["Row", "kept", "run"]

BLOCK = 10  # tables a task: what a killed run can lose


@dataclass(frozen=True)
class Row:
    """One method's answer to one table; numbers that were refused are empty."""

    scenario: str
    table: int
    method: str
    truth: int
    observed: int
    total: float | None
    lower: float | None
    upper: float | None
    verdict: str
    seconds: float


def run(scenarios: Sequence[Scenario], tables: int, effort: Effort, folder: Path, jobs: int) -> Iterator[str]:
    """Answer what is not yet answered in `folder`, appending to one file a scenario; yields lines of progress."""
    folder.mkdir(parents=True, exist_ok=True)
    for scenario in scenarios:
        _trim(folder / f"{scenario.name}.csv")
    tasks = [task for scenario in scenarios for task in _missing(scenario, tables, folder)]
    if not tasks:
        return
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = {pool.submit(_block, name, todo, effort): name for name, todo in tasks}
        for number, future in enumerate(as_completed(waiting), 1):
            name = waiting[future]
            _append(folder / f"{name}.csv", future.result())
            yield f"{number} of {len(tasks)} {name}"


def kept(folder: Path, scenario: str) -> list[Row]:
    """The rows of a scenario that stand in the folder."""
    path = folder / f"{scenario}.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _trim(path: Path) -> None:
    """Take away a last line that a killed run left half written."""
    if path.exists():
        whole = path.read_bytes()
        path.write_bytes(whole[: whole.rfind(b"\n") + 1])


def _missing(scenario: Scenario, tables: int, folder: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    done = {(row.table, row.method) for row in kept(folder, scenario.name)}
    todo: list[tuple[int, list[str]]] = []
    for table in range(tables):
        wanted = (method for method in scenario.methods if table < scenario.size(method, tables))
        methods = [method for method in wanted if (table, method) not in done]
        if methods:
            todo.append((table, methods))
    for first in range(0, len(todo), BLOCK):
        yield scenario.name, todo[first : first + BLOCK]


def _block(name: str, todo: list[tuple[int, list[str]]], effort: Effort) -> list[Row]:
    scenario = next(scenario for scenario in SCENARIOS if scenario.name == name)
    population = scenario.population()
    rows = []
    for number, methods in todo:
        entropy = crc32(name.encode())
        table = population.draw(np.random.default_rng([entropy, number]))
        for method in methods:
            start = time.process_time()
            seed = np.random.SeedSequence([entropy, number, crc32(method.encode())])
            answer = METHODS[method](table, scenario, seed, effort)
            rows.append(
                Row(name, number, method, population.total, table.n, answer.total, answer.lower, answer.upper,
                    answer.verdict, round(time.process_time() - start, 4))
            )  # fmt: skip
    return rows


def _append(path: Path, rows: Iterable[Row]) -> None:
    new = not path.exists() or not path.stat().st_size
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        if new:
            writer.writeheader()
        for row in rows:
            writer.writerow({name: _short(value) for name, value in asdict(row).items()})


def _short(value: object) -> object:
    return f"{value:.8g}" if isinstance(value, float) else value


def _row(line: dict[str, str]) -> Row:
    def number(name: str) -> float | None:
        return float(line[name]) if line[name] else None

    return Row(
        line["scenario"], int(line["table"]), line["method"], int(line["truth"]), int(line["observed"]),
        number("total"), number("lower"), number("upper"), line["verdict"], float(line["seconds"]),
    )  # fmt: skip
