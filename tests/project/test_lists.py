"""Lists of people in a casebook: every cell cited, every row accounted for, no name where none may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from testimonia.casebook import Casebook, Kdf
from testimonia.errors import UnreadableList, UnusablePath
from testimonia.linkage.lists import read_lists
from testimonia.project.lists import check_lists, listed_records, take_in_lists
from testimonia.project.record_ids import could_be_a_name
from testimonia.project.steps import Step

HEAD = "record_id,name,birth_year,age,origin_place,remark\n"
ALPHA = HEAD + "a-1,금다올,1970,,무산군,seen twice\na-2,은새벽,,31,,\na-3,돌마루\na-4,봄누리,1981,,온성군,\n"
BETA = "no;name;born;derived from\n7;Kum Da-ol;1970;alpha\n8;Pom Nu-ri;1980;\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "book", "invented", kdf=Kdf(memory_kib=1024, passes=1)) as made:
        yield made


def written(tmp_path: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.csv" for name in texts]


def test_a_list_becomes_a_collection_of_records(book: Casebook, tmp_path: Path) -> None:
    """Rows with their numbers, a dependence that its records state, a ledger row, and the casebook intact."""
    taken = take_in_lists(book, written(tmp_path, alpha=ALPHA, beta=BETA))
    assert (taken.records, taken.refused, taken.unread) == ({"alpha": 3, "beta": 2}, 1, [])
    assert [(one.record_id, one.row) for one in book.listed()] == [
        ("a-1", 2), ("a-2", 3), ("a-4", 5), ("7", 2), ("8", 3),
    ]  # fmt: skip
    assert [one.dependence for one in book.collections()] == [None, "some records say that they come from alpha"]
    assert {row.path: row.outcome for row in book.arrivals()} == {"alpha.csv": "partly", "beta.csv": "read"}
    assert list(book.verify()) == []


def test_each_cell_is_a_passage_that_a_coding_cites(book: Casebook, tmp_path: Path) -> None:
    """The words of a coding are those of its cell, and its cell is named as a spreadsheet names it."""
    take_in_lists(book, written(tmp_path, alpha=ALPHA))
    (file,) = book.list_files()
    passages = {(p.start, p.end): p.text for p in book.document(file.file_sha256).passages}
    codings = {one.attributes["cell"]: one for one in book.list_codings(file)}
    assert {cell: one.quote for cell, one in codings.items()} == {
        "B2": "금다올", "C2": "1970", "E2": "무산군", "B3": "은새벽", "D3": "31", "B5": "봄누리", "C5": "1981",
        "E5": "온성군",
    }  # fmt: skip
    assert all(passages[one.start, one.end] == one.quote for one in codings.values())
    assert "seen twice" in passages.values(), "columns that are not known are kept as well"
    assert "돌마루" in passages.values(), "rows that were refused are kept as well"


def test_records_come_back_as_they_were_read(book: Casebook, tmp_path: Path) -> None:
    """What the rooms of linkage see is the same, whether from the file or from the casebook."""
    paths = written(tmp_path, alpha=ALPHA, beta=BETA)
    take_in_lists(book, paths)
    read = [record for file in read_lists(paths) for record in file.records]
    assert [tuple(record)[:20] for record in listed_records(book)] == [tuple(record)[:20] for record in read]


def test_a_corrected_cell_is_linked_as_corrected(book: Casebook, tmp_path: Path) -> None:
    """And a rejected one says nothing."""
    take_in_lists(book, written(tmp_path, alpha=ALPHA))
    (file,) = book.list_files()
    codings = {one.attributes["cell"]: one for one in book.list_codings(file)}
    with book.act("review") as write:
        write.review(codings["C2"], "corrected", changes={"value": "1971"})
        write.review(codings["E5"], "rejected")
    one, _, four = listed_records(book)
    assert (one.birth_year, one.name, four.origin_place) == ("1971", "금다올", "")


def test_the_same_lists_twice_change_nothing(book: Casebook, tmp_path: Path) -> None:
    """Not even the log."""
    paths = written(tmp_path, alpha=ALPHA, beta=BETA)
    first = take_in_lists(book, paths)
    head = book.head()
    assert take_in_lists(book, paths).records == first.records
    assert book.head() == head


def test_a_column_map_is_kept_for_the_next_list_of_that_name(book: Casebook, tmp_path: Path) -> None:
    """Given once, the map serves when the list comes again with more rows."""
    text = "nr,whoever,year\n1,금다올,1970\n2,은새벽,1981\n"
    (tmp_path / "map.json").write_text('{"columns": {"whoever": "name", "year": "birth_year"}}', encoding="utf-8")
    take_in_lists(book, written(tmp_path, gamma=text), columns=tmp_path / "map.json")
    take_in_lists(book, written(tmp_path, gamma=text + "3,봄누리,1990\n"))
    assert [(one.name, one.birth_year) for one in listed_records(book)][-1] == ("봄누리", "1990")


def test_a_list_that_cannot_be_read_is_kept_and_said_and_the_rest_goes_on(book: Casebook, tmp_path: Path) -> None:
    """Its bytes are preserved, its ledger row says why."""
    paths = [*written(tmp_path, alpha=ALPHA), tmp_path / "broken.xlsx"]
    paths[1].write_bytes(b"PK\x03\x04 not a workbook")
    steps: list[Step] = []
    taken = take_in_lists(book, paths, report=steps.append)
    assert taken.records == {"alpha": 3} and [name for name, _ in taken.unread] == ["broken.xlsx"]
    row = next(row for row in book.arrivals() if row.path == "broken.xlsx")
    assert row.outcome == "unread" and row.file_sha256 and book.has_item(row.file_sha256)
    assert any(step.notable and "broken.xlsx" in step.text for step in steps)
    with pytest.raises(UnreadableList):
        take_in_lists(book, paths[1:])


def test_the_first_row_of_a_list_without_headings_is_not_repeated(book: Casebook, tmp_path: Path) -> None:
    """It is a person; the ledger goes out in the clear."""
    with pytest.raises(UnreadableList) as refused:
        take_in_lists(book, written(tmp_path, alpha="금다올,여,1970\n은새벽 (언니),여,1980\n"))
    assert "none of its headings is known. Write a column map" in str(refused.value)
    (row,) = book.arrivals()
    assert "금다올" not in str(refused.value) + str(row.reason)


def test_a_path_that_is_no_file_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """One sentence."""
    with pytest.raises(UnusablePath, match="no such file"):
        check_lists([tmp_path / "nowhere.csv"])


@pytest.mark.parametrize("record_id", ["금다올", "Kum Da-ol", "Kum, Da-ol 1970", "kumdaol", "x1" * 40, "金1"])
def test_an_id_that_could_be_a_name_is_seen(record_id: str) -> None:
    """Another script, no digit, two words, very long."""
    assert could_be_a_name(record_id)


@pytest.mark.parametrize("record_id", ["7", "A-0012", "2003/17", "case 12", "9f1c2d3e-aa01", "press-000001"])
def test_an_ordinary_id_is_kept(record_id: str) -> None:
    """A digit, and no words that could be a person's."""
    assert not could_be_a_name(record_id)


def test_ids_that_could_be_names_are_replaced_and_that_is_said(book: Casebook, tmp_path: Path) -> None:
    """The record is called by list and row; no sentence about it repeats the id."""
    text = "id,name,birth_year\n금다올,금다올,1970\n금다올,금다올,1971\n17,은새벽,1980\n"
    taken = take_in_lists(book, written(tmp_path, alpha=text))
    assert [one.record_id for one in book.listed()] == ["alpha-row2", "alpha-row3", "17"]
    said = [problem for _, problem in taken.problems if problem.column == "record_id"]
    assert [problem.row for problem in said] == [2, 3]
    assert not any("금다올" in problem.what for _, problem in taken.problems)


def test_a_list_without_ids_says_how_its_records_are_called(book: Casebook, tmp_path: Path) -> None:
    """By list and row."""
    taken = take_in_lists(book, written(tmp_path, alpha="name,born\n금다올,1970\n"))
    assert [one.record_id for one in book.listed()] == ["alpha-row2"]
    assert [p.what for _, p in taken.problems if p.row == 0 and "no ids" in p.what]


def test_no_name_of_a_list_lies_open_in_the_casebook(book: Casebook, tmp_path: Path) -> None:
    """Not in a byte of the folder."""
    take_in_lists(book, written(tmp_path, alpha=ALPHA))
    stored = b"".join(path.read_bytes() for path in (tmp_path / "book").rglob("*") if path.is_file())
    assert not [word for word in ("금다올", "무산군", "alpha.csv") if word.encode() in stored]


def test_what_was_acknowledged_survives_when_an_import_is_stopped(
    book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the second list: the first is there whole, the second not at all; the next run takes it in."""
    from testimonia.project import lists

    paths = written(tmp_path, alpha=ALPHA, beta=BETA)
    keep = lists._keep

    def stopped(casebook: Casebook, path: Path, file: Any) -> None:
        if path.stem == "beta":
            monkeypatch.setattr(lists, "_codings", lambda *_more: iter([1 / 0]))
        keep(casebook, path, file)

    with monkeypatch.context() as patch:
        patch.setattr(lists, "_keep", stopped)
        with pytest.raises(ZeroDivisionError):
            take_in_lists(book, paths)
    monkeypatch.undo()
    assert {one.name: one.records for one in book.collections()} == {"alpha": 3}
    assert list(book.verify()) == []
    assert take_in_lists(book, paths).records == {"alpha": 3, "beta": 2}
