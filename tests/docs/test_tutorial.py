"""The tutorial runs: every example of its Python gives what it shows, and so does every command."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.estimation import examples

PAGE = Path(__file__).parents[2] / "docs" / "estimation" / "tutorial.md"
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.REPORT_NDIFF


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Each command of the page with the output shown below it."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the table of the tutorial."""
    made = tmp_path_factory.mktemp("tutorial")
    shutil.copy(examples.path("uk5"), made)
    return made


def test_the_python_of_the_tutorial_gives_what_it_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples run in one session, in the order of the page, and print what stands below them."""
    monkeypatch.chdir(folder)
    text = "\n".join(blocks("pycon"))
    examples = doctest.DocTestParser().get_doctest(text, {}, "tutorial", str(PAGE), 0)
    assert len(examples.examples) > 20
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
    runner.run(examples, out=report.append, clear_globs=False)
    assert not runner.failures, "".join(report)


def test_the_commands_of_the_tutorial_print_what_it_shows(folder: Path) -> None:
    """Each command ends with 0 and prints the lines below it."""
    assert commands()
    for command, shown in commands():
        words = command.replace("testimonia ", f"{sys.executable} -m testimonia ", 1)
        done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, cwd=folder, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == shown.split(), command
