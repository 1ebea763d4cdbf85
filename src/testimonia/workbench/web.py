"""What a page is made of: a route, what was asked, and the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from testimonia.workbench.bench import Bench

__all__ = ["Asked", "Handler", "Refused", "Route", "answer", "get", "go", "post"]

LARGEST = 1 << 20  # bytes of a body that is not an upload
LARGEST_UPLOAD = 512 << 20


class Refused(Exception):
    """What was asked for is not done; `sentence` says why and what to do. Answered as a page or as JSON."""

    def __init__(self, status: int, sentence: str, **more: Any) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.more = status, sentence, more


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as a page sees it. `path` holds the parts of the address that the route names."""

    path: Mapping[str, str]
    request: Request
    locale: str
    body: bytes = b""

    @property
    def address(self) -> str:
        """The path and query that was asked for."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    @property
    def wants_json(self) -> bool:
        """Whether a script asked, and not a person who will read the answer as a page."""
        return self.request.headers.get("accept", "").startswith("application/json")

    def word(self, name: str, default: str = "") -> str:
        """The first value of a key of the query."""
        return str(self.request.query_params.get(name, default))

    def words(self, name: str) -> list[str]:
        """Every value of a key of the query, empty ones left out."""
        return [value for value in self.request.query_params.getlist(name) if value]

    def number(self, name: str, default: int) -> int:
        """A whole number of the query that is not negative; `default` where there is none. Raises Refused."""
        given = self.word(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit() and len(given) < 16):
            raise Refused(400, f"{name} in the address must be a whole number.")
        return int(given)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises Refused for anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Refused(400, "The request is not JSON.") from error
        if not isinstance(value, dict):
            raise Refused(400, "The request is not a JSON object.")
        return value


Handler = Callable[["Bench", Asked], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """An address and what answers it. `judges`: only for somebody who works under a pseudonym.

    `largest`: bytes that a body may have. `locked`: answered also while the workbench is locked.
    """

    path: str
    method: Literal["GET", "POST"]
    name: str
    call: Handler
    judges: bool = False
    largest: int = LARGEST
    locked: bool = False
    takes: str = "application/json"


def get(path: str, name: str, handler: Handler, *, locked: bool = False) -> Route:
    """A page to be read."""
    return Route(path, "GET", name, handler, locked=locked)


def post(path: str, name: str, handler: Handler, *, judges: bool = True) -> Route:
    """Something to be done, told as JSON; needs a pseudonym unless `judges` is false."""
    return Route(path, "POST", name, handler, judges=judges)


def answer(value: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON answer."""
    try:
        return JSONResponse(dict(value), status_code=status)
    except UnicodeEncodeError:  # half a sign: as an escape it keeps its place, and the offsets stay right
        return Response(json.dumps(dict(value), allow_nan=False), status_code=status, media_type="application/json")


def go(address: str) -> Response:
    """Send the browser on, by GET, to an address of this workbench."""
    return RedirectResponse(address, status_code=303)
