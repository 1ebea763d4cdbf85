"""Places, peoples, organisations, laws, persons."""

from __future__ import annotations

import pytest

from .conftest import Coded


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("룡정으로 갔다.", "룡정", "222405"),
        ("룽징에서 살았다.", "룽징", "222405"),
        ("량강도 출신이다.", "량강도", "KP01"),
        ("양강도 출신이다.", "양강도", "KP01"),
        ("도문을 거쳤다.", "도문", "222402"),
        ("중국 정부가 답했다.", "중국", "CHN"),
        ("조선에서 왔다.", "조선", "PRK"),
        ("무산에서 왔다.", "무산", "KP0218"),
        ("국경을 넘었다.", "국경", "B.cn-kp"),
    ],
)
def test_a_place_is_known_by_its_northern_southern_and_yanbian_name(
    coded: Coded, text: str, quote: str, value: str
) -> None:
    assert [(place.quote, place.value) for place in coded(text, "place")] == [(quote, value)]


@pytest.mark.parametrize(
    "text",
    [
        "지시에 따라 움직였다.",
        "계획이 무산됐다.",
        "집안에서 쉬었다.",
        "통화를 했다.",
        "백성이 굶었다.",
        "지난 달에 만났다.",
        "중국어를 배웠다.",
        "국경경비대가 막았다.",
        "TV조선이 전했다.",
    ],
)
def test_ordinary_words_are_no_places(coded: Coded, text: str) -> None:
    assert coded(text, "place") == []


def test_an_ambiguous_name_is_a_place_beside_another(coded: Coded) -> None:
    assert [place.quote for place in coded("헤이룽장성 지시와 톄링에서 왔다.", "place")] == [
        "헤이룽장성",
        "지시",
        "톄링",
    ]


@pytest.mark.parametrize(
    "text", ["북한 여성이 왔다.", "중국 남성이 왔다.", "조선족이 왔다.", "중국인이 왔다.", "한국 사람이 왔다."]
)
def test_a_people_is_no_place(coded: Coded, text: str) -> None:
    assert coded(text, "place") == []
    assert len(coded(text, "demonym")) == 1


def test_a_headline_shortens_states_to_one_character(coded: Coded) -> None:
    assert [p.value for p in coded("中 법원, 北 여성 송환", "place", role="title")] == ["CHN", "PRK"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("인권단체 '푸른다리모임'은 자료를 냈다.", "푸른다리모임"),
        ("(단둥=가온통신) 일당이 붙잡혔다.", "가온통신"),
        ("보위부로 끌려갔다.", "보위부"),
        ("유엔난민기구가 밝혔다.", "유엔난민기구"),
    ],
)
def test_an_organisation_is_found(coded: Coded, text: str, quote: str) -> None:
    assert quote in [org.quote for org in coded(text, "org")]


def test_a_name_given_once_is_known_afterwards(coded: Coded) -> None:
    text = "인권단체 '푸른다리모임'은 자료를 냈다.\n그 뒤 푸른다리모임은 침묵했다."
    assert [org.quote for org in coded(text, "org")] == ["푸른다리모임", "푸른다리모임"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("중국 형법 제240조는 이를 벌한다.", "중국 형법 제240조"),
        ("난민협약 제33조는 송환을 막는다.", "난민협약 제33조"),
        ("「반간첩법」에 따른다.", "「반간첩법」"),
        ("난민의 지위에 관한 협약에 가입했다.", "난민의 지위에 관한 협약"),
    ],
)
def test_a_law_is_found_with_its_article(coded: Coded, text: str, quote: str) -> None:
    assert [law.quote for law in coded(text, "law")] == [quote]


def test_only_officials_and_authors_are_named(coded: Coded) -> None:
    text = "한도윤 소장과 김순이 씨가 만났다."
    assert [person.quote for person in coded(text, "person")] == ["한도윤"]
