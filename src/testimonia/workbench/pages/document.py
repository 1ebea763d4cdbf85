"""One document to be read and judged: its text in sheets, with every coding marked in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from testimonia.project import choices, judging, reading
from testimonia.workbench.bench import Bench
from testimonia.workbench.languages import language
from testimonia.workbench.pages.media import type_name
from testimonia.workbench.render import page
from testimonia.workbench.web import Asked, Refused, answer, get

__all__ = ["ROUTES"]

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
# The keys 1 to 9; what comes after has a button without a key.
KINDS = ("figure", "measure", "act", "attribution", "place", "org", "date", "person", "law", "role", "demonym")


def document(bench: Bench, asked: Asked) -> Response:
    """The page of a document, opened at the sheet that was asked for or that holds the place `at`."""
    cut = _outline(bench, asked.path["file"])
    start, end = _at(asked)
    number = _sheet_asked(bench, asked, cut, start if end else None)
    codings = _codings(bench, cut, number)
    before, after = reading.neighbours(_order(bench), cut.document.file_sha256)
    return page(
        bench,
        asked,
        "document.html",
        document=cut.document,
        media=type_name(cut.document.media_type, language(asked.locale)),
        name=reading.clean(cut.document.paths[0] if cut.document.paths else cut.document.file_sha256),
        others=[reading.clean(path) for path in cut.document.paths[1:]],
        sheet=reading.sheet(cut, number, codings),
        codings=codings,
        by_id={coding["id"]: coding for coding in codings},
        labels=choices.labels(codings, asked.locale),
        schemes=choices.SCHEMES,
        kinds=KINDS,
        as_list=asked.word("list") == "yes",
        at=(start, end),
        mode=judging.mode(bench.book, cut.document.rendering_sha256, bench.who),
        before=before,
        after=after,
    )


def sheet(bench: Bench, asked: Asked) -> Response:
    """A sheet as JSON: blocks, codings with what each leaves open, and the labels of their codes.

    With `only=codings`, no blocks: the page has drawn them already.
    """
    cut = _outline(bench, asked.path["file"])
    number = int(asked.path["number"]) if asked.path["number"].isdigit() else -1
    codings = _codings(bench, cut, number)
    made = reading.sheet(cut, number, codings)
    if asked.word("only") == "codings":
        made["blocks"] = []
    told = [{**coding, "lacks": choices.lacking(coding)} for coding in codings]
    return answer({**made, "codings": told, "labels": choices.labels(codings, asked.locale)})


def codebook(_bench: Bench, _asked: Asked) -> Response:
    """What a person may choose from when coding."""
    return answer(choices.choices())


def _sheet_asked(bench: Bench, asked: Asked, cut: reading.Outline, at: int | None) -> int:
    """The sheet that is named, or that holds a place; else, for one who judges, the first on which something waits."""
    if at is not None or asked.word("sheet") or bench.who is None:
        return asked.number("sheet", reading.sheet_at(cut, at or 0))
    return reading.first_waiting(cut, lambda number: _codings(bench, cut, number))


def _outline(bench: Bench, file_sha256: str) -> reading.Outline:
    try:
        return bench.remember(f"outline {file_sha256}", lambda: reading.outline(bench.book, file_sha256))
    except KeyError:
        raise Refused(404, "There is no document at this address.") from None


def _order(bench: Bench) -> Sequence[str]:
    return bench.remember("documents that can be read", bench.book.readable)


def _codings(bench: Bench, cut: reading.Outline, number: int) -> list[dict[str, Any]]:
    if not 0 <= number < len(cut.first):
        raise Refused(404, "This document has no such sheet.")
    start, end = cut.span(number)
    found = judging.sheet_codings(bench.book, cut.document.rendering_sha256, start, end, bench.who)
    return [reading.shown(coding) for coding in found]


def _at(asked: Asked) -> tuple[int, int]:
    found = _SPAN.fullmatch(asked.word("at"))
    return (int(found[1]), int(found[2])) if found else (0, 0)


ROUTES = (
    get("/document/{file}", "document", document),
    get("/document/{file}/sheet/{number}", "document_sheet", sheet),
    get("/codebook", "codebook", codebook),
)
