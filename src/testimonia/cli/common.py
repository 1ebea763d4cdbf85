"""What every command shares: the passphrase, what is printed where, and how an error ends."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from testimonia.errors import TestimoniaError

if TYPE_CHECKING:
    from testimonia.project import Report, Step

__all__ = [
    "CasebookPath",
    "JsonFlag",
    "PassphraseFile",
    "Pseudonym",
    "StrictFlag",
    "fail",
    "first_passphrase",
    "keep_apart",
    "make_passphrase",
    "passphrase",
    "print_json",
    "pseudonym",
    "reporting",
    "say",
    "speaking_plainly",
    "visible",
]

VARIABLE = "TESTIMONIA_PASSPHRASE"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

CasebookPath = Annotated[Path, typer.Argument(metavar="CASEBOOK", readable=False, help="Folder of the casebook.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Read the passphrase from the first line of FILE."),
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
StrictFlag = Annotated[bool, typer.Option("--strict", help="Exit 1 if any file was not fully read.")]
PSEUDONYM = re.compile(r"[\w][\w .@-]{0,63}")


def pseudonym(name: str | None) -> str | None:
    """Let a pseudonym through that the log can hold, and none; end with a sentence for anything else."""
    if name is not None and not PSEUDONYM.fullmatch(name):
        fail(f"--as {name!r}: a pseudonym has one to 64 letters, digits, spaces and . @ - _ only. Choose another.")
    return name


Pseudonym = Annotated[
    str, typer.Option("--as", metavar="NAME", callback=pseudonym, help="Pseudonym written into the log.")
]


def fail(sentence: str, *, as_json: bool = False, code: int = 2) -> NoReturn:
    """End with one sentence on stderr, and with a JSON document on stdout if one was asked for."""
    if as_json:
        print_json({"error": sentence})
    print(f"testimonia: {visible(sentence)}", file=sys.stderr)  # noqa: T201
    raise typer.Exit(code)


def say(line: str = "") -> None:
    """Print a line of the answer to stdout; characters the terminal cannot show are escaped, not lost."""
    encoding = sys.stdout.encoding or "utf-8"
    print(visible(line).encode(encoding, "backslashreplace").decode(encoding))  # noqa: T201


def visible(line: str) -> str:
    """Return a line for a terminal: what would move its cursor, change it or turn its direction stands as an escape.

    Names of files and words of documents come from anybody: none may end a line or forge another.
    """
    return line if line.isprintable() else _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), line)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON document to stdout; NaN is an error, never a value."""
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))  # noqa: T201


@contextmanager
def speaking_plainly(as_json: bool = False) -> Iterator[None]:
    """Turn an error a user can act on into its sentence and exit 2."""
    try:
        yield
    except TestimoniaError as error:
        fail(str(error), as_json=as_json)
    except BrokenPipeError:
        raise  # whoever read our output has gone; typer ends quietly
    except OSError as error:
        fail(_of_system(error), as_json=as_json)
    except KeyboardInterrupt:
        fail("stopped. What was acknowledged is kept; the same command goes on from there.", code=130)


def _of_system(error: OSError) -> str:
    """What the system refused, as a sentence; everything acknowledged before is safe."""
    where = f"{error.filename}: " if isinstance(error.filename, str) else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{where}the disk is full. Free some space and run the same command again; it goes on from there."
    return f"{where}{(error.strerror or type(error).__name__).lower()}. Put that right and run the same command again."


def make_passphrase() -> str:
    """Return a new passphrase of 6 groups of 5 characters: 148 bits from the system's generator."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(6))


def passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """Take the passphrase from FILE, the environment or a prompt, in that order.

    Raises TestimoniaError where there is none of these.
    """
    given = given_passphrase(file)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise TestimoniaError(
            f"no passphrase: set {VARIABLE}, name a file with --passphrase-file, or run at a terminal."
        )
    typed: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    return typed


def keep_apart(file: Path | None, paths: Sequence[Path]) -> None:
    """Refuse a passphrase file that lies among the documents: its words would go into casebook and dossier.

    Raises TestimoniaError.
    """
    if file is None:
        return
    place = Path(os.path.realpath(file))
    for path in map(Path, map(os.path.realpath, paths)):
        if path == place or path in place.parents:
            raise TestimoniaError(
                f"{file}: the passphrase file lies in {path}, which is to be read, so that the passphrase would stand "
                "in the findings. Move it elsewhere and run again. Nothing was written."
            )


def first_passphrase(file: Path | None) -> str:
    """Take the passphrase of a new casebook, or make a strong one and print it to stderr before anything is written."""
    given = given_passphrase(file)
    if given is not None:
        return given
    made = make_passphrase()
    print(  # noqa: T201
        f"Passphrase of the new casebook: {made}\n"
        "Write it down now, on paper: it is stored nowhere, and without it the casebook cannot be opened.",
        file=sys.stderr,
        flush=True,
    )
    return made


def given_passphrase(file: Path | None) -> str | None:
    """Return the passphrase of FILE or of the environment; None if neither is there.

    From here on no other process of this user can read the memory of this one, and it leaves no core file.
    """
    from testimonia.sandbox import keep_to_itself

    keep_to_itself()
    if file is not None:
        return _first_line(file)
    return os.environ.get(VARIABLE) or None


def _first_line(file: Path) -> str:
    try:
        line = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise TestimoniaError(f"{file}: the passphrase file cannot be read ({error}).") from error
    if not line:
        raise TestimoniaError(f"{file}: the first line is empty, so there is no passphrase in it.")
    return line


@contextmanager
def reporting(title: str) -> Iterator[Report]:
    """Yield a function that shows steps: a bar on a terminal, plain lines elsewhere; always on stderr."""
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(step.stage, total=step.total)
            bars.update(tasks[step.stage], completed=step.done, total=step.total)
            if step.notable:
                bars.console.print(visible(step.text), markup=False, highlight=False)

        yield show


def _plain_lines() -> Callable[[Step], None]:
    def show(step: Step) -> None:
        if step.text:
            print(f"{step.stage} {step.done}/{step.total} {visible(step.text)}", file=sys.stderr, flush=True)  # noqa: T201

    return show
