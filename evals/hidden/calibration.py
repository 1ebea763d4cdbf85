"""C9: are the posteriors of the samplers the ones they claim? Simulation-based calibration (Talts et al. 2018).

A truth is drawn from the prior, a table from the truth, and the sampler is asked for its posterior. If it is right,
the truth's place in that posterior is uniform over many such turns, whatever the model. Tables that the sampler
refuses are left out: the refusal depends on the table and on the sampler's own chance only, so that the rest stays
uniform. The priors have finite mass, so that a truth can be drawn from them.

Said beforehand: each histogram of 20 bins is held against the uniform by chi-square; below 1 % is a failure, one
failure among all histograms is allowed, and none may fall below 0.01 %. Right samplers of six histograms break
this in about one run in six hundred.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from zlib import crc32

import numpy as np
from evals.hidden.samplers import SAMPLERS
from numpy.typing import NDArray

__all__ = ["BINS", "chi_square", "place", "study"]

BINS = 20
FAILURE, NEVER, ALLOWED = 0.01, 0.0001, 1
BLOCK = 10
COLUMNS = ("sampler", "about", "quantity", "tables", "refused", "bins", "chi_square", "p")
Places = dict[str, float] | None


def place(truth: float, draws: NDArray[np.float64], rng: np.random.Generator) -> float:
    """The truth's place among posterior draws in [0, 1), ties broken by chance."""
    lower, ties = int((draws < truth).sum()), int((draws == truth).sum())
    return float((lower + rng.uniform(0, ties + 1)) / (draws.size + 1))


def chi_square(places: Sequence[float]) -> tuple[list[int], float, float]:
    """Counts in equal bins, the chi-square statistic against the uniform, and its p-value."""
    from scipy.stats import chi2

    bins = np.bincount((np.asarray(places) * BINS).astype(int), minlength=BINS)
    expected = len(places) / BINS
    statistic = float(((bins - expected) ** 2 / expected).sum())
    return bins.tolist(), statistic, float(chi2.sf(statistic, BINS - 1))


def study(tables: int, folder: Path, jobs: int, results: Path) -> bool:
    """Run every sampler on `tables` tables of its own prior, going on where it was; whether the budget was kept."""
    folder.mkdir(parents=True, exist_ok=True)
    _run(tables, folder, jobs)
    rows = [row for name in SAMPLERS for row in _rows(name, folder, tables)]
    results.mkdir(parents=True, exist_ok=True)
    with (results / "calibration.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    failed = [row for row in rows if float(str(row["p"])) < FAILURE]
    for row in rows:
        print(
            f"{row['sampler']:22}{row['quantity']:16}{row['tables']:>6} tables, {row['refused']} refused, p {row['p']}"
        )
    return len(failed) <= ALLOWED and not any(float(str(row["p"])) < NEVER for row in failed)


def _run(tables: int, folder: Path, jobs: int) -> None:
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {}
        for name, sampler in SAMPLERS.items():
            done = set(_kept(name, folder))
            todo = [turn for turn in range(min(tables, sampler.tables)) if turn not in done]
            for first in range(0, len(todo), BLOCK):
                waiting[pool.submit(_block, name, todo[first : first + BLOCK])] = name
        for number, future in enumerate(as_completed(waiting), 1):
            with (folder / f"C9-{waiting[future]}.jsonl").open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(found) + "\n" for found in future.result())
            print(f"{number} of {len(waiting)} C9 {waiting[future]}", file=sys.stderr, flush=True)


def _block(name: str, turns: list[int]) -> list[tuple[int, Places]]:
    sampler, entropy, found = SAMPLERS[name], crc32(name.encode()), []
    for turn in turns:
        rng = np.random.default_rng([entropy, turn])
        truth, table = sampler.draw(rng)
        empty = any(table.size(1 << i) == 0 for i in range(table.k))
        posterior = None if empty else sampler.posterior(table, np.random.SeedSequence([entropy, turn, 1]))
        places = None if posterior is None else {key: place(truth[key], posterior[key], rng) for key in posterior}
        found.append((turn, places))
    return found


def _kept(name: str, folder: Path) -> dict[int, Places]:
    path = folder / f"C9-{name}.jsonl"
    if not path.exists():
        return {}
    text = path.read_text(encoding="utf-8")
    return dict(json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines())


def _rows(name: str, folder: Path, tables: int) -> list[dict[str, object]]:
    sampler = SAMPLERS[name]
    every = [places for turn, places in sorted(_kept(name, folder).items()) if turn < tables]
    told = [places for places in every if places is not None]
    rows = []
    for quantity in told[0] if told else ():
        bins, statistic, p = chi_square([places[quantity] for places in told])
        rows.append(
            {"sampler": name, "about": sampler.about, "quantity": quantity, "tables": len(every),
             "refused": len(every) - len(told), "bins": " ".join(map(str, bins)),
             "chi_square": round(statistic, 3), "p": round(p, 6)}
        )  # fmt: skip
    return rows
