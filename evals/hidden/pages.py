"""Put the tables of docs/estimation/coverage.md in step with the results: python -m evals.hidden.pages [--check]."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.hidden.studies import SCENARIOS
from evals.hidden.summary import Line, read

__all__ = ["page", "tables"]

DOCS = Path(__file__).parents[2] / "docs" / "estimation"
PAGE, RESULTS = DOCS / "coverage.md", DOCS / "results"
NOTHING = "Not run yet.\n"
HEAD = ("method", "tables", "refused", "coverage", "too low / too high", "width", "middle", "CPU s", "promised")


def page(text: str) -> str:
    """The text with what stands between the marks of each study made anew."""
    made = tables()

    def fresh(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- begin {name} -->\n{made.get(name, NOTHING)}<!-- end {name} -->"

    return re.sub(r"<!-- begin (\w+) -->\n.*?<!-- end \1 -->", fresh, text, flags=re.DOTALL)


def tables(folder: Path = RESULTS) -> dict[str, str]:
    """A Markdown text for each study that has results."""
    made: dict[str, str] = {}
    path = folder / "coverage.csv"
    lines = read(path) if path.exists() else []
    for study in sorted({line.study for line in lines}):
        made[study] = _study([line for line in lines if line.study == study])
    if (folder / "calibration.csv").exists():
        made["C9"] = _calibration(folder / "calibration.csv")
    return made


def _study(lines: Sequence[Line]) -> str:
    about = {scenario.name: scenario.about for scenario in SCENARIOS}
    parts = []
    for name in dict.fromkeys(line.scenario for line in lines):
        own = [line for line in lines if line.scenario == name]
        head = (
            f"**{about.get(name, name)}** True total {own[0].truth:,}, of whom about {own[0].observed:,} are recorded."
        )
        parts.append(f"{head}\n\n{_table(HEAD, map(_cells, own))}")
    return "\n".join(parts)


def _cells(line: Line) -> tuple[str, ...]:
    covered, error = line.coverage, line.error
    return (
        f"`{line.method}`",
        f"{line.tables:,}",
        f"{line.refused:.1%}",
        "" if covered is None or error is None else f"{covered:.1%} ± {error:.1%}",
        "" if covered is None else f"{line.below / line.answered:.1%} / {line.above / line.answered:.1%}",
        "" if line.width is None else f"{line.width:.2f}",
        "" if line.middle is None else f"{line.middle:.2f}",
        f"{line.seconds:.3f}",
        _verdict(line),
    )


def _verdict(line: Line) -> str:
    if line.target is None:
        return ""
    if line.coverage is None:
        return f"≥ {line.target:.0%}: no answers"
    short = line.target - line.coverage
    if short <= 0:
        return f"≥ {line.target:.0%}: kept"
    chance = " (no more than chance would give)" if short <= 2 * (line.error or 0.0) else ""
    return f"≥ {line.target:.0%}: **missed by {100 * short:.1f} points**{chance}"


def _calibration(path: Path) -> str:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cells = [
        (f"`{row['sampler']}`", row["about"], row["quantity"], row["tables"], row["refused"], _bars(row["bins"]),
         f"{float(row['chi_square']):.1f}", f"{float(row['p']):.3f}")
        for row in rows
    ]  # fmt: skip
    return _table(("sampler", "prior and model", "of", "tables", "refused", "ranks", "χ²", "p"), cells)


def _bars(bins: str) -> str:
    """A histogram of ranks as a line of bars, each a fifth of the expected height high, the lowest a dot."""
    counts = [int(count) for count in bins.split()]
    expected = sum(counts) / len(counts)
    steps = "·▁▂▃▄▅▆▇█"
    return "".join(steps[min(8, round(5 * count / expected))] for count in counts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main() -> int:
    """Write the page, or with --check say whether it is in step (exit 1 if not)."""
    text = PAGE.read_text(encoding="utf-8")
    wanted = page(text)
    if "--check" in sys.argv:
        return int(text != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
