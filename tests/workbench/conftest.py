"""A real server over an invented casebook, a real browser in front of it, and an eye on what the pages do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.workbench.invented import FEW, LINES, make
from tests.workbench.running import Running, serving
from tests.workbench.watching import Watched, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Serve = Callable[..., Running]
Visit = Callable[..., Watched]


@pytest.fixture(scope="session")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented casebook as it was made. Nobody opens it: servers get copies (`tests.workbench.invented`)."""
    return make(tmp_path_factory.mktemp("workbench"))


@pytest.fixture(scope="session")
def running(casebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that all tests share, for reading; judged under the pseudonym `reader-1`."""
    copy = tmp_path_factory.mktemp("shared") / "casebook"
    shutil.copytree(casebook, copy)
    with serving(copy) as place:
        yield place


@pytest.fixture(scope="session")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server over a casebook with something of everything, but little: its pages are short."""
    with serving(make(tmp_path_factory.mktemp("brief"), files=FEW, lines=LINES)) as place:
        yield place


@pytest.fixture
def serve(casebook: Path, tmp_path: Path) -> Iterator[Serve]:
    """Start a server over a copy of the casebook that is the test's own; keywords as of `serving`."""
    with ExitStack() as stack:

        def start(**settings: object) -> Running:
            copy = tmp_path / "casebook"
            if not copy.exists():
                shutil.copytree(casebook, copy)
            return stack.enter_context(serving(copy, **settings))  # type: ignore[arg-type]

        yield start


@pytest.fixture
def fresh(serve: Serve) -> Running:
    """A server over a casebook of the test's own, which it may change."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a network; skips where there is none."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an address of a server in a fresh profile, let in already; at the end nothing may have gone wrong there."""
    opened: list[Watched] = []

    def open_page(place: Running, address: str = "/", **settings: object) -> Watched:
        opened.append(Watched(browser, place, **settings))  # type: ignore[arg-type]
        opened[-1].go(address)
        return opened[-1]

    yield open_page
    for watched in opened:
        watched.close()
    for watched in opened:
        watched.check()
