"""Sentences, run-in headings and quotations of an English passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from testimonia.model import Passage

__all__ = ["heading_end", "pieces", "sentence_starts"]

_LONGEST = 6000  # characters; longer paragraphs are read in pieces, so that work grows with length and no faster
_END = re.compile(r"[.!?…][”’\"')\]]*(?:\[\d+\])?\s+(?=[“‘\"'(\[$]*[A-Z0-9À-Þ])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Fr|Sr|Jr|St|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Pres|Amb|Hon"
    r"|No|Nos"
    r"|Art|Arts|Sec|Secs|vol|Vol|pp|p|para|paras|Fig|cf|e\.g|i\.e|etc|vs|v|approx|ca|est|Inc|Ltd|Co|Corp|Mt"
    r"|Ft|Gov"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z]|(?:[A-Z]\.)+[A-Z]|[a-z]\.m)$"
)
_FOLLOWS_INITIALS = re.compile(r"(?:The|In|On|A|An|It|He|She|They|This|According)\b")
_HEADING = re.compile(
    r"(?:\(?[a-z0-9]{1,3}[.)]\s+)?[“\"]?[A-Z][\w’'/-]*(?:,?[  ]+(?:and|of|the|to|in|on|for|by|or|with|from|a"
    r"|[A-Z(][\w’'/)-]*)){0,11}[”\"]?:\s"
)
_MARKER = re.compile(r"\s*(?:\(\w{1,4}\)|\w{1,3}[.)]|[•*–-])\s+")
_BREAK = re.compile(r"\n[^\S\n]*\r?\n\s*")


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a passage begin; the first is 0."""
    starts = [0]
    for match in _END.finditer(text):
        stop = match.start()
        if text[stop] == "." and _is_abbreviation(text, stop, match.end()):
            continue
        starts.append(match.end())
    if "\n" in text and _BREAK.search(text):
        starts = sorted({*starts, *(match.end() for match in _BREAK.finditer(text))})
    return starts


def _is_abbreviation(text: str, stop: int, following: int) -> bool:
    found = _ABBREVIATION.search(text, max(0, stop - 12), stop)
    if found is None:
        return False
    return not (found.group().count(".") and _FOLLOWS_INITIALS.match(text, following))


def heading_end(text: str) -> int:
    """Length of a heading that runs into the paragraph (“Physical Conditions: …”), or of a list marker."""
    found = _HEADING.match(text)
    if found and found.end() < len(text):
        return found.end()
    marker = _MARKER.match(text)
    return marker.end() if marker else 0


def pieces(passage: Passage) -> Iterator[Passage]:
    """The passage itself, or, where it is very long, runs of its sentences; cut at a blank where there are none."""
    text, begin = passage.text, 0
    if len(text) <= _LONGEST:
        yield passage
        return
    starts = sentence_starts(text)
    while begin < len(text):
        end = _cut(text, starts, begin)
        yield replace(passage, start=passage.start + begin, end=passage.start + end, text=text[begin:end])
        begin = end


def _cut(text: str, starts: list[int], begin: int) -> int:
    limit = begin + _LONGEST
    if limit >= len(text):
        return len(text)
    sentence = starts[bisect_right(starts, limit) - 1]
    if sentence > begin:
        return sentence
    blank = text.rfind(" ", begin, limit)
    return blank + 1 if blank > begin else limit
