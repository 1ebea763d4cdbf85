"""Conditions on the passages of a search beside its words, and the facts about files they are chosen by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from testimonia.casebook import rows
from testimonia.casebook.database import Database
from testimonia.casebook.values import BLIND
from testimonia.model import Outcome

__all__ = ["Condition", "Filed", "codes_in_use", "filed", "mark_seen", "restrict", "seen"]

Field = Literal["file", "language", "role", "damage", "kind", "code", "year"]

# Codings that count: not those somebody makes blind, and none that a person has rejected.
_STANDING = (
    "LEFT JOIN review ON review.id = (SELECT max(id) FROM review AS later WHERE later.rendering = coding.rendering "  # noqa: S608 - constants
    f"AND later.coding = coding.coding) WHERE coding.coder_version <> '{BLIND}' "
    "AND coalesce(review.state, coding.state) NOT IN ('rejected', 'superseded') AND "
)
_CODED = (
    "EXISTS (SELECT 1 FROM reading JOIN coding ON coding.rendering = reading.rendering "  # noqa: S608 - constants
    f"{_STANDING} reading.file_sha256 = passage.file_sha256 AND coding.start >= passage.start "
    'AND coding.start < passage."end" AND {held})'
)
_ONE_OF = " IN (SELECT value FROM json_each(?))"
_CORRECTED = "coalesce(CASE typeof(review.after) WHEN 'text' THEN review.after ->> '$.{0}' END, coding.{0})"
_EDTF = _CORRECTED.format("value")
_YEARS = (  # of a date or an interval in EDTF, decades as 199X
    f"({_EDTF} GLOB '[12][0-9]*' AND replace(substr({_EDTF}, 1, 4), 'X', '0') <= ? AND "
    f"replace(substr({_EDTF}, 1 + instr({_EDTF}, '/'), 4), 'X', '9') >= ?)"
)
_DAMAGED = {
    "text": "(passage.flags <> '[]' AND instr(passage.flags, 'damaged_text'))",
    "page": "(passage.file_sha256 IN (SELECT file_sha256 FROM page WHERE verdict <> 'complete') AND EXISTS (SELECT 1 "
    "FROM page WHERE page.file_sha256 = passage.file_sha256 AND page.verdict <> 'complete' AND page.start <= "
    'passage.start AND page."end" > passage.start))',
}
# In the order of what they cost: SQLite holds a passage against each in turn.
ORDER: tuple[Field, ...] = ("role", "language", "file", "damage", "kind", "code", "year")

# The codings that a condition can hold for, to be found without looking at passages. Where they are few beside the
# passages in question, the passages they lie in are looked up first: that costs less than holding every passage
# against the codings in it. An inverted condition is soon met by passages as they come, so few must be fewer.
FEW: dict[Field, float] = {"kind": 0.1, "code": 0.5, "year": 0.5}  # codings for each passage in question
FEWER = 0.1  # of those
_CANDIDATES: dict[Field, str] = {
    "kind": f"SELECT id FROM coding WHERE kind{_ONE_OF}",  # noqa: S608 - constants
    "code": "SELECT coding.id FROM json_each(?) AS wanted CROSS JOIN coding ON coding.kind = substr(wanted.value, 1, "
    "instr(wanted.value, '.') - 1) AND coding.code = substr(wanted.value, instr(wanted.value, '.') + 1) UNION "
    "SELECT coding.id FROM review CROSS JOIN coding ON coding.rendering = review.rendering AND coding.coding = "
    "review.coding WHERE review.state = 'corrected'",
    "year": "SELECT id FROM coding WHERE kind = 'date'",
}
_PLACES = (
    "SELECT DISTINCT (SELECT id FROM passage WHERE passage.file_sha256 = reading.file_sha256 AND passage.start <= "  # noqa: S608 - constants
    'coding.start AND passage."end" > coding.start ORDER BY passage.start DESC LIMIT 1) FROM ({candidates}) AS found '
    "CROSS JOIN coding ON coding.id = found.id CROSS JOIN reading ON reading.rendering = coding.rendering "
    f"{_STANDING} {{held}}"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A passage has one of these values, or, inverted, none of them.

    `damage` is `text` (the words themselves are damaged) or `page` (its page was not read whole); `kind` and `code`
    are those of codings that begin in the passage and that nobody has rejected, a code as `act.state.arrest`, its kind
    in front; `year` is a span of years (`1990-1999`) that a date in the passage touches; `file` is a SHA-256.
    """

    field: Field
    values: tuple[str, ...]
    inverted: bool = False


def restrict(database: Database, conditions: Sequence[Condition], passages: int) -> tuple[str, list[str]]:
    """The conditions as SQL over `passage`, each beginning with AND, and the values they are asked with.

    `passages`: how many are in question before the conditions, about.
    """
    parts, values = [], []
    for one in sorted(conditions, key=lambda one: ORDER.index(one.field)):
        sql, asked = _of_passage(one) if one.field not in _CANDIDATES else _of_codings(database, one, passages)
        parts.append(f" AND {'NOT ' if one.inverted else ''}({sql})")
        values += asked
    return "".join(parts), values


def _of_passage(one: Condition) -> tuple[str, list[str]]:
    """A condition on the passage itself, and its values."""
    if one.field == "damage":
        return " OR ".join(_DAMAGED[value] for value in one.values if value in _DAMAGED) or "0", []
    column = {"file": "file_sha256", "language": "language", "role": "role"}[one.field]
    return f"passage.{column}{_ONE_OF}", [json.dumps(one.values)]


def _of_codings(database: Database, one: Condition, passages: int) -> tuple[str, list[str]]:
    """A condition on the codings that begin in a passage; as a list of passages where only few are in question."""
    held, values = _held(one)
    candidates = _CANDIDATES[one.field]
    first = [json.dumps(one.values)] if "?" in candidates else []
    number = database.number(f"SELECT count(*) FROM ({candidates})", first)  # noqa: S608
    if number > passages * FEW[one.field] * (FEWER if one.inverted else 1):
        return _CODED.format(held=held), values
    found = database.rows(_PLACES.format(candidates=candidates, held=held), [*first, *values])
    return f"+passage.id{_ONE_OF}", [json.dumps([number for (number,) in found if number])]


def _held(one: Condition) -> tuple[str, list[str]]:
    """What must hold of a coding, and the values it is held against."""
    if one.field == "year":
        ends = [end for span in one.values for end in (span[5:9], span[:4])]
        return f"coding.kind = 'date' AND ({' OR '.join([_YEARS] * len(one.values)) or '0'})", ends
    column = "coding.kind" if one.field == "kind" else f"coding.kind || '.' || {_CORRECTED.format('code')}"
    return column + _ONE_OF, [json.dumps(one.values)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A file that can be searched: its paths, type and languages, and the days that are known of it.

    `dated` is what the file says of its own date, as it says it; `received_at` when it was taken in.
    """

    file_sha256: str
    rendering_sha256: str
    paths: tuple[str, ...]
    media_type: str
    outcome: Outcome
    languages: tuple[str, ...]
    dated: str
    received_at: str


def filed(database: Database) -> list[Filed]:
    """Every file that has been read and is no list of people, in the order in which they came."""
    found = database.rows(
        "SELECT reading.file_sha256, rendering, reading.media_type, reading.outcome, metadata, received_at "
        "FROM reading JOIN item ON item.file_sha256 = reading.file_sha256 WHERE reading.file_sha256 NOT IN "
        "(SELECT file_sha256 FROM list_file)"
    )
    paths: dict[str, list[str]] = {}
    languages: dict[str, dict[str, None]] = {}
    for file, path, spoken in database.rows(
        "SELECT file_sha256, path, languages FROM arrival WHERE file_sha256 IS NOT NULL ORDER BY id"
    ):
        paths.setdefault(file, []).append(rows.unword(path))
        languages.setdefault(file, {}).update(dict.fromkeys(json.loads(spoken)))
    known = {
        file: Filed(
            file_sha256=file,
            rendering_sha256=rendering,
            paths=tuple(paths.get(file, ())),
            media_type=media,
            outcome=outcome,
            languages=tuple(languages.get(file, ())),
            dated=rows.mapping(metadata).get("date", ""),
            received_at=at,
        )
        for file, rendering, media, outcome, metadata, at in found
    }
    return [known[file] for file in dict.fromkeys((*paths, *known)) if file in known]


def codes_in_use(database: Database) -> list[tuple[str, str | None]]:
    """Every kind of coding and code that there is, in alphabetical order."""
    return [(kind, code) for kind, code in database.rows("SELECT DISTINCT kind, code FROM coding ORDER BY kind, code")]


def seen(database: Database, who: str) -> dict[str, str]:
    """The files that somebody has opened, and when first."""
    return dict(database.rows("SELECT file_sha256, at FROM seen WHERE who = ?", (who,)))


def mark_seen(database: Database, who: str, file_sha256: str, at: str) -> None:
    """Note that somebody has opened a file; the first time is kept."""
    database.run("INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (who, file_sha256, at))
