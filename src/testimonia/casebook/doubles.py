"""What is needed to measure how well people judge: documents coded twice, who was right, and seeded suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from testimonia.casebook import rows
from testimonia.casebook.database import Database, Row
from testimonia.casebook.judgements import BACK
from testimonia.casebook.log import now
from testimonia.casebook.values import Adjudicated, Double, DoublePlan, Judged, Laid, Seeded, Vote, standing
from testimonia.model import NO_PARTS, Coding, Part, State

__all__ = [
    "OWN",
    "adjudicate",
    "adjudications",
    "begin",
    "doubles",
    "finish",
    "keep_plan",
    "keep_seeded",
    "laid_out",
    "made_instead",
    "plan",
    "reveal",
    "reviewers",
    "seeded",
    "seeded_between",
    "seeded_one",
    "vote_seeded",
]

TYPED = (
    "kind", "start", "end", "quote", "code", "value", "min", "max", "unit", "comparator", "value_status", "modality",
    "polarity", "basis", "rule", "cue", "confidence_reason", "coder", "coder_version",
)  # fmt: skip
OWN = "own"  # among the changes of a judgement: the coding that was made in place of a seeded suggestion
LANGUAGES = (
    "SELECT reading.file_sha256, reading.rendering, ifnull(passage.language, 'und'), "
    'sum(ifnull(passage."end" - passage.start, 0)) FROM reading JOIN passage ON passage.file_sha256 = '
    "reading.file_sha256 WHERE passage.role <> 'boilerplate' AND reading.file_sha256 NOT IN "
    "(SELECT file_sha256 FROM list_file) GROUP BY 1, 3"
)


def laid_out(database: Database) -> list[Laid]:
    """Every text that holds passages, once each, with the language most of it is in, in the order of file hashes."""
    sizes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for file_sha256, rendering, language, size in database.rows(LANGUAGES):
        sizes[file_sha256, rendering][language.partition("-")[0]] += size
    once: dict[str, Laid] = {}
    for (file_sha256, rendering), by in sorted(sizes.items()):
        language = max(sorted(by), key=by.__getitem__)
        once.setdefault(rendering, Laid(file_sha256, rendering, language, sum(by.values())))
    return list(once.values())


# The plan -----------------------------------------------------------------------------------------------------


def plan(database: Database) -> DoublePlan | None:
    """How documents are chosen, or None before it was begun."""
    row = database.one(
        "SELECT share, least, begun_at, begun_by, seeded, revealed_at, revealed_by FROM double_plan WHERE id = 1"
    )
    return DoublePlan(*row) if row else None


def keep_plan(database: Database, who: str, share: float, least: int, seeded: float) -> None:
    """Keep what was decided, in place of what was before; who began it, and when, stays."""
    database.run(
        "INSERT INTO double_plan (id, share, least, begun_at, begun_by, seeded) VALUES (1, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET share = excluded.share, least = excluded.least, seeded = excluded.seeded",
        (share, least, now(), who, seeded),
    )


def reveal(database: Database, who: str) -> None:
    """Note that the seeded suggestions are known to be seeded from now on."""
    database.run("UPDATE double_plan SET revealed_at = ?, revealed_by = ? WHERE revealed_at IS NULL", (now(), who))


# Documents coded twice ----------------------------------------------------------------------------------------


def doubles(database: Database) -> list[Double]:
    """Every document that somebody codes or has coded blind."""
    found = database.rows(
        "SELECT rendering, coder, began_at, finished_at FROM double_coding ORDER BY began_at, rendering"
    )
    return [Double(*row) for row in found]


def double(database: Database, rendering: str, coder: str) -> Double | None:
    """How far somebody is with a document that she codes blind, or None."""
    row = database.one(
        "SELECT rendering, coder, began_at, finished_at FROM double_coding WHERE rendering = ? AND coder = ?",
        (rendering, coder),
    )
    return Double(*row) if row else None


def begin(database: Database, rendering: str, coder: str) -> None:
    """Somebody takes a document to code it blind."""
    database.run(
        "INSERT INTO double_coding (rendering, coder, began_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (rendering, coder, now()),
    )


def finish(database: Database, rendering: str, coder: str) -> None:
    """She says that she is done."""
    database.run(
        "UPDATE double_coding SET finished_at = ? WHERE rendering = ? AND coder = ? AND finished_at IS NULL",
        (now(), rendering, coder),
    )


def reviewers(database: Database) -> dict[str, frozenset[str]]:
    """Who has judged anything in which rendering."""
    found: dict[str, set[str]] = defaultdict(set)
    for rendering, who in database.rows("SELECT DISTINCT rendering, who FROM review"):
        found[rendering].add(who)
    return {rendering: frozenset(people) for rendering, people in found.items()}


def adjudicate(database: Database, told: Adjudicated) -> int:
    """Add what a third person decided; gives its number."""
    database.run(
        'INSERT INTO adjudication (rendering, kind, start, "end", first, second, codings, kept, who, at, seconds) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            told.rendering,
            told.kind,
            told.start,
            told.end,
            told.first,
            told.second,
            rows.to_json(dict(told.codings)),
            told.kept,
            told.who,
            now(),
            told.seconds,
        ),
    )
    return int(database.connection.last_insert_rowid())


def adjudications(database: Database) -> list[Adjudicated]:
    """Everything that third persons decided, first to last."""
    found = database.rows(
        'SELECT rendering, kind, start, "end", first, second, codings, kept, who, at, seconds '
        "FROM adjudication ORDER BY id"
    )
    names = ("rendering", "kind", "start", "end", "first", "second", "codings", "kept", "who", "at", "seconds")
    told = (dict(zip(names, row, strict=True)) for row in found)
    return [Adjudicated(**{**one, "codings": rows.from_json(one["codings"])}) for one in told]


# Seeded suggestions -------------------------------------------------------------------------------------------


def keep_seeded(database: Database, rendering: str, made: Iterable[Seeded]) -> None:
    """Keep wrong suggestions for a rendering; they never become codings."""
    database.many(
        'INSERT INTO seeded (id, rendering, start, "end", looks, wrong) VALUES (?, ?, ?, ?, ?, ?)',
        ((one.coding.id, rendering, one.coding.start, one.coding.end, _looks(one.coding), one.wrong) for one in made),
    )


def _looks(coding: Coding) -> str | bytes:
    parts = {role: [part.start, part.end, part.quote, part.value] for role, part in coding.parts.items()}
    fields = {name: getattr(coding, name) for name in TYPED}
    return rows.to_json({**fields, "parts": parts, "attributes": dict(coding.attributes)})


def _coding(id_: str, rendering: str, looks: str | bytes) -> Coding:
    fields: dict[str, Any] = rows.from_json(looks)
    parts = {role: Part(*spot) for role, spot in fields.pop("parts").items()} or NO_PARTS
    return Coding(**fields, parts=parts, rendering_sha256=rendering, identity=id_)


def seeded(database: Database) -> list[Seeded]:
    """All of them, with what is wrong with each."""
    found = database.rows("SELECT id, rendering, looks, wrong FROM seeded ORDER BY rendering, start, id")
    return [Seeded(coding=_coding(*row), wrong=wrong, votes=_votes(database, row[0])) for *row, wrong in found]


def seeded_between(database: Database, rendering: str, start: int, end: int) -> list[Judged]:
    """Those that reach into a stretch of a rendering, looking like any other suggestion."""
    found = database.rows(
        'SELECT id, rendering, looks FROM seeded WHERE rendering = ? AND start < ? AND "end" > ? ORDER BY start, "end"',
        (rendering, end, start),
    )
    return [_judged(database, row) for row in found]


def seeded_one(database: Database, id_: str) -> Judged | None:
    """The one with an id, looking like any other suggestion, or None."""
    row = database.one("SELECT id, rendering, looks FROM seeded WHERE id = ?", (id_,))
    return _judged(database, row) if row else None


def made_instead(database: Database) -> dict[str, list[str]]:
    """The codings that people made in place of seeded suggestions, by suggestion and person."""
    found: dict[str, list[str]] = defaultdict(list)
    for seeded, who, changes in database.rows(
        "SELECT seeded, who, changes FROM seeded_judgement WHERE changes IS NOT NULL ORDER BY id"
    ):
        if own := rows.from_json(changes).get(OWN):
            found[f"{seeded} {who}"].append(own)
    return dict(found)


def _judged(database: Database, row: Row) -> Judged:
    return standing(_coding(*row), _votes(database, row[0]))


def _votes(database: Database, id_: str) -> tuple[Vote, ...]:
    last: dict[str, Vote] = {}
    for number, who, at, state, changes, seconds in database.rows(
        "SELECT id, who, at, state, changes, seconds FROM seeded_judgement WHERE seeded = ? ORDER BY id", (id_,)
    ):
        last.pop(who, None)
        told = rows.from_json(changes) if changes else {}
        told.pop(OWN, None)
        back = told.pop(BACK, None) is not None
        last[who] = Vote(review=number, who=who, at=at, state=state, changes=told, seconds=seconds, back=back)
    return tuple(last.values())


def vote_seeded(
    database: Database, id_: str, who: str, state: State, changes: Mapping[str, Any], seconds: float | None
) -> int:
    """Add what somebody said of one; gives its number. It goes nowhere else."""
    database.run(
        "INSERT INTO seeded_judgement (seeded, who, at, state, changes, seconds) VALUES (?, ?, ?, ?, ?, ?)",
        (id_, who, now(), state, rows.to_json(dict(changes)) if changes else None, seconds),
    )
    return int(database.connection.last_insert_rowid())
