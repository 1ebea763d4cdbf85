"""The levels mean what they say: SQL in DuckDB against plain Python, and hand-made pairs against their labels."""

from __future__ import annotations

import random
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from testimonia.linkage.lists import ListRecord
from testimonia.linkage.values import LEVELS, SCHEMA, prepare
from testimonia.linkage.values.agreement import label_of, level_of
from testimonia.linkage.values.levels import ValueComparison

Row = dict[str, Any]
READ = {"", *SCHEMA.names}
COLUMNS = sorted({column for comparison in LEVELS for column in comparison.columns})


def numbered(comparison: ValueComparison) -> str:
    """SQL for the number of the level, -1 where not comparable."""
    last = len(comparison.levels) - 1
    cases = " ".join(f"when {level.sql} then {last - i}" for i, level in enumerate(comparison.levels[:-1]))
    return f"case when {comparison.null_sql} then -1 {cases} else 0 end"


def in_duckdb(left: list[Row], right: list[Row]) -> list[Row]:
    schema = pa.schema([SCHEMA.field(column) for column in COLUMNS])
    sides = [pa.Table.from_pylist(rows, schema) for rows in (left, right)]
    arrays = {f"{column}_{end}": side[column] for side, end in zip(sides, "lr", strict=True) for column in COLUMNS}
    with duckdb.connect(":memory:") as connection:
        connection.register("pairs", pa.table(arrays))
        wanted = ", ".join(f'{numbered(comparison)} as "{comparison.name}"' for comparison in LEVELS)
        rows = connection.execute(f"select {wanted} from pairs").fetchall()  # noqa: S608
    return [{c.name: level for c, level in zip(LEVELS, row, strict=True)} for row in rows]


def drawn(rng: random.Random) -> Row:
    """A row with every column often missing and values close enough to meet."""

    def some(*values: Any) -> Any:
        return rng.choice([None, *values])

    best = some(*range(1970, 1984))
    low = some(*range(9800, 11200, 31))
    high = None if low is None else some(low + 30, low + 364, low + 1200)
    depth = 0 if high is None else rng.choice([0, 1, 2, 3])
    county = some("KP0218", "KP0203", "KP0101")
    reached = some("222406", "222405", "220623")
    prefecture = some("222400", "220600")
    facing = {"KP0218": "222406", "KP0203": "222405", "KP0101": "220623", "222406": "KP0218|KP0217"}
    return {
        "birth_best": best,
        "birth_other": None if best is None else some(best - 3, best - 1),
        "birth_reach": None if best is None else rng.choice([0, 1, 1, 3, 6]),
        "origin_county": county,
        "origin_province": county[:4] if county else some("KP02", "KP01"),
        "crossing_low": low,
        "crossing_high": high,
        "crossing_months": None if low is None else rng.choice([1, 3, 12, 2049, 4095]),
        "crossing_year": None if low is None or depth == 0 else 1970 + low // 365,
        "crossing_depth": None if low is None else depth,
        "crossing_from": county,
        "crossing_to": reached,
        "crossing_facing": facing.get(county or reached or ""),
        "dest_county": reached if prefecture else None,
        "dest_prefecture": prefecture,
        "dest_province": "220000" if prefecture else some("220000", "210000"),
        "exploitation": some("FM", "SX", "FM;SX", "FL"),
        "sex": some("F", "M"),
        "forced_return": some(True, False),
        "return_year": some(1999, 2000, 2001),
        "report_year": some(1998, 1999, 2000, 2004),
    }


@pytest.mark.parametrize("seed", range(3))
def test_sql_and_python_decide_alike(seed: int) -> None:
    """4,000 pairs of rows in which everything may be missing; both are written from the meanings, apart."""
    rng = random.Random(seed)
    left, right = [drawn(rng) for _ in range(4000)], [drawn(rng) for _ in range(4000)]
    for one, other, row in zip(left, right, in_duckdb(left, right), strict=True):
        plain = {c.name: level_of(c.name, one, other) for c in LEVELS}
        assert row == {name: -1 if level is None else level for name, level in plain.items()}, (one, other)


def test_agreement_does_not_depend_on_the_side() -> None:
    """Every comparison is symmetric."""
    rng = random.Random(7)
    for _ in range(3000):
        one, other = drawn(rng), drawn(rng)
        assert all(level_of(c.name, one, other) == level_of(c.name, other, one) for c in LEVELS)


def test_every_level_can_happen() -> None:
    """No condition is hidden behind an earlier one."""
    rng = random.Random(8)
    rows = [drawn(rng) for _ in range(6000)]
    pairs = list(zip(rows[::2], rows[1::2], strict=True))
    found = {(c.name, level_of(c.name, one, other)) for one, other in pairs for c in LEVELS}
    for comparison in LEVELS:
        assert {level for name, level in found if name == comparison.name} >= set(range(len(comparison.levels)))


def test_a_record_agrees_with_itself_as_far_as_can_be() -> None:
    """With everything said exactly, every comparison is at its highest level; `recorded` looks where a date is not."""
    row = read(
        birth_year="1975",
        origin_place="무산군",
        crossing_date="1999-03",
        crossing_place="무산군-화룡시",
        destination="和龙市",
        sex="M",
        exploitation="FL",
        forced_return="yes",
        return_year="2001",
    )
    found = {c.name: level_of(c.name, row, row) for c in LEVELS}
    assert found == {c.name: len(c.levels) - 1 for c in LEVELS} | {"recorded": None}


def test_nothing_said_is_not_comparable() -> None:
    """In no comparison."""
    row = read()
    assert all(level_of(c.name, row, row) is None for c in LEVELS)


def read(**cells: str) -> Row:
    record = ListRecord("1", "press", report_year="2004")._replace(**cells)  # type: ignore[arg-type]
    row: Row = prepare([record]).to_pylist()[0]
    return row


@pytest.mark.parametrize(
    ("comparison", "one", "other", "label"),
    [
        ("birth", {"birth_year": "1975"}, {"birth_year": "1975"}, "same year"),
        ("birth", {"age": "29", "age_at": "report"}, {"age": "29", "age_at": "report"}, "same age"),
        ("birth", {"birth_year": "1976"}, {"age": "29", "age_at": "report"}, "age fits year"),
        ("birth", {"age": "28", "age_at": "report"}, {"age": "30", "age_at": "report"}, "ages fit"),
        ("birth", {"birth_year": "1971"}, {"age": "30대", "age_at": "report"}, "ages fit"),
        ("birth", {"birth_year": "1965"}, {"age": "30대", "age_at": "report"}, "rounded"),
        ("birth", {"birth_year": "1975"}, {"birth_year": "1976"}, "one off"),
        ("birth", {"birth_year": "1975"}, {"birth_year": "1979"}, "some off"),
        ("birth", {"birth_year": "1975"}, {"birth_year": "1999"}, "far off"),
        ("origin", {"origin_place": "무산군"}, {"origin_place": "咸镜北道茂山郡"}, "same county"),
        ("origin", {"origin_place": "무산군"}, {"origin_place": "North Hamgyong"}, "same province"),
        ("origin", {"origin_place": "무산군"}, {"origin_place": "회령시"}, "other county"),
        ("origin", {"origin_place": "무산군"}, {"origin_place": "혜산시"}, "other province"),
        ("origin", {"origin_place": "무산군"}, {"origin_place": "국경 지역"}, "not comparable"),
        ("crossing", {"crossing_date": "1999-03"}, {"crossing_date": "1999년 3월"}, "same month"),
        ("crossing", {"crossing_date": "1999-03"}, {"crossing_date": "1999년 봄"}, "same season"),
        ("crossing", {"crossing_date": "1999-03"}, {"crossing_date": "1999年"}, "same year"),
        ("crossing", {"crossing_date": "1999-03"}, {"crossing_date": "late 1990s"}, "within a span"),
        ("crossing", {"crossing_date": "1999-03"}, {"crossing_date": "2001-03"}, "month of another year"),
        ("crossing", {"crossing_date": "1999-12"}, {"crossing_date": "2000-01"}, "near"),
        ("crossing", {"crossing_date": "1999"}, {"crossing_date": "2000-01"}, "next year"),
        ("crossing", {"crossing_date": "1999"}, {"crossing_date": "2001-01"}, "second year"),
        ("crossing", {"crossing_date": "1996"}, {"crossing_date": "2001-01"}, "another time"),
        ("crossing", {}, {"crossing_date": "2001"}, "not comparable"),
        ("recorded", {}, {"crossing_date": "2006-05"}, "too early"),
        ("recorded", {}, {"crossing_date": "2001"}, "possible"),
        ("recorded", {"crossing_date": "2001"}, {"crossing_date": "2001"}, "not comparable"),
        ("route", {"crossing_place": "무산군-화룡시"}, {"crossing_place": "Musan-Helong"}, "both banks"),
        ("route", {"crossing_place": "무산군-화룡시"}, {"crossing_place": "和龙市"}, "one bank"),
        ("route", {"crossing_place": "무산군"}, {"crossing_place": "和龙市"}, "facing"),
        ("route", {"crossing_place": "무산군-화룡시"}, {"crossing_place": "회령시-화룡시"}, "one of two"),
        ("route", {"crossing_place": "무산군"}, {"crossing_place": "회령시"}, "another place"),
        ("destination", {"destination": "和龙市"}, {"destination": "화룡시"}, "same county"),
        ("destination", {"destination": "和龙市"}, {"destination": "Yanbian"}, "same prefecture"),
        ("destination", {"destination": "和龙市"}, {"destination": "吉林省"}, "same province"),
        ("destination", {"destination": "和龙市"}, {"destination": "延吉市"}, "other county"),
        ("destination", {"destination": "和龙市"}, {"destination": "长春市"}, "elsewhere"),
        ("sex", {"sex": "여"}, {"sex": "女"}, "both women"),
        ("sex", {"sex": "남"}, {"sex": "male"}, "both men"),
        ("sex", {"sex": "여"}, {"sex": "M"}, "other"),
        ("harm", {"exploitation": "FM;SX"}, {"exploitation": "强迫婚姻"}, "one of several"),
        ("return", {"forced_return": "yes", "return_year": "2001"}, {"return_year": "2001"}, "same year"),
        ("return", {"forced_return": "yes"}, {"forced_return": "북송", "return_year": "2001"}, "both"),
        ("return", {"forced_return": "no"}, {"forced_return": "no"}, "neither"),
        ("return", {"forced_return": "no"}, {"forced_return": "yes", "return_year": "2006"}, "not yet"),
        ("return", {"forced_return": "no"}, {"forced_return": "yes", "return_year": "2001"}, "contradiction"),
        ("return", {"forced_return": "no"}, {"forced_return": "yes"}, "not said"),
        ("return", {"forced_return": "yes", "return_year": "1999"}, {"return_year": "2002"}, "other years"),
    ],
)
def test_hand_made_pairs(comparison: str, one: dict[str, str], other: dict[str, str], label: str) -> None:
    """All reported in 2004. "30대" in 2004 is 1964 to 1975; "late 1990s" is 1997 to 1999."""
    assert label_of(comparison, read(**one), read(**other)) == label


def test_meanings_are_written_down() -> None:
    """Each level has a label, unique in its comparison, a meaning, and a condition; the last holds whatever is left."""
    for comparison in LEVELS:
        labels = [level.label for level in comparison.levels]
        assert len(set(labels)) == len(labels)
        assert all(level.meaning and level.sql for level in comparison.levels)
        assert comparison.levels[-1].sql == "ELSE"
        assert set(comparison.columns) <= set(SCHEMA.names)
        assert {level.shared for level in comparison.levels} | {level.within for level in comparison.levels} <= READ
