"""The command line: help, exit codes, one sentence for each mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.casebook import Casebook, Kdf

SECRET = "an invented passphrase"
ROOT = Path(__file__).parents[2]
COMMANDS = (
    "run",
    "demo",
    "new",
    "intake",
    "code",
    "verify",
    "search",
    "dossier",
    "export",
    "estimate",
    "link",
    "names",
    "serve",
    "doctor",
)


def call(*words: object, secret: str | None = SECRET, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TESTIMONIA")}
    if secret is not None:
        environment["TESTIMONIA_PASSPHRASE"] = secret
    return subprocess.run(
        [sys.executable, "-m", "testimonia", *map(str, words)],
        env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=cwd, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An empty casebook with a cheap key."""
    Casebook.create(tmp_path / "book", SECRET, kdf=Kdf(memory_kib=1024, passes=1)).close()
    return tmp_path / "book"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name: str) -> None:
    """`--help` exits 0 and shows a command line to copy."""
    shown = call(name, "--help")
    assert shown.returncode == 0
    assert f"Example: testimonia {name}" in shown.stdout


def test_the_command_reference_is_what_the_commands_say() -> None:
    """docs/commands.md is made from the commands' own help."""
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_commands.py", "--check"], capture_output=True, check=False
    )
    assert checked.returncode == 0, "run: python scripts/make_commands.py"


def test_the_readme_names_only_commands_that_exist() -> None:
    """Each `testimonia X` in the README is a command."""
    import re

    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"^(?:\.venv/bin/)?testimonia ([a-z]+)", "\n".join(blocks), re.MULTILINE))
    assert named and named <= set(COMMANDS)


def test_a_wrong_passphrase_is_one_sentence_and_exit_2(book: Path) -> None:
    """Nothing is written, and what went wrong is said once."""
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    shown = call("search", book, "word", secret="wrong")
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert len(shown.stderr.strip().splitlines()) == 1
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_no_casebook_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    """A path without a casebook is named."""
    shown = call("verify", tmp_path / "nowhere")
    assert shown.returncode == 2
    assert "nowhere" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_no_passphrase_says_where_one_could_come_from(book: Path) -> None:
    """Without a terminal, the sentence names the variable and the option."""
    shown = call("verify", book, secret=None)
    assert shown.returncode == 2
    assert "TESTIMONIA_PASSPHRASE" in shown.stderr and "--passphrase-file" in shown.stderr


def test_an_empty_passphrase_file_is_refused(book: Path, tmp_path: Path) -> None:
    """An empty first line is no passphrase."""
    (tmp_path / "secret").write_text("\n")
    shown = call("verify", book, "--passphrase-file", tmp_path / "secret", secret=None)
    assert shown.returncode == 2
    assert "empty" in shown.stderr


def test_verify_of_an_intact_casebook_exits_0(book: Path) -> None:
    """An intact casebook is said to be intact."""
    shown = call("verify", book)
    assert shown.returncode == 0
    assert shown.stdout.startswith("Intact")


def test_json_is_one_document_also_when_it_fails(book: Path, tmp_path: Path) -> None:
    """stdout is JSON whether or not the command succeeds."""
    assert json.loads(call("verify", book, "--json").stdout)["intact"] is True
    assert "error" in json.loads(call("verify", tmp_path / "nowhere", "--json").stdout)


def test_new_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    """`new` never writes between somebody's files."""
    (tmp_path / "notes.txt").write_text("mine")
    shown = call("new", tmp_path)
    assert shown.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_intake_names_a_missing_path_and_goes_on(book: Path, tmp_path: Path) -> None:
    """One path that is not there does not stop the others."""
    (tmp_path / "note.txt").write_text("She said that 12 people were sent back in 2019. Invented.\n")
    shown = call("intake", book, tmp_path / "missing", tmp_path / "note.txt")
    assert shown.returncode == 0
    assert "missing" in shown.stderr
    assert "1 read" in shown.stdout and "1 unread" in shown.stdout


def test_strict_exits_1_when_something_is_unread(book: Path, tmp_path: Path) -> None:
    """`--strict` makes an unread file an exit code."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\n")
    assert call("intake", book, tmp_path / "broken.pdf", "--strict").returncode == 1


def test_doctor_speaks_plainly() -> None:
    """Each line of the doctor has a state, a thing and a sentence."""
    shown = call("doctor", "--json")
    checks = json.loads(shown.stdout)["checks"]
    assert all(check["sentence"] and check["state"] in ("good", "caution", "missing") for check in checks)


def test_the_codebook_page_is_what_the_codebook_says() -> None:
    """docs/codebook.md is made from the codebook."""
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_codebook.py", "--check"], capture_output=True, check=False
    )
    assert checked.returncode == 0, "run: python scripts/make_codebook.py"


def test_run_without_any_path_that_exists_makes_nothing(tmp_path: Path) -> None:
    """A mistyped folder is named before anything is created."""
    shown = call("run", tmp_path / "mistyped", "--out", tmp_path / "out")
    assert shown.returncode == 2
    assert "mistyped" in shown.stderr
    assert not (tmp_path / "out").exists()


def test_run_makes_a_passphrase_and_shows_it_once_on_stderr(tmp_path: Path) -> None:
    """Without a passphrase a strong one is made; with it the casebook opens."""
    (tmp_path / "note.txt").write_text("Police said that 12 women were sold in 2019. Invented.\n")
    shown = call("run", tmp_path / "note.txt", "--out", tmp_path / "out", secret=None)
    assert shown.returncode == 0, shown.stderr
    made = shown.stderr.splitlines()[0].rpartition(" ")[2]
    assert made not in shown.stdout
    assert call("verify", tmp_path / "out" / "casebook", secret=made).returncode == 0
    assert call("run", tmp_path / "note.txt", "--out", tmp_path / "out", secret=None).returncode == 2


def test_closed_streams_do_not_reach_into_the_casebook(book: Path, tmp_path: Path) -> None:
    """With stdin, stdout and stderr closed, what is printed goes nowhere; above all not into a file of the casebook."""
    (tmp_path / "note.txt").write_text("She said that 12 people were sent back in 2019. Invented.\n")
    command = [sys.executable, "-m", "testimonia", "intake", str(book), str(tmp_path / "note.txt")]
    environment = {**os.environ, "TESTIMONIA_PASSPHRASE": SECRET}
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command], env=environment, timeout=60, check=False
    )
    assert ended.returncode == 0
    assert call("verify", book).returncode == 0


def test_a_file_name_cannot_write_to_the_terminal(book: Path, tmp_path: Path) -> None:
    """Names come from anybody: they forge no line, move no cursor, turn no direction."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a\nintake 1 of 1 read forged\x1b[2J\u202e.txt").write_bytes(b"")
    shown = call("intake", book, tmp_path / "docs")
    assert not {"\x1b", "\u202e"} & set(shown.stderr + shown.stdout)
    assert len(shown.stderr.strip().splitlines()) == 1


def test_a_name_that_is_no_pseudonym_is_one_sentence(book: Path, tmp_path: Path) -> None:
    """`--as` takes what can stand in the log."""
    shown = call("code", book, "--as", "two\nlines")
    assert shown.returncode == 2
    assert len(shown.stderr.strip().splitlines()) == 1 and "pseudonym" in shown.stderr


def test_a_lone_file_of_somebody_else_keeps_its_folder(tmp_path: Path) -> None:
    """A folder with a ledger.csv of somebody else's is not taken for ours."""
    (tmp_path / "note.txt").write_text("Invented.\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ledger.csv").write_text("accounts")
    shown = call("run", tmp_path / "note.txt", "--out", tmp_path / "out")
    assert shown.returncode == 2 and "other files" in shown.stderr
    assert (tmp_path / "out" / "ledger.csv").read_text() == "accounts"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is of Linux")
def test_a_command_that_holds_the_passphrase_cannot_be_looked_into() -> None:
    """Neither memory nor environment is readable by other processes of the user, and no core file is written."""
    script = (
        "import ctypes, resource; from testimonia.cli.common import given_passphrase; given_passphrase(None);"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["0", "0"]


def test_a_passphrase_file_among_the_documents_is_refused(book: Path, tmp_path: Path) -> None:
    """Otherwise the passphrase would be read as a document and stand in the dossier, unencrypted."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "secret.txt").write_text(SECRET)
    for words in (("run", tmp_path / "docs", "--out", tmp_path / "out"), ("intake", book, tmp_path / "docs")):
        shown = call(*words, "--passphrase-file", tmp_path / "docs" / "secret.txt", secret=None)
        assert shown.returncode == 2 and "Move it elsewhere" in shown.stderr
    assert not (tmp_path / "out").exists()
