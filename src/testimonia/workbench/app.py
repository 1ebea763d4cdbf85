"""The application: one list of routes, each answered in a worker thread under the lock of the bench."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Address

from testimonia.errors import CasebookInUse, TestimoniaError
from testimonia.workbench.bench import Bench, Locked
from testimonia.workbench.door import Door
from testimonia.workbench.guard import Guard
from testimonia.workbench.languages import language, locale_of
from testimonia.workbench.render import page
from testimonia.workbench.routes import ROUTES
from testimonia.workbench.web import Asked, Refused, Route, answer, go

__all__ = ["workbench"]

READING_ONLY = "This workbench was opened for reading. Start it with `--as` and a pseudonym to judge."
LOCKED = (
    "The workbench is locked after a time without work. Enter the passphrase on its page to go on; nothing is lost."
)
FAILED = "Something went wrong inside testimonia. Every judgement that was answered is kept. Reload the page to go on."
NOTHING = "There is nothing at this address."


def workbench(bench: Bench, door: Door, routes: Sequence[Route] = ROUTES) -> Guard:
    """The application over a bench, behind a door. Every address stands in `routes`, and every one is guarded."""
    pages = Starlette(
        routes=[
            Address(route.path, _endpoint(bench, route), methods=[route.method], name=route.name) for route in routes
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={HTTPException: partial(_no_such, bench), Exception: _failed},
    )
    pages.router.redirect_slashes = False  # what is not in the list does not exist
    return Guard(pages, door)


def _endpoint(bench: Bench, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        asked = Asked(path=request.path_params, request=request, locale=locale_of(request))
        try:
            if route.method == "POST":
                asked = Asked(path=asked.path, request=request, locale=asked.locale, body=await _body(request, route))
            return await to_thread.run_sync(_answer, bench, route, asked)
        except Refused as refusal:
            return _refused(bench, asked, refusal)

    return endpoint


async def _body(request: Request, route: Route) -> bytes:
    """The whole body, if it is of the kind and size that the route takes. Raises Refused."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if route.takes != kind:
        raise Refused(415, f"This address takes {route.takes}.")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > route.largest:
            raise Refused(413, f"What was sent is larger than {route.largest >> 20} MB. Nothing of it was kept.")
        parts.append(part)
    return b"".join(parts)


def _answer(bench: Bench, route: Route, asked: Asked) -> Response:
    with bench.lock:
        if not bench.locked:
            bench.touch()
        try:
            if bench.locked and not route.locked:
                raise Locked
            if route.judges and bench.who is None:
                raise Refused(403, READING_ONLY)
            return route.call(bench, asked)
        except Locked:
            return _locked(asked)
        except Refused as refusal:
            return _refused(bench, asked, refusal)
        except CasebookInUse as error:
            return _refused(bench, asked, Refused(503, str(error)))
        except TestimoniaError as error:
            return _refused(bench, asked, Refused(500, str(error)))


def _locked(asked: Asked) -> Response:
    if asked.wants_json or asked.request.method != "GET":
        return answer({"error": language(asked.locale).gettext(LOCKED), "locked": True}, 423)
    return go(f"/unlock?back={quote(asked.address, safe='')}")


def _refused(bench: Bench, asked: Asked, refusal: Refused) -> Response:
    sentence = language(asked.locale).gettext(refusal.sentence)
    if asked.wants_json or asked.request.method != "GET":
        return answer({"error": sentence, **refusal.more}, refusal.status)
    return page(bench, asked, "problem.html", status=refusal.status, sentence=sentence)


async def _no_such(bench: Bench, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    asked = Asked(path={}, request=request, locale=locale_of(request))
    return _refused(bench, asked, Refused(status, NOTHING if status == 404 else str(error)))


async def _failed(request: Request, error: Exception) -> Response:
    """A mistake of ours: said, and told on stderr without a word of the casebook."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place is not None else ""
    print(f"testimonia: {request.method} failed: {type(error).__name__} at {where}", file=sys.stderr)  # noqa: T201
    return answer({"error": FAILED}, 500)
