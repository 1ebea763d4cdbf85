"""Invented case lists with a known truth, made once and kept in `.make/cases`."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SCENARIOS", "Case", "case", "seeds"]

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "linkage"
KEPT = ROOT / ".make" / "cases"
SCENARIOS = ("clean", "generic", "cross_script", "heavy_missing", "circular", "sparse")


@dataclass(frozen=True)
class Case:
    """One invented case: its lists, and who is who."""

    folder: Path

    @property
    def lists(self) -> list[Path]:
        """The files of the lists."""
        return sorted((self.folder / "lists").glob("*.csv"))

    @property
    def truth(self) -> list[dict[str, str]]:
        """The rows of the truth about the records."""
        with (self.folder / "truth" / "records.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def summary(self) -> dict[str, object]:
        """All parameters, and how many there are."""
        found: dict[str, object] = json.loads((self.folder / "truth" / "summary.json").read_text(encoding="utf-8"))
        return found


def case(scenario: str, seed: int, *, population: int = 20_000, lists: int = 4) -> Case:
    """The case, made where it is not there yet. Ends the program with a sentence where the generator is missing."""
    folder = KEPT / f"{scenario}-{population}-{lists}-{seed}"
    if not (folder / "truth" / "summary.json").exists():
        _generate(scenario, seed, population, lists, folder)
    return Case(folder)


def _generate(scenario: str, seed: int, population: int, lists: int, folder: Path) -> None:
    program = SHARED / "gen_cases.py"
    if not program.exists():
        sys.exit(f"The generator of invented cases is missing ({program}).")
    settings = {"seed": seed, "population": population, "lists": lists, "scenario": scenario, "out": folder}
    options = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    subprocess.run([sys.executable, str(program), *options], check=True, stdout=subprocess.DEVNULL)


def seeds(text: str) -> Iterator[int]:
    """The numbers in `1-5` or `1,3,7`."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
