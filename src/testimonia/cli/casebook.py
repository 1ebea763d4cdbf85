"""`new`, `intake`, `code`, `verify`: a casebook, step by step."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.common import (
    CasebookPath,
    JsonFlag,
    PassphraseFile,
    Pseudonym,
    StrictFlag,
    keep_apart,
    passphrase,
    print_json,
    reporting,
    say,
    speaking_plainly,
)

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: testimonia new my-casebook")(new)
    app.command(epilog="Example: testimonia intake my-casebook ~/my-documents report.pdf")(intake)
    app.command(epilog="Example: testimonia code my-casebook")(code)
    app.command(epilog="Example: testimonia verify my-casebook")(verify)


def new(
    casebook: CasebookPath,
    passphrase_file: PassphraseFile = None,
    who: Pseudonym = "owner",
    as_json: JsonFlag = False,
) -> None:
    """Create an encrypted casebook (a folder)."""
    from testimonia import project

    with speaking_plainly(as_json):
        project.new(casebook, passphrase(passphrase_file, confirm=True), who=who).close()
    if as_json:
        print_json({"casebook": str(casebook)})
    else:
        say(f"New casebook: {casebook}. The passphrase is stored nowhere: without it, nothing can be read.")


def intake(
    casebook: CasebookPath,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders to read.")],
    passphrase_file: PassphraseFile = None,
    who: Pseudonym = "owner",
    strict: StrictFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Preserve and read files; print an outcome for every one."""
    from testimonia import project
    from testimonia.casebook import Casebook
    from testimonia.sandbox import Sandbox

    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        keep_apart(passphrase_file, paths)
        key = passphrase(passphrase_file)
        with Casebook.open(casebook, key, who=who) as book, reporting("intake") as report:
            outcomes = project.take_in(book, paths, sandbox=sandbox, exclude=casebook, report=report)
            rows = [asdict(row) for row in book.arrivals()] if as_json else []
    if as_json:
        print_json({"outcomes": dict(outcomes), "files": rows})
    else:
        parts = ", ".join(f"{outcomes.get(kind, 0)} {kind}" for kind in ("read", "partly", "unread"))
        say(f"Files found: {sum(outcomes.values())}: {parts}.")
    if strict and (outcomes.get("unread") or outcomes.get("partly")):
        raise typer.Exit(1)


def code(
    casebook: CasebookPath,
    passphrase_file: PassphraseFile = None,
    who: Pseudonym = "owner",
    as_json: JsonFlag = False,
) -> None:
    """Propose codings for everything read so far, and trace who stands behind them."""
    from testimonia import project
    from testimonia.casebook import Casebook

    with speaking_plainly(as_json):
        key = passphrase(passphrase_file)
        with Casebook.open(casebook, key, who=who) as book, reporting("code") as report:
            kinds = project.code(book, report=report)
            origins = project.trace(book, report=report)
            refused = book.refused()
    if as_json:
        print_json({"codings": dict(kinds), "refused": dict(refused), "origins": origins})
        return
    say("Proposed: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) + ".")
    say(f"Refused at the gate: {sum(refused.values())}. Origins: {origins}.")


def verify(
    casebook: CasebookPath,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Prove that nothing was altered or lost; exit 1 if something was."""
    from testimonia import project
    from testimonia.casebook import Casebook

    sentences: list[str] = []
    counts: dict[str, int] = {}
    head = (0, "")
    with speaking_plainly(as_json):
        key = passphrase(passphrase_file)
        sentences = [damage.sentence for damage in project.verify(casebook, key)]
        if not sentences:
            with Casebook.open(casebook, key, write=False) as book:
                counts, head = book.summary(), book.head()
    if as_json:
        print_json({"intact": not sentences, "damage": sentences, "checked": counts})
    elif not sentences:
        listed = ", ".join(f"{count} {what}" for what, count in counts.items())
        say(f"Intact: {listed}. Every byte was read back and matches the log.")
        say(f"Head: {head[0]} {head[1][:16]}. Noted on paper, it also shows if an older copy was put back.")
    for sentence in sentences if not as_json else []:
        say(sentence)
    if sentences:
        raise typer.Exit(1)
