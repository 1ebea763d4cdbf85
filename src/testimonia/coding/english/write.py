"""What the English rules found, written as codings with the offsets of the rendering."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.coding.english.dates import DateFound
from testimonia.coding.english.figures import Quantity
from testimonia.coding.english.reading import Reading
from testimonia.model import NO_PARTS, NOTHING, Coding, Kind, Part

__all__ = ["write", "write_date", "write_figure"]


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
