"""Every page by the rules of WCAG 2.2 that a machine can check, light and dark, in three languages, wide and narrow."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from tests.workbench.addresses import EXAMPLES, example
from tests.workbench.conftest import Serve, Visit
from tests.workbench.running import Running
from tests.workbench.watching import Watched

from testimonia.workbench.routes import ROUTES

# All but the lock, which leads on to the first page while the workbench is open.
PAGES = [name for name, one in sorted(EXAMPLES.items()) if one.what == "page" and name != "unlock"]
OTHERS = (("ko", True), ("zh", False), ("en", True), ("ko", False), ("zh", True))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def address(place: Running, name: str) -> str:
    """The example address of a page."""
    route = next(one for one in ROUTES if one.name == name)
    with place.bench.lock:
        return place.bench.remember(f"example of {name}", lambda: example(place.bench.book, route))


def broken(watched: Watched) -> list[str]:
    """What axe-core finds wrong: rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = Axe().run(watched.page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule(brief: Running, visit: Visit, name: str) -> None:
    """Zero violations in English by day; and in one of the other five, so that pages together try them all."""
    watched = visit(brief, address(brief, name))
    assert not broken(watched)
    locale, dark = OTHERS[PAGES.index(name) % len(OTHERS)]
    look(watched, locale, dark)
    assert not broken(watched), (locale, dark)


def test_the_lock_breaks_no_rule(serve: Serve, visit: Visit) -> None:
    """The page that asks for the passphrase, and what it says of a wrong one; it can be answered by keys alone."""
    place = serve(idle=1.0)
    watched = visit(place, "/tour", expected=("403",))
    watched.page.wait_for_timeout(1_000)
    while not place.bench.locked:
        watched.page.wait_for_timeout(100)
    watched.go("/tour")
    assert not broken(watched)
    watched.page.keyboard.type("not this one")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("alert").wait_for()
    assert not broken(watched)
    look(watched, "ko", True)
    assert not broken(watched)


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "dark"), [("en", False), *OTHERS])
@pytest.mark.parametrize("name", PAGES)
def test_a_long_page_breaks_no_rule_in_any_language_by_day_and_night(
    running: Running, visit: Visit, name: str, locale: str, dark: bool
) -> None:
    """The same with pages of full length, each in every language and both lights."""
    watched = visit(running, address(running, name))
    look(watched, locale, dark)
    assert not broken(watched)


def look(watched: Watched, locale: str, dark: bool) -> None:
    """See the page that is open in another language and light."""
    watched.page.emulate_media(color_scheme="dark" if dark else "light")
    speak(watched, locale)
    assert watched.page.locator("html").get_attribute("lang") == locale


def speak(watched: Watched, locale: str) -> None:
    """Read the page that is open in another language."""
    watched.context.add_cookies([{"name": "testimonia_language", "value": locale, "url": watched.place.origin}])
    watched.page.reload(wait_until="load")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_window(brief: Running, visit: Visit, name: str) -> None:
    """At 320 pixels (400 % zoom, WCAG 1.4.10) nothing scrolls sideways but tables in their own frame."""
    watched = visit(brief, address(brief, name), window=(320, 640))
    sideways = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_of_the_first_rank_and_skips_none(brief: Running, visit: Visit, name: str) -> None:
    """Who goes from heading to heading gets the order of the page."""
    watched = visit(brief, address(brief, name))
    ranks = watched.page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map(one => Number(one.localName[1]))"
    )
    assert ranks.count(1) == 1
    assert ranks[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(ranks))


@pytest.mark.parametrize("name", PAGES)
def test_tables_are_named_and_their_heads_say_what_they_head(brief: Running, visit: Visit, name: str) -> None:
    """A caption or a label for each table; a scope for each head."""
    watched = visit(brief, address(brief, name))
    nameless = watched.page.locator("table").evaluate_all(
        "all => all.filter(one => !one.caption && !one.closest('[aria-labelledby], [aria-label]')).length"
    )
    assert nameless == 0
    assert watched.page.locator("th:not([scope])").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_words_that_are_quoted_say_what_language_they_are_in(brief: Running, visit: Visit, name: str) -> None:
    """On an English page, quoted Hangul is marked as Korean, to be read out so (WCAG 3.1.2; names excepted)."""
    watched = visit(brief, address(brief, name))
    assert not watched.page.evaluate(UNMARKED)


UNMARKED = """() => {
  const wrong = [];
  for (const quoted of document.querySelectorAll('main :is(q, blockquote, .quote, .passage, .snippet, mark)')) {
    const walk = document.createTreeWalker(quoted, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const near = walk.currentNode.parentElement, text = walk.currentNode.textContent;
      const korean = /[\\uac00-\\ud7a3]{2}/.test(text) && !near.closest('footer, .path');
      if (korean && !near.closest('[lang]').lang.startsWith('ko')) wrong.push(text.trim().slice(0, 60));
    }
  }
  return wrong.slice(0, 5);
}"""
