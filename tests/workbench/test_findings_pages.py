"""The pages on findings over HTTP: the address is the question, each cell leads to its passage, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.workbench.conftest import Serve
from tests.workbench.running import Running

from testimonia.project import showing

TABLES = ("/figures", "/measures", "/acts", "/timeline")
PAGES = (*TABLES, "/origins", "/palermo", "/map", "/missing", "/estimate", "/dossier")


class Seen(HTMLParser):
    """The links, pictures and chosen options of a page, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.chosen: list[str] = []
        self.rows = -1
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self.links.append(told.get("href") or "")
        elif tag == "img":
            self.pictures.append(told.get("src") or "")
        elif tag == "option" and "selected" in told:
            self.chosen.append(told.get("value") or "")
        elif tag == "tr":
            self.rows += 1

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with running.client() as opened:
        opened.headers["accept"] = "text/html"
        yield opened


def page(client: httpx.Client, address: str, language: str = "en") -> Seen:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, (address, answer.text)
    return Seen(answer.text)


def number(words: str) -> int:
    found = re.search(r"([\d,]+) of ([\d,]+)", words)
    assert found is not None
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_stands_in_three_languages_and_is_drawn_once(client: httpx.Client, address: str) -> None:
    for language in ("en", "ko", "zh"):
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        assert answer.text.count("<h1") == 1
        assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_every_link_leads_somewhere(client: httpx.Client, address: str) -> None:
    links = sorted({link for link in page(client, address).links if link.startswith("/") and "/language/" not in link})
    for link in links[:: max(1, len(links) // 12)]:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("address", TABLES)
def test_every_row_leads_to_the_characters_that_say_it(running: Running, client: httpx.Client, address: str) -> None:
    with running.bench.lock:
        texts = {d.file_sha256: d.text for d in running.bench.book.documents(codings=False)}
    spots = [urlsplit(link) for link in page(client, address).links if link.startswith("/document/")]
    assert spots
    for spot in spots:
        start, _, end = parse_qs(spot.query)["at"][0].partition("-")
        assert texts[spot.path.rpartition("/")[2]][int(start) : int(end)].strip()


def test_the_address_is_the_question_and_the_form_shows_it(client: httpx.Client) -> None:
    every, some = page(client, "/figures"), page(client, "/figures?place=CHN&sort=result&year=2019-2022")
    assert {"CHN", "result"} <= set(some.chosen)
    assert 0 < number(some.words) < number(every.words)
    assert any("place=CHN" in link and "sort=" not in link for link in some.links), "each choice can be taken back"


def test_what_is_not_understood_asks_for_nothing_and_is_said(client: httpx.Client) -> None:
    told = page(client, "/figures?year=soon&by=nothing&page=-3&sort=")
    assert number(told.words) == number(page(client, "/figures").words)
    assert "“soon” is not a year" in told.words


def test_a_rejected_figure_is_hidden_and_counted_and_its_page_says_so(serve: Serve) -> None:
    place = serve()
    with place.bench.lock:
        told = showing.found(place.bench.book)
        coding = told.findings.figures.comparable[0].rows[0] if told.findings.figures.comparable else None
        coding = coding or next(e for e in told.findings.evidence if e.coding.kind == "figure")
    with place.client() as client:
        sent = {"coding": coding.id, "state": "rejected", "seen": 0, "seconds": 1.0, "shown": True}
        before = number(page(client, "/figures").words)
        assert client.post("/judge", json=sent).status_code == 200
        after = page(client, "/figures")
        assert number(after.words) == before - 1
        assert "1 rejected is hidden" in after.words
        assert "counts nowhere" in page(client, f"/figures/{coding.id}").words


def test_the_page_of_a_figure_tells_the_chain_the_reasons_and_what_is_missing(client: httpx.Client) -> None:
    link = next(link for link in page(client, "/figures").links if re.fullmatch(r"/figures/[0-9a-f]{16}", link))
    told = page(client, link).words
    for heading in ("What is claimed", "What is missing", "Who stands behind it", "What it can be compared with"):
        assert heading in told


@pytest.mark.parametrize(
    "address", ["/figures/none", "/origins/none", "/pictures/none.svg", "/figures/none/origins.svg"]
)
def test_what_is_not_there_is_said(client: httpx.Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pictures_are_addresses_of_svg_that_are_drawn_once(client: httpx.Client) -> None:
    (picture,) = page(client, "/origins").pictures
    first, second = client.get(picture), client.get(picture)
    assert first.headers["content-type"].startswith("image/svg+xml")
    assert first.content == second.content and first.text.startswith("<svg")


def test_the_map_is_never_finer_than_a_province(client: httpx.Client) -> None:
    for link in page(client, "/map").links:
        for place in parse_qs(urlsplit(link).query).get("place", ()):
            assert len(place.split("/")) <= 2
