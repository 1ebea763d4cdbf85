"""The order of the English rules: segments, dates, names, numbers, sources, acts, measures, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from testimonia.coding.english import acts, attribution, dates, laws, names, numbers, orgs, persons, places
from testimonia.coding.english.figures import quantities
from testimonia.coding.english.modality import covering
from testimonia.coding.english.reading import Reading, Terms
from testimonia.coding.english.write import write_act, write_date, write_figure, write_measure, write_statement
from testimonia.model import Coding, Passage

__all__ = ["code"]

_KOREA = re.compile(r"\b(?:North|South) Korea|DPRK|Pyongyang")


@cache
def _terms() -> Terms:
    parts = (acts, attribution, dates, places, orgs, laws, persons, numbers)
    return Terms(chain.from_iterable(part.terms() for part in parts))


def code(passages: Sequence[Passage]) -> Iterator[Coding]:
    """Codings of English passages of one rendering, in the order of the passages."""
    document = names.Names(koreas=any(_KOREA.search(passage.text) for passage in passages))
    for passage in passages:
        yield from _passage(Reading.of(passage, _terms()), document)


def _passage(reading: Reading, document: names.Names) -> Iterator[Coding]:
    role = reading.passage.role
    found = document.read(reading)
    yield from found.codings(boilerplate=role == "boilerplate")
    if role == "boilerplate":
        return
    digits = [match.span() for match in numbers.DIGITS.finditer(reading.text)]
    spans = found.law_spans
    when = [d for d in dates.find_dates(reading, digits) if not any(s < d.end and d.start < e for s, e in spans)]
    reading.dates = [(d.start, d.end) for d in when] + spans
    if role == "title":
        return
    yield from (write_date(reading, date) for date in when)
    said = [] if reading.damaged else attribution.statements(reading)
    yield from (write_statement(reading, statement) for statement in said)
    closed = spans + [(org.start, org.end) for org in found.orgs]
    for act in acts.find_acts(reading, closed):
        yield write_act(reading, act, covering(said, act.start, reading.sentence(act.start)[0]))
    for measure in acts.find_measures(reading, closed):
        yield write_measure(reading, measure, found.state_before(measure.start, reading.sentence(measure.start)[0]))
    if reading.damaged:
        return
    for quantity in quantities(reading, numbers.find_numbers(reading, digits)):
        yield write_figure(reading, quantity)
