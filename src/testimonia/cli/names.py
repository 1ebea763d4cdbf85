"""`names compare` and `names score`: whether two written names can be the same."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from testimonia.cli.common import JsonFlag, fail, print_json, say, speaking_plainly, visible

if TYPE_CHECKING:
    from testimonia.linkage.names.pairs import Pair

__all__ = ["register"]

SHOWN = 20  # bad rows that are said one by one


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    names = typer.Typer(
        help="Compare names in Hangul, characters, pinyin or any romanisation. No list of names is consulted.",
        no_args_is_help=True,
        epilog='Example: testimonia names compare "김영희" "Jin Yingji"',
    )
    names.command(epilog='Example: testimonia names compare "김영희" "Jin Yingji"')(compare)
    names.command(epilog="Example: testimonia names score pairs.csv --out scored.csv")(score)
    app.add_typer(names, name="names")


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A name as written.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another name as written.")],
    as_json: JsonFlag = False,
) -> None:
    """Say how two names read, whether they can be the same name, and why.

    The verdict is on the names, not on the persons: many people share a name.
    """
    from testimonia.linkage.names import compare as compared
    from testimonia.linkage.names import reading

    with speaking_plainly(as_json):
        found = compared(a, b)
        readings = [reading(one) for one in (a, b)]
    if as_json:
        names = [{"name": one, "reading": read} for one, read in zip((a, b), readings, strict=True)]
        print_json({"names": names, "score": found.score, "verdict": found.verdict, "reason": found.reason})
        return
    for name, read in zip((a, b), readings, strict=True):
        say(f"{name}: {f'reads {read}' if read else 'no name'}")
    say(f"{found.verdict.capitalize()} ({found.score:.2f}): {found.reason}.")


def score(
    pairs: Annotated[
        Path, typer.Argument(metavar="PAIRS.csv", readable=False, help="Table with pair_id, name_a, name_b.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="SCORED.csv", help="Table to write; replaced if it is there.")],
    as_json: JsonFlag = False,
) -> None:
    """Score each pair of names: writes pair_id, score, verdict, reason, one row a row.

    No other column of the table is looked at. A row that cannot be read is said, and keeps its place with score 0.
    """
    from testimonia.linkage.names.pairs import read_pairs, scored, write_scored

    if out.exists() and pairs.exists() and out.samefile(pairs):
        fail(f"--out {out} is the table of pairs itself. Name another file.", as_json=as_json)
    count, bad = 0, list["Pair"]()
    with speaking_plainly(as_json), _replacing(out) as file:
        for pair in write_scored(scored(read_pairs(pairs)), file):
            count += 1
            if pair.problem:
                bad.append(pair)
    _say_bad(pairs, bad)
    if as_json:
        problems = [{"line": one.line, "pair_id": one.pair_id, "problem": one.problem} for one in bad]
        print_json({"pairs": count, "out": str(out), "problems": problems})
    else:
        say(f"{count:,} pairs scored, NOT encrypted, in {out}" + (f"; {len(bad):,} rows to look at" if bad else ""))


def _say_bad(path: Path, bad: list[Pair]) -> None:
    """Each bad row on stderr, the first twenty one by one."""
    for one in bad[:SHOWN]:
        print(visible(f"{path}, row {one.line}: {one.problem}."), file=sys.stderr)  # noqa: T201
    if len(bad) > SHOWN:
        print(f"{path}: {len(bad) - SHOWN:,} more rows to look at; --json lists all.", file=sys.stderr)  # noqa: T201


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A file that only its owner reads, in the place of `path` once all of it is written."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
