"""The levels of case lists, on pairs of rows whose agreement is plain to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from splink import Linker

from testimonia.linkage.lists import ListRecord
from testimonia.linkage.model.cases import case_design, prepare_cases
from testimonia.linkage.model.comparing import _evidence
from testimonia.linkage.model.database import in_memory
from testimonia.linkage.model.settings import settings_of
from testimonia.linkage.model.training import quiet
from testimonia.linkage.model.vectors import compare_pairs
from testimonia.linkage.values import prepare

DESIGN = case_design()
PLACE = {comparison.name: position for position, comparison in enumerate(DESIGN.comparisons)}


def meanings(pairs: Sequence[tuple[Mapping[str, str], Mapping[str, str]]], comparison: str) -> list[str]:
    """What the level of the comparison means, for pairs of rows given by the cells that are not empty."""
    rows = [row for pair in pairs for row in pair]
    empty = dict.fromkeys(ListRecord._fields, "")
    records = [
        ListRecord(**{**empty, "record_id": f"r-{k}", "list": "a", "report_year": "2010", **row})  # type: ignore[arg-type]
        for k, row in enumerate(rows)
    ]
    table = prepare_cases(prepare(records))
    left = np.arange(0, len(rows), 2, dtype=np.int32)
    with quiet(), in_memory({"name_evidence": _evidence}) as api:
        settings = settings_of(DESIGN.comparisons, DESIGN.rules)
        linker = Linker(api.register(table), settings, log_level=None, validate_settings=False)
        levels = compare_pairs(linker, left, left + 1, DESIGN.measures).levels
    return [DESIGN.comparisons[PLACE[comparison]].meaning(int(level)) for level in levels[:, PLACE[comparison]]]


def both(field: str, *values: tuple[str, str]) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Pairs of rows that differ in one field."""
    return [({field: one}, {field: other}) for one, other in values]


def test_times_of_crossing() -> None:
    """From the same month to years apart; nothing said compares with nothing."""
    pairs = both(
        "crossing_date",
        ("1998년 3월", "1998-03"),
        ("1998년 3월", "spring 1998"),
        ("1998년 3월", "1998年"),
        ("1998년", "late 1990s"),
        ("1998년 3월", "1999년 3월"),
        ("1998년 3월", "1998년 7월"),
        ("1998년", "2005년"),
        ("", "1998년"),
    )
    assert meanings(pairs, "crossing") == [
        "the same month of the same year",
        "the same year, and the same season, or a month in the season",
        "the same year; at least one does not say the month",
        "at least one is a span of years, and they meet",
        "the same month or season, one or two years apart",
        "two different months or seasons, at most half a year apart",
        "another time",
        "not comparable",
    ]


def test_places_of_origin() -> None:
    """The same county in three languages; a county and its province; two counties; two provinces."""
    pairs = both(
        "origin_place",
        ("함경북도 무산군", "Musan, North Hamgyong"),
        ("무산군", "咸镜北道"),
        ("무산군", "회령시"),
        ("무산군", "혜산시"),
        ("무산군", ""),
    )
    assert meanings(pairs, "origin") == [
        "the same county",
        "the same province; at least one does not say the county",
        "two counties of one province",
        "two provinces",
        "not comparable",
    ]


def test_years_of_birth() -> None:
    """A stated year twice; an age that can be that year under some counting; years that are apart."""
    same = ({"birth_year": "1971"}, {"birth_year": "1971"})
    age = ({"birth_year": "1971"}, {"age": "27", "age_at": "crossing", "crossing_date": "1998년"})
    apart = ({"birth_year": "1971"}, {"birth_year": "1972"})
    far = ({"birth_year": "1971"}, {"birth_year": "1990"})
    found = meanings([same, age, apart, far], "birth")
    assert found[0] == "both give the year of birth, and it is the same"
    assert found[1].startswith("one gives a year and the other an age that allows it")
    assert found[2:] == ["one year more apart than the ways of counting explain", "more than five years more"]


def test_a_return_after_the_other_list_was_written_contradicts_nothing() -> None:
    """Returned in 2008, while the other list of 2005 says not returned; in 2003 that would contradict."""
    early = {"forced_return": "no", "report_year": "2005"}
    pairs = [(early, {"forced_return": "yes", "return_year": year, "report_year": "2010"}) for year in ("2008", "2003")]
    assert meanings(pairs, "return") == [
        "one was not returned, but was recorded before the other's return",
        "one was not returned, although recorded after the other's return",
    ]


def test_names_across_scripts_agree_and_an_alias_may_be_the_name() -> None:
    """A name in Hangul and in pinyin is far up; of two other names nothing is; an alias stands against a name."""
    high, low = meanings(both("name", ("김춘월", "Jin Chunyue"), ("김춘월", "Pak Sol-song")), "name")
    step = float(high.rsplit(" ", 3)[1]) if "or more" in high else -9.0
    assert "evidence" in high
    assert "under" in low or step > 4
    (alias,) = meanings([({"name": "马小红"}, {"name": "김춘월", "alias": "Ma Xiaohong"})], "alias")
    assert "or more" in alias


@pytest.mark.parametrize("comparison", DESIGN.comparisons, ids=lambda comparison: comparison.name)
def test_every_level_has_a_meaning_of_its_own(comparison: object) -> None:
    """The report names levels by it."""
    words = [comparison.meaning(level) for level in range(-1, comparison.size)]  # type: ignore[attr-defined]
    assert len(set(words)) == len(words)
    assert all(words)
