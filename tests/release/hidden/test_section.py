"""The chapter of the dossier: what it would take where there are no lists, headline and pictures where there are."""

from __future__ import annotations

from tests.release.graphs import by_claimant
from tests.release.hidden import reports
from tests.release.samples import three

from testimonia.release.blocks import Picture
from testimonia.release.dossier import HTML_LIMITS, Standing, compose, html
from testimonia.release.findings import build
from testimonia.release.hidden import chapter_pictures, section

PLAIN = Standing(consent_missing=0, reviewed=True, sample=False)


def test_without_linked_lists_the_dossier_says_what_it_would_take() -> None:
    (block,) = section(None).blocks
    assert block.kind == "prose"
    (said,) = block.sentences
    assert said.text.startswith("The data cannot say how many people were recorded by nobody.")
    assert "three lists or more" in said.text


def test_with_a_report_the_chapter_shows_headline_assumption_methods_and_band() -> None:
    drawn = {
        name: Picture(name=name, svg="<svg/>", alt="a", caption="c") for name in ("hidden-methods", "hidden-band")
    }  # fmt: skip
    blocks = section(reports.answered(), drawn).blocks
    headings = [block.heading for block in blocks if block.kind == "prose"]
    assert headings == [
        "About 25,300 people, of whom 2,744 were recorded.", "What the number rests on", "How sure it is",
        "To quote, word for word",
    ]  # fmt: skip
    assert [block.name for block in blocks if block.kind == "picture"] == ["hidden-methods", "hidden-band"]


def test_without_pictures_the_chapter_has_the_table_of_methods() -> None:
    kinds = [block.kind for block in section(reports.answered()).blocks]
    assert "table" in kinds
    assert "picture" not in kinds


def test_a_refusal_is_a_chapter_too() -> None:
    said = [b.heading for b in section(reports.refused()).blocks if b.kind == "prose"]
    assert said[:2] == ["The data cannot say how many people there are.", "Why the data cannot say"]


def test_the_dossier_holds_the_chapter_either_way() -> None:
    documents = three()
    found = build(documents, by_claimant(documents))
    without = html(compose(found, PLAIN, {}, HTML_LIMITS))
    held = html(compose(found, PLAIN, {}, HTML_LIMITS, reports.answered()))
    assert "it takes three lists or more" in without
    assert "About 25,300 people" in held
    assert "it takes three lists or more" not in held


def test_a_dossier_without_a_report_draws_nothing_for_it() -> None:
    def draw(_job: str, _payload: bytes) -> bytes:
        raise AssertionError("nothing is to be drawn")

    assert chapter_pictures(None, draw) == {}
