"""Places, peoples, bodies, laws and persons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testimonia.model import Coding

Quotes = Callable[[str, str], list[str]]
Coder = Callable[..., list[Coding]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("她从咸镜北道会宁过了图们江，到吉林省延吉市。", ["咸镜北道", "会宁", "图们江", "吉林省", "延吉市"]),
        ("韓國統一部對此表示遺憾。", ["韓國"]),
        ("相关妇女自愿来华结婚。", ["华"]),
        ("延邊朝鮮族自治州一名官員", ["延邊朝鮮族自治州"]),
        ("一个会说朝鲜话的朝鲜族男人", []),
        ("朝鲜籍女性与北韩妇女", []),
        ("珲 春市、图们 市两地", ["珲 春市", "图们 市"]),
        ("经寮國與泰國抵達首爾", ["寮國", "泰國", "首爾"]),
        ("华侨和华北没有关系", []),
    ],
)
def test_places_but_not_peoples(quotes: Quotes, text: str, places: list[str]) -> None:
    assert quotes(text, "place") == places


def test_place_values_are_paths_of_the_gazetteer(code: Coder) -> None:
    assert [c.value for c in code("泰国和丹东市", "place")] == ["THA", "CHN/210000/210600"]


@pytest.mark.parametrize(
    ("text", "peoples"),
    [
        ("朝鲜籍妇女", ["朝鲜籍"]), ("三名北韓女性", ["北韓"]), ("當地漢族或朝鮮族男子", ["漢族", "朝鮮族"]),
        ("他会说朝鲜话", ["朝鲜话"]), ("韩国人来了", ["韩国人"]), ("朝籍妇女", ["朝籍"]), ("朝鲜政府", []),
    ],
)  # fmt: skip
def test_peoples_and_languages(quotes: Quotes, text: str, peoples: list[str]) -> None:
    assert quotes(text, "demonym") == peoples


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("中国外交部发言人说", ["中国外交部"]),
        ("延吉市公安局一名警察", ["延吉市公安局"]),
        ("县级以上地方人民政府公安机关负责", ["县级以上地方人民政府公安机关"]),
        ("韩国团体“江岸守望中心”发布报告", ["“江岸守望中心”"]),
        ("聯合國難民署與大赦國際", ["聯合國難民署", "大赦國際"]),
        ("她说自己是农民", []),
    ],
)
def test_bodies_with_what_belongs_to_their_names(quotes: Quotes, text: str, bodies: list[str]) -> None:
    assert quotes(text, "org") == bodies


def test_a_body_the_document_introduces_is_known_afterwards(quotes: Quotes) -> None:
    text = "来源：南岸观察网　编辑：无\n\n南岸观察网此前报道过此事。"
    assert quotes(text, "org") == ["南岸观察网", "南岸观察网"]


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("根据《中华人民共和国刑法》第二百四十条、第二十五条", ["《中华人民共和国刑法》第二百四十条、第二十五条"]),
        ("刑法第二百四十一条第六款规定", ["刑法第二百四十一条第六款"]),
        ("本法第五十九条第一款", ["本法第五十九条第一款"]),
        ("違反不驅回原則", ["不驅回原則"]),
    ],
)
def test_laws_with_their_articles(quotes: Quotes, text: str, laws: list[str]) -> None:
    assert quotes(text, "law") == laws


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("被告人张某伙同李某某", ["张某", "李某某"]),
        ("外交部发言人王启明表示", ["王启明"]),
        ("化名「春姬」的受訪者", ["春姬"]),
        ("村里的王先生住在河边", []),
    ],
)
def test_only_masked_titled_or_aliased_people_are_named(quotes: Quotes, text: str, persons: list[str]) -> None:
    assert quotes(text, "person") == persons


def test_parties_and_aliases_need_protection(code: Coder) -> None:
    assert [c.attributes["protect"] for c in code("被告人张某与记者 周文）", "person")] == ["true", "false"]
