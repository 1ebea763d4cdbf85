"""The pictures: their own title and description, every row with its words, nothing outside of the frame."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from tests.release.hidden import reports

from testimonia.release import render_jobs
from testimonia.release.blocks import Picture
from testimonia.release.hidden.pictures import patterns, pictures
from testimonia.release.hidden.view import Report, read

NEEDS_ALTAIR = pytest.mark.skipif(
    render_jobs.lacking_for_charts() is not None, reason=str(render_jobs.lacking_for_charts())
)
SVG = "{http://www.w3.org/2000/svg}"


def asked(report: Report) -> dict[str, Any]:
    """What would be drawn, without drawing it."""
    seen: dict[str, Any] = {}

    def draw(_job: str, payload: bytes) -> bytes:
        seen.update(json.loads(payload))
        return json.dumps(dict.fromkeys(seen, "<svg></svg>")).encode()

    pictures(report, draw)
    return seen


def drawn(given: dict[str, Any]) -> dict[str, Picture]:
    report = read(given)
    made = pictures(report, lambda job, payload: getattr(render_jobs, job)(payload))
    table = patterns(report)
    return {**made, **({table.name: table} if table else {})}


@pytest.fixture(scope="module")
def all_drawn() -> dict[str, Picture]:
    return drawn(reports.drawn())


def tree(picture: Picture) -> Any:
    return etree.fromstring(picture.svg.encode())


def words(picture: Picture) -> list[str]:
    return ["".join(node.itertext()) for node in tree(picture).iter(f"{SVG}text")]


@NEEDS_ALTAIR
def test_there_is_a_picture_of_everything_a_report_holds(all_drawn: dict[str, Picture]) -> None:
    assert set(all_drawn) == {
        "hidden-methods", "hidden-models", "hidden-changes", "hidden-checks", "hidden-strata", "hidden-draws",
        "hidden-band", "hidden-patterns",
    }  # fmt: skip


@NEEDS_ALTAIR
def test_every_picture_tells_what_it_is(all_drawn: dict[str, Picture]) -> None:
    for picture in all_drawn.values():
        root = tree(picture)
        assert root.get("role") == "img"
        ids = root.get("aria-labelledby").split()
        assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == ids
        assert root.find(f"{SVG}title").text == picture.alt
        assert root.find(f"{SVG}desc").text == picture.caption


@NEEDS_ALTAIR
def test_pictures_load_nothing_and_run_nothing(all_drawn: dict[str, Picture]) -> None:
    for picture in all_drawn.values():
        text = picture.svg.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
        assert "http" not in text
        assert "<script" not in text
        assert "<image" not in text


@NEEDS_ALTAIR
def test_pictures_are_as_wide_as_one_another(all_drawn: dict[str, Picture]) -> None:
    """So that their letters are of one size on a page."""
    widths = [float(tree(picture).get("width")) for picture in all_drawn.values()]
    assert max(widths) / min(widths) < 1.06


@NEEDS_ALTAIR
def test_every_method_has_its_row_with_its_numbers_or_its_refusal(all_drawn: dict[str, Picture]) -> None:
    said = words(all_drawn["hidden-methods"])
    assert "Best model, bootstrapped" in said
    assert "25,311 (11,168–56,052)" in said
    assert "Refused: the four chains disagree (R-hat 1.8)." in said
    assert len([text for text in said if text.startswith("Refused")]) == 2 * 2  # each with its halo


def test_the_headline_stands_first_and_the_refusals_last() -> None:
    rows = asked(read(reports.answered()))["hidden-methods"]["rows"]
    assert rows[0]["label"] == "Best model, bootstrapped"
    assert [row["bold"] for row in rows] == [True] + [False] * 11
    assert [row["label"] for row in rows if row["note"]] == [row["label"] for row in rows[-2:]]


def test_kinds_of_interval_differ_by_more_than_colour() -> None:
    kinds = asked(read(reports.answered()))["hidden-methods"]["kinds"]
    assert kinds == ["confidence interval", "credible interval", "lower bound"]


def test_an_interval_that_runs_off_the_plot_ends_in_an_arrow_and_keeps_its_number() -> None:
    given = reports.answered()
    given["estimates"][1]["upper"] = 4.0e9
    plot = asked(read(given))["hidden-methods"]
    (row,) = [row for row in plot["rows"] if row["label"] == "Chao's lower bound"]
    assert row["open"]
    assert row["end"] == plot["domain"][1] < 4.0e9
    assert row["text"] == "14,642 (12,925–4,000,000,000)"


def test_tipping_points_are_marked_in_the_band() -> None:
    band = asked(read(reports.answered()))["hidden-band"]
    assert [(mark["text"], mark["odds"]) for mark in band["uprights"]] == [("as assumed", 1.0), ("A", 0.7647)]


def test_assumptions_stand_side_by_side_refusals_too() -> None:
    given = reports.answered()
    given["sensitivity"].append(
        {"assumption": "LA and GP independent", "parameter": "", "points": [], "reason": "nobody is on both."}
    )
    rows = asked(read(given))["hidden-assumptions"]["rows"]
    assert [row["label"] for row in rows] == ["No interaction of all lists", "LA and GP independent"]
    assert rows[0]["total"] == pytest.approx(25311.29)
    assert rows[1]["note"] == "Refused: nobody is on both."


@pytest.mark.parametrize("make", [reports.answered, reports.refused, reports.eight])
def test_every_combination_has_a_bar_with_its_number_inside_the_picture(make: Callable[[], dict[str, Any]]) -> None:
    report = read(make())
    picture = patterns(report)
    assert picture is not None
    root = tree(picture)
    said = words(picture)
    for pattern in report.lists.patterns:
        assert f"{pattern.count:,}" in said
    filled = [dot for dot in root.iter(f"{SVG}circle") if dot.get("fill") != "#ffffff"]
    assert len(filled) == sum(len(pattern.on) for pattern in report.lists.patterns)
    assert all(0 < float(dot.get("cx")) < float(root.get("width")) for dot in filled)
    assert all(0 <= float(bar.get("y", 0)) <= float(root.get("height")) for bar in root.iter(f"{SVG}rect"))


def test_rare_combinations_that_are_not_drawn_are_counted() -> None:
    many = {f"{i:06b}": 64 - i for i in range(1, 64)}
    picture = patterns(read(reports.report(reports.table(many, "ABCDEF"), reports.headline("x", None, None, None), [])))
    assert picture is not None
    left = sum(sorted(many.values())[: 63 - 34])
    assert f"Not drawn: 29 rarer combinations with {left} people." in picture.caption


def test_names_of_lists_are_text_in_a_picture() -> None:
    picture = patterns(read(reports.eight()))
    assert picture is not None
    assert any(text.startswith("<b>Interviews") for text in words(picture))
    assert any(text.startswith("외") or text.startswith("外媒报道") for text in words(picture))


def test_an_over_counted_cell_is_dashed() -> None:
    given = reports.refused()
    given["table"]["censored"] = ["001"]
    picture = patterns(read(given))
    assert picture is not None
    assert "stroke-dasharray" in picture.svg
    assert "over-count" in picture.caption


def test_without_numbers_there_is_no_picture() -> None:
    assert patterns(read({})) is None
    assert asked(read({})) == {}
