"""Pictures: told at once, drawn once, and a sentence where they cannot be drawn."""

from __future__ import annotations

import json
from typing import Any

from tests.project.showing.invented import found

from testimonia.errors import JobTimedOut
from testimonia.project.showing.drawn import Easel, Plan, plans
from testimonia.release.render_jobs import charts


class Keyless:
    """Stands in for the key-less process: the edge of this one. Draws nothing; keeps what it was asked."""

    def __init__(self, fails: bool = False) -> None:
        self.asked: list[str] = []
        self.fails = fails

    def call(self, job: str, payload: bytes, **_: Any) -> bytes:
        self.asked += json.loads(payload)
        if self.fails:
            raise JobTimedOut("this file took longer than 1 second & more.")
        return json.dumps({name: f"<svg>{name}</svg>" for name in json.loads(payload)}).encode()


def told() -> dict[str, Plan]:
    return plans(found().findings)


def test_what_a_picture_shows_is_told_without_drawing_it() -> None:
    made = told()
    assert {"figures", "origins", "timeline", "map"} <= set(made)
    assert all(plan.picture.svg == "" and plan.picture.alt for plan in made.values())


def test_a_picture_is_drawn_once_and_again_only_when_its_numbers_change() -> None:
    process, plan = Keyless(), told()["figures"]
    easel = Easel(process)
    assert easel.draw(plan) == easel.draw(told()["figures"]) == "<svg>figures</svg>"
    easel.draw(Plan(plan.picture, plan.data.replace("412", "413")))
    assert process.asked == ["figures", "figures"]


def test_the_picture_of_origins_needs_no_other_process_and_speaks_the_language_of_the_page() -> None:
    process = Keyless()
    assert "문서" in Easel(process).draw(told()["origins"], {"Documents": "문서"})
    assert process.asked == []


def test_what_cannot_be_drawn_is_a_sentence_and_is_tried_again() -> None:
    process = Keyless(fails=True)
    easel, plan = Easel(process), told()["map"]
    assert "took longer than 1 second &amp; more" in easel.draw(plan)
    process.fails = False
    assert easel.draw(plan) == "<svg>map</svg>"


def test_the_data_of_a_plan_is_what_the_drawing_process_takes() -> None:
    plan = told()["timeline"]
    drawn = json.loads(charts(json.dumps({"timeline": json.loads(plan.data)}).encode()))
    assert drawn["timeline"].startswith("<svg")
