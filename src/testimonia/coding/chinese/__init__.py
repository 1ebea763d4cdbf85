"""The rules for Chinese, simplified and traditional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testimonia.coding.chinese.acts import Found, actor_of, find_acts, find_measures
from testimonia.coding.chinese.attribution import Attribution, find_attributions
from testimonia.coding.chinese.bodies import find_laws, find_orgs, learned_names
from testimonia.coding.chinese.dates import find_dates
from testimonia.coding.chinese.fields import is_furniture, of_the_field, printing
from testimonia.coding.chinese.figures import figure_of
from testimonia.coding.chinese.genre import Genre, genre_of
from testimonia.coding.chinese.modality import modality_of
from testimonia.coding.chinese.names import find_demonyms, find_places, find_roles
from testimonia.coding.chinese.persons import find_persons
from testimonia.coding.chinese.quantities import find_quantities
from testimonia.coding.chinese.reading import read
from testimonia.coding.chinese.scan import Name, Scan, scan
from testimonia.coding.chinese.segments import Segments, pieces, segments
from testimonia.model import Coding, Part, Passage

__all__ = ["code"]


def code(passages: Sequence[Passage]) -> Iterator[Coding]:
    """Codings of the Chinese passages of one rendering, passage by passage.

    The whole document is looked at once for its kind and for names of bodies that it introduces itself.
    """
    scans = [scan(read(piece)) for passage in passages for piece in pieces(passage)]
    learned = learned_names(scans)
    genre = genre_of(scans)
    field = of_the_field(scans, genre)
    month = ""
    for one, in_field in zip(scans, field, strict=True):
        one.dates = find_dates(one.text, month)
        month = next((w.norm[:7] for w in reversed(one.dates) if w.norm[4:5] == "-"), month)
        _name(one, learned)
        yield from _code_passage(one, genre, in_field)


def _name(one: Scan, learned: dict[str, str]) -> None:
    one.names.extend(find_laws(one))
    one.names.extend(find_places(one))
    one.names.extend(find_demonyms(one))
    one.names.extend(find_orgs(one, learned))
    one.names.extend(find_persons(one))
    one.names.extend(find_roles(one))


def _code_passage(one: Scan, genre: Genre, in_field: bool) -> Iterator[Coding]:
    role = one.reading.passage.role
    if role == "boilerplate":
        yield from _dates(one, full_only=True)
        yield from (_named(one, name) for name in one.names if name.kind == "org")
        return
    cuts = segments(one.text)
    said = [] if role == "title" else find_attributions(one, cuts, genre)
    yield from _dates(one)
    yield from (_named(one, name) for name in one.names)
    yield from (_said(one, attribution) for attribution in said)
    if is_furniture(one.text):
        return
    claimed = [(w.start, w.end) for w in one.dates if w.dtype != "rate"]
    claimed += printing(one.text)
    claimed += [(n.start, n.end) for n in one.names if n.kind == "law"]
    for quantity in find_quantities(one.text, claimed):
        yield figure_of(one, cuts, quantity, genre, said)
    if role != "title":
        yield from (_act(one, cuts, found, genre, said) for found in find_acts(one, cuts, in_field))
        yield from (_measure(one, found, genre) for found in find_measures(one, cuts, genre, in_field))


def _dates(one: Scan, full_only: bool = False) -> Iterator[Coding]:
    for when in one.dates:
        if full_only and when.rule != "date.iso":
            continue
        start, end = one.reading.span(when.start, when.end)
        yield Coding(
            kind="date", start=start, end=end, quote=one.reading.quote(when.start, when.end), value=when.norm,
            attributes={"norm": when.norm, "dtype": when.dtype}, rule=when.rule, confidence=0.9,
            confidence_reason="calendar pattern",
        )  # fmt: skip


def _named(one: Scan, name: Name) -> Coding:
    start, end = one.reading.span(name.start, name.end)
    attributes = {key: value for key, value in name.attributes.items() if value}
    return Coding(
        kind=name.kind,  # type: ignore[arg-type]
        start=start,
        end=end,
        quote=one.reading.quote(name.start, name.end),
        code=name.value if name.kind == "role" else None,
        value=name.value if name.kind != "role" else None,
        attributes={**attributes, **({"norm": name.value} if name.value else {})},
        rule=name.rule,
        confidence=0.8,
        confidence_reason="name list or title",
    )


def _said(one: Scan, said: Attribution) -> Coding:
    start, end = one.reading.span(*said.span)
    spans = {"cue": said.cue, "cue_open": said.cue_open, "source": said.source, "content": said.content}
    parts: dict[str, Part] = {name: one.reading.part(*span) for name, span in spans.items() if span}
    attributes = {"scope": "sentence" if said.content else "clause"}
    if said.source:
        attributes["claimant_norm"] = one.text[slice(*said.source)]
    if said.coref:
        attributes["coref"] = "true"
    if said.testimony:
        attributes["testimony"] = "true"
    return Coding(
        kind=(
            "attribution"
        ), start=start, end=end, quote=one.reading.quote(*said.span), code=said.stance, parts=parts,
        attributes=attributes, rule=said.rule, cue=one.text[slice(*said.cue)],
        modality="testimony" if said.testimony else "reported",
        confidence=0.8 if said.own else 0.6, confidence_reason=(
            "speech word with a source"
        ) if said.source else "speech word alone",
    )  # fmt: skip


def _act(one: Scan, cuts: Segments, found: Found, genre: Genre, said: Sequence[Attribution]) -> Coding:
    modality, polarity = modality_of(one, cuts, found.at, (found.start, found.end), genre, said)
    start, end = one.reading.span(found.start, found.end)
    return Coding(
        kind="act", start=start, end=end, quote=one.reading.quote(found.start, found.end), code=found.code,
        modality=modality, polarity=polarity,  # type: ignore[arg-type]
        parts={"cue": one.reading.part(*found.at)}, rule=found.rule, cue=one.text[slice(*found.at)],
        confidence=0.7, confidence_reason="trigger with its context",
    )  # fmt: skip


_STATUS = {"law": "in_force", "notice": "in_force", "judgment": "reported"}


def _measure(one: Scan, found: Found, genre: Genre) -> Coding:
    start, end = one.reading.span(found.start, found.end)
    status = _STATUS.get(genre, "reported")
    return Coding(
        kind=(
            "measure"
        ), start=start, end=end, quote=one.reading.quote(found.start, found.end), code=found.code,
        attributes={"mtype": found.code, "status": status, "actor": next(actor_of(one.text, found))},
        parts={"cue": one.reading.part(*found.at)}, rule=found.rule, cue=one.text[slice(*found.at)],
        confidence=0.6, confidence_reason="trigger in a clause",
    )  # fmt: skip
