"""The findings of a real casebook: they follow every judgement, and keep from a blind coder what others read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia import project
from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Document, Passage, Reading
from testimonia.project.coding import graph_of
from testimonia.project.showing import found, rows, standing
from testimonia.release.evidence import Evidence

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
TEXTS = {
    "a.txt": "According to the Amber Door, 412 women were forcibly returned from China in 2021.\n",
    "b.txt": "The Quiet Harbour said that 365 women were forcibly returned from China in 2021.\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "casebook", SECRET, kdf=CHEAP, who="reader-1") as made:
        for name, text in TEXTS.items():
            with made.act("intake") as write:
                item = write.preserve(text.encode())
                passages = (Passage(0, len(text), text, language="en"),)
                write.reading(item, Reading("text/plain", "read", text=text, passages=passages))
                write.arrive(Arrival(path=name, file_sha256=item, outcome="read"))
        project.code(made)
        project.trace(made)
        yield made


def figures(book: Casebook, who: str | None = None) -> dict[str, Evidence]:
    return {row.e.coding.quote: row.e for row in rows(found(book, who), "figure") if not row.dropped}


def test_a_rejection_takes_a_figure_and_its_origin_out_of_the_findings(book: Casebook) -> None:
    before = figures(book)
    assert set(before) == {"412 women", "365 women"}
    with book.act("review") as write:
        write.review(before["412 women"].coding, "rejected")
    told = found(book)
    assert set(figures(book)) == {"365 women"}
    assert all(e.coding.state != "rejected" for c in told.findings.figures.comparable for e in c.rows)


def test_a_document_that_somebody_codes_blind_is_kept_from_her_alone(book: Casebook) -> None:
    first = next(iter(book.documents()))
    with book.act("double") as write:
        write.begin_double(first.rendering_sha256)
    assert set(figures(book, "reader-1")) == {"365 women"}
    assert found(book, "reader-1").left_out == {first.file_sha256: "a.txt"}
    assert set(figures(book, "reader-2")) == set(figures(book)) == {"412 women", "365 women"}


def test_accepting_traces_no_origins_anew_and_rejecting_does(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    traced: standing.Traced = {}
    times: list[int] = []

    def counting(documents: tuple[Document, ...]) -> object:
        times.append(len(documents))
        return graph_of(documents)

    monkeypatch.setattr(standing, "graph_of", counting)
    found(book, None, traced)
    assert times == []
    told = figures(book)
    with book.act("review") as write:
        write.review(told["412 women"].coding, "accepted")
    found(book, None, traced)
    assert times == []
    with book.act("review") as write:
        write.review(told["365 women"].coding, "rejected")
    found(book, None, traced)
    assert times == [2]
