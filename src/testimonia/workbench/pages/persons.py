"""The persons of the last linkage: their records side by side, what carried the links, splitting and joining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from testimonia.errors import MissingPart
from testimonia.project import persons as project
from testimonia.project.agreements import agreements
from testimonia.project.persons import People, Person
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import language
from testimonia.workbench.pages.judging import asked_seconds
from testimonia.workbench.pages.pairs import records_at, refusing, told_records
from testimonia.workbench.pages.records import FIELDS, chosen_name, comparison_name, field_name, script
from testimonia.workbench.render import page, url
from testimonia.workbench.web import Asked, Refused, Route, answer, get, post

__all__ = ["ROUTES"]

PAGE = 50
SHOWS = ("doubtful", "changed", "all")
DOUBTFUL = 0.95
MOST_BONDS = 60  # pairs of one person whose evidence is shown


def everybody(bench: Bench, asked: Asked) -> Response:
    """The persons found, the most doubtful first."""
    found = _people(bench)
    show = asked.word("show", "doubtful")
    show = show if show in SHOWS else "doubtful"
    at = max(1, asked.number("page", 1))
    everyone = found.persons if found else []
    chosen = [one for one in everyone if _wanted(one, show)]
    return page(
        bench,
        asked,
        "persons.html",
        found=found,
        everyone=len(everyone),
        several=sum(len(one.records) > 1 for one in everyone),
        number=len(chosen),
        some=chosen[(at - 1) * PAGE : at * PAGE],
        records=records_at(bench),
        show=show,
        before=url("persons", show=show, page=at - 1) if at > 1 else "",
        after=url("persons", show=show, page=at + 1) if at * PAGE < len(chosen) else "",
        script=script,
    )


def _wanted(one: Person, show: str) -> bool:
    doubtful = one.weakest is not None and one.weakest < DOUBTFUL
    return show == "all" or one.changed or (show == "doubtful" and doubtful)


def _people(bench: Bench) -> People | None:
    try:
        return bench.remember("people", lambda: project.people(bench.book))
    except MissingPart as error:
        raise Refused(501, str(error)) from error


def person(bench: Bench, asked: Asked) -> Response:
    """One person: records side by side, the links between them with their reasons, how they will stand."""
    found = _people(bench)
    if found is None:
        raise Refused(404, "Nothing has been linked here yet; run `testimonia link` first.")
    with refusing(asked):
        one = found.of(asked.path["record"])
    records, spoken = records_at(bench), language(asked.locale)
    group = found.now[asked.path["record"]]
    everyone = tuple(dict.fromkeys((*one.records, *(record for part in one.now for record in part))))
    bonds = found.bonds(everyone)[:MOST_BONDS]
    neighbours = found.neighbours(group)
    return page(
        bench,
        asked,
        "person.html",
        person=one,
        group=group,
        everyone=everyone,
        records=records,
        fields=[field for field in FIELDS if any(getattr(records[each], field, "") for each in everyone)],
        bonds=[bond for bond in bonds if bond.probability is not None or bond.verdict],
        unlinked=sum(bond.probability is None and not bond.verdict for bond in bonds),
        why=_why(bench, records, [(bond.a, bond.b) for bond in bonds] + [(bond.a, bond.b) for _, bond in neighbours]),
        neighbours=neighbours,
        history=found.history(everyone)[:40],
        linked_at=found.at,
        number={record: at for at, record in enumerate(everyone, 1)},
        field_name=lambda field: field_name(field, spoken),
        chosen_name=lambda chosen: chosen_name(chosen, spoken),
        comparison_name=lambda name: comparison_name(name, spoken),
        script=script,
    )


def _why(bench: Bench, records: Mapping[str, Any], pairs: Sequence[tuple[str, str]]) -> Mapping[Any, Any]:
    last = bench.book.linkage()
    evidence = last.summary.get("evidence", ()) if last else ()
    try:
        return agreements(records, [pair for pair in pairs if pair[0] in records and pair[1] in records], evidence)
    except MissingPart as error:
        raise Refused(501, str(error)) from error


def split(bench: Bench, asked: Asked) -> Response:
    """Part some records of a group from the others, in one act."""
    told = asked.json()
    with refusing(asked), bench.writing() as book:
        pairs = project.split(book, told_records(told, "records"), told_records(told, "group"), asked_seconds(told))
    return _kept(bench, told_records(told, "group")[0], pairs)


def merge(bench: Bench, asked: Asked) -> Response:
    """Join two groups, in one act."""
    told = asked.json()
    with refusing(asked), bench.writing() as book:
        pairs = project.merge(book, told_records(told, "group"), told_records(told, "other"), asked_seconds(told))
    return _kept(bench, told_records(told, "group")[0], pairs)


def withdraw(bench: Bench, asked: Asked) -> Response:
    """Take back one's own decisions on pairs, in one act."""
    told = asked.json()
    given = told.get("pairs")
    if not isinstance(given, list) or not all(isinstance(one, list) and len(one) == 2 for one in given):
        raise Refused(400, "The request does not say which records it is about.")
    wanted = [told_records({"pair": one}, "pair") for one in given]
    with refusing(asked), bench.writing() as book:
        pairs = project.withdraw(book, [(one[0], one[-1]) for one in wanted], restore=told.get("restore") is True)
    return _kept(bench, pairs[0][0], pairs)


def _kept(bench: Bench, record: str, pairs: Sequence[tuple[str, str]]) -> Response:
    """What was decided, and how the person of a record will stand."""
    found = _people(bench)
    now = found.of(record).now if found else ()
    return answer({"pairs": [list(pair) for pair in pairs], "now": [list(group) for group in now]})


ROUTES: tuple[Route, ...] = (
    get("/persons", "persons", everybody),
    get("/persons/{record:path}", "person", person),
    post("/pairs/split", "split", split),
    post("/pairs/merge", "merge", merge),
    post("/pairs/withdraw", "withdraw", withdraw),
)
