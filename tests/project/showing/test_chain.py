"""Behind a figure: the chain, why several documents are one origin, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.project.showing.invented import found

from testimonia.project.showing.chain import Story, clauses, drawn_origins, evidence_base, story
from testimonia.project.showing.rows import rows


def told(at: int = 0, **more: Any) -> Story:
    held = found(more=more)
    figures = rows(held, "figure")
    return story(held, {row.e.id: row for row in figures}, figures[at].e.id)


def test_three_documents_that_repeat_a_report_are_one_origin_of_two() -> None:
    one = told()
    assert (one.support.documents, one.support.independent) == (4, 2)
    assert (one.own.documents, one.own.independent) == (3, 1)
    assert [(voice.origin.label, len(voice.documents)) for voice in one.voices if voice.origin] == [
        ("Amber Door", 3),
        ("Quiet Harbour", 1),
    ]


def test_the_reasons_lead_by_way_of_the_document_that_was_copied() -> None:
    amber = told().voices[0]
    copy = next(one for one in amber.documents if one.name == "copy.txt")
    assert [reason.kind for reason in copy.reasons] == ["copies", "reports"]
    assert copy.reasons[1].spot is not None and copy.reasons[1].spot.at == "13-27"


def test_the_chain_runs_from_the_document_to_what_the_origin_rests_on() -> None:
    steps = {step.role: step for step in told(at=1).chain}
    assert list(steps) == ["document", "claimant", "origin", "evidence"]
    assert (steps["claimant"].label, steps["origin"].label) == ("the Amber Door", "Amber Door")
    assert steps["evidence"].label == "90 interviews; with drivers"


def test_a_copy_names_what_it_was_copied_from_as_its_way() -> None:
    via = next(step for step in told(at=2).chain if step.role == "via")
    assert (via.label, via.sort) == ("press.txt", "copies")


def test_why_and_on_what_an_origin_rests_are_told_apart() -> None:
    (origin, _) = found().findings.graph.origins
    assert evidence_base(origin) == "90 interviews; with drivers"
    assert clauses(origin) == ("published by it: “The Amber Door”", "press.txt gives both names: “Amber”")


def test_what_is_missing_is_what_nobody_says() -> None:
    assert set(told().missing) == {"population", "review"}
    assert set(told(state="accepted").missing) == {"population"}
    assert {"place", "period"} <= set(told(place="", period="").missing)


def test_lost_digits_are_said_to_be_lost_and_it_is_no_result() -> None:
    one = told(value_status="lost")
    assert "digits" in one.missing
    assert one.row.sort == "lost"


def test_a_target_is_not_compared_and_says_so() -> None:
    one = told(modality="target")
    assert (one.group, one.alone, len(one.rows)) == (None, "sort", 1)


def test_a_figure_that_is_rejected_no_longer_counts_for_the_others() -> None:
    one = told(at=3, state="rejected")
    assert one.support.documents == 3
    assert "report.txt" not in [carrier.name for voice in one.voices for carrier in voice.documents]


def test_an_unknown_figure_is_no_story() -> None:
    with pytest.raises(KeyError):
        story(found(), {}, "no such figure")


def test_the_picture_speaks_the_language_of_the_page_and_escapes_names() -> None:
    svg = drawn_origins(told(), {"Documents": "문서 <b>"})
    assert "문서 &lt;b&gt;" in svg and "Who stands behind them" in svg
    assert svg.count("report.txt") == 1
