"""The policy holds on every page and is never broken by a page of ours; reading works without scripts."""

from __future__ import annotations

import re

import pytest
from tests.workbench.addresses import EXAMPLES
from tests.workbench.conftest import Visit
from tests.workbench.running import Running
from tests.workbench.test_accessibility import address

# All but the lock, which leads on to the first page while the workbench is open.
PAGES = [name for name, one in sorted(EXAMPLES.items()) if one.what == "page" and name != "unlock"]
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|<base|<iframe|<object|<embed", re.IGNORECASE
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_the_policy_and_asks_nobody_else(brief: Running, visit: Visit, name: str) -> None:
    """No breach reported, no failure in the console, no request to another host (`visit` checks), no cookie more."""
    watched = visit(brief, address(brief, name))
    watched.page.wait_for_load_state("networkidle")
    assert watched.requests
    assert {one["name"] for one in watched.context.cookies()} == {brief.door.cookie}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_inline_script_or_style(running: Running, name: str) -> None:
    """Nothing of the kind is in what is sent."""
    with running.client() as client:
        html = client.get(address(running, name), headers={"accept": "text/html"}).text
    assert not INLINE.findall(html)
    assert "http://" not in html.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_without_scripts(running: Running, visit: Visit, name: str) -> None:
    """Headings, menu and content are in what the server sends; what needs scripts is said."""
    watched = visit(running, address(running, name), script=False)
    assert watched.page.locator("h1").count() == 1
    assert len(watched.page.locator("main").inner_text().split()) > 5
    assert "Without JavaScript" in watched.page.locator("body").inner_text()


def test_search_and_reading_work_without_scripts(running: Running, visit: Visit) -> None:
    """From the field in the head of any page to the passage in its document, by forms and links alone."""
    watched = visit(running, "/", script=False)
    watched.page.locator("#find").fill("여성")
    watched.page.locator("#find").press("Enter")
    watched.page.wait_for_url("**/search?q=*")
    first = watched.page.locator("main a[href^='/document/']").first
    first.click()
    watched.page.wait_for_url("**/document/*")
    assert "여성" in watched.page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("attempt", "told"),
    [
        ("document.body.innerHTML = '<b>x</b>'", "TrustedHTML"),
        ("new DOMParser().parseFromString('<b>x</b>', 'text/html')", "TrustedHTML"),
        ("document.write('<b>x</b>')", "TrustedHTML"),
        ("fetch('http://x.invalid/')", "Failed to fetch"),
        ("fetch('http://127.0.0.1:9/')", "Failed to fetch"),
        ("new Function('1')()", "string as JavaScript"),
        ("new Worker('/static/shared.js')", "TrustedScriptURL"),
        ("navigator.serviceWorker.register('/static/shared.js')", "TrustedScriptURL"),
    ],
)
def test_what_an_intruder_would_do_is_stopped(brief: Running, visit: Visit, attempt: str, told: str) -> None:
    """Even a script that had got in could not write markup, evaluate words, or reach another host."""
    from playwright.sync_api import Error

    watched = visit(brief, "/", expected=("",))
    # In the page's own world and out of an event, where the policy is in force as for any of its scripts.
    run = f"""() => new Promise((done, failed) => setTimeout(async () => {{
      try {{ await ({attempt}); done('done'); }} catch (error) {{ failed(error); }}
    }}))"""
    with pytest.raises(Error, match=re.escape(told)):
        watched.page.evaluate(run)


def test_a_frame_or_a_form_of_another_page_gets_nothing(brief: Running, visit: Visit) -> None:
    """A page of another origin can neither frame the workbench, nor read from it, nor send to it."""
    watched = visit(brief, "/", expected=("",))
    before = brief.bench.book.summary()
    page = watched.context.new_page()
    page.route("http://elsewhere.invalid/", lambda route: route.fulfill(content_type="text/html", body=ELSEWHERE))
    page.goto("http://elsewhere.invalid/")
    told = page.evaluate(
        """async origin => {
          const read = await fetch(origin + '/', {credentials: 'include'}).then(() => 'read', () => 'stopped');
          const sent = await fetch(origin + '/judge', {method: 'POST', body: '{}', mode: 'no-cors',
            credentials: 'include', headers: {'content-type': 'text/plain'}}).then(one => one.type, () => 'stopped');
          const frame = document.createElement('iframe');
          frame.src = origin + '/';
          document.body.append(frame);
          await new Promise(done => frame.addEventListener('load', done));
          let seen;
          try { seen = frame.contentDocument?.body.textContent ?? ''; } catch { seen = ''; }
          return {read, sent, seen};
        }""",
        brief.origin,
    )
    assert told["read"] == "stopped"
    assert told["sent"] in ("stopped", "opaque")
    assert told["seen"] == ""
    assert brief.bench.book.summary() == before


ELSEWHERE = "<!doctype html><title>elsewhere</title><p>another page</p>"
