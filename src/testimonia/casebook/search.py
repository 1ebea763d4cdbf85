"""Full-text search: the index proposes passages, the text decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from testimonia.casebook.database import Database, Row
from testimonia.casebook.query import Query, parse
from testimonia.casebook.rows import unword
from testimonia.casebook.values import Hit

__all__ = ["search"]

AROUND = 60  # characters of a snippet before and after what was found


def search(database: Database, text: str, limit: int, offset: int) -> list[Hit]:
    """The passages that answer a query, in the order in which they were read in; at most `limit`."""
    query = parse(text)
    if not query.wanted or limit <= 0:
        return []
    with database.snapshot():
        places = _Places(database)
        found = islice(_answers(database, query), offset, offset + limit)
        return [_hit(places, *answer) for answer in found]


Spans = tuple[tuple[int, int], ...]


def _answers(database: Database, query: Query) -> Iterator[tuple[str, int, int, str, Spans]]:
    """File, start, end, text and spans of each passage that answers."""
    proposed = database.stream(
        'SELECT file_sha256, start, "end", text FROM passage_words JOIN passage ON passage.id = '
        "passage_words.rowid WHERE passage_words MATCH ? ORDER BY passage_words.rowid",
        (query.proposal,),
    )
    for file_sha256, start, end, words in proposed:
        text = unword(words)
        spans = query.spans(text)
        if spans:
            yield file_sha256, start, end, text, spans


class _Places:
    """Rendering, path and pages of the files of one search, each looked up once."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._files: dict[str, tuple[str, str, list[int], list[Row]]] = {}

    def of(self, file_sha256: str, offset: int) -> tuple[str, str, str | None]:
        """Rendering and path of a file, and the label of the page that an offset lies on."""
        if file_sha256 not in self._files:
            self._files[file_sha256] = self._look_up(file_sha256)
        rendering, path, starts, pages = self._files[file_sha256]
        index = bisect_right(starts, offset) - 1
        on_page = index >= 0 and offset < pages[index][1]
        return rendering, path, unword(pages[index][2]) if on_page else None

    def _look_up(self, file_sha256: str) -> tuple[str, str, list[int], list[Row]]:
        rendering, path = self._db.rows(
            "SELECT rendering, (SELECT path FROM arrival WHERE file_sha256 = ?1 ORDER BY id LIMIT 1) "
            "FROM reading WHERE file_sha256 = ?1",
            (file_sha256,),
        )[0]
        pages = self._db.rows(
            'SELECT start, "end", label FROM page WHERE file_sha256 = ? AND "end" > start '
            "AND kind <> 'file' ORDER BY start",
            (file_sha256,),
        )
        return rendering, unword(path) or "", [page[0] for page in pages], pages


def _hit(places: _Places, file_sha256: str, start: int, end: int, text: str, spans: Spans) -> Hit:
    rendering, path, page = places.of(file_sha256, start + spans[0][0])
    return Hit(
        file_sha256=file_sha256,
        rendering_sha256=rendering,
        path=path,
        page=page,
        start=start,
        end=end,
        spans=tuple((start + first, start + last) for first, last in spans),
        snippet=_snippet(text, *spans[0]),
    )


def _snippet(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return before + " ".join(text[first:last].split()) + after
