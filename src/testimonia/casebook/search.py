"""Full-text search: the index proposes passages, the text decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from testimonia.casebook.database import Database, Row
from testimonia.casebook.narrowing import Condition, restrict
from testimonia.casebook.query import Query, parse
from testimonia.casebook.rows import unword
from testimonia.casebook.values import Hit

__all__ = ["Answer", "Answers", "find", "search"]

Spans = tuple[tuple[int, int], ...]
HELD = 262_144  # KiB of pages held while somebody searches: all that 100,000 passages need
AROUND = 60  # characters of a snippet before and after what was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A passage that answers a search: its place and text, and the spans in the rendering that hold the words.

    There are no spans where nothing but conditions was asked for. `path` is the first of the file, `page` the label
    of the page, if any.
    """

    file_sha256: str
    path: str
    page: str | None
    start: int
    end: int
    text: str
    role: str
    language: str
    damaged: bool
    spans: Spans


@dataclass(frozen=True, slots=True)
class Answers:
    """Some of the passages that answer a search, and how many do; `more` where the counting was left off there."""

    passages: tuple[Answer, ...]
    number: int
    more: bool


def find(
    database: Database, text: str, conditions: Sequence[Condition], *, limit: int, offset: int, most: int
) -> Answers:
    """The passages that answer a query and meet conditions, in the order in which they were read in.

    Gives `limit` of them after the first `offset`, and counts them up to `most`. An empty query asks for conditions
    alone; one that has only words that must be absent, or nothing that can be searched for, too.
    """
    query = parse(text)
    last = max(most, offset + limit)
    database.hold_pages(HELD)
    with database.snapshot():
        where, values = restrict(database, conditions, _in_question(database, query)) if conditions else ("", [])
        places, page, number = _Places(database), [], 0
        for row, spans in _narrowed(database, query, where, values):
            number += 1
            if number > last:
                break
            if offset < number <= offset + limit:
                page.append(_answer(places, row, spans))
    return Answers(tuple(page), min(number, last), number > last)


def _in_question(database: Database, query: Query) -> int:
    """How many passages the index proposes for a query; all, where it has no word that must be there."""
    if not query.wanted:
        return database.number("SELECT count(*) FROM passage")
    return database.number("SELECT count(*) FROM passage_words WHERE passage_words MATCH ?", (query.proposal,))


COLUMNS = (
    'passage.file_sha256, passage.start, passage."end", passage.text, passage.role, passage.language, passage.flags'
)


def _narrowed(database: Database, query: Query, where: str, values: list[str]) -> Iterator[tuple[Row, Spans]]:
    if not query.wanted:
        rows = database.stream(
            f"SELECT {COLUMNS} FROM passage WHERE passage.file_sha256 NOT IN (SELECT file_sha256 FROM list_file) "  # noqa: S608 - constants
            f"{where} ORDER BY passage.id",
            values,
        )
        absent = query.unwanted
        return ((row, ()) for row in rows if not (absent and query.forbids(unword(row[3]))))
    rows = database.stream(
        f"SELECT {COLUMNS} FROM passage_words CROSS JOIN passage ON passage.id = passage_words.rowid "  # noqa: S608 - constants
        f"WHERE passage_words MATCH ? {where} ORDER BY passage_words.rowid",
        [query.proposal, *values],
    )
    return ((row, spans) for row in rows if (spans := query.spans(unword(row[3]))))


def _answer(places: _Places, row: Row, spans: Spans) -> Answer:
    file_sha256, start, end, text, role, language, flags = row
    _, path, page = places.of(file_sha256, start + (spans[0][0] if spans else 0))
    return Answer(
        file_sha256=file_sha256,
        path=path,
        page=page,
        start=start,
        end=end,
        text=unword(text),
        role=role,
        language=language,
        damaged="damaged_text" in flags,
        spans=tuple((start + first, start + last) for first, last in spans),
    )


def search(database: Database, text: str, limit: int, offset: int) -> list[Hit]:
    """The passages that answer a query, in the order in which they were read in; at most `limit`."""
    query = parse(text)
    if not query.wanted or limit <= 0:
        return []
    with database.snapshot():
        places = _Places(database)
        found = islice(_answers(database, query), offset, offset + limit)
        return [_hit(places, *answer) for answer in found]


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
