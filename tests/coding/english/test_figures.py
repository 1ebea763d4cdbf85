"""Figures with modality and claimant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Coder, Figures


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Each post must file at least 25 removal orders per quarter.", "required"),
        ("The law allows detention for up to three months.", "required"),
        ("Anyone caught on the ice must serve a minimum of four years in a camp.", "required"),
        ("Officers met a quota of 40 arrests.", "required"),
        ("Persons who help face a fine of 50,000 baht.", "required"),
        ("The number of arrivals was expected to reach 1,400.", "hypothetical"),
        ("The government has promised to open two shelters.", "announced"),
        ("The ministry said it had recorded no such case in seven years.", "denied"),
        ("Police arrested 40 men.", "reported"),
        ("A court sentenced him to five years in prison under the law.", "reported"),
    ],
)
def test_a_target_or_rule_is_not_a_result(figures: Figures, text: str, modality: str) -> None:
    """Quotas, penalties in law, plans and denials are not what happened."""
    assert figures(text)[-1][4] == modality


def test_those_who_lived_it_testify(code: Coder) -> None:
    """A number in the words of survivors is testimony."""
    (figure,) = code("Survivors said that they worked 12 hours a day.", "figure")
    assert (figure.modality, figure.parts["claimant"].quote) == ("testimony", "Survivors")


def test_the_source_of_the_sentence_before_governs_the_next(code: Coder) -> None:
    """Paragraph scope: the claimant stands one sentence earlier."""
    text = "Aid groups estimate that 450 people were sent back. One in five was a child."
    figure = code(text, "figure")[1]
    assert figure.parts["claimant"].quote == "Aid groups"
    assert figure.attributes["scope"] == "paragraph"


def test_an_opening_source_governs_later_paragraphs(code: Coder) -> None:
    """Document scope: what circulars say in paragraph 1 stands behind paragraph 2."""
    text = "According to internal circulars, the county tightened its controls.\nEach of the 14 posts has a dog."
    (figure,) = code(text, "figure")
    assert figure.parts["claimant"].quote == "internal circulars"
    assert figure.attributes["scope"] == "document"


def test_a_list_of_findings_belongs_to_who_finds(code: Coder) -> None:
    """“Congress finds that:” governs the clauses below it."""
    text = "Congress finds that:\n(1) At least 700,000 persons annually are moved across borders."
    (figure,) = code(text, "figure")
    assert figure.parts["claimant"].quote == "Congress"


def test_an_agentless_estimate_has_no_claimant(code: Coder) -> None:
    """“Is believed to” names nobody, and nobody is invented."""
    (figure,) = code("The number of expulsions is believed to have doubled.", "figure")
    assert "claimant" not in figure.parts


def test_a_pronoun_goes_back_to_the_named_source(code: Coder) -> None:
    """“It says” is the study of the sentence before."""
    text = "A study by the Lamp Network finds that 300 women were held. It says that 40 of them were girls."
    figure = code(text, "figure")[1]
    assert figure.parts["claimant"].quote == "It"
    assert figure.attributes["coref"] == "A study by the Lamp Network"


@pytest.mark.parametrize("role", ["title", "boilerplate"])
def test_titles_and_boilerplate_have_no_figures_acts_or_statements(code: Coder, role: str) -> None:
    """A headline and a menu state nothing."""
    text = "Police said 300 women were sold | Subscribe for $2.50 a week"
    assert not {coding.kind for coding in code(text, role=role)} & {"figure", "act", "attribution", "measure"}


def test_a_run_in_heading_states_nothing(code: Coder) -> None:
    """What stands before the colon is a topic."""
    acts = code("Torture and Forced Labor: Conditions were poor.", "act")
    assert acts == []
