"""Lists in, links out: who is probably the same person, with all doubt drawn; what is written holds record ids only."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from testimonia import __version__
from testimonia.casebook import Casebook, Decision, Kdf
from testimonia.errors import BadTable, UnusablePath
from testimonia.project.compiling import told_of_compiling
from testimonia.project.folders import prepare
from testimonia.project.link_files import DOCUMENT, FILES, write_links
from testimonia.project.linked import summary
from testimonia.project.lists import Taken, listed_records, take_in_lists
from testimonia.project.main_job import Stopwatch, new
from testimonia.project.resolving import Resolved, compared, linking, prepared, resolved
from testimonia.project.steps import Report, Step, quiet
from testimonia.sandbox import Sandbox

__all__ = ["DRAWS", "LinkResult", "casebook_at", "casebook_of", "link", "link_casebook", "prepare_links"]

DRAWS = 200
QUEUE = 1_000
KEPT = 0.01  # least probability of a pair that the casebook keeps
PACKAGES = ("splink", "duckdb", "numpy", "numba", "pyarrow", "pyspark")


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What a linkage came to: its summary (plain values, record ids at most), seconds by stage, files written."""

    out: Path | None
    summary: Mapping[str, Any]
    seconds: Mapping[str, float]
    unread: Sequence[tuple[str, str]] = ()
    refused: int = 0
    files: Sequence[str] = field(default_factory=tuple)


def prepare_links(out: Path) -> bool:
    """Make OUT ready for links, or refuse it; return whether it holds a casebook to resume. Raises UnusablePath."""
    return prepare(out, ours={"casebook", *FILES}, mark=DOCUMENT)


def link(
    paths: Sequence[Path],
    out: Path,
    passphrase: str,
    *,
    sandbox: Sandbox,
    who: str = "owner",
    columns: Path | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    engine: str = "duckdb",
    kdf: Kdf | None = None,
    report: Report = quiet,
) -> LinkResult:
    """Import lists as collections into an encrypted casebook in OUT, link there, and write what came of it.

    An OUT that exists is resumed: its lists stay, decisions on pairs hold. Raises CasebookError, UnusablePath,
    UnreadableList, BadColumnMap, BadTable where no two records are left to compare, MissingPart.
    """
    watch = Stopwatch()
    with watch("open"):
        place = out / "casebook"
        resume = prepare_links(out)
        casebook = Casebook.open(place, passphrase, who=who) if resume else new(place, passphrase, who=who, kdf=kdf)
    with casebook:
        with watch("lists"):
            taken = take_in_lists(casebook, paths, columns=columns, report=report)
        settings: dict[str, Any] = {"seed": seed, "draws": draws, "engine": engine}
        return link_casebook(casebook, out, sandbox=sandbox, taken=taken, watch=watch, report=report, **settings)


def link_casebook(
    casebook: Casebook,
    out: Path | None,
    *,
    sandbox: Sandbox,
    taken: Taken | None = None,
    watch: Stopwatch | None = None,
    known: Mapping[str, Any] | None = None,
    report: Report = quiet,
    **settings: Any,
) -> LinkResult:
    """Link the records of all lists of a casebook; with OUT, write files as well. The result stays in the casebook.

    `known` is what is true of invented lists, to be shown beside what was found. `settings`: `seed`, `draws`,
    `engine`, as in `link`.
    """
    watch = watch or Stopwatch()
    chosen = {"seed": 1, "draws": DRAWS, "engine": "duckdb", **settings}
    with linking(), told_of_compiling(lambda sentence: report(Step("link", 0, 1, sentence, notable=True))):
        found, told = _linked(casebook, watch, report, **chosen)
    told.update(_about(casebook, taken, chosen))
    told["truth"] = dict(known) if known else None
    with watch("keep"):
        _keep(casebook, found, told)
    files: tuple[str, ...] = ()
    if out is not None:
        with watch("write"):
            files = write_links(out, found, told, sandbox=sandbox, seconds=watch.seconds, report=report)
    unread, refused = (taken.unread, taken.refused) if taken else ((), 0)
    return LinkResult(out, told, watch.seconds, unread, refused, files)


def _linked(
    casebook: Casebook, watch: Stopwatch, report: Report, *, seed: int, draws: int, engine: str
) -> tuple[Resolved, dict[str, Any]]:
    with watch("prepare"):
        records = listed_records(casebook)
        if len(records) < 2:
            raise BadTable(f"{casebook.path}: {len(records)} records are too few to link. Give lists of people.")
        table = prepared(records)
        report(Step("link", 1, 4, f"{len(records):,} records in {len(casebook.collections())} lists"))
    with watch("compare"):
        decisions = casebook.decisions()
        pairs = compared(table, decisions, seed=seed, engine=engine)
        report(Step("link", 2, 4, f"{len(pairs.left):,} pairs compared"))
    with watch("draw"):
        found = resolved(pairs, table, decisions, seed=seed, draws=draws)
        report(Step("link", 3, 4, f"{len(found.draws)} draws of who is the same"))
    with watch("judge"):
        told = summary(found, decisions)
        told["queue"] = _queue(found, decisions, seed)
        report(Step("link", 4, 4, f"about {told['persons']['best']:,.0f} persons"))
    return found, told


def _queue(found: Resolved, decisions: Sequence[Decision], seed: int) -> list[list[Any]]:
    """The pairs to be asked about: ids, expected change, why, and the probability, which nobody is shown."""
    from testimonia.linkage.review import queue

    asked = queue(found.compared, found.change, decisions, size=QUEUE, seed=seed)
    ids = found.compared.record_ids
    pairs = zip(found.compared.left.tolist(), found.compared.right.tolist(), found.probability.tolist(), strict=True)
    said = {(ids[a], ids[b]): chance for a, b, chance in pairs}
    return [[one.a, one.b, one.change, one.chosen, said[one.a, one.b]] for one in asked]


def _about(casebook: Casebook, taken: Taken | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    files = {file.name: file for file in casebook.list_files()}
    problems = [(name, one) for name, file in files.items() for one in casebook.list_problems(file.file_sha256)]
    return {
        "version": __version__,
        "versions": dict(_versions()),
        "parameters": dict(settings),
        "collections": [
            {"name": one.name, "records": one.records, "dependence": one.dependence} for one in casebook.collections()
        ],
        "row_errors": [
            {"list": name, "row": one.row, "column": one.column, "what": one.what, "remedy": one.remedy}
            for name, one in problems
        ],
        "refused_rows": taken.refused if taken else None,
        "unread_lists": [name for name, _ in taken.unread] if taken else [],
    }


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _keep(casebook: Casebook, found: Resolved, told: Mapping[str, Any]) -> None:
    """Keep pairs, draws and summary in the casebook, in place of those of the linkage before."""
    numbers = [one.record for one in casebook.listed()]
    worth = found.probability >= KEPT
    left, right = found.compared.left[worth].tolist(), found.compared.right[worth].tolist()
    pairs = zip(left, right, found.probability[worth].tolist(), strict=True)
    with casebook.act("link", why="linked") as write:
        write.matches((numbers[a], numbers[b], min(1.0, chance)) for a, b, chance in pairs)
        write.linkage(found.compared.lists, told, found.counts, found.draws)


def casebook_of(paths: Sequence[Path]) -> Path | None:
    """The casebook that is meant where a single folder is given, or None where lists are."""
    return casebook_at(paths[0]) if len(paths) == 1 and paths[0].is_dir() else None


def casebook_at(path: Path) -> Path:
    """The casebook meant by a path: itself, or that in a folder that link has written. Raises UnusablePath."""
    from testimonia import intake as reading

    for place in (path, path / "casebook"):
        if reading.is_casebook(place):
            return place
    raise UnusablePath(f"{path}: there is no casebook here; name a casebook, or a folder that testimonia has written.")
