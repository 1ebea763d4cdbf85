"""Write the report of a linkage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from testimonia.release import files
from testimonia.release.drawing import KeylessProcess

__all__ = ["write"]

Progress = Callable[[int, int, str], None]


def write(links: Mapping[str, Any], out: Path, *, sandbox: KeylessProcess, progress: Progress) -> tuple[Path, ...]:
    """Write `report.html` into the folder `out`; return the paths written."""
    files.write_lines(out / "report.html", (str(links["persons"]),))
    return (out / "report.html",)
