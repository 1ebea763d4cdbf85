"""Public officials and authors who are named with a title, and the roles of UN mandate holders and leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from testimonia import vocabulary
from testimonia.coding.english.reading import Reading, Term

__all__ = ["find_persons", "terms"]

_NAME = re.compile(
    r"(?:\s(?:of|for|on)\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:(?:and|in|of)\s(?:the\s)?)?[A-Z][\w’'-]+){0,6}?)??\s"
    r"([A-ZÀ-Þ][\wŏŭ’'-]*[a-zà-ÿ](?:\s(?:[A-Z]\.|bin|al|van|de|von|da|Al"
    r"|El))?(?:[\s-][A-ZÀ-Þ][\wŏŭ’'-]*[a-zà-ÿ]){1,2})\b"
)
_NOT_NAME = re.compile(
    r"(?:The|In|On|United|North|South|Human|Foreign|Public|General|National|International|Ministry"
    r"|Department|Council|State|Party|New|Security|Affairs"
    r"|People|Republic|Committee|Commission|Court|Police|Justice|Hong|Sri|El|San|World|Supreme|Central"
    r"|Unification|Labor|Labour|Prime|Vice|Deputy"
    r"|Amnesty|Radio|Special|High|Secretary|Minister|President)\b"
)


def terms() -> Iterator[Term]:
    """Titles, and leaders known without one."""
    for row in vocabulary.rows("en/titles"):
        yield Term(row["form"], "title", row["role"], "title" if row["form"][0].isupper() else "")
    for row in vocabulary.rows("en/roles"):
        yield Term(row["form"], "role", row["role"], "title" if row["form"][0].isupper() else "")
    for row in vocabulary.rows("en/public_persons"):
        yield Term(row["form"], "leader", None, "title")


def find_persons(reading: Reading) -> list[tuple[int, int, str]]:
    """Spans of names with the role of their bearer, in text order."""
    found = {(s, e): "head of state or UN body" for s, e, _ in reading.found.get("leader", ())}
    for _, end, term in reading.found.get("title", ()):
        match = _NAME.match(reading.text, end)
        if (
            match
            and not _NOT_NAME.match(match[1])
            and not any(s < match.end(1) and match.start(1) < e for s, e in found)
        ):
            found[match.span(1)] = term.data
    return sorted((s, e, role) for (s, e), role in found.items())
