"""What the English rules found, written as codings with the offsets of the rendering."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.coding.english.acts import Act
from testimonia.coding.english.attribution import Statement
from testimonia.coding.english.dates import DateFound
from testimonia.coding.english.figures import Quantity
from testimonia.coding.english.modality import modality_of, polarity_of, status_of
from testimonia.coding.english.reading import Reading
from testimonia.model import NO_PARTS, NOTHING, Coding, Kind, Part

__all__ = ["write", "write_date", "write_figure", "write_act", "write_measure", "write_statement"]


def write(
    reading: Reading,
    kind: Kind,
    start: int,
    end: int,
    rule: str,
    *,
    code: str | None = None,
    value: str | None = None,
    modality: str = "reported",
    cue: str | None = None,
    parts: Mapping[str, Part] = NO_PARTS,
    attributes: Mapping[str, str] = NOTHING,
) -> Coding:
    """A coding of reading.text[start:end]."""
    return Coding(
        kind=kind,
        start=reading.base + start,
        end=reading.base + end,
        quote=reading.text[start:end],
        code=code,
        value=value,
        modality=modality,
        rule=f"en.{kind}.{rule}",
        cue=cue,
        parts=parts,
        attributes=attributes,
    )


def write_date(reading: Reading, date: DateFound) -> Coding:
    return write(reading, "date", date.start, date.end, date.dtype, value=date.value, attributes={"dtype": date.dtype})


def write_figure(reading: Reading, quantity: Quantity) -> Coding:
    number = quantity.number
    parts = {"number": reading.part(number.start, number.end)}
    attributes = {}
    if noun := quantity.counted.noun:
        attributes["counted"] = reading.text[noun[0] : noun[1]]
    if quantity.hedge:
        attributes["hedge"] = quantity.hedge
    return Coding(
        kind="figure",
        start=reading.base + quantity.start,
        end=reading.base + quantity.end,
        quote=reading.text[quantity.start : quantity.end],
        value=number.value,
        min=number.low,
        max=number.high,
        unit=quantity.unit,
        comparator=quantity.comparator,
        value_status="verbal" if number.kind == "verbal" else "present",
        modality=quantity.modality,
        parts=parts,
        attributes=attributes,
        rule=f"en.figure.{number.kind}",
        cue=quantity.cue,
    )


def write_statement(reading: Reading, statement: Statement) -> Coding:
    parts = {"cue": reading.part(*statement.cue)}
    for role, span in (("source", statement.source), ("content", statement.content), ("via", statement.via)):
        if span:
            parts[role] = reading.part(*span)
    attributes = {"testimony": "yes"} if statement.testimony else {}
    return write(reading, "attribution", statement.start, statement.end, statement.rule, code=statement.stance,
                 cue=parts["cue"].quote, parts=parts, attributes=attributes)


def write_act(reading: Reading, act: Act, statement: Statement | None) -> Coding:
    negative = polarity_of(reading, act.start)
    return Coding(
        kind="act",
        start=reading.base + act.start,
        end=reading.base + act.end,
        quote=reading.text[act.start : act.end],
        code=act.code,
        modality=modality_of(reading, act.start, act.end, statement),
        polarity="negative" if negative else "positive",
        basis="experienced" if statement and statement.testimony else None,
        rule="en.act.lexicon",
        cue=act.cue,
        parts={"claimant": reading.part(*statement.source)} if statement and statement.source else NO_PARTS,
    )


def write_measure(reading: Reading, measure: Act, actor: str | None) -> Coding:
    status = status_of(reading, measure.start, measure.end, measure.status)
    attributes = {"status": status, **({"actor": actor} if actor else {})}
    return write(reading, "measure", measure.start, measure.end, "lexicon", code=measure.code, cue=measure.cue, attributes=attributes)
