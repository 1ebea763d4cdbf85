"""`serve`: one address alone on stdout, on loopback, until it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from testimonia.casebook import Casebook, Kdf

httpx = pytest.importorskip("httpx")
SECRET = "an invented passphrase"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An empty casebook with a cheap key."""
    Casebook.create(tmp_path / "book", SECRET, kdf=Kdf(memory_kib=1024, passes=1)).close()
    return tmp_path / "book"


@contextmanager
def serving(*words: object) -> Iterator[subprocess.Popen[str]]:
    """`testimonia serve` with these words, until the block ends."""
    running = subprocess.Popen(
        [sys.executable, "-m", "testimonia", "serve", *map(str, words)],
        env=os.environ | {"TESTIMONIA_PASSPHRASE": SECRET}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def test_the_address_stands_alone_on_stdout_and_works_once(book: Path) -> None:
    """What it is for is said on stderr; the second who uses it is turned away."""
    with serving(book, "--as", "owl") as running:
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        with httpx.Client(follow_redirects=True) as browser:
            page = browser.get(url)
        assert page.status_code == 200 and "owl" in page.text
        assert httpx.get(url).status_code == 403
        running.send_signal(signal.SIGINT)
        said, told = running.communicate(timeout=20)
    assert said == "" and "works once" in told


def test_as_json_the_address_is_one_document(book: Path) -> None:
    """For a program that opens the page itself."""
    with serving(book, "--json") as running:
        assert running.stdout is not None
        lines = [running.stdout.readline() for _ in range(4)]
        told = json.loads("".join(lines))
    assert told["url"].startswith(f"http://127.0.0.1:{told['port']}/")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "there is no casebook here"),
        (["book", "--as", "a\nb"], "a pseudonym has one to 64 letters"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(
    book: Path, words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, and nothing on stdout."""
    monkeypatch.chdir(book.parent)
    with serving(*words) as running:
        said, told = running.communicate(timeout=30)
    assert running.returncode == 2 and said == ""
    assert told.count("\n") == 1 and sentence in told


def test_a_port_that_is_taken_is_said(book: Path) -> None:
    """With the number, and what to do."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(book, "--port", port) as running:
            said, told = running.communicate(timeout=30)
    assert running.returncode == 2 and said == ""
    assert f"port {port}" in told and "--port" in told
