"""From lists to links: files with record ids only, decisions that hold, a casebook that can be estimated from."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from testimonia import project, sample
from testimonia.casebook import Casebook, Kdf
from testimonia.errors import BadTable, UnusablePath
from testimonia.sandbox import Sandbox

SECRET = "an invented passphrase"
Linked = tuple[Path, project.LinkResult]
CHEAP = Kdf(memory_kib=1024, passes=1)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as running:
        yield running


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Linked:
    """The four invented lists of the sample, linked once for all tests."""
    out = tmp_path_factory.mktemp("linked") / "links"
    return out, project.link(sample.lists(), out, SECRET, sandbox=sandbox, kdf=CHEAP, draws=40)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_of_the_contract_is_there_and_private(linked: Linked) -> None:
    """Names and modes."""
    out, result = linked
    assert {path.name for path in out.iterdir()} == {
        "casebook", "clusters.csv", "pairs.csv", "overlap.csv", "draws", "report.html", "link.json",
    }  # fmt: skip
    assert out.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in (out / "draws").iterdir())
    assert len(list((out / "draws").glob("*.csv"))) == 40
    assert set(result.files) >= {"clusters.csv", "pairs.csv", "overlap.csv", "draws/", "report.html", "link.json"}


def test_everything_but_the_casebook_holds_ids_and_no_names(linked: Linked) -> None:
    """No name, no place and no other cell of a person stands in any file, nor in what is printed."""
    out, result = linked
    told = json.dumps(dict(result.summary), ensure_ascii=False)
    written = [path for path in out.rglob("*") if path.is_file() and "casebook" not in path.parts]
    texts = [told, *(path.read_text(encoding="utf-8") for path in written)]
    names = {row[column] for path in sample.lists() for row in rows(path) for column in row if column in NAMED}
    assert len(names) > 500
    for text in texts:
        assert not [name for name in names if len(name) > 2 and name in text]


NAMED = ("성명", "name", "姓名", "籍贯")


def test_every_record_has_a_cluster_and_every_pair_a_probability(linked: Linked) -> None:
    """Ids are those of the lists; clusters are called by a record of theirs."""
    out, result = linked
    clusters = rows(out / "clusters.csv")
    known = {row["record_id"] for row in clusters}
    assert len(clusters) == len(known) == result.summary["records"] == 779
    assert {row["cluster_id"] for row in clusters} <= known
    pairs = rows(out / "pairs.csv")
    assert pairs and all(0 < float(row["probability"]) <= 1 for row in pairs)
    assert {row["record_id_l"] for row in pairs} | {row["record_id_r"] for row in pairs} <= known
    assert all("invented-" in record_id for record_id in known)


def test_what_is_found_lies_near_what_is_true(linked: Linked) -> None:
    """505 persons stand behind the 779 records, 202 of them on two lists or more; within a twentieth of that."""
    _, result = linked
    truth = sample.truth()
    assert result.summary["persons"]["best"] == pytest.approx(truth["recorded"], rel=0.05)
    assert result.summary["several"]["best"] == pytest.approx(truth["on_two_lists_or_more"], rel=0.1)
    assert result.summary["refusal"] == ""


def test_estimate_reads_the_folder_and_the_casebook_alike(linked: Linked) -> None:
    """The same table with the same draws, and a total near the truth."""
    out, _ = linked
    folder = project.overlap_table(out)
    with Casebook.open(out / "casebook", SECRET, write=False) as book:
        table = project.linked_table(book)
    assert folder.lists == table.lists and folder.counts.tolist() == table.counts.tolist()
    assert [one.counts.tolist() for one in folder.draws] == [one.counts.tolist() for one in table.draws]
    found = project.estimate(table, methods=("loglinear-bic",))
    assert found.estimates[0].total == pytest.approx(sample.truth()["population"], rel=0.1)


def test_the_report_says_it_plainly(linked: Linked) -> None:
    """What is known, who says so, how sure it is, what is missing; no script in the page."""
    page = (linked[0] / "report.html").read_text(encoding="utf-8")
    for words in (
        "Behind 779 records stand about",
        "What is known",
        "Who says so",
        "How sure it is",
        "What is missing",
    ):
        assert words in page
    assert "<script" not in page and "Fellegi" in page


def test_the_casebook_is_intact_and_gives_no_list_away(linked: Linked) -> None:
    """Lists are in no export; matches go out as record ids; no search finds a person of a list."""
    out, result = linked
    assert project.verify(out / "casebook", SECRET) == []
    with Casebook.open(out / "casebook", SECRET, write=False) as book:
        assert list(project.export(book, "codings", "jsonl")) == []
        assert list(project.export(book, "renderings", "jsonl")) == []
        matches = [json.loads(line) for line in project.export(book, "matches", "jsonl")]
        assert next(project.export(book, "matches", "csv")).startswith("record_id_l,record_id_r,probability")
        assert project.search(book, "김") == []
    assert 0 < len(matches) <= result.summary["pairs"]["candidates"]
    assert set(matches[0]) == {"record_id_l", "record_id_r", "probability", "verdict"}


def decided(out: Path, count: int) -> list[Any]:
    """Decide the first pairs of the queue, against what the machine thinks of them."""
    with Casebook.open(out / "casebook", SECRET, who="reader-1") as book:
        likely = {frozenset(pair[:2]): pair[2] for pair in book.matches()}
        desk = project.review_desk(book)
        asked: list[Any] = []
        while len(asked) < count and (ask := desk.next()) is not None:
            against = "different" if likely.get(frozenset((ask.a, ask.b)), 0) > 0.5 else "same"
            desk.decide(ask, against, 1.5)
            asked.append((ask, against))
    return asked


def test_decisions_hold_when_the_lists_are_linked_again(linked: Linked, sandbox: Sandbox) -> None:
    """Same pairs fall into one cluster, different ones into two, whatever the machine made of them before."""
    out, _ = linked
    asked = decided(out, 6)
    assert len(asked) == 6
    with Casebook.open(out / "casebook", SECRET) as book:
        again = project.link_casebook(book, out, sandbox=sandbox, draws=40)
        assert len(book.decisions()) == 6
    cluster = {row["record_id"]: row["cluster_id"] for row in rows(out / "clusters.csv")}
    for ask, verdict in asked:
        assert (cluster[ask.a] == cluster[ask.b]) == (verdict == "same")
    assert again.summary["review"]["pairs"] == 6
    asked_now = {frozenset(one[:2]) for one in again.summary["queue"]}
    assert not asked_now & {frozenset((ask.a, ask.b)) for ask, _ in asked}


def test_too_little_to_link_is_refused(tmp_path: Path, sandbox: Sandbox) -> None:
    """A casebook without lists, and a folder without a casebook."""
    with (
        Casebook.create(tmp_path / "book", SECRET, kdf=CHEAP) as book,
        pytest.raises(BadTable, match="too few to link"),
    ):
        project.link_casebook(book, None, sandbox=sandbox)
    with pytest.raises(UnusablePath, match="no casebook here"):
        project.casebook_at(tmp_path)


def test_somebody_elses_folder_is_not_written_into(tmp_path: Path) -> None:
    """A folder of estimates, or of anything, is not one of links."""
    (tmp_path / "estimates.json").write_text("{}")
    with pytest.raises(UnusablePath, match="other files"):
        project.prepare_links(tmp_path)
