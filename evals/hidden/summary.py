"""What the rows of a scenario come to: coverage beside width and refusals."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median

from evals.hidden.runner import Row

__all__ = ["Line", "read", "summarise", "write"]


@dataclass(frozen=True)
class Line:
    """One method in one scenario.

    `answered` tables had an interval with both ends; `covered` of them hold the truth, `below` lie below it and
    `above` lie above it. `width` is the median of (upper - lower) / truth, `middle` that of total / truth, both of
    the answered tables; `seconds` the median CPU time of one table.
    """

    study: str
    scenario: str
    method: str
    truth: int
    observed: int
    tables: int
    answered: int
    covered: int
    below: int
    above: int
    width: float | None
    middle: float | None
    seconds: float
    target: float | None

    @property
    def refused(self) -> float:
        """The share of tables without an interval."""
        return 1.0 - self.answered / self.tables

    @property
    def coverage(self) -> float | None:
        """The share of the intervals given that hold the truth."""
        return self.covered / self.answered if self.answered else None

    @property
    def error(self) -> float | None:
        """The Monte Carlo standard error of the coverage, at least that of one table in all."""
        if not self.answered:
            return None
        share = min(max(self.covered / self.answered, 1 / self.answered), 1 - 1 / self.answered)
        return float((max(share * (1 - share), 0.0) / self.answered) ** 0.5)


def summarise(study: str, target: float | None, rows: Sequence[Row]) -> Line:
    """One line from the rows of one method in one scenario."""
    given = [row for row in rows if row.lower is not None and row.upper is not None]
    below = sum(row.upper is not None and row.upper < row.truth for row in given)
    above = sum(row.lower is not None and row.lower > row.truth for row in given)
    return Line(
        study=study,
        scenario=rows[0].scenario,
        method=rows[0].method,
        truth=rows[0].truth,
        observed=round(median(row.observed for row in rows)),
        tables=len(rows),
        answered=len(given),
        covered=len(given) - below - above,
        below=below,
        above=above,
        width=_middle((row.upper - row.lower) / row.truth for row in given if row.upper and row.lower is not None),
        middle=_middle(row.total / row.truth for row in given if row.total is not None),
        seconds=round(median(row.seconds for row in rows), 4),
        target=target,
    )


def write(path: Path, lines: Iterable[Line]) -> None:
    """The lines as CSV; what is missing is empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Line)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(line) for line in lines)


def read(path: Path) -> list[Line]:
    """The lines of a CSV that `write` wrote."""
    with path.open(newline="", encoding="utf-8") as file:
        return [_line(line) for line in csv.DictReader(file)]


def _line(line: dict[str, str]) -> Line:
    whole = ("truth", "observed", "tables", "answered", "covered", "below", "above")
    real = ("width", "middle", "seconds", "target")
    values: dict[str, object] = dict(line)
    values |= {name: int(line[name]) for name in whole}
    values |= {name: float(line[name]) if line[name] else None for name in real}
    return Line(**values)  # type: ignore[arg-type]


def _middle(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(median(found), 4) if found else None
