"""Judging over the wire: what is answered was kept, who was quicker is named, and nothing odd is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.workbench.running import Running, serving

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading
from testimonia.project import judging

SECRET = "an invented passphrase"
TEXT = "In March 2019 forty women were arrested in Yanbian. 40 people were sent back from Tumen in 2020.\n"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)


def coding(kind: str, quote: str, **more: Any) -> Coding:
    start = TEXT.index(quote)
    return Coding(kind=kind, start=start, end=start + len(quote), quote=quote, coder="rules", coder_version="1", **more)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A casebook with one line of text, in which four things are suggested."""
    with Casebook.create(tmp_path / "book", SECRET, kdf=CHEAP) as book, book.act("intake") as write:
        file_sha256 = write.preserve(TEXT.encode())
        passages = (Passage(0, len(TEXT), TEXT, language="en"),)
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=TEXT, passages=passages))
        write.arrive(Arrival(path="a.txt", file_sha256=file_sha256, outcome="read"))
        found = [
            coding("act", "arrested", code="state.arrest"),
            coding("place", "Yanbian"),
            coding("figure", "40 people", value=40.0, unit="persons"),
            coding("place", "Tumen"),
        ]
        write.codings(rendering, "rules", found)
    return tmp_path / "book"


@pytest.fixture
def bench(place: Path) -> Iterator[Running]:
    with serving(place, who="owl", passphrase=SECRET) as running:
        yield running


@pytest.fixture
def owl(bench: Running) -> Iterator[httpx.Client]:
    with bench.client() as client:
        yield client


def shown(running: Running) -> dict[str, dict[str, Any]]:
    """What stands, as a second connection reads it from the disk."""
    book = running.bench.book
    rendering = next(iter(book.documents())).rendering_sha256
    return {f"{one['kind']} {one['quote']}": one for one in judging.sheet_codings(book, rendering, 0, len(TEXT), "owl")}


def test_a_judgement_that_is_answered_stands(bench: Running, owl: httpx.Client) -> None:
    """With its number, who and when; the suggestion was shown, and how long she looked is kept."""
    act = shown(bench)["act arrested"]
    told = {"coding": act["id"], "state": "accepted", "seen": 0, "seconds": 2.5, "shown": True}
    found = owl.post("/judge", json=told)
    assert found.status_code == 200
    after = shown(bench)["act arrested"]
    assert found.json() == {
        "coding": act["id"], "state": "accepted", "review": after["review"], "by": "owl", "at": after["at"],
        "now": after,
    }  # fmt: skip
    (review,) = bench.bench.book.reviews(act["id"])
    assert (review.seconds, review.blind, after["state"]) == (2.5, False, "accepted")


def test_the_second_tab_is_told_who_changed_what_and_when(bench: Running, owl: httpx.Client) -> None:
    """409 with the names and with the coding as it is now; the first judgement stands."""
    act = shown(bench)["act arrested"]
    owl.post("/judge", json={"coding": act["id"], "state": "accepted", "seen": 0})
    late = owl.post("/judge", json={"coding": act["id"], "state": "rejected", "seen": 0})
    assert late.status_code == 409
    told = late.json()
    assert (told["who"], told["what"], told["now"]["state"]) == ("owl", "accepted", "accepted")
    assert told["now"]["review"] == shown(bench)["act arrested"]["review"]
    assert "owl has changed this coding" in told["error"]


def test_many_are_judged_in_one_request_or_none(bench: Running, owl: httpx.Client) -> None:
    """And taken back the same way."""
    now = shown(bench)
    places = [{"coding": now[f"place {name}"]["id"], "seen": 0} for name in ("Yanbian", "Tumen")]
    kept = owl.post("/judge/many", json={"codings": places, "state": "accepted", "seconds": 3}).json()["codings"]
    assert [one["state"] for one in kept] == ["accepted", "accepted"]
    mixed = [*places, {"coding": now["act arrested"]["id"], "seen": 0}]
    assert owl.post("/judge/many", json={"codings": mixed, "state": "rejected"}).status_code == 409
    again = [{"coding": one["coding"], "seen": one["review"]} for one in kept]
    assert owl.post("/judge/many", json={"codings": again, "state": "suggested"}).status_code == 200
    assert shown(bench)["place Tumen"]["state"] == "suggested"
    act = [{"coding": now["act arrested"]["id"], "seen": 0}]
    assert owl.post("/judge/many", json={"codings": act, "state": "accepted"}).status_code == 422


def test_an_own_coding_is_made_moved_and_taken_back(bench: Running, owl: httpx.Client) -> None:
    """Each answer holds what now stands and what stood before."""
    rendering = next(iter(bench.bench.book.documents())).rendering_sha256
    start = TEXT.index("forty women")
    told = {"rendering": rendering, "kind": "figure", "start": start, "end": start + 11, "value": 40, "unit": "persons"}
    made = owl.post("/codings", json=told).json()["coding"]
    assert (made["coder"], made["state"], made["value"]) == ("owl", "accepted", 40.0)
    told = {"coding": made["id"], "start": start, "end": start + 16, "seen": made["review"]}
    moved = owl.post("/codings/respan", json=told).json()
    assert (moved["coding"]["quote"], moved["replaced"]["state"]) == ("forty women were", "rejected")
    back = owl.post("/codings/undo", json={"coding": moved["coding"]["id"], "replaces": made["id"]}).json()
    assert (back["removed"], back["coding"]["id"], back["coding"]["state"]) == (
        moved["coding"]["id"], made["id"], "accepted",
    )  # fmt: skip


def test_what_the_gate_refuses_is_answered_with_its_reason(bench: Running, owl: httpx.Client) -> None:
    """422, a sentence, and the reason in the gate's words."""
    rendering = next(iter(bench.bench.book.documents())).rendering_sha256
    told = {"rendering": rendering, "kind": "act", "code": "state.nothing", "start": 0, "end": 5}
    found = owl.post("/codings", json=told)
    assert found.status_code == 422
    assert found.json()["reason"] == "act code not in the codebook: state.nothing"


ODD: list[tuple[str, dict[str, Any], int]] = [
    ("/judge", {"coding": "0" * 16, "state": "accepted", "seen": 0}, 404),
    ("/judge", {"state": "accepted"}, 400),
    ("/judge", {"coding": ["x"], "state": "accepted"}, 400),
    ("/judge", {"coding": "0" * 16, "state": "accepted", "seen": -1}, 400),
    ("/judge", {"coding": "0" * 16, "state": "accepted", "seen": "1"}, 400),
    ("/judge", {"coding": "0" * 16, "state": "superseded", "seen": 0}, 422),
    ("/judge", {"coding": "0" * 16, "state": "accepted", "seconds": "long"}, 400),
    ("/judge", {"coding": "0" * 16, "state": "corrected", "changes": [1]}, 400),
    ("/judge/many", {"codings": "all", "state": "accepted"}, 400),
    ("/judge/many", {"codings": [], "state": "accepted"}, 422),
    ("/codings", {"rendering": "f" * 64, "kind": "place", "start": 0, "end": 1}, 404),
    ("/codings", {"kind": "place", "start": 0, "end": 1}, 400),
    ("/codings/undo", {"coding": "0" * 16}, 404),
    ("/codings/respan", {"coding": "0" * 16, "start": 0, "seen": 0}, 400),
    ("/doubles/plan", {"share": "most", "least": "10"}, 422),
    ("/doubles/plan", {"share": "20", "least": "-1"}, 422),
    ("/doubles/plan", {"share": "0", "least": "10"}, 422),
    ("/doubles/begin", {"file": "f" * 64}, 422),
    ("/doubles/finish", {"file": "f" * 64}, 404),
    ("/doubles/adjudicate", {"ids": "", "side": "left"}, 422),
    ("/doubles/adjudicate", {"ids": "0" * 16, "side": "above"}, 422),
    ("/doubles/seed", {"share": "50"}, 422),
    ("/doubles/reveal", {}, 422),
]


@pytest.mark.parametrize(("address", "told", "status"), ODD)
def test_what_is_odd_is_refused_in_a_sentence_and_nothing_is_kept(
    bench: Running, owl: httpx.Client, address: str, told: dict[str, Any], status: int
) -> None:
    """Never a failure of ours, and no entry in the log."""
    before = bench.bench.book.moment()
    found = owl.post(address, json=told)
    assert (found.status_code, bool(found.json()["error"])) == (status, True)
    assert bench.bench.book.moment() == before


def test_who_only_reads_judges_nothing(place: Path) -> None:
    """Without a pseudonym every judgement is refused."""
    with serving(place, who=None, passphrase=SECRET) as running, running.client() as client:
        for address, told, _ in ODD:
            assert client.post(address, json=told).status_code == 403


def test_two_people_code_one_text_and_a_third_decides_over_the_wire(place: Path) -> None:
    """The way through the pages: draw, judge, code blind, finish, decide, and read how far they agree."""
    with Casebook.open(place, SECRET, write=False) as book:
        file = next(iter(book.documents())).file_sha256
    with serving(place, who="heron", passphrase=SECRET) as running, running.client() as heron:
        assert heron.post("/doubles/plan", json={"share": "20", "least": "10"}).status_code == 200
        for one in shown(running).values():
            heron.post("/judge", json={"coding": one["id"], "state": "accepted", "seen": 0})
        assert heron.post("/doubles/begin", json={"file": file}).status_code == 422
        rendering = next(iter(running.bench.book.documents())).rendering_sha256
    with serving(place, who="owl", passphrase=SECRET) as running, running.client() as owl:
        assert owl.post("/doubles/begin", json={"file": file}).json()["go"] == f"/document/{file}"
        start = TEXT.index("arrested")
        told = {"kind": "act", "code": "state.detention", "start": start, "end": start + 8}
        assert owl.post("/codings", json={"rendering": rendering, **told}).status_code == 200
        assert owl.post("/doubles/finish", json={"file": file}).status_code == 200
        assert "owl" in owl.get("/doubles", headers={"accept": "text/html"}).text
    with serving(place, who="crane", passphrase=SECRET) as running, running.client() as crane:
        page = crane.get("/doubles/differences", headers={"accept": "text/html"}).text
        ids = page.split('data-ids="', 1)[1].split('"', 1)[0]
        assert "heron" not in page.partition("<main")[2]
        done = crane.post("/doubles/adjudicate", json={"ids": ids, "side": "neither", "seconds": 4})
        assert (done.status_code, done.json()["by"]) == (200, "crane")
        again = crane.post("/doubles/adjudicate", json={"ids": ids, "side": "neither"})
        assert (again.status_code, again.json()["who"]) == (409, "crane")
