"""Which lines of a rendering are not the document's own words: menus, counters, advertisements, notices.

They are labelled, never dropped. A line is told by what it holds (the tables of vocabulary/intake), by where
it stands (running heads, lists below "related articles") and, only in a page that is plainly scraped, by its
shape: a short line without the end of a sentence that shares no words with the prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.intake._lines import Block, ends_sentence, starts, width

__all__ = ["boilerplate", "kind", "likeness"]

SHORT = 90  # columns of a line that may be a headline or a menu
LONGEST = 420  # characters of what may be a notice; longer blocks are prose
PROSE = 40  # columns from which a finished sentence counts as prose
SEPARATORS = re.compile("\\s*[|｜›»▶►/／·•∙>＞\\t]+\\s*|\\s{2,}|\u3000+|(?<=】)(?=【)")
BRACKETS = "[]【】()（）<>《》〈〉‹›→▶▼▲:：+ "
DECORATION = "\ufeff—–-*=~◆◇■□●○★☆▶▷►☞※>＞»›▼▽↓⬇🔥· "
STRONG_IN_SCRAPED = 3  # lines with marks of at least two classes make a page a scraped one
NEUTRAL = frozenset({"disclaimer", "citation", "page_number", "page_note", "copyright", "contact"})
MENUS = ("menu", "share", "most_read", "related", "notice")  # what may stand inside a run of menu entries
RUN = 8  # short lines in a row that may be a menu
WORDS_IN_RUN = 3  # of them that are words of menus
HEADS = frozenset({"related", "most_read"})  # lines that head a list of teasers
LATIN_WORD = re.compile("[a-z][a-z’']{3,}")
CJK_RUN = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]+")
NUMBER_OR_BAR = re.compile("[\\d|｜·•▶▷☞※]")
POINTERS = "▶▷►▸☞※»"  # signs that lead the reader away from the page
HANGUL = re.compile("[\uac00-\ud7a3]")
HAN = re.compile("[\u4e00-\u9fff]")
EVEN_IN_ITEMS = frozenset({"disclaimer", "copyright", "registration", "contact"})


class Terms(NamedTuple):
    """The marks of one language: words of menus, beginnings of lines, and patterns for whole lines."""

    menu: frozenset[str]
    starts: tuple[tuple[str, str], ...]  # (beginning, class)
    beginnings: tuple[str, ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    patterns_in_sentences: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _terms(language: str) -> Terms:
    rows = [row for row in vocabulary.rows("intake/boilerplate") if row["language"] == language]
    return Terms(
        menu=frozenset(row["term"] for row in rows if row["match"] == "segment"),
        starts=tuple((row["term"], row["class"]) for row in rows if row["match"] == "start"),
        beginnings=tuple(row["term"] for row in rows if row["match"] == "start"),
        patterns=_patterns([row for row in rows if not row["even_in"]]),
        patterns_in_sentences=_patterns([row for row in rows if row["even_in"] == "sentence"]),
    )


def _patterns(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row["match"] == "regex":
            groups.setdefault(row["class"], []).append(row["term"])
    return tuple((name, re.compile("|".join(terms), re.IGNORECASE)) for name, terms in groups.items())


def _language(text: str) -> str:
    if text.isascii():
        return "en"
    if HANGUL.search(text):
        return "ko"
    return "zh" if HAN.search(text) else "en"


def kind(text: str) -> str | None:
    """What a line is by its own words: "menu", "counter", "advertisement", "copyright" …, or None.

    `text` is one line or a short block without line breaks.
    """
    if len(text) > LONGEST:
        return None
    language = _language(text)
    terms = _terms(language)
    for name, pattern in terms.patterns_in_sentences:
        if pattern.search(text):
            return name
    if ends_sentence(text) and not text.endswith(("!", "！")):
        return None
    folded = text.casefold().lstrip(DECORATION)
    return _beginning(folded, terms) or _pattern(text, terms) or _menu(folded, terms)


def _beginning(folded: str, terms: Terms) -> str | None:
    if not folded.startswith(terms.beginnings) or width(folded) > 2 * SHORT:
        return None
    for term, name in terms.starts:
        if folded.startswith(term) and not (term[-1].isalnum() and folded[len(term) : len(term) + 1].isalnum()):
            return name
    return None


def _pattern(text: str, terms: Terms) -> str | None:
    if width(text) > 2 * SHORT:
        return None
    for name, pattern in terms.patterns:
        if pattern.search(text) and not (name == "page_number" and len(text) > 60):
            return name
    return None


def segments(folded: str) -> list[str]:
    """The entries of a menu line: what stands between bars, dots, arrows and wide gaps."""
    return [part for part in (piece.strip(BRACKETS) for piece in SEPARATORS.split(folded)) if part]


def _menu(folded: str, terms: Terms) -> str | None:
    if width(folded) > 2 * SHORT + 60:
        return None
    parts = segments(folded)
    if len(parts) < 2:
        return None
    known = sum(1 for part in parts if part in terms.menu)
    if known * 2 >= len(parts) or (known >= 2 and all(width(part) <= 24 for part in parts)):
        return "menu"
    return None


# --- lines in their place -----------------------------------------------------------------------------------


def boilerplate(blocks: Sequence[Block], hints: Mapping[str, str]) -> list[str | None]:
    """For each block the class of boilerplate it belongs to, or None for the document's own words.

    `hints["title"]`, where the file itself gives its title, is never boilerplate.
    """
    title = _fold(hints.get("title", ""))
    found = [_own_kind(block, title) for block in blocks]
    _teasers(blocks, found)
    _menu_runs(blocks, found, title)
    if _is_scraped(found):
        _menus(blocks, found)
        _by_shape(blocks, found, title)
        _repeated(blocks, found)
    return found


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _own_kind(block: Block, title: str) -> str | None:
    if block.furniture:
        return "page_furniture"
    if "\t" in block.raw or (title and _fold(block.text) == title):
        return None
    if block.lines > 3:
        return None
    if block.text.startswith(("# ", "## ", "###")):
        return None
    name = kind(block.text)
    if name is None or name in EVEN_IN_ITEMS:
        return name
    return None if starts(block.text) in ("speaker", "clause", "caption") else name


def _teasers(blocks: Sequence[Block], found: list[str | None]) -> None:
    """Label the short lines below "related articles" and "most read", down to the next prose."""
    inside: str | None = None
    for index, block in enumerate(blocks):
        if found[index] in HEADS:
            inside = found[index]
            continue
        if inside is None or found[index] is not None:
            continue
        headed = index > 0 and found[index - 1] is not None
        if (block.gap and not (headed and _is_item(block))) or not _is_teaser(block):
            inside = None
        else:
            found[index] = inside


def _is_item(block: Block) -> bool:
    return starts(block.text) == "item"


def _is_teaser(block: Block) -> bool:
    finished = ends_sentence(block.text) and not block.text.endswith(("?", "？", "!", "！", "…"))
    return not finished and width(block.text) <= 2 * SHORT and _is_item(block)


def _is_scraped(found: Sequence[str | None]) -> bool:
    marks = Counter(name for name in found if name is not None and name not in NEUTRAL)
    marks.pop("page_furniture", None)
    return sum(marks.values()) >= STRONG_IN_SCRAPED and len(marks) >= 2


def _menu_runs(blocks: Sequence[Block], found: list[str | None], title: str) -> None:
    """Label long runs of short lines that hold words of menus: what a page's navigation becomes as text.

    A long run beside such a run is part of it, whatever its words. A text that shows no other sign of a page
    is a form or a list, and keeps its lines.
    """
    if not any(name is not None and name not in NEUTRAL and name != "page_furniture" for name in found):
        return
    labelled_to = -RUN
    for run in _runs(blocks, found):
        beside = run[0] - labelled_to <= 3
        if beside or sum(_is_menu_word(blocks[i].text) for i in run) >= WORDS_IN_RUN:
            _label_run(blocks, found, run, title)
            labelled_to = run[-1]


def _runs(blocks: Sequence[Block], found: Sequence[str | None]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for index, block in enumerate(blocks):
        if _is_entry(block, found[index]):
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= RUN]


def _is_entry(block: Block, name: str | None) -> bool:
    short = block.lines == 1 and width(block.text) <= SHORT and "\t" not in block.raw
    return short and name in (None, *MENUS) and not ends_sentence(block.text) and not block.furniture


def _is_menu_word(text: str) -> bool:
    folded = text.casefold().strip(BRACKETS + "•·-–* ")
    return folded in _terms(_language(folded)).menu


def _label_run(blocks: Sequence[Block], found: list[str | None], run: Sequence[int], title: str) -> None:
    """Label a run but for its headline: the title the file gives, or the last line that could be one."""
    tail = [i for i in run[-3:] if starts(blocks[i].text) is None and not _is_menu_word(blocks[i].text)]
    wide = max((width(blocks[i].text) for i in tail), default=0)
    for index in run:
        heads = title and _fold(blocks[index].text) in title and width(blocks[index].text) >= 16
        if heads or (not title and wide >= 24 and index in tail and width(blocks[index].text) == wide):
            continue
        found[index] = found[index] or "menu"


def _menus(blocks: Sequence[Block], found: list[str | None]) -> None:
    """Label single words of a menu, one a line, as a page without tags shows them."""
    for index, block in enumerate(blocks):
        if found[index] is None and width(block.text) <= 40 and _is_menu_word(block.text):
            found[index] = "menu"


def _repeated(blocks: Sequence[Block], found: list[str | None]) -> None:
    """Label short lines without the end of a sentence that come back three times or more."""
    texts = Counter(block.text for block in blocks if width(block.text) <= SHORT)
    for index, block in enumerate(blocks):
        if found[index] is None and texts[block.text] > 2 and _is_loose(block):
            found[index] = "repeated"


def _is_loose(block: Block) -> bool:
    """A short line that is no sentence, item, clause, caption, turn of speech or row of a table."""
    return (
        block.lines <= 2
        and width(block.text) <= 2 * SHORT
        and not ends_sentence(block.text)
        and "\t" not in block.raw
        and (starts(block.text) is None or block.text[0] in POINTERS)
    )


def _by_shape(blocks: Sequence[Block], found: list[str | None], title: str) -> None:
    """Decide over the loose lines of a scraped page by what they share with its prose."""
    prose = [index for index, block in enumerate(blocks) if found[index] is None and _is_prose(block)]
    if not prose:
        return
    words = _words(" ".join(blocks[index].text for index in prose)[:20000])
    loose = [i for i, block in enumerate(blocks) if found[i] is None and _is_loose(block)]
    kin = {i: likeness(blocks[i].text, words) for i in loose}
    heading = _headline([i for i in loose if i < prose[0]], kin, blocks, found, title)
    for index in loose:
        enough = 0.5 if index < prose[0] or index > prose[-1] else 0.3
        if index != heading and kin[index] < enough and not _heads_prose(blocks, found, index):
            found[index] = "loose"


def _is_prose(block: Block) -> bool:
    return width(block.text) >= PROSE and ends_sentence(block.text)


def _heads_prose(blocks: Sequence[Block], found: Sequence[str | None], index: int) -> bool:
    """A line without figures or bars between two paragraphs: a heading inside the article."""
    if index == 0 or index + 1 >= len(blocks) or found[index - 1] is not None:
        return False
    plain = not NUMBER_OR_BAR.search(blocks[index].text)
    return plain and _is_prose(blocks[index - 1]) and found[index + 1] is None and _is_prose(blocks[index + 1])


def _headline(
    candidates: Sequence[int],
    kin: Mapping[int, float],
    blocks: Sequence[Block],
    found: Sequence[str | None],
    title: str,
) -> int | None:
    """The loose line before the prose that is most like a headline of it, if there is one."""
    for index in candidates:
        if title and _fold(blocks[index].text) in title:
            return index

    def score(index: int) -> tuple[float, int]:
        beside_stamp = any(name in ("stamp", "byline", "counter") for name in found[index + 1 : index + 3])
        entries = len(segments(blocks[index].text)) > 1
        return kin[index] + 0.2 * beside_stamp - 0.5 * entries, index

    return max((i for i in candidates if width(blocks[i].text) >= 16), key=score, default=None)


def _words(text: str) -> frozenset[str]:
    folded = text.casefold()
    found = set(LATIN_WORD.findall(folded))
    for run in CJK_RUN.findall(folded):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def likeness(text: str, words: frozenset[str]) -> float:
    """Share of the words (Latin script) and character pairs (Hangul, Han) of a line that are in `words`."""
    own = _words(text)
    return len(own & words) / len(own) if own else 0.0
