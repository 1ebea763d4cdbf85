"""A text cut for reading: nothing is left out, nothing is moved, and every stretch names what lies over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.model import Document, Page, Passage
from testimonia.project import reading
from testimonia.project.reading import SHEET, Outline

NOTHING: Mapping[str, Any] = {"parts": {}, "state": "suggested"}


def of(text: str, *passages: tuple[int, int, str], pages: tuple[Page, ...] = ()) -> Outline:
    """A document that was never in a casebook, cut."""
    found = tuple(Passage(start, end, text[start:end], role) for start, end, role in passages)  # type: ignore[arg-type]
    document = Document(
        file_sha256="f" * 64,
        rendering_sha256="r" * 64,
        paths=("a.txt",),
        media_type="text/plain",
        outcome="read",
        text=text,
        pages=pages,
        passages=found,
    )
    return reading.cut(document)


def coding(id_: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"id": id_, "start": start, "end": end, **NOTHING, **more}


def paragraphs(sheet: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [block for block in sheet["blocks"] if "page" not in block]


def words(sheet: Mapping[str, Any]) -> str:
    return "".join(stretch["text"] for block in paragraphs(sheet) for stretch in block["stretches"])


@st.composite
def documents(draw: st.DrawFn) -> Outline:
    """Texts of lines, some of them passages, some of them long, with pages that begin anywhere."""
    lines = draw(st.lists(st.text(alphabet="ab가나李 😀\r\0", max_size=30), max_size=8))
    if draw(st.booleans()):
        lines.append("x" * draw(st.integers(SHEET - 1, SHEET + 40)))
    text = "\n".join(lines)
    passages, at = [], 0
    for line in lines:
        if line and draw(st.integers(0, 5)):
            passages.append((at, at + len(line), draw(st.sampled_from(("body", "title", "table")))))
        at += len(line) + 1
    starts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    pages = tuple(Page(start, start, str(number)) for number, start in enumerate(starts))
    return of(text, *passages, pages=pages)


@st.composite
def coded(draw: st.DrawFn) -> tuple[Outline, list[dict[str, Any]]]:
    """A document and codings that overlap in any way."""
    cut = draw(documents())
    size = len(cut.document.text)
    spans = draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=12))
    states = st.sampled_from(("suggested", "accepted", "rejected"))
    made = [(min(span), max(span), draw(states)) for span in spans if span[0] != span[1]]
    return cut, [coding(f"c{n}", start, end, state=state) for n, (start, end, state) in enumerate(made)]


@given(documents())
def test_every_character_that_is_no_white_space_between_passages_stands_on_one_sheet(cut: Outline) -> None:
    text = cut.document.text
    held = [at for piece in cut.pieces for at in range(piece.start, piece.end)]
    assert held == sorted(set(held))
    assert not "".join(text[at] for at in sorted(set(range(len(text))) - set(held))).strip()
    spans = [cut.span(number) for number in range(len(cut.first))]
    assert spans[0][0] == 0 and spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@given(coded())
def test_each_stretch_names_exactly_the_codings_over_all_of_it(case: tuple[Outline, list[dict[str, Any]]]) -> None:
    """Held against a count by hand: for every character, the codings that begin before it and end behind it."""
    cut, codings = case
    for number in range(len(cut.first)):
        sheet = reading.sheet(cut, number, codings)
        for block in paragraphs(sheet):
            at = block["start"]
            for stretch in block["stretches"]:
                assert stretch["start"] == at
                for offset in range(at, at + len(stretch["text"])):
                    over = {one["id"] for one in codings if one["start"] <= offset < one["end"]}
                    assert over == set(stretch["over"])
                at += len(stretch["text"])


@given(coded())
def test_a_coding_whose_first_character_is_shown_begins_a_stretch(case: tuple[Outline, list[dict[str, Any]]]) -> None:
    cut, codings = case
    starts = set()
    for number in range(len(cut.first)):
        blocks = paragraphs(reading.sheet(cut, number, codings))
        starts |= {stretch["start"] for block in blocks for stretch in block["stretches"]}
    shown = {at for piece in cut.pieces for at in range(piece.start, piece.end)}
    assert {one["start"] for one in codings if one["start"] in shown} <= starts


@given(documents())
def test_what_is_shown_has_one_character_for_each_of_the_text_and_can_be_sent(cut: Outline) -> None:
    shown = "".join(words(reading.sheet(cut, number, [])) for number in range(len(cut.first)))
    assert len(shown) == sum(piece.end - piece.start for piece in cut.pieces)
    assert "\0" not in shown and "\r" not in shown


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_cleaned_text_is_as_long_and_holds_nothing_that_a_page_cannot(text: str) -> None:
    cleaned = reading.clean(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert all(
        new == old or old in "\0\r" or "\ud800" <= old <= "\udfff" for new, old in zip(cleaned, text, strict=True)
    )


def test_the_innermost_coding_comes_first_and_a_rejected_one_last() -> None:
    cut = of("one two three", (0, 13, "body"))
    inside, around = coding("in", 4, 7), coding("out", 0, 13)
    rejected = coding("no", 4, 7, state="rejected")
    (block,) = paragraphs(reading.sheet(cut, 0, [around, rejected, inside]))
    assert [(one["text"], one["over"]) for one in block["stretches"]] == [
        ("one ", ["out"]),
        ("two", ["in", "out", "no"]),
        (" three", ["out"]),
    ]


def test_text_between_passages_is_shown_as_such() -> None:
    cut = of("head\nlost words\ntail", (0, 4, "body"), (16, 20, "body"))
    assert [(piece.role, cut.document.text[piece.start : piece.end].strip()) for piece in cut.pieces] == [
        ("body", "head"),
        ("between", "lost words"),
        ("body", "tail"),
    ]


def test_a_page_that_was_not_read_is_said_where_it_would_stand() -> None:
    pages = (Page(0, 5, "1"), Page(6, 6, "2", verdict="unread", reason="a scan"), Page(6, 11, "3"))
    cut = of("first\nthird", (0, 5, "body"), (6, 11, "body"), pages=pages)
    blocks = reading.sheet(cut, 0, [])["blocks"]
    told = [block.get("page") or block["stretches"][0]["text"] for block in blocks]
    assert told == ["1", "first", "2", "3", "third"]
    assert (blocks[2]["verdict"], blocks[2]["reason"]) == ("unread", "a scan")


def test_a_page_that_was_not_read_at_the_end_of_the_text_is_said_there() -> None:
    pages = (Page(0, 5, "1"), Page(5, 5, "2", verdict="unread", reason="a scan"))
    blocks = reading.sheet(of("first", (0, 5, "body"), pages=pages), 0, [])["blocks"]
    assert blocks[-1]["page"] == "2"


def test_a_file_of_one_page_has_no_page_marks() -> None:
    blocks = reading.sheet(of("first", (0, 5, "body"), pages=(Page(0, 5, "1", "file"),)), 0, [])["blocks"]
    assert len(blocks) == 1


def test_a_paragraph_over_two_pages_is_cut_between_them_and_goes_on() -> None:
    cut = of("half way", (0, 8, "body"), pages=(Page(0, 5, "1"), Page(5, 8, "2")))
    blocks = reading.sheet(cut, 0, [])["blocks"]
    assert [block.get("page") for block in blocks] == ["1", None, "2", None]
    assert [block["begins"] for block in blocks if "page" not in block] == [True, False]


def test_a_row_of_a_table_says_its_cells() -> None:
    pages = (Page(0, 3, "Sheet!A1:B1", "cell"), Page(4, 7, "Sheet!A2:B2", "cell"))
    cut = of("a\tb\nc\td", (0, 3, "table"), (4, 7, "table"), pages=pages)
    assert [block["cell"] for block in reading.sheet(cut, 0, [])["blocks"]] == ["Sheet!A1:B1", "Sheet!A2:B2"]


def test_a_text_without_a_line_break_is_cut_behind_a_space() -> None:
    text = "word " * (SHEET // 2)
    cut = of(text, (0, len(text), "body"))
    assert len(cut.first) > 1
    assert all(text[piece.start - 1] == " " for piece in cut.pieces[1:])


def test_a_file_that_could_not_be_read_has_one_empty_sheet() -> None:
    cut = of("")
    assert (cut.first, cut.span(0), reading.sheet(cut, 0, [])["blocks"]) == ((0,), (0, 0), [])
    assert reading.sheet_at(cut, 120) == 0


def test_a_sheet_that_is_not_there_is_refused() -> None:
    for number in (-1, 1):
        with pytest.raises(IndexError, match="none with the number"):
            reading.sheet(of("text", (0, 4, "body")), number, [])


@given(documents(), st.integers(0, 60))
def test_the_sheet_of_a_place_holds_it(cut: Outline, offset: int) -> None:
    start, end = cut.span(reading.sheet_at(cut, offset))
    assert start <= offset and (offset < end or end == len(cut.document.text))


def test_neighbours_are_those_beside_it_in_the_order_of_paths() -> None:
    order = ["a", "b", "c"]
    assert [reading.neighbours(order, one) for one in order] == [(None, "b"), ("a", "c"), ("b", None)]
    assert reading.neighbours(order, "unread") == (None, "a")


def test_a_plain_value_is_cleaned_in_all_its_depth() -> None:
    value = {"a\0": ["\ud800", {"quote": "x\r"}], "n": 1.5, "none": None}
    cleaned = reading.shown(value)
    json.dumps(cleaned, ensure_ascii=False).encode("utf-8")
    assert cleaned == {"a\ufffd": ["\ufffd", {"quote": "x "}], "n": 1.5, "none": None}


def test_damaged_text_is_marked_as_such() -> None:
    cut = of("text", (0, 4, "body"))
    damaged = replace(cut.document.passages[0], flags=frozenset({"damaged_text"}))
    (block,) = reading.sheet(reading.cut(replace(cut.document, passages=(damaged,))), 0, [])["blocks"]
    assert block["damaged"]


def test_one_goes_on_at_the_first_sheet_on_which_something_waits() -> None:
    text = "word " * SHEET
    told = of(text, (0, len(text), "body"))
    states = [[coding("a", 0, 4, state="accepted")], [], [coding("b", 0, 4), coding("c", 0, 4, state="rejected")]]
    assert len(told.first) >= 3
    assert reading.first_waiting(told, lambda number: states[number] if number < 3 else []) == 2
    assert reading.first_waiting(told, lambda _: []) == 0
