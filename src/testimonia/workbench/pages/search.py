"""Searching: the query and its filters are the address; every filter can be turned round or taken away by a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from testimonia.project import searching, showing
from testimonia.project.searching import Facts, Filter
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import Language, language
from testimonia.workbench.pages.media import type_name
from testimonia.workbench.render import kind_label, page
from testimonia.workbench.web import Asked, Refused, answer, get, go, post

__all__ = ["ROUTES"]

SCHEMES = {"act": "act", "measure": "measure", "attribution": "stance", "role": "role"}


def _(message: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is drawn."""
    return message


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
    ("language", "en"): _("English"),
    ("language", "ko"): _("Korean"),
    ("language", "zh"): _("Chinese"),
    ("language", "zh-Hans"): _("Chinese, simplified"),
    ("language", "zh-Hant"): _("Chinese, traditional"),
    ("language", "und"): _("language not known"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force, and the addresses without it and with its opposite."""

    dimension: str
    label: str
    inverted: bool
    without: str
    opposite: str
    unreadable: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension and the values one may add: the key and value of an address, and what the value is called."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]


def search(bench: Bench, asked: Asked) -> Response:
    """Passages that answer, grouped by document; a form's choices are first written into the address."""
    given = parse_qsl(asked.request.url.query, keep_blank_values=True, errors="replace")
    query, chosen = asked.word("q").strip(), searching.filters([*given, *_added(given)])
    at = asked.number("page", 1)
    if any(key == "add" or (key != "q" and not value) for key, value in given):
        return go(_address(query, chosen))
    known = bench.remember("search", lambda: searching.facts(bench.book))
    found = searching.search_page(bench.book, query, chosen, known, who=bench.who, page=at)
    spoken = language(asked.locale)
    return page(
        bench,
        asked,
        "search.html",
        q=query,
        chosen=chosen,
        chips=[_chip(query, one, chosen, spoken) for one in chosen],
        choices=list(_choices(known, spoken, bench.who)),
        found=found,
        before=_address(query, chosen, found.page - 1) if found.page > 1 else "",
        after=_address(query, chosen, found.page + 1) if found.following else "",
        role_name=lambda role: _value("role", role, spoken),
        language_name=lambda code: _value("language", code, spoken),
        type_name=lambda media: type_name(media, spoken),
    )


def _added(given: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What was chosen in the form: `add=not-language=ko`."""
    for key, value in given:
        if key == "add" and "=" in value:
            name, _sign, chosen = value.partition("=")
            yield name, chosen


def _address(query: str, chosen: Sequence[Filter], number: int = 1) -> str:
    pairs = [("q", query), *((one.key, one.value) for one in chosen)]
    if number > 1:
        pairs.append(("page", str(number)))
    return f"/search?{urlencode(pairs)}"


def _chip(query: str, one: Filter, chosen: Sequence[Filter], spoken: Language) -> Chip:
    others = [other for other in chosen if other != one]
    turned = [Filter(one.name, one.value, not one.inverted) if other == one else other for other in chosen]
    return Chip(
        spoken.gettext(DIMENSIONS[one.name]),
        _value(one.name, one.value, spoken),
        one.inverted,
        _address(query, others),
        _address(query, tuple(dict.fromkeys(turned))),
        searching.unreadable(one),
    )


def _choices(known: Facts, spoken: Language, who: str | None) -> Iterator[Choice]:
    for name, label in DIMENSIONS.items():
        if name == "seen" and who is None:
            continue
        values = [(value, _value(name, value, spoken)) for value in known.values.get(name, ())]
        yield Choice(name, spoken.gettext(label), values)


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
