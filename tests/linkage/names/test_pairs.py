"""Tables of pairs: what is read, what is said, what is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from testimonia.errors import BadPairs
from testimonia.linkage.names import compare
from testimonia.linkage.names.pairs import read_pairs, scored, write_scored

ROWS = "pair_id,name_a,name_b\np1,김영희,Kim Young-hee\np2,金英姬,Jin Yingshu\np3,미상,김영희\n"


def results(path: Path) -> list[dict[str, str]]:
    out = io.StringIO()
    list(write_scored(scored(read_pairs(path)), out))
    return list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_pair_has_its_row_in_order(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    """Score and verdict are those of `compare`, whatever the table was saved with."""
    path = tmp_path / "pairs.csv"
    path.write_bytes(ROWS.replace(",", delimiter).replace("\n", end).encode(encoding))
    found = results(path)
    assert [row["pair_id"] for row in found] == ["p1", "p2", "p3"]
    assert [row["verdict"] for row in found] == ["same", "different", "ambiguous"]
    wanted = compare("김영희", "Kim Young-hee")
    assert float(found[0]["score"]) == pytest.approx(wanted.score, abs=1e-6) and found[0]["reason"] == wanted.reason


def test_only_three_columns_are_looked_at(tmp_path: Path) -> None:
    """A column that gives the answer away changes nothing."""
    path, told = tmp_path / "pairs.csv", tmp_path / "told.csv"
    path.write_text("name_b,pair_id,name_a\nKim Young-hee,p1,김영희\n", encoding="utf-8")
    told.write_text("match,name_b,pair_id,person_a,name_a\n0,Kim Young-hee,p1,P7,김영희\n", encoding="utf-8")
    assert results(path) == results(told)


def test_bad_rows_keep_their_place_and_are_said(tmp_path: Path) -> None:
    """Too few cells, too many, no id, an id for the second time: each has its row and its sentence."""
    path = tmp_path / "pairs.csv"
    path.write_text(
        ROWS + 'p4,김영희\np5,Kim, Young-hee,김영희\n,"Kim, Young-hee",김영희\np1,김,Kim\n', encoding="utf-8"
    )
    problems = {pair.line: pair.problem for pair in read_pairs(path) if pair.problem}
    assert problems == {
        5: "2 cells where the heading has 3",
        6: "4 cells where the heading has 3 (a name with a comma must stand in quotes)",
        7: "no pair_id",
        8: "pair_id p1 stands in a row above too",
    }
    found = results(path)
    assert [row["pair_id"] for row in found] == ["p1", "p2", "p3", "p4", "p5", "", "p1"]
    assert found[3]["verdict"] == "ambiguous" and found[3]["reason"].startswith("not compared: 2 cells")
    assert found[5]["verdict"] == "same"


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    """The sentence names the file and the column."""
    path = tmp_path / "pairs.csv"
    path.write_text("pair_id,name_a\np1,김영희\n", encoding="utf-8")
    with pytest.raises(
        BadPairs, match=r"pairs\.csv: no column name_b\. The first line must name pair_id, name_a, name_b"
    ):
        list(read_pairs(path))
    path.write_text("pair_id,name_a,name_b,name_a\n", encoding="utf-8")
    with pytest.raises(BadPairs, match="the column name_a stands there twice"):
        list(read_pairs(path))


@pytest.mark.parametrize("text", [ROWS, "pair_id,name_a,name_b,마을\n" + "p1,a,b,c\n" * 9])
def test_another_encoding_is_refused(tmp_path: Path, text: str) -> None:
    """A table in EUC-KR is not guessed at: the same bytes are other names in another encoding."""
    path = tmp_path / "pairs.csv"
    path.write_bytes(text.replace("金英姬", "x").encode("euc-kr"))
    with pytest.raises(BadPairs, match="Save the table as CSV in UTF-8"):
        list(read_pairs(path))


def test_an_empty_table_gives_an_empty_one(tmp_path: Path) -> None:
    """A heading alone is a table of no pairs; nothing at all is none."""
    path = tmp_path / "pairs.csv"
    path.write_text("pair_id,name_a,name_b\n", encoding="utf-8")
    assert results(path) == []
    path.write_text("", encoding="utf-8")
    with pytest.raises(BadPairs):
        results(path)
