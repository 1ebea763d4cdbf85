"""What a linkage writes beside the casebook: record ids and numbers, never a name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from testimonia.errors import UnusablePath
from testimonia.project.steps import Report, Step, quiet
from testimonia.release import files, lines
from testimonia.sandbox import Sandbox

if TYPE_CHECKING:
    from testimonia.project.resolving import Resolved

__all__ = ["CLUSTERS", "DOCUMENT", "DRAWS", "FILES", "OVERLAP", "PAIRS", "REPORT", "clusters_of", "write_links"]

CLUSTERS, PAIRS, OVERLAP, DOCUMENT, REPORT, DRAWS = (
    "clusters.csv",
    "pairs.csv",
    "overlap.csv",
    "link.json",
    "report.html",
    "draws",
)
FILES = (CLUSTERS, PAIRS, OVERLAP, DRAWS, REPORT, DOCUMENT)
LEAST = 0.001  # probability of a pair that is written
Rows = Iterable[Mapping[str, Any]]


def write_links(
    out: Path,
    found: Resolved,
    told: Mapping[str, Any],
    *,
    sandbox: Sandbox,
    seconds: Mapping[str, float],
    report: Report = quiet,
) -> tuple[str, ...]:
    """Write clusters, pairs, overlap tables, report and link.json into `out`; return the names written.

    link.json is written last, so that a folder that has it has everything. Raises UnusablePath.
    """
    from testimonia.release import links

    files.write_lines(out / CLUSTERS, lines.csv_lines(("record_id", "cluster_id"), clusters_of(found)))
    files.write_lines(out / PAIRS, lines.csv_lines(("record_id_l", "record_id_r", "probability"), _pairs(found)))
    counted = _write_counts(out, found)
    public = {key: value for key, value in told.items() if key != "queue"}
    pages = links.write(
        public, out, sandbox=sandbox, progress=lambda done, total, text: report(Step("report", done, total, text))
    )
    document = {**public, "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()}}
    files.write_lines(out / DOCUMENT, (lines.to_json(document, indent=1) + "\n",))
    return (CLUSTERS, PAIRS, *counted, *(path.name for path in pages), DOCUMENT)


def _write_counts(out: Path, found: Resolved) -> tuple[str, ...]:
    """Write overlap tables; where the draws must not be counted, none, and those of an earlier linkage go."""
    names = found.compared.lists
    _write_draws(out / DRAWS, names, () if found.refusal else found.draws)
    if found.refusal:
        (out / OVERLAP).unlink(missing_ok=True)
        return ()
    files.write_lines(out / OVERLAP, _table(names, found.counts))
    return (OVERLAP, f"{DRAWS}/")


def clusters_of(found: Resolved) -> Iterator[dict[str, str]]:
    """A row for each record, its cluster called by the id of its first record."""
    first: dict[int, str] = {}
    for record_id, cluster in zip(found.compared.record_ids, found.clusters.tolist(), strict=True):
        yield {"record_id": record_id, "cluster_id": first.setdefault(cluster, record_id)}


def _pairs(found: Resolved) -> Iterator[dict[str, Any]]:
    """The pairs that are not next to impossible, likeliest first."""
    ids, probability = found.compared.record_ids, found.probability
    for at in (-probability).argsort(kind="stable").tolist():
        chance = float(probability[at])
        if chance < LEAST:
            return
        yield {
            "record_id_l": ids[found.compared.left[at]],
            "record_id_r": ids[found.compared.right[at]],
            "probability": float(f"{chance:.6g}"),
        }


def _table(names: Sequence[str], counts: Mapping[int, int]) -> Iterator[str]:
    """An overlap table: one column a list, and how many people are on just these."""
    rows = (
        {**{name: pattern >> at & 1 for at, name in enumerate(names)}, "count": count}
        for pattern, count in sorted(counts.items())
        if pattern
    )
    return lines.csv_lines((*names, "count"), rows)


def _write_draws(folder: Path, names: Sequence[str], draws: Sequence[Mapping[int, int]]) -> None:
    """One overlap table a draw; those of an earlier linkage go."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UnusablePath(f"{folder}: cannot be written ({error.strerror}). Put that right and run again.") from error
    for old in folder.glob("*.csv"):
        old.unlink(missing_ok=True)
    for number, counts in enumerate(draws, 1):
        _write_private(folder / f"{number:04d}.csv", "".join(_table(names, counts)))


def _write_private(path: Path, text: str) -> None:
    """Write a file for its owner only. It is not synced: link.json, which is, is written after all of them."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UnusablePath(f"{path}: cannot be written ({error.strerror}). Put that right and run again.") from error
