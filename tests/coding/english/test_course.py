"""What goes on from sentence to sentence, what a mood reaches, and what settles a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder, Figures


def test_testimony_goes_on_with_its_pronoun(code: Coder) -> None:
    """The sentence after “survivors said” is still theirs while it speaks of them."""
    acts = code("Survivors told the group that brokers came. There their passports were confiscated.", "act")
    assert {act.modality for act in acts} == {"testimony"}


def test_a_ministry_of_workers_is_no_witness(code: Coder) -> None:
    """A body that has workers in its name did not live through what it confirms."""
    (figure,) = code("The Department of Migrant Workers confirmed that 212 people had been flown home.", "figure")
    assert figure.modality == "reported"


def test_the_first_person_is_testimony(code: Coder) -> None:
    """Who says “I was sold” has lived it."""
    assert "testimony" in [act.modality for act in code("I was sold to a farmer.", "act")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Law enforcement officers detained the women.", "reported"),
        ("The deportees risk torture.", "risk"),
        ("The brigade may have subjected inmates to forced labor.", "hypothetical"),
        ("The ministry pledged to prosecute their owners.", "policy"),
        ("Inmates were subject to abuse.", "reported"),
    ],
)
def test_words_of_mood_reach_what_they_govern(code: Coder, text: str, modality: str) -> None:
    """A law enforcement officer is no law, and a risk need not be “at risk of”."""
    assert modality in [act.modality for act in code(text, "act")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Each officer has been told to report no fewer than 30 illegal entrants a month.", 30),
        ("The bureau said that every station must arrest 20 people by June.", 20),
        ("Inspectors were expected to check 40 households a week.", 40),
        ("At least 12 officers have to attend.", 12),
    ],
)
def test_a_quota_is_required_in_any_wording(code: Coder, text: str, value: float) -> None:
    """What is to be reached was not reached."""
    assert [(figure.modality, figure.value) for figure in code(text, "figure")] == [("required", value)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("In Hyesan a kilo of rice cost 5,000 won.", "KPW"),
        ("In Seoul a room cost 500,000 won.", "KRW"),
        ("She earned a monthly salary of 2,500 yuan.", "CNY/month"),
        ("It cost 12 million tenge.", "KZT"),
        ("A woman of 22 was freed.", "years_of_age"),
    ],
)
def test_units_settled_by_what_stands_around(figures: Figures, text: str, unit: str) -> None:
    """Whose won it is, the rate named before a sum, the age in “a woman of 22”."""
    assert unit in [found[2] for found in figures(text)]


def test_a_bracketed_sum_shares_the_rate_behind_it(figures: Figures) -> None:
    """“90,000 won ($100) per month” is two monthly sums."""
    found = figures("This left 90,000 won ($100) per month for workers in Pyongyang.")
    assert [figure[2] for figure in found] == ["KPW/month", "USD/month"]


@pytest.mark.parametrize(
    "text",
    [
        "Send it to Room 4, Renton, WA 98057–3356.",
        "See 14 CFR 21.197 and 21.199 to operate it.",
        "It describes Bulletin 737–31–1860 in full.",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "LIVE: 38 updates | 5,412 watching now",
    ],
)
def test_codes_and_counters_are_no_figures(figures: Figures, text: str) -> None:
    """Dockets, postcodes, line numbers and counters of a page count nothing."""
    assert figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She flooded her account with vitriolic comments about him.",
        "They ran a labor transfer project there.",
    ],
)
def test_nouns_are_no_statements(code: Coder, text: str) -> None:
    """Comments and a project are nobody's words."""
    assert code(text, "attribution") == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Per numerous reports, the men disappeared.", "Per"),
        ("“They sold me,” a former teacher recalled.", "recalled"),
        ("The bureau disputed the larger figure.", "disputed"),
    ],
)
def test_further_cues(code: Coder, text: str, cue: str) -> None:
    """“Per”, a soft verb behind a quotation, a disputed number."""
    assert cue in [said.parts["cue"].quote for said in code(text, "attribution")]


@pytest.mark.parametrize(
    ("text", "code_"),
    [
        ("The brigade forced half a million adults and children to pick cotton.", "state.forced_labour"),
        ("Officials handed them over to the security police.", "state.forced_return"),
        ("Prisoners died in custody.", "state.death_in_custody"),
        ("They ran away from the farm.", "journey.escape"),
        ("Employers withheld their wages.", "tip.purpose.forced_labour"),
        ("Armed guards watched the dormitory.", "tip.means.restricting_movement"),
        ("Workers were not allowed to leave.", "tip.means.restricting_movement"),
        ("Police arrested six traffickers.", "state.prosecution_of_traffickers"),
    ],
)
def test_ordinary_wordings(code: Coder, text: str, code_: str) -> None:
    """Verbs in any form, with what stands between them and their object."""
    assert code_ in [act.code for act in code(text, "act")]


@pytest.mark.parametrize(
    ("text", "mtype"),
    [
        ("The law prohibits forced labor.", "anti_trafficking_law"),
        ("The embassy flew 40 nationals home.", "victim_rescue"),
        ("Police raided two brothels.", "law_enforcement_action"),
        ("The state mobilized citizens for construction.", "economic_policy"),
        ("The government pulled down eleven compounds.", "facility_closure"),
    ],
)
def test_further_measures(code: Coder, text: str, mtype: str) -> None:
    """What a state does in other words."""
    assert mtype in [measure.code for measure in code(text, "measure")]
