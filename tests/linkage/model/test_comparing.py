"""Whole linkages of invented tables: what must hold of any, and where estimation has gone wrong before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from testimonia.linkage.compared import Compared
from testimonia.linkage.lists import ListRecord
from testimonia.linkage.model import compare_lists, compare_persons, weights
from testimonia.linkage.values import prepare

SHARED = Path(__file__).parents[4] / "shared" / "linkage"
GIVEN = ("영희", "순옥", "명화", "금별", "설향", "춘실", "은주", "혜란", "련심", "복순", "정아", "미월")
SURNAMES = ("김", "리", "박", "최", "정", "강", "조", "윤")
COUNTIES = ("무산군", "회령시", "온성군", "혜산시", "청진시")


def record(number: int, name: str, person: int, **other: str) -> ListRecord:
    """A row of a list about an invented person; facts follow from the person's number."""
    fields = {
        "record_id": f"list-{number:04d}",
        "list": "interviews" if number % 2 else "court",
        "name": name,
        "sex": "F",
        "birth_year": str(1950 + person % 37),
        "origin_place": COUNTIES[person % 5],
        "crossing_date": f"{1996 + person % 11}년 {1 + person % 12}월",
        "report_year": "2010",
    } | other
    return ListRecord(**{**dict.fromkeys(ListRecord._fields, ""), **fields})  # type: ignore[arg-type]


def two_lists(persons: int, twice: int) -> tuple[pa.Table, NDArray[np.int64]]:
    """Persons each on a list, the first `twice` of them on both; and who each record is of."""
    rows, who = [], []
    for number in range(persons + twice):
        person = number if number < persons else number - persons
        name = SURNAMES[person % 8] + GIVEN[person * 7 % 12]
        rows.append(record(2 * number + (number >= persons), name, person))
        who.append(person)
    return prepare(rows), np.array(who)


@pytest.fixture(scope="module")
def linked() -> tuple[Compared, NDArray[np.int64]]:
    """Two hundred persons, sixty of them on both lists."""
    table, who = two_lists(200, 60)
    return compare_lists(table), who


def test_those_on_both_lists_are_found(linked: tuple[Compared, NDArray[np.int64]]) -> None:
    """Name, year of birth, county and month of crossing agree: nearly all true pairs come out likely, few others."""
    compared, who = linked
    likely = compared.probability > 0.5
    same = who[compared.left] == who[compared.right]
    assert (likely & same).sum() >= 55
    assert (likely & ~same).sum() <= 10


def test_the_parts_of_the_score_add_up(linked: tuple[Compared, NDArray[np.int64]]) -> None:
    """The log odds are those of the prior, the levels' log(m / u), and what is kept in `extra`."""
    compared, _ = linked
    odds = np.log(compared.prior / (1 - compared.prior)) + compared.extra
    for c in range(len(compared.comparisons)):
        known = compared.levels[:, c] >= 0
        odds[known] += np.log(compared.m[c] / compared.u[c])[compared.levels[known, c]]
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), compared.probability, atol=1e-9)


def test_each_pair_stands_once_and_a_rule_finds_it(linked: tuple[Compared, NDArray[np.int64]]) -> None:
    """Left before right, in order, and at least one bit of a rule that has a name."""
    compared, _ = linked
    keys = compared.left.astype(np.int64) << 32 | compared.right
    assert (compared.left < compared.right).all()
    assert (np.diff(keys) > 0).all()
    assert (compared.rules > 0).all()
    assert (compared.rules < 1 << len(compared.rule_names)).all()


def test_shares_are_shares(linked: tuple[Compared, NDArray[np.int64]]) -> None:
    """m and u of each comparison sum to one, and nothing is impossible."""
    compared, _ = linked
    for shares in (*compared.m, *compared.u):
        assert shares.sum() == pytest.approx(1.0, abs=1e-6)
        assert (shares > 0).all()


def test_weights_tell_what_carries_the_links(linked: tuple[Compared, NDArray[np.int64]]) -> None:
    """A row a level; the best level of the name speaks for a match, the worst against; a sex says next to nothing."""
    compared, _ = linked
    rows = weights(compared)
    assert len(rows) == sum(len(m) for m in compared.m)
    name = [row for row in rows if row.comparison == "name"]
    assert name[0].weight > 3
    assert name[-1].weight < 0
    carried = {row.comparison: row.bits for row in rows}
    assert carried["name"] > carried["sex"]
    assert all(row.meaning for row in rows)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_records_make_no_pair(count: int) -> None:
    """Nothing to compare is no error."""
    compared = compare_lists(prepare([record(k, "김영희", k) for k in range(count)]))
    assert len(compared.left) == 0
    assert len(compared.record_ids) == count


def test_records_that_share_nothing_make_no_pair() -> None:
    """Two people of two places, times and names."""
    compared = compare_lists(prepare([record(0, "김영희", 0), record(1, "박순옥", 3)]))
    assert len(compared.left) == 0


def test_records_of_which_nothing_is_said_make_no_pair() -> None:
    """Empty rows agree in nothing."""
    empty = dict.fromkeys(("sex", "birth_year", "origin_place", "crossing_date"), "")
    compared = compare_lists(prepare([record(k, "", k, **empty) for k in range(5)]))
    assert len(compared.left) == 0


def test_a_reviewed_pair_is_compared_even_where_no_rule_finds_it() -> None:
    """What a reviewer called the same is among the candidates, with no bit of a rule."""
    table, who = two_lists(60, 30)
    ids = table.column("record_id").to_pylist()
    apart = (0, 1)
    before = compare_lists(table)
    assert not ((before.left == 0) & (before.right == 1)).any()
    compared = compare_lists(table, labels=[(ids[apart[0]], ids[apart[1]], "different")])
    same = who[compared.left] == who[compared.right]
    assert (compared.probability[same] > 0.5).sum() >= 25


def persons(tmp_path: Path, count: int, *words: str) -> tuple[pa.Table, NDArray[np.int64]]:
    """Invented persons from the generator beside the project, and who is who."""
    program = SHARED / "gen_persons.py"
    if not program.exists():
        pytest.skip("the generator of invented persons is not here")
    out = tmp_path / "persons.parquet"
    subprocess.run([sys.executable, str(program), str(count), "1", str(out), *words], check=True, capture_output=True)
    table = pq.read_table(out)
    return table, table.column("cluster").to_numpy()


def f1(compared: Compared, who: NDArray[np.int64]) -> float:
    """F1 of the pairs at .5, over all true pairs."""
    likely = compared.probability >= 0.5
    sizes = np.bincount(who)
    same = (who[compared.left] == who[compared.right])[likely].sum()
    return float(2 * same / (likely.sum() + (sizes * (sizes - 1) // 2).sum()))


def test_the_share_of_matches_does_not_rest_on_fields_that_all_agree(tmp_path: Path) -> None:
    """A prior from the one rule that all fields are equal drops F1 from .96 to .57; from several rules it does not."""
    table, who = persons(tmp_path, 2_000, "korean")
    compared = compare_persons(table.drop_columns(["cluster"]))
    true = int((np.bincount(who) * (np.bincount(who) - 1) // 2).sum())
    assert f1(compared, who) > 0.93
    assert compared.prior * 2_000 * 1_999 / 2 == pytest.approx(true, rel=0.15)


def test_a_table_without_a_name_is_refused() -> None:
    """The sentence names the columns."""
    with pytest.raises(ValueError, match="height"):
        compare_persons(pa.table({"height": [1, 2], "dob": ["1990-01-01", "1990-01-02"]}))
