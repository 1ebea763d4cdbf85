"""What can be done inside one act. Each act is one transaction with one entry in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from testimonia.casebook import judgements, lists, matches, reader, rows
from testimonia.casebook.database import Database
from testimonia.casebook.index import index_file, unindex_file
from testimonia.casebook.log import check_code, check_pseudonym, now
from testimonia.casebook.measuring import Measuring
from testimonia.casebook.narrowing import mark_seen
from testimonia.casebook.objects import ObjectStore
from testimonia.casebook.seals import Unit
from testimonia.casebook.values import (
    BLIND,
    PERSON,
    Arrival,
    Collection,
    Decision,
    ListFile,
    ListProblem,
    PairVerdict,
)
from testimonia.model import Coding, OriginGraph, Page, Part, Passage, Reading, State

__all__ = ["CORRECTABLE", "SourceKind", "Writer"]

SourceKind = Literal["survivor", "witness", "relative", "official", "publisher", "document"]
CORRECTABLE = frozenset(
    ("code", "value", "min", "max", "unit", "comparator", "value_status", "modality", "polarity", "basis")
)


class Writer(Measuring):
    """The hand that writes during one act (`Casebook.act`). Every method may be repeated without harm."""

    def __init__(self, database: Database, objects: ObjectStore, who: str) -> None:
        self._db = database
        self._objects = objects
        self._who = who
        self._touched: dict[Unit, None] = {}
        self._new_objects: list[str] = []

    @property
    def touched(self) -> Iterable[Unit]:
        """The units of content that this act has written, in the order in which it did."""
        return self._touched

    def undo_files(self) -> None:
        """Remove the stored files of an act that did not happen."""
        for name in self._new_objects:
            self._objects.discard(name)

    def _touch(self, *unit: str | bytes) -> None:
        self._touched[unit] = None

    # Intake --------------------------------------------------------------------------------------------

    def preserve(self, data: bytes, *, media_type: str | None = None, parent: str | None = None) -> str:
        """Keep the bytes of a file; gives their SHA-256. The same bytes are the same item, kept once.

        `parent` is the SHA-256 of the file these bytes were found in. The stored file is on the disk before
        the database refers to it.
        """
        file_sha256 = sha256(data).hexdigest()
        if self._db.one("SELECT 1 FROM item WHERE file_sha256 = ?", (file_sha256,)):
            return file_sha256
        name = self._objects.name(file_sha256)
        self._new_objects.append(name)
        wrapped = self._objects.write(name, data)
        self._db.run(
            "INSERT INTO item (file_sha256, bytes, media_type, parent, received_at, received_by, object, "
            "wrapped_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (file_sha256, len(data), media_type, parent, now(), self._who, name, wrapped),
        )
        self._touch("item", file_sha256)
        return file_sha256

    def arrive(self, arrival: Arrival) -> None:
        """Write what came of a path into the ledger. The same bytes at the same path keep their row.

        Other bytes at that path are another row; bytes take the place of a failure to get any.
        """
        if arrival.file_sha256 is not None:
            self._db.run("DELETE FROM arrival WHERE path = ? AND file_sha256 IS NULL", (rows.key(arrival.path),))
        self._db.run(
            "INSERT INTO arrival (path, file_sha256, bytes, media_type, outcome, pages, characters, "
            "languages, flags, reason, remedy, parent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (path, ifnull(file_sha256, '')) DO UPDATE SET bytes = excluded.bytes, "
            "media_type = excluded.media_type, outcome = excluded.outcome, pages = excluded.pages, "
            "characters = excluded.characters, languages = excluded.languages, flags = excluded.flags, "
            "reason = excluded.reason, remedy = excluded.remedy, parent = excluded.parent",
            rows.arrival_row(arrival),
        )
        self._touch("arrival", rows.key(arrival.path))

    def reading(self, file_sha256: str, reading: Reading, *, searchable: bool = True) -> str:
        """Keep how a preserved file was read, in place of an earlier reading; gives the rendering's SHA-256.

        Children are not kept here: they are files of their own. What is not `searchable` (a list of people) is not
        put into the search index. Raises ValueError when a passage or a page does not lie in the text, and nothing
        of the act is kept then.
        """
        _check_reading(file_sha256, reading)
        rendering = self._rendering(reading.text)
        self._db.run(
            "INSERT INTO reading (file_sha256, rendering, media_type, outcome, reason, remedy, flags, tool, "
            "tool_version, parameters, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (file_sha256) DO UPDATE SET rendering = excluded.rendering, media_type = "
            "excluded.media_type, outcome = excluded.outcome, reason = excluded.reason, remedy = "
            "excluded.remedy, flags = excluded.flags, tool = excluded.tool, tool_version = "
            "excluded.tool_version, parameters = excluded.parameters, metadata = excluded.metadata",
            rows.reading_row(file_sha256, rendering, reading),
        )
        self._pages(file_sha256, reading.pages)
        self._passages(file_sha256, reading.passages, searchable)
        self._touch("reading", file_sha256)
        return rendering

    def _rendering(self, text: str) -> str:
        data = rows.pack(text)
        rendering = sha256(data).hexdigest()
        self._db.run("INSERT INTO rendering VALUES (?, ?) ON CONFLICT DO NOTHING", (rendering, data))
        return rendering

    def _pages(self, file_sha256: str, pages: Iterable[Page]) -> None:
        self._db.run("DELETE FROM page WHERE file_sha256 = ?", (file_sha256,))
        self._db.many(
            'INSERT INTO page (file_sha256, number, start, "end", label, kind, verdict, reason) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (rows.page_row(file_sha256, index, page) for index, page in enumerate(pages)),
        )

    def _passages(self, file_sha256: str, passages: Sequence[Passage], searchable: bool) -> None:
        """Where the words are the same as before, the index is left as it is: changing it takes long."""
        before = self._db.rows("SELECT text FROM passage WHERE file_sha256 = ? ORDER BY number", (file_sha256,))
        if [rows.unword(row[0]) for row in before] == [passage.text for passage in passages]:
            self._db.many(
                'UPDATE passage SET start = ?3, "end" = ?4, role = ?6, language = ?7, flags = ?8 '
                "WHERE file_sha256 = ?1 AND number = ?2 AND text = ?5",
                (rows.passage_row(file_sha256, index, passage) for index, passage in enumerate(passages)),
            )
            return
        unindex_file(self._db, file_sha256)
        self._db.run("DELETE FROM passage WHERE file_sha256 = ?", (file_sha256,))
        self._db.many(
            'INSERT INTO passage (file_sha256, number, start, "end", text, role, language, flags) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (rows.passage_row(file_sha256, index, passage) for index, passage in enumerate(passages)),
        )
        if searchable:
            index_file(self._db, file_sha256)

    # Coding --------------------------------------------------------------------------------------------

    def codings(
        self,
        rendering_sha256: str,
        coder: str,
        codings: Iterable[Coding],
        *,
        refused: Mapping[str, int] | None = None,
    ) -> None:
        """Keep what a coder proposes for a rendering, in place of what it proposed before.

        What a person has reviewed stays, proposed again or not. `refused` counts by reason what the gate
        turned away. Raises KeyError for a rendering that is not here, and ValueError for a value that is not
        a finite number or a quote that does not stand at its place; nothing of the act is kept then.
        """
        text = reader.text(self._db, rendering_sha256)
        kept, first = self._drop_suggestions(rendering_sha256, coder)
        new = (coding for coding in _bound(codings, rendering_sha256, text) if coding.id not in kept)
        self._db.many(
            rows.INSERT_CODING,
            (rows.coding_row(rendering_sha256, coder, first + i, coding) for i, coding in enumerate(new)),
        )
        self._db.many(
            "INSERT INTO refused VALUES (?, ?, ?, ?)",
            ((rendering_sha256, coder, reason, count) for reason, count in (refused or {}).items()),
        )
        self._touch("codings", rendering_sha256, coder)

    def _drop_suggestions(self, rendering: str, coder: str) -> tuple[frozenset[str], int]:
        self._db.run(
            "DELETE FROM coding WHERE rendering = ?1 AND coder = ?2 AND coder_version NOT IN (?3, ?4) AND NOT EXISTS "
            "(SELECT 1 FROM review WHERE review.rendering = ?1 AND review.coding = coding.coding)",
            (rendering, coder, PERSON, BLIND),
        )
        self._db.run("DELETE FROM refused WHERE rendering = ? AND coder = ?", (rendering, coder))
        kept = self._db.rows("SELECT coding, number FROM coding WHERE rendering = ? AND coder = ?", (rendering, coder))
        return frozenset(row[0] for row in kept), max((row[1] for row in kept), default=-1) + 1

    def review(
        self,
        coding: Coding,
        state: State,
        *,
        changes: Mapping[str, str | float | None] | None = None,
        seconds: float | None = None,
        blind: bool = False,
        back: int | None = None,
    ) -> int:
        """Add a person's decision on a coding; the last one counts. Decisions are never changed or removed.

        `changes` gives the fields a correction sets (`CORRECTABLE`), `seconds` how long she looked, and `blind` says
        that no suggestion was shown. With `back`, the number of a review of hers, she takes that back, and `state` is
        what stands without it. Gives the number of the review. Raises ValueError for any other field.
        """
        wrong = set(changes or {}) - CORRECTABLE
        if wrong or bool(changes) != (state == "corrected"):
            raise ValueError(f"A review of {coding.id} as {state} cannot change {sorted(wrong) or 'these fields'}.")
        before = {field: getattr(coding, field) for field in changes or {}}
        if back is not None:
            before[judgements.BACK] = back
        self._db.run(
            'INSERT INTO review (rendering, coding, kind, start, "end", who, at, state, before, after, '
            "seconds, "
            "blind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                coding.rendering_sha256,
                coding.id,
                coding.kind,
                coding.start,
                coding.end,
                self._who,
                now(),
                state,
                rows.to_json(before),
                rows.to_json(dict(changes or {})),
                seconds,
                int(blind),
            ),
        )
        review = int(self._db.connection.last_insert_rowid())
        self._touch("review", str(review))
        return review

    def own(self, coding: Coding, *, seconds: float | None = None, blind: bool = False) -> tuple[Coding, int]:
        """Keep a coding that this person made, accepted by her; gives it with its id, and the number of the review.

        It stands beside all that she made before, and no coder that proposes takes its place. What was made `blind`
        is read by `judgements` only. Raises KeyError, ValueError as `codings` does, and NotKept where her pseudonym is
        the name of a coder that proposes.
        """
        text = reader.text(self._db, coding.rendering_sha256)
        (bound,) = _bound((coding,), coding.rendering_sha256, text)
        kept = judgements.insert_own(self._db, bound, self._who, blind=blind)
        self._touch("codings", coding.rendering_sha256, self._who)
        return kept, self.review(kept, "accepted", seconds=seconds, blind=blind)

    # Sources and origins -------------------------------------------------------------------------------

    def source(
        self, pseudonym: str, kind: SourceKind, *, derives_from: str | None = None, items: Iterable[str] = ()
    ) -> None:
        """Name a source by a pseudonym, and the items (by SHA-256) that come from it."""
        self._db.run(
            "INSERT INTO source VALUES (?, ?, ?) ON CONFLICT (pseudonym) DO UPDATE SET kind = excluded.kind, "
            "derives_from = excluded.derives_from",
            (check_pseudonym(pseudonym), kind, derives_from),
        )
        self._touch("source", pseudonym)
        for file_sha256 in items:
            self._db.run("UPDATE item SET source = ? WHERE file_sha256 = ?", (pseudonym, file_sha256))
            self._touch("item", file_sha256)

    def consent(self, source: str, scope: str, state: str, *, audience: str | None = None) -> None:
        """Record what a source has agreed to. Scopes and states are codes."""
        self._db.run(
            "INSERT INTO consent (source, scope, state, audience) VALUES (?, ?, ?, ?)",
            (source, check_code(scope), check_code(state), audience),
        )
        self._touch("consent", str(self._db.connection.last_insert_rowid()))

    def origins(self, graph: OriginGraph) -> None:
        """Keep the origins that were worked out, in place of earlier ones."""
        self._db.run("DELETE FROM origin_graph; DELETE FROM origin; DELETE FROM origin_edge; DELETE FROM origin_of")
        self._db.run("INSERT INTO origin_graph VALUES (?, ?)", (len(graph.origins), len(graph.edges)))
        self._db.many(
            "INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?, ?)",
            (rows.origin_row(index, origin) for index, origin in enumerate(graph.origins)),
        )
        self._db.many(
            "INSERT INTO origin_edge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (rows.edge_row(index, edge) for index, edge in enumerate(graph.edges)),
        )
        self._db.many("INSERT INTO origin_of VALUES (?, ?)", graph.of_coding.items())
        self._touch("origins", "graph")

    # Lists and matches ---------------------------------------------------------------------------------

    def collection(self, told: Collection) -> None:
        """Keep what is known of a list of people; what is not told now stays as it was told before."""
        lists.keep_collection(self._db, told)
        self._touch("collection", rows.key(told.name))

    def listed(
        self, file: ListFile, records: Iterable[tuple[str, str, int]], problems: Iterable[ListProblem] = ()
    ) -> None:
        """Keep a preserved file as a list: its records (record id, name of the collection, row), and what was wrong.

        Ids are unique in a casebook; one that is known keeps its record and the decisions about it.
        """
        lists.keep_list_file(self._db, file)
        numbers: dict[str, int] = {}
        found = []
        for record_id, name, row in records:
            if name not in numbers:
                numbers[name] = lists.keep_collection(self._db, Collection(name=name))
                self._touch("collection", rows.key(name))
            found.append((record_id, numbers[name], row))
        for changed in sorted(lists.keep_listed(self._db, file, found)):
            self._touch("list", changed)
        if len(numbers) == 1:
            self._db.run("UPDATE item SET collection = ? WHERE file_sha256 = ?", (*numbers.values(), file.file_sha256))
            self._touch("item", file.file_sha256)
        lists.keep_problems(self._db, file.file_sha256, problems)

    def matches(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Keep the pairs of a linkage (numbers of two records, probability), in place of those of the one before."""
        matches.keep_matches(self._db, pairs)
        self._touch("matches", matches.MACHINE)

    def decide(
        self,
        a: str,
        b: str,
        verdict: PairVerdict,
        *,
        seconds: float | None = None,
        chosen: str = "",
        probability: float | None = None,
    ) -> None:
        """Add a person's decision on two records, by their ids. Decisions are never changed or removed.

        `chosen` says why the pair was asked about: queue, audit, second, adjudication; `probability` what the last
        linkage said of it. Raises KeyError for an id that is not here, ValueError for a record with itself.
        """
        why = check_code(chosen) if chosen else ""
        told = Decision(
            a=a, b=b, verdict=verdict, who=self._who, at=now(), seconds=seconds, chosen=why, probability=probability
        )
        matches.decide(self._db, (a, b), told)
        self._touch("matches", self._who)

    def linkage(
        self,
        lists_: Sequence[str],
        summary: Mapping[str, object],
        counts: Mapping[int, int],
        draws: Iterable[Mapping[int, int]],
    ) -> None:
        """Keep what a linkage came to, in place of the one before: people by capture pattern, and so in each draw."""
        matches.keep_linkage(self._db, lists_, summary, counts, draws)
        self._touch("linkage", "last")

    # Reading in the workbench --------------------------------------------------------------------------

    def seen(self, file_sha256: str) -> None:
        """Note that the person who writes has opened a file; the first time is kept."""
        mark_seen(self._db, self._who, file_sha256, now())
        self._touch("seen", self._who)

    # Work ----------------------------------------------------------------------------------------------

    def mark(self, stage: str, key: str) -> None:
        """Note that a step of work is done (`Casebook.done`), together with what it wrote."""
        self._db.run("INSERT INTO work VALUES (?, ?) ON CONFLICT DO NOTHING", (stage, rows.word(key)))
        self._touch("work", stage, rows.key(key))


def _check_reading(file_sha256: str, reading: Reading) -> None:
    text = reading.text
    for passage in reading.passages:
        if not _stands(text, passage.start, passage.end, passage.text):
            raise ValueError(f"A passage of {file_sha256} at {passage.start} is not what stands there.")
    for page in reading.pages:
        if not 0 <= page.start <= page.end <= len(text):
            raise ValueError(f"Page {page.label} of {file_sha256} lies outside its text.")


def _stands(text: str, start: int, end: int, words: str) -> bool:
    return 0 <= start <= end <= len(text) and text[start:end] == words


def _bound(codings: Iterable[Coding], rendering_sha256: str, text: str) -> Iterable[Coding]:
    for coding in codings:
        spans: tuple[Coding | Part, ...] = (coding, *coding.parts.values())
        for span in spans:
            if not _stands(text, span.start, span.end, span.quote):
                raise ValueError(f"A coding at {span.start} does not quote what stands there.")
        if coding.rendering_sha256 == rendering_sha256:
            yield coding
        else:
            yield replace(coding, rendering_sha256=rendering_sha256)
