"""The hidden total: made in a thread of its own, with its progress; and what is said where it cannot be made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from testimonia.casebook import Casebook, Kdf
from testimonia.errors import BadTable
from testimonia.project.showing import Estimating, hidden, linked_summary, sections_of
from testimonia.project.steps import Step

COUNTS = {1: 3, 2: 3, 4: 2, 3: 1}  # people by the bits of the lists they are on
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with Casebook.create(tmp_path / "casebook", "an invented passphrase", kdf=CHEAP) as made:
        yield made


def link(book: Casebook) -> None:
    with book.act("link", why="linked") as write:
        write.linkage(("a", "b", "c"), {"records": 9, "refusal": ""}, COUNTS, [COUNTS])


class Slow:
    """Stands in for the estimation: waits to be let go on, tells a step, and answers."""

    def __init__(self, error: Exception | None = None) -> None:
        self.go, self.error = threading.Event(), error

    def __call__(self, table: Any, *, report: Callable[[Step], None], **_: Any) -> Any:
        report(Step("estimate", 3, 10, "loglinear-bic"))
        assert self.go.wait(20)
        if self.error is not None:
            raise self.error
        return table


def started(book: Casebook, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> Estimating:
    monkeypatch.setattr(hidden, "estimate", slow)
    monkeypatch.setattr(hidden, "plain_estimates", lambda _: {"headline": {"total": 12.0}})
    link(book)
    work = Estimating()
    work.start(book)
    return work


def ended(work: Estimating) -> None:
    until = time.monotonic() + 20
    while work.standing == "working" and time.monotonic() < until:
        time.sleep(0.01)


def test_without_linked_lists_there_is_nothing_to_start(book: Casebook) -> None:
    assert linked_summary(book) is None
    with pytest.raises(BadTable, match="testimonia link"):
        Estimating().start(book)


def test_an_estimate_tells_how_far_it_is_and_is_kept_with_the_linkage_it_is_of(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    work = started(book, slow, monkeypatch)
    work.start(book)  # a second press changes nothing
    assert work.told()["standing"] == "working"
    slow.go.set()
    ended(work)
    assert work.told() == {"standing": "done", "done": 3, "steps": 10, "what": "loglinear-bic", "why": ""}
    told = linked_summary(book)
    assert work.report == {"headline": {"total": 12.0}}
    assert told is not None and work.of == told["at"]


def test_what_fails_says_why_and_can_be_tried_again(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(BadTable("the lists do not overlap."))
    slow.go.set()
    work = started(book, slow, monkeypatch)
    ended(work)
    assert (work.standing, work.why, work.report) == ("failed", "the lists do not overlap.", None)
    slow.error = None
    work.start(book)
    ended(work)
    assert work.told()["standing"] == "done"


def test_the_chapters_say_what_it_would_take_where_nothing_is_linked() -> None:
    links, totals = sections_of(None, None, {})
    assert (links.id, totals.id) == ("links", "hidden")
    assert all(section.blocks for section in (links, totals))
