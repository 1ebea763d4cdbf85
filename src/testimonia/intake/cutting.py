"""Passages of a draft: cut by what the text looks like, corrected by what the file itself says about its parts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.intake import language, split
from testimonia.intake.draft import Draft, Mark
from testimonia.model import Page, Passage

__all__ = ["cut"]

WHOLE = 1_000_000  # characters of a text that is cut in one go; longer ones in stretches of STRETCH
STRETCH = 400_000
SECONDS = 22.0  # after the file was begun; what is then left is cut at its empty lines, without labels
_BLOCK = 4000  # characters of a passage that is cut without looking


def cut(text: str, draft: Draft, media_type: str) -> tuple[Passage, ...]:
    """Passages in text order; a role that the file itself gives outweighs one that was inferred."""
    if len(text) <= WHOLE:
        found = split.passages(text, tuple(draft.pages), media_type, draft.metadata)
    else:
        found = tuple(_in_stretches(text, draft, media_type))
    return tuple(_with_marks(found, sorted(draft.marks)))


def _in_stretches(text: str, draft: Draft, media_type: str) -> Iterator[Passage]:
    start, spoken = 0, "und"
    pages = iter(draft.pages)
    ahead: list[Page] = []
    while start < len(text):
        if time.monotonic() - draft.started > SECONDS:
            draft.flags.add("labels_incomplete")
            yield from _unlabelled(text, start, spoken)
            return
        end = _end_of_stretch(text, start)
        ahead = [page for page in ahead if page.end > start] + _until(pages, end)
        inside = tuple(_moved(page, start, end) for page in ahead if page.start < end)
        found = split.passages(text[start:end], inside, media_type, draft.metadata)
        spoken = language.dominant((passage.language, len(passage.text)) for passage in found)
        for passage in found:
            yield replace(passage, start=passage.start + start, end=passage.end + start)
        start = end


def _until(pages: Iterator[Page], end: int) -> list[Page]:
    found = []
    for page in pages:
        found.append(page)
        if page.end >= end:
            break
    return found


def _moved(page: Page, start: int, end: int) -> Page:
    return replace(page, start=max(page.start - start, 0), end=min(page.end, end) - start)


def _end_of_stretch(text: str, start: int) -> int:
    """After an empty line where there is one, else after a line, a sentence, a word."""
    limit = start + STRETCH
    if limit >= len(text):
        return len(text)
    for mark in ("\n\n", "\n", "。", ". ", " "):
        found = text.rfind(mark, start + STRETCH // 2, limit)
        if found >= 0:
            return found + len(mark)
    return limit


def _unlabelled(text: str, start: int, spoken: str) -> Iterator[Passage]:
    while start < len(text):
        end = min(start + _BLOCK, len(text))
        line = text.rfind("\n", start + 1, end)
        end = line + 1 if line > start and end < len(text) else end
        piece = text[start:end]
        held = piece.strip()
        if held:
            begin = start + len(piece) - len(piece.lstrip())
            yield Passage(begin, begin + len(held), held, "body", spoken)
        start = end


def _with_marks(passages: Sequence[Passage], marks: Sequence[Mark]) -> Iterator[Passage]:
    """Give a passage the role that the file's own structure gives most of its characters.

    A file calls every paragraph a body; that does not make a menu or an advertisement one.
    """
    at = 0
    for passage in passages:
        while at < len(marks) and marks[at].end <= passage.start:
            at += 1
        role, held, index = passage.role, 0, at
        while index < len(marks) and marks[index].start < passage.end:
            mark = marks[index]
            covered = min(mark.end, passage.end) - max(mark.start, passage.start)
            if passage.role == "boilerplate" and mark.role == "body":
                covered = 0
            if covered > max(held, (passage.end - passage.start) // 2):
                role, held = mark.role, covered
            index += 1
        yield replace(passage, role=role) if role != passage.role else passage
