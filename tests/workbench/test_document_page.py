"""The page of a document: all of the text at its place, with or without scripts, however long it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.invented import CHEAP, PASSPHRASE, WHO
from tests.workbench.reading_along import address_of, current, live, open_document, panel, press
from tests.workbench.running import Running, serving
from tests.workbench.watching import Watched

from testimonia.casebook import Arrival, Casebook
from testimonia.model import Coding, Page, Part, Passage, Reading
from testimonia.project import doubles
from testimonia.project.reading import SHEET

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

Visit = Callable[..., Watched]
LINES = 1100
LONG = "long/글 😀.txt"


def line(number: int) -> str:
    return f"Line {number:04}: 사람 {number % 7} 명 and 😀 <b>no markup</b> & more.\r\n"


def codings(text: str) -> Iterator[Coding]:
    """Two codings a line, one in the other; every third line the outer one reaches into the next."""
    for number, found in enumerate(re.finditer(r"Line \d{4}", text)):
        start, end = found.span()
        about: dict[str, Any] = {"coder": "rules", "coder_version": "1", "codebook_sha256": "0" * 64}
        yield Coding(kind="place", start=start, end=end, quote=text[start:end], value="PRK", **about)
        last = min(end + (60 if number % 3 == 0 else 8), len(text))
        part = Part(start + 5, end, text[start + 5 : end])
        yield Coding(kind="act", code="state.arrest", start=start, end=last, quote=text[start:last],
                     parts={"cue": part}, **about)  # fmt: skip


def write(book: Casebook, lines: int) -> None:
    text = "".join(map(line, range(lines)))
    passages, at = [], 0
    for one in text.splitlines(keepends=True):
        passages.append(Passage(at, at + len(one), one, language="ko"))
        at += len(one)
    pages = (Page(0, at, "1"), Page(at, at, "2", verdict="unread", reason="the scan is black"))
    reading = Reading("text/plain", "partly", reason="A page is black.", remedy="Scan it again.", text=text,
                      pages=pages, passages=tuple(passages), tool="test", tool_version="1")  # fmt: skip
    with book.act("intake") as writing:
        file_sha256 = writing.preserve(text.encode(), media_type="text/plain")
        rendering = writing.reading(file_sha256, reading)
        writing.arrive(Arrival(path=LONG, file_sha256=file_sha256, outcome="partly"))
        writing.codings(rendering, "rules", codings(text))


@pytest.fixture(scope="module", params=[LINES], ids=["long"])
def lengthy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server over a casebook with one long document."""
    place = tmp_path_factory.mktemp("long") / "casebook"
    with Casebook.create(place, PASSPHRASE, kdf=CHEAP) as book:
        write(book, request.param)
    with serving(place) as served:
        yield served


def shown(page: Tab) -> str:
    """What stands in the paragraphs, with nothing of what the page adds."""
    found: str = page.evaluate("[...document.querySelectorAll('.passage')].map(one => one.textContent).join('')")
    return found


def bring_all(page: Tab) -> None:
    page.wait_for_function("() => !document.getElementById('later') && !document.getElementById('earlier')")


def test_the_whole_text_comes_character_by_character(lengthy: Running, visit: Visit) -> None:
    page = open_document(visit(lengthy), LONG)
    bring_all(page)
    assert shown(page) == "".join(map(line, range(LINES))).replace("\r", " ")
    assert page.locator(".sheet").count() > 3


def test_every_coding_marks_exactly_its_words(lengthy: Running, visit: Visit) -> None:
    page = open_document(visit(lengthy), LONG)
    bring_all(page)
    text = "".join(map(line, range(LINES)))
    marked = page.evaluate("""() => {
      const found = {};
      for (const one of document.querySelectorAll("mark[data-over]"))
        for (const id of one.dataset.over.split(" ")) found[id] = (found[id] ?? "") + one.textContent;
      return found;
    }""")
    with lengthy.bench.lock:
        (document,) = lengthy.bench.book.documents()
    assert marked == {one.id: text[one.start : one.end].replace("\r", " ") for one in document.codings}


def test_the_cursor_goes_on_into_the_next_sheet_and_back(lengthy: Running, visit: Visit) -> None:
    page = open_document(visit(lengthy), LONG, f"?at={SHEET - 200}-{SHEET - 199}")
    before = current(page)
    for _ in range(40):
        page.keyboard.press("j")
    press(page, *["k"] * 40)
    assert current(page) == before


def test_a_place_in_the_address_opens_its_sheet_with_the_coding_there(lengthy: Running, visit: Visit) -> None:
    with lengthy.bench.lock:
        (document,) = lengthy.bench.book.documents()
    wanted = document.codings[-5]
    page = open_document(visit(lengthy), LONG, f"?at={wanted.start}-{wanted.end}")
    assert current(page) == wanted.id
    place = page.locator(f"mark[data-over~='{wanted.id}']").first.bounding_box()
    assert place is not None and 0 <= place["y"] < 800


def test_without_scripts_the_text_is_read_sheet_by_sheet(lengthy: Running, visit: Visit) -> None:
    watched = visit(lengthy, script=False)
    watched.go(address_of(lengthy, LONG))
    page, found = watched.page, ""
    while True:
        found += "".join(page.locator(".passage").all_text_contents())
        later = page.get_by_role("link", name="Later text")
        if not later.count():
            break
        later.click()
    assert found == "".join(map(line, range(LINES))).replace("\r", " ")
    assert "the scan is black" in page.locator(".page-mark.unread").inner_text()


def test_without_scripts_the_codings_are_a_list_with_links_to_their_words(running: Running, visit: Visit) -> None:
    watched = visit(running, script=False)
    watched.go(address_of(running))
    watched.page.get_by_role("link", name="as a list").click()
    row = watched.page.get_by_role("row").filter(has_text="Yanbian")
    assert [row.get_by_role("cell").nth(at).inner_text() for at in (0, 3)] == ["place", "not judged"]
    row.get_by_role("link").click()
    assert watched.page.locator("mark:target").inner_text() == "Yanbian"


def test_what_was_not_read_is_said_with_its_reason_and_what_to_do(lengthy: Running, visit: Visit) -> None:
    page = open_document(visit(lengthy), LONG)
    outcome = page.locator(".outcome").inner_text()
    assert "read in part only" in outcome and "A page is black. Scan it again." in outcome


def test_a_file_that_could_not_be_read_has_a_page_that_says_so(running: Running, visit: Visit) -> None:
    page = open_document(visit(running), "damaged/truncated.docx")
    assert "could not be read" in page.locator(".outcome").inner_text()
    assert page.locator(".passage").count() == 0


def test_boilerplate_and_headings_are_told_apart_from_the_body(running: Running, visit: Visit) -> None:
    page = open_document(visit(running))
    assert page.get_by_role("heading", level=2).first.inner_text() == "# Interview C01"
    assert page.locator(".passage.boilerplate").first.get_attribute("data-note") == "page furniture"


def test_paragraphs_say_their_language(running: Running, visit: Visit) -> None:
    page = open_document(visit(running), "interviews/A01.txt")
    assert page.locator(".passage").first.get_attribute("lang") == "ko"


def test_a_coding_says_what_it_claims_why_and_what_it_leaves_open(running: Running, visit: Visit) -> None:
    page = open_document(visit(running))
    page.keyboard.press("1")
    press(page, "j", "j")
    told = panel(page)
    assert told.startswith("figure")
    for word in ("not judged", "value", "how it is said", "proposed by", "rules · en.figure", "Not said here:"):
        assert word in told


def test_labels_of_codes_are_in_the_language_of_the_page(running: Running, visit: Visit) -> None:
    page = open_document(visit(running, locale="ko"), "interviews/A01.txt")
    page.keyboard.press("3")
    press(page, "j")
    assert re.search("[가-힣]", page.locator("#panel h2").inner_text())
    assert page.locator("#panel .quote").get_attribute("lang") == "ko"


def test_a_click_puts_the_cursor_there_and_a_second_one_on_what_lies_behind(lengthy: Running, visit: Visit) -> None:
    page = open_document(visit(lengthy), LONG)
    page.locator("#s-0").click()
    inner = panel(page).split()[0]
    page.locator("#s-0").click()
    assert {inner, panel(page).split()[0]} == {"place", "act"}
    assert live(page)


def test_an_address_that_names_no_document_or_no_sheet_is_answered_so(running: Running) -> None:
    address = address_of(running)
    with running.client() as client:
        assert client.get(f"/document/{'0' * 64}").status_code == 404
        assert client.get(f"{address}?sheet=99").status_code == 404
        assert client.get(f"{address}/sheet/99").status_code == 404
        assert client.get(f"{address}/sheet/x").status_code == 404
        assert client.get(f"{address}?at=999999999-999999999").status_code == 200


def test_a_sheet_does_not_grow_with_the_document(lengthy: Running) -> None:
    with lengthy.client() as client:
        told = client.get(f"{address_of(lengthy, LONG)}/sheet/1").json()
    assert sum(len(one["text"]) for block in told["blocks"] for one in block.get("stretches", ())) <= SHEET
    assert all(one["end"] > told["start"] and one["start"] < told["end"] for one in told["codings"])


def test_of_a_very_long_text_only_what_is_near_is_on_the_page(tmp_path: Path, visit: Visit) -> None:
    with Casebook.create(tmp_path / "casebook", PASSPHRASE, kdf=CHEAP) as book:
        write(book, 26 * SHEET // len(line(0)))
    with serving(tmp_path / "casebook") as served:
        watched = visit(served)
        page = open_document(watched, LONG, f"?at={12 * SHEET}-{12 * SHEET + 1}")
        page.wait_for_timeout(1500)
        assert page.locator(".sheet").count() < 20  # of 26; how many are near depends on how fast it is
        text = shown(page)
        assert text in "".join(map(line, range(26 * SHEET // len(line(0))))).replace("\r", " ")
        watched.close()


def test_a_second_reader_sees_no_proposal_and_is_told_why(serve: Callable[..., Running], visit: Visit) -> None:
    served = serve()
    with served.bench.lock, served.bench.writing() as book:
        doubles.plan(book, share=1.0, least=1)
        (mine,) = [one for one in doubles.offers(book, WHO) if one.path == "interviews/C01.md"]
        doubles.begin(book, mine.file_sha256)
    page = open_document(visit(served))
    assert page.locator("mark").count() == 0
    assert "without seeing" in page.locator("p.warn").inner_text()


def test_a_document_is_opened_where_one_left_off(tmp_path: Path, visit: Visit) -> None:
    with Casebook.create(tmp_path / "casebook", PASSPHRASE, kdf=CHEAP) as book:
        write(book, 3 * SHEET // len(line(0)))
        (document,) = book.documents()
        with book.act("judge") as writing:
            for one in document.codings[:-100]:
                writing.review(one, "accepted")
    with serving(tmp_path / "casebook") as served:
        watched = visit(served)
        page = open_document(watched, LONG)
        assert current(page) in {one.id for one in document.codings[-100:-98]}
        place = page.locator("mark.current").first.bounding_box()
        assert place is not None and 0 <= place["y"] < 800
        watched.close()


def test_one_who_only_reads_begins_at_the_beginning(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "casebook", PASSPHRASE, kdf=CHEAP) as book:
        write(book, 2 * SHEET // len(line(0)))
        (document,) = book.documents()
        with book.act("judge") as writing:
            for one in document.codings[:-4]:
                writing.review(one, "accepted")
    for who, sheet in ((None, 0), (WHO, 1)):
        with serving(tmp_path / "casebook", who=who) as served, served.client() as client:
            assert f'id="sheet-{sheet}"' in client.get(address_of(served, LONG)).text
