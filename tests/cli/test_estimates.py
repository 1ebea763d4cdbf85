"""`testimonia estimate`: answers, refusals and mistakes on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from testimonia.casebook import Casebook, Kdf
from testimonia.cli import app
from testimonia.estimation import examples

KOREA = examples.path("korea3")
QUICK = ("--method", "chao", "--method", "sample-coverage", "--method", "lincoln-petersen")


def call(*words: object, secret: str = "") -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["estimate", *map(str, words)], env={"TESTIMONIA_PASSPHRASE": secret})


def test_without_a_folder_the_answer_is_on_the_terminal() -> None:
    """The headline in words first, then a line a method; progress goes to standard error."""
    shown = call(KOREA, *QUICK)
    assert shown.exit_code == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert "123 people were recorded by 3 lists" in lines[0]
    assert [line.split()[0] for line in lines if line.startswith(("chao", "sample", "lincoln"))] == [
        "chao", "sample-coverage", "lincoln-petersen",
    ]  # fmt: skip
    assert "137" in shown.stdout and "a lower bound" in shown.stdout
    assert "estimate 0/3 chao" in shown.stderr


def test_a_refusal_is_an_answer(tmp_path: Path) -> None:
    """Lists without overlap: exit 0, and the reason."""
    (tmp_path / "apart.csv").write_text("A,B,C,count\n1,0,0,5\n0,1,0,5\n0,0,1,5\n")
    shown = call(tmp_path / "apart.csv", *QUICK)
    assert shown.exit_code == 0
    assert "No estimate is given" in shown.stdout and "nobody is on two lists" in shown.stdout


def test_json_is_one_document(tmp_path: Path) -> None:
    """The keys that were promised; null and never NaN."""

    def never(_text: str) -> None:
        raise AssertionError("NaN in the document")

    shown = call(KOREA, *QUICK, "--json", "--seed", "7", "--level", "0.9")
    plain = json.loads(shown.stdout, parse_constant=never)
    assert {"table", "headline", "estimates", "sensitivity", "seed", "version"} <= set(plain)
    assert plain["seed"] == 7 and plain["estimates"][0]["level"] == 0.9
    assert "error" in json.loads(call(tmp_path / "nowhere.csv", "--json").stdout)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A,B,count\n1,0,19\n0,1,9\n1,1,9\n", "Chapman"),
        ("A,B,C,count\n1,0,0,-5\n", "line 2"),
        ("A,B,C\n1,0,0\n", "no column called count"),
        ("", "the file is empty"),
    ],
)
def test_a_bad_table_is_one_sentence_and_exit_2(tmp_path: Path, text: str, words: str) -> None:
    """With the name of the file, and no traceback."""
    (tmp_path / "bad.csv").write_text(text)
    shown = call(tmp_path / "bad.csv")
    assert shown.exit_code == 2 and shown.stdout == ""
    assert len(shown.stderr.strip().splitlines()) == 1
    assert words in shown.stderr and "bad.csv" in shown.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--method", "guessing"), "there is no method 'guessing'; the methods are independence"),
        (("--level", "1"), "a level from 0.5 to 0.999"),
        (("--level", "nan"), "a level from 0.5 to 0.999"),
        (("--seed", "-1"), "--seed -1"),
        (("--threshold", "-5"), "a number of people above 0"),
        (("--strata", "region"), "no column region"),
        (("--censored", "01"), "01 is no capture pattern of its 3 lists"),
    ],
)
def test_a_wrong_option_is_one_sentence_and_exit_2(options: tuple[str, str], words: str) -> None:
    """Which option, and what it takes."""
    shown = call(KOREA, *options)
    assert shown.exit_code == 2
    assert len(shown.stderr.strip().splitlines()) == 1 and words in shown.stderr


def test_a_casebook_without_linked_lists_is_told_what_to_do(tmp_path: Path) -> None:
    """One sentence."""
    Casebook.create(tmp_path / "book", "invented", kdf=Kdf(memory_kib=1024, passes=1)).close()
    shown = call(tmp_path / "book", secret="invented")
    assert shown.exit_code == 2
    assert "this casebook holds no lists of people linked" in shown.stderr and "name that file" in shown.stderr


def test_a_folder_that_is_neither_is_told(tmp_path: Path) -> None:
    """It holds no table."""
    shown = call(tmp_path)
    assert shown.exit_code == 2 and "holds no overlap.csv" in shown.stderr


def test_names_of_lists_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    """They come from anybody."""
    (tmp_path / "t.csv").write_text("A\x1b[2J,B\u202e,C,count\n1,0,0,5\n0,1,0,5\n0,0,1,5\n1,1,0,1\n", encoding="utf-8")
    shown = call(tmp_path / "t.csv", *QUICK)
    assert shown.exit_code == 0
    assert not {"\x1b", "\u202e"} & set(shown.stdout + shown.stderr)


def test_a_report_is_written_into_a_folder_of_its_own(tmp_path: Path) -> None:
    """Private, repeatable, and never between somebody's files."""
    shown = call(KOREA, *QUICK, "--out", tmp_path / "out")
    assert shown.exit_code == 0, shown.stderr
    out = tmp_path / "out"
    assert {"report.html", "report.pdf", "estimates.csv", "estimates.json", "figures"} == {
        p.name for p in out.iterdir()
    }
    assert out.stat().st_mode & 0o777 == 0o700
    assert json.loads((out / "estimates.json").read_text())["table"]["n_observed"] == 123
    assert (out / "estimates.csv").read_text().splitlines()[1].startswith("chao,")
    assert list((out / "figures").glob("*.svg"))
    assert call(KOREA, *QUICK, "--out", out).exit_code == 0
    (out / "notes.txt").write_text("mine")
    refused = call(KOREA, *QUICK, "--out", out)
    assert refused.exit_code == 2 and "other files" in refused.stderr


def test_figures_of_somebody_else_keep_their_folder(tmp_path: Path) -> None:
    """A folder with pictures in it is not taken for ours."""
    (tmp_path / "out" / "figures").mkdir(parents=True)
    (tmp_path / "out" / "figures" / "mine.svg").write_text("<svg/>")
    shown = call(KOREA, *QUICK, "--out", tmp_path / "out")
    assert shown.exit_code == 2 and "other files" in shown.stderr
    assert (tmp_path / "out" / "figures" / "mine.svg").exists()


def test_the_command_starts_as_a_program() -> None:
    """The way a user calls it; nothing of the statistics is loaded for the help."""
    script = "import sys; from testimonia.cli import app; app(['estimate', '--help'], standalone_mode=False);" \
        "assert 'numpy' not in sys.modules"  # fmt: skip
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Example: testimonia estimate uk5.csv --out uk/" in shown.stdout
