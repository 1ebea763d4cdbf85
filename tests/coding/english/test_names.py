"""Places, peoples, bodies, laws, persons and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from testimonia.model import Coding

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder


def spans(codings: list[Coding]) -> list[str]:
    return [coding.quote for coding in codings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They crossed from Ryanggang Province into China.", ["Ryanggang Province", "China"]),
        ("Samsu, Kapsan, Pungso, and Pungsan are remote.", ["Samsu", "Kapsan", "Pungso", "Pungsan"]),
        ("South Hamkyung Province lies by the sea.", ["South Hamkyung Province"]),
        ("The Tumen River and the Mekong River froze.", ["Tumen River", "Mekong River"]),
        ("Residents of Lamphan County left.", ["Lamphan County"]),
        ("She flew from Hanoi to Ulaanbaatar.", ["Hanoi", "Ulaanbaatar"]),
        ("North Koreans and Chinese traders met.", []),
        ("We said thus: us and them.", []),
    ],
)
def test_places(code: Coder, text: str, places: list[str]) -> None:
    """Gazetteer names and names closed by a word such as River are places; peoples are not."""
    assert spans(code(text, "place")) == places


def test_a_capital_that_acts_is_its_state(code: Coder) -> None:
    """Beijing says: a metonym; in Beijing: a city."""
    (acting,) = code("Beijing says that the fence is needed.", "place")
    (place,) = code("She lived in Beijing.", "place")
    assert (acting.value, acting.attributes["metonym"]) == ("CHN", "yes")
    assert (place.value, "metonym" in place.attributes) == ("CHN-Beijing", False)


def test_peoples_are_demonyms(code: Coder) -> None:
    """Adjectives and peoples carry the code of their country."""
    found = [(coding.quote, coding.value) for coding in code("North Koreans met Thai officers.", "demonym")]
    assert found == [("North Koreans", "PRK"), ("Thai", "THA")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("UNHCR keeps an office.", "UNHCR"),
        ("The Ministry of Public Security runs it.", "Ministry of Public Security"),
        ("The Zhengzhou Discipline Commission met.", "Zhengzhou Discipline Commission"),
        ("A study of the Lantern Bridge Network came out.", "Lantern Bridge Network"),
        ("The Government of China agreed.", "Government of China"),
        ("They were held by Thai police.", "Thai police"),
        ("PRC authorities refused.", "PRC authorities"),
    ],
)
def test_bodies(code: Coder, text: str, body: str) -> None:
    """Listed bodies, names on a head word, and bodies of a state."""
    assert body in spans(code(text, "org"))


def test_a_short_name_is_known_from_its_introduction_on(code: Coder) -> None:
    """“River Households Initiative (RHI)”: RHI is a body from there on."""
    text = "The River Households Project (RHP) met.\nLater RHP left."
    assert [coding.quote for coding in code(text, "org")][-1] == "RHP"


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Under the Asylum Act of 2012 they stay.", "Asylum Act of 2012"),
        (
            "It joined the 1951 United Nations Convention Relating to the Status of Refugees.",
            "1951 United Nations Convention Relating to the Status of Refugees",
        ),
        ("The Penal Code applies.", "Penal Code"),
    ],
)
def test_laws(code: Coder, text: str, law: str) -> None:
    """Acts, codes and treaties are named whole."""
    assert spans(code(text, "law")) == [law]


def test_only_officials_and_authors_are_persons(code: Coder) -> None:
    """A title makes a person public; a survivor's name stays uncoded."""
    assert spans(code("High Commissioner Lena Ward met Park Ji-a.", "person")) == ["Lena Ward"]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("It closed on December 7, 2019.", "on December 7, 2019", "2019-12-07"),
        ("It closed on 7 December 2019.", "on 7 December 2019", "2019-12-07"),
        ("It closed in May 2015.", "in May 2015", "2015-05"),
        ("It closed in the late 1990s.", "in the late 1990s", "199X"),
        ("It is open since 2011.", "since 2011", "2011/.."),
        ("Between 2014 and 2021 it was shut.", "Between 2014 and 2021", "2014/2021"),
        ("It closed in the first half of 2030.", "in the first half of 2030", "2030-01/2030-06"),
        ("It closed in June.", "in June", "XXXX-06"),
    ],
)
def test_dates_are_edtf(code: Coder, text: str, quote: str, value: str) -> None:
    """A date keeps its preposition and is given in EDTF."""
    (date,) = code(text, "date")
    assert (date.quote, date.value) == (quote, value)


@pytest.mark.parametrize("text", ["They may leave.", "They march at dawn.", "In the past three years it grew."])
def test_a_modal_is_no_month_and_a_span_no_figure(code: Coder, text: str) -> None:
    """“May” may be a verb; the three of “past three years” counts nothing."""
    assert not [coding for coding in code(text, "date") if coding.value]
    assert code(text, "figure") == []
