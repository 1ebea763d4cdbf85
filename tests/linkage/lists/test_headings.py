"""Headings stand for fields, in three languages or by a saved map."""

from __future__ import annotations

from pathlib import Path

import pytest

from testimonia import vocabulary
from testimonia.errors import BadColumnMap
from testimonia.linkage.lists.headings import ColumnMap, recognise
from testimonia.linkage.lists.records import FIELDS, cell_name


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Full Name", "name"),
        ("성명", "name"),
        ("姓名", "name"),
        ("DATE OF BIRTH", "birth_year"),
        ("생년월일", "birth_year"),
        ("出生日期", "birth_year"),
        ("Place of origin", "origin_place"),
        ("고향", "origin_place"),
        ("籍贯", "origin_place"),
        ("forced-return", "forced_return"),
        ("북송 여부", "forced_return"),
        ("Record ID", "record_id"),
        ("별명", "alias"),
        ("化名", "alias"),
    ],
)
def test_usual_headings_are_known(heading: str, field: str) -> None:
    """Whatever their case, blanks and points."""
    assert recognise([heading]) == ({field: 0}, [])


def test_every_field_has_headings_and_none_stands_for_two() -> None:
    """The table covers all fields, and a heading is unambiguous."""
    rows = vocabulary.rows("linkage/columns")
    assert [row["field"] for row in rows] == list(FIELDS)
    folded = [recognise([h])[0] for row in rows for h in row["headings"].split("|")]
    wanted = [{row["field"]: 0} for row in rows for _ in row["headings"].split("|")]
    assert folded == wanted


def test_of_two_columns_for_a_field_the_exact_one_is_taken() -> None:
    """The other is unknown, so that it is said."""
    assert recognise(["성명", "name"]) == ({"name": 1}, [0])


def test_a_map_survives_saving(tmp_path: Path) -> None:
    """Load gives what save wrote."""
    path = tmp_path / "map.json"
    made = ColumnMap({"이름표": "name", "Alter": "age"}, ("Bemerkung",))
    made.save(path)
    assert ColumnMap.load(path) == made


@pytest.mark.parametrize(
    "columns",
    ["", "[]", '{"columns": []}', '{"columns": {"a": "no such field"}}', '{"columns": {"a": "name", "b": "name"}}'],
)
def test_a_map_that_breaks_its_rules_is_refused_by_name(tmp_path: Path, columns: str) -> None:
    """The message names the file."""
    path = tmp_path / "map.json"
    path.write_text(columns)
    with pytest.raises(BadColumnMap, match=r"^map\.json"):
        ColumnMap.load(path)


def test_cells_are_named_as_spreadsheet_programs_do() -> None:
    """Column 25 is Z, 26 is AA, 701 is ZZ, 702 is AAA."""
    assert [cell_name(1, c) for c in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]
