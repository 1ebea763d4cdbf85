"""Lines of a rendering, and which of them run on from the line before.

A line of a PDF, a mail or a scan ends where the paper did; the paragraph goes on. Whether it does is told by
its width beside the widths of its neighbours, by how it ends and by how the next one begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from testimonia import vocabulary
from testimonia.model import Page

__all__ = ["Block", "Line", "blocks", "cut", "ends_sentence", "starts", "width"]

WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]"
)
WIDE_RUN = re.compile(f"{WIDE.pattern}+")
SENTENCE_END = re.compile("[.!?。．！？…‥]\\s?[\"'”’»」』）)\\]】]*$|[;；]$")
KOREAN_VERB_END = re.compile("[가-힣 ]{10,}(?:다|요|까|죠|니다|음|함|됨|임)[\"'”’」』)]*$")
OPEN_ENDED = re.compile("[,，、;；:：–—]$")
FULL = 0.9  # of the measure of a page: a line this wide ends because the paper does
NARROWEST_OF_FEW = 40  # the same where only two or three lines speak for it
RAGGED = 0.75  # the same for scripts without spaces where the sentence is not at its end
NARROWEST = 24  # columns; narrower pages are lists
WIDEST = 220  # columns; wider lines were never broken by a page
SAMPLE = 400  # characters of a line that are looked at for its width
ASKED = 1024  # lines whose width and end are remembered
NEAR = 4  # lines before and after that tell the measure where a page has columns
WINDOW = 80  # lines that share one measure where a text has no pages
PLAIN_NUMBER = re.compile(r"^[-–—\[(]?\s?(?:\d{1,4}|[ivxlc]{1,6})\s?[-–—\])]?$")
DIGITS = re.compile(r"\d+")
COLUMN_GAP = re.compile("\t|\u3000{3,}|\\S {6,}\\S")
EDGE = 3  # lines at the top and at the foot of a page that may be its header or footer


@dataclass(slots=True)
class Line:
    """A line without its outer white space. `gap`: blank lines before it; `runs_on`: continues the last."""

    start: int
    end: int
    text: str
    indent: int
    gap: int
    page: int
    runs_on: bool = False
    furniture: bool = False
    columns: int = 0


@dataclass(slots=True)
class Block:
    """One or more lines that are read as one thing. `text` has single spaces where the lines ended."""

    start: int
    end: int
    text: str
    lines: int
    gap: int
    page: int
    indent: int
    furniture: bool
    raw: str


def width(text: str) -> int:
    """Columns of a text on a typewriter: wide characters (Hangul, Han, kana, full width) take two."""
    return len(text) if text.isascii() else _columns(text[:SAMPLE])


# Each line is asked after by every rule that looks at it or at its neighbours.
@lru_cache(maxsize=ASKED)
def _columns(text: str) -> int:
    return len(text) + sum(map(len, WIDE_RUN.findall(text)))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, in English, Korean or Chinese."""
    return _ends(text[-24:])


@lru_cache(maxsize=ASKED)
def _ends(tail: str) -> bool:
    return bool(SENTENCE_END.search(tail) or KOREAN_VERB_END.search(tail))


@cache
def _starts() -> re.Pattern[str]:
    groups: dict[str, list[str]] = {}
    for row in vocabulary.rows("intake/structure"):
        groups.setdefault(row["class"], []).append(row["pattern"])
    ordered = ("caption", "speaker", "clause", "item")
    return re.compile("|".join(f"(?P<{name}>{'|'.join(groups[name])})" for name in ordered))


def starts(text: str) -> str | None:
    """How a line begins: "caption", "speaker", "clause", "item", or None."""
    found = _starts().match(text)
    return found.lastgroup if found else None


def cut(text: str, pages: Sequence[Page] = ()) -> list[Line]:
    """The lines of a text that hold more than white space, with their offsets and their pages."""
    bounds = [page.start for page in pages if page.end > page.start]
    found: list[Line] = []
    offset, gap, sheet = 0, 0, 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            start = offset + len(raw) - len(raw.lstrip())
            indent = width(raw[: start - offset]) if start > offset else 0
            page = bisect_right(bounds, start) if bounds else sheet
            found.append(Line(start, start + len(body), body, indent, gap, page, columns=width(body)))
            gap = 0
        else:
            gap += 1
        if raw.endswith("\f"):
            sheet += 1
        offset += len(raw)
    return found


# --- headers and footers ------------------------------------------------------------------------------------


def mark_furniture(lines: Sequence[Line]) -> None:
    """Mark running heads, feet and page numbers: what comes back at the edges of pages, numbers aside."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    if len(by_page) < 2:
        return
    tops = [found[:EDGE] for found in by_page.values()]
    feet = [found[: -EDGE - 1 : -1] for found in by_page.values() if len(found) > 2]
    needed = max(2, min(3, len(by_page)), len(by_page) // 5)
    for edges in (tops, feet):
        keys = Counter(key for edge in edges for key in {_key(line) for line in edge})
        for edge in edges:
            _mark_edge(edge, keys, needed)


def _mark_edge(edge: Sequence[Line], keys: Mapping[str, int], needed: int) -> None:
    """Mark lines inward from the edge of a page, as long as they are furniture."""
    for line in edge:
        repeated = keys[_key(line)] >= needed and line.columns <= 160
        if not (repeated or PLAIN_NUMBER.match(line.text)):
            return
        line.furniture = True


def _key(line: Line) -> str:
    """What a running head is the same by: its words without numbers; a line in mid-sentence as it stands."""
    exact = _begins_low(line.text) or starts(line.text)
    return line.text if exact else DIGITS.sub("#", line.text.casefold())


# --- running on ---------------------------------------------------------------------------------------------


def mark_runs(lines: Sequence[Line], *, paper: bool = False) -> None:
    """Mark the lines that continue the one before; `paper`: every line ends where a sheet of paper made it."""
    for window in _windows(lines):
        measure = _measure(window, paper)
        for index, (before, line) in enumerate(pairwise(window)):
            line.runs_on = bool(measure) and _continues(before, line, _nearby(window, index, measure))
    for before, line in pairwise(lines):
        if line.page != before.page or line.runs_on:
            continue
        if line.gap == 0 and not line.furniture and not before.furniture:
            line.runs_on = _unfinished(before) and _goes_on_low(before.text, line.text)


def _windows(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Stretches that share one measure: pages, and at most WINDOW lines; each overlaps the next by a line."""
    found: list[Sequence[Line]] = []
    start = 0
    for index in range(1, len(lines) + 1):
        ended = index == len(lines) or lines[index].page != lines[start].page
        if ended or (index - start >= WINDOW and lines[index].gap):
            found.append(lines[start:index])
            start = index
    return found


def _measure(lines: Sequence[Line], paper: bool) -> int:
    """The width at which the paper ends, in columns; 0 where lines end because the writer ended them."""
    inner = [a for a, b in pairwise(lines) if b.gap == 0 and not (a.furniture or b.furniture)]
    if len(inner) < 2:
        return 0
    widths = sorted(a.columns + a.indent for a in inner)
    if widths[len(widths) * 9 // 10] > WIDEST:
        return 0
    widest = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    wide = [a for a in inner if a.columns + a.indent >= 0.8 * widest]
    open_ended = sum(1 for a in wide if not ends_sentence(a.text))
    few = len(inner) <= 3
    if paper and open_ended:
        return widest if widest >= NARROWEST_OF_FEW else 0
    longest = max(line.columns for line in lines)
    if few and (widest < NARROWEST_OF_FEW or len(wide) < len(inner) or longest > 1.15 * widest):
        return 0
    wrapped = widest >= NARROWEST and len(wide) >= 0.4 * len(inner) and open_ended >= 0.6 * len(wide)
    return widest if wrapped else 0


def _nearby(lines: Sequence[Line], index: int, measure: int) -> int:
    """The measure around a line: a page may hold columns of several widths."""
    around = [a.columns + a.indent for a in lines[max(0, index - NEAR) : index + NEAR + 2] if a.columns < WIDEST]
    return min(measure, max(around, default=measure)) if len(around) > NEAR else measure


def _continues(before: Line, line: Line, measure: int) -> bool:
    if line.gap or line.furniture or before.furniture:
        return False
    if COLUMN_GAP.search(line.text) or COLUMN_GAP.search(before.text):
        return False
    if line.indent >= before.indent + 2 and not _may_hang(before, measure):
        return False
    if starts(line.text) and not _mid_sentence(before, line):
        return False
    word = _first_word(line.text)
    if before.columns + before.indent + word >= FULL * measure:
        return True
    if not ends_sentence(before.text) and (WIDE.match(line.text) or _may_go_on(before.text)):
        return before.columns + before.indent + word >= RAGGED * measure
    return _unfinished(before) and before.columns >= 0.5 * measure and _goes_on_low(before.text, line.text)


def _may_go_on(before: str) -> bool:
    return before[-1].isascii() and not _is_headlike(before)


def _is_headlike(text: str) -> bool:
    """Whether a line may be a heading by its capitals."""
    words = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _may_hang(before: Line, measure: int) -> bool:
    """Whether a line set further in may still go on: below an item, or where digits lost left a gap."""
    if starts(before.text):
        return True
    return before.runs_on and not ends_sentence(before.text) and before.columns >= RAGGED * measure


def _mid_sentence(before: Line, line: Line) -> bool:
    """Whether what looks like an item is the rest of a sentence, such as a number at the start of a line."""
    return _unfinished(before) and bool(re.match(r"\d|第|제|[가-하]\.", line.text)) and before.columns > 40


def _first_word(text: str) -> int:
    """Columns the next word would have needed: one character where the script has no spaces."""
    if WIDE.match(text) and not "가" <= text[0] <= "힣":
        return 2
    return min(width(text.split(None, 1)[0]), 24) + 1


def _unfinished(line: Line) -> bool:
    return not ends_sentence(line.text) and line.columns >= NARROWEST


def _goes_on_low(before: str, text: str) -> bool:
    """Whether a line in Latin script goes on in lower case on the next."""
    return before[-1].isascii() and before[-1] not in ">|" and _begins_low(text)


def _begins_low(text: str) -> bool:
    return text[0].islower() and text[0].isalpha() and not re.match(r"[a-z]\)|https?:|www\.|[ivx]{1,4}\.\s", text)


# --- blocks -------------------------------------------------------------------------------------------------


def blocks(text: str, lines: Sequence[Line]) -> list[Block]:
    """Lines joined where they run on. Furniture stands alone."""
    found: list[Block] = []
    group: list[Line] = []
    for line in lines:
        if group and line.runs_on:
            group.append(line)
            continue
        if group:
            found.append(_block(text, group))
        group = [line]
    if group:
        found.append(_block(text, group))
    return found


def _block(text: str, group: Sequence[Line]) -> Block:
    first, last = group[0], group[-1]
    raw = text[first.start : last.end]
    joined = first.text if len(group) == 1 else " ".join(line.text for line in group)
    return Block(first.start, last.end, joined, len(group), first.gap, first.page, first.indent, first.furniture, raw)
