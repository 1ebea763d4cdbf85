"""How well names are told apart: attested pairs of Korean names, and the names of invented case lists.

    python evals/names.py [--seeds 101 102] [--population 20000] [--quick]

First table: pairs of names of public figures (dev half), attested matches against all non-matches. Second: names of
records of one person against those of other persons, in generated lists, by pair of forms, with what the keys find.
Reads ../shared/linkage; says so and ends where that is not there.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from testimonia.linkage.names import adapted, compare_encoded, encode, evidence, families

SHARED = Path(__file__).parents[2] / "shared" / "linkage"
LATIN = {"att", "rr", "mr", "nk", "pinyin"}
ALONE = ("full", "given", "sound", "near")
Row = Mapping[str, str]
Scores = npt.NDArray[np.floating[Any]]


def main() -> int:
    """Print both tables; exit 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="*", default=[101, 102])
    parser.add_argument("--population", type=int, default=20000)
    parser.add_argument("--quick", action="store_true", help="only the pairs of names")
    chosen = parser.parse_args()
    if not SHARED.exists():
        print("../shared/linkage is not here: nothing to measure.")
        return 0
    missed = not pairs(SHARED / "korean_names_dev.csv")
    for scenario, seed in () if chosen.quick else itertools.product(("cross_script", "generic"), chosen.seeds):
        cases(scenario, seed, chosen.population)
    return int(missed)


# ------------------------------------------------------------------ attested pairs


def pairs(path: Path) -> bool:
    """The table of attested pairs; whether every target is met."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scores = compare_encoded([encode(row["name_a"]) for row in rows], [encode(row["name_b"]) for row in rows]).astype(
        float
    )
    match = np.array([row["match"] == "1" for row in rows])
    attested = np.array([row["kind"] == "attested" for row in rows])
    latin = np.array([set(row["category"].split("-")) <= LATIN for row in rows])
    f1, threshold = best_f1(scores[match & attested], scores[~match])
    near = np.array([row["kind"] == "same_surname_share_syllable" for row in rows])
    found = {
        "AUC, attested": (auc(scores[match & attested], scores[~match]), 0.97, True),
        "best F1, attested": (f1, 0.95, True),
        "false accepts, same surname and one syllable": (float((scores[near] >= threshold).mean()), 0.05, False),
        "Latin recall at 2 % false positives": (
            recall(scores[match & latin], scores[~match & latin], 0.02),
            0.91,
            True,
        ),
        "the same, attested": (recall(scores[match & latin & attested], scores[~match & latin], 0.02), 0.91, True),
    }
    print(f"\n{match.sum()} matches ({(match & attested).sum()} attested), {(~match).sum()} non-matches\n")
    print("| what | found | target |\n| --- | --- | --- |")
    for name, (value, target, above) in found.items():
        print(f"| {name} | {value:.4f} | {'≥' if above else '≤'} {target} |")
    by_scripts(rows, scores, match, threshold)
    return all((value >= target) == above or value == target for value, target, above in found.values())


def by_scripts(rows: Sequence[Row], scores: Scores, match: npt.NDArray[np.bool_], threshold: float) -> None:
    """Recall and false accepts at the best threshold, by pair of forms."""
    print(f"\nAt the threshold of the best F1 ({threshold:.3f})\n")
    print("| forms | matches | recall | non-matches | false accepts |\n| --- | --- | --- | --- | --- |")
    groups: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups["-".join(sorted(row["category"].split("-")))].append(index)
    for name, members in sorted(groups.items()):
        same = [index for index in members if match[index]]
        other = [index for index in members if not match[index]]
        found, false = (rate(scores[part], threshold) for part in (same, other))
        print(f"| {name} | {len(same)} | {found} | {len(other)} | {false} |")


def rate(scores: Scores, threshold: float) -> str:
    """The share at or above a threshold."""
    return f"{(scores >= threshold).mean():.3f}" if len(scores) else "–"


def auc(positive: Scores, negative: Scores) -> float:
    """Area under the curve, ties by half."""
    ranks = rankdata(np.concatenate([positive, negative]))
    size = len(positive)
    return float((ranks[:size].sum() - size * (size + 1) / 2) / size / len(negative))


def best_f1(positive: Scores, negative: Scores) -> tuple[float, float]:
    """The best F1 over all thresholds, and its threshold."""
    found = []
    for threshold in np.unique(positive):
        true = (positive >= threshold).sum()
        found.append((2 * true / (true + (negative >= threshold).sum() + len(positive)), threshold))
    return max(found)


def recall(positive: Scores, negative: Scores, false: float) -> float:
    """Share of positives above what `false` of the negatives reach."""
    return float((positive > np.quantile(negative, 1 - false)).mean())


# ------------------------------------------------------------------ case lists


@dataclass(frozen=True)
class Record:
    """A record's name as written, who it is, and in which form."""

    name: str
    person: str
    form: str


def cases(scenario: str, seed: int, population: int) -> None:
    """Evidence and keys on one generated set of lists."""
    found = records(scenario, seed, population)
    persons = defaultdict(list)
    for index, record in enumerate(found):
        persons[record.person].append(index)
    true = np.array([pair for members in persons.values() for pair in itertools.combinations(members, 2)])
    other = strangers(found, 200_000)
    codes = adapted([encode(record.name) for record in found])
    same, random_pairs = (evidence([codes[i] for i, _ in part], [codes[j] for _, j in part]) for part in (true, other))
    limit = float(np.quantile(random_pairs, 0.999))
    named = np.array([_both_named(found[i], found[j]) for i, j in true])
    print(f"\n## {scenario}, seed {seed}: {len(found):,} records, {len(true):,} pairs of one person\n")
    print(f"Own names in both: {named.mean():.1%}. Recall at 0.1 % of random pairs: {(same[named] > limit).mean():.3f}")
    calibration(same[named], random_pairs)
    by_form(found, true[named], same[named], limit)
    blocking(found, true, named)


def records(scenario: str, seed: int, population: int) -> list[Record]:
    """Names and truth of one generated set."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--seed", seed, "--population", population, "--lists", 4, "--scenario", scenario, "--out", folder]
        subprocess.run([sys.executable, SHARED / "gen_cases.py", *map(str, words)], check=True, capture_output=True)
        with (Path(folder) / "truth" / "records.csv").open(encoding="utf-8", newline="") as file:
            truth = {row["record_id"]: row for row in csv.DictReader(file)}
        rows = []
        for path in sorted((Path(folder) / "lists").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows += list(csv.DictReader(file))
    return [
        Record(row["name"], truth[row["record_id"]]["person_id"], truth[row["record_id"]]["name_form"]) for row in rows
    ]


def strangers(found: Sequence[Record], count: int) -> npt.NDArray[np.int64]:
    """Random pairs of records of two persons."""
    dice = random.Random(1)
    drawn = ((dice.randrange(len(found)), dice.randrange(len(found))) for _ in range(count))
    return np.array([(i, j) for i, j in drawn if found[i].person != found[j].person])


def _both_named(one: Record, other: Record) -> bool:
    return not {one.form.split(":")[0], other.form.split(":")[0]} & {"none", "alias"}


def calibration(same: Scores, other: Scores) -> None:
    """What the evidence says beside what it turns out to be worth."""
    edges = np.array([-9.0, -4, -2, 0, 2, 4, 6, 8, 10, 30])
    a, b = (np.histogram(part, edges)[0] for part in (same, other[other != 0]))
    print(f"\nMean likelihood ratio of random pairs: {np.exp(other).mean():.2f} (1 if the model were right)")
    print("\n| evidence | one person | random | log ratio of shares |\n| --- | --- | --- | --- |")
    for low, high, x, y in zip(edges, edges[1:], a, b, strict=False):
        ratio = np.log((x + 0.5) / a.sum() / ((y + 0.5) / b.sum()))
        print(f"| {low:.0f} to {high:.0f} | {x} | {y} | {ratio:.1f} |")


def by_form(found: Sequence[Record], pairs: npt.NDArray[np.int64], scores: Scores, limit: float) -> None:
    """Recall by pair of forms, the twenty commonest."""
    groups: dict[str, list[float]] = defaultdict(list)
    for (i, j), score in zip(pairs, scores, strict=True):
        groups[" – ".join(sorted(found[k].form.split(":")[0] for k in (i, j)))].append(score)
    print("\n| forms | pairs | recall at 0.1 % | median evidence |\n| --- | --- | --- | --- |")
    for name, values in sorted(groups.items(), key=lambda item: -len(item[1]))[:20]:
        print(f"| {name} | {len(values)} | {(np.array(values) > limit).mean():.3f} | {np.median(values):.1f} |")


def blocking(found: Sequence[Record], true: npt.NDArray[np.int64], named: npt.NDArray[np.bool_]) -> None:
    """What each family of keys finds, and how many pairs it makes."""
    sets = [families(record.name) for record in found]
    print("\n| keys | pairs found | of those with own names | pairs made | keys a record |")
    print("| --- | --- | --- | --- | --- |")
    for label, chosen in (*((family, (family,)) for family in (*ALONE, "partial")), ("all but partial", ALONE)):
        keys = [{key for family in chosen for key in one[family]} for one in sets]
        met = np.array([bool(keys[i] & keys[j]) for i, j in true])
        made = sum(count * (count - 1) // 2 for count in Counter(key for one in keys for key in one).values())
        size = sum(map(len, keys)) / len(keys)
        print(f"| {label} | {met.mean():.3f} | {met[named].mean():.3f} | {made:,} | {size:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
