"""`serve`: the workbench in a browser of this machine."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.common import JsonFlag, PassphraseFile, fail, passphrase, print_json, pseudonym, speaking_plainly

if TYPE_CHECKING:
    from testimonia.sandbox import Sandbox
    from testimonia.workbench import Address

__all__ = ["open_workbench", "register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: testimonia serve my-casebook --as owl")(serve)


def serve(
    casebook: Annotated[Path, typer.Argument(metavar="CASEBOOK", help="A casebook, or a folder that `run` wrote.")],
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0 takes a free one.")] = 0,
    who: Annotated[
        str | None,
        typer.Option("--as", metavar="PSEUDONYM", callback=pseudonym, help="Judge under this name; without, read."),
    ] = None,
    idle: Annotated[float, typer.Option("--idle", metavar="MINUTES", min=0.01, help="Lock after this time.")] = 15.0,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser of this machine.")] = False,
    passphrase_file: PassphraseFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Open the workbench on this machine alone; print the address that lets one browser in, once.

    Read, judge, search and look at the findings. Stop it with Ctrl+C: every judgement is kept before its key returns.
    """
    from testimonia import project
    from testimonia.sandbox import Sandbox

    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        key = passphrase(passphrase_file)
        place = project.casebook_at(casebook)
        open_workbench(place, key, who=who, port=port, idle=idle, show=show, sandbox=sandbox, as_json=as_json)


def open_workbench(
    casebook: Path,
    key: str,
    *,
    who: str | None,
    port: int,
    idle: float,
    show: bool,
    sandbox: Sandbox,
    as_json: bool = False,
) -> None:
    """Serve until stopped."""
    try:
        from testimonia.workbench import serve as serve_bench
        from testimonia.workbench.bench import Bench
    except ModuleNotFoundError as error:
        fail(f"the workbench needs {error.name}, which is not installed: install testimonia with its part `web`.")
    from testimonia import sample

    bench = Bench(casebook, key, who=who, sandbox=sandbox, sample=key == sample.PASSPHRASE, idle=idle * 60)
    serve_bench(bench, port=port, ready=_telling(show, as_json))


def _telling(show: bool, as_json: bool) -> Callable[[Address], None]:
    def tell(address: Address) -> None:
        if as_json:
            print_json({"url": address.url, "port": address.port})
        else:
            print(address.url, flush=True)  # noqa: T201 - alone on stdout, to be copied or piped
        typer.echo("The workbench is open on this machine alone. This address works once. Stop with Ctrl+C.", err=True)
        if show:
            webbrowser.open(address.url)

    return tell
