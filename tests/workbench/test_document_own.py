"""Coding by oneself: words chosen by mouse or keys, the form beside them, the gate's answer, other bounds, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.workbench.invented import WHO
from tests.workbench.reading_along import ENGLISH, current, judgements, live, open_document, panel, press
from tests.workbench.running import Running
from tests.workbench.watching import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from testimonia.casebook import Judged

Visit = Callable[..., Watched]
UNKEPT = ("status of 422",)
# Selects the first place where some words stand in the text, as a mouse would.
SELECT = """words => {
  const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return true;
  }
  return false;
}"""


# Presses keys faster than any hand.
KEYS = """codes => {
  for (const code of codes) document.dispatchEvent(new KeyboardEvent("keydown", {code, bubbles: true}));
}"""


def select(page: Page, words: str) -> None:
    """Select words in the text."""
    assert page.evaluate(SELECT, words), words


def mine(place: Running, path: str = ENGLISH) -> list[Judged]:
    """What the one who judges has coded herself, first made first."""
    with place.bench.lock:
        book = place.bench.book
        (rendering,) = {one.rendering_sha256 for one in book.documents(codings=False) if path in one.paths}
        return [one for one in book.judged_codings(rendering) if one.coding.coder == WHO]


def choose(page: Page, field: str, typed: str) -> None:
    """Choose in a field by typing."""
    box = page.get_by_role("combobox", name=field)
    box.fill(typed)
    box.press("Enter")


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("#document:not([data-waiting])")


def word(page: Page, text: str) -> dict[str, Any]:
    """The middle of some words on the screen."""
    select(page, text)
    place: dict[str, Any] = page.evaluate(
        "() => { const r = getSelection().getRangeAt(0).getBoundingClientRect(); getSelection().removeAllRanges();"
        " return {x: r.x + r.width / 2, y: r.y + r.height / 2} }"
    )
    return place


def test_words_are_selected_coded_by_typing_and_marked(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    select(page, "money")
    page.get_by_role("button", name="Code these words").click()
    page.get_by_role("radio", name="role").check()
    choose(page, "Code", "broker")
    keep(page)
    (made,) = mine(fresh)
    assert (made.coding.kind, made.coding.code, made.coding.quote) == ("role", "broker", "money")
    assert made.coding.state == "accepted"
    assert current(page) == made.coding.id
    assert page.locator(f"mark[data-over~='{made.coding.id}']").inner_text() == "money"


def test_words_are_chosen_and_coded_without_a_mouse(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, "c")
    assert live(page).startswith("Choosing words")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    chosen = page.evaluate("getSelection().toString()")
    assert len(chosen.split()) == 2
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit")
    page.keyboard.press("8")
    assert page.evaluate("document.activeElement.value") == "person"
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit", state="detached")
    (made,) = mine(fresh)
    assert (made.coding.kind, made.coding.quote) == ("person", chosen)


def test_escape_leaves_choosing_and_the_letters_judge_again(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, "c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    press(page, "a")
    assert judgements(fresh) == [(WHO, "accepted")]


def test_the_gate_says_in_place_why_a_coding_is_not_kept_and_the_form_stays(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh, expected=UNKEPT))
    select(page, "money")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit")
    page.get_by_label("Value").fill("12")
    keep(page)
    assert "the value cannot be read from the quote" in page.locator("form.edit [role=alert]").inner_text()
    assert page.get_by_label("Value").input_value() == "12"
    assert mine(fresh) == []
    page.keyboard.press("Escape")
    assert page.locator("form.edit").count() == 0


def test_codes_are_found_in_three_languages(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    select(page, "money")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="act").check()
    box = page.get_by_role("combobox", name="Code")
    for typed in ("forced marriage", "강제결혼", "强迫婚姻", "tip.purpose.forced_m"):
        box.fill(typed)
        assert "Forced marriage" in page.get_by_role("option").first.inner_text()
        assert box.get_attribute("aria-expanded") == "true"
        assert box.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    box.press("Enter")
    assert box.input_value() == "Forced marriage"
    assert box.get_attribute("aria-expanded") == "false"


def test_what_an_input_method_composes_does_not_choose(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    select(page, "money")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="act").check()
    box = page.get_by_role("combobox", name="Code")
    box.fill("강제")
    box.dispatch_event("keydown", {"key": "Enter", "code": "Enter", "isComposing": True})
    assert box.input_value() == "강제"
    assert box.get_attribute("aria-expanded") == "true"


def test_a_part_is_filled_by_clicking_a_word_and_by_selecting_words(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    select(page, "money")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="act").check()
    choose(page, "Code", "deception")
    page.get_by_role("button", name="by whom").click()
    place = word(page, "money")
    page.mouse.click(place["x"], place["y"])
    page.get_by_role("button", name="to whom").click()
    place = word(page, "I ")
    page.mouse.move(place["x"] - 4, place["y"])
    page.mouse.down()
    page.mouse.move(place["x"] + 4, place["y"], steps=4)
    page.mouse.up()
    keep(page)
    (made,) = mine(fresh)
    assert made.coding.parts["perpetrator"].quote == "money"
    assert set(made.coding.parts) == {"perpetrator", "victim"}


def test_a_correction_changes_the_coding_and_goes_on(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.keyboard.press("3")
    press(page, "j", "e")
    corrected = current(page)
    choose(page, "How it is said", "testimony")
    keep(page)
    assert judgements(fresh) == [(WHO, "corrected")]
    assert current(page) != corrected
    press(page, "Shift+K")
    assert "corrected" in panel(page) and "Testimony" in panel(page)
    press(page, "u")
    assert "Testimony" not in panel(page) or "not judged" in panel(page)


def test_a_form_in_which_nothing_was_changed_accepts(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    press(page, "e")
    keep(page)
    assert judgements(fresh) == [(WHO, "accepted")]


def test_another_kind_makes_a_coding_of_ones_own_in_place_of_the_proposal(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    old = current(page)
    press(page, "e")
    page.get_by_role("radio", name="law").check()
    keep(page)
    (made,) = mine(fresh)
    assert made.coding.kind == "law"
    assert (WHO, "rejected") in judgements(fresh)
    press(page, "u")
    assert current(page) == old
    assert "not judged" in panel(page)


def test_brackets_grow_and_shrink_by_words_and_are_kept_with_the_next_key(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    old = current(page)
    before = page.locator("#panel .quote").inner_text()
    page.evaluate(KEYS, ["BracketRight", "BracketRight", "BracketLeft", "KeyJ"])
    press(page, "Shift")
    (made,) = mine(fresh)
    assert made.coding.quote.startswith(before) and len(made.coding.quote) > len(before)
    press(page, "u")
    assert current(page) == old


def test_bounds_that_come_back_to_what_they_were_change_nothing(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.evaluate(KEYS, ["BracketRight", "BracketLeft", "KeyJ"])
    press(page, "Shift")
    assert (mine(fresh), judgements(fresh)) == ([], [])


def test_what_is_on_the_screen_is_accepted_together_after_it_was_counted_and_listed(
    fresh: Running, visit: Visit
) -> None:
    page = open_document(visit(fresh))
    page.keyboard.press("b")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    rows = dialog.get_by_role("listitem").all_inner_texts()
    assert f"Accept the {len(rows)} listed here?" in dialog.inner_text()
    assert {row.split()[-2] for row in rows} <= {"place", "organisation", "date", "law"}
    dialog.get_by_role("checkbox").first.uncheck()
    dialog.get_by_role("button", name="Accept those ticked").click()
    page.wait_for_function("() => document.getElementById('live').textContent.includes('accepted')")
    assert judgements(fresh) == [(WHO, "accepted")] * (len(rows) - 1)
    press(page, "u")
    assert judgements(fresh)[len(rows) - 1 :] == [(WHO, "suggested")] * (len(rows) - 1)


def test_nothing_is_accepted_when_the_dialog_is_left(fresh: Running, visit: Visit) -> None:
    page = open_document(visit(fresh))
    page.keyboard.press("b")
    page.get_by_role("button", name="Leave them").click()
    assert page.get_by_role("dialog").count() == 0
    assert judgements(fresh) == []
