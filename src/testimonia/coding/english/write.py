"""What the English rules found, written as codings with the offsets of the rendering."""

from __future__ import annotations

from collections.abc import Mapping

from testimonia.coding.english.acts import Act
from testimonia.coding.english.claims import Claim, testifies
from testimonia.coding.english.damaged import LostFigure
from testimonia.coding.english.dates import DateFound
from testimonia.coding.english.figures import Quantity
from testimonia.coding.english.modality import modality_of, negated, status_of
from testimonia.coding.english.places import Place
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.statement import Statement
from testimonia.model import NO_PARTS, NOTHING, Coding, Kind, Part

__all__ = ["write", "write_act", "write_date", "write_figure", "write_lost", "write_measure", "write_statement"]


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
    """A date with its EDTF value and its type."""
    return write(reading, "date", date.start, date.end, date.dtype, value=date.value, attributes={"dtype": date.dtype})


def write_figure(
    reading: Reading, quantity: Quantity, claim: Claim | None, date: DateFound | None, place: Place | None
) -> Coding:
    """A figure with number, claimant, period and place as parts."""
    number = quantity.number
    parts = {"number": reading.part(number.start, number.end)}
    attributes = _claimed(parts, claim)
    if date:
        parts["period"] = reading.part(date.start, date.end, date.value)
        attributes["period"] = date.value or parts["period"].quote
    if place:
        parts["place"] = reading.part(place.start, place.end, place.value)
        attributes["place"] = place.value or parts["place"].quote
    if people := quantity.counted.population:
        attributes["population"] = reading.text[people[0] : people[1]]
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
        modality="testimony"
        if quantity.modality == "reported" and _lived(reading, quantity, claim)
        else quantity.modality,
        parts=parts,
        attributes=attributes,
        rule=f"en.figure.{number.kind}",
        cue=quantity.cue,
    )


def _lived(reading: Reading, quantity: Quantity, claim: Claim | None) -> bool:
    """Whether those who lived it give the number; the age in the words that name them is not theirs."""
    position = quantity.number.start
    if claim and quantity.unit == "years_of_age" and claim.part.start <= reading.base + position < claim.part.end:
        return False
    return testifies(claim) if claim else any(s <= position < e for s, e in reading.lived)


def _claimed(parts: dict[str, Part], claim: Claim | None) -> dict[str, str]:
    if claim is None:
        return {}
    parts["claimant"] = claim.part
    attributes = {"scope": claim.scope}
    if claim.norm:
        attributes["claimant_norm"] = claim.norm
    if claim.coref:
        attributes["coref"] = claim.coref
    return attributes


def write_lost(reading: Reading, lost: LostFigure, claim: Claim | None) -> Coding:
    """A figure of damaged text: no value, ever."""
    parts = {"number": reading.part(*lost.number)} if lost.number else {}
    attributes = _claimed(parts, claim)
    return Coding(
        kind="figure",
        start=reading.base + lost.start,
        end=reading.base + lost.end,
        quote=reading.text[lost.start : lost.end],
        min=lost.low,
        unit=lost.unit,
        comparator="~" if lost.status == "verbal" else None,
        value_status="verbal" if lost.status == "verbal" else "lost",
        parts=parts,
        attributes=attributes,
        rule=f"en.figure.stripped-{lost.status}",
    )


def write_statement(reading: Reading, statement: Statement, norm: str | None, coref: str | None) -> Coding:
    """An attribution with cue, source, content and via as parts."""
    parts = {"cue": reading.part(*statement.cue)}
    for role, span in (("source", statement.source), ("content", statement.content), ("via", statement.via)):
        if span:
            parts[role] = reading.part(*span)
    attributes = {"testimony": "yes"} if statement.testimony else {}
    if norm:
        attributes["claimant_norm"] = norm
    if coref:
        attributes["coref"] = coref
    return write(
        reading,
        "attribution",
        statement.start,
        statement.end,
        statement.rule,
        code=statement.stance,
        cue=parts["cue"].quote,
        parts=parts,
        attributes=attributes,
    )


def write_act(reading: Reading, act: Act, statement: Statement | None) -> Coding:
    """An act with its modality, polarity and claimant."""
    negative = negated(reading, act.start)
    return Coding(
        kind="act",
        start=reading.base + act.start,
        end=reading.base + act.end,
        quote=reading.text[act.start : act.end],
        code=act.code,
        modality=modality_of(reading, act.start, act.end, act.code, statement),
        polarity="negative" if negative else "positive",
        basis="experienced" if statement and statement.testimony else None,
        rule="en.act.lexicon",
        cue=act.cue,
        parts={"claimant": reading.part(*statement.source)} if statement and statement.source else NO_PARTS,
    )


def write_measure(reading: Reading, measure: Act, actor: str | None) -> Coding:
    """A measure with its status and the state that takes it."""
    status = status_of(reading, measure.start, measure.end, measure.status)
    attributes = {"status": status, **({"actor": actor} if actor else {})}
    return write(
        reading,
        "measure",
        measure.start,
        measure.end,
        "lexicon",
        code=measure.code,
        cue=measure.cue,
        attributes=attributes,
    )
