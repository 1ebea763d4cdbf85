"""The commands `link` and `link review`: words typed, sentences printed, exit codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from testimonia.casebook import Casebook, Kdf
from testimonia.cli import app
from testimonia.linkage.compared import Compared
from testimonia.project import linking, new
from testimonia.project.resolving import Resolved
from testimonia.release.drawing import Drawing

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=1024, passes=1)
ALPHA = "record_id,name,birth_year\na-1,금다올,1970\na-2,은새벽,1981\n"
BETA = "record_id,name,age\nb-1,Kum Da-ol,34\nb-2,Pom Nu-ri,30\nb-3,nobody\n"


def call(*words: object, secret: str = SECRET, keys: str = "") -> Result:
    """A command in this process, its keys from a pipe."""
    return CliRunner().invoke(app, [*map(str, words)], env={"TESTIMONIA_PASSPHRASE": secret}, input=keys)


def quick(_found: Any, _table: Any, decisions: Sequence[Any], *, seed: int, draws: int) -> Resolved:
    """Two pairs in doubt, no engine: what is tested here are the commands, not the links."""
    ids = ("a-1", "a-2", "b-1", "b-2")
    found = Compared(
        record_ids=ids,
        lists=("alpha", "beta"),
        list_of=np.array([0, 0, 1, 1], dtype=np.int16),
        left=np.array([0, 1], dtype=np.int32),
        right=np.array([2, 3], dtype=np.int32),
        levels=np.zeros((2, 1), dtype=np.int8),
        comparisons=("sex",),
        m=(np.array([0.1, 0.9]),),
        u=(np.array([0.5, 0.5]),),
        prior=0.1,
        extra=np.zeros(2),
        probability=np.array([0.7, 0.4]),
        rules=np.ones(2, dtype=np.uint32),
        rule_names=("sex",),
    )
    return Resolved(
        compared=found,
        clusters=np.array([0, 1, 0, 3], dtype=np.int32),
        probability=found.probability,
        counts={1: 1, 2: 1, 3: 1},
        draws=[{1: 1, 2: 1, 3: 1}, {1: 2, 2: 2}],
        certain={1: 2, 2: 2},
        change=np.array([3.0, 2.0]),
        notes=(f"Seed {seed}, {draws} draws, {len(decisions)} decisions.",),
    )


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(_table: Any, _decisions: Any, *, seed: int, engine: str) -> Compared:
        return quick(None, None, (), seed=seed, draws=len(engine)).compared

    monkeypatch.setattr(linking, "prepared", lambda _records: None)
    monkeypatch.setattr(linking, "compared", compared)
    monkeypatch.setattr(linking, "resolved", quick)
    monkeypatch.setattr(linking, "new", lambda place, key, who, kdf: new(place, key, who=who, kdf=kdf or CHEAP))
    monkeypatch.setattr(Drawing, "pictures", lambda _self, _make: {})


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    (tmp_path / "alpha.csv").write_text(ALPHA, encoding="utf-8")
    (tmp_path / "beta.csv").write_text(BETA, encoding="utf-8")
    return [tmp_path / "alpha.csv", tmp_path / "beta.csv"]


def test_help_names_the_way_to_link_and_to_review() -> None:
    """Both commands, each with an example."""
    assert "Example: testimonia link " in call("link", "--help").output
    assert "Usage: testimonia link [OPTIONS]" in call("link", "--help").output
    assert "Example: testimonia link review " in call("link", "review", "--help").output


def test_lists_become_links_and_what_is_missing_is_said(lists: list[Path], tmp_path: Path) -> None:
    """How many, how sure, which rows were refused, where it lies."""
    shown = call("link", *lists, "--out", tmp_path / "links", "--seed", 7)
    assert shown.exit_code == 0, shown.output
    for words in ("Records: 4 on 2 lists (alpha 2, beta 2).", "Rows refused: 1", "NOT encrypted", "Seed 7, 200 draws"):
        assert words in shown.stdout
    assert "Da-ol" not in shown.output and "금다올" not in shown.output
    assert call("link", *lists, "--out", tmp_path / "strict", "--strict").exit_code == 1


def test_json_is_one_document_also_when_it_fails(lists: list[Path], tmp_path: Path) -> None:
    """With the rows that were wrong, by row and column."""
    told = json.loads(call("link", *lists, "--out", tmp_path / "links", "--json").stdout)
    assert told["refused_rows"] == 1 and any(one["row"] == 4 and not one["column"] for one in told["row_errors"])
    assert set(told["files"]) >= {"clusters.csv", "pairs.csv", "link.json"}
    assert "queue" not in told
    assert "error" in json.loads(call("link", tmp_path / "nowhere.csv", "--out", tmp_path / "x", "--json").stdout)


def test_mistakes_are_one_sentence_and_make_nothing(lists: list[Path], tmp_path: Path) -> None:
    """No folder, no such file, no such map."""
    for words, said in (
        ((*lists,), "--out DIR is missing"),
        ((tmp_path / "nowhere.csv", "--out", tmp_path / "out"), "no such file"),
        ((tmp_path, "--out", tmp_path / "out"), "no casebook here"),
    ):
        shown = call("link", *words)
        assert shown.exit_code == 2 and said in shown.stderr
        assert len(shown.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_passphrase_is_made_for_a_new_folder_and_asked_for_an_old_one(lists: list[Path], tmp_path: Path) -> None:
    """Shown once on stderr, before anything is written."""
    first = call("link", *lists, "--out", tmp_path / "links", secret="")
    made = first.stderr.splitlines()[0].rpartition(" ")[2]
    assert first.exit_code == 0 and made not in first.stdout
    assert call("link", *lists, "--out", tmp_path / "links", secret="").exit_code == 2
    assert call("link", tmp_path / "links", secret=made).exit_code == 0


def test_review_by_keys_keeps_each_decision_and_goes_on_where_it_stopped(lists: list[Path], tmp_path: Path) -> None:
    """Two pairs are waiting; one is decided, then the second; keys that mean nothing are passed over."""
    out = tmp_path / "links"
    call("link", *lists, "--out", out)
    shown = call("link", "review", out, "--as", "reader-1", keys="x\nd\nq")
    assert shown.exit_code == 0, shown.output
    assert (
        "금다올" in shown.stdout and "Kum Da-ol" in shown.stdout and "Decisions kept: 1 now, 1 in all" in shown.stdout
    )
    assert "0.7" not in shown.stdout and "70" not in shown.stdout.replace("1970", "")
    again = call("link", "review", out, "--as", "reader-1", keys="uq")
    assert "Kum Da-ol" not in again.stdout and "Pom Nu-ri" in again.stdout
    with Casebook.open(out / "casebook", SECRET, write=False) as book:
        assert [(one.a, one.b, one.verdict, one.who) for one in book.decisions()] == [
            ("a-1", "b-1", "different", "reader-1"),
            ("a-2", "b-2", "unsure", "reader-1"),
        ]


def test_back_asks_again_and_the_last_word_counts(lists: list[Path], tmp_path: Path) -> None:
    """Both decisions stay in the record."""
    out = tmp_path / "links"
    call("link", *lists, "--out", out)
    call("link", "review", out, "--as", "reader-1", keys="sbdq")
    with Casebook.open(out / "casebook", SECRET, write=False) as book:
        assert [(one.b, one.verdict) for one in book.decisions()] == [("b-1", "same"), ("b-1", "different")]


def test_a_second_person_and_an_adjudication(lists: list[Path], tmp_path: Path) -> None:
    """Disputed pairs come to whoever decides them, and to nobody else."""
    out = tmp_path / "links"
    call("link", *lists, "--out", out)
    call("link", "review", out, "--as", "reader-1", keys="ssq")
    with Casebook.open(out / "casebook", SECRET, who="reader-2") as book, book.act("review") as write:
        write.decide("a-1", "b-1", "different", chosen="second")
    told = json.loads(call("link", "review", out, "--as", "head", "--adjudicate", "--json", keys="sdq").stdout)
    assert (told["decided"], told["disputed"], told["twice"]) == (1, 0, 1)
    assert "4 decisions" in call("link", out).stdout


def test_review_of_what_is_not_linked_is_told(tmp_path: Path) -> None:
    """One sentence."""
    shown = call("link", "review", tmp_path, "--as", "reader-1")
    assert shown.exit_code == 2 and "no casebook here" in shown.stderr


def test_nothing_looks_a_person_or_a_list_up() -> None:
    """No command takes a name or a list and answers whether a casebook holds it."""
    listed = call("--help").output.split("Commands:")[1]
    assert not {"lookup", "find", "match", "check", "screen"} & set(listed.split())
    words = call("link", "--help").output
    assert "--name" not in words and "--person" not in words and "--against" not in words
