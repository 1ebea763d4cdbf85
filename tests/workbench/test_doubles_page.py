"""Second reading in the browser: taken, coded, finished and decided with keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.running import Running, serving
from tests.workbench.watching import Watched

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading
from testimonia.project import adjudicating, comparing, doubles, judging

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., Watched]
SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
LINE = "At the ferry near Tumen guards arrested some, and nobody was asked. "
TEXT = LINE * 24
SAID = (("place", "Tumen", None), ("act", "arrested", "state.arrest"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """One text in which the rules suggest a place and an arrest a line, all of it accepted by heron."""
    path = tmp_path / "book"
    with Casebook.create(path, SECRET, kdf=CHEAP, who="heron") as book:
        with book.act("intake") as write:
            file_sha256 = write.preserve(TEXT.encode())
            passages = tuple(Passage(at, at + len(LINE), LINE, language="en") for at in range(0, len(TEXT), len(LINE)))
            rendering = write.reading(file_sha256, Reading("text/plain", "read", text=TEXT, passages=passages))
            write.arrive(Arrival(path="ferry.txt", file_sha256=file_sha256, outcome="read"))
            write.codings(rendering, "rules", suggestions())
        doubles.plan(book)
        for one in judging.sheet_codings(book, rendering, 0, len(TEXT), "heron"):
            judging.judge(book, one["id"], "accepted", seen=0)
    return path


def suggestions() -> Iterator[Coding]:
    for start in range(0, len(TEXT), len(LINE)):
        for kind, word, code in SAID:
            at = start + LINE.index(word)
            yield Coding(kind=kind, start=at, end=at + len(word), quote=word, code=code, coder="rules")  # type: ignore[arg-type]


def code_blind(path: Path, *, leaving: int) -> None:
    """Owl codes what the rules found, but for some of the arrests."""
    with Casebook.open(path, SECRET, who="owl") as book:
        document = next(iter(book.documents()))
        doubles.begin(book, document.file_sha256)
        for at, one in enumerate(suggestions()):
            if at >= 2 * leaving or one.kind == "place":
                told: dict[str, Any] = {"kind": one.kind, "code": one.code, "start": one.start, "end": one.end}
                judging.own(book, document.rendering_sha256, told)
        doubles.finish(book, document.file_sha256)


def waiting(place: Running) -> int:
    book = place.bench.book
    return sum(one.by is None for one in adjudicating.items(book, comparing.comparisons(book)[0]))


def test_a_document_is_taken_and_finished_and_its_page_shows_no_suggestion(place: Path, visit: Visit) -> None:
    """The button asks once more before there is no way back."""
    with serving(place, who="owl", passphrase=SECRET) as running:
        page = visit(running, "/doubles").page
        page.get_by_role("button", name="Code it without suggestions").press("Enter")
        page.wait_for_url("**/document/**")
        assert page.locator("main mark[data-over]").count() == 0
        page.goto(running.origin + "/doubles")
        page.get_by_role("button", name="I have finished it").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Cancel").press("Enter")
        assert running.bench.book.doubles()[0].finished_at is None
        page.get_by_role("button", name="I have finished it").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Go on").press("Enter")
        page.get_by_text("coded by owl").wait_for()
        assert running.bench.book.doubles()[0].finished_at is not None


def test_places_in_dispute_are_decided_with_keys_alone(place: Path, visit: Visit) -> None:
    """Each key is kept before the next place comes; a key for a side that has nothing does nothing."""
    code_blind(place, leaving=4)
    with serving(place, who="crane", passphrase=SECRET) as running:
        page = visit(running, "/doubles/differences").page
        assert waiting(running) == 4
        for left in (3, 2, 1, 0):
            page.keyboard.press("4" if left % 2 else kept_side(page))
            page.wait_for_function("n => document.querySelectorAll('article.done').length === n", arg=4 - left)
            assert waiting(running) == left
        page.keyboard.press("1")
        assert running.bench.book.summary()["reviews"] == 48 + 44 + 2
        acts = [one for _, one in running.bench.book.codings(kind="act") if one.state == "accepted"]
        assert len(acts) == 22


def kept_side(page: Page) -> str:
    """The key of the side on which something stands; the other's button is off, and its key is tried first."""
    one = page.locator("article.now button[data-side=left]")
    key, off = ("2", "1") if one.is_disabled() else ("1", "2")
    page.keyboard.press(off)
    return key


def test_two_who_decide_at_once_are_told_of_each_other(place: Path, visit: Visit) -> None:
    """The later one's page says who was quicker, and goes on to the next place."""
    code_blind(place, leaving=2)
    with serving(place, who="crane", passphrase=SECRET) as running:
        watched = visit(running, "/doubles/differences", expected=("409",))
        first, second = watched.page, watched.tab()
        second.goto(running.origin + "/doubles/differences")
        first.keyboard.press("4")
        first.locator("article.done").wait_for()
        second.keyboard.press("4")
        second.get_by_role("alert").get_by_text("crane has changed this").wait_for()
        assert waiting(running) == 1


def test_seeding_is_asked_for_and_revealed(place: Path, visit: Visit) -> None:
    """Opt-in, with a question before; the form says what may be typed."""
    with serving(place, who="heron", passphrase=SECRET) as running:
        page = visit(running, "/doubles").page
        page.get_by_label("Share of the suggestions").fill("5")
        page.get_by_role("button", name="Mix them in").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Go on").press("Enter")
        page.get_by_role("button", name="Reveal them now").wait_for()
        plan = running.bench.book.double_plan()
        assert plan is not None and plan.seeded == pytest.approx(0.05)
        page.get_by_role("button", name="Reveal them now").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Go on").press("Enter")
        page.get_by_text("Nobody has judged any of them.").wait_for()
