"""Named laws, treaties and resolutions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from testimonia import vocabulary
from testimonia.coding.english.reading import Reading, Term

__all__ = ["find_laws", "terms"]

_CAP = r"(?:[A-ZÀ-Þ\[][\w’'./&\]-]*)"
_LEFT = re.compile(
    rf"((?:(?:Article|Articles|Section|article|section)\s[\dIVXLC]+(?:\(\w\))*(?:,?\s(?:and|paragraph"
    rf"|para)\s\w+)*\sof\s(?:the\s)?)?"
    rf"(?:(?:19|20)\d\d\s)?(?:{_CAP}\s(?:(?:and|of|on|the|for|against|to)\s){{0,2}}){{0,8}})$"
)
_RIGHT = re.compile(
    rf"(?:\s(?:of|on|for|against|to|[Rr]elating\sto|[Cc]oncerning|[Rr]egarding|[Gg]overning|in)\s(?:the\s"
    rf"|All\s)?(?:{_CAP})"
    rf"(?:(?:,?\s(?:and|or|of|the|on|in|to|for|against|by|other|Other"
    rf"|from)){{0,3}}\s{_CAP}){{0,14}})?(?:\s(?:of\s)?(?:19|20)\d\d\b|\s\d{{3,5}}\b(?:\s\((?:19"
    rf"|20)\d\d\))?)?"
)
_STRIP = re.compile(
    r"(?:The|A|An|In|On|Under|By|For|And|But|This|That|Despite|Although|While|When|Its|Their|According|to"
    r"|of|the|and|on|for|against|These|Those|Since|As|If|After|Before|Both|Several|Some|No)\s"
)
_BARE = re.compile(
    r"\[?(?:Act|Acts|Law|Laws|Code|Convention|Protocol|Treaty|Constitution|Resolution|Regulations"
    r"|Declaration|Agreement|Rules|Provisions|Measures|Bill|Decree|Directive|Principles|Charter|Statute"
    r"|Amendment)\]?$"
)


def terms() -> Iterator[Term]:
    """The heads of laws' names."""
    for row in vocabulary.rows("en/law_heads"):
        yield Term(row["form"], "lawhead", None, "title")


def find_laws(reading: Reading) -> list[tuple[int, int]]:
    """Spans of named laws, in text order."""
    text = reading.text
    found: list[tuple[int, int]] = []
    for start, end, _ in reading.found.get("lawhead", ()):
        if found and start < found[-1][1]:
            continue
        left = _LEFT.search(text, max(0, start - 120), start)
        edge = left.start() if left else start
        while (match := _STRIP.match(text, edge)) and edge < start:
            edge = match.end()
        edge = _after_possessive(text, edge, start)
        right = _RIGHT.match(text, end)
        stop = right.end() if right else end
        while text[stop - 1] in ".,;":
            stop -= 1
        if not _BARE.match(text[edge:stop]):
            found.append((edge, stop))
    return found


def _after_possessive(text: str, edge: int, start: int) -> int:
    cut = list(re.finditer(r"[’']s\s", text[edge:start]))
    return edge + cut[-1].end() if cut and text[edge:start].split()[0][0].isupper() else edge
