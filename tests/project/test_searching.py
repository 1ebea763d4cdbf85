"""Searching: an address says it all, every filter turns round, words found carry their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Passage, Reading
from testimonia.project import searching
from testimonia.project.searching import Filter, filters, search_page, unreadable

FILES = {
    "letters/one.txt": ("ko", "text/plain", "2003-05-01", "주민이 강제북송되었다.\n이웃이 말했다.\n"),
    "letters/two.txt": ("zh-Hans", "text/html", "2009", "县公安局的人来了。\n"),
    "press/three.txt": ("en", "text/plain", "", "The bridge was closed.\nThe bridge was open again.\n"),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "book", "invented", kdf=Kdf(8, 1, 1)) as made:
        for path, (language, media, dated, text) in FILES.items():
            with made.act("intake") as write:
                file = write.preserve(text.encode(), media_type=media)
                write.reading(file, read(text, language, media, dated))
                write.arrive(Arrival(path=path, file_sha256=file, outcome="read", languages=(language,)))
        yield made


def read(text: str, language: str, media: str, dated: str) -> Reading:
    passages, at = [], 0
    for line in text.splitlines(keepends=True):
        passages.append(Passage(at, at + len(line), line, language=language))
        at += len(line)
    about = {"date": dated} if dated else {}
    return Reading(media_type=media, outcome="read", text=text, passages=tuple(passages), metadata=about)


def found(book: Casebook, query: str, address: str = "", *, who: str | None = "owl") -> list[str]:
    """The paths of the documents with passages that answer."""
    pairs = [tuple(part.split("=", 1)) for part in address.split("&") if part]
    results = search_page(book, query, filters(pairs), searching.facts(book), who=who)  # type: ignore[arg-type]
    return [group.file.paths[0].rpartition("/")[2][:-4] for group in results.groups]


@pytest.mark.parametrize(
    ("query", "address", "expected"),
    [
        ("북송", "", ["one"]),
        ("公安", "", ["two"]),
        ("bridge", "", ["three"]),
        ("", "", []),
        ("", "language=ko", ["one"]),
        ("", "not-language=ko", ["two", "three"]),
        ("", "language=zh", ["two"]),
        ("", "language=ko&language=zh", ["one", "two"]),
        ("", "not-language=ko&not-language=zh", ["three"]),
        ("", "type=text/plain", ["one", "three"]),
        ("", "not-type=text/plain", ["two"]),
        ("", "folder=letters/", ["one", "two"]),
        ("", "not-folder=letters/", ["three"]),
        ("", "folder=letters/&type=text/plain", ["one"]),
        ("", "dated=2003", ["one"]),
        ("", "dated=2003-05", ["one"]),
        ("", "dated=2003..2009", ["one", "two"]),
        ("", "dated=2004..", ["two"]),
        ("", "not-dated=2003..2009", ["three"]),
        ("", "dated=nonsense", []),
        ("", "year=nonsense", []),
        ("", "role=body", ["one", "two", "three"]),
        ("", "not-role=body", []),
        ("bridge", "language=ko", []),
        ("the", "not-folder=letters/", ["three"]),
    ],
)
def test_filters(book: Casebook, query: str, address: str, expected: list[str]) -> None:
    assert found(book, query, address) == expected


def test_seen_and_unseen_are_those_of_one_person(book: Casebook) -> None:
    files = {one.paths[0]: one.file_sha256 for one in book.filed()}
    assert searching.mark_seen(book, files["letters/one.txt"]) is True
    entries = book.head()
    assert searching.mark_seen(book, files["letters/one.txt"]) is False
    assert book.head() == entries  # nothing was done twice
    assert found(book, "", "seen=yes", who="owner") == ["one"]
    assert found(book, "", "not-seen=yes", who="owner") == ["two", "three"]
    assert found(book, "", "seen=yes", who="owl") == []
    with pytest.raises(KeyError):
        searching.mark_seen(book, "0" * 64)


def test_words_found_are_marked_with_their_place(book: Casebook) -> None:
    (group,) = search_page(book, "북송", (), searching.facts(book)).groups
    (shown,) = group.passages
    text = book.text(group.file.rendering_sha256)
    (marked,) = [piece for piece in shown.pieces if piece.at]
    first, last = map(int, marked.at.split("-"))
    assert text[first:last] == marked.text == "북송"
    assert shown.at == marked.at
    assert "".join(piece.text for piece in shown.pieces) == "주민이 강제북송되었다."


def test_pages_of_results_follow_one_another(book: Casebook) -> None:
    text = "".join(f"bridge number {number}\n" for number in range(60))
    with book.act("intake") as write:
        file = write.preserve(text.encode())
        write.reading(file, read(text, "en", "text/plain", ""))
        write.arrive(Arrival(path="many.txt", file_sha256=file, outcome="read", languages=("en",)))
    known, spans = searching.facts(book), []
    for number, following in ((1, True), (2, True), (3, False), (4, False)):
        results = search_page(book, "bridge", (), known, page=number)
        spans += [shown.at for group in results.groups for shown in group.passages]
        assert (results.number, results.more, results.following) == (62, False, following)
    assert len(spans) == len(set(spans)) == 62


def test_more_than_a_thousand_are_not_counted(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 1)
    results = search_page(book, "bridge", (), searching.facts(book))
    assert (results.number, results.more) == (2, False)  # a page is always counted whole
    monkeypatch.setattr(searching, "PAGE", 1)
    results = search_page(book, "bridge", (), searching.facts(book))
    assert (results.number, results.more, results.following) == (1, True, True)


@pytest.mark.parametrize(
    ("one", "wrong"),
    [
        (Filter("year", "2003"), False),
        (Filter("year", "2003..2010"), False),
        (Filter("year", "2003.."), True),
        (Filter("year", "last"), True),
        (Filter("dated", "2003-05..2004"), False),
        (Filter("dated", "2003.."), False),
        (Filter("dated", ".."), True),
        (Filter("language", "xx"), False),
    ],
)
def test_what_is_no_date_is_said(one: Filter, wrong: bool) -> None:
    assert unreadable(one) is wrong


def test_an_address_becomes_filters_each_once() -> None:
    pairs = [("q", "x"), ("language", "ko"), ("language", "ko"), ("not-role", " body "), ("kind", ""), ("unknown", "1")]
    assert filters(pairs) == (Filter("language", "ko"), Filter("role", "body", inverted=True))
    assert [one.key for one in filters(pairs)] == ["language", "not-role"]


@given(words=st.lists(st.sampled_from(["bridge", "x", "word " * 60, "\u202e", "<b>"]), min_size=1, max_size=12))
def test_pieces_are_the_text_with_stretches_left_out(words: list[str]) -> None:
    """Marked pieces stand where their place says, in order, and no word is shown that is not in the text."""
    text = " ".join(words)
    spans = [(at, at + 6) for at in range(len(text)) if text.startswith("bridge", at)]
    pieces = list(searching._pieces(text, spans, 100))
    marked = [piece for piece in pieces if piece.at]
    assert [piece.at for piece in marked] == [f"{100 + first}-{100 + last}" for first, last in spans]
    assert all(piece.text == "bridge" for piece in marked)
    shown = "".join(piece.text for piece in pieces)
    assert all(part.strip() in text for part in shown.replace("bridge", "…").split("…"))
