"""Pairs of records: are they one person? The linkage's opinion, and other people's, come only after the judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.responses import Response

from testimonia.errors import ChangedMeanwhile, MissingPart, NotDecided
from testimonia.project import pairing
from testimonia.project.pairing import Afterwards, Table
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import Language, language
from testimonia.workbench.pages.judging import asked_seconds
from testimonia.workbench.pages.records import field_name, script
from testimonia.workbench.pages.refused import sentence
from testimonia.workbench.render import page
from testimonia.workbench.web import Asked, Refused, answer, get, post

__all__ = ["ROUTES", "records_at", "refusing", "told_records"]

BACK = 50  # of her own pairs, that she may look at again with the key for back


def pairs(bench: Bench, asked: Asked) -> Response:
    """The pair that the address names, or the next one; and how far review has come."""
    adjudicate = bool(asked.word("adjudicate"))
    found = _table(bench, adjudicate=adjudicate)
    shown, gone = None, ""
    if found is not None and bench.who is not None:
        with bench.lock:
            shown, gone = _shown(bench, found, asked)
    return page(
        bench,
        asked,
        "pairs.html",
        found=found,
        shown=None if shown is None else pairing.plain(shown),
        gone=gone,
        adjudicate=adjudicate,
        progress=None if found is None else pairing.progress(found),
        own=[] if found is None else _own(found),
        field_name=lambda field: field_name(field, language(asked.locale)),
        script=script,
    )


def _shown(bench: Bench, found: Table, asked: Asked) -> tuple[pairing.Shown | None, str]:
    a, b = asked.word("a"), asked.word("b")
    try:
        return pairing.shown(found, records_at(bench), (a, b) if a and b else None), ""
    except NotDecided as error:
        return pairing.shown(found, records_at(bench)), sentence(error, asked.locale)


def records_at(bench: Bench) -> Mapping[str, Any]:
    """The records of all lists, read once as long as the lists are the same."""
    return bench.keep(f"records {bench.book.lists_moment()}", lambda: pairing.records_of(bench.book))


def _table(bench: Bench, *, adjudicate: bool) -> Table | None:
    try:
        return pairing.table(bench.book, bench.who or "", records_at(bench), adjudicate=adjudicate)
    except MissingPart as error:
        raise Refused(501, str(error)) from error


def _own(found: Table) -> list[list[str]]:
    """The pairs that this person judged last, each once, the last first."""
    return [list(pair) for pair in dict.fromkeys((one.a, one.b) for one in found.own)][:BACK]


def one(bench: Bench, asked: Asked) -> Response:
    """A pair as JSON: the one that is named, or the next."""
    found = _known(bench, adjudicate=bool(asked.word("adjudicate")))
    with refusing(asked):
        a, b = asked.word("a"), asked.word("b")
        shown = pairing.shown(found, records_at(bench), (a, b) if a and b else None)
    return answer(_plain(bench, found, shown, language(asked.locale)))


def decide(bench: Bench, asked: Asked) -> Response:
    """Keep a judgement on a pair; answers with what was held back, and with the next pair."""
    told = asked.json()
    adjudicate = told.get("chosen") == "adjudication"
    pair = (_id(told, "a"), _id(told, "b"))
    with refusing(asked), bench.writing() as book:
        found = pairing.table(book, bench.who or "", records_at(bench), adjudicate=adjudicate)
        if found is None or (adjudicate and not any(set(ask.pair) == set(pair) for ask in found.asked)):
            raise Refused(409, "This pair is not in dispute any more, or you are one of the two.")
        verdict, known, seconds = str(told.get("verdict")), _verdict(told), asked_seconds(told)
        after = pairing.decide(book, found, pair, verdict, known=known, seconds=seconds)
    left = _known(bench, adjudicate=adjudicate)
    following = pairing.shown(left, records_at(bench))
    return answer({**_plain(bench, left, following, language(asked.locale)), "after": _after(after)})


def _known(bench: Bench, *, adjudicate: bool) -> Table:
    found = _table(bench, adjudicate=adjudicate)
    if found is None:
        raise Refused(409, "Nothing has been linked here yet; run `testimonia link` first.")
    return found


def _plain(bench: Bench, found: Table, shown: pairing.Shown | None, spoken: Language) -> dict[str, Any]:
    """The pair with the names of its fields, and how far review has come."""
    card = None if shown is None else pairing.plain(shown)
    for line in card["lines"] if card else ():
        line["label"] = field_name(line["field"], spoken)
        line["scripts"] = [script(line["left"]), script(line["right"])]
    far = pairing.progress(found)
    return {"pair": card, "waiting": far.waiting, "own": far.own, "enough": far.enough, "moved": far.moved}


def _after(one: Afterwards) -> dict[str, Any]:
    return {
        "a": one.a,
        "b": one.b,
        "verdict": one.verdict,
        "probability": one.probability,
        "others": dict(one.others),
        "stands": one.stands,
    }


@contextmanager
def refusing(asked: Asked) -> Iterator[None]:
    """Answer what cannot be kept: 409 with who was quicker, or 422 with the reason."""
    try:
        yield
    except ChangedMeanwhile as error:
        raise Refused(409, sentence(error, asked.locale), who=error.who, what=error.what, at=error.at) from error
    except NotDecided as error:
        raise Refused(422, sentence(error, asked.locale)) from error
    except KeyError as error:
        raise Refused(404, "A record is not in this casebook any more. Load the page again.") from error


def _id(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(400, "The request does not say which records it is about.")
    return value


def told_records(told: Mapping[str, Any], name: str) -> list[str]:
    """A list of record ids out of a request. Raises Refused."""
    value = told.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise Refused(400, "The request does not say which records it is about.")
    return list(dict.fromkeys(value))


def _verdict(told: Mapping[str, Any]) -> str | None:
    value = told.get("known")
    return value if isinstance(value, str) and value else None


ROUTES = (
    get("/pairs", "pairs", pairs),
    get("/pairs/one", "pair", one),
    post("/pairs/decide", "decide", decide),
)
