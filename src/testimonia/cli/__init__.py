"""The command line: one small module per command group, all over `testimonia.project`."""

from __future__ import annotations

import os
import sys

import typer

from testimonia.cli import casebook, doctor, estimates, findings, links, main_job, names, workbench

__all__ = ["app", "main"]

app = typer.Typer(
    name="testimonia",
    help="Turn testimonies, reports and open-source documents into a sourced, protected evidence base.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Nothing touches the network. Start with: testimonia demo",
)
for group in (main_job, casebook, findings, links, names, estimates, workbench, doctor):
    group.register(app)


@app.callback(invoke_without_command=True)
def _options(
    version: bool = typer.Option(False, "--version", help="Print the version and end.", is_eager=True),
) -> None:
    if version:
        from testimonia import __version__
        from testimonia.cli.common import say

        say(f"testimonia {__version__}")
        raise typer.Exit


def _open_streams() -> None:
    """Put the null device where a standard stream was closed.

    Otherwise the next file to be opened, one of the casebook perhaps, takes its number, and is printed into.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the terminal's locale says."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
