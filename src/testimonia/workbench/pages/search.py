"""Searching: the query and its filters are the address; every filter can be turned round or taken away by a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response

from testimonia.project import searching, showing
from testimonia.project.searching import Facts, Filter
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import Language, language
from testimonia.workbench.languages import mark as _
from testimonia.workbench.pages.chips import Choice, address, chips, given, unsettled
from testimonia.workbench.pages.media import language_name, type_name
from testimonia.workbench.render import kind_label, page
from testimonia.workbench.web import Asked, Refused, answer, get, go, post

__all__ = ["ROUTES"]

WRITTEN = ("year", "dated")
SCHEMES = {"act": "act", "measure": "measure", "attribution": "stance", "role": "role"}


DIMENSIONS = {
    "language": _("Language"),
    "kind": _("Coded as"),
    "code": _("Code"),
    "type": _("Type of file"),
    "folder": _("Folder"),
    "role": _("Part of the text"),
    "damage": _("Damage"),
    "seen": _("Seen by me"),
    "year": _("Year in the passage"),
    "dated": _("Date of the document"),
}
VALUES = {
    ("role", "title"): _("headings"),
    ("role", "body"): _("running text"),
    ("role", "quote"): _("quotations"),
    ("role", "table"): _("tables"),
    ("role", "caption"): _("captions"),
    ("role", "boilerplate"): _("boilerplate"),
    ("damage", "text"): _("damaged text"),
    ("damage", "page"): _("page not read whole"),
    ("seen", "yes"): _("documents I have opened"),
}


def search(bench: Bench, asked: Asked) -> Response:
    """Passages that answer, grouped by document; a form's choices are first written into the address."""
    pairs, query = given(asked), asked.word("q").strip()
    chosen, spoken = searching.filters(pairs), language(asked.locale)
    if unsettled(pairs, "q"):
        return go(_address(query, chosen))
    known = bench.remember("search", lambda: searching.facts(bench.book))
    at = asked.number("page", 1)
    found = searching.search_page(bench.book, query, chosen, known, who=bench.who, page=at)
    return page(
        bench,
        asked,
        "search.html",
        q=query,
        chosen=chosen,
        chips=chips(
            lambda some: _address(query, some),
            chosen,
            lambda name: spoken.gettext(DIMENSIONS[name]),
            lambda name, value: _value(name, value, spoken),
        ),
        choices=list(_choices(known, spoken, bench.who)),
        found=found,
        before=_address(query, chosen, found.page - 1) if found.page > 1 else "",
        after=_address(query, chosen, found.page + 1) if found.following else "",
        role_name=lambda role: _value("role", role, spoken),
        language_name=lambda code: language_name(code, spoken),
        type_name=lambda media: type_name(media, spoken),
    )


def _address(query: str, chosen: Sequence[Filter], number: int = 1) -> str:
    return address("/search", [("q", query)], chosen, number)


def _choices(known: Facts, spoken: Language, who: str | None) -> Iterator[Choice]:
    for name, label in DIMENSIONS.items():
        if name == "seen" and who is None:
            continue
        values = [(value, _value(name, value, spoken)) for value in known.values.get(name, ())]
        yield Choice(name, spoken.gettext(label), values, name in WRITTEN)


def _value(name: str, value: str, spoken: Language) -> str:
    """What a value of a filter is called."""
    if (name, value) in VALUES:
        return spoken.gettext(VALUES[name, value])
    if name == "kind":
        return kind_label(value, spoken)
    if name == "code":
        kind, _dot, code = value.partition(".")
        return f"{showing.code_name(SCHEMES.get(kind, kind), code, spoken.code)} ({kind_label(kind, spoken)})"
    if name == "type":
        return type_name(value, spoken)
    if name == "language":
        return language_name(value, spoken)
    return value.removesuffix("!/") if name == "folder" else value


def seen(bench: Bench, asked: Asked) -> Response:
    """Note that the one who judges has opened a document."""
    file = asked.json().get("file")
    if not isinstance(file, str):
        raise Refused(400, "The request names no file.")
    if file in bench.book.seen(bench.who or ""):
        return answer({"seen": file, "new": False})
    try:
        with bench.writing() as book:
            return answer({"seen": file, "new": searching.mark_seen(book, file)})
    except KeyError as problem:
        raise Refused(404, str(problem.args[0])) from problem


ROUTES = (
    get("/search", "search", search),
    post("/seen", "seen", seen),
)
