"""Acts with modality, and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder


@pytest.mark.parametrize(
    ("text", "code_", "modality"),
    [
        ("Guards beat prisoners in the camp.", "state.ill_treatment", "reported"),
        ("Police forcibly returned them to the border.", "state.forced_return", "reported"),
        ("Officials forcibly relocated residents.", "state.forced_relocation", "reported"),
        ("The women were sold to farmers.", "tip.act.sale", "reported"),
        ("Brokers promised factory jobs to the girls.", "tip.means.deception", "reported"),
        ("Recruiters took away their passports.", "tip.means.document_confiscation", "reported"),
        ("The brokers beat the women.", "tip.means.physical_violence", "reported"),
        ("The captain kept the crew locked in a hold.", "tip.means.restricting_movement", "reported"),
        ("They fled into the hills.", "journey.escape", "reported"),
        ("Those sent home would face torture.", "state.torture", "risk"),
        ("They were at risk of refoulement.", "state.forced_return", "risk"),
        ("The law stipulates capital punishment for treason.", "state.death_penalty", "policy"),
        ("The envoy denied that anyone had been deported.", "state.forced_return", "denied"),
        ("Survivors said that they had been tortured.", "state.torture", "testimony"),
        ("Each post must file 25 removal orders.", "state.forced_return", "target"),
        ("They face prison, forced labor, or death.", "state.death_penalty", "risk"),
        ("Guards were ordered to use lethal force.", "state.killing_at_border", "policy"),
    ],
)
def test_code_and_modality(code: Coder, text: str, code_: str, modality: str) -> None:
    """An act is coded by who acts and by how it is said."""
    found = {(act.code, act.modality) for act in code(text, "act")}
    assert (code_, modality) in found


@pytest.mark.parametrize(
    "text",
    [
        "The detention facilities were old.",
        "The law prohibits torture.",
        "The state ratified the Convention against Torture.",
        "Families chose voluntary repatriation.",
        "It grew the trafficking industry.",
    ],
)
def test_topics_and_bans_are_no_acts(code: Coder, text: str) -> None:
    """A facility, a treaty, a ban and a free choice say nothing of an act."""
    assert code(text, "act") == []


def test_a_denied_act_is_negative(code: Coder) -> None:
    """“No reports of” keeps its polarity."""
    (act,) = code("There were no reports of disappearances.", "act")
    assert act.polarity == "negative"


def test_hunger_counts_only_where_people_are_held(code: Coder) -> None:
    """Starvation in a camp is a deprivation in custody; a famine is not."""
    assert [act.code for act in code("In the prison camp many suffered starvation.", "act")] == [
        "state.deprivation_in_custody"
    ]
    assert code("The famine brought starvation to the villages.", "act") == []


@pytest.mark.parametrize(
    ("text", "mtype"),
    [
        ("The county closed its border.", "border_closure"),
        ("Mongolia tightened its controls along the river.", "border_surveillance"),
        ("The government erected barbed-wire fencing.", "fence"),
        ("Cameras were installed at the gate.", "surveillance_camera"),
        ("Those who fail are subject to fines.", "penalty"),
        ("The law criminalizes defection.", "criminalisation_of_exit"),
        ("China has ratified the protocol.", "treaty_ratification"),
        ("The agency provided food aid to the county.", "aid"),
        ("Police arrested the brokers.", "law_enforcement_action"),
        ("Officers have a quota of arrests.", "quota"),
    ],
)
def test_measures(code: Coder, text: str, mtype: str) -> None:
    """What a state does, orders or lays down is a measure of its type."""
    assert mtype in [measure.code for measure in code(text, "measure")]


def test_the_state_that_acts_is_the_actor(code: Coder) -> None:
    """The state named before the measure acts."""
    (measure, *_) = code("Mongolia closed its border.", "measure")
    assert measure.attributes["actor"] == "MNG"
