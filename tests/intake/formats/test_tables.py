"""Workbooks and delimited text: one row a line, and for each line where it stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.samples import KOREAN, ods, xlsx

from testimonia.intake import worker
from testimonia.intake.formats.delimited import separator
from testimonia.intake.formats.rows import column


def test_rows_of_a_workbook_name_their_cells() -> None:
    reading = worker.read(xlsx([["id", "age", "일자"], ["A-1", 34, "미상"], ["", "", ""], ["A-2", 19.5]]), "a.xlsx")
    assert reading.text == "id\tage\t일자\nA-1\t34\t미상\nA-2\t19.5\n\n"
    assert [(page.label, page.kind) for page in reading.pages] == [
        ("Cases!A1:C1", "cell"),
        ("Cases!A2:C2", "cell"),
        ("Cases!A4:B4", "cell"),
    ]
    assert [passage.role for passage in reading.passages] == ["table"] * 3


def test_an_open_document_sheet_reads_the_same() -> None:
    assert worker.read(ods([["id", "age"], ["A-1", "34"]]), "a.ods").text == "id\tage\nA-1\t34\n\n"


def test_hidden_sheets_are_read_and_flagged() -> None:
    reading = worker.read(xlsx([["secret"]], state="hidden"), "a.xlsx")
    assert reading.text.strip() == "secret" and reading.flags == ("hidden_sheets",)


def test_a_line_break_in_a_cell_does_not_break_the_row() -> None:
    assert worker.read(xlsx([["two\nlines", "x"]]), "a.xlsx").text.strip() == "two lines\tx"
    assert worker.read(b'id,note\n1,"two\nlines"\n', "a.csv").text == "id\tnote\n1\ttwo lines\n"


def test_a_workbook_without_filled_cells_is_unread() -> None:
    assert worker.read(xlsx([]), "a.xlsx").outcome == "unread"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    rows = [["name", "age", "note, with a comma"], ["A-1", "34", "x; y"], ["A-2", "19", ""]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark).writerows(rows)
    assert separator(buffer.getvalue()) == mark


def test_text_without_columns_keeps_its_lines() -> None:
    reading = worker.read(f"{KOREAN}\nno columns here\n".encode(), "a.csv")
    assert reading.text == f"{KOREAN}\nno columns here\n" and reading.parameters["separator"] == "none"


def test_korean_csv_of_excel() -> None:
    reading = worker.read("이름,나이\n가,34\n나,19\n".encode("cp949"), "a.csv")
    assert reading.text == "이름\t나이\n가\t34\n나\t19\n"
    assert [page.label for page in reading.pages] == ["A1:B1", "A2:B2", "A3:B3"]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_counted_in_letters(index: int, letters: str) -> None:
    assert column(index) == letters


WORD = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=6))
def test_every_cell_is_in_its_row(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    reading = worker.read(buffer.getvalue().encode("utf-8-sig"), "a.csv")
    assert [line.split("\t") for line in reading.text.splitlines()] == rows
