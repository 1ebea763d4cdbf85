"""Hidden totals: an overlap table in, every estimate and its report out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from testimonia import intake as reading
from testimonia.casebook import Casebook
from testimonia.errors import BadTable, MissingPart, UnusablePath
from testimonia.project.compiling import told_of_compiling
from testimonia.project.folders import prepare
from testimonia.project.steps import Report, Step, quiet
from testimonia.sandbox import Sandbox

if TYPE_CHECKING:
    from testimonia import estimation
    from testimonia.estimation.table import OverlapTable

__all__ = [
    "estimate",
    "estimates_document",
    "is_casebook",
    "linked_table",
    "methods",
    "overlap_table",
    "plain_estimates",
    "prepare_estimates",
    "write_estimates",
]

ROWS, DOCUMENT = "estimates.csv", "estimates.json"
PARTS = ("numpy", "scipy", "numba", "arviz_stats")


@contextmanager
def _statistics() -> Iterator[None]:
    """Say which part of the installation is missing, if one is. Raises MissingPart."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in PARTS:
            raise
        what = f"estimates need {error.name}, which is not installed: install testimonia with its part `stats`."
        raise MissingPart(what) from error


def methods() -> tuple[str, ...]:
    """The names of the methods. Raises MissingPart where the statistics are not installed."""
    with _statistics():
        from testimonia.estimation import METHODS

        return METHODS


def overlap_table(
    path: Path, *, strata: Sequence[str] = (), censored: Sequence[str] = (), people: bool = False
) -> OverlapTable:
    """Read an overlap table: a CSV file, or a folder of draws that a linkage has written.

    Raises BadTable, TooFewLists and UnusablePath, each with one sentence; BadTable also for a casebook, which has to be
    opened first (`linked_table`); MissingPart where the statistics are not installed.
    """
    if reading.is_casebook(path):
        raise BadTable(f"{path}: this is a casebook; open it, and take the table of its linked lists.")
    _check_links(path)
    with _statistics():
        from testimonia.estimation import OverlapTable

        return OverlapTable.read_csv(path, strata=strata, censored=censored, people=people)


def _check_links(path: Path) -> None:
    """Raise BadTable, with its reason, for a folder of links whose draws must not be counted."""
    document = path / "link.json"
    if not document.is_file():
        return
    try:
        refusal = json.loads(document.read_text(encoding="utf-8")).get("refusal")
    except (OSError, ValueError, AttributeError):
        return
    if refusal:
        raise BadTable(f"{path}: {refusal}")


def is_casebook(path: Path) -> bool:
    """Whether a path is a casebook, which has to be opened."""
    return reading.is_casebook(path)


def linked_table(casebook: Casebook, *, columns: bool = False) -> OverlapTable:
    """Make the overlap table of the linked lists of a casebook, with its draws.

    `columns`: whether columns were named, which such a table does not have. Raises BadTable where nothing has been
    linked, where the draws of the linkage must not be counted, and for columns; TooFewLists; MissingPart.
    """
    last = casebook.linkage()
    if last is None:
        raise BadTable(
            f"{casebook.path}: this casebook holds no lists of people linked with one another, from which to count "
            "who is on which; link lists with `testimonia link`, or make a table with one 0/1 column a list and a "
            "column count, and name that file."
        )
    if refusal := last.summary.get("refusal"):
        raise BadTable(f"{casebook.path}: {refusal}")
    if columns:
        raise BadTable(
            f"{casebook.path}: a table of linked lists has no other columns; leave out --strata and --people."
        )
    with _statistics():
        from testimonia.estimation import OverlapTable

        main = OverlapTable.from_counts(last.counts, last.lists, name=casebook.path.name)
        draws = tuple(OverlapTable.from_counts(counts, last.lists) for counts in last.draws)
        return replace(main, draws=draws)


def estimate(table: OverlapTable, *, report: Report = quiet, **settings: Any) -> estimation.Report:
    """Estimate by every method; see `testimonia.estimation.estimate` for the settings."""

    def tell(done: int, total: int, text: str) -> None:
        report(Step("estimate", done, total, text))

    with _statistics():
        from testimonia.estimation import estimate as everything

        with told_of_compiling(lambda sentence: report(Step("estimate", 0, 1, sentence, notable=True))):
            return everything(table, report=tell, **settings)


def plain_estimates(found: estimation.Report) -> dict[str, Any]:
    """The report as one JSON document, missing numbers None."""
    from testimonia.estimation import as_plain

    return as_plain(found)


def prepare_estimates(out: Path) -> None:
    """Make OUT ready for a report of estimates, or refuse it. Raises UnusablePath."""
    from testimonia.release import hidden

    prepare(out, ours={ROWS, DOCUMENT, *hidden.FILES, hidden.FIGURES}, mark=DOCUMENT)


def write_estimates(
    plain: Mapping[str, Any], out: Path, *, sandbox: Sandbox, report: Report = quiet
) -> tuple[str, ...]:
    """Write estimates.csv, estimates.json, the report and its figures into `out`; return the names written.

    `plain` is the JSON form of a report. The document is written first, and marks the folder as one of ours.
    """
    from testimonia.estimation.plain import COLUMNS
    from testimonia.release import files, hidden, lines

    files.write_lines(out / DOCUMENT, (lines.to_json(plain, indent=1) + "\n",))
    files.write_lines(out / ROWS, lines.csv_lines(COLUMNS, plain["estimates"]))
    written = hidden.write(
        plain, out, sandbox=sandbox, progress=lambda done, total, text: report(Step("report", done, total, text))
    )
    return (DOCUMENT, ROWS, *(path.relative_to(out).as_posix() for path in written))


def estimates_document(path: Path) -> Mapping[str, Any]:
    """Read an estimates.json back, for its chapter in a dossier. Raises UnusablePath where it is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = f"{path}: cannot be read ({(error.strerror or type(error).__name__).lower()}). Name an {DOCUMENT}."
        raise UnusablePath(why) from error
    except (ValueError, RecursionError) as error:
        raise UnusablePath(f"{path}: this is no JSON; name an {DOCUMENT} that `testimonia estimate` wrote.") from error
    if not (isinstance(found, dict) and {"table", "headline", "estimates"} <= set(found)):
        raise UnusablePath(f"{path}: this holds no estimates; name an {DOCUMENT} that `testimonia estimate` wrote.")
    return found
