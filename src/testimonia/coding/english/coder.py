"""The order of the English rules: segments, dates, names, numbers, sources, acts, measures, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Protocol, TypeVar

from testimonia.coding.english import acts, attribution, dates, laws, modality, names, numbers, orgs, persons, places
from testimonia.coding.english.attribution import statements
from testimonia.coding.english.claims import Claims
from testimonia.coding.english.course import Course
from testimonia.coding.english.damaged import lost_figures, stripped_orgs, stripped_statements
from testimonia.coding.english.figures import quantities
from testimonia.coding.english.modality import covering
from testimonia.coding.english.rates import won_of
from testimonia.coding.english.reading import Reading, Terms
from testimonia.coding.english.segments import pieces
from testimonia.coding.english.statement import Statement
from testimonia.coding.english.write import (
    write,
    write_act,
    write_date,
    write_figure,
    write_lost,
    write_measure,
    write_statement,
)
from testimonia.model import Coding, Passage

__all__ = ["code"]

_KOREA = ("North Korea", "South Korea", "DPRK", "Pyongyang")


@cache
def _terms() -> Terms:
    parts = (acts, attribution, modality, dates, places, orgs, laws, persons, numbers)
    return Terms(chain.from_iterable(part.terms() for part in parts))


def code(passages: Sequence[Passage]) -> Iterator[Coding]:
    """Codings of English passages of one rendering, in the order of the passages."""
    document = names.Names(koreas=any(name in passage.text for passage in passages for name in _KOREA))
    claims = Claims(sum(passage.role == "body" for passage in passages))
    course = Course(won_of(passages))
    for passage in chain.from_iterable(map(pieces, passages)):
        yield from _passage(Reading.of(passage, _terms()), document, claims, course)


def _passage(reading: Reading, document: names.Names, claims: Claims, course: Course) -> Iterator[Coding]:
    role = reading.passage.role
    found = document.read(reading)
    yield from found.codings(boilerplate=role == "boilerplate")
    if role == "boilerplate":
        return
    digits = [match.span() for match in numbers.DIGITS.finditer(reading.text)]
    closed = found.law_spans
    when = [d for d in dates.find_dates(reading, digits) if not any(s < d.end and d.start < e for s, e in closed)]
    reading.dates = [(d.start, d.end) for d in when] + closed
    if role == "title":
        return
    yield from (write_date(reading, date) for date in when)
    for start, end, term in reading.found.get("role", ()):
        yield write(reading, "role", start, end, "listed", code=term.data, value=term.data)
    modality.settle_moods(reading)
    said = course.follow(reading, stripped_statements(reading) if reading.damaged else statements(reading))
    claims.begin(reading, said, found.orgs)
    yield from (write_statement(reading, s, claims.norm(s), claims.coref(s)) for s in said)
    yield from _deeds(reading, said, found)
    if reading.damaged:
        yield from _lost(reading, said, found, claims)
    else:
        yield from _figures(reading, said, found, claims, digits, when)


def _deeds(reading: Reading, said: Sequence[Statement], found: names.Named) -> Iterator[Coding]:
    closed = found.law_spans + [(org.start, org.end) for org in found.orgs]
    for act in acts.find_acts(reading, closed):
        yield write_act(reading, act, covering(said, act.start, reading.sentence(act.start)[0]))
    for measure in acts.find_measures(reading, closed):
        yield write_measure(reading, measure, found.state_before(measure.start, reading.sentence(measure.start)[0]))


def _lost(reading: Reading, said: list[Statement], found: names.Named, claims: Claims) -> Iterator[Coding]:
    known = {(org.start, org.end) for org in found.orgs}
    for start, end in stripped_orgs(reading, said):
        if not any(s < end and start < e for s, e in known):
            yield write(reading, "org", start, end, "stripped", value=reading.text[start:end])
    for lost in lost_figures(reading):
        yield write_lost(reading, lost, claims.of(reading, said, lost.start, law=False))


def _figures(
    reading: Reading,
    said: Sequence[Statement],
    found: names.Named,
    claims: Claims,
    digits: Sequence[tuple[int, int]],
    when: Sequence[dates.DateFound],
) -> Iterator[Coding]:
    for quantity in quantities(reading, numbers.find_numbers(reading, digits)):
        begin, finish = reading.sentence(quantity.number.start)
        law = quantity.modality == "required" and any(begin <= s < finish for s, _ in found.law_spans)
        claim = claims.of(reading, said, quantity.number.start, law)
        date = _near(when, quantity.number.end, begin, finish)
        place = _near(found.places, quantity.number.end, begin, finish)
        yield write_figure(reading, quantity, claim, date, place)


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


_Item = TypeVar("_Item", bound=_Spanned)


def _near(items: Sequence[_Item], position: int, begin: int, finish: int) -> _Item | None:
    """The first of the sentence behind `position`, else the last before it."""
    inside = [item for item in items if begin <= item.start < finish]
    return next((item for item in inside if item.start >= position), inside[-1] if inside else None)
