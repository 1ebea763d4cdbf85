"""Files: the ledger of everything that was found, adding files, reading them again, and the life of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from testimonia.errors import NotTakenIn
from testimonia.project import filing
from testimonia.project.filing import Arrival
from testimonia.project.searching import Filter
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import Language, language
from testimonia.workbench.languages import mark as _
from testimonia.workbench.pages.chips import Choice, address, chips, given, unsettled
from testimonia.workbench.pages.logged import action_name, flag_name
from testimonia.workbench.pages.media import language_name, type_name
from testimonia.workbench.pages.refused import sentence
from testimonia.workbench.render import kind_label, page
from testimonia.workbench.web import Asked, Refused, Route, answer, get, go, post

__all__ = ["ROUTES"]

PAGE = 100


DIMENSIONS = {
    "outcome": _("Outcome"),
    "type": _("Type of file"),
    "language": _("Language"),
    "flag": _("Remark"),
    "folder": _("Folder"),
    "words": _("Part of the path"),
}
OUTCOMES = {"read": _("read"), "partly": _("partly read"), "unread": _("not read")}


def files(bench: Bench, asked: Asked) -> Response:
    """The ledger; every filter stands in the address."""
    pairs, spoken = given(asked), language(asked.locale)
    chosen = tuple(
        dict.fromkeys(
            Filter(key.removeprefix("not-"), value, key.startswith("not-"))
            for key, value in pairs
            if key.removeprefix("not-") in DIMENSIONS and value
        )
    )
    if unsettled(pairs, ""):
        return go(_to(chosen))
    rows = bench.remember("ledger", lambda: filing.rows_of(bench.book))
    found = filing.ledger(rows, _by_key(chosen))
    at = max(1, asked.number("page", 1))
    return page(
        bench,
        asked,
        "files.html",
        found=found,
        some=found.rows[(at - 1) * PAGE : at * PAGE],
        chosen=chosen,
        chips=chips(
            _to, chosen, lambda name: spoken.gettext(DIMENSIONS[name]), lambda name, value: _value(name, value, spoken)
        ),
        choices=list(_choices(found.values, spoken)),
        limit=filing.LIMIT >> 20,
        before=_to(chosen, at - 1) if at > 1 else "",
        after=_to(chosen, at + 1) if at * PAGE < len(found.rows) else "",
        outcome_name=lambda outcome: spoken.gettext(OUTCOMES[outcome]),
        type_name=lambda media: type_name(media, spoken),
        language_name=lambda code: language_name(code, spoken),
        flag_name=lambda flag: flag_name(flag, spoken),
    )


def _to(chosen: Sequence[Filter], number: int = 1) -> str:
    return address("/files", [], chosen, number)


def _by_key(chosen: Sequence[Filter]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in chosen:
        found.setdefault(one.key, []).append(one.value)
    return found


def _choices(values: Mapping[str, Sequence[str]], spoken: Language) -> Iterator[Choice]:
    for name, label in DIMENSIONS.items():
        named = [(value, _value(name, value, spoken)) for value in values.get(name, ())]
        yield Choice(name, spoken.gettext(label), named, name == "words")


def _value(name: str, value: str, spoken: Language) -> str:
    if name == "outcome":
        return spoken.gettext(OUTCOMES.get(value, value))
    if name == "type":
        return type_name(value, spoken)
    if name == "flag":
        return flag_name(value, spoken)
    return language_name(value, spoken) if name == "language" else value


def one(bench: Bench, asked: Asked) -> Response:
    """The life of one file."""
    try:
        life = filing.life(bench.book, asked.path["file"])
    except KeyError as error:
        raise Refused(404, "There is no such file in this casebook.") from error
    spoken = language(asked.locale)
    arrivals = [row for row in bench.remember("ledger", lambda: filing.rows_of(bench.book)) if _is(row, life)]
    return page(
        bench,
        asked,
        "file.html",
        life=life,
        arrivals=arrivals,
        kinds=_kinds(life.codings),
        outcome_name=lambda outcome: spoken.gettext(OUTCOMES[outcome]),
        type_name=lambda media: type_name(media, spoken),
        language_name=lambda code: language_name(code, spoken),
        kind_name=lambda kind: kind_label(kind, spoken),
        flag_name=lambda flag: flag_name(flag, spoken),
        action_name=lambda entry: action_name(entry.action, entry.why, spoken),
    )


def _is(row: filing.Row, life: Any) -> bool:
    return bool(row.arrival.file_sha256 == life.item.file_sha256)


def _kinds(codings: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Codings by kind, and of each kind by state."""
    found: dict[str, dict[str, int]] = {}
    for (kind, state), count in codings.items():
        found.setdefault(kind, {})[state] = count
    return found


# Doing ---------------------------------------------------------------------------------------------------


def upload(bench: Bench, asked: Asked) -> Response:
    """Take in one file: its bytes are the body, its path is `name` in the address."""
    try:
        with bench.writing() as book:
            found = filing.take(book, asked.word("name"), asked.body, sandbox=bench.sandbox)
    except NotTakenIn as error:
        raise Refused(422, sentence(error, asked.locale)) from error
    return answer({"files": [_plain(arrival, language(asked.locale)) for arrival in found]})


def retry(bench: Bench, asked: Asked) -> Response:
    """Read a file again with the tools of now."""
    file = asked.json().get("file")
    if not isinstance(file, str):
        raise Refused(400, "The request names no file.")
    try:
        with bench.writing() as book:
            found = filing.again(book, file, sandbox=bench.sandbox)
    except NotTakenIn as error:
        raise Refused(422, sentence(error, asked.locale)) from error
    return answer({"files": [_plain(arrival, language(asked.locale)) for arrival in found]})


def code(bench: Bench, asked: Asked) -> Response:
    """Let the coder propose codings for some files."""
    given_files = asked.json().get("files")
    if not isinstance(given_files, list) or not all(isinstance(one, str) for one in given_files):
        raise Refused(400, "The request names no file.")
    with bench.writing() as book:
        coded = filing.code_files(book, given_files)
    return answer({"proposals": sum(coded.proposals.values()), "refused": sum(coded.refused.values())})


def trace(bench: Bench, asked: Asked) -> Response:
    """Trace anew who stands behind what is said."""
    with bench.writing() as book:
        return answer({"origins": filing.trace_again(book)})


def _plain(arrival: Arrival, spoken: Language) -> dict[str, Any]:
    return {
        "path": arrival.path,
        "file": arrival.file_sha256,
        "outcome": arrival.outcome,
        "outcome_name": spoken.gettext(OUTCOMES[arrival.outcome]),
        "type": type_name(arrival.media_type, spoken),
        "characters": arrival.characters,
        "reason": arrival.reason,
        "remedy": arrival.remedy,
    }


ROUTES: tuple[Route, ...] = (
    get("/files", "files", files),
    get("/files/{file}", "file", one),
    Route(
        "/files/upload",
        "POST",
        "upload",
        upload,
        judges=True,
        largest=filing.LIMIT,
        takes="application/octet-stream",
    ),
    post("/files/retry", "retry", retry),
    post("/files/code", "code_files", code),
    post("/files/trace", "trace", trace),
)
