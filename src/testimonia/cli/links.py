"""`link` and `link review`: who is the same on several lists, and pairs for a human look."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from testimonia.cli.common import (
    JsonFlag,
    PassphraseFile,
    Pseudonym,
    StrictFlag,
    fail,
    first_passphrase,
    keep_apart,
    passphrase,
    print_json,
    reporting,
    say,
    speaking_plainly,
)

if TYPE_CHECKING:
    from testimonia.linkage.review import Card
    from testimonia.project import LinkResult

__all__ = ["register"]

KEYS = {"s": "same", "d": "different", "u": "unsure"}
HELP = "s same   d different   u unsure   b back   q stop"


class Engine(StrEnum):
    """Where pairs are compared."""

    duckdb = "duckdb"
    spark = "spark"


class _Link(TyperGroup):
    """`link LIST…` links; `link review DIR` reviews. A folder called review is written ./review."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command that links before anything but `review`."""
        return super().parse_args(ctx, args if args[:1] == ["review"] else ["lists", *args])


class _Lists(TyperCommand):
    """The command that links; its usage does not name it, since nobody types its name."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path.removesuffix(" lists"), " ".join(self.collect_usage_pieces(ctx)))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(cls=_Link, add_completion=False, rich_markup_mode=None)
    example = "Example: testimonia link interviews.csv press.csv court.xlsx --out links/"
    group.command("lists", cls=_Lists, epilog=example)(link)
    group.command("review", epilog="Example: testimonia link review links/ --as reader-1")(review)
    app.add_typer(group, name="link", help="Say who is the same on several lists, with all doubt drawn.")


def link(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="LIST|CASEBOOK", help="Lists as CSV or XLSX; or a casebook that holds lists."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the casebook and what comes of it.")
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="MAP", help="JSON file: which heading stands for which field.")
    ] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="Where pairs are compared.")] = Engine.duckdb,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same figures.")] = 1,
    passphrase_file: PassphraseFile = None,
    who: Pseudonym = "owner",
    strict: StrictFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Say who is probably the same person on several lists, with all doubt drawn.

    Lists are imported as collections into an encrypted casebook in DIR; every other file there holds record ids,
    never names. `testimonia link review DIR` asks people about the pairs that matter most; linking again takes their
    decisions in. `testimonia estimate DIR` estimates how many people are on no list.
    """
    from testimonia import project
    from testimonia.sandbox import Sandbox

    settings = {"seed": seed, "engine": engine.value}
    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        place = project.casebook_of(paths)
        if place is not None:
            result = _again(place, out, passphrase_file, who, sandbox, settings)
        else:
            result = _lists(paths, out, columns, passphrase_file, who, sandbox, settings, as_json)
    _show(result, as_json)
    if strict and (result.unread or result.refused):
        raise typer.Exit(1)


def _lists(
    paths: Sequence[Path],
    out: Path | None,
    columns: Path | None,
    passphrase_file: Path | None,
    who: str,
    sandbox: Any,
    settings: Mapping[str, Any],
    as_json: bool,
) -> LinkResult:
    """Link lists that come as files."""
    from testimonia import project

    if out is None:
        fail("--out DIR is missing: name a new folder for the casebook and what comes of it.", as_json=as_json)
    project.check_lists(paths)
    keep_apart(passphrase_file, paths)
    resume = project.prepare_links(out)
    key = passphrase(passphrase_file) if resume else first_passphrase(passphrase_file)
    with reporting("link") as report:
        return project.link(paths, out, key, sandbox=sandbox, who=who, columns=columns, report=report, **settings)


def _again(
    place: Path, out: Path | None, passphrase_file: Path | None, who: str, sandbox: Any, settings: Mapping[str, Any]
) -> LinkResult:
    """Link the lists that a casebook holds; without --out, files are written where link wrote them before."""
    from testimonia import project
    from testimonia.casebook import Casebook

    folder = out or (place.parent if (place.parent / project.LINK_DOCUMENT).exists() else None)
    if folder is not None:
        project.prepare_links(folder)
    key = passphrase(passphrase_file)
    with Casebook.open(place, key, who=who) as book, reporting("link") as report:
        return project.link_casebook(book, folder, sandbox=sandbox, report=report, **settings)


def _show(result: LinkResult, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(result))
        return
    for line in _lines(result):
        say(line)


def _as_json(result: LinkResult) -> dict[str, Any]:
    told = {key: value for key, value in result.summary.items() if key != "queue"}
    return {
        **told,
        "out": None if result.out is None else str(result.out),
        "files": list(result.files),
        "unread": [{"list": name, "why": why} for name, why in result.unread],
        "refused_rows": result.refused,
        "seconds": {stage: round(spent, 3) for stage, spent in result.seconds.items()},
    }


def _lines(result: LinkResult) -> Iterator[str]:
    """What was found, who says so, how sure it is, what is missing, where it lies."""
    told, out = result.summary, result.out
    named = ", ".join(f"{one['name']} {one['records']:,}" for one in told["lists"])
    yield f"Records: {told['records']:,} on {_counted(len(told['lists']), 'list')} ({named})."
    yield f"They are about {_people(told['persons'])} persons; {_people(told['several'])} of them on two lists or more."
    pairs = told["pairs"]
    yield f"Of {pairs['candidates']:,} pairs in question {pairs['doubtful']:,} are in doubt; each draw decides anew."
    yield from _missing(result)
    if out is not None:
        yield f"Casebook (encrypted): {out / 'casebook'}"
        yield f"Everything else in {out} is NOT encrypted; it holds record ids and numbers, no names."
        yield f"Open the report: {out / 'report.html'}"
        estimate = "" if told["refusal"] or len(told["lists"]) < 3 else f", or testimonia estimate {out}"
        yield f"Next: testimonia link review {out} --as NAME{estimate}"


def _missing(result: LinkResult) -> Iterator[str]:
    errors = result.summary["row_errors"]
    for name, why in result.unread:
        yield f"NOT read: {name}. {why}"
    if result.refused:
        yield f"Rows refused: {result.refused:,}; each is named in link.json."
    yield from (f"{one['list']}: {one['what']} {one['remedy']}".rstrip() for one in errors if not one["row"])
    if rows := len({(one["list"], one["row"]) for one in errors if one["row"]}):
        yield f"Something was odd in {_counted(rows, 'row')}; link.json names each by row and column."
    yield from result.summary["notes"]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _people(number: Mapping[str, float]) -> str:
    return f"{number['best']:,.0f} ({number['lower']:,.0f} to {number['upper']:,.0f})"


# Review --------------------------------------------------------------------------------------------------


def review(
    place: Annotated[Path, typer.Argument(metavar="DIR", readable=False, help="Folder that link has written.")],
    who: Pseudonym,
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Only pairs about which two people disagree; this decides them.")
    ] = False,
    most: Annotated[int | None, typer.Option("--most", min=1, metavar="N", help="Stop after so many pairs.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Look at pairs of records side by side and say by a key whether they are the same person.

    The pairs whose decision is expected to change the estimate most come first, with some drawn at random among
    them, and some that somebody else has looked at. What the machine thinks of a pair is not shown. Every decision is
    kept at once; start again to go on where you stopped.
    """
    from testimonia import project
    from testimonia.casebook import Casebook

    with speaking_plainly(as_json):
        folder = project.casebook_at(place)
        key = passphrase(passphrase_file)
        with Casebook.open(folder, key, who=who) as book:
            desk = project.review_desk(book, adjudicate=adjudicate)
            _look(desk, most, quiet=as_json)
            told = desk.told()
    if as_json:
        print_json(told)
        return
    for line in _after(told):
        say(line)


def _look(desk: Any, most: int | None, *, quiet: bool) -> None:
    """Show card after card and keep each decision, until the pairs, the keys or the patience end."""
    press = _keys()
    done: list[Any] = []
    while (most is None or len(done) < most) and (ask := desk.next()) is not None:
        if not quiet:
            _show_card(desk.card(ask), desk.left)
        started = time.monotonic()
        key = press()
        if key == "q":
            return
        if key == "b":
            if done:
                desk.back(done.pop())
            continue
        desk.decide(ask, KEYS[key], time.monotonic() - started)
        done.append(ask)


def _show_card(card: Card, left: int) -> None:
    say()
    waiting = "The last pair." if left == 1 else f"{left:,} pairs are waiting."
    say(f"{waiting} Are these one person?")
    say(f"{'':16}{_fitted(card.left, 34)}  {card.right}")
    for line in card.lines:
        say(f"{line.label:16}{_fitted(line.left, 34)}  {line.right}")
    say(HELP)


def _fitted(text: str, width: int) -> str:
    """A text filled up to a width; Korean and Chinese characters take the room of two."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _keys() -> Callable[[], str]:
    """Reads one key that means something: from the terminal as it is pressed, else from standard input."""
    wanted = {*KEYS, "b", "q"}
    terminal = sys.stdin.isatty()

    def press() -> str:
        while True:
            key = (typer.getchar() if terminal else sys.stdin.read(1)).lower()
            if not key or key in ("\x03", "\x04"):
                return "q"
            if key in wanted:
                return key

    return press


def _after(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"Decisions kept: {told['decided']} now, {told['decisions']} in all on {told['pairs']} pairs."
    if told["twice"]:
        alpha = "not measurable" if told["alpha"] is None else f"{told['alpha']:.2f}"
        yield (
            f"{told['twice']} pairs were looked at by two people or more: {told['observed']:.0%} alike, "
            f"Krippendorff's alpha {alpha}; {told['disputed']} in dispute (decide them with --adjudicate)."
        )
    yield told["stop"]
    yield "Link again to take the decisions in: testimonia link DIR"
