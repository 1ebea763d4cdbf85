"""Places as written are units of the gazetteer, or vague; a slip is forgiven, an ambiguity is not guessed away."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.values.gazetteer import Unit, gazetteer
from testimonia.linkage.values.places import Place, Route, facing, read_place, read_route

DATA = Path(__file__).parents[3].parent / "shared" / "data"
given_data = pytest.mark.skipif(not DATA.is_dir(), reason="the gazetteers (../shared/data) are not here")

MUSAN = Unit("PRK", "KP02", None, "KP0218")
HELONG = Unit("CHN", "220000", "222400", "222406")
YANBIAN = Unit("CHN", "220000", "222400")


def unit(text: str, country: str | None = None) -> Unit | None:
    found = read_place(text, country)
    return found.unit if found else None


@pytest.mark.parametrize(
    "text",
    [
        "함경북도 무산군",
        "함북 무산군",
        "무산군 함경북도",
        "무산",
        "무산군 근처",
        "咸镜北道茂山郡",
        "咸鏡北道 茂山郡",
        "茂山",
        "Musan, North Hamgyong",
        "North Hamgyong, Musan",
        "Musan County (North Hamgyong Province)",
        "Musan-gun, Hamgyong-bukto",
        "near Musan",
        "from Musan",
        "MUSAN",
    ],
)
def test_one_county_in_many_spellings(text: str) -> None:
    """Order, language, script, marks and words for near it do not matter."""
    assert read_place(text, "PRK") == Place("read", MUSAN)


@pytest.mark.parametrize(
    "text",
    [
        "吉林省延边朝鲜族自治州和龙市",
        "吉林省和龍市",
        "和龙",
        "길림성 연변조선족자치주 화룡시",
        "지린성 옌볜 조선족 자치주 허룽시",
        "허룽",
        "Helong, Jilin",
        "Helong, Yanbian, Jilin Province",
    ],
)
def test_one_chinese_county_in_both_korean_readings(text: str) -> None:
    """Yanbian Korean 화룡, South Korean 허룽."""
    assert unit(text, "CHN") == HELONG


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("회련시", "KP0203"),
        ("함경붂도 무산군", "KP0218"),
        ("咸境北道茂山郡", "KP0218"),
        ("Hoeryung", "KP0203"),
        ("Hyesna, Ryanggang", "KP0101"),
        ("North Harngyong, Musan", "KP0218"),
        ("Sarnsu", "KP0102"),
    ],
)
def test_a_slip_is_forgiven(text: str, right: str) -> None:
    """One letter wrong, missing, too many or swapped; in long names two."""
    found = read_place(text, "PRK")
    assert found is not None and found.unit is not None and found.guessed
    assert found.unit.county == right


def test_a_slip_that_fits_two_places_is_not_decided() -> None:
    """개선시 is one stroke from 개성시 and from 개천시, in two provinces."""
    assert unit("개선시", "PRK") == Unit("PRK")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("지린성 창춘시 차오양구", "220104"),
        ("길림성 장춘시 조양구", "220104"),
        ("랴오닝성 다롄시 중산구", "210202"),
        ("헤이룽장성 하얼빈시 쑹베이구", "230109"),
        ("료녕성 부신시 부신몽골족자치현", "210921"),
        ("요녕성 청원만족자치현", "210423"),
    ],
)
def test_chinese_counties_have_korean_names(text: str, code: str) -> None:
    """By the Korean reading of the characters (조양구 朝阳区) and by their Chinese sound (차오양구)."""
    found = unit(text, "CHN")
    assert found is not None and found.county == code


def test_a_name_that_two_places_bear_is_settled_by_what_stands_beside_it() -> None:
    """Unsan is a county of two provinces; Jilin a province and its city; Tonghua a prefecture and its county."""
    assert unit("Unsan", "PRK") == Unit("PRK")
    assert unit("Unsan, North Pyongan", "PRK") == Unit("PRK", "KP06", None, "KP0617")
    assert unit("吉林", "CHN") == Unit("CHN", "220000")
    assert unit("Jilin, Jilin", "CHN") == Unit("CHN", "220000", "220200")
    assert unit("Tonghua, Jilin", "CHN") == Unit("CHN", "220000", "220500")
    assert unit("铁东区", "CHN") == Unit("CHN")
    assert unit("吉林省四平市铁东区", "CHN") == Unit("CHN", "220000", "220300", "220303")


def test_the_country_that_is_meant_goes_first() -> None:
    """송원 is a county in Jagang and 松原 a prefecture in Jilin."""
    assert unit("송원", "PRK") == Unit("PRK", "KP05", None, "KP0516")
    assert unit("송원", "CHN") == Unit("CHN", "220000", "220700")


@pytest.mark.parametrize("text", ["국경 지역", "near the border", "边境", "북한", "朝鲜", "국경 지억", "시골"])
def test_what_names_no_province_is_vague(text: str) -> None:
    """It is read, and says nothing that could agree; a slip does not turn it into a place."""
    found = read_place(text, "PRK")
    assert found is not None
    assert found.status == "vague"
    assert found.unit is None or found.unit.province is None


def test_the_north_east_is_vague_and_other_provinces_are_not() -> None:
    """A victim may be sold on to Shandong or Beijing, or flee to Laos."""
    assert read_place("东北", "CHN") == Place("vague", Unit("CHN"))
    assert unit("山东省青岛市", "CHN") == unit("산둥성", "CHN") == Unit("CHN", "370000")
    assert unit("베이징", "CHN") == Unit("CHN", "110000")
    assert unit("Laos", "CHN") == Unit("LAO")


def test_former_names_are_those_of_today() -> None:
    """새별군 was the name of 경원군 from 1977 to 2005, 은덕군 that of 경흥군."""
    assert unit("새별군", "PRK") == unit("경원군", "PRK")
    assert unit("은덕군", "PRK") == unit("庆兴郡", "PRK")


@pytest.mark.parametrize("text", ["qwertyuiop", "???", "달나라", "12345"])
def test_what_is_no_place_is_unread_and_empty_is_nothing(text: str) -> None:
    """Unread cells are counted; empty ones are not."""
    found = read_place(text)
    assert found is None or found.status == "unread"
    assert read_place("") is read_place("미상") is None


@given_data
def test_every_county_is_read_in_every_name_it_has() -> None:
    """The tables the generator writes from: Korean in both spellings, Chinese, English, with and without province."""
    rows = _table("gazetteer_dprk.tsv")
    provinces = {row["name_en"]: row for row in rows if row["level"] == "1"}
    wrong = []
    for row in rows:
        if row["level"] != "2":
            continue
        above = provinces[row["parent_en"]]
        english = row["name_en"].removesuffix(" City")
        texts = [f"{above['name_ko']} {row['name_ko']}", f"{english}, {above['name_en']}"]
        texts += [above["name_zh"] + row["name_zh"]] * bool(row["name_zh"])
        texts += [f"{above['name_ko']} {row['former_name_ko']}"] * bool(row["former_name_ko"])
        wrong += [text for text in texts if (found := unit(text, "PRK")) is None or found.county != row["id"]]
    assert [text for text in wrong if "평양" not in text and "平壤" not in text and "Pyongyang, Py" not in text] == []


@given_data
def test_every_chinese_county_is_read_with_its_prefecture() -> None:
    """In characters always; in Korean where the table has a name."""
    rows = {row["adcode"]: row for row in _table("gazetteer_ne_china.tsv")}
    wrong = []
    for code, row in rows.items():
        if row["level"] != "3":
            continue
        above = rows[row["parent_adcode"]]
        top = rows[above["parent_adcode"]]
        for key, blank in (("name_zh", ""), ("name_ko", " "), ("name_ko_sino", " ")):
            text = blank.join(r[key] for r in (top, above, row))
            if row[key] and unit(text, "CHN") != Unit("CHN", top["adcode"], above["adcode"], code):
                wrong.append(text)
    assert wrong == []


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize(
    "text",
    [
        "무산군-화룡시",
        "Musan-Helong",
        "Musan to Helong",
        "무산에서 화룡",
        "茂山郡→和龙市",
        "무산군~허룽시",
        "Helong - Musan",
    ],
)
def test_a_crossing_has_two_banks(text: str) -> None:
    """Whatever stands between the two, and in either order: a crossing to China leaves Korea."""
    assert read_route(text) == Route("read", MUSAN, HELONG)


def test_one_bank_may_be_all_that_is_said() -> None:
    """A hyphen in a name does not cut it."""
    assert read_route("Musan-gun") == Route("read", MUSAN)
    assert read_route("和龙市") == Route("read", None, HELONG)
    assert read_route("Manpho-Ji'an") == Route(
        "read", Unit("PRK", "KP05", None, "KP0502"), Unit("CHN", "220000", "220500", "220582")
    )
    assert read_route("국경") == Route("vague")
    assert read_route("") is None


def test_counties_that_face_one_another_do_so_from_both_banks() -> None:
    """Musan faces Helong only; Helong faces more than one county."""
    assert facing("KP0218") == "222406"
    assert "KP0218" in (facing("222406") or "").split("|")
    assert facing("KP1001") is None
    units = gazetteer().units
    assert all(units[code].country == "CHN" for code in (facing("KP0220") or "").split("|"))


@given(st.text(max_size=60), st.sampled_from(["PRK", "CHN", None]))
def test_nothing_raises(text: str, country: str | None) -> None:
    """Any cell gives a place, or none."""
    found = read_place(text, country)
    assert found is None or found.status in ("read", "vague", "unread")
    read_route(text)
