"""Cues and the sources behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.coding.english.conftest import Said


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("According to the Ministry of Justice, 45 people were tried.", "the Ministry of Justice", "According to"),
        ("In March, according to a local paper, 45 people were tried.", "a local paper", "according to"),
        ("NGOs reported that patrols had grown.", "NGOs", "reported"),
        ("The envoy, speaking in Geneva, called on Beijing to stop.", "The envoy", "called on"),
        ("“We saw it,” said a farmer.", "a farmer", "said"),
        ("“We saw it,” the charity said.", "the charity", "said"),
        ("Two recruiters were held, local radio reported.", "local radio", "reported"),
        ("Father Anton, who runs a shelter, said that many had left.", "Father Anton", "said"),
        ("Kim Min-su, 34, a former guard, said she was ill.", "Kim Min-su", "said"),
        ("In a statement the ministry said no one was harmed.", "the ministry", "said"),
        ("He was quoted as saying that the camp was full.", "He", "was quoted as saying"),
        ("Satellite imagery showed that the camp had grown.", "Satellite imagery", "showed"),
        ("The data showed prisons had the highest level.", "The data", "showed"),
        ("Survivors interviewed by the group described beatings.", "Survivors interviewed by the group", "described"),
        ("The office (OHCHR) highlighted gaps.", "The office (OHCHR)", "highlighted"),
        ("It is the sense of Congress that access should be given.", "Congress", "sense"),
        ("It says that the trade has grown.", "It", "says"),
        ("The report was confirmed by two officials.", "two officials", "confirmed"),
    ],
)
def test_source_and_cue(said: Said, text: str, source: str, cue: str) -> None:
    """Direct, inverted, fronted and interrupted sources are found whole."""
    assert (source, cue) in [(found[0], found[1]) for found in said(text)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Officials in Bangkok reject the findings.", "denial"),
        ("The group called for a hotline.", "demand"),
        ("Vientiane has promised to reopen two shelters.", "commitment"),
        ("The government considers them as economic migrants.", "position"),
        ("Officials warned that rivers were high.", "warning"),
        ("The union accused the owner of theft.", "accusation"),
    ],
)
def test_stance(said: Said, text: str, stance: str) -> None:
    """Denial, demand, commitment and position are told apart."""
    assert stance in [found[2] for found in said(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The government reportedly closed the post.",
        "It is estimated that 200 people died.",
        "The camp was believed to hold an unknown number.",
        "There were reports of beatings.",
        "Estimates of the total range widely.",
    ],
)
def test_nobody_is_named(said: Said, text: str) -> None:
    """Agentless cues are found, without a source."""
    assert said(text)
    assert {found[0] for found in said(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "The United States provided rice.",
        "The household system added to their difficulties.",
        "South Korea admitted 40 refugees.",
        "They returned from foreign states.",
        "Asylum requests are rejected.",
        "The law states the rule.",
        "Wages were set according to the standards of each county.",
        "The camps observed New Year’s Day.",
        "The reports are on the table.",
    ],
)
def test_words_that_only_look_like_cues(said: Said, text: str) -> None:
    """Nouns, names and other senses of a cue attribute nothing."""
    assert said(text) == []


def test_a_second_cue_keeps_the_subject(said: Said) -> None:
    """“Says that …, and denies that …” is one speaker twice."""
    found = said("Ulaanbaatar says that the controls help, and denies that anyone was turned away.")
    assert [(source, cue) for source, cue, _ in found] == [("Ulaanbaatar", "says"), ("Ulaanbaatar", "denies")]


def test_noting_that_goes_on_with_the_speaker(said: Said) -> None:
    """A participle after a comma has the subject of its sentence."""
    found = said("The report stated the effort grew, noting that many were returned.")
    assert found[1][:2] == ("The report", "noting")
