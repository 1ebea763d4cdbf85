"""The report of links: plain sentences first, every number where it belongs, pictures, nothing that could run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from testimonia import vocabulary
from testimonia.release import links, render_jobs
from testimonia.release.blocks import Prose, Table
from testimonia.release.links import pages
from testimonia.release.links.pictures import pictures
from testimonia.release.links.words import comparison, works

NEEDS_ALTAIR = pytest.mark.skipif(
    render_jobs.lacking_for_charts() is not None, reason=str(render_jobs.lacking_for_charts())
)
LEVELS = [
    {"label": "another sex", "bits": -5.0, "m": 0.01, "u": 0.4, "share": 0.0},
    {"label": "the same sex", "bits": 0.6, "m": 0.99, "u": 0.6, "share": 0.9},
]


def spread(best: float, lower: float, upper: float) -> dict[str, float]:
    return {"best": best, "lower": lower, "upper": upper, "clusters": best}


def told(**changes: Any) -> dict[str, Any]:
    """A summary as a linkage gives it."""
    made: dict[str, Any] = {
        "version": "0", "versions": {"splink": "5"}, "parameters": {"seed": 1, "draws": 200, "engine": "duckdb"},
        "level": 0.95, "records": 1240, "draws": 200,
        "persons": spread(1000, 980, 1025), "several": spread(180, 170, 195),
        "lists": [
            {"name": "alpha", "records": 700, "persons": spread(650, 640, 660), "alone": spread(500, 490, 505)},
            {"name": "beta <b>", "records": 540, "persons": spread(530, 525, 535), "alone": spread(350, 345, 360)},
        ],
        "overlaps": [{"lists": ["alpha", "beta <b>"], "persons": spread(180, 170, 195)}],
        "collections": [{"name": "alpha", "records": 700, "dependence": "some records say that they come from beta"}],
        "pairs": {"candidates": 4000, "expected": 300.0, "doubtful": 90,
                  "bands": [{"low": 0.0, "high": 0.5, "pairs": 3700, "same": 40.0},
                            {"low": 0.5, "high": 1.0, "pairs": 300, "same": 260.0}]},
        "rules": [{"name": "a name key", "pairs": 2000, "same": 280.0, "only": 90.0}],
        "evidence": [{"comparison": "sex", "carried": 5.0, "missing": 0.02, "share": 0.7, "levels": LEVELS},
                     {"comparison": "rarity", "carried": 2.0, "missing": 0.0, "share": 0.3, "levels": []}],
        "calibration": {"labels": 0, "audited": 0, "bins": []},
        "review": {"decisions": 0, "people": 0, "pairs": 0, "same": 0, "different": 0, "unsure": 0, "disputed": 0,
                   "twice": 0, "observed": None, "kappa": None, "alpha": None},
        "certain": {"persons": 1100, "several": 90},
        "totals": {"drawn": 5000.0, "certain": 11000.0, "spread": 900.0, "why": ""},
        "missed": {}, "notes": [], "refusal": "", "truth": None,
        "row_errors": [], "refused_rows": 0, "unread_lists": [],
    }  # fmt: skip
    return {**made, **changes}


AUDITED = {
    "calibration": {
        "labels": 60,
        "audited": 40,
        "bins": [{"low": 0.4, "high": 0.6, "pairs": 40, "said": 0.5, "same": 0.55}],
    },
    "review": {
        "decisions": 70, "people": 2, "pairs": 60, "same": 30, "different": 25, "unsure": 4, "disputed": 1,
        "twice": 10, "observed": 0.9, "kappa": 0.8, "alpha": 0.79,
    },
}  # fmt: skip


def words(given: dict[str, Any]) -> str:
    return pages.html(pages.compose(given, {}))


def test_the_first_page_says_how_many_who_says_so_how_sure_and_what_is_missing() -> None:
    """In this order, with the numbers."""
    page = pages.compose(told(), {})
    assert page.headline[0] == "Behind 1,240 records stand about 1,000 persons."
    assert "Between 980 and 1,025" in page.headline[1]
    assert [part.heading for part in page.summary] == [
        "What is known",
        "Who says so",
        "How sure it is",
        "What is missing",
    ]
    said = " ".join(cell.text for part in page.summary for cell in part.sentences)
    for words in ("180 (170 to 195)", "come from beta", "Nobody has looked", "1,100 persons", "11,000", "is not known"):
        assert words in said


def test_without_labels_it_says_so_and_with_them_it_shows_them() -> None:
    """No picture of calibration is drawn from nothing."""
    assert "No pair that was drawn at random" in words(told())
    page = words(told(**AUDITED))
    assert "alpha 0.79" in page and "kappa 0.80" in page and "55\u00a0%" in page
    assert "No pair that was drawn at random" not in page


def test_what_is_wrong_stands_by_row_and_column_and_unread_lists_by_name() -> None:
    """Nothing is passed over; beyond two hundred the page says where the rest is."""
    errors = [{"list": "alpha", "row": n, "column": "age", "what": "odd.", "remedy": "Look."} for n in range(2, 260)]
    page = words(told(row_errors=errors, refused_rows=3, unread_lists=["gamma.csv"], notes=["A note."]))
    for said in (
        "258 rows",
        "3 rows could not",
        "gamma.csv could not be read",
        "A note.",
        "58 more stand in link.json",
    ):
        assert said in page


def test_what_comes_from_lists_is_escaped_and_no_script_can_run() -> None:
    """A list may be called anything."""
    page = words(told())
    assert "beta &lt;b&gt;" in page and "beta <b>" not in page
    assert "<script" not in page and "default-src &#39;none&#39;" in page


def test_invented_lists_show_the_truth_and_others_have_none_to_show() -> None:
    """In the chapter on links and before that on totals."""
    truth = {"population": 700, "recorded": 505, "on_two_lists_or_more": 202}
    chapter = links.section(told(truth=truth), {})
    assert "there are 700 in all" in " ".join(
        cell.text for block in chapter.blocks if isinstance(block, Prose) for cell in block.sentences
    )
    totals = links.beside_truth(chapter, told(truth=truth))
    assert len(totals.blocks) == len(chapter.blocks) + 1
    assert links.beside_truth(chapter, told()) == chapter and links.beside_truth(chapter, None) == chapter


def test_the_chapter_of_a_casebook_without_links_says_what_it_would_take() -> None:
    """One paragraph."""
    (block,) = links.section(None, {}).blocks
    assert isinstance(block, Prose) and "have not been linked" in block.sentences[0].text


def test_every_table_has_a_cell_for_each_column() -> None:
    """Rows as wide as their heads, in every chapter."""
    page = pages.compose(told(**AUDITED, missed={"pairs": spread(12, 5, 30)}), {})
    tables = [block for part in page.sections for block in part.blocks if isinstance(block, Table)]
    assert len(tables) >= 7
    for table in tables:
        assert len(table.head) == len(table.widths) and all(len(row) == len(table.head) for row in table.rows)


@NEEDS_ALTAIR
def test_the_pictures_are_drawn_with_words_for_a_reader_without_eyes() -> None:
    """Weights, overlaps, calibration; each SVG has a title and a description, and its numbers as text."""
    made = pictures(told(**AUDITED), lambda job, payload: getattr(render_jobs, job)(payload))
    assert set(made) == {"links-weights", "links-overlaps", "links-calibration"}
    for picture in made.values():
        root = etree.fromstring(picture.svg.encode())
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert picture.alt and picture.caption
    assert "+0.6" in made["links-weights"].svg and "180 (170 to 195)" in made["links-overlaps"].svg


def test_weights_beyond_the_picture_keep_their_number() -> None:
    """The bar ends at the edge; the number beside it is the true one."""
    far = [{**LEVELS[0], "bits": -40.0}, {**LEVELS[1], "bits": 22.5}]
    seen: dict[str, Any] = {}

    def draw(_job: str, payload: bytes) -> bytes:
        seen.update(json.loads(payload))
        return json.dumps(dict.fromkeys(seen, "<svg></svg>")).encode()

    pictures(told(evidence=[{**told()["evidence"][0], "levels": far}]), draw)
    rows = [row for row in seen["links-weights"]["rows"] if row["bits"] is not None]
    assert [(row["bits"], row["text"]) for row in rows] == [(15.0, "+22.5"), (-15.0, "-40.0")]


def test_every_step_of_the_method_has_words_and_its_works_exist() -> None:
    """No cell is empty, no work is cited that is not listed."""
    steps = vocabulary.rows("release/link_method")
    assert all(row[key] for row in steps for key in ("name", "plain", "exact", "rests"))
    cited = {id_ for row in steps for id_ in row["works"].split(",") if id_}
    assert len(works(cited)) == len(cited)
    assert comparison("unheard_of")["name"] == "unheard of"


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    """Also where nothing can be drawn; `progress` is told why."""

    class Broken:
        def call(self, *_args: Any, **_more: Any) -> bytes:
            from testimonia.errors import JobCrashed

            raise JobCrashed("invented")

    steps: list[str] = []
    written = links.write(told(), tmp_path, sandbox=Broken(), progress=lambda _done, _total, text: steps.append(text))
    assert [path.name for path in written] == ["report.html"]
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0
    assert steps and "not drawn" in steps[0]
