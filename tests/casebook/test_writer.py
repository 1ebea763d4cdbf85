"""Acts: what goes in comes out as the same plain values, and what people decided stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.casebook import Arrival, Casebook
from testimonia.model import Coding, Origin, OriginEdge, OriginGraph, Page, Part, Passage, Reading, Verdict

if TYPE_CHECKING:
    from tests.casebook.conftest import Invented

TEXT = "About 40 people crossed.\n약 40명이 건넜다.\n大约40人过河。\n"
ANY_TEXT = st.text(st.characters(), max_size=60)
SHORT = st.text(st.characters(), max_size=8)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, draw(st.integers(start, len(text)))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(ANY_TEXT)
    places = draw(st.lists(spans(text), max_size=3))
    verdicts: st.SearchStrategy[Verdict] = st.sampled_from(("complete", "partial", "unread"))
    return Reading(
        media_type="text/plain",
        outcome=draw(st.sampled_from(("read", "partly", "unread"))),
        reason=draw(st.none() | SHORT),
        remedy=draw(st.none() | SHORT),
        flags=tuple(draw(st.lists(st.sampled_from(("damaged_text", "scraped")), max_size=2))),
        tool="test",
        tool_version="1",
        parameters=draw(st.dictionaries(SHORT, SHORT, max_size=2)),
        text=text,
        pages=tuple(Page(a, b, draw(SHORT), "page", draw(verdicts), draw(st.none() | SHORT)) for a, b in places),
        passages=tuple(
            Passage(a, b, text[a:b], "quote", "ko", draw(st.just(frozenset(["damaged_text"])))) for a, b in places
        ),
        metadata=draw(st.dictionaries(SHORT, SHORT, max_size=2)),
    )


@st.composite
def codings(draw: st.DrawFn, text: str = TEXT) -> Coding:
    start, end = draw(spans(text))
    parts = draw(st.dictionaries(SHORT, spans(text), max_size=2))
    return Coding(
        kind=draw(st.sampled_from(("figure", "act", "place", "date"))),
        start=start,
        end=end,
        quote=text[start:end],
        code=draw(st.none() | st.sampled_from(("a.b", "c"))),
        value=draw(NUMBERS | SHORT),
        min=draw(NUMBERS),
        max=draw(NUMBERS),
        unit=draw(st.none() | SHORT),
        comparator=draw(st.none() | st.just("at_least")),
        value_status=draw(st.none() | st.sampled_from(("present", "lost"))),
        polarity=draw(st.sampled_from(("positive", "negative"))),
        basis=draw(st.none() | st.just("heard")),
        parts={role: Part(a, b, text[a:b], draw(st.none() | SHORT)) for role, (a, b) in parts.items()},
        attributes=draw(st.dictionaries(SHORT, SHORT, max_size=2)),
        cue=draw(st.none() | SHORT),
        confidence=draw(st.none() | st.floats(0, 1)),
        confidence_reason=draw(st.none() | SHORT),
        prefix=draw(SHORT),
        suffix=draw(SHORT),
        coder="rules",
    )


@given(readings())
@RELAXED
def test_a_reading_comes_back_as_it_was(book: Casebook, reading: Reading) -> None:
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"one")
        rendering = writer.reading(file_sha256, reading)
    document = book.document(file_sha256)
    assert document.rendering_sha256 == rendering
    assert book.text(rendering) == reading.text
    for field in ("media_type", "outcome", "reason", "remedy", "flags", "text", "pages", "passages"):
        assert getattr(document, field) == getattr(reading, field)
    assert dict(document.metadata) == reading.metadata


@given(st.lists(codings(), max_size=5))
@RELAXED
def test_codings_come_back_as_they_were_in_text_order(
    book: Casebook, invented: Invented, given_codings: list[Coding]
) -> None:
    with book.act("code") as writer:
        file_sha256, rendering = invented.store(writer, "a.txt", TEXT)
        writer.codings(rendering, "rules", given_codings)
    expected = [replace(coding, rendering_sha256=rendering) for coding in given_codings]
    expected.sort(key=lambda coding: (coding.start, coding.end))
    found = [coding for _, coding in book.codings()]
    assert found == expected
    assert [type(coding.value) for coding in found] == [type(coding.value) for coding in expected]
    assert book.document(file_sha256).codings == tuple(expected)
    assert list(next(book.documents(codings=False)).codings) == []


@given(
    st.builds(
        Arrival,
        path=st.text(st.characters(), min_size=1, max_size=9),
        bytes=st.integers(0, 2**60),
        media_type=st.none() | st.just("text/plain"),
        outcome=st.sampled_from(("read", "partly", "unread")),
        pages=st.integers(0, 9),
        characters=st.integers(0, 9),
        languages=st.tuples(st.sampled_from(("ko", "zh-Hans"))),
        flags=st.tuples(SHORT),
        reason=st.none() | SHORT,
        remedy=st.none() | SHORT,
        parent=st.none() | SHORT,
    )
)
@RELAXED
def test_an_arrival_comes_back_as_it_was(book: Casebook, arrival: Arrival) -> None:
    """Also when its name is no text at all, as file names may be."""
    with book.act("intake") as writer:
        writer.arrive(arrival)
    assert arrival in book.arrivals()


def test_the_ledger_is_in_path_order_and_a_path_stands_in_it_once(book: Casebook) -> None:
    with book.act("intake") as writer:
        for name in ("b", "\udc80", "가", "a", "b"):
            writer.arrive(Arrival(path=name, reason=f"again {name.encode('utf-8', 'replace')!r}"))
    paths = [arrival.path for arrival in book.arrivals()]
    assert paths == sorted({"b", "\udc80", "가", "a"})


@pytest.mark.parametrize("name", ["mail.eml", "\udc80.eml"])
def test_the_ledger_of_one_file_and_what_was_in_it(book: Casebook, name: str) -> None:
    inside = [name, f"{name}!/a.pdf", f"{name}!/z.zip!/가.txt", f"{name}!/\udc81"]
    with book.act("intake") as writer:
        for path in (*inside, "a", f"{name}x", f"{name}!", f"{name}!1", "z"):
            writer.arrive(Arrival(path=path))
    assert [arrival.path for arrival in book.arrivals(under=name)] == sorted(inside)


def test_two_paths_with_the_same_bytes_are_one_document(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        file_sha256, _ = invented.store(writer, "z/first.txt", TEXT)
        invented.store(writer, "a/second.txt", TEXT)
        invented.store(writer, "m.txt", TEXT + "x")
    assert [document.paths for document in book.documents()] == [("m.txt",), ("z/first.txt", "a/second.txt")]
    assert [arrival.file_sha256 for arrival in book.arrivals()].count(file_sha256) == 2


def test_a_file_that_could_not_be_read_is_a_document_with_its_outcome(book: Casebook) -> None:
    with book.act("intake") as writer:
        file_sha256 = writer.preserve(b"\x00")
        writer.arrive(Arrival(path="x.bin", file_sha256=file_sha256, reason="no text", remedy="none"))
        writer.arrive(Arrival(path="locked", reason="no permission"))
    (document,) = book.documents()
    assert (document.outcome, document.reason, document.text) == ("unread", "no text", "")
    assert [arrival.path for arrival in book.arrivals()] == ["locked", "x.bin"]
    assert list(book.verify()) == []


def test_a_later_reading_takes_the_place_of_an_earlier_one(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        file_sha256, _ = invented.store(writer, "a.txt", TEXT)
        writer.reading(file_sha256, invented.reading("A single umbrella."))
    assert book.document(file_sha256).text == "A single umbrella."
    assert book.search("umbrella")
    assert not book.search("crossed")
    assert list(book.verify()) == []


def test_the_same_words_read_again_keep_their_place_in_the_index(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        file_sha256, _ = invented.store(writer, "a.txt", TEXT)
    before = book._db.rows("SELECT id FROM passage")
    again = invented.reading(TEXT, language="ko")
    again = replace(again, passages=tuple(replace(passage, role="title") for passage in again.passages))
    with book.act("intake") as writer:
        writer.reading(file_sha256, again)
    assert book.document(file_sha256).passages == again.passages
    assert book._db.rows("SELECT id FROM passage") == before
    assert list(book.verify()) == []


@pytest.mark.parametrize("passage", [Passage(0, 3, "xyz"), Passage(0, 99, TEXT), Passage(-3, 2, "")])
def test_a_passage_that_does_not_stand_there_is_refused(book: Casebook, passage: Passage) -> None:
    reading = Reading(media_type="text/plain", outcome="read", text=TEXT, passages=(passage,))
    with pytest.raises(ValueError, match="not what stands there"), book.act("intake") as writer:
        writer.reading(writer.preserve(b"one"), reading)
    assert list(book.items()) == []


def test_a_quote_that_does_not_stand_there_is_refused(book: Casebook, invented: Invented) -> None:
    coding = invented.coding(TEXT, 0, 5)
    wrong_part = replace(coding, parts={"number": Part(6, 8, "41")})
    with book.act("intake") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
    for wrong in (replace(coding, quote="Above"), wrong_part):
        with pytest.raises(ValueError, match="does not quote"), book.act("code") as writer:
            writer.codings(rendering, "rules", [coding, wrong])
    assert list(book.codings()) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_is_a_finite_number(book: Casebook, invented: Invented, value: float) -> None:
    with pytest.raises(ValueError, match="finite"), book.act("code") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
        writer.codings(rendering, "rules", [invented.coding(TEXT, 0, 5, value=value)])


def test_codings_of_a_text_that_is_not_here_are_refused(book: Casebook) -> None:
    with pytest.raises(KeyError), book.act("code") as writer:
        writer.codings("0" * 64, "rules", [])


def test_a_coder_replaces_its_own_suggestions_only(book: Casebook, invented: Invented) -> None:
    with book.act("code") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
        writer.codings(rendering, "rules", [invented.coding(TEXT, 0, 5)], refused={"quote": 3, "code": 1})
        writer.codings(rendering, "model", [invented.coding(TEXT, 6, 8)], refused={"quote": 1})
        writer.codings(rendering, "rules", [invented.coding(TEXT, 9, 15)], refused={"quote": 2})
    assert [(coding.coder, coding.quote) for _, coding in book.codings()] == [("model", "40"), ("rules", "people")]
    assert book.refused() == {"quote": 3}


def test_what_a_person_decided_survives_a_new_run(book: Casebook, invented: Invented) -> None:
    suggestions = [invented.coding(TEXT, 0, 5), invented.coding(TEXT, 6, 8, value=40), invented.coding(TEXT, 9, 15)]
    with book.act("code") as writer:
        _, rendering = invented.store(writer, "a.txt", TEXT)
        writer.codings(rendering, "rules", suggestions)
    about, forty, _ = (coding for _, coding in book.codings())
    with book.act("review") as writer:
        writer.review(about, "rejected", seconds=2.5)
        writer.review(forty, "accepted")
        writer.review(forty, "corrected", changes={"value": 41.0, "comparator": "about"})
    for proposed in (suggestions, suggestions[2:], []):
        with book.act("code") as writer:
            writer.codings(rendering, "rules", proposed)
        found = {coding.quote: coding for _, coding in book.codings()}
        assert found["About"] == replace(about, state="rejected")
        assert found["40"] == replace(forty, state="corrected", value=41.0, comparator="about")
        assert ("people" in found) == bool(proposed)
        assert list(book.verify()) == []
    assert [coding.quote for _, coding in book.codings(state="rejected")] == ["About"]
    assert list(book.codings(kind="place")) == []
    assert book.summary()["reviews"] == 3


@pytest.mark.parametrize(
    ("state", "changes"), [("accepted", {"value": 1.0}), ("corrected", {}), ("corrected", {"start": 1.0})]
)
def test_a_review_changes_what_can_be_corrected(
    book: Casebook, invented: Invented, state: str, changes: dict[str, float]
) -> None:
    coding = invented.coding(TEXT, 0, 5)
    with pytest.raises(ValueError, match="cannot change"), book.act("review") as writer:
        writer.review(coding, state, changes=changes)  # type: ignore[arg-type]


def test_origins_come_back_and_later_ones_take_their_place(book: Casebook) -> None:
    origin = Origin(
        id="o1", label="가 보고서", kind="report", certainty="stated", reason="named", documents=("a" * 64,)
    )
    edge = OriginEdge(child="o1", parent="o2", kind="cites", certainty="inferred", reason="", start=1, end=2)
    graph = OriginGraph(origins=(origin, replace(origin, id="o2")), edges=(edge,), of_coding={"c": "o1"})
    assert book.origin_graph() is None
    for stored in (graph, graph, OriginGraph(origins=(), edges=(), of_coding={})):
        with book.act("origins") as writer:
            writer.origins(stored)
        assert book.origin_graph() == stored
        assert list(book.verify()) == []


def test_a_source_without_consent_is_counted_and_a_file_without_source_too(book: Casebook, invented: Invented) -> None:
    with book.act("intake") as writer:
        mail, _ = invented.store(writer, "mail.eml", TEXT)
        other, _ = invented.store(writer, "b.txt", TEXT + "x")
        writer.preserve(b"attachment", parent=mail)
        inner = writer.preserve(b"another attachment")
        writer.arrive(Arrival(path="mail.eml!/a.bin", file_sha256=inner, parent="mail.eml"))
    assert book.unconsented_sources() == 2
    with book.act("consent") as writer:
        writer.source("S-1", "witness", items=[mail, other])
        writer.source("S-2", "publisher", derives_from="S-1")
    assert book.unconsented_sources() == 2
    with book.act("consent") as writer:
        writer.consent("S-1", "publication", "given", audience="courts")
    assert book.unconsented_sources() == 1
    assert {item.source for item in book.items()} == {"S-1", None}
    assert list(book.verify()) == []


def test_other_bytes_at_a_known_path_are_another_row(book: Casebook) -> None:
    """Nothing loses its name: not an earlier version of a file, not a file of the same name elsewhere."""
    for data in (b"42", b"43", b"43"):
        with book.act("intake") as writer:
            sha = writer.preserve(data)
            writer.arrive(Arrival(path="note.txt", file_sha256=sha, bytes=2, outcome="unread"))
    assert [row.path for row in book.arrivals()] == ["note.txt", "note.txt"]
    assert {row.file_sha256 for row in book.arrivals()} == {item.file_sha256 for item in book.items()}
    assert list(book.verify()) == []


def test_bytes_take_the_place_of_a_failure_to_get_any_and_never_the_other_way(book: Casebook) -> None:
    """A file that could not be opened for once keeps the name under which it was read."""
    with book.act("intake") as writer:
        writer.arrive(Arrival(path="note.txt", reason="no permission"))
    with book.act("intake") as writer:
        sha = writer.preserve(b"42")
        writer.arrive(Arrival(path="note.txt", file_sha256=sha, bytes=2))
    assert [row.file_sha256 for row in book.arrivals()] == [sha]
    with book.act("intake") as writer:
        writer.arrive(Arrival(path="note.txt", reason="no permission"))
    assert [row.file_sha256 for row in book.arrivals()] == [sha, None]
    assert list(book.verify()) == []
