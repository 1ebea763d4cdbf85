"""The whole way, from files to findings."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from testimonia import project
from testimonia.casebook import Casebook, Kdf
from testimonia.errors import UnusablePath, WrongPassphrase
from testimonia.sandbox import Sandbox

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=1024, passes=1)
ENGLISH = (
    "Invented text: nothing in it is real.\n\n"
    "The Lantern Group said that 42 women were sent back to North Korea in 2021. "
    "Police must detain at least 25 people per month.\n"
)
KOREAN = "지어낸 글이다.\n\n인권단체 '등불모임'은 2021년 북한 여성 42명이 강제송환됐다고 밝혔다.\n"
CHINESE = "本文为虚构。\n\n据灯笼小组透露，2021年有42名朝鲜女性被遣返。\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as running:
        yield running


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "en.txt").write_bytes(ENGLISH.encode())
    (folder / "ko.txt").write_bytes(KOREAN.encode())
    (folder / "zh.txt").write_bytes(CHINESE.encode())
    (folder / "zz-copy.txt").write_bytes(ENGLISH.encode())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n")
    return folder


def run(documents: Path, out: Path, sandbox: Sandbox, secret: str = SECRET) -> project.RunResult:
    return project.run([documents], out, secret, sandbox=sandbox, kdf=CHEAP)


def lines(out: Path) -> list[dict[str, Any]]:
    text = (out / "codings.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def ledger(out: Path) -> list[dict[str, str]]:
    with (out / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_main_job_writes_every_file_of_the_contract(
    documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """The names are those of the design, the folder is private, the casebook is in it."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    wanted = {
        "dossier.html", "dossier.pdf", "ledger.csv", "figures.csv", "measures.csv", "acts.csv",
        "codings.jsonl", "origins.json", "run.json", "casebook",
    }  # fmt: skip
    assert wanted <= {path.name for path in out.iterdir()}
    assert out.stat().st_mode & 0o777 == 0o700


def test_every_coding_quotes_the_file_itself(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """For plain text, offsets are offsets into the decoded file, in all three languages."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_bytes().decode()
        for path in documents.glob("*.txt")
    }
    rows = lines(out)
    assert {str(row["path"]) for row in rows} >= {"en.txt", "ko.txt", "zh.txt"}
    for row in rows:
        assert texts[row["file_sha256"]][row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("path", ["en.txt", "ko.txt", "zh.txt"])
def test_the_same_figure_is_found_in_each_language(
    path: str, documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """42 persons, in English, Korean and Chinese."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    figures = [row for row in lines(out) if row["kind"] == "figure" and row["path"] == path]
    assert (42, "persons") in {(row["value"], row["unit"]) for row in figures}


def test_a_quota_is_not_read_as_a_result(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """`must detain at least 25` is required, not reported."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    quota = [row for row in lines(out) if row["kind"] == "figure" and "25" in str(row["quote"])]
    assert quota and all(row["modality"] == "required" for row in quota)


def test_every_path_has_a_ledger_row_and_a_duplicate_is_one_item(
    documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """Five files, five rows; two names of the same bytes share a hash; unread has reason and remedy."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    rows = {row["path"]: row for row in ledger(out)}
    assert set(rows) == {"broken.pdf", "en.txt", "ko.txt", "zh.txt", "zz-copy.txt"}
    assert rows["en.txt"]["sha256"] == rows["zz-copy.txt"]["sha256"]
    assert rows["broken.pdf"]["outcome"] == "unread"
    assert rows["broken.pdf"]["reason"] and rows["broken.pdf"]["remedy"]


def test_running_twice_changes_nothing(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """A second run resumes: same files, but for the seconds; and never reads its own output."""
    out = documents / "out"
    run(documents, out, sandbox)
    first = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.json"}
    run(documents, out, sandbox)
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.json"} == first
    assert not [row for row in ledger(out) if row["path"].startswith("out/")]


def test_resuming_needs_the_passphrase(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """A second run with another passphrase is refused."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    with pytest.raises(WrongPassphrase):
        run(documents, out, sandbox, "another")


def test_a_folder_of_somebody_else_is_not_written_into(
    documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """OUT must be new, empty, or ours."""
    with pytest.raises(UnusablePath, match="other files"):
        run(documents, documents, sandbox)


def test_nothing_of_a_document_lies_open_in_the_casebook(
    documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """No word of a document, no file name and no plain hash can be read in the casebook's bytes."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    stored = b"".join(path.read_bytes() for path in (out / "casebook").rglob("*") if path.is_file())
    names = " ".join(path.name for path in (out / "casebook").rglob("*"))
    secret_words = [b"Lantern", "강제송환".encode(), "朝鲜".encode(), b"zz-copy", SECRET.encode()]
    assert not [word for word in secret_words if word in stored]
    for path in documents.glob("*.txt"):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest not in names and digest.encode() not in stored


def test_the_casebook_of_a_run_verifies_and_is_searched(
    documents: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    """After a run, `verify` is clean and a two-character word is found inside a longer one."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    assert project.verify(out / "casebook", SECRET) == []
    with Casebook.open(out / "casebook", SECRET, write=False) as book:
        assert [hit.path for hit in project.search(book, "송환")] == ["ko.txt"]
        assert [hit.path for hit in project.search(book, "遣返")] == ["zh.txt"]


def test_links_that_go_round_do_not_end_a_run(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """Two links that lead to one another are named, and the rest is read."""
    (documents / "a-link").symlink_to("b-link")
    (documents / "b-link").symlink_to("a-link")
    run(documents, tmp_path / "out", sandbox)
    rows = {row["path"]: row for row in ledger(tmp_path / "out")}
    assert "circle" in rows["a-link"]["reason"] and rows["en.txt"]["outcome"] == "read"


def test_a_file_that_was_edited_is_kept_in_both_versions(documents: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    """The earlier version stays evidence, with its name."""
    out = tmp_path / "out"
    run(documents, out, sandbox)
    (documents / "en.txt").write_bytes(ENGLISH.replace("42", "43").encode())
    assert run(documents, out, sandbox).outcomes == run(documents, out, sandbox).outcomes
    figures = {row["value"]: row["path"] for row in lines(out) if row["kind"] == "figure"}
    assert figures[42.0] and figures[43.0] == "en.txt"
    assert [row["path"] for row in ledger(out)].count("en.txt") == 2
