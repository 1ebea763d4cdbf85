"""A rendering cut into passages: paragraphs, headings, quotes, rows of tables, captions, boilerplate.

Nothing but white space lies between two passages. Work grows in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from testimonia.intake import damage, label, language
from testimonia.intake._lines import (
    Block,
    Line,
    blocks,
    cut,
    ends_sentence,
    mark_furniture,
    mark_runs,
    starts,
    width,
)
from testimonia.model import NOTHING, Page, Passage, Role

__all__ = ["passages"]

LONGEST = 20_000  # characters of a passage
TITLE_WIDTH = 100  # columns
HEAD = 5  # blocks at the beginning that may be a title of several lines
HEADING_WIDTH = 60  # columns of a numbered heading
MARKDOWN_HEADING = re.compile(r"#{1,6}\s")
MARKDOWN_ROW = re.compile(r"\|.*\|$")
MARKDOWN_RULE = re.compile(r"[-=*_|:\s]{3,}$|<!--.*-->$|```\w*$")
MAIL_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Date|Sent|Reply-To|Message-ID|Received|Return-Path|MIME-Version|Content-[\w-]+|X-[\w-]+"
    r"|보낸 ?사람|받는 ?사람|보낸 ?날짜|참조|发件人|收件人|发送时间|抄送|寄件者|收件者):\s",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"(?:Subject|제목|主题|主旨):\s", re.IGNORECASE)
COLUMN_GAP = re.compile(r"\S(?: {4,}|\s?\|\s?)(?=\S)")
SENTENCE_BREAK = re.compile("[.!?]['\"”’)]*\\s|[。！？][”’」』）]*")
LEAD_IN = re.compile(r"\b(?:that|the|of|to|and|or|for|in|by|with|a|an|shall|is|are)$|[:：,，、;；]$")
YEAR = re.compile(r"(?:19|20)\d\d\s?[年년./-]")
SHEETS = frozenset({
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.ms-excel",
})  # fmt: skip
MAIL = frozenset({"message/rfc822"})


def passages(
    text: str,
    pages: tuple[Page, ...] = (),
    media_type: str = "text/plain",
    hints: Mapping[str, str] = NOTHING,
) -> tuple[Passage, ...]:
    """Passages in text order; every character that is not white space lies in exactly one.

    `pages` bound running heads and hard-wrapped lines; those of kind sheet or cell make rows of a table.
    `hints` may hold `title` and `language`, as the file itself gives them.
    """
    lines = cut(text, [page for page in pages if page.kind in ("page", "part", "sheet")])
    if media_type in SHEETS or any(page.kind in ("sheet", "cell") for page in pages):
        found = list(_rows(text, lines))
    else:
        if media_type == "text/markdown" or _looks_like_markdown(lines):
            _front_matter(lines)
        if not media_type.startswith("text/html"):
            mark_furniture(lines)
        mark_runs(lines, paper=media_type == "application/pdf")
        found = list(_prose(text, blocks(text, lines), media_type, hints))
    return tuple(_flagged(_in_language(found, hints.get("language", ""))))


# --- tables -------------------------------------------------------------------------------------------------


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Passage]:
    """One passage a row; a quoted cell may hold line breaks."""
    start: int | None = None
    for line in lines:
        begin = line.start if start is None else start
        if text.count('"', begin, line.end) % 2 and line.end - begin < LONGEST:
            start = begin
            continue
        yield from _pieces(text, begin, line.end, "table")
        start = None
    if start is not None:
        yield from _pieces(text, start, lines[-1].end, "table")


# --- prose --------------------------------------------------------------------------------------------------


def _looks_like_markdown(lines: Sequence[Line]) -> bool:
    return bool(lines) and lines[0].text.lstrip("\ufeff") == "---"


def _front_matter(lines: Sequence[Line]) -> None:
    """Mark the header between the first two `---` lines: data about the file, not words of the document."""
    if not lines or lines[0].text.lstrip("\ufeff") != "---":
        return
    for index, line in enumerate(lines[1:200], 1):
        if line.text == "---":
            for header in lines[: index + 1]:
                header.furniture = True
            return


def _prose(text: str, found: Sequence[Block], media_type: str, hints: Mapping[str, str]) -> Iterator[Passage]:
    labels = label.boilerplate(found, hints)
    if media_type in MAIL:
        _mail_headers(found, labels)
    mono = not any(ends_sentence(block.text) for block in found)
    role: Role = "body"
    for index, block in enumerate(found):
        in_head = role == "title" and index < HEAD and not block.gap
        role = "boilerplate" if labels[index] else _role(found, labels, index, mono)
        if role == "body" and in_head and _may_be_title(block):
            role = "title"
        yield from _pieces(text, block.start, block.end, role)


def _mail_headers(found: Sequence[Block], labels: list[str | None]) -> None:
    for index, block in enumerate(found):
        if MAIL_HEADER.match(block.text):
            labels[index] = "mail_header"


def _role(found: Sequence[Block], labels: Sequence[str | None], index: int, mono: bool) -> Role:
    block = found[index]
    text = block.text.lstrip("\ufeff")
    if text.startswith((">", "＞")):
        return "quote"
    if MARKDOWN_RULE.match(text):
        return "boilerplate"
    if MARKDOWN_HEADING.match(text) or SUBJECT.match(text):
        return "title"
    if _is_row(found, index):
        return "table"
    begins = starts(text)
    if begins == "caption" and width(text) <= 2 * TITLE_WIDTH:
        return "caption"
    beside = Beside(
        before=found[index - 1] if index and not labels[index - 1] else None,
        after=found[index + 1] if index + 1 < len(found) and not labels[index + 1] else None,
        last=not any(label is None for label in labels[index + 1 : index + 12]),
    )
    return "title" if not (mono and index) and _is_title(block, begins, beside) else "body"


def _is_row(found: Sequence[Block], index: int) -> bool:
    raw = found[index].raw
    if "\t" in raw or MARKDOWN_ROW.match(raw):
        return True
    cells = _cells(raw)
    if cells < 2 or ends_sentence(raw):
        return False
    beside = (*found[max(0, index - 2) : index], *found[index + 1 : index + 3])
    return sum(_cells(block.raw) >= 2 for block in beside) >= (1 if cells > 2 else 2)


def _cells(raw: str) -> int:
    return len(COLUMN_GAP.findall(raw)) + 1 if len(raw) <= 400 else 1


class Beside(NamedTuple):
    """The neighbours of a block, None where there is boilerplate or nothing; `last`: no words follow soon."""

    before: Block | None
    after: Block | None
    last: bool


def _is_title(block: Block, begins: str | None, beside: Beside) -> bool:
    text = block.text
    if beside.last or not _may_be_title(block, begins):
        return False
    if begins in ("item", "clause"):
        return _is_numbered_heading(block, begins, beside)
    if begins == "speaker" or (beside.before is not None and YEAR.match(text)):
        return False
    return beside.before is None or _stands_alone(block, beside.after)


def _may_be_title(block: Block, begins: str | None = None) -> bool:
    text = block.text
    if width(text) > TITLE_WIDTH or ends_sentence(text) or (begins is None and LEAD_IN.search(text)):
        return False
    return any(character.isalpha() for character in text) and not _says_more_in_brackets(text)


def _stands_alone(block: Block, after: Block | None) -> bool:
    if not block.gap:
        return False
    if after is None:
        return True
    apart = after.gap > 0 or ends_sentence(after.text) or after.indent != block.indent
    return apart and starts(after.text) != "item"


def _says_more_in_brackets(text: str) -> bool:
    held = re.search("[(（]([^()（）]{12,})[)）]$", text)
    return bool(held and width(held[1]) > 0.5 * width(text) and re.search("[,，、]", held[1]))


def _is_numbered_heading(block: Block, begins: str, beside: Beside) -> bool:
    """A number and a few words; neighbours that are items too make it one of a list."""
    rest = re.sub(r"^\S+\s?", "", block.text) or block.text
    if width(block.text) > HEADING_WIDTH or re.search(r"\d.*[:：]|[:：].*\d|,\s.*,", rest):
        return False
    after, before = beside.after, beside.before
    if begins == "clause" or after is None:
        return True
    if starts(after.text) == "item" and not after.gap:
        return False
    listed = before is not None and not block.gap and starts(before.text) == "item"
    return not (listed and not ends_sentence(after.text))


# --- pieces -------------------------------------------------------------------------------------------------


def _pieces(text: str, start: int, end: int, role: Role) -> Iterator[Passage]:
    """One passage, or several that end with a sentence where it would be too long."""
    while end - start > LONGEST:
        cut_at = _last_break(text, start, start + LONGEST)
        piece = text[start:cut_at].rstrip()
        if piece:
            yield Passage(start, start + len(piece), piece, role)
        start = cut_at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Passage(start, end, text[start:end], role)


def _last_break(text: str, start: int, limit: int) -> int:
    """The end of the last sentence in the second half of a stretch, else of the last word, else its end."""
    middle = (start + limit) // 2
    ends = [found.end() for found in SENTENCE_BREAK.finditer(text, middle, limit)]
    if ends:
        return ends[-1]
    space = max(text.rfind(" ", middle, limit), text.rfind("\n", middle, limit))
    return space + 1 if space > 0 else limit


# --- language and damage ------------------------------------------------------------------------------------


def _in_language(found: Sequence[Passage], hint: str) -> list[Passage]:
    own = [language.identify(passage.text) for passage in found]
    main = language.dominant((code, min(len(p.text), 1000)) for code, p in zip(own, found, strict=True))
    default = main if main != "und" else (hint or "und")
    return [
        Passage(p.start, p.end, p.text, p.role, _settled(code, p.text, default))
        for code, p in zip(own, found, strict=True)
    ]


def _settled(code: str, text: str, default: str) -> str:
    """The language of the document, for a passage that says nothing against it."""
    if code == "zh" and default.startswith("zh"):
        return default
    if code != "und":
        return code
    wordless = not any(character.isalpha() for character in text[:200])
    return language.identify(text, default) if default == "en" or wordless else "und"


def _flagged(found: Sequence[Passage]) -> Iterator[Passage]:
    """Flag the body where the document as a whole is damaged, and else each passage that is."""
    whole = _damaged_languages(found)
    for passage in found:
        damaged = passage.role in ("body", "quote", "title") and (
            passage.language in whole
            or (len(passage.text) >= 30 and damage.is_damaged(damage.signs(passage.text, passage.language)))
        )
        yield replace(passage, flags=frozenset({"damaged_text"})) if damaged else passage


def _damaged_languages(found: Sequence[Passage]) -> frozenset[str]:
    samples: dict[str, list[str]] = {}
    for passage in found:
        if passage.role in ("body", "quote"):
            samples.setdefault(passage.language, []).append(passage.text[:2000])
    joined = {code: "\n".join(texts[:200]) for code, texts in samples.items()}
    signs = {code: frozenset(damage.signs(text, code)) - damage.LOCAL for code, text in joined.items()}
    return frozenset(code for code, held in signs.items() if damage.is_damaged(held))
