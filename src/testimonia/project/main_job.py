"""The whole way in one go, and what a casebook is asked and examined for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from testimonia.casebook import Casebook, Damage, Hit, Kdf
from testimonia.project.coding import code, trace
from testimonia.project.findings import dossier
from testimonia.project.folders import prepare
from testimonia.project.intake import take_in
from testimonia.project.steps import Report, quiet
from testimonia.sandbox import Sandbox

__all__ = ["RunResult", "Stopwatch", "new", "run", "search", "verify"]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to: outcomes by file found, codings by kind, codings refused, seconds by stage."""

    out: Path
    outcomes: Mapping[str, int]
    codings: Mapping[str, int]
    refused: Mapping[str, int]
    origins: int
    unconsented: int
    seconds: Mapping[str, float]
    files: Sequence[str] = field(default_factory=tuple)


def new(path: Path, passphrase: str, *, who: str = "owner", kdf: Kdf | None = None) -> Casebook:
    """Create an encrypted casebook in a new folder and return it open for writing.

    Raises CasebookExists where there is something already.
    """
    return Casebook.create(path, passphrase, who=who, kdf=kdf)


class Stopwatch:
    """Seconds of wall time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started


def run(
    paths: Sequence[Path],
    out: Path,
    passphrase: str,
    *,
    sandbox: Sandbox,
    who: str = "owner",
    sample: bool = False,
    kdf: Kdf | None = None,
    also: Callable[[Casebook, Stopwatch], Mapping[str, Any] | None] | None = None,
    report: Report = quiet,
) -> RunResult:
    """Do the whole way: casebook, intake, coding, origins, dossier. An OUT that exists is resumed.

    `also` is done before the dossier, and gives it the JSON form of a report of hidden totals. The sandbox must have
    been started before the passphrase was read. Raises CasebookError, UnusablePath.
    """
    watch = Stopwatch()
    with watch("open"):
        resume = prepare(out)
        place = out / "casebook"
        casebook = Casebook.open(place, passphrase, who=who) if resume else new(place, passphrase, who=who, kdf=kdf)
    with casebook:
        with watch("intake"):
            outcomes = take_in(casebook, paths, sandbox=sandbox, exclude=out, report=report)
        with watch("code"):
            codings = code(casebook, report=report)
        with watch("origins"):
            count = trace(casebook, report=report)
        totals = also(casebook, watch) if also is not None else None
        with watch("dossier"):
            files = dossier(
                casebook, out, sandbox=sandbox, seconds=watch.seconds, sample=sample, estimates=totals, report=report
            )
        unconsented, refused = casebook.unconsented_sources(), casebook.refused()
    return RunResult(out, outcomes, codings, refused, count, unconsented, watch.seconds, files)


def search(casebook: Casebook, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return the passages that hold all words of the query, best first, with the exact characters."""
    return casebook.search(query, limit=limit, offset=offset)


def verify(path: Path, passphrase: str) -> list[Damage]:
    """Read everything back and return what does not match what was acknowledged; empty means intact.

    Works also on a casebook so damaged that it cannot be opened. Raises CasebookError where there is none, or
    where the passphrase is wrong.
    """
    return list(Casebook.examine(path, passphrase))
