"""What is passed on: words that look back at what was just told, a page that is cited for what it cites itself,
and a body that tells of its own count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from testimonia.model import Coding, Document

__all__ = ["counts_itself", "looks_back", "passed_on"]

BACK = re.compile(r"(?:이같이|이와 같이|이렇게|이 같은 (?:내용|사실|결과)[을를]) ?(?:밝|말|전|설명|발표|주장|보고)")
NEXT = 240  # characters after a figure in which the words that look back at it may stand
COUNTING = re.compile(
    r"(?:counted|interviewed|recorded|documented|surveyed|집계했|집계한|면담했|조사했|기록했|统计|統計|访谈|訪談|记录了|記錄了)"
)
Figure = tuple[float | str | None, float | None, float | None, str | None]


def looks_back(text: str, end: int) -> int | None:
    """Return where the sentence after the one that ends behind `end` says that its speaker told the one before.

    「…412명이라는 조사 결과가 나왔다. …는 이같이 밝혔다.」 The look goes no further than the paragraph.
    """
    paragraph = text[end : end + NEXT].partition("\n")[0]
    first = re.search(r"[.!?](?=\s)", paragraph)
    if first is None:
        return None
    second = paragraph[first.end() :]
    found = BACK.search(second)
    if found is None or re.search(r"[.!?](?=\s)", second[: found.start()]):
        return None
    return end + first.end() + found.start()


def counts_itself(document: Document, name: str) -> bool:
    """Whether a document says of the body that publishes it that it counted, interviewed or recorded."""
    said = re.compile(re.escape(name) + r"[’'”\"」』]?(?:은|는|이|가)?[^.。!?\n]{0,60}?" + COUNTING.pattern)
    return any(said.search(p.text) for p in document.passages if p.role in ("body", "quote"))


def passed_on(
    documents: Sequence[Document],
    own: Sequence[str],
    of_coding: Mapping[str, str],
    same: Callable[[str], str],
    press: Set[str],
) -> list[tuple[Document, Coding, str]]:
    """Figures said to come from a paper whose own text gives them to somebody else, with the key of that one.

    A letter says that a paper wrote "56 women"; the paper's page says that a shelter counted 56 women: the
    shelter answers for both. `own` is the key of each document's own origin, `same` what stands for a key,
    `press` the keys of those that pass on what others count.
    """
    told: dict[tuple[str, Figure], set[str]] = defaultdict(set)
    for document, key in zip(documents, own, strict=True):
        for coding in _figures(document):
            told[same(key), _value(coding)].add(same(of_coding.get(coding.id, key)))
    found = []
    for document, key in zip(documents, own, strict=True):
        home = same(key)
        for coding in _figures(document):
            cited = same(of_coding.get(coding.id, home))
            others = told.get((cited, _value(coding)), set()) - {cited}
            if cited != home and cited in press and len(others) == 1:
                (behind,) = others
                if behind.startswith("name:"):
                    found.append((document, coding, behind))
    return found


def _figures(document: Document) -> Iterator[Coding]:
    return (c for c in document.codings if c.kind == "figure" and c.value_status not in ("lost", "verbal"))


def _value(coding: Coding) -> Figure:
    return coding.value, coding.min, coding.max, coding.unit
