"""Nothing that stands in a casebook or an address is ever taken for part of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.workbench.addresses import EXAMPLES, example, filled, parts_of
from tests.workbench.conftest import Visit
from tests.workbench.hostile import GROUPS, make_hostile
from tests.workbench.payloads import PAYLOADS, plain
from tests.workbench.running import Running, serving

from testimonia.casebook.log import check_pseudonym
from testimonia.workbench.routes import ROUTES

PAGES = [name for name, one in sorted(EXAMPLES.items()) if one.what == "page"]
ACTIVE = [
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "base",
    "portal",
    "applet",
    "math",
    "video",
    "audio",
    "track",
    "template",
    "plaintext",
    "xmp",
    "marquee",
    "keygen",
]
# What a page is made of that no payload may add to: seen as the browser itself has understood it.
FOREIGN = """active => {
  const wrong = [];
  const own = at => at === '' || /^[#?]/.test(at) || at.startsWith('/') && !at.startsWith('//');
  for (const one of document.querySelectorAll('*')) {
    const name = one.localName;
    if (active.includes(name) || name.includes('-')) wrong.push(name);
    if (name === 'script' && !own(one.getAttribute('src') ?? '//')) wrong.push('script ' + one.outerHTML.slice(0, 80));
    if (name === 'meta' && one.hasAttribute('http-equiv')) wrong.push('meta');
    for (const {name: key, value} of one.attributes) {
      if (key.startsWith('on') || ['style', 'srcdoc', 'popovertarget'].includes(key)) wrong.push(name + ' ' + key);
      const icon = name === 'link' && value === 'data:,';
      if (['href', 'action', 'formaction', 'src', 'srcset', 'poster'].includes(key) && !own(value) && !icon)
        wrong.push(name + ' ' + key + '=' + value.slice(0, 80));
    }
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server over a casebook full of payloads."""
    place: Path = make_hostile(tmp_path_factory.mktemp("hostile"))
    with serving(place) as running:
        yield running


def test_there_are_enough_and_they_differ() -> None:
    """At least two hundred, each once."""
    assert len(PAYLOADS) >= 200
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.parametrize("number", range(len(GROUPS)))
def test_a_document_full_of_payloads_shows_them_as_text(hostile: Running, visit: Visit, number: int) -> None:
    """In the text, in names of pages, in codings, in the file's own name: each to be read, none at work."""
    with hostile.bench.lock:
        files = hostile.bench.remember("in order", lambda: [one.file_sha256 for one in in_order(hostile)])
    watched = visit(hostile, f"/document/{files[number]}")
    assert watched.page.evaluate(FOREIGN, ACTIVE) == []
    shown = plain(watched.page.locator("main").text_content() or "")
    for sheet in range(1, int(watched.page.locator("#document").get_attribute("data-sheets") or 1)):
        watched.go(f"/document/{files[number]}?sheet={sheet}")
        shown += plain(watched.page.locator("main").text_content() or "")
    lost = [word for word in GROUPS[number] if plain(f"{word} said that 41 people") not in shown]
    assert not lost
    watched.page.keyboard.press("j")
    watched.page.keyboard.press("j")
    assert watched.page.evaluate(FOREIGN, ACTIVE) == []


def in_order(place: Running) -> list[Any]:
    """The documents in the order of the groups: their names begin with the number."""
    documents = [one for one in place.bench.book.documents(codings=False) if one.media_type == "text/plain"]
    return sorted(documents, key=lambda one: one.paths[0][:2])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("locale", ["en", "ko"])
def test_every_page_stays_itself(hostile: Running, visit: Visit, name: str, locale: str) -> None:
    """Names, labels, cells and origins full of payloads add no element, no address and no script to any page."""
    watched = visit(hostile, locale=locale)
    watched.go(address(hostile, name))
    assert watched.page.locator("h1").count() == 1
    assert watched.page.evaluate(FOREIGN, ACTIVE) == []


def address(place: Running, name: str) -> str:
    """The example address of a route, over the casebook of a server."""
    route = next(one for one in ROUTES if one.name == name)
    with place.bench.lock:
        return place.bench.remember(f"example of {name}", lambda: example(place.bench.book, route))


def test_what_is_searched_for_is_shown_as_text(hostile: Running) -> None:
    """Each payload as a query: results or a refusal in words, and the query stands in its field as it was typed."""
    with hostile.client() as client:
        for word in PAYLOADS:
            safe = word.encode("utf-8", "replace").decode()[:2_000]
            answer = client.get("/search", params={"q": safe}, headers={"accept": "text/html"})
            assert answer.status_code in (200, 400), answer.text[:300]
            assert not wrong(answer.text), word
            if answer.status_code == 200:
                assert plain(safe) in {plain(value) for value in typed(answer.text)}


def typed(html: str) -> list[str]:
    """What stands in the fields of a page."""
    return [str(node.get("value", "")) for node in parsed(html).iter("input")]


@pytest.mark.parametrize("name", PAGES)
def test_what_is_asked_in_the_address_is_shown_as_text(hostile: Running, name: str) -> None:
    """Every page with payloads in its query: an answer, or a refusal in words, and nothing of them is markup."""
    path = address(hostile, name).partition("?")[0]
    with hostile.client() as client:
        for at in range(6):
            words = [word.encode("utf-8", "replace").decode()[:100] for word in PAYLOADS[at::6]]
            query: list[tuple[str, str | int | float | bool | None]] = [
                (KEYS[number % len(KEYS)], word) for number, word in enumerate(words)
            ]
            answer = client.get(path, params=query, headers={"accept": "text/html"})
            assert answer.status_code in (200, 303, 400, 404), answer.text[:300]
            assert not wrong(answer.text), words


@pytest.mark.parametrize("name", [route.name for route in ROUTES if "{" in route.path and route.method == "GET"])
def test_what_stands_in_the_path_is_no_markup_either(hostile: Running, name: str) -> None:
    """Payloads in the named parts of an address: not found, and said without repeating them as markup."""
    route = next(one for one in ROUTES if one.name == name)
    with hostile.client() as client:
        for word in (word for word in PAYLOADS if len(word) < 500):
            safe = word.encode("utf-8", "replace").decode()
            parts = dict.fromkeys(re.findall(r"\{(\w+)", route.path), safe)
            answer = client.get(filled(route, parts), headers={"accept": "text/html"})
            assert 300 <= answer.status_code < 500, (word, answer.status_code)
            assert "text/html" not in answer.headers.get("content-type", "") or not wrong(answer.text)


KEYS = ("q", "kind", "code", "place", "year", "modality", "claimant", "language", "state", "origin", "outcome", "back")


def wrong(html: str) -> list[str]:
    """What in a page can only come from a payload: active elements and attributes."""
    found = skeleton(html)
    active = [tag for tag in found if tag.split(" ")[0] in ACTIVE or tag.partition(" ")[2].startswith("on")]
    return active + [tag for tag in found if tag.startswith("script ") and tag not in ("script src", "script type")]


def skeleton(html: str) -> set[str]:
    """The tags of a page, and each attribute as `tag name`, as a parser understands them."""
    found: set[str] = set()
    for node in parsed(html or "<html>").iter(etree.Element):
        found |= {str(node.tag), *(f"{node.tag} {name}" for name in map(str, node.attrib))}
    return found


def parsed(html: str) -> etree._Element:
    """A page as a tree."""
    return etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


@pytest.mark.parametrize("word", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_is_no_pseudonym_unless_it_is_only_letters(word: str) -> None:
    """Nobody judges under a name that could be markup, a control or a change of direction."""
    try:
        check_pseudonym(word)
    except ValueError:
        return
    assert not set(word) & set("<>&\"'`{}%$\\/;=\u202e\u200b\n\r\t\x00")


def test_payloads_in_what_is_sent_are_refused_in_words(hostile: Running) -> None:
    """Every field of every act may be anything: the answer is JSON, says what is wrong, and is never a failure."""
    told = [route for route in ROUTES if route.method == "POST" and route.takes == "application/json"]
    acts = [route for route in told if not EXAMPLES[route.name].asks_nothing]
    with hostile.client() as client:
        for route in acts:
            with hostile.bench.lock:
                parts = {**parts_of(hostile.bench.book), **EXAMPLES[route.name].parts}
            for at, word in enumerate((*PAYLOADS[::9], *PAYLOADS[-3:])):
                sent = {**EXAMPLES[route.name].sends, **dict.fromkeys(FIELDS[at % 4 :: 4], word)}
                answer = client.post(
                    filled(route, parts), content=json.dumps(sent), headers={"content-type": "application/json"}
                )
                assert 400 <= answer.status_code < 500, (route.path, sent, answer.text)
                assert answer.headers["content-type"] == "application/json"
                assert answer.json()["error"]


FIELDS = ("rendering", "coding", "state", "a", "b", "verdict", "kind", "code", "start", "end", "seen", "seconds",
          "codings", "parts", "value", "file", "records", "cluster", "chosen", "changes", "replaces")  # fmt: skip
