"""Plain text and Markdown: the rendering is the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.samples import KOREAN

from testimonia.intake import worker
from testimonia.model import Page


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.srt", "README"])
def test_the_rendering_is_the_decoded_file_unchanged(name: str) -> None:
    text = "\ufeff# 메모\r\n\r\n\t41 가구\u00a0…\r끝\n"
    reading = worker.read(text.encode(), name)
    assert (reading.outcome, reading.text) == ("read", text)
    assert reading.pages == (Page(0, len(text), "1", "file"),)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_utf_8_text_comes_back_as_it_is(text: str) -> None:
    reading = worker.read(text.encode(), "a.txt")
    assert reading.text == (text if reading.outcome == "read" else "")
    assert (reading.outcome == "read") == bool(text.strip())
    for passage in reading.passages:
        assert reading.text[passage.start : passage.end] == passage.text


def test_bytes_that_mean_nothing_make_it_partly_read_and_are_placed() -> None:
    reading = worker.read(KOREAN.encode() + b"\xff\xfe\xfd end", "a.txt")
    assert reading.outcome == "partly"
    assert reading.reason == (
        f"bytes at 3 places are no UTF-8 (shown as \ufffd, at characters {len(KOREAN)}, {len(KOREAN) + 1}, "
        f"{len(KOREAN) + 2})."
    )
    assert reading.remedy and reading.text == KOREAN + "\ufffd\ufffd\ufffd end"


def test_a_guessed_encoding_is_flagged_and_named() -> None:
    reading = worker.read(KOREAN.encode("cp949"), "a.txt")
    assert reading.text == KOREAN
    assert reading.flags == ("encoding_guessed",)
    assert reading.parameters["encoding"] == "cp949"


def test_a_zero_byte_is_said() -> None:
    reading = worker.read(b"41 families\x00 came", "a.txt")
    assert (reading.outcome, reading.text) == ("partly", "41 families\ufffd came")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_file_without_words_is_unread_with_a_reason(data: bytes) -> None:
    reading = worker.read(data, "a.txt")
    assert (reading.outcome, reading.text) == ("unread", "")
    assert reading.reason and reading.remedy


def test_html_in_a_text_file_is_text() -> None:
    text = "<script>alert(1)</script> & <b>words</b>"
    assert worker.read(text.encode(), "a.txt").text == text
