"""The pages on findings in a browser: an estimate is begun and followed, pictures appear, cells lead to their words."""

from __future__ import annotations

import re
import threading
from typing import Any

from tests.workbench.conftest import Visit
from tests.workbench.running import Running

from testimonia.casebook import Casebook
from testimonia.project.showing import Estimating

WAIT = 30_000  # milliseconds; the machine may be busy


class Followed(Estimating):
    """An estimate that goes on when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def start(self, casebook: Casebook) -> None:
        last = casebook.linkage()
        assert last is not None
        self.of, self.standing, self.done, self.steps = last.at, "working", 2, 10
        threading.Thread(target=self._end, daemon=True).start()

    def _end(self) -> None:
        assert self.go.wait(60)
        self.report, self.standing = REPORT, "done"


REPORT: dict[str, Any] = {
    "headline": {"method": "chao", "total": 1234.0, "lower": 1100.0, "upper": 1400.0, "level": 0.95,
                 "refused": False, "why": "It is invented."},
    "table": {"lists": ["a", "b", "c"], "n_observed": 44, "patterns": []},
    "estimates": [],
}  # fmt: skip


def test_an_estimate_is_begun_by_keyboard_and_its_progress_is_said(fresh: Running, visit: Visit) -> None:
    with fresh.bench.lock:
        work = fresh.bench.keep("estimating", Followed)
    page = visit(fresh, "/estimate").page
    page.locator("#make").focus()
    page.keyboard.press("Enter")
    page.locator("#step", has_text=re.compile("^Step 3 of 10$")).wait_for(timeout=WAIT)
    assert page.locator("#bar").evaluate("bar => bar.value") == 20
    assert page.locator("#live").inner_text() == "Step 3 of 10"
    work.go.set()
    page.wait_for_selector("text=1,234", timeout=WAIT)
    assert page.get_by_text("between 1,100 and 1,400 (95% interval)").count() == 1


def test_a_picture_appears_and_has_words_in_its_place(running: Running, visit: Visit) -> None:
    page = visit(running, "/origins").page
    picture = page.locator("img.picture")
    picture.wait_for(state="visible", timeout=WAIT)
    page.wait_for_function("() => document.querySelector('img.picture').naturalWidth > 0", timeout=WAIT)
    assert picture.get_attribute("alt")


def test_without_script_rows_are_chosen_and_a_figure_leads_to_its_page(running: Running, visit: Visit) -> None:
    page = visit(running, "/figures", script=False).page
    page.locator("#by-sort").select_option("result")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "sort=result" in page.url
    page.locator("table.findings tbody th a").first.click()
    assert page.get_by_role("heading", name="What is claimed").is_visible()
    page.locator("blockquote .where").click()
    assert "/document/" in page.url and "at=" in page.url
