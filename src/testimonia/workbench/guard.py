"""The guard in front of every route: host, origin, cookie and size are checked before a page is asked anything.

A page in the same browser may send requests to this port (CSRF), and a name may be made to point at this machine
(DNS rebinding). So the Host must be the very one that was printed, a request that comes from elsewhere is refused,
and whoever has no cookie learns nothing, not even which addresses exist.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testimonia.workbench.door import Door

__all__ = ["CSP", "HEADERS", "Guard"]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = {
    "content-security-policy": CSP,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
NOT_YOURS = "This page belongs to a workbench opened elsewhere. Use the address that `testimonia serve` printed."
USED = (
    "This address has been used; it works once. The browser in which it was opened is still let in at its first page; "
    "otherwise stop `testimonia serve` and start it again."
)


class Guard:
    """Lets in requests that carry the cookie, come from this workbench itself, and name it rightly."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or hand on."""
        if scope["type"] != "http":
            return
        refusal = self._refuse(scope)
        answer = refusal if refusal is not None else self.app
        await answer(scope, receive, _with_headers(send))

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self.door.host] or not self._at_home(scope, headers):
            return PlainTextResponse(NOT_YOURS, status_code=403)
        if scope["path"] == "/" and scope["method"] == "GET" and (token := _token(scope)) is not None:
            return self._enter(token, headers)
        if not self.door.knows(_cookie(headers, self.door.cookie)):
            return PlainTextResponse(NOT_YOURS, status_code=403)
        return None

    def _at_home(self, scope: Scope, headers: Headers) -> bool:
        """Whether no other page sent the request: what a browser says of where it comes from."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin == "null" and site == "same-origin":  # a form, under our own policy to tell no referrer
            return True
        if origin is not None and origin != self.door.origin:
            return False
        if scope["method"] not in ("GET", "HEAD") and origin is None:
            return False
        return site in ("none", "same-origin")

    def _enter(self, token: str, headers: Headers) -> Response:
        session = self.door.enter(token)
        if session is None:
            if self.door.knows(_cookie(headers, self.door.cookie)):
                return RedirectResponse("/", status_code=303)
            return PlainTextResponse(USED, status_code=403)
        found = RedirectResponse("/", status_code=303)
        found.set_cookie(self.door.cookie, session, httponly=True, samesite="strict", path="/")
        return found


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def _token(scope: Scope) -> str | None:
    found = parse_qs(scope["query_string"].decode("ascii", "replace"), keep_blank_values=True).get("token")
    return found[0] if found else None


def _cookie(headers: Headers, name: str) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found else None
