"""The first page: what is known, who says so, how sure it is, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from testimonia.release.blocks import Cell, Prose
from testimonia.release.links.words import Given, comparison, people, percent, spread
from testimonia.release.wording import counted, listed

__all__ = ["headline", "quarters"]

NAMED = 8


def headline(links: Given) -> tuple[str, ...]:
    """The answer in large words: how many persons stand behind the records."""
    persons, records = links["persons"], links["records"]
    large = f"Behind {counted(records, 'record')} stand about {people(persons['best'])} persons."
    share = percent(links["level"])
    return (
        large,
        f"Between {people(persons['lower'])} and {people(persons['upper'])}, by the doubt about who is the same "
        f"({share} of the draws).",
    )


def quarters(links: Given) -> tuple[Prose, ...]:
    """The four parts under the headline."""
    parts: tuple[tuple[str, Callable[[Given], Iterator[str]]], ...] = (
        ("What is known", _known),
        ("Who says so", _who),
        ("How sure it is", _sure),
        ("What is missing", _missing),
    )
    return tuple(
        Prose(heading=heading, sentences=tuple(Cell(text=said) for said in write(links)), listed=True)
        for heading, write in parts
    )


def _known(links: Given) -> Iterator[str]:
    several = links["several"]
    yield (
        f"{spread(several)} of the persons are on two lists or more. All that can be said of people on no list "
        "rests on these."
    )
    most = sorted(links["overlaps"], key=lambda one: -one["persons"]["best"])[:2]
    for one in most:
        if one["persons"]["best"] > 0:
            yield f"On {one['lists'][0]} and on {one['lists'][1]}: {spread(one['persons'])}."
    if truth := links.get("truth"):
        yield (
            f"These lists are invented, so the truth is known: {people(truth['recorded'])} persons stand behind the "
            f"records, {people(truth['on_two_lists_or_more'])} of them on two lists or more; there are "
            f"{people(truth['population'])} in all."
        )
    yield "Linking says who is the same. How many people are on no list at all is a question for the estimate."


def _who(links: Given) -> Iterator[str]:
    lists = links["lists"]
    named = listed((f"{one['name']} ({people(one['records'])} records)" for one in lists), NAMED)
    yield f"{counted(len(lists), 'list')}: {named}."
    yield from (f"{one['name']}: {one['dependence']}." for one in links["collections"] if one.get("dependence"))
    if links.get("copied", 0) >= 1:
        yield (
            f"About {people(links['copied'])} records are copies of records of another list. What copies a list is no "
            "second source: they are linked, and add no overlap."
        )
    carried = sorted(links["evidence"], key=lambda one: -one["share"])[:3]
    said = listed(f"{comparison(one['comparison'])['name'].lower()} ({percent(one['share'])})" for one in carried)
    yield f"What carried the links most: {said}."
    review = links["review"]
    if review["pairs"]:
        yield f"People looked at {counted(review['pairs'], 'pair')}; what they decided holds."
    else:
        yield "Nobody has looked at a pair yet: all of this is a machine's reckoning."


def _sure(links: Given) -> Iterator[str]:
    pairs = links["pairs"]
    yield (
        f"{people(pairs['candidates'])} pairs of records came into question. {people(pairs['doubtful'])} of them are "
        f"in doubt (between 5 % and 95 %): they are the same in some of the {links['draws']} draws and not in others."
    )
    certain = links["certain"]
    yield (
        f"With none of the doubtful links there would be {people(certain['persons'])} persons, "
        f"{people(certain['several'])} of them on two lists or more."
    )
    totals = links.get("totals") or {}
    if totals.get("drawn") and totals.get("certain"):
        yield (
            f"The total, people on no list included, by the best simple model: {people(totals['drawn'])} with all "
            f"doubt drawn, {people(totals['certain'])} without the doubtful links. A link that is missed adds a person "
            "and takes away an overlap."
        )
    calibration = links["calibration"]
    if not calibration["audited"]:
        yield "Whether the probabilities are right is not known: no pair drawn at random has been looked at."


def _missing(links: Given) -> Iterator[str]:
    missed = links["missed"]
    if "pairs" in missed and missed["pairs"]["upper"] >= 1:
        yield f"Pairs of the same person that no rule found: about {spread(missed['pairs'])}. The draws allow for them."
    errors = links["row_errors"]
    if errors:
        rows = len({(one["list"], one["row"]) for one in errors if one["row"]})
        yield f"Something was odd in {counted(rows, 'row')}; the report of the links names each by row and column."
    if links.get("refused_rows"):
        yield f"{counted(links['refused_rows'], 'row')} could not be read as a record."
    yield from (f"The list {name} could not be read, and is not in any of this." for name in links["unread_lists"])
    yield from links["notes"]
    yield "What a record does not say cannot link it: a record without a name or a place mostly stays alone."
