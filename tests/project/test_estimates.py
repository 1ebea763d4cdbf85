"""From an overlap table to a folder with its report."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from testimonia import project
from testimonia.casebook import Casebook, Kdf
from testimonia.errors import BadTable, MissingPart, UnusablePath
from testimonia.estimation import examples
from testimonia.project.compiling import told_of_compiling
from testimonia.sandbox import Sandbox

SIMPLE = ("chao", "sample-coverage", "lincoln-petersen")


def test_the_way_from_a_table_to_its_report(tmp_path: Path) -> None:
    """The same figures in the document, in the rows and in the values."""
    steps: list[project.Step] = []
    with Sandbox.start() as sandbox:
        table = project.overlap_table(examples.path("korea3"))
        found = project.estimate(table, methods=SIMPLE, report=steps.append)
        plain = project.plain_estimates(found)
        project.prepare_estimates(tmp_path / "out")
        written = project.write_estimates(plain, tmp_path / "out", sandbox=sandbox, report=steps.append)
    assert set(written) >= {"estimates.json", "estimates.csv", "report.html"}
    assert json.loads((tmp_path / "out" / "estimates.json").read_text()) == json.loads(json.dumps(plain))
    with (tmp_path / "out" / "estimates.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["method"] for row in rows] == list(SIMPLE)
    assert float(rows[0]["total"]) == found.estimates[0].total and rows[1]["aic"] == ""
    assert [step.text for step in steps if step.stage == "estimate"][:3] == list(SIMPLE)


def test_a_casebook_without_links_is_no_overlap_table(tmp_path: Path) -> None:
    """The sentence says what to do instead."""
    with (
        Casebook.create(tmp_path / "book", "invented", kdf=Kdf(memory_kib=1024, passes=1)) as book,
        pytest.raises(BadTable, match="make a table with one 0/1 column a list"),
    ):
        project.linked_table(book)
    with pytest.raises(BadTable, match="open it"):
        project.overlap_table(tmp_path / "book")


def test_the_linked_lists_of_a_casebook_are_a_table_with_draws(tmp_path: Path) -> None:
    """Counts by pattern as the linkage kept them; a linkage that refused its draws gives none."""
    counts = {0b001: 50, 0b010: 40, 0b100: 30, 0b011: 9, 0b101: 8, 0b110: 7}
    with Casebook.create(tmp_path / "book", "invented", kdf=Kdf(memory_kib=1024, passes=1)) as book:
        with book.act("link") as write:
            write.linkage(("a", "b", "c"), {}, counts, [{**counts, 0b011: 10}, {**counts, 0b011: 8}])
        table = project.linked_table(book)
        assert (table.lists, table.n, [draw.n for draw in table.draws]) == (("a", "b", "c"), 144, [145, 143])
        with pytest.raises(BadTable, match="no other columns"):
            project.linked_table(book, columns=True)
        with book.act("link") as write:
            write.linkage(("a", "b", "c"), {"refusal": "Chains do not agree."}, counts, [])
        with pytest.raises(BadTable, match="do not agree"):
            project.linked_table(book)


def test_a_folder_of_findings_is_not_a_folder_of_estimates(tmp_path: Path) -> None:
    """Each kind of output has a folder of its own."""
    (tmp_path / "dossier.html").write_text("findings")
    with pytest.raises(UnusablePath, match="other files"):
        project.prepare_estimates(tmp_path)
    (tmp_path / "dossier.html").unlink()
    (tmp_path / "estimates.json").write_text("{}")
    project.prepare_estimates(tmp_path)
    with pytest.raises(UnusablePath, match="other files"):
        project.prepare(tmp_path)


def test_a_report_of_estimates_becomes_a_chapter_of_the_dossier(tmp_path: Path) -> None:
    """Read back from the file that was written; without one the chapter says what it would take."""
    plain = project.plain_estimates(project.estimate(project.overlap_table(examples.path("korea3")), methods=SIMPLE))
    (tmp_path / "estimates.json").write_text(json.dumps(plain))
    totals = project.estimates_document(tmp_path / "estimates.json")
    book = Casebook.create(tmp_path / "book", "invented", kdf=Kdf(memory_kib=1024, passes=1))
    with book, Sandbox.start() as sandbox:
        for name, given in (("with", totals), ("without", None)):
            (tmp_path / name).mkdir()
            project.dossier(book, tmp_path / name, sandbox=sandbox, estimates=given)
    assert "137" in (tmp_path / "with" / "dossier.html").read_text()
    assert "137" not in (tmp_path / "without" / "dossier.html").read_text().partition('id="hidden"')[2]


@pytest.mark.parametrize("text", ["no json", "[]", '{"table": {}}', "[" * 100_000])
def test_what_is_no_document_of_estimates_is_refused(tmp_path: Path, text: str) -> None:
    """With the name of the file."""
    (tmp_path / "other.json").write_text(text)
    with pytest.raises(UnusablePath, match=r"other\.json: this .* that `testimonia estimate` wrote"):
        project.estimates_document(tmp_path / "other.json")
    with pytest.raises(UnusablePath, match=r"missing\.json: cannot be read"):
        project.estimates_document(tmp_path / "missing.json")


def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the compiler no method of models runs; nothing is left out in silence."""
    table = project.overlap_table(examples.path("korea3"))
    for name in [name for name in sys.modules if name.startswith("testimonia.estimation.loglinear")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    with pytest.raises(MissingPart, match=r"scipy.*part `stats`"):
        project.estimate(table, methods=("loglinear-average",))


def test_compiling_is_told_once_and_only_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two functions compiled inside, one sentence; none for what was compiled before."""
    import numba

    monkeypatch.setattr("testimonia.project.compiling.LONG", 0.0)
    said: list[str] = []
    with told_of_compiling(said.append):
        assert numba.njit(lambda x: x + 1)(1) == 2
        assert numba.njit(lambda x: x + 2)(1) == 3
    assert len(said) == 1 and "happens once" in said[0]
    with told_of_compiling(said.append):
        pass
    assert len(said) == 1


def test_a_folder_of_links_that_refused_gives_its_reason(tmp_path: Path) -> None:
    """Not that a file is missing."""
    (tmp_path / "link.json").write_text('{"refusal": "Chains do not agree."}')
    with pytest.raises(BadTable, match="Chains do not agree"):
        project.overlap_table(tmp_path)
