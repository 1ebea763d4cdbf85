"""`doctor`: what this machine has and lacks, in plain words."""

from __future__ import annotations

import typer

from testimonia.cli.common import JsonFlag, print_json, say

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: testimonia doctor")(doctor)


def doctor(as_json: JsonFlag = False) -> None:
    """Say what this machine has and lacks, in plain words; exit 1 if the main job cannot run."""
    from testimonia.doctor import examine

    checks = list(examine())
    if as_json:
        rows = [{"what": c.what, "state": c.state, "sentence": c.sentence} for c in checks]
        print_json({"able": all(c.state != "missing" for c in checks), "checks": rows})
    else:
        for check in checks:
            say(f"{check.state:8} {check.what}: {check.sentence}")
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(1)
