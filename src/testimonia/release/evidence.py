"""One coding with everything a reader needs to find it again: file, page, characters, words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from testimonia.model import Coding, Document, Origin, OriginGraph, Passage
from testimonia.release.locating import Pages, Sentences

__all__ = ["ESTABLISHING", "LEGAL", "Evidence", "gather"]

CONTEXT = 90
ESTABLISHING = frozenset({"reported", "reported_quote", "testimony", "court_found", "historical", "derived"})
LEGAL = frozenset({"legal_norm"})
_NORMS = frozenset({"legal_norm", "required", "policy"})
_DROPPED = frozenset({"rejected", "superseded"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """A coding and its place: `row` is its row number in the CSV of its kind, counted from 1, `id` its own id.

    `passage` and `sentence` are start offsets that two codings share when they stand in the same passage or
    sentence. `legal` says that the document lays down rules rather than tells events, or that a law is its origin.
    """

    coding: Coding
    id: str
    file_sha256: str
    path: str
    page: str | None
    page_kind: str
    language: str
    role: str
    damaged: bool
    legal: bool
    before: str
    after: str
    passage: tuple[str, int]
    sentence: tuple[str, int]
    row: int
    origin: Origin | None

    @property
    def dropped(self) -> bool:
        """Whether a person rejected it or a later coding took its place."""
        return self.coding.state in _DROPPED


def gather(documents: Sequence[Document], graph: OriginGraph) -> tuple[Evidence, ...]:
    """Return every coding of `documents` with its place, in the order of the documents and their text."""
    origins = {origin.id: origin for origin in graph.origins}
    rows: dict[str, int] = {}
    return tuple(e for d in documents for e in _of_document(d, origins, graph.of_coding, rows))


@dataclass(frozen=True, slots=True)
class _Places:
    """What is the same for all codings of a document."""

    document: Document
    pages: Pages
    sentences: Sentences
    legal: bool


def _of_document(
    document: Document, origins: Mapping[str, Origin], of_coding: Mapping[str, str], rows: dict[str, int]
) -> Iterator[Evidence]:
    places = _Places(
        document, Pages(document.pages), Sentences(document.text), _lays_down_rules(document.codings)
    )
    starts = [passage.start for passage in document.passages]
    for coding in document.codings:
        rows[coding.kind] = rows.get(coding.kind, 0) + 1
        passage = _holding(document.passages, starts, coding.start)
        id_ = coding.id
        origin = origins.get(of_coding.get(id_, ""))
        yield _evidence(places, coding, id_, passage, origin, rows[coding.kind])


def _evidence(
    places: _Places, coding: Coding, id_: str, passage: Passage | None, origin: Origin | None, row: int
) -> Evidence:
    document = places.document
    page = places.pages.at(coding.start)
    low, high = (passage.start, passage.end) if passage else (0, len(document.text))
    return Evidence(
        coding=coding,
        id=id_,
        file_sha256=document.file_sha256,
        path=document.paths[0] if document.paths else document.file_sha256[:12],
        page=page.label if page and page.kind != "file" else None,
        page_kind=page.kind if page else "file",
        language=passage.language if passage else "und",
        role=passage.role if passage else "body",
        damaged=bool(passage and "damaged_text" in passage.flags),
        legal=places.legal or (origin is not None and origin.kind == "law"),
        before=_tidy_before(document.text[max(low, coding.start - CONTEXT) : coding.start], coding.start > low),
        after=_tidy_after(document.text[coding.end : min(high, coding.end + CONTEXT)], coding.end < high),
        passage=(document.file_sha256, low),
        sentence=(document.file_sha256, places.sentences.start(low, high, coding.start)),
        row=row,
        origin=origin,
    )


def _holding(passages: Sequence[Passage], starts: Sequence[int], offset: int) -> Passage | None:
    index = bisect_right(starts, offset) - 1
    return passages[index] if index >= 0 and passages[index].start <= offset < passages[index].end else None


def _tidy_before(text: str, cut: bool) -> str:
    """Return the words before a quote; where they are cut, from the start of a word if the script has spaces."""
    if not cut or len(text) < CONTEXT:
        return " ".join(text.split()) + _space(text[-1:])
    _, gap, rest = text.partition(" ")
    kept = rest if gap and len(rest) > CONTEXT // 2 else text
    return "…" + " ".join(kept.split()) + _space(text[-1:])


def _tidy_after(text: str, cut: bool) -> str:
    if not cut or len(text) < CONTEXT:
        return _space(text[:1]) + " ".join(text.split())
    rest, gap, _ = text.rpartition(" ")
    kept = rest if gap and len(rest) > CONTEXT // 2 else text
    return _space(text[:1]) + " ".join(kept.split()) + "…"


def _space(character: str) -> str:
    return " " if character.isspace() else ""


def _lays_down_rules(codings: Iterable[Coding]) -> bool:
    """A statute, decree or notice: at least three acts, measures and figures, most of them norms."""
    weighed = [c for c in codings if c.kind in ("act", "measure", "figure") and c.state not in _DROPPED]
    norms = sum(c.modality in _NORMS for c in weighed)
    return len(weighed) >= 3 and 2 * norms > len(weighed)
