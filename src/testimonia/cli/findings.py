"""`search`, `dossier`, `export`: what a casebook says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.common import (
    CasebookPath,
    JsonFlag,
    PassphraseFile,
    passphrase,
    print_json,
    reporting,
    say,
    speaking_plainly,
)

if TYPE_CHECKING:
    from testimonia.casebook import Hit

__all__ = ["register"]


class What(StrEnum):
    """What can be exported."""

    codings = "codings"
    figures = "figures"
    measures = "measures"
    acts = "acts"
    origins = "origins"
    ledger = "ledger"
    renderings = "renderings"
    matches = "matches"


class Form(StrEnum):
    """The formats of an export."""

    jsonl = "jsonl"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: testimonia search my-casebook 강제송환")(search)
    app.command(epilog="Example: testimonia dossier my-casebook --out findings/")(dossier)
    app.command(epilog="Example: testimonia export my-casebook --what figures --format csv > figures.csv")(export)


def search(
    casebook: CasebookPath,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "a phrase", -without.')],
    limit: Annotated[int, typer.Option(min=1, help="How many passages.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Find passages; two-character Korean and Chinese words are found inside longer ones."""
    from testimonia import project
    from testimonia.casebook import Casebook

    with speaking_plainly(as_json):
        key = passphrase(passphrase_file)
        with Casebook.open(casebook, key, write=False) as book:
            hits = project.search(book, query, limit=limit, offset=offset)
    if as_json:
        print_json({"query": query, "hits": [_hit(hit) for hit in hits]})
        return
    for hit in hits:
        say(f"{hit.path}  {_place(hit)}  {hit.file_sha256[:12]}")
        say(f"    {' '.join(hit.snippet.split())}")
    if not hits:
        say(f"No passage holds: {query}")


def _place(hit: Hit) -> str:
    page = f"p. {hit.page}  " if hit.page else ""
    return page + "; ".join(f"characters {start}-{end}" for start, end in hit.spans[:3])


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "path": hit.path,
        "file_sha256": hit.file_sha256,
        "rendering_sha256": hit.rendering_sha256,
        "page": hit.page,
        "start": hit.start,
        "end": hit.end,
        "spans": [list(span) for span in hit.spans],
        "snippet": hit.snippet,
    }


def dossier(
    casebook: CasebookPath,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the findings.")],
    estimates: Annotated[
        Path | None,
        typer.Option("--estimates", metavar="FILE", help="An estimates.json, for the chapter on hidden totals."),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Write HTML and PDF findings, every value footnoted to its source."""
    from testimonia import project
    from testimonia.casebook import Casebook
    from testimonia.sandbox import Sandbox

    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        totals = project.estimates_document(estimates) if estimates else None
        project.prepare(out)
        key = passphrase(passphrase_file)
        with Casebook.open(casebook, key) as book, reporting("dossier") as report:
            written = project.dossier(book, out, sandbox=sandbox, estimates=totals, report=report)
    if as_json:
        print_json({"out": str(out), "files": list(written)})
    else:
        say(f"Written, NOT encrypted, into {out}: {', '.join(written)}")


def export(
    casebook: CasebookPath,
    what: Annotated[What, typer.Option("--what", help="What to export.")] = What.codings,
    form: Annotated[Form, typer.Option("--format", help="As what.")] = Form.jsonl,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print an export to standard output, unencrypted."""
    from testimonia import project
    from testimonia.casebook import Casebook

    with speaking_plainly(as_json):
        key = passphrase(passphrase_file)
        with Casebook.open(casebook, key, write=False) as book:
            lines = project.export(book, what.value, form.value)
            if as_json:
                print_json({"what": what.value, "format": form.value, "lines": list(lines)})
                return
            for line in lines:
                typer.echo(line, nl=False)
