"""`estimate`: how many people no list recorded."""

from __future__ import annotations

import io
import math
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.common import (
    JsonFlag,
    PassphraseFile,
    fail,
    passphrase,
    print_json,
    reporting,
    say,
    speaking_plainly,
    visible,
)

if TYPE_CHECKING:
    from rich.table import Table

    from testimonia.estimation.table import OverlapTable

__all__ = ["register"]

WIDTH = 160  # of the table where there is no terminal
Given = Mapping[str, Any]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: testimonia estimate uk5.csv --out uk/")(estimate)


def estimate(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE|FOLDER|CASEBOOK",
            readable=False,
            help="CSV file with one 0/1 column a list and a column count; or a folder that link has written.",
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for report and figures.")] = None,
    strata: Annotated[
        list[str] | None, typer.Option("--strata", metavar="COLUMN", help="Estimate the parts of this column as well.")
    ] = None,
    censored: Annotated[
        list[str] | None,
        typer.Option("--censored", metavar="0001", help="Take the count of this pattern as an upper bound."),
    ] = None,
    people: Annotated[bool, typer.Option("--people", help="Each row is one person, and there is no count.")] = False,
    method: Annotated[
        list[str] | None, typer.Option("--method", metavar="NAME", help="Only this method; can be repeated.")
    ] = None,
    threshold: Annotated[
        list[float] | None,
        typer.Option("--threshold", metavar="PEOPLE", help="When would the total pass this many? Can be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same figures.")] = 1,
    level: Annotated[float, typer.Option("--level", help="Level of the intervals.")] = 0.95,
    full: Annotated[
        bool, typer.Option("--full", help="Beyond five lists, models of every order: takes much longer.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Estimate how many people no list recorded, with intervals, verdicts, and what it rests on.

    A refusal is an answer: it is said why the data cannot tell, and the command has done its work.
    """
    from testimonia import project
    from testimonia.sandbox import Sandbox

    _check(method or (), level, seed, threshold or (), as_json)
    settings: dict[str, Any] = {"seed": seed, "level": level, "full": full, "thresholds": tuple(threshold or ())}
    if method:
        settings["methods"] = tuple(method)
    with speaking_plainly(as_json), ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox.start()) if out is not None else None
        if project.is_casebook(table):
            read = _of_casebook(table, passphrase_file, columns=bool(strata or people))
        else:
            read = project.overlap_table(table, strata=strata or (), censored=censored or (), people=people)
        if out is not None:
            project.prepare_estimates(out)
        report = stack.enter_context(reporting("estimate"))
        found = project.estimate(read, report=report, **settings)
        plain = project.plain_estimates(found)
        written: Sequence[str] = ()
        if out is not None and sandbox is not None:
            written = project.write_estimates(plain, out, sandbox=sandbox, report=report)
    _show(plain, out, written, as_json)


def _of_casebook(place: Path, passphrase_file: Path | None, *, columns: bool) -> OverlapTable:
    """The table of the linked lists of a casebook."""
    from testimonia import project
    from testimonia.casebook import Casebook

    key = passphrase(passphrase_file)
    with Casebook.open(place, key, write=False) as book:
        return project.linked_table(book, columns=columns)


def _check(methods: Sequence[str], level: float, seed: int, thresholds: Sequence[float], as_json: bool) -> None:
    """End with one sentence where a setting is out of its range."""
    from testimonia import project

    with speaking_plainly(as_json):
        known = project.methods()
    for name in methods:
        if name not in known:
            fail(f"there is no method {name!r}; the methods are {', '.join(known)}.", as_json=as_json)
    if not 0.5 <= level <= 0.999:
        fail(f"--level {level}: an interval has a level from 0.5 to 0.999; 0.95 is usual.", as_json=as_json)
    if seed < 0:
        fail(f"--seed {seed}: a seed is 0 or a whole number above.", as_json=as_json)
    if not all(math.isfinite(one) and one > 0 for one in thresholds):
        fail("--threshold takes a number of people above 0.", as_json=as_json)


def _show(plain: Given, out: Path | None, written: Sequence[str], as_json: bool) -> None:
    if as_json:
        print_json({**plain, **({"out": str(out), "files": list(written)} if out is not None else {})})
        return
    for line in _headline(plain):
        say(line)
    if out is not None:
        say(f"Written, NOT encrypted, into {out}: {', '.join(name for name in written if '/' not in name)}, figures/")
        say(f"Open the report: {out / 'report.html'}")
        return
    say()
    _print(_methods(plain))
    for caution in plain["cautions"]:
        say(f"Caution: {caution}")


def _headline(plain: Given) -> Iterator[str]:
    """What was found, in words, and what it rests on."""
    head, table = plain["headline"], plain["table"]
    recorded = f"{table['n_observed']:,} people were recorded by {len(table['lists'])} lists"
    if head["refused"]:
        yield f"{recorded}. No estimate is given of how many there are in all."
    else:
        yield (
            f"About {_people(head['total'])} people in all, between {_people(head['lower'])} and "
            f"{_people(head['upper'])} at a level of {head['level']:.0%}; {recorded}."
        )
    yield head["why"]


def _methods(plain: Given) -> Table:
    """One row a method: its answer, or that it refuses."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, show_edge=False)
    for name, side in (("method", "left"), ("model", "left"), ("total", "right"), ("from", "right"), ("to", "right")):
        shown.add_column(name, justify=side, no_wrap=name != "model")  # type: ignore[arg-type]
    shown.add_column("")
    for one in plain["estimates"]:
        cells = [one["method"], one["model"] or "", *(_people(one[end]) for end in ("total", "lower", "upper"))]
        shown.add_row(*(Text(visible(cell)) for cell in [*cells, _note(one)]))
    return shown


def _note(one: Given) -> str:
    """Why there is no number, or what to mind about it."""
    if one["verdict"] != "fine" or one["total"] is None:
        return f"{one['verdict']}: {one['reason']}"
    return "a lower bound" if one["method"] == "chao" else ""


def _print(table: Table) -> None:
    """Print a table to stdout; its width is that of the terminal, or enough for its words elsewhere."""
    from rich.console import Console

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    paper = io.StringIO()
    Console(file=paper, markup=False, highlight=False, width=width).print(table)
    for line in paper.getvalue().splitlines():
        say(line.rstrip())


def _people(number: float | None) -> str:
    return "" if number is None else f"{number:,.0f}"
