"""Names of codes, units, things counted and places in three languages; a place is never finer than a province."""

from __future__ import annotations

import pytest

from testimonia.project.showing.labels import code_name, counted_name, place_name, unit_name


@pytest.mark.parametrize(
    ("locale", "name"), [("en", "Jilin Province, China"), ("ko", "중국 지린성"), ("zh", "中国 吉林省")]
)
def test_a_place_is_named_by_country_and_province_however_fine_it_was(locale: str, name: str) -> None:
    assert place_name("CHN/220000/222400/222402", locale) == name


def test_what_no_list_knows_stays_as_it_is() -> None:
    assert place_name("the old bridge", "ko") == "the old bridge"
    assert (place_name("R.tumen", "en"), place_name("R.tumen", "ko")) == ("Tumen River", "두만강")
    assert counted_name("lanterns_lit", "zh") == "lanterns lit"
    assert code_name("act", None, "en") == ""


@pytest.mark.parametrize(("locale", "name"), [("en", "persons"), ("ko", "명"), ("zh", "人")])
def test_a_unit_follows_its_number(locale: str, name: str) -> None:
    assert unit_name("persons", locale) == name


def test_a_rate_names_both_its_units_and_a_currency_keeps_its_code() -> None:
    assert unit_name("persons/year", "en") == "persons a year"
    assert unit_name("persons/year", "ko") == "명 / 한 해"
    assert unit_name("count/day", "zh") == "每天"
    assert unit_name("CNY", "en") == "CNY"


def test_codes_have_the_label_of_the_codebook() -> None:
    assert code_name("act", "state.forced_return", "ko") == "강제송환·강제북송"
    assert code_name("modality", "alleged", "zh") == "涉嫌、指称"
