"""Judging by keys: each is stored before it shows, none is lost, and whoever was quicker is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.workbench.invented import PASSPHRASE, WHO
from tests.workbench.reading_along import (
    ENGLISH,
    address_of,
    current,
    judgements,
    live,
    open_document,
    panel,
    press,
    problem,
)
from tests.workbench.running import Running
from tests.workbench.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

Visit = Callable[..., Watched]
REFUSED = ("409 (Conflict)", "status of 409")
FAILED = ("net::ERR_", "Failed to load resource")


def waiting(page: Page) -> int:
    """How many proposals of the document nobody has judged, as the panel says it."""
    return int(page.locator("#panel .progress").inner_text().split()[0])


def states(page: Page, id_: str) -> set[str]:
    """The classes of the stretches of a coding."""
    found: list[str] = page.evaluate(
        "id => [...document.querySelectorAll(`mark[data-over~='${id}']`)].flatMap(one => [...one.classList])", id_
    )
    return set(found)


def test_the_cursor_stands_on_the_first_proposal_and_j_and_k_walk(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    first = current(page)
    press(page, "j")
    second = current(page)
    press(page, "ArrowDown")
    assert len({first, second, current(page)}) == 3
    press(page, "ArrowUp", "k")
    assert current(page) == first
    assert live(page).endswith("not judged.")
    assert page.locator("mark.current").count() >= 1


def test_a_accepts_and_x_rejects_and_both_go_on(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    before, first = waiting(page), current(page)
    press(page, "a")
    assert live(page).startswith("accepted. ")
    second = current(page)
    press(page, "x")
    assert live(page).startswith("rejected. ")
    third = current(page)
    press(page, "Enter")
    assert judgements(fresh) == [(WHO, "accepted"), (WHO, "rejected"), (WHO, "accepted")]
    assert len({first, second, third, current(page)}) == 4
    assert waiting(page) == before - 3
    assert first is not None and "accepted" in states(page, first)


def test_u_takes_back_the_last_judgements_one_by_one(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    first, before = current(page), waiting(page)
    press(page, "a", "x", "u", "u")
    assert current(page) == first
    assert waiting(page) == before
    assert [state for _, state in judgements(fresh)] == ["accepted", "rejected", "suggested", "suggested"]
    assert "Taken back" in live(page)
    press(page, "u")
    assert live(page).strip() == "There is nothing to take back."


def test_after_a_reload_u_still_takes_back_what_stands_at_the_cursor(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, "a", "Shift+K")
    judged = current(page)
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector("#document[data-ready=yes]")
    assert current(page) == judged
    assert "accepted" in panel(page)
    press(page, "u")
    assert [state for _, state in judgements(fresh)] == ["accepted", "suggested"]


def test_back_and_reload_come_to_where_the_cursor_was(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, "j", "j", "j")
    there = current(page)
    press(page, "n")
    page.wait_for_function("path => location.pathname !== path", arg=address_of(fresh))
    page.go_back()
    page.wait_for_selector("#document[data-ready=yes]")
    assert current(page) == there


def test_keys_that_are_faster_than_the_server_are_done_in_their_order(fresh: Running, visit: Visit) -> None:
    watched = visit(fresh)
    page = open_document(watched)

    def slowly(route: Route) -> None:
        page.wait_for_timeout(40)
        route.continue_()

    page.route("**/judge", slowly)
    for name in "axaaxjxa":
        page.keyboard.press(name)
    page.wait_for_selector("#document:not([data-waiting])")
    wanted = ["accepted", "rejected", "accepted", "accepted", "rejected", "rejected", "accepted"]
    assert [state for _, state in judgements(fresh)] == wanted
    page.unroute("**/judge")


def test_a_mark_changes_only_when_the_server_has_stored_the_judgement(fresh: Running, visit: Visit) -> None:
    watched = visit(fresh)
    page = open_document(watched)
    held: list[Route] = []
    page.route("**/judge", lambda route: held.append(route))
    first = current(page)
    assert first is not None
    page.keyboard.press("a")
    page.wait_for_selector("#document[data-waiting]")
    page.wait_for_timeout(150)
    assert "suggested" in states(page, first)
    assert current(page) == first
    held[0].continue_()
    page.wait_for_selector("#document:not([data-waiting])")
    assert "accepted" in states(page, first)
    page.unroute("**/judge")


def test_when_the_server_does_not_answer_the_keys_wait_and_are_tried_again(fresh: Running, visit: Visit) -> None:
    watched = visit(fresh, expected=FAILED)
    page = open_document(watched)
    page.route("**/judge", lambda route: route.abort())
    page.keyboard.press("a")
    page.wait_for_selector("#after-failure:not([hidden])")
    page.keyboard.press("x")
    page.keyboard.press("a")
    assert "does not answer" in problem(page)
    assert "3 wait to be done; none is lost." in page.locator("#after-failure").inner_text()
    assert judgements(fresh) == []
    page.unroute("**/judge")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#document:not([data-waiting])")
    assert [state for _, state in judgements(fresh)] == ["accepted", "rejected", "accepted"]
    assert problem(page) == ""


def test_an_answer_that_was_lost_on_its_way_is_no_conflict(fresh: Running, visit: Visit) -> None:
    watched = visit(fresh, expected=(*FAILED, *REFUSED))
    page = open_document(watched)

    page.route("**/judge", lambda route: route.abort())
    with fresh.client() as client:
        told = {"coding": current(page), "state": "accepted", "seen": 0}
        assert client.post("/judge", json=told).status_code == 200
    page.keyboard.press("a")
    page.wait_for_selector("#after-failure:not([hidden])")
    page.unroute("**/judge")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#document:not([data-waiting])")
    assert judgements(fresh) == [(WHO, "accepted")]
    assert problem(page) == ""


def test_who_was_quicker_is_named_and_the_present_state_is_shown(fresh: Running, visit: Visit) -> None:
    one, other = visit(fresh), visit(fresh, expected=REFUSED)
    page, late = open_document(one), open_document(other)
    press(page, "x")
    contested = current(late)
    press(late, "a")
    assert current(late) == contested
    assert WHO in problem(late) and "rejected" in problem(late)
    assert contested is not None and "rejected" in states(late, contested)
    assert judgements(fresh) == [(WHO, "rejected")]


def test_letters_are_matched_on_the_key_whatever_the_layout(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyA', key: 'ㅁ', bubbles: true}))")
    page.wait_for_selector("#document:not([data-waiting])")
    assert judgements(fresh) == [(WHO, "accepted")]


@pytest.mark.parametrize("how", ["{code: 'KeyA', key: 'ㅁ', isComposing: true}", "{code: 'KeyA', keyCode: 229}"])
def test_what_an_input_method_is_composing_judges_nothing(fresh: Running, visit: Visit, how: str) -> None:
    page = open_document(visit(fresh))
    first = current(page)
    page.evaluate(f"document.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, ...{how}}}))")
    page.wait_for_timeout(200)
    assert (judgements(fresh), current(page)) == ([], first)


def test_a_number_lets_the_keys_walk_through_one_kind_only(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.keyboard.press("3")
    kinds = set()
    for _ in range(3):
        press(page, "j")
        kinds.add(panel(page).split()[0])
    assert kinds == {"act"}
    assert page.locator("[data-kind=act]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("3")
    assert page.locator("[data-kind=act]").get_attribute("aria-pressed") == "false"


def test_at_the_end_it_says_how_many_wait_above(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, *["j"] * 40)
    assert "No further one below" in live(page)
    assert "above still wait" in problem(page)


def test_without_a_pseudonym_nothing_can_be_judged(serve: Callable[..., Running], visit: Visit) -> None:
    reading = serve(who=None)
    page = open_document(visit(reading))
    assert page.get_by_role("button", name="Accept").count() == 0
    assert "Opened for reading only" in page.locator("#panel").inner_text()
    press(page, "a", "x", "j")
    assert judgements(reading) == []


def test_the_buttons_do_what_their_keys_do(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.get_by_role("button", name="Reject").click()
    page.wait_for_selector("#document:not([data-waiting])")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("#document:not([data-waiting])")
    assert [state for _, state in judgements(fresh)] == ["rejected", "suggested"]


def test_a_hundred_keys_in_a_row_are_a_hundred_judgements(fresh: Running, visit: Visit) -> None:
    """As many as the document has, each way, taken back and judged again until a hundred keys were pressed."""
    page = open_document(visit(fresh))
    pattern = "axaxauuuuu"
    for name in pattern * 10:
        page.keyboard.press(name)
    page.wait_for_selector("#document:not([data-waiting])", timeout=60_000)
    found = [state for _, state in judgements(fresh)]
    assert found == ["accepted", "rejected", "accepted", "rejected", "accepted", *["suggested"] * 5] * 10


def test_a_key_at_a_locked_workbench_asks_for_the_passphrase_and_comes_back(
    serve: Callable[..., Running], visit: Visit
) -> None:
    watched = visit(serve(idle=1.0), expected=("status of 423",))
    page = open_document(watched)
    press(page, "j")
    there = current(page)
    page.wait_for_timeout(2000)
    page.keyboard.press("a")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_selector("#document[data-ready=yes]")
    assert current(page) == there
    assert judgements(watched.place) == []
    press(page, "a")
    assert judgements(watched.place) == [(WHO, "accepted")]


def test_a_sheet_that_does_not_come_is_asked_for_again(serve: Callable[..., Running], visit: Visit) -> None:
    watched = visit(serve(), expected=FAILED)
    watched.page.route("**/sheet/0*", lambda route: route.abort())
    watched.go(address_of(watched.place))
    watched.page.wait_for_function("() => document.getElementById('problem')?.textContent.includes('did not come')")
    watched.page.unroute("**/sheet/0*")
    watched.page.get_by_role("button", name="Try again").click()
    watched.page.wait_for_selector("#document[data-ready=yes]")
    assert current(watched.page) is not None


def test_seconds_are_kept_with_each_judgement(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.wait_for_timeout(300)
    press(page, "a")
    with fresh.bench.lock:
        book = fresh.bench.book
        (document,) = [one for one in book.documents(codings=False) if ENGLISH in one.paths]
        votes = [vote for one in book.judged_codings(document.rendering_sha256) for vote in one.votes]
    assert [0.3 <= (vote.seconds or 0) < 60 for vote in votes] == [True]
