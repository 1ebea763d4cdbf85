"""Pages of search, pairs, persons and files in a browser: by keyboard alone, nothing shown too early, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.running import Running
from tests.workbench.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., Watched]
TEXT = "2021년 겨울 공안에 체포된 여성 12명이 강제북송되었다고 이웃이 말했다.\n"


def wait(page: Page, test: str, *told: Any) -> None:
    """Wait until a function of the page's own says so (a text would be evaluated, which the policy forbids)."""
    page.wait_for_function(test, arg=told[0] if told else None)


def focus(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")


# Search --------------------------------------------------------------------------------------------------


def test_searching_works_without_scripts(running: Running, visit: Visit) -> None:
    """A form adds a filter to the address, its opposite and its removal are links, the words lead to their place."""
    page = visit(running, "/search", script=False).page
    page.fill("#q", "公安")
    page.click("form.ask .words button")
    assert page.url.endswith("/search?q=%E5%85%AC%E5%AE%89")
    assert page.locator(".results mark").first.inner_text() == "公安"
    page.click("details.more summary")
    page.select_option("#add-language", "language=zh-Hans")
    page.click("details.more button")
    assert page.url.endswith("q=%E5%85%AC%E5%AE%89&language=zh-Hans")
    found = page.locator(".passages li").count()
    page.click(".chip a >> text=turn round")
    assert page.url.endswith("not-language=zh-Hans")
    assert page.locator(".passages li").count() != found
    page.click(".chip a >> text=remove")
    assert "language" not in page.url


def test_a_word_inside_words_leads_to_its_place(running: Running, visit: Visit) -> None:
    page = visit(running, "/search?q=%E5%85%AC%E5%AE%89&language=zh-Hans").page
    assert "县公安局" in page.locator(".context").first.inner_text()
    page.locator(".context a").first.click()
    page.wait_for_url("**/document/*")
    assert "at=" in page.url


def test_what_was_opened_is_seen(fresh: Running, visit: Visit) -> None:
    """Opening a document marks it for this person; the filter and its opposite share all results."""
    with fresh.client() as client:
        file = fresh.bench.book.filed()[0].file_sha256
        assert client.post("/seen", json={"file": file}).json() == {"seen": file, "new": True}
        assert client.post("/seen", json={"file": file}).json() == {"seen": file, "new": False}
        assert client.post("/seen", json={"file": "0" * 64}).status_code == 404
    page = visit(fresh, "/search?seen=yes").page
    assert page.locator(".group").count() == page.locator(".tag.seen").count() == 1
    page.click(".chip a >> text=turn round")
    assert page.locator(".tag.seen").count() == 0 and page.locator(".tag.new").count() > 0


def test_no_year_is_said_and_not_taken_for_one(running: Running, visit: Visit) -> None:
    page = visit(running, "/search?q=the&year=soon").page
    assert "This is no year" in page.locator(".chip").inner_text()
    assert page.locator("#found").inner_text() == "No passage answers."


# Pairs ---------------------------------------------------------------------------------------------------


def test_a_pair_comes_without_an_opinion_and_is_judged_by_keys(fresh: Running, visit: Visit) -> None:
    """Neither page nor JSON holds the linkage's word before the key; every key is one decision, in order."""
    page = visit(fresh, "/pairs").page
    for key, verdict in (("s", "same"), ("2", "different"), ("u", "unsure")):
        shown = page.get_attribute("#pair", "data-a"), page.get_attribute("#pair", "data-b")
        assert not any(word in page.inner_html("#pairing") for word in ("probability", "chance", "%", "0."))
        page.keyboard.press(key)
        wait(page, "a => document.getElementById('pair').dataset.a !== a", shown[0])
        last = fresh.bench.book.decisions()[-1]
        assert ({last.a, last.b}, last.verdict, last.who) == (set(shown), verdict, "reader-1")
        assert last.seconds is not None and last.probability is not None
        assert f"{last.probability:.0%}" in page.inner_text("#after")
        page.locator("#after").evaluate("found => { found.replaceChildren(); }")
    assert len(fresh.bench.book.decisions()) == 3


def test_letters_work_in_any_layout_and_not_while_composing(fresh: Running, visit: Visit) -> None:
    """The key at the place of S says same under a Korean layout; one that an input method is composing says nothing."""
    page = visit(fresh, "/pairs").page
    first = page.get_attribute("#pair", "data-a")
    press = """told => document.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...told}))"""
    page.evaluate(press, {"code": "KeyS", "key": "ㄴ", "isComposing": True})
    page.evaluate(press, {"code": "KeyS", "key": "Process", "keyCode": 229})
    page.wait_for_timeout(200)
    assert fresh.bench.book.decisions() == []
    page.evaluate(press, {"code": "KeyS", "key": "ㄴ"})
    wait(page, "a => document.getElementById('pair').dataset.a !== a", first)
    assert [one.verdict for one in fresh.bench.book.decisions()] == ["same"]


def test_back_shows_the_last_pair_and_the_next_answer_counts(fresh: Running, visit: Visit) -> None:
    page = visit(fresh, "/pairs").page
    first = page.get_attribute("#pair", "data-a")
    page.keyboard.press("s")
    wait(page, "a => document.getElementById('pair').dataset.a !== a", first)
    page.keyboard.press("b")
    wait(page, "a => document.getElementById('pair').dataset.a === a", first)
    assert page.is_visible("#own")
    page.keyboard.press("d")
    wait(page, "a => document.getElementById('pair').dataset.a !== a", first)
    assert [one.verdict for one in fresh.bench.book.decisions()] == ["same", "different"]
    page.reload()
    assert page.get_attribute("#pair", "data-a") != first  # she goes on where she left off


def test_a_second_window_is_told(fresh: Running, visit: Visit) -> None:
    """Who judges a pair that she has judged elsewhere is told, and nothing is overwritten."""
    watched = visit(fresh, "/pairs", expected=("409",))
    page, other = watched.page, watched.tab()
    other.goto(f"{fresh.origin}/pairs")
    page.keyboard.press("s")
    page.wait_for_selector("#after:not([hidden])")
    other.keyboard.press("d")
    other.wait_for_selector("#trouble:not([hidden])")
    assert "reader-1 has decided something about these records meanwhile" in other.inner_text("#trouble")
    assert [one.verdict for one in fresh.bench.book.decisions()] == ["same"]


def test_when_no_pair_is_left_it_is_said(fresh: Running, visit: Visit) -> None:
    page = visit(fresh, "/pairs").page
    for _ in range(20):
        if page.is_visible("#done"):
            break
        before = page.inner_text("#judged")
        page.keyboard.press("u")
        wait(page, "was => document.getElementById('judged').textContent !== was", before)
    assert page.inner_text("#done") == "No pair is waiting for you."
    page.keyboard.press("s")
    assert {one.verdict for one in fresh.bench.book.decisions()} == {"unsure"}


# Persons -------------------------------------------------------------------------------------------------


def test_a_wrong_link_is_split_from_the_first_page_by_keyboard(fresh: Running, visit: Visit) -> None:
    """Casebook, pairs, persons, one of them, a tick, a button: one act; shown as it will stand, and undone."""
    page = visit(fresh, "/pairs").page
    focus(page, "a[href^='/persons']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/persons*")
    focus(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_selector("#records")
    group = page.locator("input[name=record]").count()
    focus(page, "input[name=record]")
    page.keyboard.press("Space")
    focus(page, "#split")
    entries = fresh.bench.book.moment()
    page.keyboard.press("Enter")
    page.wait_for_selector("#done:not([hidden])")
    assert fresh.bench.book.moment() == entries + 1
    assert page.locator("#done ol li").count() == 2
    assert len(fresh.bench.book.decisions()) == group - 1
    assert page.evaluate("() => document.activeElement.id") == "done"
    focus(page, "#done button")
    page.keyboard.press("Enter")
    wait(page, "() => document.querySelectorAll('#done ol li').length === 1")
    assert fresh.bench.book.decisions()[-1].verdict == "unsure"


def test_a_person_that_changed_meanwhile_is_not_split(fresh: Running, visit: Visit) -> None:
    page = visit(fresh, "/persons?show=all", expected=("409",)).page
    page.locator("tbody a").first.click()
    page.wait_for_selector("#records")
    group = [box.get_attribute("value") for box in page.locator("input[name=record]").all()]
    with fresh.client() as client:
        assert client.post("/pairs/split", json={"records": group[:1], "group": group}).status_code == 200
    page.check("input[name=record] >> nth=0")
    page.click("#split")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "meanwhile" in page.inner_text("#trouble")
    assert len(fresh.bench.book.decisions()) == len(group) - 1


def test_every_bad_request_is_refused_in_a_sentence(fresh: Running) -> None:
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/pairs/decide", {}),
        ("/pairs/decide", {"a": "x", "b": "y", "verdict": "same"}),
        ("/pairs/decide", {"a": "x", "b": "x", "verdict": "same", "chosen": "adjudication"}),
        ("/pairs/split", {"records": "all", "group": []}),
        ("/pairs/split", {"records": ["x"], "group": ["x", "y"]}),
        ("/pairs/merge", {"group": ["x"], "other": [1]}),
        ("/pairs/withdraw", {"pairs": [["x"]]}),
        ("/pairs/withdraw", {"pairs": []}),
        ("/files/retry", {"file": 1}),
        ("/files/retry", {"file": "0" * 64}),
        ("/files/code", {"files": "all"}),
        ("/seen", {"file": None}),
    ]
    with fresh.client() as client:
        for address, value in sent:
            answer = client.post(address, json=value)
            assert 400 <= answer.status_code < 500, (address, value, answer.text)
            assert answer.json()["error"].endswith(".")
    assert fresh.bench.book.decisions() == []


# Files ---------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "to add"
    place.mkdir()
    (place / "한 통.txt").write_text(TEXT, encoding="utf-8")
    (place / "broken.docx").write_bytes(b"PK\x03\x04nothing")
    return place


def test_files_are_added_and_each_says_what_became_of_it(fresh: Running, visit: Visit, folder: Path) -> None:
    """Read, coded, traced, found; what cannot be read is kept and says why; the address of each leads to its life."""
    page = visit(fresh, "/files").page
    page.fill("#into", "new")
    page.set_input_files("#pick", sorted(folder.iterdir()))
    wait(page, "() => document.getElementById('doing').textContent.startsWith('Done: ')")
    assert "new/한 통.txt" in page.inner_text("#added") and "not read" in page.inner_text("#added")
    assert "new/한 통.txt" in [hit.path for hit in fresh.bench.book.search("북송")]
    page.click("#added a >> text=한 통.txt")
    page.wait_for_selector("#entries")
    assert "reader-1" in page.inner_text("#came ~ dl")
    assert "codings proposed" in page.inner_text("section[aria-labelledby=entries]")


def test_files_are_dropped(fresh: Running, visit: Visit) -> None:
    page = visit(fresh, "/files").page
    page.evaluate(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], 'dropped.txt', {type: 'text/plain'}));
          document.getElementById('drop').dispatchEvent(
            new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: carried}));
        }""",
        TEXT,
    )
    wait(page, "() => document.getElementById('doing').textContent.startsWith('Done: ')")
    assert "dropped.txt" in [hit.path for hit in fresh.bench.book.search("북송")]


def test_a_failure_is_read_again_and_the_outcome_said(fresh: Running, visit: Visit) -> None:
    page = visit(fresh, "/files?outcome=unread").page
    page.locator("button.again").first.click()
    page.wait_for_selector(".result:not([hidden])")
    assert page.locator(".result").first.inner_text().startswith("not read")


def test_the_ledger_is_narrowed_by_its_address(running: Running, visit: Visit) -> None:
    page = visit(running, "/files", script=False).page
    every = page.locator("table.ledger tbody tr").count()
    page.click(".outcomes a >> nth=2")
    unread = page.locator("table.ledger tbody tr").count()
    page.click(".chip a >> text=turn round")
    assert page.url.endswith("/files?not-outcome=unread")
    assert page.locator("table.ledger tbody tr").count() == every - unread


def test_who_only_reads_can_change_nothing(serve: Callable[..., Running], visit: Visit) -> None:
    """No buttons, no drop zone, and every act is refused."""
    place = serve(who=None)
    for address in ("/pairs", "/persons", "/files"):
        page = visit(place, address).page
        assert page.locator("main button:not([type=submit])").count() == 0 or address == "/files"
        assert page.locator("#drop, button.again, #split").count() == 0
    with place.client() as client:
        raw = {"content-type": "application/octet-stream"}
        assert client.post("/files/upload?name=a.txt", content=b"x", headers=raw).status_code == 403
        assert client.post("/pairs/split", json={"records": ["a"], "group": ["a", "b"]}).status_code == 403
