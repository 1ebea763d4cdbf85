"""Every row of a list becomes a record or is said to be none, and why."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.samples import xlsx

from testimonia.errors import UnreadableList
from testimonia.linkage.lists import FIELDS, ColumnMap, ListFile, read_list, read_lists

HEAD = "record_id,name,sex,age,report_year"


def written(folder: Path, text: str | bytes, name: str = "interviews.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(file: ListFile) -> list[str]:
    return [str(error) for error in file.errors]


def test_a_list_is_read_with_every_field_and_the_place_of_every_cell(tmp_path: Path) -> None:
    """Rows count as in a spreadsheet program: the heading is row 1, so the second person stands in row 3."""
    path = written(tmp_path, f"{HEAD}\na1,김금순,F,31,2004\na2,리영철,M,,2005\n")
    file = read_list(path)
    assert [(r.record_id, r.name, r.sex, r.age, r.report_year) for r in file.records] == [
        ("a1", "김금순", "F", "31", "2004"),
        ("a2", "리영철", "M", "", "2005"),
    ]
    second = file.records[1]
    assert (second.row, second.cells, second.list) == (3, ("a2", "리영철", "M", "", "2005"), "interviews")
    assert (second.coordinate("name"), second.coordinate("alias")) == ("B3", None)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.encoding == "utf-8"
    assert not file.errors


def test_a_cell_over_two_lines_keeps_its_row_and_those_below_keep_theirs(tmp_path: Path) -> None:
    """The number is that of the line a row begins on: the quoted cell takes lines 2 and 3, the next row is 4."""
    file = read_list(written(tmp_path, f'{HEAD}\na1,"Kim\nKum Sun",F,31,2004\na2,Ri,M,,2005\n'))
    assert [r.row for r in file.records] == [2, 4]
    assert file.records[0].name == "Kim\nKum Sun"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, mark: str) -> None:
    """Comma, semicolon (as European spreadsheet programs save) and tab."""
    file = read_list(written(tmp_path, mark.join(["name", "sex"]) + "\n" + mark.join(["Pak Sun Ok", "F"]) + "\n"))
    assert (file.records[0].name, file.records[0].sex) == ("Pak Sun Ok", "F")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "gb18030"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    """Korean in cp949, Chinese in gb18030; the Unicode ones hold both."""
    korean = "번호,성명,성별,고향\n" + "".join(f"k{i},리영철,남성,함경북도 회령시에서 왔다\n" for i in range(5))
    chinese = "编号,姓名,性别,籍贯\n" + "".join(f"c{i},李英哲,男性,咸镜北道会宁市的人\n" for i in range(5))
    for text in (korean, chinese):
        if (encoding, text) in (("cp949", chinese), ("gb18030", korean)):
            continue
        file = read_list(written(tmp_path, text.encode(encoding)))
        assert file.records[4].name in ("리영철", "李英哲")
        assert not file.errors


def test_western_apostrophes_are_read(tmp_path: Path) -> None:
    """Single bytes above ASCII among ASCII letters are Windows Western: 0x92 is the apostrophe of Namp’o."""
    file = read_list(written(tmp_path, b"name,origin\nKim Kum Sun,Namp\x92o\n"))
    assert (file.records[0].origin_place, file.encoding) == ("Namp’o", "cp1252")


def test_an_encoding_that_is_none_is_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    """Guessing would invent names: bytes of no known encoding end with a sentence that says what to do."""
    with pytest.raises(UnreadableList, match=r"^strange\.csv: .*Save the list again as UTF-8"):
        read_list(written(tmp_path, b"name,sex\n\x81\x20\xff\xfe\x90\x8f,F\n" * 20, "strange.csv"))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing in it is said to be nothing."""
    with pytest.raises(UnreadableList, match="it is empty"):
        read_list(written(tmp_path, content))


def test_a_missing_file_and_a_broken_workbook_are_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(UnreadableList, match=r"gone\.csv: it cannot be opened"):
        read_list(tmp_path / "gone.csv")
    with pytest.raises(UnreadableList, match=r"half\.xlsx: this workbook is broken"):
        read_list(written(tmp_path, xlsx([["name"], ["Kim"]])[:200], "half.xlsx"))


def test_a_workbook_reads_like_a_csv(tmp_path: Path) -> None:
    """Whole numbers have no point, and rows have the numbers that the spreadsheet program shows."""
    rows: list[list[str | float]] = [["record_id", "name", "age"], ["w1", "박순옥", 31.0], ["w2", "Pak Sun Ok", ""]]
    file = read_list(written(tmp_path, xlsx(rows), "press.xlsx"))
    assert [(r.record_id, r.name, r.age, r.row) for r in file.records] == [
        ("w1", "박순옥", "31", 2),
        ("w2", "Pak Sun Ok", "", 3),
    ]
    assert file.encoding == "xlsx"


def test_rows_with_too_few_or_too_many_cells_are_said_and_kept(tmp_path: Path) -> None:
    """The others are read; empty cells at the end of a row are no cells too many."""
    rows = "a1,Kim,F,31,2004\na2,Ri,M\na3,Pak,F,30,2001,,\na4,Choe,F,30,2001,extra\na5,Han,M,40,2002\n"
    file = read_list(written(tmp_path, f"{HEAD}\n{rows}"))
    assert [r.record_id for r in file.records] == ["a1", "a3", "a5"]
    assert [(row.row, row.cells[:2]) for row in file.refused] == [(3, ("a2", "Ri")), (5, ("a4", "Choe"))]
    assert said(file) == [
        "interviews, row 3: 3 cells where the heading has 5; the row was not read. "
        "Look for a separator too many, or one missing.",
        "interviews, row 5: 6 cells where the heading has 5; the row was not read. "
        "Look for a separator too many, or one missing.",
    ]


def test_a_tenth_of_broken_rows_leaves_the_rest(tmp_path: Path) -> None:
    """90 of 100 rows are records, the other 10 are named."""
    rows = [f"a{i},Kim,F,31,2004" if i % 10 else f"a{i},Kim" for i in range(100)]
    file = read_list(written(tmp_path, "\n".join([HEAD, *rows])))
    assert (len(file.records), len(file.refused), len(file.errors)) == (90, 10, 10)


def test_unknown_columns_are_kept_and_said(tmp_path: Path) -> None:
    """A column that stands for no field stays in the cells of each record."""
    file = read_list(written(tmp_path, "name,shoe size,sex\nKim,37,F\n"))
    assert file.unknown == ("shoe size",)
    assert file.records[0].cells == ("Kim", "37", "F")
    assert said(file) == ["interviews, row 1, shoe size: this column is not known; it is kept, not compared."]


def test_a_list_without_any_known_heading_is_refused(tmp_path: Path) -> None:
    """It would be a list of empty records."""
    with pytest.raises(UnreadableList, match="none of its headings is known"):
        read_list(written(tmp_path, "alpha,beta\n1,2\n"))


def test_ids_are_unique_within_a_list(tmp_path: Path) -> None:
    """A repeated id and a missing one get a name that is said; no record is lost."""
    file = read_list(written(tmp_path, f"{HEAD}\na1,Kim,F,31,2004\na1,Ri,M,40,2003\n,Pak,F,20,2001\n"))
    assert [r.record_id for r in file.records] == ["a1", "a1#2", "interviews-row4"]
    assert [(e.row, e.column) for e in file.errors] == [(3, "record_id"), (4, "record_id")]


def test_ids_are_unique_over_lists(tmp_path: Path) -> None:
    """What an earlier list uses is put behind the later list's name."""
    first = written(tmp_path, f"{HEAD}\n1,Kim,F,31,2004\n", "press.csv")
    second = written(tmp_path, f"{HEAD}\n1,Ri,M,40,2003\n2,Pak,F,20,2001\n", "court.csv")
    files = read_lists([first, second])
    assert [r.record_id for file in files for r in file.records] == ["1", "court/1", "2"]
    assert [str(e) for e in files[1].errors] == [
        "court, row 2, record_id: the id 1 stands in an earlier list; here it is called court/1. "
        "Give each list ids of its own."
    ]


def test_one_list_alone_has_no_overlap_and_says_so(tmp_path: Path) -> None:
    """It is read, for duplicates inside it."""
    (file,) = read_lists([written(tmp_path, f"{HEAD}\n1,Kim,F,31,2004\n")])
    assert len(file.records) == 1
    assert "the only list: no overlap" in str(file.errors[-1])


def test_what_cannot_be_is_said_by_row_and_column(tmp_path: Path) -> None:
    """Birth year 2090, age 300, a name of 300 characters, no name, a day no calendar has, born after the report."""
    head = "record_id,name,birth_year,age,crossing_date,report_year"
    rows = [
        "a,Kim,2090,,,2004",
        "b,Kim,,300,,2004",
        f"c,{'K' * 300},1970,,,2004",
        "d,,1970,,,2004",
        "e,Kim,1970,,2003-02-30,2004",
        "f,Kim,2006,,,2004",
        "g,Kim,1970,34,2003-02-28,2004",
    ]
    file = read_list(written(tmp_path, "\n".join([head, *rows])))
    assert [(e.row, e.column) for e in file.errors] == [
        (2, "birth_year"),
        (3, "age"),
        (4, "name"),
        (5, "name"),
        (6, "crossing_date"),
        (7, "birth_year"),
    ]
    assert len(file.records) == 7


def test_dates_in_an_order_that_cannot_be_told_are_said(tmp_path: Path) -> None:
    """03/04/2003 is one of two days; 25/04/2003 and 04/04/2003 are one each."""
    rows = "a,Kim,03/04/2003\nb,Ri,25/04/2003\nc,Pak,04/04/2003\n"
    file = read_list(written(tmp_path, "record_id,name,crossing_date\n" + rows))
    assert [(e.row, e.column) for e in file.errors] == [(2, "crossing_date")]


def test_a_list_column_names_the_list_of_each_row(tmp_path: Path) -> None:
    """Where it is empty, the file does."""
    file = read_list(written(tmp_path, "record_id,list,name\n1,hotline,Kim\n2,,Ri\n"))
    assert [r.list for r in file.records] == ["hotline", "interviews"]


def test_titles_above_the_heading_are_said_and_kept(tmp_path: Path) -> None:
    """Spreadsheets often begin with a title; rows keep their numbers, and a repeated heading is no person."""
    text = f"List of the hotline,,,,\n,,,,\n{HEAD}\na1,Kim,F,31,2004\n{HEAD}\na2,Ri,M,40,2003\n"
    file = read_list(written(tmp_path, text))
    assert [(r.record_id, r.row) for r in file.records] == [("a1", 4), ("a2", 6)]
    assert [row.row for row in file.refused] == [1, 5]
    assert [(e.row, e.what.split(";")[0]) for e in file.errors] == [
        (1, "it stands above the heading"),
        (5, "it repeats the heading"),
    ]


def test_two_files_of_one_name_are_two_lists(tmp_path: Path) -> None:
    """Otherwise their overlap would be lost; what a list column says holds."""
    for folder, rows in (("one", "1,Kim,F,31,2004\n"), ("two", "1,Ri,M,40,2003\n1/1,Pak,F,20,2001\n")):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, f"{HEAD}\n{rows}", "press.csv")
    files = read_lists([tmp_path / "one" / "press.csv", tmp_path / "two" / "press.csv"])
    assert [file.name for file in files] == ["press", "press#2"]
    assert [(r.record_id, r.list) for file in files for r in file.records] == [
        ("1", "press"),
        ("press#2/1", "press#2"),
        ("1/1", "press#2"),
    ]


def test_a_column_map_goes_before_the_usual_headings(tmp_path: Path) -> None:
    """And ignored columns are not said to be unknown."""
    path = written(tmp_path, "who,name,remarks\n김금순,file 12,none\n")
    file = read_list(path, columns=ColumnMap({"who": "name"}, ignored=("remarks",)))
    assert file.records[0].name == "김금순"
    assert file.unknown == ("name",)


cells = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@given(rows=st.lists(st.lists(cells, min_size=1, max_size=6), max_size=12))
def test_no_row_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Every row with anything in it is a record or a refused row, with the cells that were written."""
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out).writerows([["record_id", "name", "sex"], *rows])
    path = tmp_path_factory.mktemp("list") / "list.csv"
    path.write_bytes(out.getvalue().encode())
    file = read_list(path)
    kept = sorted([*((r.row, r.cells) for r in file.records), *((r.row, r.cells) for r in file.refused)])
    expected = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    trimmed = [tuple(row[: max(3, _filled(row))]) if len(row) > 3 else row for row in expected]
    assert [found for _, found in kept] == trimmed
    assert len({r.record_id for r in file.records}) == len(file.records)


def _filled(row: tuple[str, ...]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell.strip()), default=0)


def test_the_fields_are_those_of_the_generated_lists(tmp_path: Path) -> None:
    """All eighteen are recognised without a map."""
    file = read_list(written(tmp_path, ",".join(FIELDS) + "\n" + ",".join("x" for _ in FIELDS) + "\n"))
    assert list(file.columns) and set(file.columns) == set(FIELDS)
    assert not file.unknown
