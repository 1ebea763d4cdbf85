"""Every page without a mouse: where the focus goes, that it is seen, and what keys do, in any layout."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from tests.workbench.addresses import EXAMPLES
from tests.workbench.conftest import Visit
from tests.workbench.running import Running
from tests.workbench.test_accessibility import address
from tests.workbench.watching import Watched

# All but the lock, which leads on to the first page while the workbench is open.
PAGES = [name for name, one in sorted(EXAMPLES.items()) if one.what == "page" and name != "unlock"]
MOST = 600  # stops of the Tab key on one page
# Where the focus is: its place in the page, whether it can be told by sight, and whether something lies over it.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const ring = which => {
    const style = getComputedStyle(which);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
  };
  const label = one.labels?.[0];
  const drawn = label && ring(label) ? label : one;  // a field that is drawn by its label shows its ring there
  const box = drawn.getBoundingClientRect();
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 12)));
  const y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 8)));
  const over = document.elementFromPoint(x, y);
  return {
    at: [...document.querySelectorAll('*')].indexOf(one),
    name: (one.getAttribute('aria-label') || one.textContent || one.id || one.localName).trim().slice(0, 40),
    ring: ring(drawn),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(over && (drawn.contains(over) || over.contains(drawn))),
  };
}"""
# Pictures are drawn only when they come into sight, and take seconds.
DRAW = """() => Promise.race([
  new Promise(done => setTimeout(done, 60000)),
  Promise.all([...document.images].map(one => { one.loading = 'eager'; return one.decode().catch(() => null); })),
])"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.type !== 'hidden' && one.checkVisibility({visibilityProperty: true})
    && one.getClientRects().length && one.tabIndex >= 0 && !one.closest('[inert]')
    && !(one.type === 'radio' && !one.checked))
  .map(one => [...document.querySelectorAll('*')].indexOf(one))"""


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything_in_order_and_is_always_seen(brief: Running, visit: Visit, name: str) -> None:
    """From the first link to the last, each stop with a visible ring, none covered, no trap; then out of the page."""
    watched = visit(brief, address(brief, name))
    settle(watched)
    stops = walk(watched)
    assert not [one["name"] for one in stops if not one["ring"]], "no ring"
    assert not [one["name"] for one in stops if not one["seen"] or one["covered"]], "not to be seen"
    order = [one["at"] for one in stops]
    assert order == sorted(order), "against the order of reading"
    assert set(watched.page.evaluate(REACHABLE)) <= set(order)


def settle(watched: Watched) -> None:
    """Until scripts have made what they make at the start, and pictures, which would move the rest, have come."""
    watched.page.evaluate(DRAW)
    watched.page.wait_for_load_state("networkidle")
    watched.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")


def walk(watched: Watched) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; the stops on the way."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST):
        watched.page.keyboard.press("Tab")
        stop = watched.page.evaluate(FOCUS)
        if stop is None or (stops and stop["at"] == stops[0]["at"]):
            return stops
        assert not stops or stop["at"] != stops[-1]["at"], f"a trap at {stop['name']}"
        stops.append(stop)
    raise AssertionError(f"more than {MOST} stops")


@pytest.mark.parametrize("name", PAGES)
def test_the_first_stop_leads_past_the_menu(brief: Running, visit: Visit, name: str) -> None:
    """Skip to the content, and the next Tab is in it."""
    watched = visit(brief, address(brief, name))
    settle(watched)
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.id") == "content"
    watched.page.keyboard.press("Tab")
    if name != "home":
        assert watched.page.evaluate("!document.activeElement.closest('header.top')")


# Keys of the document page -----------------------------------------------------------------------------

# A key as a keyboard sends it: the place of the key, and what the layout makes of it.
PRESS = """([code, key, more]) => (document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true, ...more}))"""
# The keys of a Korean (dubeolsik) keyboard where a, x, j and u are.
KOREAN = {"KeyA": "ㅁ", "KeyX": "ㅌ", "KeyJ": "ㅓ", "KeyU": "ㅕ"}
COMPOSING: tuple[dict[str, Any], ...] = ({"isComposing": True}, {"keyCode": 229})


def document(place: Running, visit: Visit, **settings: Any) -> Watched:
    """A document that is ready for keys."""
    watched = visit(place, address(place, "document"), **settings)
    watched.page.locator("#document[data-ready=yes]").wait_for()
    return watched


def states(place: Running) -> dict[str, str]:
    """How the codings of the example document stand in the casebook."""
    with place.bench.lock:
        sha = address(place, "document").split("/")[2].partition("?")[0]
        return {coding.id: coding.state for file, coding in place.bench.book.codings() if file == sha}


def judged(place: Running) -> int:
    """How many of them somebody has judged."""
    return sum(state != "suggested" for state in states(place).values())


def until(watched: Watched, place: Running, count: int) -> None:
    """Wait until so many codings are judged."""
    for _ in range(200):
        if judged(place) == count:
            return
        watched.page.wait_for_timeout(25)
    raise AssertionError(f"{judged(place)} are judged, not {count}")


def test_every_key_is_kept_whatever_the_layout_makes_of_it(fresh: Running, visit: Visit) -> None:
    """With a Korean keyboard on, the key at the place of a accepts, x rejects, u takes back."""
    watched = document(fresh, visit)
    for number, code in enumerate(("KeyA", "KeyX", "KeyA"), 1):
        watched.page.evaluate(PRESS, [code, KOREAN[code], {}])
        until(watched, fresh, number)
    assert sorted(state for state in states(fresh).values() if state != "suggested") == [
        "accepted", "accepted", "rejected",
    ]  # fmt: skip
    watched.page.evaluate(PRESS, ["KeyU", KOREAN["KeyU"], {}])
    until(watched, fresh, 2)


@pytest.mark.parametrize("more", COMPOSING, ids=["composing", "229"])
def test_what_is_being_composed_presses_no_key(fresh: Running, visit: Visit, more: dict[str, Any]) -> None:
    """A syllable that an input method is building is nobody's judgement."""
    watched = document(fresh, visit)
    for code, key in KOREAN.items():
        watched.page.evaluate(PRESS, [code, key, more])
        watched.page.evaluate(PRESS, [code, "Process", more])
    watched.page.evaluate(PRESS, ["Enter", "Enter", more])
    watched.page.wait_for_timeout(300)
    assert judged(fresh) == 0


def test_typing_into_a_field_presses_no_key(fresh: Running, visit: Visit) -> None:
    """`/` goes to the search field; there letters are letters, Korean ones too, and Enter searches."""
    watched = document(fresh, visit)
    watched.page.keyboard.press("/")
    assert watched.page.evaluate("document.activeElement.id") == "find"
    watched.page.keyboard.type("ajxu")
    watched.page.keyboard.insert_text("북송")
    assert watched.page.locator("#find").input_value() == "ajxu북송"
    watched.page.wait_for_timeout(200)
    assert judged(fresh) == 0
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/search?q=*")


def test_letters_can_be_switched_off_and_the_dialog_names_all_keys(fresh: Running, visit: Visit) -> None:
    """WCAG 2.1.4: with letters off, `a` does nothing, arrows and Enter still work; it is remembered."""
    watched = document(fresh, visit)
    watched.page.keyboard.press("Shift+Slash")
    dialog = watched.page.get_by_role("dialog")
    dialog.wait_for()
    for key in ("a", "x", "e", "u", "n", "p", "/", "[", "]"):
        assert dialog.locator("kbd", has_text=key).count(), key
    dialog.get_by_role("checkbox").press("Space")
    watched.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    watched.page.keyboard.press("a")
    watched.page.wait_for_timeout(200)
    assert judged(fresh) == 0
    watched.page.evaluate("document.activeElement?.blur()")
    watched.page.keyboard.press("Enter")
    until(watched, fresh, 1)
    watched.page.reload()
    watched.page.locator("#document[data-ready=yes]").wait_for()
    watched.page.keyboard.press("x")
    watched.page.wait_for_timeout(200)
    assert judged(fresh) == 1


def test_each_move_is_told(fresh: Running, visit: Visit) -> None:
    """The live region speaks after each move and judgement, each time anew."""
    watched = document(fresh, visit)
    told = []
    for key in ("j", "j", "k", "a", "x", "u"):
        watched.page.keyboard.press(key)
        watched.page.wait_for_timeout(250)
        told.append(watched.page.locator("#live").inner_text())
    assert all(told)
    assert all(before != after for before, after in pairwise(told))


# Keys of the pairs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "key", "verdict"), [("KeyS", "ㄴ", "same"), ("KeyD", "ㅇ", "different"), ("Digit3", "3", "unsure")]
)
def test_a_pair_is_judged_by_one_key(fresh: Running, visit: Visit, code: str, key: str, verdict: str) -> None:
    """In any layout; while composing it is not."""
    watched = visit(fresh, "/pairs")
    settle(watched)
    watched.page.evaluate(PRESS, [code, key, {"isComposing": True}])
    watched.page.wait_for_timeout(200)
    assert not fresh.bench.book.decisions()
    watched.page.evaluate(PRESS, [code, key, {}])
    watched.page.locator("#after").wait_for()
    assert [one.verdict for one in fresh.bench.book.decisions()] == [verdict]
