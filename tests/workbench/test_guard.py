"""Who is let in: a token that works once, a cookie, this machine only, and the passphrase again after a pause."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from tests.workbench.conftest import Serve, Visit
from tests.workbench.invented import PASSPHRASE
from tests.workbench.running import Running

from testimonia.workbench.door import Door


def test_the_token_lets_one_in_once_and_becomes_a_cookie(serve: Serve) -> None:
    """303 to an address without it; the cookie is Strict and closed to scripts; the second one stays outside."""
    place = serve(let_in=False)
    first = httpx.get(place.door.address)
    assert first.status_code == 303
    assert first.headers["location"] == "/"
    attributes = first.headers["set-cookie"].lower()
    assert "httponly" in attributes and "samesite=strict" in attributes and "domain" not in attributes
    second = httpx.get(place.door.address)
    assert second.status_code == 403
    assert "set-cookie" not in second.headers
    assert "once" in second.text


def test_whoever_is_in_may_open_the_first_address_again(running: Running) -> None:
    """The address stays in the history of the browser: with the cookie it leads to the first page."""
    with running.client() as client:
        answer = client.get(running.door.address)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["", "x", "é", "%00", "A" * 20_000, "%ff%fe"])
def test_a_wrong_token_does_not_use_up_the_right_one(serve: Serve, token: str) -> None:
    """Guessing locks nobody out."""
    place = serve(let_in=False)
    assert httpx.get(f"{place.origin}/?token={token}").status_code in (400, 403)
    assert httpx.get(place.door.address).status_code == 303


def test_tokens_and_cookies_are_long_and_never_the_same() -> None:
    """256 bits from the system, each time anew."""
    doors = [Door(1) for _ in range(20)]
    assert len({door.token for door in doors}) == 20
    assert all(len(door.token) >= 43 for door in doors)
    assert len({door.enter(door.token) for door in doors} | {door.token for door in doors}) == 40


def test_two_host_headers_are_refused(running: Running) -> None:
    """One of them could be the right one."""
    with socket.create_connection(("127.0.0.1", running.door.port)) as line:
        line.sendall(
            f"GET / HTTP/1.1\r\nHost: {running.door.host}\r\nHost: workbench.invalid\r\n"
            f"Cookie: {running.door.cookie}={running.cookie}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = http.client.HTTPResponse(line)
        answer.begin()
        assert answer.status in (400, 403)


def test_the_workbench_listens_on_this_machine_only(running: Running) -> None:
    """The port answers on 127.0.0.1; on every other address of this machine nobody is there."""
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)} - {"127.0.0.1"}
    others |= {"127.0.0.2", "::1"}
    for other in others:
        with pytest.raises(OSError):
            socket.create_connection((str(other), running.door.port), timeout=1).close()


def test_a_body_that_is_too_large_is_not_read_to_its_end(running: Running) -> None:
    """More than a megabyte of JSON is nobody's judgement."""
    from testimonia.workbench.routes import ROUTES

    path = next(one.path for one in ROUTES if one.method == "POST" and one.name == "unlocking")
    with running.client() as client:
        answer = client.post(
            path, content=b"x" * (2 << 20), headers={"content-type": "application/x-www-form-urlencoded"}
        )
    assert answer.status_code == 413
    assert "larger" in answer.json()["error"]


# The pause ---------------------------------------------------------------------------------------------


def wait_for_lock(place: Running) -> None:
    """Until nobody has asked for long enough."""
    until = time.monotonic() + 10
    while not place.bench.locked:
        assert time.monotonic() < until, "the workbench did not lock"
        time.sleep(0.05)


def test_after_a_pause_the_passphrase_is_asked_again(serve: Serve, visit: Visit) -> None:
    """In the browser: the page leads to the lock, a wrong passphrase is said, the right one leads back."""
    place = serve(idle=1.5)
    watched = visit(place, "/", expected=("403",))
    wait_for_lock(place)
    watched.go("/tour")
    assert "/unlock" in watched.page.url
    field = watched.page.get_by_label("Passphrase of the casebook")
    field.fill("not this one")
    field.press("Enter")
    watched.page.get_by_role("alert").wait_for()
    assert place.bench.locked
    field = watched.page.get_by_label("Passphrase of the casebook")
    field.fill(PASSPHRASE)
    field.press("Enter")
    watched.page.wait_for_url("**/tour")
    assert not place.bench.locked


def test_a_locked_workbench_holds_no_open_casebook_and_tells_nothing(serve: Serve) -> None:
    """Scripts are told by a status; pages are sent to the lock; nothing of the casebook is in either."""
    place = serve(idle=0.3)
    wait_for_lock(place)
    with place.client() as client:
        told = client.get("/")
        assert told.status_code == 423
        assert told.json()["locked"]
        page = client.get("/", headers={"accept": "text/html"})
        assert page.status_code == 303
        assert page.headers["location"].startswith("/unlock?back=")
        lock = client.get(page.headers["location"], headers={"accept": "text/html"})
        assert lock.status_code == 200
        assert "interviews" not in lock.text


@pytest.mark.parametrize(
    "back", ["//evil.invalid", "/\\evil.invalid", "http://evil.invalid/", "javascript:alert(1)", "\t//x"]
)
def test_the_way_back_never_leads_elsewhere(running: Running, back: str) -> None:
    """An address that was handed in is followed only inside the workbench."""
    with running.client() as client:
        for path in ("/unlock", "/language/en"):
            answer = client.get(path, params={"back": back}, headers={"accept": "text/html"})
            assert answer.status_code == 303
            assert answer.headers["location"] == "/"


# The command ---------------------------------------------------------------------------------------------


def test_serve_prints_its_address_alone_and_stops_when_told(casebook: Path, tmp_path: Path) -> None:
    """One line on stdout, for a person or a script to open; Ctrl+C ends it without a word of trouble."""
    import shutil

    copy = tmp_path / "casebook"
    shutil.copytree(casebook, copy)
    running = subprocess.Popen(
        [sys.executable, "-m", "testimonia", "serve", str(copy), "--as", "reader-1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TESTIMONIA_PASSPHRASE": PASSPHRASE},
    )  # fmt: skip
    assert running.stdout is not None and running.stderr is not None
    try:
        line = running.stdout.readline()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n", line), line + running.stderr.read()
        with httpx.Client(follow_redirects=True) as client:
            assert client.get(line.strip()).status_code == 200
            assert client.get(line.strip()).status_code == 200
        assert httpx.get(line.strip()).status_code == 403
        running.send_signal(signal.SIGINT)
        rest, said = running.communicate(timeout=20)
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
        running.stderr.close()
    assert rest == ""
    assert "Traceback" not in said
    assert running.returncode in (0, 130, -signal.SIGINT)
