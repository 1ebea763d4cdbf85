"""Records become one table of plain columns; what is not said is null, what is not read is counted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage import names
from testimonia.linkage.lists import FIELDS, ListRecord
from testimonia.linkage.values import SCHEMA, Unread, prepare, unread


def row(**cells: str) -> dict[str, Any]:
    found: dict[str, Any] = prepare([written("a", **cells)]).to_pylist()[0]
    return found


def written(record_id: str, **cells: str) -> ListRecord:
    return ListRecord(record_id, "press")._replace(**cells)  # type: ignore[arg-type]


def test_a_record_with_nothing_but_an_id_has_nulls() -> None:
    """And no name: an empty code would agree with every other empty one."""
    found = row()
    filled = {name: value for name, value in found.items() if value not in (None, [])}
    assert filled == {"unique_id": 0, "record_id": "a", "source_dataset": "press", "assumed": False}


def test_rows_keep_the_order_of_the_records() -> None:
    """`unique_id` is the position."""
    table = prepare([ListRecord(f"r{i}", "press", name="김금순") for i in range(5)])
    assert table.schema.equals(SCHEMA)
    assert table["unique_id"].to_pylist() == list(range(5))
    assert table["record_id"].to_pylist() == [f"r{i}" for i in range(5)]


def test_one_person_in_three_languages_has_the_same_values() -> None:
    """Korean, Chinese and English lists of what is the same; only the names differ, and share a key."""
    korean = row(
        name="김금순",
        sex="여",
        birth_year="75년생",
        origin_place="함북 무산군",
        crossing_date="1999년 3월",
        crossing_place="무산군-화룡시",
        destination="길림성 연변조선족자치주 화룡시",
        exploitation="강제결혼",
        forced_return="북송",
        return_year="2001년",
        report_year="2004년",
    )
    chinese = row(
        name="金今顺",
        sex="女",
        birth_year="1975年出生",
        origin_place="咸镜北道茂山郡",
        crossing_date="一九九九年三月",
        crossing_place="茂山郡-和龙市",
        destination="吉林省延边朝鲜族自治州和龙市",
        exploitation="强迫婚姻",
        forced_return="是",
        return_year="2001",
        report_year="2004年5月3日",
    )
    english = row(
        name="Kim Kum Sun",
        sex="female",
        birth_year="1975",
        origin_place="Musan, North Hamgyong",
        crossing_date="March 1999",
        crossing_place="Musan to Helong",
        destination="Helong, Yanbian, Jilin",
        exploitation="forced marriage",
        forced_return="Yes",
        return_year="2001",
        report_year="2004-05-03",
    )
    about_names = {"name_code", "name_keys", "name_parts", "surname_key", "given_key"}
    for other in (chinese, english):
        assert {k: v for k, v in other.items() if k not in about_names} == {
            k: v for k, v in korean.items() if k not in about_names
        }
        assert set(korean["name_keys"]) & set(other["name_keys"])


def test_names_are_as_the_names_room_encodes_them() -> None:
    """The own name and the set of other names."""
    found = row(name="김금순", alias="장춘매; Xiao Mei")
    assert found["name_code"] == names.encode("김금순")
    assert found["name_keys"] == list(names.keys("김금순"))
    assert found["alias_codes"] == [names.encode("장춘매"), names.encode("Xiao Mei")]
    assert found["alias_code"] == names.encode("장춘매")
    assert set(found["alias_keys"]) == {*names.keys("장춘매"), *names.keys("Xiao Mei")}


def test_a_kin_word_is_no_name() -> None:
    """Two mothers of two people do not agree in name."""
    found = row(name="김영희의 어머니")
    assert (found["name_code"], found["name_keys"], found["kin"]) == (None, [], "mother")


def test_a_year_of_return_is_a_return() -> None:
    """Where the list says no more; and a year in the yes-or-no column is a yes."""
    assert row(return_year="2001")["forced_return"] is True
    assert row(forced_return="2001")["forced_return"] is True
    assert row(forced_return="아니오")["forced_return"] is False


def test_impossible_years_are_null() -> None:
    """A typing error is no value."""
    found = row(birth_year="2090", return_year="20001", report_year="1204", age="300")
    assert {found[c] for c in ("birth_best", "return_year", "report_year")} == {None}


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("origin_place", "qwertyuiop"),
        ("destination", "qwertyuiop"),
        ("crossing_place", "qwertyuiop"),
        ("crossing_date", "when it snowed"),
        ("sex", "perhaps"),
        ("exploitation", "all of it"),
        ("forced_return", "perhaps"),
        ("age", "older than me"),
        ("return_year", "later"),
    ],
)
def test_what_says_something_and_gives_nothing_is_counted(field: str, cell: str) -> None:
    """Position of the record and field; a cell that says nothing is known is no loss."""
    assert unread([written("a"), written("b", **{field: cell})]) == (Unread(1, field),)
    assert unread([written("a"), written("b", **{field: "미상"})]) == ()


def test_an_age_without_a_year_is_told_apart_from_one_that_cannot_be_read() -> None:
    """24 says no year of birth where nothing says when; the year of the report, or of the crossing, mends it."""
    alone = written("a")._replace(report_year="", age="24")
    (cell,) = unread([alone])
    assert (cell.record, cell.field) == (0, "age")
    assert "the year of the report is missing" in cell.what and "give the year of the report" in cell.remedy
    assert unread([alone._replace(report_year="2003")]) == ()
    assert unread([alone._replace(crossing_date="1998", age_at="crossing")]) == ()
    assert unread([alone._replace(birth_year="1979")]) == ()


def test_a_year_of_birth_that_cannot_be_read_is_counted_beside_an_age_that_can() -> None:
    """The age is used; that the other cell is lost is said all the same."""
    one = written("a", birth_year="the year of the flood", age="24", report_year="2003")
    assert unread([one]) == (Unread(0, "birth_year"),)


texts = st.text(max_size=24) | st.sampled_from(["1999", "31", "무산군", "F", "약 40", "yes", "小美", "FM"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(texts, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=4))
def test_any_cells_give_a_table(rows: list[list[str]]) -> None:
    """Nothing raises; every record has its row; intervals are in order."""
    records = [ListRecord._make((*cells, 0, (), {})) for cells in rows]
    table = prepare(records)
    assert table.num_rows == len(records)
    for found in table.to_pylist():
        if found["birth_low"] is not None:
            assert found["birth_low"] <= found["birth_best"] <= found["birth_high"]
        if found["crossing_low"] is not None and found["crossing_high"] is not None:
            assert found["crossing_low"] <= found["crossing_high"]
    unread(records)


def test_a_table_of_many_is_the_table_of_each() -> None:
    """Reading each distinct cell once changes nothing."""
    records = [
        ListRecord(str(i), "press", age=str(20 + i % 3), report_year=str(2000 + i % 2), origin_place="무산군")
        for i in range(12)
    ]
    together = prepare(records).drop(["unique_id"]).to_pylist()
    alone = [prepare([record]).drop(["unique_id"]).to_pylist()[0] for record in records]
    assert together == alone
