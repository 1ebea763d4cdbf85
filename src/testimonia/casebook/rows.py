"""Plain values to rows of the database, and back."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from testimonia.casebook.database import Row
from testimonia.casebook.values import Arrival, Item
from testimonia.model import (
    NO_PARTS,
    NOTHING,
    Coding,
    Document,
    Origin,
    OriginEdge,
    Page,
    Part,
    Passage,
    Reading,
)

__all__ = ["pack", "to_json", "unpack", "unword", "word"]


def pack(text: str) -> bytes:
    """Text as UTF-8, lone surrogates let through (broken decoders and file names hold them)."""
    return text.encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> str:
    """The text that was packed."""
    return data.decode("utf-8", "surrogatepass")


def word(text: str | None) -> str | bytes | None:
    """Text from outside for a column of type ANY: TEXT where it can be, packed where it must be."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return pack(text)
    return text


def key(text: str) -> str | bytes:
    """What `word` gives, for text that is always there."""
    return text if (kept := word(text)) is None else kept


def unword(value: Any) -> Any:
    """What `word` was given."""
    return unpack(value) if isinstance(value, bytes) else value


# One encoder for all rows: json.dumps makes a new one for every value that it writes in another form than its own.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: Any) -> str | bytes:
    """JSON for a column of type ANY."""
    return key(_compact(value))


def from_json(value: str | bytes) -> Any:
    """What `to_json` was given."""
    return json.loads(unword(value))


def mapping(value: str | bytes | None) -> Mapping[str, str]:
    """A read-only mapping from its JSON."""
    return MappingProxyType(_shared_pairs(unword(value))) if value else NOTHING


def shared(value: Any) -> Any:
    """A short text that many rows have, held in memory once; anything else as it is."""
    return sys.intern(value) if value.__class__ is str else value


_shared_pairs = json.JSONDecoder(
    object_pairs_hook=lambda pairs: {shared(name): shared(value) for name, value in pairs}
).decode


def names(values: Iterable[str]) -> str:
    """A JSON list of short names, ASCII only."""
    return json.dumps(list(values))


def number(value: Any) -> Any:
    """A number for the database. Raises ValueError for NaN, which no value of a coding may be."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("The value of a coding has to be a number, and finite; a missing one is None.")
    return word(value) if isinstance(value, str) else value


# Arrivals and items --------------------------------------------------------------------------------------


def arrival_row(arrival: Arrival) -> Row:
    return (
        word(arrival.path),
        arrival.file_sha256,
        arrival.bytes,
        arrival.media_type,
        arrival.outcome,
        arrival.pages,
        arrival.characters,
        names(arrival.languages),
        names(arrival.flags),
        word(arrival.reason),
        word(arrival.remedy),
        word(arrival.parent),
    )


def to_arrival(row: Row) -> Arrival:
    path, sha256, size, media, outcome, pages, characters, languages, flags, reason, remedy, parent = row
    return Arrival(
        path=unword(path),
        file_sha256=sha256,
        bytes=size,
        media_type=media,
        outcome=outcome,
        pages=pages,
        characters=characters,
        languages=tuple(json.loads(languages)),
        flags=tuple(json.loads(flags)),
        reason=unword(reason),
        remedy=unword(remedy),
        parent=unword(parent),
    )


def to_item(row: Row) -> Item:
    sha256, size, media, parent, source, at, by = row
    return Item(
        file_sha256=sha256,
        bytes=size,
        media_type=media,
        parent=parent,
        source=unword(source),
        received_at=at,
        received_by=by,
    )


# Readings ------------------------------------------------------------------------------------------------


def reading_row(file_sha256: str, rendering: str, reading: Reading) -> Row:
    return (
        file_sha256,
        rendering,
        reading.media_type,
        reading.outcome,
        word(reading.reason),
        word(reading.remedy),
        names(reading.flags),
        reading.tool,
        reading.tool_version,
        to_json(dict(reading.parameters)),
        to_json(dict(reading.metadata)),
    )


def page_row(file_sha256: str, index: int, page: Page) -> Row:
    label, reason = word(page.label), word(page.reason)
    return (file_sha256, index, page.start, page.end, label, page.kind, page.verdict, reason)


def to_page(row: Row) -> Page:
    start, end, label, kind, verdict, reason = row
    return Page(start, end, unword(label), kind, verdict, unword(reason))


def passage_row(file_sha256: str, index: int, passage: Passage) -> Row:
    flags = names(sorted(passage.flags)) if passage.flags else "[]"
    place = (file_sha256, index, passage.start, passage.end)
    return (*place, word(passage.text), passage.role, passage.language, flags)


def to_passage(row: Row) -> Passage:
    start, end, text, role, language, flags = row
    kept = frozenset[str]() if flags == "[]" else frozenset[str](json.loads(flags))
    return Passage(start, end, unword(text), shared(role), shared(language), kept)


def to_document(
    row: Row, paths: tuple[str, ...], pages: Iterable[Row], passages: Iterable[Row], codings: Iterable[Coding]
) -> Document:
    sha256, rendering, media, outcome, reason, remedy, flags, metadata, text = row
    return Document(
        file_sha256=sha256,
        rendering_sha256=rendering,
        paths=paths,
        media_type=media,
        outcome=outcome,
        reason=unword(reason),
        remedy=unword(remedy),
        flags=tuple(json.loads(flags)),
        text=unpack(text),
        pages=tuple(map(to_page, pages)),
        passages=tuple(map(to_passage, passages)),
        codings=tuple(codings),
        metadata=mapping(metadata),
    )


# Codings -------------------------------------------------------------------------------------------------


INSERT_CODING = (
    'INSERT INTO coding (rendering, coder, number, coding, kind, start, "end", quote, code, value, min, max, unit, '
    "comparator, value_status, modality, polarity, basis, parts, attributes, rule, cue, confidence, "
    "confidence_reason, prefix, suffix, coder_version, codebook_sha256, state) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def coding_row(rendering: str, coder: str, index: int, coding: Coding) -> Row:
    """A row of the table coding. Raises ValueError for a value that is no number."""
    return (
        rendering,
        coder,
        index,
        coding.id,
        coding.kind,
        coding.start,
        coding.end,
        word(coding.quote),
        coding.code,
        number(coding.value),
        number(coding.min),
        number(coding.max),
        word(coding.unit),
        coding.comparator,
        coding.value_status,
        coding.modality,
        coding.polarity,
        coding.basis,
        _parts(coding.parts),
        to_json(dict(coding.attributes)) if coding.attributes else None,
        coding.rule,
        word(coding.cue),
        number(coding.confidence),
        word(coding.confidence_reason),
        word(coding.prefix),
        word(coding.suffix),
        coding.coder_version,
        coding.codebook_sha256,
        coding.state,
    )


def _parts(parts: Mapping[str, Part]) -> str | bytes | None:
    if not parts:
        return None
    return to_json({role: [part.start, part.end, part.quote, part.value] for role, part in parts.items()})


def to_parts(value: str | bytes | None) -> Mapping[str, Part]:
    if not value:
        return NO_PARTS
    return MappingProxyType({shared(role): Part(*part) for role, part in from_json(value).items()})


def to_coding(row: Row) -> Coding:
    """The coding of a row that was read with the columns of `CODINGS`."""
    return Coding(
        rendering_sha256=shared(row[0]),
        coder=shared(row[1]),
        kind=shared(row[2]),
        start=row[3],
        end=row[4],
        quote=unword(row[5]),
        code=shared(row[6]),
        value=unword(row[7]),
        min=row[8],
        max=row[9],
        unit=shared(unword(row[10])),
        comparator=shared(row[11]),
        value_status=shared(row[12]),
        modality=shared(row[13]),
        polarity=shared(row[14]),
        basis=shared(row[15]),
        parts=to_parts(row[16]),
        attributes=mapping(row[17]),
        rule=shared(row[18]),
        cue=shared(unword(row[19])),
        confidence=row[20],
        confidence_reason=shared(unword(row[21])),
        prefix=unword(row[22]),
        suffix=unword(row[23]),
        coder_version=shared(row[24]),
        codebook_sha256=shared(row[25]),
        state=shared(row[26]),
        identity=row[27],
    )


# Origins -------------------------------------------------------------------------------------------------


def origin_row(index: int, origin: Origin) -> Row:
    about = (word(origin.label), origin.kind, origin.certainty, word(origin.reason))
    return (index, origin.id, *about, names(origin.documents))


def to_origin(row: Row) -> Origin:
    id_, label, kind, certainty, reason, documents = row
    return Origin(
        id=id_,
        label=unword(label),
        kind=kind,
        certainty=certainty,
        reason=unword(reason),
        documents=tuple(json.loads(documents)),
    )


def edge_row(index: int, edge: OriginEdge) -> Row:
    about = (edge.kind, edge.certainty, word(edge.reason))
    return (index, edge.child, edge.parent, *about, edge.rendering_sha256, edge.start, edge.end)


def to_edge(row: Row) -> OriginEdge:
    child, parent, kind, certainty, reason, rendering, start, end = row
    return OriginEdge(
        child=child,
        parent=parent,
        kind=kind,
        certainty=certainty,
        reason=unword(reason),
        rendering_sha256=rendering,
        start=start,
        end=end,
    )
