"""An example for every route of the workbench: what may stand in its address, and what may be sent to it.

A route that is not here fails `test_routes`: nobody adds an address that no test knocks at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from testimonia.casebook import Casebook
from testimonia.workbench.web import Route

__all__ = ["EXAMPLES", "Example", "example", "filled", "parts_of"]

What = Literal["page", "data", "picture", "file", "act"]


@dataclass(frozen=True)
class Example:
    """What a route answers with, the query of an example, and the JSON that is sent to it.

    `page`: HTML for a person; `data`: JSON for a script; `picture`: SVG; `file`: of the installation; `act`: a POST.
    `judges`: only under a pseudonym. `asks_nothing`: an act that needs no word more than its address.
    """

    what: What
    query: str = ""
    sends: Mapping[str, Any] = field(default_factory=dict)
    judges: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    asks_nothing: bool = False


EXAMPLES: dict[str, Example] = {
    "home": Example("page"),
    "tour": Example("page"),
    "language": Example("file", "back=/tour", parts={"code": "en"}),
    "static": Example("file", parts={"name": "workbench.css"}),
    "words": Example("data"),
    "unlock": Example("page"),
    "unlocking": Example("act"),
    "judge": Example("act", judges=True),
    "judge_many": Example("act", judges=True),
    "codings": Example("act", judges=True),
    "codings_respan": Example("act", judges=True),
    "codings_undo": Example("act", judges=True),
    "document": Example("page"),
    "document_sheet": Example("data"),
    "codebook": Example("data"),
    "search": Example("page", "q=여성"),
    "seen": Example("act", judges=True),
    "figures": Example("page"),
    "figure": Example("page"),
    "figure_picture": Example("picture"),
    "measures": Example("page"),
    "acts": Example("page"),
    "origins": Example("page"),
    "origin": Example("page"),
    "palermo": Example("page"),
    "timeline": Example("page"),
    "map": Example("page"),
    "missing": Example("page"),
    "dossier": Example("page"),
    "picture": Example("picture"),
    "estimate": Example("page"),
    "estimate_start": Example("act", asks_nothing=True),
    "estimate_progress": Example("data"),
    "pairs": Example("page"),
    "pair": Example("data"),
    "decide": Example("act", judges=True),
    "persons": Example("page"),
    "person": Example("page"),
    "split": Example("act", judges=True),
    "merge": Example("act", judges=True),
    "withdraw": Example("act", judges=True),
    "files": Example("page"),
    "file": Example("page"),
    "upload": Example("act", judges=True),
    "retry": Example("act", judges=True),
    "code_files": Example("act", judges=True),
    "trace": Example("act", judges=True, asks_nothing=True),
    "doubles": Example("page"),
    "differences": Example("page"),
    "doubles_plan": Example("act", judges=True, asks_nothing=True),
    "doubles_begin": Example("act", judges=True),
    "doubles_finish": Example("act", judges=True),
    "doubles_adjudicate": Example("act", judges=True),
    "doubles_seed": Example("act", judges=True),
    "doubles_reveal": Example("act", judges=True),
}


def parts_of(book: Casebook) -> dict[str, str]:
    """What may stand in the named parts of addresses, out of a casebook; `route.part` where one route means another."""
    first = next(one for one in book.documents() if one.codings)
    figure = next(coding.id for one in book.documents() for coding in one.codings if coding.kind == "figure")
    return {
        "file": first.file_sha256,
        "rendering": first.rendering_sha256,
        "coding": first.codings[0].id,
        "number": "0",
        "record": book.listed()[0].record_id,
        "picture": "origins",
        "origin.id": graph.origins[0].id if (graph := book.origin_graph()) and graph.origins else "",
        "figure.id": figure,
        "figure_picture.id": figure,
    }


def filled(route: Route, parts: Mapping[str, str]) -> str:
    """The path of a route with its parts filled in. Raises KeyError for one that nobody has given an example of."""

    def put(found: re.Match[str]) -> str:
        return quote(parts.get(f"{route.name}.{found[1]}") or parts[found[1]], safe="")

    return re.sub(r"\{(\w+)(?::\w+)?\}", put, route.path)


def example(book: Casebook, route: Route) -> str:
    """The example address of a route over a casebook, query and all."""
    given = EXAMPLES[route.name]
    return filled(route, {**parts_of(book), **given.parts}) + (f"?{given.query}" if given.query else "")
