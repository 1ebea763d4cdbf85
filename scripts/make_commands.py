"""Write docs/commands.md from the commands' own help: python scripts/make_commands.py [--check]."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from typer.testing import CliRunner

from testimonia.cli import app

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# Commands

Every command has `--help` with an example and `--json`, which makes standard output one JSON document. Progress goes to
standard error: bars on a terminal, plain lines elsewhere.

| exit | means |
| --- | --- |
| 0 | done, also with unread files, which are said |
| 1 | `verify` found damage, `doctor` found something missing, or `--strict` found anything |
| 2 | wrong use, with one sentence that says what to do |

The passphrase comes from `--passphrase-file`, from `TESTIMONIA_PASSPHRASE`, or from a prompt. `run` into a new folder makes
a strong one and prints it to standard error before anything is written; `run` into a folder that exists resumes, and needs
it. Nothing touches the network.
"""


def page() -> str:
    """Return the whole page, one section a command in the order of `testimonia --help`."""
    runner = CliRunner()
    listing = runner.invoke(app, ["--help"], terminal_width=100).output
    names = re.findall(r"^  ([a-z]+)  ", listing.split("Commands:")[1], re.M)
    sections = [HEAD]
    for name in names:
        text = runner.invoke(app, [name, "--help"], terminal_width=100).output.rstrip()
        sections.append(f"## {name}\n\n```text\n{text}\n```\n".replace("Usage: root", "Usage: testimonia"))
    return "\n".join(sections)


def main() -> int:
    """Write the page, or with --check say whether it is up to date (exit 1 if not)."""
    wanted = page()
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
