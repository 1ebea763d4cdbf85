"""Blocking rules: what they may rest on, and which of them find a pair."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.linkage.model.cases import case_design
from testimonia.linkage.model.persons import person_design
from testimonia.linkage.model.rules import Rule, rule_masks, within_bounds

WHOLE_NAMES = {"any_keys"}
SURNAMES = {"surname", "surname_key"}
PLACES = {
    *("origin_county", "origin_province", "dest_province", "dest_prefecture", "dest_county"),
    *("crossing_from", "crossing_to", "crossing_route", "birth_place", "residence"),
}
RULES = [*case_design().rules, *person_design().rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.meaning)
def test_no_rule_rests_on_a_surname_or_on_places_alone(rule: Rule) -> None:
    """A rule needs a key of a whole name, or two things of which one is neither a surname nor a place.

    Two places at once are bounded: such a rule is left out where it would find many pairs.
    """
    used = {*rule.columns, *rule.keys}
    assert not used <= SURNAMES
    assert used & WHOLE_NAMES or len(used) >= 2
    assert used & WHOLE_NAMES or not used <= PLACES or rule.most > 0


@pytest.mark.parametrize("design", [case_design(), person_design()])
def test_every_start_shares_at_least_two_things_or_a_date(design: object) -> None:
    """A start on one common value would begin with next to no matches."""
    for columns in design.starts:  # type: ignore[attr-defined]
        assert len(columns) >= 2 or columns == ("born",)


def table_of(values: list[str | None], keys: list[list[int]]) -> pa.Table:
    """A table with a plain column and one of keys."""
    return pa.table({"a": pa.array(values, pa.string()), "k": pa.array(keys, pa.list_(pa.int64()))})


records = st.lists(
    st.tuples(st.sampled_from(["x", "y", None]), st.lists(st.integers(-3, 3), max_size=4)), min_size=2, max_size=8
)


@settings(deadline=None)  # the first call compiles
@given(records)
def test_masks_equal_a_look_at_every_pair(rows: list[tuple[str | None, list[int]]]) -> None:
    """Bit k is set where both share the columns, and a key of the lists, of rule k; nobody shares a missing value."""
    table = table_of([value for value, _ in rows], [keys for _, keys in rows])
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(rows), 1))
    rules = (Rule("", ("a",)), Rule("", keys=("k",)), Rule("", ("a",), ("k",)))
    expected = []
    for i, j in zip(left, right, strict=True):
        same = rows[i][0] is not None and rows[i][0] == rows[j][0]
        shared = bool(set(rows[i][1]) & set(rows[j][1]))
        expected.append(same * 1 + shared * 2 + (same and shared) * 4)
    assert rule_masks(table, rules, left, right).tolist() == expected


def test_a_wide_rule_is_left_out_where_it_finds_too_much() -> None:
    """Six records of one value make 15 pairs, 2.5 a record."""
    table = table_of(["x"] * 6, [[]] * 6)
    assert within_bounds(table, (Rule("", ("a",), most=2.6),))
    assert not within_bounds(table, (Rule("", ("a",), most=2.4),))


def test_a_rule_on_a_column_that_is_not_there_is_left_out() -> None:
    """Tables of an older preparation still link."""
    assert within_bounds(table_of(["x"], [[]]), (Rule("", ("b",)),)) == ()
