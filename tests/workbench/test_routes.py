"""Every route of the workbench, refused to everybody but the one who was let in; generated from the list of routes."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route as Address
from tests.workbench.addresses import EXAMPLES, example
from tests.workbench.conftest import Serve
from tests.workbench.running import Running

from testimonia.workbench.app import workbench
from testimonia.workbench.guard import CSP
from testimonia.workbench.routes import ROUTES
from testimonia.workbench.web import Route

BY_NAME = {route.name: route for route in ROUTES}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
Headers = dict[str, str | None]
CLIENT = httpx.Client(timeout=60, verify=False)  # noqa: S501 - there is no TLS on loopback, and a context takes time

# What a request from elsewhere looks like. None takes a header away.
WRONG: dict[str, Headers] = {
    "no cookie": {"cookie": None},
    "another cookie": {"cookie": "testimonia={cookie}x"},
    "the cookie of another port": {"cookie": "testimonia_1={cookie}"},
    "an empty cookie": {"cookie": "{name}="},
    "a cookie cut short": {"cookie": "{name}=abc"},
    "another site": {"origin": "http://workbench.invalid"},
    "another port": {"origin": "http://127.0.0.1:1"},
    "another scheme": {"origin": "https://{host}"},
    "the same machine by name": {"origin": "http://localhost:{port}"},
    "a page that hides its origin": {"origin": "null", "sec-fetch-site": None},
    "a page of another site that hides its origin": {"origin": "null", "sec-fetch-site": "cross-site"},
    "a page of another port that hides its origin": {"origin": "null", "sec-fetch-site": "same-site"},
    "an empty origin": {"origin": ""},
    "a name that points here": {"host": "workbench.invalid:{port}"},
    "localhost by name": {"host": "localhost:{port}"},
    "the host without its port": {"host": "127.0.0.1"},
    "the host with another port": {"host": "127.0.0.1:1"},
    "a host that begins right": {"host": "{host}.workbench.invalid"},
    "an empty host": {"host": ""},
    "a click on another site": {"sec-fetch-site": "cross-site"},
    "a click on another port": {"sec-fetch-site": "same-site"},
}


BROKEN = {
    "nothing": b"",
    "a list": b"[]",
    "half an object": b"{",
    "a word": b'"x"',
    "null": b"null",
    "no text": b"\xff\xfe",
    "lists in lists without end": b"[" * 100_000,
    "an empty object": b"{}",
    "keys that nobody knows": b'{"\\u0000": 1, "__proto__": {}}',
}


def address(place: Running, route: Route) -> str:
    """The example address of a route; the test fails where nobody has given one."""
    assert route.name in EXAMPLES, f"{route.method} {route.path} ({route.name}) is not in tests/workbench/addresses.py"
    with place.bench.lock:
        return place.bench.remember(f"example of {route.name}", lambda: example(place.bench.book, route))


def sent(place: Running, method: str, path: str, changes: Headers) -> httpx.Response:
    """One request as the workbench's own page makes it, with some headers changed."""
    names = {
        "cookie": place.cookie, "name": place.door.cookie, "host": place.door.host, "port": str(place.door.port),
    }  # fmt: skip
    headers: dict[str, str] = {
        "host": place.door.host,
        "origin": place.origin,
        "sec-fetch-site": "same-origin",
        "accept": "application/json",
        "cookie": f"{place.door.cookie}={place.cookie}",
        "content-type": "application/json",
    }
    for name, value in changes.items():
        if value is None:
            headers.pop(name)
        else:
            headers[name] = value.format(**names)
    content = b"{}" if method not in ("GET", "TRACE", "OPTIONS") else None
    CLIENT.cookies.clear()
    return CLIENT.request(method, place.origin + path, headers=headers, content=content)


def guarded(answer: httpx.Response) -> None:
    """The headers that every answer carries, whatever it is."""
    assert answer.headers.get_list("content-security-policy") == [POLICY]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


@pytest.fixture
def unchanged(running: Running) -> Iterator[None]:
    """What was refused has left no trace in the casebook."""
    before = running.bench.book.summary()
    yield
    assert running.bench.book.summary() == before


def test_the_policy_is_the_one_that_was_decided() -> None:
    """Word for word; whoever loosens it must change this test."""
    assert CSP == POLICY


def test_every_address_of_the_application_stands_in_the_list(running: Running) -> None:
    """No mount, no second list: what the application answers is what `ROUTES` names, and each is tried here."""
    app = workbench(running.bench, running.door).app
    assert isinstance(app, Starlette)
    assert all(type(one) is Address for one in app.routes)
    answered = {
        (one.path, *sorted((one.methods or set()) - {"HEAD"})) for one in app.routes if isinstance(one, Address)
    }
    assert answered == {(route.path, route.method) for route in ROUTES}
    assert len(BY_NAME) == len(ROUTES), "two routes have one name"
    assert set(BY_NAME) == set(EXAMPLES), "tests/workbench/addresses.py and the list of routes differ"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_route_says_truly_whether_it_is_read_or_done(name: str) -> None:
    """GET changes nothing and needs no pseudonym; POST says whether it does."""
    route, example = BY_NAME[name], EXAMPLES.get(name)
    assert example is not None, f"{route.method} {route.path} ({name}) is not in tests/workbench/addresses.py"
    assert (route.method == "POST") == (example.what == "act")
    assert route.judges == example.judges
    assert not (route.judges and route.method == "GET")


@pytest.mark.parametrize("why", sorted(WRONG))
@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_request_from_elsewhere_is_refused(running: Running, unchanged: None, name: str, why: str) -> None:
    """Whatever is asked: one plain sentence, not even whether there is such an address."""
    route = BY_NAME[name]
    answer = sent(running, route.method, address(running, route), WRONG[why])
    assert answer.status_code in ((400, 403) if "host" in WRONG[why] else (403,))
    assert "set-cookie" not in answer.headers
    if answer.status_code == 403:
        guarded(answer)
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.text == sent(running, route.method, "/nothing/here", WRONG[why]).text


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_request_that_changes_something_must_say_where_it_comes_from(
    running: Running, unchanged: None, name: str
) -> None:
    """A POST without Origin is refused; a GET without one is how a person opens a page."""
    route = BY_NAME[name]
    answer = sent(running, route.method, address(running, route), {"origin": None})
    assert (answer.status_code == 403) == (route.method == "POST")
    guarded(answer)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_other_method_is_refused(running: Running, unchanged: None, name: str, method: str) -> None:
    """Also to the one who was let in."""
    route = BY_NAME[name]
    if any(other.path == route.path and other.method == method for other in ROUTES):
        pytest.skip("this method has a route")
    answer = sent(running, method, address(running, route), {})
    assert answer.status_code in (403, 405, 404)
    guarded(answer)


@pytest.mark.parametrize("name", sorted(name for name, route in BY_NAME.items() if route.method == "GET"))
def test_what_is_read_is_answered_guarded_and_changes_nothing(running: Running, name: str) -> None:
    """Every GET answers its example; nothing in the casebook but the marks of what was opened may change by it."""
    route = BY_NAME[name]
    before = running.bench.book.moment()
    answer = sent(running, "GET", address(running, route), {"accept": "text/html"})
    assert answer.status_code in (200, 303), answer.text
    guarded(answer)
    assert running.bench.book.moment() == before


@pytest.mark.parametrize("name", sorted(name for name, route in BY_NAME.items() if route.judges))
def test_who_has_no_pseudonym_reads_only(readers: Running, name: str) -> None:
    """Every route that judges says so in a sentence."""
    route = BY_NAME[name]
    before = readers.bench.book.summary()
    answer = sent(readers, "POST", address(readers, route), {})
    assert answer.status_code in (403, 415)
    if answer.status_code == 403:
        assert "--as" in answer.json()["error"]
    guarded(answer)
    assert readers.bench.book.summary() == before


@pytest.fixture(scope="module")
def readers(casebook: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server for somebody who has no pseudonym."""
    import shutil
    from pathlib import Path

    from tests.workbench.running import serving

    copy = tmp_path_factory.mktemp("readers") / "casebook"
    shutil.copytree(Path(str(casebook)), copy)
    with serving(copy, who=None) as place:
        yield place


@pytest.mark.parametrize(
    "name", [name for name, one in sorted(EXAMPLES.items()) if one.what == "act" and not one.asks_nothing]
)
@pytest.mark.parametrize("why", sorted(BROKEN))
def test_what_is_no_request_is_refused_in_a_sentence(running: Running, unchanged: None, name: str, why: str) -> None:
    """Broken, empty and foreign bodies: a sentence and a 4xx, never a failure of the server."""
    route = BY_NAME[name]
    answer = httpx.post(
        running.origin + address(running, route),
        content=BROKEN[why],
        headers={
            "host": running.door.host, "origin": running.origin, "sec-fetch-site": "same-origin",
            "cookie": f"{running.door.cookie}={running.cookie}", "content-type": route.takes,
            "accept": "application/json",
        },
        timeout=60,
    )  # fmt: skip
    guarded(answer)
    if route.takes == "application/json":
        assert 400 <= answer.status_code < 500, answer.text
        assert answer.json()["error"]


def test_nothing_is_at_an_address_that_is_not_in_the_list(running: Running) -> None:
    """Nor does a path climb out of the folder of packaged files."""
    for path in (
        "/nothing", "/static/", "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e%2fapp.py",
        "/static//etc/passwd", "/static/workbench.css/", "/static/%00", "/.git/config", "/document/", "/docs",
        "/openapi.json", "//evil.invalid/",
    ):  # fmt: skip
        answer = sent(running, "GET", path, {})
        assert answer.status_code == 404, path
        guarded(answer)


def test_a_failure_of_the_server_is_said_and_guarded_too(serve: Serve) -> None:
    """A defect in a page ends in a 500 with the same headers, and tells nothing of what it was about."""
    from starlette.responses import Response

    from testimonia.workbench.web import get

    def broken(bench: object, asked: object) -> Response:
        raise RuntimeError("the name of a person")

    place = serve(routes=(*ROUTES, get("/broken", "broken", broken)))
    answer = sent(place, "GET", "/broken", {})
    assert answer.status_code == 500
    assert "the name of a person" not in answer.text
    guarded(answer)
