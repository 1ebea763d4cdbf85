"""The gazetteer and its names in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia import vocabulary
from testimonia.coding.gazetteer import Gazetteer, load_gazetteer, simplify
from testimonia.coding.lexicon import Lexicon


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def ids(gazetteer: Gazetteer, language: str, form: str) -> set[str]:
    return {row["id"] for row in gazetteer.rows(language) if row["form"] == form}


@pytest.mark.parametrize(
    ("language", "form", "id"),
    [
        ("en", "DPRK", "PRK"),
        ("en", "Republic of Korea", "KOR"),
        ("en", "Sinuiju", "KP0601"),
        ("en", "North Hamkyung Province", "KP02"),
        ("en", "Yanji", "222401"),
        ("en", "Tumen River", "R.tumen"),
        ("en", "Vientiane", "G1651944"),
        ("ko", "북조선", "PRK"),
        ("ko", "회령", "KP0203"),
        ("ko", "양강도", "KP01"),
        ("ko", "옌지", "222401"),
        ("ko", "연길", "222401"),
        ("ko", "투먼", "222402"),
        ("ko", "도문", "222402"),
        ("ko", "압록강", "R.yalu"),
        ("ko", "동북 3성", "G.necn"),
        ("zh", "朝鲜", "PRK"),
        ("zh", "朝鮮", "PRK"),
        ("zh", "北韓", "PRK"),
        ("zh", "延边朝鲜族自治州", "222400"),
        ("zh", "延邊朝鮮族自治州", "222400"),
        ("zh", "惠山", "KP0101"),
        ("zh", "湄公河", "R.mekong"),
        ("zh", "首尔", "KR-11"),
    ],
)
def test_names_lead_to_their_place(gazetteer: Gazetteer, language: str, form: str, id: str) -> None:
    """Official, short, Yanbian, South Korean, simplified and traditional names of one place share its id."""
    assert id in ids(gazetteer, language, form)


def test_a_path_runs_from_the_country_down(gazetteer: Gazetteer) -> None:
    """Hoeryong lies in North Hamgyong in the DPRK; the map knows its province."""
    place = gazetteer.places["KP0203"]
    assert (place.path, place.country, place.province) == ("PRK/KP02/KP0203", "PRK", "KP02")
    river = gazetteer.places["R.tumen"]
    assert (river.country, river.province) == ("", "")
    assert gazetteer.places["PRK"].province == ""


def test_every_step_of_every_path_is_a_place(gazetteer: Gazetteer) -> None:
    """No path leads through an unknown unit."""
    for place in gazetteer.places.values():
        assert set(place.path.split("/")) <= gazetteer.places.keys(), place.id


def test_all_countries_of_iso_3166_have_names_in_three_languages(gazetteer: Gazetteer) -> None:
    """249 and the user-assigned Kosovo; one that has no name in a language would be missed in silence."""
    rows = [row for row in vocabulary.rows("gazetteer") if row["ptype"] == "country"]
    assert len(rows) >= 249
    assert all(len(row["id"]) == 3 for row in rows)
    assert [row["id"] for row in rows if not (row["en"] and row["ko"] and row["zh"])] == []


def test_names_that_are_ordinary_words_are_flagged(gazetteer: Gazetteer) -> None:
    """지시 (instruction), 和平 (peace) and Reading demand context; their full names do not."""
    flags = {(lang, row["form"]): row["ambiguous"] for lang in ("ko", "zh", "en") for row in gazetteer.rows(lang)}
    assert flags["ko", "지시"] == "1" and flags["ko", "지시시"] == ""
    assert flags["ko", "개천"] == "1" and flags["ko", "개천시"] == ""
    assert flags["ko", "인도"] == "1" and flags["en", "Jordan"] == "1"


def test_north_korea_is_found_before_korea(gazetteer: Gazetteer) -> None:
    """The longest name wins, so South Korea is never a part of a longer one."""
    found = [hit.row["id"] for hit in Lexicon(gazetteer.rows("en")).find("from North Korea to South Korea")]
    assert found == ["PRK", "KOR"]


def test_chinese_names_end_inside_no_other_language(gazetteer: Gazetteer) -> None:
    """A Chinese name is Chinese characters, with the few that add a bracket or a middle dot."""
    for row in gazetteer.rows("zh"):
        assert any("\u3400" <= char <= "\u9fff" for char in row["form"]), row["form"]


@given(st.text())
def test_simplifying_keeps_every_offset(text: str) -> None:
    """One character for one, whatever the text holds."""
    assert len(simplify(text)) == len(text)


def test_traditional_becomes_simplified() -> None:
    """圖們江 is read as 图们江."""
    assert simplify("圖們江邊的朝鮮婦女") == "图们江边的朝鲜妇女"


@pytest.mark.parametrize(
    ("value", "name", "language", "path"),
    [
        ("KP0203", "회령", "ko", "PRK/KP02/KP0203"),
        ("PRK-Hoeryong", "Hoeryong", "en", "PRK/KP02/KP0203"),
        ("PRK/KP02/KP0203", "会宁", "zh", "PRK/KP02/KP0203"),
        ("CN-SD", "Shandong", "en", "CHN/370000"),
        ("CHN", "Beijing", "en", "CHN"),
    ],
)
def test_codes_of_one_place_end_in_one_path(
    gazetteer: Gazetteer, value: str, name: str, language: str, path: str
) -> None:
    """Whatever a language calls it; a capital that stands for its state stays the state."""
    place = gazetteer.resolve(value, name, language)
    assert place is not None and place.path == path


def test_what_the_gazetteer_does_not_know_stays_unresolved(gazetteer: Gazetteer) -> None:
    """An invented name, and a name of several places without a country, lead nowhere."""
    assert gazetteer.resolve("XX-Nowhere", "Nowhere", "en") is None
    assert gazetteer.resolve("X", "강원도", "ko") is None
