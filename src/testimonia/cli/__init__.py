"""The command line: one small module per command group, all over `testimonia.project`."""

from __future__ import annotations

import sys

import typer

from testimonia.cli import casebook, doctor, findings, main_job

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
for group in (main_job, casebook, findings, doctor):
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


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
