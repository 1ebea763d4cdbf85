"""What the tests of the document page share: opening a document, pressing keys, and asking what the casebook holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workbench.running import Running
from tests.workbench.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address_of", "current", "judgements", "live", "open_document", "panel", "press", "problem"]

ENGLISH = "interviews/C01.md"


def address_of(place: Running, path: str = ENGLISH) -> str:
    """The address of the page of a document."""
    with place.bench.lock:
        found = {one: document.file_sha256 for document in place.bench.book.documents() for one in document.paths}
    return f"/document/{found[path]}"


def open_document(watched: Watched, path: str = ENGLISH, query: str = "") -> Page:
    """Open a document and wait until keys work."""
    watched.go(address_of(watched.place, path) + query)
    watched.page.wait_for_selector("#document[data-ready=yes]")
    return watched.page


def press(page: Page, *names: str) -> None:
    """Press keys, one after the other, and wait until nothing waits."""
    for name in names:
        page.keyboard.press(name)
    page.wait_for_selector("#document:not([data-waiting])")


def current(page: Page) -> str | None:
    """The id of the coding at the cursor."""
    found: str | None = page.evaluate("document.getElementById('document').dataset.current ?? null")
    return found


def live(page: Page) -> str:
    """What was said last to a screen reader."""
    return page.locator("#live").inner_text()


def panel(page: Page) -> str:
    """What stands in the panel about the coding at the cursor."""
    return page.locator("#panel .coding").inner_text()


def problem(page: Page) -> str:
    """What went wrong, as the panel says it."""
    return page.locator("#problem").inner_text()


def judgements(place: Running, path: str = ENGLISH) -> list[tuple[str, str]]:
    """Who judged how, first to last, in one document, as the casebook holds it."""
    with place.bench.lock:
        book = place.bench.book
        (rendering,) = {one.rendering_sha256 for one in book.documents(codings=False) if path in one.paths}
        votes = [vote for one in book.judged_codings(rendering) for vote in book.reviews(one.coding.id)]
    return [(one.who, one.state) for one in sorted(votes, key=lambda one: one.review)]
