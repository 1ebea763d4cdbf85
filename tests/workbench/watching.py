"""Debian's Chromium, and a page of which everything that should not happen is written down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from tests.workbench.running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

__all__ = ["FLAGS", "Watched", "chromium"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WINDOW = (1280, 800)
# Tells of every breach of the policy, whether the console shows it or not.
LISTEN = """addEventListener('securitypolicyviolation', event => window.__breach(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a fresh profile; skips with a reason where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=list(FLAGS))
        yield opened
        opened.close()


class Watched:
    """One tab of one person who was let in. `wrong` tells what happened that should not have."""

    def __init__(
        self,
        browser: Browser,
        place: Running,
        *,
        locale: str = "en",
        dark: bool = False,
        script: bool = True,
        window: tuple[int, int] = WINDOW,
        let_in: bool = True,
        expected: tuple[str, ...] = (),
    ) -> None:
        """Open a tab. `expected`: words of console messages that are part of the test (a refused request)."""
        self.place, self.wrong, self._expected = place, list[str](), expected
        self.requests = list[str]()
        self.context = browser.new_context(
            locale=locale,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            viewport={"width": window[0], "height": window[1]},
            reduced_motion="reduce",
        )
        if let_in:
            self.context.add_cookies([{"name": place.door.cookie, "value": place.cookie, "url": place.origin}])
        if script:
            self.context.expose_binding("__breach", lambda _, told: self._note("policy", str(told)))
            self.context.add_init_script(LISTEN)
        self.page: Page = self.tab()

    def tab(self) -> Page:
        """One more tab of the same person."""
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.set_default_navigation_timeout(90_000)  # the first look at a person loads what compares records
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: self._dialog(dialog))
        return page

    def go(self, address: str, *, until: Literal["load", "domcontentloaded"] = "load") -> None:
        """Go to an address of the workbench."""
        self.page.goto(self.place.origin + address, wait_until=until)

    def check(self) -> None:
        """Nothing was refused by the policy, nothing failed, and nobody else was asked."""
        assert not self.wrong, "\n".join(self.wrong)

    def close(self) -> None:
        """Close the tab and forget its profile. Can be repeated."""
        self.context.close()

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _note(self, what: str, told: str) -> None:
        if not any(word in told for word in self._expected):
            self.wrong.append(f"{what}: {told}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(message.type, f"{message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.place.origin:
            self._note("elsewhere", request.url)

    def _dialog(self, dialog: Any) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()
