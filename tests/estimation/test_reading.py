"""Tables from files, folders, frames, matrices and counts; each mistake gets one sentence with its place."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.errors import BadTable, TooFewLists, UnusablePath
from testimonia.estimation.table import OverlapTable

MSE = Path(__file__).parents[2].parent / "shared" / "mse"
GOOD = "A,B,C,count\n1,0,0,5\n0,1,0,6\n0,0,1,7\n1,1,0,2\n1,0,1,0\n1,1,1,1\n"
COUNTS = [0, 5, 6, 2, 7, 0, 0, 1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a table is written."""
    return tmp_path / "table.csv"


def refusal(path: Path, text: str | bytes, **settings: object) -> str:
    """The one sentence with which this file is refused."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadTable) as caught:
        OverlapTable.read_csv(path, **settings)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert sentence.startswith(str(path)) and sentence.endswith(".") and "\n" not in sentence
    return sentence.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace(",", ";").encode(),
        ("sep=;\r\n" + GOOD.replace(",", ";")).encode(),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.encode("utf-16-le"),
        GOOD.encode("utf-16-be"),
        GOOD.replace("count", "Count").replace(",", " , ").encode(),
        "\n".join('"' + line.replace(",", '","') + '",,' for line in GOOD.splitlines()).encode(),
        GOOD.replace("0,5", "0,5.0").replace("1,0,0", "1.0,0.0,0").encode(),
        (GOOD + "\n\n,,,\n").encode(),
    ],
    ids=["plain", "crlf", "cr", "bom", "semicolon", "sep", "utf16", "le", "be", "spaces", "quoted", "floats", "blank"],
)
def test_what_spreadsheets_write_is_read(file: Path, data: bytes) -> None:
    """Marks, encodings, line ends, separators and empty cells at the edges change nothing."""
    file.write_bytes(data)
    table = OverlapTable.read_csv(file)
    assert table.lists == ("A", "B", "C")
    assert table.counts.tolist() == COUNTS
    assert table.name == "table"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_of_lists_in_any_script_stay_as_they_are(file: Path, encoding: str) -> None:
    """Korean, Chinese, and a name with the separator in it."""
    file.write_bytes(GOOD.replace("A,B,C", '경찰청,法院,"Hotline, north"').encode(encoding))
    assert OverlapTable.read_csv(file).lists == ("경찰청", "法院", "Hotline, north")


def test_columns_may_stand_in_any_order(file: Path) -> None:
    """The count need not be last."""
    file.write_text("count,C,B,A\n5,0,0,1\n6,0,1,0\n7,1,0,0\n2,0,1,1\n1,1,1,1\n")
    table = OverlapTable.read_csv(file)
    assert table.lists == ("C", "B", "A")
    assert table.size(0b100) == 8


def test_columns_that_are_no_lists_are_summed_over_and_named(file: Path) -> None:
    """A pattern may then come once for each of their values."""
    file.write_text("A,B,C,region,count\n1,0,0,N,2\n1,0,0,S,3\n0,1,0,N,6\n0,0,1,N,7\n1,1,0,N,2\n1,1,1,S,1\n")
    table = OverlapTable.read_csv(file)
    assert table.counts.tolist() == COUNTS
    assert not table.strata and "region" in table.notes[0]


def test_strata_add_up_to_the_table(file: Path) -> None:
    """Each value, or each combination of values, is a table of its own."""
    head = "A,B,C,region,sex,count\n"
    file.write_text(head + "1,0,0,N,f,2\n1,0,0,S,f,3\n0,1,0,N,m,6\n0,0,1,N,f,7\n1,1,0,N,f,2\n1,1,1,S,f,1\n")
    table = OverlapTable.read_csv(file, strata=["region", "sex"])
    assert list(table.strata) == ["N, f", "S, f", "N, m"]
    assert np.sum([part.counts for part in table.strata.values()], axis=0).tolist() == COUNTS
    assert list(OverlapTable.read_csv(file, strata=["region"]).strata) == ["N", "S"]


def test_an_overcounted_cell_is_named_by_its_pattern(file: Path) -> None:
    """The first mark is the first list."""
    file.write_text(GOOD)
    assert OverlapTable.read_csv(file, censored=["001"]).censored == {0b100}
    assert OverlapTable.read_csv(file, censored=[(1, 1, 0), 0b111]).censored == {0b011, 0b111}
    assert "1010 is no capture pattern of its 3 lists" in refusal(file, GOOD, censored=["1010"])
    assert "000 is no capture pattern" in refusal(file, GOOD, censored=["000"])
    assert "A is no capture pattern" in refusal(file, GOOD, censored=["A"])


MISTAKES = {
    "no lists": ("count\n5\n", "no list"),
    "one list": ("A,count\n1,5\n", "one list"),
    "two lists": ("A,B,count\n1,0,19\n0,1,9\n1,1,9\n", "there would be about 54 people"),
    "two lists apart": ("A,B,count\n1,0,19\n0,1,9\n", "nobody is on both"),
    "thirteen lists": (",".join("ABCDEFGHIJKLM") + ",count\n" + "1," * 13 + "1\n", "13 lists are more"),
    "no count": ("A,B,C\n1,0,0\n", "no column called count (the columns are A, B, C)"),
    "no rows": ("A,B,C,count\n", "no rows"),
    "empty": ("", "the file is empty"),
    "blank": ("\n\n ,, \n", "the file is empty"),
    "all zero": ("A,B,C,count\n1,1,1,0\n", "every count is 0"),
    "negative": (GOOD.replace("0,6", "0,-6"), "line 3: the count is -6; a count is a whole number"),
    "fraction": (GOOD.replace("0,6", "0,6.5"), "line 3: the count is 6.5; a count is a whole number"),
    "no number": (GOOD.replace("0,6", "0,six"), "line 3: the count is six"),
    "comma count": (GOOD.replace("0,6", '0,"6,000"'), "line 3: the count is 6,000"),
    "NaN": (GOOD.replace("0,6", "0,NaN"), "line 3: the count is NaN"),
    "no value": (GOOD.replace("0,6", "0,"), "line 3: the count is empty"),
    "huge": (GOOD.replace("0,6", "0,6" + "0" * 30), "line 3: the count 6000"),
    "too many": (GOOD.replace("0,6", "0,100000001"), "line 3: the count 100000001 is more than 100,000,000"),
    "huge sum": (GOOD.replace("0,6", "0,99999999").replace("1,7", "1,99999999"), "add up to more than"),
    "two": (GOOD.replace("1,1,1,1", "1,2,1,1"), "line 7: column B holds 2"),
    "word": (GOOD.replace("1,1,1,1", "yes,1,1,1"), "line 7: column A holds yes"),
    "hole": (GOOD.replace("1,1,1,1", "1,,1,1"), "line 7: column B is empty"),
    "twice": (GOOD + "1,1,0,4\n", "line 8: the pattern 1,1,0 is there already in line 5"),
    "nobody": (GOOD + "0,0,0,4\n", "line 8: 4 people on none of the lists"),
    "empty list": (
        GOOD.replace("C", "C,D").replace("\n", "\n0,")[:-2].replace("0,A,B,C,D", "A,B,C,D"),
        "recorded nobody",
    ),
    "same name": (GOOD.replace("B,C", "A,C"), "two columns are called A"),
    "no name": (GOOD.replace("B,C", ",C"), "column 2 has no name"),
    "two counts": (GOOD.replace("A,B", "A,Count"), "two columns are called count"),
    "short row": (GOOD + "1,1\n", "line 8: 2 cells where the first row has 4"),
    "long row": (GOOD + "0,1,1,1,9\n", "line 8: 5 cells where the first row has 4"),
    "open quote": (GOOD + '0,1,"1,4\n', "no table in CSV form"),
    "words": (
        "A,B,C,count\nyes,no,no,5\nno,yes,yes,4\n",
        "Columns without a single 0 or 1 were taken for no lists: A, B, C.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_one_sentence_with_its_place(file: Path, mistake: str) -> None:
    """Which file, which line, what is wrong."""
    text, words = MISTAKES[mistake]
    assert words in refusal(file, text)


def test_fewer_than_three_lists_are_an_error_of_their_own(file: Path) -> None:
    """A caller can tell it from the others; the sentence says what two lists can say, Chapman's 29 * 19 / 10 - 1."""
    file.write_text("A,B,count\n1,0,19\n0,1,9\n1,1,9\n")
    with pytest.raises(TooFewLists, match="about 54 people in all \\(Chapman"):
        OverlapTable.read_csv(file)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "a spreadsheet or an archive"),
        (b"%PDF-1.7", "a PDF"),
        ("이름,법원,경찰,count\n1,0,0,3\n".encode("cp949"), "neither UTF-8 nor UTF-16"),
        (b"\x00\x01\x02" * 50, ""),
    ],
)
def test_what_is_no_text_is_said(file: Path, data: bytes, words: str) -> None:
    """A workbook is not a CSV file, nor is another encoding."""
    assert words in refusal(file, data)


def test_a_pattern_of_nobody_with_count_zero_is_passed_over(file: Path) -> None:
    """Some tables write every pattern; this one is said to be left out."""
    file.write_text(GOOD + "0,0,0,0\n")
    table = OverlapTable.read_csv(file)
    assert table.counts.tolist() == COUNTS and "none of the lists" in table.notes[0]


def test_strata_that_are_not_there_are_named(file: Path) -> None:
    """The sentence lists the columns."""
    assert "there is no column region to make strata of; the columns are A, B, C, count" in refusal(
        file, GOOD, strata=["region"]
    )
    assert "no column count to make strata of" in refusal(file, GOOD, strata=["count"])


def test_a_file_that_is_not_there_is_a_path_that_cannot_be_used(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(UnusablePath, match=r"missing\.csv: cannot be read"):
        OverlapTable.read_csv(tmp_path / "missing.csv")


def test_a_file_may_hold_one_row_a_person_if_it_is_said(file: Path) -> None:
    """With the same result as their counts; a file with counts is read as ever."""
    rows = ["1,0,0"] * 5 + ["0,1,0"] * 6 + ["0,0,1"] * 7 + ["1,1,0"] * 2 + ["1,1,1"]
    file.write_text("A,B,C\n" + "\n".join(rows))
    assert OverlapTable.read_csv(file, people=True).counts.tolist() == COUNTS
    assert "line 2: a person on none of the lists" in refusal(file, "A,B,C\n0,0,0\n1,1,1\n", people=True)
    file.write_text(GOOD)
    assert OverlapTable.read_csv(file, people=True).counts.tolist() == COUNTS


def folder(where: Path, *draws: str) -> Path:
    (where / "draws").mkdir(parents=True)
    (where / "overlap.csv").write_text(GOOD)
    for number, draw in enumerate(draws, 1):
        (where / "draws" / f"{number:04}.csv").write_text(draw)
    return where


def test_a_folder_of_draws_is_a_table_with_draws(tmp_path: Path) -> None:
    """In the order of their names; a draw may record other numbers of people."""
    table = OverlapTable.read_csv(folder(tmp_path / "linked", GOOD, GOOD.replace("0,6", "0,8")), censored=["001"])
    assert table.name == "linked" and table.counts.tolist() == COUNTS
    assert [draw.n for draw in table.draws] == [21, 23]
    assert table.draws[1].censored == table.censored == {0b100}


def test_draws_of_other_lists_are_refused(tmp_path: Path) -> None:
    """They cannot be averaged."""
    with pytest.raises(BadTable, match=r"0001\.csv: its lists are A, B, D, but those of overlap\.csv are A, B, C"):
        OverlapTable.read_csv(folder(tmp_path / "linked", GOOD.replace("C", "D", 1)))


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    """It says what it should have held."""
    with pytest.raises(BadTable, match=r"holds no overlap\.csv"):
        OverlapTable.read_csv(tmp_path)


def test_counts_by_pattern_in_each_way_of_writing_them() -> None:
    """Text, tuples, bit masks with names."""
    text = OverlapTable.from_counts({"100": 5, "010": 6, "001": 7, "110": 2, "111": 1})
    marks = OverlapTable.from_counts({(1, 0, 0): 5, (0, 1, 0): 6, (0, 0, 1): 7, (1, 1, 0): 2, (1, 1, 1): 1})
    masks = OverlapTable.from_counts({1: 5, 2: 6, 4: 7, 3: 2, 7: 1}, ["A", "B", "C"])
    assert text.counts.tolist() == marks.counts.tolist() == masks.counts.tolist() == COUNTS
    assert text.lists == ("L1", "L2", "L3")
    with pytest.raises(BadTable, match="need the names"):
        OverlapTable.from_counts({1: 5})
    with pytest.raises(BadTable, match="count is -1"):
        OverlapTable.from_counts({"100": -1, "010": 3, "001": 1})
    with pytest.raises(BadTable, match="does not have one 0 or 1 for each of the 3 lists"):
        OverlapTable.from_counts({"100": 1, "10": 3})


def test_a_matrix_has_one_row_a_person() -> None:
    """As do arrays of truth values."""
    rows = [[1, 0, 0]] * 5 + [[0, 1, 0]] * 6 + [[0, 0, 1]] * 7 + [[1, 1, 0]] * 2 + [[1, 1, 1]]
    assert OverlapTable.from_matrix(rows).counts.tolist() == COUNTS
    assert OverlapTable.from_matrix(np.array(rows, dtype=bool), ["A", "B", "C"]).counts.tolist() == COUNTS
    with pytest.raises(BadTable, match="row 22: a person on none of the lists"):
        OverlapTable.from_matrix([*rows, [0, 0, 0]])
    with pytest.raises(BadTable, match="2 names were given for a matrix of 3 columns"):
        OverlapTable.from_matrix(rows, ["A", "B"])
    with pytest.raises(BadTable, match="shape"):
        OverlapTable.from_matrix([1, 0, 1])


COLUMNS: dict[str, list[object]] = {
    "A": [1, 0, 0, 1, 1],
    "B": [0, 1, 0, 1, 1],
    "C": [0.0, 0.0, 1.0, 0.0, 1.0],
    "place": ["N", "N", "S", "S", "S"],
    "count": [5, 6, 7, np.int64(2), 1.0],
}


class Frame(SimpleNamespace):
    """What pandas and polars have in common: `columns`, and a column by its name."""

    def __getitem__(self, name: str) -> list[object]:
        return COLUMNS[name]


@pytest.mark.parametrize("frame", [COLUMNS, Frame(columns=list(COLUMNS))], ids=["mapping", "frame"])
def test_a_data_frame_is_read_like_a_file(frame: object) -> None:
    """Whole numbers as floats and numbers of NumPy are numbers."""
    table = OverlapTable.from_frame(frame, strata=["place"])
    assert table.counts.tolist() == COUNTS
    assert {name: part.n for name, part in table.strata.items()} == {"N": 11, "S": 10}


def test_a_data_frame_without_counts_has_one_row_a_person() -> None:
    """And the same pattern may then come again and again."""
    people = {"A": [True, False, True, True], "B": [False, True, True, True], "C": [0, 1, 0, 0]}
    assert OverlapTable.from_frame(people).counts.tolist() == [0, 1, 0, 2, 0, 0, 1, 0]
    with pytest.raises(BadTable, match="row 2: the count is empty"):
        OverlapTable.from_frame({"A": [1, 1], "B": [1, 0], "C": [1, 1], "count": [3, float("nan")]})
    with pytest.raises(BadTable, match="different lengths"):
        OverlapTable.from_frame({"A": [1, 1], "B": [1]})


def test_thousands_of_rows_are_read(file: Path) -> None:
    """Four lists in a thousand strata."""
    rows = [f"{c & 1},{c >> 1 & 1},{c >> 2 & 1},{c >> 3 & 1},s{s},{c + s}" for s in range(1000) for c in range(1, 16)]
    file.write_text("A,B,C,D,stratum,count\n" + "\n".join(rows))
    table = OverlapTable.read_csv(file, strata=["stratum"])
    assert len(table.strata) == 1000
    assert table.n == sum(c + s for s in range(1000) for c in range(1, 16))


@pytest.mark.skipif(not MSE.exists(), reason="the published tables are not beside this project")
@pytest.mark.parametrize("path", sorted(MSE.glob("*.csv")), ids=lambda path: path.stem)
def test_every_published_table_is_read(path: Path) -> None:
    """The number in its name is that of its lists; rows sum to n."""
    table = OverlapTable.read_csv(path)
    rows = [line.split(",") for line in path.read_text().split("\n")[1:] if line]
    assert str(table.k) in path.stem
    assert table.n == sum(int(row[-1]) for row in rows)


@given(st.lists(st.integers(0, 10**6), min_size=15, max_size=15), st.sampled_from(",;\t"))
@settings(max_examples=50)
def test_written_then_read_is_the_same_table(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], comma: str
) -> None:
    """Whatever the counts, or one clear sentence."""
    path = tmp_path_factory.mktemp("tables") / "t.csv"
    lines = [comma.join([*(str(cell >> i & 1) for i in range(4)), str(n)]) for cell, n in enumerate(counts, 1)]
    path.write_text("\n".join([comma.join([*"ABCD", "count"]), *lines]))
    try:
        assert OverlapTable.read_csv(path).counts.tolist() == [0, *counts]
    except BadTable as refused:
        assert "recorded nobody" in str(refused) or "every count is 0" in str(refused)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_no_bytes_whatever_end_in_anything_but_a_table_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Damaged files are refused, never a traceback."""
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(data)
    with pytest.raises((BadTable, UnusablePath)):
        OverlapTable.read_csv(path)
