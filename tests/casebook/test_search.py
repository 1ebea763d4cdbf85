"""Search: everything that answers is found, nothing else, with the exact characters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.casebook import Arrival, Casebook
from testimonia.casebook.query import parse
from testimonia.model import Page, Passage, Reading

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
LINES = st.lists(st.text(st.sampled_from("북송강제김遣返国ab .\t"), max_size=12), min_size=1, max_size=8)


def answers(query: str, text: str) -> list[str]:
    """The characters of a text that answer a query."""
    return [text[start:end] for start, end in parse(query).spans(text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("북송", "강제북송을 당했다", ["북송"]),
        ("遣返", "她被遣返回国", ["遣返"]),
        ("김영희", "김 영희는 말했다", ["김 영희"]),
        ("김 영희", "김영희는 말했다", ["김영희"]),
        ("김 영희", "김 영희는 말했다", ["김 영희"]),
        ('"김 영희"', "김영희는 말했다", ["김영희"]),
        ("김구", "김 구 선생", ["김 구"]),
        ("김구는", "김 구는 말했다", ["김 구는"]),
        ("남궁민수", "남궁 민수의 집", ["남궁 민수"]),
        ('"강제 북송"', "불법강제 북송", ["강제 북송"]),
        ("북송", "거북 송어", []),
        ("이사", "이 사람은", []),
        ("송인권", "북송 인권", []),
        ("김 영희", "김철수와 박영희", []),
        ("국", "한국과 미국", ["국", "국"]),
        ("国", "国家回国", ["国", "国"]),
        ("遣返", "被遣\n返回国", ["遣\n返"]),
        ("遣返", "被遣 返", []),
        ("return", "Forced RETURN of returnees", ["RETURN"]),
        ("return*", "Forced returns of returnees", ["returns", "returnees"]),
        ("muller", "Frau Müller", ["Müller"]),
        ("MÜLLER", "Frau Mu\u0308ller", ["Mu\u0308ller"]),
        ('"forced return"', "a forced  return, forced by return", ["forced  return"]),
        ("forced-return", "a forced return", ["forced return"]),
        ("bridge river", "the river by the bridge", ["river", "bridge"]),
        ("bridge -river", "the river by the bridge", []),
        ("bridge -river", "the bridge", ["bridge"]),
        ('-"by the" bridge', "the river by the bridge", []),
        ("-river", "the bridge", []),
        ("“forced return”", "a forced return", ["forced return"]),
        ("G7", "G7정상 G77", ["G7"]),
        ("7월", "2003년 7월에", ["7월"]),
        ("美军", "驻韩美军说", ["美军"]),
        ("", "bridge", []),
        ("—", "bridge —", []),
        ('"', "bridge", []),
        ("-", "bridge", []),
    ],
)
def test_what_answers_a_query(query: str, text: str, found: list[str], book: Casebook) -> None:
    """The pattern says so of the text, and so does the whole way through the index."""
    assert answers(query, text) == found
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"whole")
        passage = Passage(0, len(text), text)
        writer.reading(file_sha256, Reading(media_type="text/plain", outcome="read", text=text, passages=(passage,)))
    hits = [hit for hit in book.search(query) if hit.file_sha256 == file_sha256]
    assert [text[start:end] for hit in hits for start, end in hit.spans] == found


@given(LINES, st.text(st.sampled_from("북송강제김遣返国ab"), min_size=1, max_size=3))
@RELAXED
def test_the_index_finds_what_a_scan_of_every_passage_finds(
    book: Casebook, invented: Invented, lines: list[str], query: str
) -> None:
    text = "\n".join(lines)
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"whole")
        writer.reading(file_sha256, invented.reading(text))
    passages = book.document(file_sha256).passages
    expected = [
        (passage.start, tuple((passage.start + a, passage.start + b) for a, b in spans))
        for passage in passages
        if (spans := parse(query).spans(passage.text))
    ]
    assert [(hit.start, hit.spans) for hit in book.search(query, limit=1000)] == expected


@given(
    LINES, st.text(st.sampled_from("북송강제김"), min_size=2, max_size=3) | st.text("遣返国", min_size=1, max_size=3)
)
@RELAXED
def test_every_passage_that_holds_the_characters_is_found(
    book: Casebook, invented: Invented, lines: list[str], query: str
) -> None:
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"whole")
        writer.reading(file_sha256, invented.reading("\n".join(lines)))
    holding = {passage.start for passage in book.document(file_sha256).passages if query in passage.text}
    assert holding <= {hit.start for hit in book.search(query, limit=1000)}


@given(st.text(st.characters(), max_size=20))
@RELAXED
def test_no_query_breaks_the_search(book: Casebook, query: str) -> None:
    assert book.search(query) == []


def test_a_hit_says_where(book: Casebook) -> None:
    text = "Umbrella one.\nA long line before it: " + "word " * 20 + "umbrella two " + "word " * 20
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"pdf")
        rendering = writer.reading(
            file_sha256,
            Reading(
                media_type="application/pdf",
                outcome="read",
                text=text,
                pages=(Page(0, 14, "1"), Page(14, len(text), "2")),
                passages=(Passage(0, 14, text[:14]), Passage(14, len(text), text[14:])),
            ),
        )
        writer.arrive(Arrival(path="b.pdf", file_sha256=file_sha256))
        writer.arrive(Arrival(path="a.pdf", file_sha256=file_sha256))
    first, second = book.search("umbrella")
    assert (first.path, first.page, first.spans, first.snippet) == ("b.pdf", "1", ((0, 8),), "Umbrella one.")
    assert (second.page, second.rendering_sha256, second.start) == ("2", rendering, 14)
    assert [text[start:end] for start, end in second.spans] == ["umbrella"]
    assert second.snippet.startswith("…")
    assert "umbrella two" in second.snippet
    assert second.snippet.endswith("…")


def test_pages_of_results(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        invented.store(writer, "a.txt", "".join(f"umbrella {number}\n" for number in range(30)))
    everything = book.search("umbrella", limit=100)
    assert len(everything) == 30
    assert book.search("umbrella") == everything[:20]
    assert book.search("umbrella", limit=7, offset=20) == everything[20:27]
    assert book.search("umbrella", offset=30) == []
    assert book.search("umbrella", limit=0) == []


def test_words_that_were_replaced_are_gone_from_the_index(book: Casebook, path: Path, invented: Invented) -> None:
    """Not only unfindable: no page of the index holds them any more."""
    with book.act("intake") as writer:
        file_sha256, _ = invented.store(writer, "a.txt", "umbrella 우산\n")
        writer.reading(file_sha256, invented.reading("bridge\n"))
    held = b"".join(bytes(row[0]) for row in book._db.rows("SELECT block FROM passage_words_data"))
    assert b"bridge" in held
    assert b"umbrella" not in held
    assert "우산".encode() not in held
