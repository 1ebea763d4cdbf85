"""A reading survives the pipe."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.intake import cutting, transport, version
from testimonia.intake.draft import Draft
from testimonia.model import Child, Page, Passage, Reading

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(TEXT, st.lists(st.tuples(TEXT, st.binary(max_size=50)), max_size=3), TEXT)
def test_what_is_packed_comes_back(text: str, children: list[tuple[str, bytes]], reason: str) -> None:
    reading = Reading(
        media_type="text/plain",
        outcome="partly",
        reason=reason,
        remedy="Do it again.",
        flags=("a", "b"),
        tool="testimonia/text",
        tool_version="1",
        parameters=MappingProxyType({"encoding": "utf-8"}),
        text=text,
        pages=(Page(0, len(text), "1", "page", "partial", "why"),),
        passages=(Passage(0, len(text), text, "title", "ko", frozenset({"damaged_text"})),),
        children=tuple(Child(name, data) for name, data in children),
        metadata=MappingProxyType({"title": text}),
    )
    assert transport.unpack(transport.pack(reading)) == reading


PACKED = transport.pack(
    Reading(
        media_type="text/plain",
        outcome="read",
        text="41 가구",
        pages=(Page(0, 5, "1"),),
        passages=(Passage(0, 5, "41 가구"),),
        children=(Child("a.txt", b"words"),),
    )
)


@given(st.integers(0, len(PACKED) - 1), st.integers(0, 255), st.integers(0, len(PACKED)))
def test_an_answer_that_was_tampered_with_is_refused_or_still_sound(at: int, byte: int, end: int) -> None:
    changed = (PACKED[:at] + bytes([byte]) + PACKED[at + 1 :])[:end]
    try:
        found = transport.unpack(changed)
    except transport.Garbled:
        return
    assert all(found.text[p.start : p.end] == p.text for p in found.passages)
    assert all(0 <= page.start <= page.end <= len(found.text) for page in found.pages)


@given(st.binary(max_size=100))
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(transport.Garbled, match="an answer that cannot be read"):
        transport.unpack(data)


def test_the_fingerprint_holds_still_and_names_every_limit() -> None:
    assert version.fingerprint() == version.fingerprint() and len(version.fingerprint()) == 16
    assert set(version.parameters()) == {"max_characters", "max_rows", "deadline_seconds"}


def test_long_texts_are_cut_in_stretches_without_losing_a_character() -> None:
    draft = Draft()
    for number in range(30_000):
        with draft.page(f"row {number}", "cell"):
            draft.line(f"Paragraph {number} of a long text counts 41 families.\n")
    text = draft.text
    found = cutting.cut(text, draft, "text/plain")
    assert all(text[p.start : p.end] == p.text for p in found)
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())


def test_when_time_runs_out_the_rest_is_cut_without_labels() -> None:
    draft = Draft()
    draft.add("words and more words\n" * 60_000)
    draft.started -= cutting.SECONDS + 1
    found = cutting.cut(draft.text, draft, "text/plain")
    assert "".join(p.text for p in found).count("words and more words") == 60_000
    assert "labels_incomplete" in draft.flags
